/** Calls to one run of the reader process that wait for their answer. Each has a deadline; the first that passes it is a hang. */

import type { Timer } from '../supervisor/timer.ts'
import type { ReaderCallName, ReaderCalls, ReaderReply, ReaderRequest } from './reader-messages.ts'

/**
 * For hangs, not for haste: a worn card may need five resets, a holder may look for every key. Milliseconds.
 */
export const DEADLINE_MS: Readonly<Record<ReaderCallName, number>> = {
  'connect': 15_000,
  'transmit': 12_000,
  'reset': 10_000,
  'begin': 8_000,
  'end': 5_000,
  'disconnect': 5_000,
  'pad-verify': 60_000,
  'pad-modify': 120_000
}

interface Waiting {
  readonly settle: (answer: ReaderCalls[ReaderCallName]['answer'] | undefined) => void
  readonly cancelDeadline: () => void
}

export class ReaderCallsOfRun {
  readonly #timer: Timer
  readonly #onHang: (name: ReaderCallName) => void
  readonly #waiting = new Map<number, Waiting>()
  #last = 0

  constructor(timer: Timer, onHang: (name: ReaderCallName) => void) {
    this.#timer = timer
    this.#onHang = onHang
  }

  get count(): number {
    return this.#waiting.size
  }

  /** undefined: the process ended before it answered. */
  ask<Name extends ReaderCallName>(
    send: (request: ReaderRequest) => void,
    name: Name,
    params: ReaderCalls[Name]['params']
  ): Promise<ReaderCalls[Name]['answer'] | undefined> {
    this.#last += 1
    const id = this.#last
    return new Promise((resolve) => {
      const cancelDeadline = this.#timer.after(DEADLINE_MS[name], () => this.#onHang(name))
      this.#waiting.set(id, { settle: (answer) => resolve(answer), cancelDeadline })
      send({ kind: 'request', id, name, params } as ReaderRequest)
    })
  }

  answer({ id, answer }: Extract<ReaderReply, { kind: 'answer' }>): void {
    this.#take(id)?.settle(answer)
  }

  /** The process is gone: whoever waits is told, and what was handed over may have been done. */
  end(): void {
    for (const id of this.#waiting.keys()) this.#take(id)?.settle(undefined)
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    waiting?.cancelDeadline()
    return waiting
  }
}
