/** The two cyclic files of DF04: EF08 医疗交易明细, written by the card alone, and EF15 特殊医疗结算记录. Newest first. */

import { ok, refuse, type Result } from '../../base/result.ts'
import { byteAt, readUint } from '../bytes/bytes.ts'
import { toHex } from '../bytes/hex.ts'
import { unpackDecimal } from '../bytes/packed-decimal.ts'
import { stepOf } from '../command/command.ts'
import type { PurseAmounts } from '../command/purse.ts'
import { readRecordByNumber } from '../command/read-record.ts'
import { AID } from '../identifier/application.ts'
import { EF, SPECIAL_SETTLEMENT_RECORD_LENGTH, TRANSACTION_RECORD_LENGTH } from '../identifier/data-item.ts'
import { enter, openFile, type CardContext } from './access.ts'
import { faultOf, type CardFault } from './fault.ts'
import { openMedicalFile } from './medical.ts'

/** Records looked at. The file holds 30 or more (v1.00: 10); more are of no use at a counter. */
export const LOG_RECORDS_MAX = 30
export const SPECIAL_SETTLEMENTS_MAX = 30

export interface LoggedTransaction {
  /** Before or after the increment: cards differ, the rules do not say. */
  readonly serial: number
  readonly type: 'load' | 'settlement' | 'other'
  /** 12 digits as stored. */
  readonly terminalNo: string
  /** YYYYMMDDhhmmss as stored: a load has the host's clock, a settlement the terminal's. */
  readonly time: string
  /** fen. A v2.00 settlement has account 0, own the whole bill, pooled the account and the pooled part. */
  readonly amounts: PurseAmounts
}

export async function readTransactionLog(context: CardContext): Promise<Result<LoggedTransaction[], CardFault>> {
  const entered = await enter(context, AID.DF04)
  if (!entered.ok) return entered
  const opened = await openFile(context, EF.EF08)
  if (!opened.ok) return opened
  return readRecords(context, {
    length: TRANSACTION_RECORD_LENGTH,
    recordsMax: LOG_RECORDS_MAX,
    parse: parseTransaction
  })
}

export interface SpecialSettlement {
  /** Of the settlement in EF08 that it belongs to. */
  readonly serial: number
  readonly class: 'work-injury' | 'maternity' | 'medical-assistance' | 'other'
}

export async function readSpecialSettlements(context: CardContext): Promise<Result<SpecialSettlement[], CardFault>> {
  const opened = await openMedicalFile(context, EF.EF15)
  if (!opened.ok) return opened
  return readRecords(context, {
    length: SPECIAL_SETTLEMENT_RECORD_LENGTH,
    recordsMax: SPECIAL_SETTLEMENTS_MAX,
    parse: parseSpecialSettlement
  })
}

interface CyclicRecords<Entry> {
  readonly length: number
  readonly recordsMax: number
  readonly parse: (record: Uint8Array) => Entry
}

/** Until the card has no more, a record was never written, or `recordsMax` are read. */
async function readRecords<Entry>(
  { conversation }: CardContext,
  { length, recordsMax, parse }: CyclicRecords<Entry>
): Promise<Result<Entry[], CardFault>> {
  const entries: Entry[] = []
  for (let number = 1; number <= recordsMax; number++) {
    const command = readRecordByNumber(number, length)
    const record = await conversation.send(command)
    if (!record.ok) {
      if (record.error.kind === 'not-found') break
      return refuse(faultOf(stepOf(command.apdu), record.error))
    }
    if (record.value.length < length) {
      return refuse({ kind: 'malformed-answer', step: stepOf(command.apdu), length: record.value.length })
    }
    if (isUnwritten(record.value)) break
    entries.push(parse(record.value))
  }
  return ok(entries)
}

const isUnwritten = (record: Uint8Array): boolean =>
  record.every((byte) => byte === 0x00) || record.every((byte) => byte === 0xff)

const TYPES: Readonly<Record<number, LoggedTransaction['type']>> = { 0x31: 'load', 0x32: 'settlement', 0x02: 'load', 0x06: 'settlement' }

/** serial 2 | type 1 | terminal 6 | time 7 | A1 4 | A2 4 | A3 4 (S37 table 9). What is not decimal is shown as it is. */
export const parseTransaction = (record: Uint8Array): LoggedTransaction => ({
  serial: readUint(record, 0, 2),
  type: TYPES[byteAt(record, 2)] ?? 'other',
  terminalNo: decimalOrHex(record.subarray(3, 9)),
  time: decimalOrHex(record.subarray(9, 16)),
  amounts: { account: readUint(record, 16, 4), own: readUint(record, 20, 4), pooled: readUint(record, 24, 4) }
})

const decimalOrHex = (bytes: Uint8Array): string => unpackDecimal(bytes) ?? toHex(bytes)

const CLASSES: Readonly<Record<number, SpecialSettlement['class']>> = {
  0x31: 'work-injury',
  0x32: 'maternity',
  0x33: 'medical-assistance'
}

const parseSpecialSettlement = (record: Uint8Array): SpecialSettlement => ({
  serial: readUint(record, 0, 2),
  class: CLASSES[byteAt(record, 2)] ?? 'other'
})
