/**
 * A PIN pad: the holder types into the reader, the reader puts the digits into the command and sends it, and nobody else
 * ever has them (PC/SC part 10). What a caller gives is the command with a hole in it.
 */

import type { Result } from '../../base/result.ts'
import type { ChannelFailure } from '../channel/card-channel.ts'

/** Where the digits go, and how many are taken. Digits are packed two a byte, odd counts end in F, nothing is filled up. */
export interface PadVerify {
  /** Header of VERIFY: CLA INS P1 P2. */
  readonly header: Uint8Array
  readonly digits: PadDigits
}

export interface PadModify {
  /** Header of CHANGE PIN: CLA INS P1 P2. */
  readonly header: Uint8Array
  /** Of both PINs: the new one's place in the command follows from the old one's length. */
  readonly digits: number
  /** Between the old PIN and the new one. */
  readonly separator: Uint8Array
}

export interface PadDigits {
  readonly min: number
  readonly max: number
}

export type PinPadFailure =
  /** 6401: the holder pressed cancel (-31). */
  | { readonly kind: 'pad-cancelled' }
  /** 6400: nobody typed in time (-32). */
  | { readonly kind: 'pad-timeout' }
  /** 6403: too few or too many digits (-33). */
  | { readonly kind: 'pad-length' }
  /** 6402: the new PIN was typed in two ways (-34). */
  | { readonly kind: 'pad-entries-differ' }
  /** The pad cannot do what was asked: 6B80 and the like, in four hex digits. */
  | { readonly kind: 'pad-refused'; readonly statusWord: string }

export interface PinPad {
  /** The card's answer: SW1 SW2. A ChannelFailure stays one: after `no-answer` a try may have been counted. */
  verify(request: PadVerify): Promise<Result<Uint8Array, PinPadFailure | ChannelFailure>>
  /** Old PIN, new PIN, new PIN again. Absent where the pad has only the other. */
  readonly modify?: (request: PadModify) => Promise<Result<Uint8Array, PinPadFailure | ChannelFailure>>
}
