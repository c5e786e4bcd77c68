/**
 * The port over a PC/SC binding: what the driver needs of the system's smart card service and nothing more. Promises, codes
 * as numbers, bytes as Uint8Array; a call never throws. Drivers: binding/ of this folder, and a scripted one for tests.
 *
 * Codes are those of PC/SC part 5 (8010001D ...), unsigned, the same on Windows, macOS and pcsc-lite.
 */

import type { Result } from '../../../base/result.ts'

export interface PcscFailure {
  /** The call that failed, by its name in PC/SC: SCardConnect ... */
  readonly call: string
  /** Unsigned 32 bits, as in pcsc-codes.ts. */
  readonly code: number
}

export type PcscResult<Value> = Result<Value, PcscFailure>

/** direct: to the reader itself, for its features; needs no card. */
export type Share = 'shared' | 'exclusive' | 'direct'

export type Protocol = 'T=0' | 'T=1'

/** What becomes of the card when a handle is given back or taken anew. warm: reset; cold: power off, power on. */
export type Treatment = 'leave' | 'warm' | 'cold'

export interface ConnectOptions {
  readonly share: Share
  /** In no order: the card's ATR decides among them. Empty with 'direct'. */
  readonly protocols: readonly Protocol[]
}

/** One reader, or one slot of a reader: PC/SC knows no difference. */
export interface ReaderStatus {
  readonly name: string
  /** The service's own word for what it saw, to be handed back to `waitForChange`. */
  readonly state: number
  readonly present: boolean
  /** A card is there and did not answer the reset. */
  readonly mute: boolean
  /** Another program, or this one, holds the card alone. */
  readonly exclusive: boolean
  /** Another program, or this one, is connected to it. */
  readonly inUse: boolean
  readonly atr: Uint8Array | undefined
}

export interface PcscModule {
  /** SCardEstablishContext. Two contexts are two conversations with the service: one waits while the other works. */
  establish(): Promise<PcscResult<PcscContext>>
}

export interface PcscContext {
  /** Every reader with what is in it; empty where there is none. */
  readers(): Promise<PcscResult<readonly ReaderStatus[]>>
  /** Resolves when a reader comes, leaves or differs from `known`, or after the time. Does not say what changed: ask `readers`. */
  waitForChange(known: readonly ReaderStatus[], timeoutMs: number): Promise<PcscResult<null>>
  connect(reader: string, options: ConnectOptions): Promise<PcscResult<PcscCard>>
  /** Ends a `waitForChange` of this context at once. */
  cancel(): void
  /** Gives everything back, cards too. Twice is once. */
  release(): void
}

export interface PcscCard {
  readonly atr: Uint8Array
  /** undefined on a direct connection. */
  readonly protocol: Protocol | undefined
  transmit(command: Uint8Array): Promise<PcscResult<Uint8Array>>
  control(code: number, data: Uint8Array): Promise<PcscResult<Uint8Array>>
  /** The same handle, a new beginning: acknowledges someone else's reset too. `atr` and `protocol` are the new ones after it. */
  reconnect(options: ConnectOptions, treatment: Treatment): Promise<PcscResult<null>>
  disconnect(treatment: Treatment): Promise<PcscResult<null>>
  /** Other programs wait until `end`. Waits itself while another program has one, and nothing can end that wait. */
  begin(): Promise<PcscResult<null>>
  end(): Promise<PcscResult<null>>
}
