/**
 * Virtual time. Whatever happens is an event at a millisecond; events of the same millisecond happen in the order in which they
 * were planned. Between two events everything that is not virtual is let come to rest: promises by one turn of the event loop,
 * and what takes real turns of its own (an app that answers, a module that is read) by `hold`, while nothing else happens.
 */

import { invariant } from '../../../base/invariant.ts'
import { momentOf, type Moment } from '../../../electron/host/system.ts'

export type Cancel = () => void

interface Planned {
  readonly at: number
  readonly number: number
  readonly what: string
  readonly work: () => void
  isCancelled: boolean
}

export class Scheduler {
  readonly #heap: Planned[] = []
  readonly #held = new Set<Promise<unknown>>()
  #now: number
  #planned = 0
  #happened = 0
  #running = 'nothing'
  #isStopped = false
  #failure: Error | undefined
  /** Called when an event has come to rest. What it throws ends the run. */
  afterEach: (() => void) | undefined

  /** `start`: ms since 1970. */
  constructor(start: number) {
    this.#now = start
  }

  /** ms since 1970. */
  get now(): number {
    return this.#now
  }

  /** In China's time, as cards and rules read it. */
  get moment(): Moment {
    return momentOf(this.#now)
  }

  /** Events so far. */
  get events(): number {
    return this.#happened
  }

  /** Name of the event that is happening. */
  get running(): string {
    return this.#running
  }

  at(ms: number, what: string, work: () => void): Cancel {
    invariant(Number.isInteger(ms), `${what} is planned for ${ms}`)
    const planned = { at: Math.max(ms, this.#now), number: this.#planned, what, work, isCancelled: false }
    this.#planned += 1
    push(this.#heap, planned)
    return () => {
      planned.isCancelled = true
    }
  }

  after(ms: number, what: string, work: () => void): Cancel {
    return this.at(this.#now + Math.max(0, Math.round(ms)), what, work)
  }

  sleep(ms: number, what = 'sleep'): Promise<void> {
    return new Promise((resolve) => this.after(ms, what, resolve))
  }

  /** Nothing else happens until it is settled. For what takes real turns of the event loop and no virtual time. */
  hold<Value>(promise: Promise<Value>): Promise<Value> {
    const held: Promise<void> = promise.then(
      () => void this.#held.delete(held),
      () => void this.#held.delete(held)
    )
    this.#held.add(held)
    return promise
  }

  /** Until nothing is planned before or at `until`; the clock stands there then. */
  async run(until: number): Promise<void> {
    this.#isStopped = false
    await this.#rest()
    for (;;) {
      const next = this.#heap[0]
      if (next === undefined || next.at > until || this.#isStopped) break
      pop(this.#heap)
      if (next.isCancelled) continue
      this.#now = next.at
      this.#happened += 1
      this.#running = next.what
      next.work()
      await this.#rest()
      this.afterEach?.()
    }
    if (!this.#isStopped) this.#now = Math.max(this.#now, until)
  }

  /** Virtual time goes on until it is settled, `msMax` at most. */
  async settle<Value>(promise: Promise<Value>, msMax: number): Promise<Value> {
    let isSettled = false
    const stop = (): void => {
      isSettled = true
      this.#isStopped = true
    }
    promise.then(stop, stop)
    await this.run(this.#now + msMax)
    invariant(isSettled, `nothing came of it within ${msMax} ms`)
    return promise
  }

  /** `run` ends with this error as soon as the event that is happening has come to rest. */
  fail(failure: Error): void {
    this.#failure ??= failure
  }

  async #rest(): Promise<void> {
    await turn()
    while (this.#held.size > 0) {
      await Promise.all(this.#held)
      await turn()
    }
    if (this.#failure !== undefined) throw this.#failure
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const isBefore = (left: Planned, right: Planned): boolean => left.at < right.at || (left.at === right.at && left.number < right.number)

function push(heap: Planned[], item: Planned): void {
  let at = heap.length
  heap.push(item)
  while (at > 0) {
    const above = (at - 1) >> 1
    const parent = heap[above]
    if (parent === undefined || isBefore(parent, item)) break
    heap[at] = parent
    at = above
  }
  heap[at] = item
}

function pop(heap: Planned[]): void {
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return
  let at = 0
  for (;;) {
    const child = lesserChild(heap, at)
    const item = child === undefined ? undefined : heap[child]
    if (child === undefined || item === undefined || isBefore(last, item)) break
    heap[at] = item
    at = child
  }
  heap[at] = last
}

function lesserChild(heap: readonly Planned[], at: number): number | undefined {
  const left = heap[2 * at + 1]
  const right = heap[2 * at + 2]
  if (left === undefined) return undefined
  return right !== undefined && isBefore(right, left) ? 2 * at + 2 : 2 * at + 1
}
