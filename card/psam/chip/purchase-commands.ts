/**
 * INIT SAM FOR PURCHASE and CREDIT SAM FOR PURCHASE (PSG 5). The terminal serial moves on durably before MAC1 leaves, so
 * that no serial is ever signed twice; file 0019 shows the one that comes next [inferred: PSG does not say when].
 *
 *   80 70 01 00   random 4 | serial 2 | A1 A2 A3, 4 each | type 1 | date 4 | time 3 | version 1 | algorithm 1 | factors
 *   80 70 00 00   the same with one amount: the PBOC purse of JR/T 0025
 *              <- terminal serial 4 | MAC1 4
 *   80 72 00 00   MAC2 4
 */

import type { CommandApdu } from '../../apdu/command-apdu.ts'
import { SW, type StatusWord } from '../../apdu/status-word.ts'
import { byteAt, bytesEqual, concat, writeUint } from '../../bytes/bytes.ts'
import { MAC_LENGTH } from '../../crypto/mac.ts'
import { diversificationFactors, psamKeyType, PSAM_KEY_TYPE } from '../../identifier/key-reference.ts'
import { PSAM_EF } from '../../identifier/psam-file.ts'
import type { Key } from '../../secret/key.ts'
import { deriveCardKey, factorCount } from './derive-card-key.ts'
import { answer, refused, type Answer, type PsamState } from './psam-state.ts'

const TERMINAL_SERIAL_EXHAUSTED = 0xffff_ffff

interface PurchaseForm {
  readonly amountsLength: number
  /** The two worlds name a missing key differently. */
  readonly keyMissing: StatusWord
}

const FORMS: Readonly<Record<number, PurchaseForm>> = {
  0x00: { amountsLength: 4, keyMissing: SW.KEY_INDEX_UNKNOWN },
  0x01: { amountsLength: 12, keyMissing: SW.KEY_NOT_FOUND }
}

interface PurchaseInput {
  /** random 4 | serial 2: the left six bytes of what makes the session key. */
  readonly cardPart: Uint8Array
  readonly amounts: Uint8Array
  readonly type: Uint8Array
  readonly dateTime: Uint8Array
  readonly version: number
  readonly algorithm: number
  readonly factors: Uint8Array
}

export function initSamForPurchase(state: PsamState, { p1, p2, data }: CommandApdu): Answer {
  state.purchase = undefined
  if (state.applicationLocked()) return refused(SW.APPLICATION_LOCKED)
  if (state.directory !== 'ADF') return refused(SW.CONDITIONS_NOT_SATISFIED)
  const form = FORMS[p1]
  if (form === undefined || p2 !== 0x00) return refused(SW.WRONG_P1_P2)
  const count = factorCount(data.length - form.amountsLength - 16)
  if (count === undefined || count === 0) return refused(SW.WRONG_LENGTH)
  const input = readInput(data, form.amountsLength)
  const held = state.image.keys.find(({ usage, id }) => psamKeyType(usage) === PSAM_KEY_TYPE.PURCHASE && id === input.version)
  if (held === undefined || input.algorithm !== state.image.suite.algorithmByte) return refused(form.keyMissing)
  if (count !== diversificationFactors(held.usage)) return refused(SW.WRONG_DATA)
  const { terminalSerial } = state.counters
  if (terminalSerial === TERMINAL_SERIAL_EXHAUSTED) return refused(SW.COUNTER_AT_MAXIMUM)
  state.change({ terminalSerial: terminalSerial + 1 })
  const cardKey = deriveCardKey(state.image.suite, held.key, input.factors)
  return answer(sign(state, cardKey, input, writeUint(terminalSerial, 4)))
}

function readInput(data: Uint8Array, amountsLength: number): PurchaseInput {
  const afterAmounts = 6 + amountsLength
  return {
    cardPart: data.slice(0, 6),
    amounts: data.slice(6, afterAmounts),
    type: data.slice(afterAmounts, afterAmounts + 1),
    dateTime: data.slice(afterAmounts + 1, afterAmounts + 8),
    version: byteAt(data, afterAmounts + 8),
    algorithm: byteAt(data, afterAmounts + 9),
    factors: data.slice(afterAmounts + 10)
  }
}

function sign(state: PsamState, cardKey: Key, input: PurchaseInput, serial: Uint8Array): Uint8Array {
  const { suite, files } = state.image
  const sessionKey = suite.sessionKey(cardKey, concat(input.cardPart, serial.subarray(2)))
  const terminalNumber = files.get(PSAM_EF.TERMINAL_INFO) ?? new Uint8Array(0)
  const mac1 = suite.mac(sessionKey, concat(input.amounts, input.type, terminalNumber, input.dateTime))
  state.purchase = { sessionKey, amounts: input.amounts }
  return concat(serial, mac1)
}

/**
 * Right or wrong, it ends the purchase. The try is counted before the comparison, so that cutting the supply in between
 * wins nothing. A wrong MAC2 answers 9302 as the status table has it; the running text says 63CF [conflicting].
 */
export function creditSamForPurchase(state: PsamState, { p1, p2, data }: CommandApdu): Answer {
  const { purchase } = state
  state.purchase = undefined
  if (state.applicationLocked()) return refused(SW.APPLICATION_LOCKED)
  if (p1 !== 0x00 || p2 !== 0x00) return refused(SW.WRONG_P1_P2)
  if (data.length !== MAC_LENGTH) return refused(SW.WRONG_LENGTH)
  if (purchase === undefined) return refused(SW.INVALID_STATE)
  state.change({ wrongMac2Count: state.counters.wrongMac2Count + 1 })
  const expected = state.image.suite.mac(purchase.sessionKey, purchase.amounts)
  if (!bytesEqual(expected, data)) return refused(SW.WRONG_MAC)
  state.change({ wrongMac2Count: 0 })
  return answer()
}
