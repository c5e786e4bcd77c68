/** Other programs on this machine that use the card at the counter through the reader functions (医院软件接口). */

import type { Text } from './text.ts'

/** Here and not beside the schemas: a page loads no checker of schemas. */
export const DRIVER_PORT_MIN = 1024
export const DRIVER_PORT_MAX = 65_535

export interface DriverView {
  /** port-taken: it is switched on, and another program listens there. */
  readonly state: 'off' | 'on' | 'port-taken'
  readonly port: number
  /** Where it listens; null unless on. */
  readonly address: string | null
  /** The code that the next caller pairs itself with; null: no pairing is open. `until` is HH:MM:SS of the till's clock. */
  readonly pairing: { readonly code: string; readonly until: string } | null
  readonly callers: readonly CallerView[]
  /** A caller waits for the holder's PIN. */
  readonly asked: PinAskedView | null
  /** Newest first, the last few. */
  readonly calls: readonly CallView[]
}

export interface CallerView {
  readonly id: string
  readonly name: string
  /** Of the page it was paired from; null: a program. */
  readonly origin: string | null
  readonly pairedOn: string
}

export interface PinAskedView {
  readonly number: number
  readonly caller: string
  readonly purpose: 'verify' | 'change' | 'reload'
}

export interface CallView {
  readonly number: number
  /** HH:MM:SS of the till's clock. */
  readonly at: string
  readonly caller: string
  /** Of the function: iReadCardBas ... */
  readonly name: string
  /** 0, or the national code. */
  readonly code: number
  readonly words: Text
}
