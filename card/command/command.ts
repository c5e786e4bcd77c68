/**
 * One instruction: the bytes to send, and what an answer to them means. Pure, so that a test is a pair of literal byte
 * strings. Each file of this folder builds one instruction and owns its table from status word to outcome; a word that
 * the table does not list stays visible as `card-refused` with its number.
 *
 * Commands are built as ISO cases. Whether Le travels (T=1) or GET RESPONSE fetches the answer (T=0) is the channel's
 * business.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { ResponseApdu } from '../apdu/response-apdu.ts'
import { formatStatusWord, SW, type StatusWord } from '../apdu/status-word.ts'
import { toHex } from '../bytes/hex.ts'

export interface Command<Value, Refusal> {
  readonly apdu: Uint8Array
  /** Nothing that a reset does not undo is another afterwards: an answer that got lost may be asked for again. */
  readonly changesNothing?: true
  parse(answer: ResponseApdu): Result<Value, Refusal>
}

/** A status word with a meaning of its own for this command. */
export interface ListedRefusal<Kind extends string> {
  readonly kind: Kind
  readonly statusWord: string
}

export type UnlistedRefusal =
  /** `step` is CLA INS in hex ("00B2"), as support staff knows it from every driver's messages. */
  | { readonly kind: 'card-refused'; readonly step: string; readonly statusWord: string }
  /** The card said 9000, and what came with it is not what the command returns. Lengths in bytes. */
  | { readonly kind: 'malformed-answer'; readonly step: string; readonly length: number }

export type CommandRefusal<Kind extends string = never> = UnlistedRefusal | ([Kind] extends [never] ? never : ListedRefusal<Kind>)

export type StatusTable<Kind extends string> = Readonly<Record<StatusWord, Kind>>

export const stepOf = (apdu: Uint8Array): string => toHex(apdu.subarray(0, 2))

export const malformed = (apdu: Uint8Array, answer: ResponseApdu): UnlistedRefusal => ({
  kind: 'malformed-answer',
  step: stepOf(apdu),
  length: answer.data.length
})

/** What the table says of a word that is not success. */
export function refusalOf<Kind extends string>(
  apdu: Uint8Array,
  sw: StatusWord,
  table: StatusTable<Kind>
): ListedRefusal<Kind> | UnlistedRefusal {
  const statusWord = formatStatusWord(sw)
  const kind = table[sw]
  return kind === undefined ? { kind: 'card-refused', step: stepOf(apdu), statusWord } : { kind, statusWord }
}

/**
 * A command that succeeds with 9000 and is refused by its table otherwise. `read` gives undefined for data that is not
 * the command's answer. A reading command also takes 6282: the file was shorter than Le, and here is what it has.
 */
export function command<Value, Kind extends string>(
  apdu: Uint8Array,
  table: StatusTable<Kind>,
  read: (data: Uint8Array) => Value | undefined
): Command<Value, ListedRefusal<Kind> | UnlistedRefusal> {
  return {
    apdu,
    parse(answer) {
      const complete = answer.sw === SW.OK || (answer.sw === SW.END_OF_FILE && answer.data.length > 0)
      if (!complete) return refuse(refusalOf(apdu, answer.sw, table))
      const value = read(answer.data)
      return value === undefined ? refuse(malformed(apdu, answer)) : ok(value)
    }
  }
}

/** A command that leaves the card's memory as it is, however often it is sent. */
export const asking = <Value, Kind extends string>(...parts: Parameters<typeof command<Value, Kind>>): Command<Value, ListedRefusal<Kind> | UnlistedRefusal> => ({
  ...command(...parts),
  changesNothing: true
})

/** For `read` of a command that returns nothing; data beside the 9000 is ignored. */
export const nothing = (): null => null

/** For `read` of a command that returns exactly so many bytes. */
export const exactly =
  (length: number) =>
  (data: Uint8Array): Uint8Array | undefined =>
    data.length === length ? data : undefined
