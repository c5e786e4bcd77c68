/** INITIALIZE FOR LOAD and CREDIT FOR LOAD 圈存 (P2 5.2.8, 5.2.2, appendix B): the issuer puts money on the card. */

import { SW } from '../../apdu/status-word.ts'
import { equalInConstantTime, writeUint } from '../../bytes/bytes.ts'
import { unpackDecimal } from '../../bytes/packed-decimal.ts'
import type { CommandApdu } from '../../apdu/command-apdu.ts'
import { invariant } from '../../../base/invariant.ts'
import { loadMac1Message, loadMac2Message, loadSessionInput, loadTacMessage } from '../../crypto/purse-message.ts'
import type { Key } from '../../secret/key.ts'
import type { Answer } from '../instruction.ts'
import type { RunningCard } from '../running-card.ts'
import { readAmounts, SERIAL_MAX } from './amount-file.ts'
import { overtakeProof } from './proof.ts'
import type { OpenTransaction } from './purse-state.ts'
import {
  composeAnswer,
  hasParameters,
  parseAmounts,
  parseInit,
  purseKey,
  RANDOM_LENGTH,
  refusalToBegin,
  settle,
  useMode
} from './transaction.ts'

const HOST_TIME_LENGTH = 7
const CREDIT_LENGTH = HOST_TIME_LENGTH + 4

/** key index 1 | amount 4 | terminal 6 -> balance | serial | version | algorithm | random | MAC1. */
export function initializeForLoad(card: RunningCard, command: CommandApdu): Answer {
  const { memory, profile, suite, volatile } = card
  const init = parseInit(command, 1)
  if (init === undefined) return SW.WRONG_LENGTH
  const refusal = refusalToBegin(card)
  if (refusal !== undefined) return refusal
  if (useMode(card) === 'online') return SW.CONDITIONS_NOT_SATISFIED
  const key = purseKey(card, 'load', init.keyVersion)
  if (key === undefined) return SW.KEY_INDEX_UNKNOWN
  const { balance, loadSerial } = readAmounts(memory)
  if (loadSerial === SERIAL_MAX) return SW.COUNTER_AT_MAXIMUM
  if (balance + init.amounts.account > card.generation.amountMax) return SW.CONDITIONS_NOT_SATISFIED
  const open: OpenTransaction = {
    amounts: init.amountBytes,
    terminal: init.terminal,
    random: card.entropy.bytes(RANDOM_LENGTH),
    serial: loadSerial
  }
  const mac1 = suite.mac(
    sessionKey(card, init.keyVersion, open),
    loadMac1Message(balance, { amount: open.amounts, type: profile.types.load, terminal: open.terminal })
  )
  overtakeProof(memory, profile.types.load)
  volatile.purse = { kind: 'load', keyVersion: init.keyVersion, ...open }
  return composeAnswer(profile.initializeForLoad.answer, {
    balance: writeUint(balance, 4),
    serial: writeUint(loadSerial, 2),
    'key-version': Uint8Array.of(key.version),
    algorithm: Uint8Array.of(suite.algorithmByte),
    random: open.random,
    mac1
  })
}

/** host time 7 | MAC2 4 -> TAC 4. The proof keeps the host's MAC2 beside the TAC. */
export function creditForLoad(card: RunningCard, command: CommandApdu): Answer {
  const { memory, profile, suite } = card
  const open = card.volatile.purse
  if (open.kind !== 'load') return SW.INVALID_STATE
  if (!hasParameters(command, profile.creditForLoad)) return SW.WRONG_P1_P2
  if (command.data.length !== CREDIT_LENGTH) return SW.WRONG_LENGTH
  const time = command.data.slice(0, HOST_TIME_LENGTH)
  const mac2 = command.data.slice(HOST_TIME_LENGTH)
  if (unpackDecimal(time)?.length !== 2 * HOST_TIME_LENGTH) return SW.WRONG_DATA
  const type = profile.types.load
  const load = { amount: open.amounts, type, terminal: open.terminal, time }
  if (!equalInConstantTime(mac2, suite.mac(sessionKey(card, open.keyVersion, open), loadMac2Message(load)))) return SW.WRONG_MAC
  const before = readAmounts(memory)
  const amounts = parseAmounts(open.amounts)
  const balance = before.balance + amounts.account
  const tac = suite.mac(tacKey(card), loadTacMessage({ balanceAfter: balance, serialBefore: open.serial }, load))
  settle(
    card,
    { ...before, balance, loadSerial: open.serial + 1 },
    { type, serialBefore: open.serial, mac: mac2, tac },
    { serial: open.serial, type, terminal: open.terminal, time, amounts }
  )
  card.volatile.purse = { kind: 'idle' }
  return composeAnswer(profile.creditForLoad.answer, { tac })
}

/** SESLK = E under DLK of random 4 | load serial 2 | 80 00. */
function sessionKey(card: RunningCard, keyVersion: number, { random, serial }: OpenTransaction): Key {
  const key = purseKey(card, 'load', keyVersion)
  invariant(key !== undefined, 'an open load has its key')
  return card.suite.sessionKey(card.keyValue(key), loadSessionInput(random, serial))
}

/** DTK, folded as the suite has it (Q16: left half XOR right half). */
export function tacKey(card: RunningCard): Key {
  const key = purseKey(card, 'tac', 1)
  invariant(key !== undefined, 'a card with a purse has DTK')
  return card.suite.tacKey(card.keyValue(key))
}
