/**
 * The medical insurance amount file that no command addresses (S37, note under table 9), 20 bytes:
 *
 *   load serial 2 | purchase serial 2 | balance 4 | own payment 4 | pooled payment 4 | payment year cn 2 | year begins cn 2
 *
 * The last transaction's proof follows it in memory, so that amounts, totals, serial and proof are one write.
 */

import { concat, readUint, writeUint } from '../../bytes/bytes.ts'
import { packDecimal, unpackDecimal } from '../../bytes/packed-decimal.ts'
import { PURSE } from '../image/layout.ts'
import type { Nonvolatile } from '../nonvolatile.ts'

/** Amounts in fen. */
export interface AmountFile {
  readonly loadSerial: number
  readonly purchaseSerial: number
  readonly balance: number
  readonly ownPaymentTotal: number
  readonly pooledPaymentTotal: number
  /** YYYY: of the two totals. */
  readonly year: string
  /** MMDD: the day on which a payment year begins. */
  readonly yearBegins: string
}

export const SERIAL_MAX = 0xffff
const AMOUNT_FILE_LENGTH = 20

export function readAmounts(memory: Nonvolatile): AmountFile {
  const bytes = memory.read(PURSE.loadSerial, AMOUNT_FILE_LENGTH)
  return {
    loadSerial: readUint(bytes, 0, 2),
    purchaseSerial: readUint(bytes, 2, 2),
    balance: readUint(bytes, 4, 4),
    ownPaymentTotal: readUint(bytes, 8, 4),
    pooledPaymentTotal: readUint(bytes, 12, 4),
    year: unpackDecimal(bytes.subarray(16, 18)) ?? '',
    yearBegins: unpackDecimal(bytes.subarray(18, 20)) ?? ''
  }
}

export const encodeAmounts = (amounts: AmountFile): Uint8Array =>
  concat(
    writeUint(amounts.loadSerial, 2),
    writeUint(amounts.purchaseSerial, 2),
    writeUint(amounts.balance, 4),
    writeUint(amounts.ownPaymentTotal, 4),
    writeUint(amounts.pooledPaymentTotal, 4),
    packDecimal(amounts.year, 2),
    packDecimal(amounts.yearBegins, 2)
  )

/**
 * The totals as a settlement at `time` (14 digits) finds them: a later payment year starts them at zero, an earlier time
 * leaves them alone.
 */
export function inPaymentYear(amounts: AmountFile, time: string): AmountFile {
  const calendarYear = Number(time.slice(0, 4))
  const year = time.slice(4, 8) >= amounts.yearBegins ? calendarYear : calendarYear - 1
  if (year <= Number(amounts.year)) return amounts
  return { ...amounts, ownPaymentTotal: 0, pooledPaymentTotal: 0, year: String(year).padStart(4, '0') }
}
