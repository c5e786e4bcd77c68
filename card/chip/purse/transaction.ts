/**
 * What a load and a settlement have in common: the terminal's amounts, the conditions to begin, the answer in the profile's
 * order, and the one unit in which amounts, totals, serial, proof and log line land.
 *
 * The log line is in the same unit, after the amounts: S38 wants all or none, and the log only once amounts and serial
 * succeeded. A unit that committed is always carried through, in this order, so no state in between is ever observable.
 */

import type { CommandApdu } from '../../apdu/command-apdu.ts'
import { SW, type StatusWord } from '../../apdu/status-word.ts'
import { concat, readUint, writeUint } from '../../bytes/bytes.ts'
import { EF } from '../../identifier/data-item.ts'
import { invariant } from '../../../base/invariant.ts'
import { appendCyclic } from '../cyclic-file.ts'
import type { KeyPurpose } from '../file-system/table.ts'
import { PURSE, SYSTEM, type PlacedKey } from '../image/layout.ts'
import { KEY_LENGTH_AT, type RunningCard } from '../running-card.ts'
import { encodeAmounts, type AmountFile } from './amount-file.ts'
import { encodeProof, type Proof } from './proof.ts'
import type { AnswerField, CommandBytes, UseMode } from './purse-profile.ts'
import { USE_MODES } from './purse-profile.ts'

export const AMOUNT_LENGTH = 4
export const TERMINAL_LENGTH = 6
const KEY_INDEX_LENGTH = 1
export const RANDOM_LENGTH = 4

/** Fen. PBOC knows the first only. */
export interface Amounts {
  readonly account: number
  readonly own: number
  readonly pooled: number
}

export interface InitData {
  readonly keyVersion: number
  /** As sent. */
  readonly amountBytes: Uint8Array
  readonly amounts: Amounts
  readonly terminal: Uint8Array
}

/** key index 1 | amounts of 4 bytes | terminal 6; a refusal when the length is another. */
export function parseInit({ data }: CommandApdu, amountCount: 1 | 3): InitData | undefined {
  const amountsLength = amountCount * AMOUNT_LENGTH
  if (data.length !== KEY_INDEX_LENGTH + amountsLength + TERMINAL_LENGTH) return undefined
  const amountBytes = data.slice(KEY_INDEX_LENGTH, KEY_INDEX_LENGTH + amountsLength)
  const keyVersion = readUint(data, 0, 1)
  return { keyVersion, amountBytes, amounts: parseAmounts(amountBytes), terminal: data.slice(-TERMINAL_LENGTH) }
}

export function parseAmounts(bytes: Uint8Array): Amounts {
  const amount = (index: number): number =>
    bytes.length >= (index + 1) * AMOUNT_LENGTH ? readUint(bytes, index * AMOUNT_LENGTH, AMOUNT_LENGTH) : 0
  return { account: amount(0), own: amount(1), pooled: amount(2) }
}

export const hasParameters = ({ p1, p2 }: CommandApdu, bytes: CommandBytes): boolean => p1 === bytes.p1 && p2 === bytes.p2

export const useMode = ({ memory }: RunningCard): UseMode => USE_MODES[memory.byte(SYSTEM.useMode)] ?? 'online'

export const isInPurse = (card: RunningCard): boolean => card.volatile.application.name === 'DF04'

/** For what shows or fills the purse. undefined when DF04 is selected and the holder has verified the PIN. */
export function refusalToBegin(card: RunningCard): StatusWord | undefined {
  if (!isInPurse(card)) return SW.CONDITIONS_NOT_SATISFIED
  return card.volatile.pinVerified ? undefined : SW.SECURITY_NOT_SATISFIED
}

/** By key version: index 1 is the first key of its kind on the card. */
export function purseKey(card: RunningCard, purpose: KeyPurpose, version: number): PlacedKey | undefined {
  const found = card.application('DF04').keys.find((key) => key.purpose === purpose && key.version === version)
  return found !== undefined && card.memory.byte(found.offset + KEY_LENGTH_AT) > 0 ? found : undefined
}

export type AnswerValues = Readonly<Partial<Record<AnswerField, Uint8Array>>>

export const composeAnswer = (fields: readonly AnswerField[], values: AnswerValues): Uint8Array =>
  concat(
    ...fields.map((field) => {
      const value = values[field]
      invariant(value !== undefined, `the answer lacks ${field}`)
      return value
    })
  )

export interface LogLine {
  readonly serial: number
  readonly type: number
  readonly terminal: Uint8Array
  /** cn 7 */
  readonly time: Uint8Array
  readonly amounts: Amounts
}

/** serial 2 | type 1 | terminal 6 | time 7 | account 4 | own payment 4 | pooled fund 4 (S37 table 9; S38 2.8) */
export const encodeLogLine = ({ serial, type, terminal, time, amounts }: LogLine): Uint8Array =>
  concat(
    writeUint(serial, 2),
    Uint8Array.of(type),
    terminal,
    time,
    writeUint(amounts.account, 4),
    writeUint(amounts.own, 4),
    writeUint(amounts.pooled, 4)
  )

/** MAC and TAC were computed before (P2 5.6): from here on nothing can fail but the supply. */
export function settle(card: RunningCard, amounts: AmountFile, proof: Proof, line: LogLine): void {
  const { memory } = card
  const log = card.application('DF04').files.find((file) => file.fid === EF.EF08)?.content
  invariant(log?.kind === 'cyclic', 'DF04 has a cyclic transaction log')
  memory.unit(() => {
    memory.write(PURSE.loadSerial, concat(encodeAmounts(amounts), encodeProof(proof)))
    appendCyclic(memory, log, encodeLogLine(line))
  })
}
