/** The reader port. Drivers: virtual (in process), pcsc (real readers), replay (recorded traces). */

import type { Result } from '../../base/result.ts'
import type { CardChannel, ChannelFailure } from '../channel/card-channel.ts'

export type ConnectFailure =
  /** No card, or inserted the wrong way: a reader cannot tell. */
  | { readonly kind: 'no-card' }
  /** A card is there and gives no usable ATR. */
  | { readonly kind: 'mute-card' }
  | { readonly kind: 'reader-fault'; readonly detail: string }

export interface CardConnection extends CardChannel {
  /** Answer to reset, whole: TS T0 ... historical bytes. */
  readonly atr: Uint8Array
  reset(): Promise<Result<Uint8Array, ChannelFailure>>
  disconnect(): Promise<void>
}

export interface CardReader {
  readonly name: string
  /** Powers the card and hands out a connection that is valid until the card leaves or anyone resets it. */
  connect(): Promise<Result<CardConnection, ConnectFailure>>
}
