/** One run of the reader process with its calls. Once it has ended it stays so: its connections are of no use to the next. */

import type { Timer } from '../supervisor/timer.ts'
import { ReaderCallsOfRun } from './reader-calls.ts'
import type { StartReaderLink, ReaderLink } from './reader-link.ts'
import { parseReply, type ReaderCallName, type ReaderCalls } from './reader-messages.ts'
import type { ReadersSeen } from './real-readers.ts'

export interface RunListener {
  seen(seen: ReadersSeen): void
  ended(reason: string): void
}

export class ReaderRun {
  readonly #calls: ReaderCallsOfRun
  readonly #link: ReaderLink
  #hung: string | undefined
  #hasEnded = false

  constructor(start: StartReaderLink, timer: Timer, listener: RunListener) {
    this.#calls = new ReaderCallsOfRun(timer, (name) => this.kill(`no answer to ${name}`))
    this.#link = start({
      message: (message) => {
        const reply = parseReply(message)
        if (reply?.kind === 'answer') this.#calls.answer(reply)
        if (reply?.kind === 'seen') listener.seen(reply.seen)
      },
      ended: (reason) => {
        this.#hasEnded = true
        this.#calls.end()
        listener.ended(this.#hung ?? reason)
      }
    })
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Calls under way. */
  get waiting(): number {
    return this.#calls.count
  }

  /** undefined: handed over, and the process ended before it answered. */
  async ask<Name extends ReaderCallName>(name: Name, params: ReaderCalls[Name]['params']): Promise<ReaderCalls[Name]['answer'] | undefined> {
    return this.#hasEnded ? undefined : this.#calls.ask((request) => this.#link.send(request), name, params)
  }

  kill(reason?: string): void {
    this.#hung ??= reason
    this.#link.kill()
  }
}
