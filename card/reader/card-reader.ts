/** The reader port. Drivers: virtual (in process), pcsc (real readers), replay (recorded traces). */

import type { Result } from '../../base/result.ts'
import type { CardChannel, ChannelFailure } from '../channel/card-channel.ts'
import type { ReaderTrouble } from './pcsc/reader-trouble.ts'
import type { PinPad } from './pin-pad.ts'

export type ConnectFailure =
  /** No card, or inserted the wrong way: a reader cannot tell. */
  | { readonly kind: 'no-card' }
  /** A card is there and gives no usable ATR. */
  | { readonly kind: 'mute-card' }
  /** `trouble` where the driver knows which part is broken. */
  | { readonly kind: 'reader-fault'; readonly detail: string; readonly trouble?: ReaderTrouble }

export interface CardConnection extends CardChannel {
  /** Answer to reset, whole: TS T0 ... historical bytes. */
  readonly atr: Uint8Array
  /** What reader and card agreed on; found out from the ATR where the driver does not say. */
  readonly protocol?: 'T=0' | 'T=1' | undefined
  /** The holder types at the reader itself. */
  readonly pinPad?: PinPad | undefined
  /** Keeps other programs off the card while a burst of commands runs. Absent where nobody else can be there. */
  readonly hold?: CardHold | undefined
  reset(): Promise<Result<Uint8Array, ChannelFailure>>
  disconnect(): Promise<void>
}

/**
 * An exclusive transaction. Between `begin` and `end` are commands only, never a person: others wait meanwhile. A hold ends
 * by itself with the connection, and after a time that is far too long for a burst.
 */
export interface CardHold {
  begin(): Promise<Result<null, ChannelFailure>>
  end(): Promise<void>
}

export interface CardReader {
  readonly name: string
  /** Powers the card and hands out a connection that is valid until the card leaves or anyone resets it. */
  connect(): Promise<Result<CardConnection, ConnectFailure>>
}
