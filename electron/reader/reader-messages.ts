/** What host and reader process say to each other. Structured clones: bytes travel as Uint8Array. */

import type { Result } from '../../base/result.ts'
import type { ChannelFailure } from '../../card/channel/card-channel.ts'
import type { ConnectFailure } from '../../card/reader/card-reader.ts'
import type { PadModify, PadVerify, PinPadFailure } from '../../card/reader/pin-pad.ts'
import type { ReadersSeen } from './real-readers.ts'

export interface ConnectedCard {
  /** Counts up in one reader process. */
  readonly connection: number
  readonly atr: Uint8Array
  readonly protocol: 'T=0' | 'T=1' | undefined
  readonly pad: 'none' | 'verify' | 'verify-and-modify'
}

/** Each request with what answers it. */
export interface ReaderCalls {
  /** The reader's whole name. */
  'connect': { readonly params: { readonly reader: string }; readonly answer: Result<ConnectedCard, ConnectFailure> }
  'transmit': { readonly params: { readonly connection: number; readonly command: Uint8Array }; readonly answer: Result<Uint8Array, ChannelFailure> }
  'reset': { readonly params: { readonly connection: number }; readonly answer: Result<Uint8Array, ChannelFailure> }
  'begin': { readonly params: { readonly connection: number }; readonly answer: Result<null, ChannelFailure> }
  'end': { readonly params: { readonly connection: number }; readonly answer: Result<null, ChannelFailure> }
  'disconnect': { readonly params: { readonly connection: number }; readonly answer: Result<null, ChannelFailure> }
  'pad-verify': {
    readonly params: { readonly connection: number; readonly request: PadVerify }
    readonly answer: Result<Uint8Array, PinPadFailure | ChannelFailure>
  }
  'pad-modify': {
    readonly params: { readonly connection: number; readonly request: PadModify }
    readonly answer: Result<Uint8Array, PinPadFailure | ChannelFailure>
  }
}

export type ReaderCallName = keyof ReaderCalls

export type ReaderRequest = {
  readonly [Name in ReaderCallName]: { readonly kind: 'request'; readonly id: number; readonly name: Name; readonly params: ReaderCalls[Name]['params'] }
}[ReaderCallName]

export type ReaderReply =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: ReaderCalls[ReaderCallName]['answer'] }
  | { readonly kind: 'seen'; readonly seen: ReadersSeen }

/** A message that is none is not believed: undefined. */
export function parseReply(message: unknown): ReaderReply | undefined {
  if (typeof message !== 'object' || message === null) return undefined
  const { kind, id, answer, seen } = message as Readonly<Record<string, unknown>>
  if (kind === 'answer' && typeof id === 'number' && typeof answer === 'object' && answer !== null) {
    return { kind, id, answer: answer as ReaderCalls[ReaderCallName]['answer'] }
  }
  if (kind === 'seen' && isSeen(seen)) return { kind, seen }
  return undefined
}

const isSeen = (seen: unknown): seen is ReadersSeen => typeof seen === 'object' && seen !== null && Array.isArray((seen as { readers?: unknown }).readers)
