/** Calls that were handed over and wait for their answer. Keeps a call's name and nothing of its params: one may be a PIN. */

import { refuse, type Result } from '../../base/result.ts'
import type { RefusalView } from '../contract/refusal-view.ts'
import type { RequestName } from '../contract/requests.ts'
import { deadlineMs } from './deadline.ts'
import { hostAway } from './host-away.ts'
import type { Timer } from './timer.ts'

export type AnyAnswer = Result<unknown, RefusalView>

interface Pending {
  readonly name: RequestName
  readonly answer: (answer: AnyAnswer) => void
  readonly cancelDeadline: () => void
}

export class PendingCalls {
  readonly #timer: Timer
  readonly #overdue: (name: RequestName, sinceMs: number) => void
  readonly #pending = new Map<number, Pending>()
  #lastId = 0

  /** `overdue` is told of a call that got no answer within its time; its caller has been answered then. */
  constructor(timer: Timer, overdue: (name: RequestName, sinceMs: number) => void) {
    this.#timer = timer
    this.#overdue = overdue
  }

  /** The id under which the answer comes. Ids are never used twice: a late answer of a dead host finds nobody. */
  add(name: RequestName, answer: (answer: AnyAnswer) => void): number {
    this.#lastId += 1
    const id = this.#lastId
    const since = this.#timer.now()
    const cancelDeadline = this.#timer.after(deadlineMs(name), () => {
      this.settle(id, refuse(hostAway(name, 'lost')))
      this.#overdue(name, since)
    })
    this.#pending.set(id, { name, answer, cancelDeadline })
    return id
  }

  settle(id: number, answer: AnyAnswer): void {
    const pending = this.#pending.get(id)
    if (pending === undefined) return
    this.#pending.delete(id)
    pending.cancelDeadline()
    pending.answer(answer)
  }

  /** The host is gone: whoever waits is told what that means for what he asked. */
  loseAll(): void {
    for (const [id, { name }] of this.#pending) this.settle(id, refuse(hostAway(name, 'lost')))
  }
}
