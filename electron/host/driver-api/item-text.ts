/** Item values as text, as the national reader functions hand them out and take them. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import { fromHex, isHex, toHex } from '../../../card/bytes/hex.ts'
import { packDecimal, unpackDecimal } from '../../../card/bytes/packed-decimal.ts'
import { decodeText, encodePaddedText, encodeText } from '../../../card/bytes/text.ts'
import { parseTransaction, type LoggedTransaction } from '../../../card/session/logs.ts'
import type { FileItem } from '../../../card/session/file-table.ts'
import { fen, formatFen } from '../../../settlement/money/fen.ts'

/** `an` as text, `cn` as its digits, a chain and what is no decimal in hex; empty where the card has nothing. */
export function textOfItem({ coding }: FileItem, value: Uint8Array | undefined): string {
  if (value === undefined) return ''
  if (coding === 'an') return decodeText(value).trim()
  return coding === 'cn' ? (unpackDecimal(value) ?? toHex(value)) : toHex(value)
}

/** A line of DF04 EF08 as `textOfTransaction` has it; other records in hex. */
export function textOfRecord(file: string, record: Uint8Array | undefined): string {
  if (record === undefined) return ''
  return file === 'DF04EF08' ? textOfTransaction(parseTransaction(record)) : `${toHex(record)}|`
}

const TYPE_DIGIT: Readonly<Record<LoggedTransaction['type'], string>> = { load: '1', settlement: '2', other: '' }

/** serial | type, 1 load or 2 settlement | terminal | time | account | own | pooled | : amounts in yuan. */
export const textOfTransaction = ({ serial, type, terminalNo, time, amounts }: LoggedTransaction): string =>
  `${[serial, TYPE_DIGIT[type], terminalNo, time, yuanOf(amounts.account), yuanOf(amounts.own), yuanOf(amounts.pooled)].join('|')}|`

export const yuanOf = (amount: number): string => formatFen(fen(amount))

/** The value to write, as long as the item; or what is wrong with the text. */
export function bytesOfItem(item: FileItem, text: string): Result<Uint8Array, string> {
  const { coding, length } = item
  if (coding === 'an') {
    const { length: bytes } = encodeText(text)
    return bytes <= length ? ok(encodePaddedText(text, length)) : refuse(`takes ${bytes} bytes; at most ${length}`)
  }
  if (coding === 'cn') return isDecimalOf(item, text) ? ok(packDecimal(text, length)) : refuse(`must be ${2 * length} digits, or none`)
  return isHex(text) && text.length === 2 * length ? ok(fromHex(text)) : refuse(`must be ${2 * length} hex digits`)
}

/** An amount of DF04 EF06, in fen, is as long as it is; every other decimal fills its item. */
const OFFLINE_AMOUNT = 0x92
const isDecimalOf = ({ tag, length }: FileItem, text: string): boolean =>
  /^\d*$/.test(text) && (text === '' || text.length === 2 * length || (tag === OFFLINE_AMOUNT && text.length < 2 * length))
