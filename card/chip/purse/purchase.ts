/** INITIALIZE FOR PURCHASE and DEBIT FOR PURCHASE 医疗结算 (S38 2.8; P2 5.2.9, 5.2.3, appendix B). */

import { SW, type StatusWord } from '../../apdu/status-word.ts'
import { equalInConstantTime, writeUint } from '../../bytes/bytes.ts'
import { unpackDecimal } from '../../bytes/packed-decimal.ts'
import type { CommandApdu } from '../../apdu/command-apdu.ts'
import { invariant } from '../../../base/invariant.ts'
import { purchaseMac1Message, purchaseSessionInput, purchaseTacMessage } from '../../crypto/purse-message.ts'
import type { Answer } from '../instruction.ts'
import type { RunningCard } from '../running-card.ts'
import { inPaymentYear, readAmounts, SERIAL_MAX, type AmountFile } from './amount-file.ts'
import { tacKey } from './load.ts'
import { overtakeProof } from './proof.ts'
import type { PurseState } from './purse-state.ts'
import {
  composeAnswer,
  hasParameters,
  isInPurse,
  parseAmounts,
  parseInit,
  purseKey,
  RANDOM_LENGTH,
  settle,
  useMode,
  type Amounts
} from './transaction.ts'

const TERMINAL_SERIAL_LENGTH = 4
const TIME_LENGTH = 7
const DEBIT_LENGTH = TERMINAL_SERIAL_LENGTH + TIME_LENGTH + 4
const OVERDRAFT = new Uint8Array(3)

/**
 * key index 1 | amounts | terminal 6 -> serial | version | algorithm | random, PBOC with balance and overdraft. Needs no PIN,
 * as the electronic purse of P2: it spends nothing, and a terminal learns after a loss of power whether the serial moved.
 */
export function initializeForPurchase(card: RunningCard, command: CommandApdu): Answer {
  const { memory, profile, suite, volatile } = card
  const init = parseInit(command, profile.amountCount)
  if (init === undefined) return SW.WRONG_LENGTH
  if (!isInPurse(card)) return SW.CONDITIONS_NOT_SATISFIED
  const key = purseKey(card, 'purchase', init.keyVersion)
  if (key === undefined) return SW.KEY_INDEX_UNKNOWN
  const { balance, purchaseSerial } = readAmounts(memory)
  if (purchaseSerial === SERIAL_MAX) return SW.COUNTER_AT_MAXIMUM
  // In online mode the account is the back office's: the card signs, and there is nothing here to spend (S38 1).
  if (useMode(card) === 'online' && init.amounts.account > 0) return SW.CONDITIONS_NOT_SATISFIED
  if (init.amounts.account > balance) return SW.INSUFFICIENT_BALANCE
  const random = card.entropy.bytes(RANDOM_LENGTH)
  overtakeProof(memory, profile.types.purchase)
  volatile.purse = {
    kind: 'purchase',
    keyVersion: init.keyVersion,
    amounts: init.amountBytes,
    terminal: init.terminal,
    random,
    serial: purchaseSerial
  }
  return composeAnswer(profile.initializeForPurchase.answer, {
    balance: writeUint(balance, 4),
    serial: writeUint(purchaseSerial, 2),
    overdraft: OVERDRAFT,
    'key-version': Uint8Array.of(key.version),
    algorithm: Uint8Array.of(suite.algorithmByte),
    random
  })
}

/** terminal serial 4 | time 7 | MAC1 4 -> MAC2 and TAC in the profile's order. A wrong MAC1 changes nothing. */
export function debitForPurchase(card: RunningCard, command: CommandApdu): Answer {
  const { profile, suite } = card
  const open = card.volatile.purse
  if (open.kind !== 'purchase') return SW.INVALID_STATE
  if (!card.volatile.pinVerified) return SW.SECURITY_NOT_SATISFIED
  if (!hasParameters(command, profile.debitForPurchase)) return SW.WRONG_P1_P2
  const { data } = command
  if (data.length !== DEBIT_LENGTH) return SW.WRONG_LENGTH
  const terminalSerial = data.slice(0, TERMINAL_SERIAL_LENGTH)
  const time = data.slice(TERMINAL_SERIAL_LENGTH, TERMINAL_SERIAL_LENGTH + TIME_LENGTH)
  const digits = unpackDecimal(time)
  if (digits?.length !== 2 * TIME_LENGTH) return SW.WRONG_DATA
  const type = profile.types.purchase
  const purchase = { amounts: open.amounts, type, terminal: open.terminal, time }
  const session = sessionKey(card, open, terminalSerial)
  const mac1 = suite.mac(session, purchaseMac1Message(purchase))
  if (!equalInConstantTime(data.subarray(-mac1.length), mac1)) return SW.WRONG_MAC
  const amounts = parseAmounts(open.amounts)
  const after = spend(card, inPaymentYear(readAmounts(card.memory), digits), amounts)
  if (typeof after === 'number') return after
  const mac2 = suite.mac(session, open.amounts)
  const tac = suite.mac(tacKey(card), purchaseTacMessage({ ...purchase, terminalSerial }))
  settle(
    card,
    after,
    { type, serialBefore: open.serial, mac: mac2, tac },
    { serial: open.serial, type, terminal: open.terminal, time, amounts }
  )
  card.volatile.purse = { kind: 'idle' }
  return composeAnswer(profile.debitForPurchase.answer, { mac2, tac })
}

/** The amounts after the settlement, or why the card cannot hold them. */
function spend(card: RunningCard, before: AmountFile, { account, own, pooled }: Amounts): AmountFile | StatusWord {
  const ownPaymentTotal = before.ownPaymentTotal + own
  const pooledPaymentTotal = before.pooledPaymentTotal + pooled
  if (Math.max(ownPaymentTotal, pooledPaymentTotal) > card.generation.amountMax) return SW.CONDITIONS_NOT_SATISFIED
  return {
    ...before,
    balance: before.balance - account,
    ownPaymentTotal,
    pooledPaymentTotal,
    purchaseSerial: before.purchaseSerial + 1
  }
}

type OpenPurchase = Extract<PurseState, { readonly kind: 'purchase' }>

/** SESPK = E under DPK of random 4 | serial 2 | right 2 bytes of the terminal's serial. */
function sessionKey(card: RunningCard, { keyVersion, random, serial }: OpenPurchase, terminalSerial: Uint8Array) {
  const key = purseKey(card, 'purchase', keyVersion)
  invariant(key !== undefined, 'an open purchase has its key')
  return card.suite.sessionKey(card.keyValue(key), purchaseSessionInput(random, serial, terminalSerial))
}
