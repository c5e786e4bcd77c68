/** One run of the terminal host as the supervisor sees it, whichever way it was started: a child of Node or of Electron. */

import type { RequestMessage } from '../contract/terminal.ts'

export interface HostProcess {
  /** To a process that is gone: nothing. `ended` has told or will tell. */
  send(message: RequestMessage): void
  /** Closes the connection: a host ends by itself when its parent is gone. */
  release(): void
  kill(): void
}

export interface HostListener {
  message(message: unknown): void
  /** Once, and after the last message: what the process said before it died still counts. */
  ended(reason: string): void
}

export interface HostStart {
  /** Tray card that lies in the reader, or null. */
  readonly insert: string | null
}

/** Never throws: what cannot be started has ended. */
export type StartHost = (start: HostStart, listener: HostListener) => HostProcess

/** What every run of a host is told. */
export interface HostSetting {
  /** Ledger, cards, queue. */
  readonly data: string
  /** What the program is delivered with: regions, catalogue, cards. */
  readonly fixtures: string
  /** Of the program, for people to read. */
  readonly version: string
}

export const hostArguments = ({ data, fixtures, version }: HostSetting, { insert }: HostStart): string[] => [
  '--data',
  data,
  '--fixtures',
  fixtures,
  '--version',
  version,
  ...(insert === null ? [] : ['--insert', insert])
]

/** Why a host is gone: signal or exit code, and what it said last. */
export const endOf = (how: string | number | null, lastLine: string | undefined): string => {
  const exit = typeof how === 'string' ? `ended by ${how}` : `ended with exit code ${how}`
  return lastLine === undefined ? exit : `${exit}: ${lastLine}`
}
