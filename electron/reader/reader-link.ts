/** One run of the reader process as its client sees it, whichever way it was started. */

import type { ReaderRequest } from './reader-messages.ts'

export interface ReaderLink {
  /** To a process that is gone: nothing. `ended` has told or will tell. */
  send(message: ReaderRequest): void
  kill(): void
  /** undefined when it never started. */
  readonly pid: number | undefined
}

export interface ReaderListener {
  message(message: unknown): void
  /** Once, and after the last message: an answer that was given before the end still counts. */
  ended(reason: string): void
}

/** Never throws: what cannot be started has ended. */
export type StartReaderLink = (listener: ReaderListener) => ReaderLink
