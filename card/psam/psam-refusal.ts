/** Why a PSAM did not do what it was asked, for every operation of a session. */

import { formatStatusWord, SW, triesLeft, type StatusWord } from '../apdu/status-word.ts'
import { toHex } from '../bytes/hex.ts'
import type { ChannelFailure } from '../channel/card-channel.ts'

/** `step` is CLA INS in hex ("8070"), `statusWord` SW1 SW2 ("6A88"): what support staff asks for. */
interface Refused<Kind extends string> {
  readonly kind: Kind
  readonly step: string
  readonly statusWord: string
}

export type PsamRefusal =
  /** The slot is empty, or what sits there has no PSAM application. */
  | { readonly kind: 'no-psam' }
  /** It holds no key of this usage and id, or no purchase key of this version and algorithm. */
  | Refused<'psam-key-missing'>
  /** Application or whole PSAM locked for good. */
  | Refused<'psam-locked'>
  /** No terminal serials are left: the PSAM must be replaced. */
  | Refused<'psam-counter-exhausted'>
  /** The MAC2 is not the card's: nothing proves the debit. After several the PSAM locks itself. */
  | Refused<'psam-mac2-wrong'>
  /** Any other status word; 6A80 when no number of factors fits the key: it is of a lower level than the card's region. */
  | Refused<'psam-refused'>
  /** 9000, and the data are not what the command returns. Length in bytes. */
  | { readonly kind: 'psam-answer-malformed'; readonly step: string; readonly length: number }
  /** Pulled, reset by someone, silent, or the reader failed. After `no-answer` a terminal serial may be used up. */
  | { readonly kind: 'psam-unreachable'; readonly failure: ChannelFailure }

type StatusRefusal = Extract<PsamRefusal, { readonly statusWord: string }>

const KINDS: Readonly<Record<StatusWord, StatusRefusal['kind']>> = {
  [SW.KEY_NOT_FOUND]: 'psam-key-missing',
  [SW.KEY_INDEX_UNKNOWN]: 'psam-key-missing',
  [SW.FUNCTION_UNSUPPORTED]: 'psam-locked',
  [SW.APPLICATION_LOCKED]: 'psam-locked',
  [SW.COUNTER_AT_MAXIMUM]: 'psam-counter-exhausted',
  [SW.WRONG_MAC]: 'psam-mac2-wrong'
}

export const stepOf = (apdu: Uint8Array): string => toHex(apdu.subarray(0, 2))

/** A wrong MAC2 is 9302 in PSG's table and 63Cx in its text; both are understood. */
export function refusalFor(apdu: Uint8Array, sw: StatusWord): PsamRefusal {
  const step = stepOf(apdu)
  const wrongMac2 = step === '8072' && triesLeft(sw) !== undefined
  const kind = wrongMac2 ? 'psam-mac2-wrong' : (KINDS[sw] ?? 'psam-refused')
  return { kind, step, statusWord: formatStatusWord(sw) }
}
