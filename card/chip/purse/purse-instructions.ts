/** The purse's rows of the dispatch table, made from the profile that the card speaks. */

import { never } from '../../../base/invariant.ts'
import type { CommandApdu } from '../../apdu/command-apdu.ts'
import { SW } from '../../apdu/status-word.ts'
import { concat, readUint, writeUint } from '../../bytes/bytes.ts'
import { packDecimal } from '../../bytes/packed-decimal.ts'
import type { Answer, Instruction } from '../instruction.ts'
import type { RunningCard } from '../running-card.ts'
import { readAmounts } from './amount-file.ts'
import { creditForLoad, initializeForLoad } from './load.ts'
import { proofOf } from './proof.ts'
import { debitForPurchase, initializeForPurchase } from './purchase.ts'
import type { PurseProfile } from './purse-profile.ts'
import { hasParameters, isInPurse, refusalToBegin } from './transaction.ts'

const SERIAL_LENGTH = 2

export function purseInstructions(profile: PurseProfile): Instruction[] {
  const { getBalance, initializeForLoad: init, creditForLoad: credit, debitForPurchase: debit } = profile
  return [
    { name: 'GET BALANCE', cla: getBalance.cla, ins: getBalance.ins, execute: balance },
    { name: 'INITIALIZE', cla: init.cla, ins: init.ins, execute: initialize },
    { name: 'CREDIT FOR LOAD', cla: credit.cla, ins: credit.ins, execute: creditForLoad },
    { name: 'DEBIT FOR PURCHASE', cla: debit.cla, ins: debit.ins, execute: debitForPurchase },
    {
      name: 'GET TRANSACTION PROVE',
      cla: profile.getTransactionProve.cla,
      ins: profile.getTransactionProve.ins,
      execute: transactionProof
    }
  ]
}

/** Both INITs share an instruction and differ in P1 P2. */
function initialize(card: RunningCard, command: CommandApdu): Answer {
  card.volatile.purse = { kind: 'idle' }
  if (hasParameters(command, card.profile.initializeForLoad)) return initializeForLoad(card, command)
  if (hasParameters(command, card.profile.initializeForPurchase)) return initializeForPurchase(card, command)
  return SW.WRONG_P1_P2
}

/** Balance 4; a yearly total 4 | payment year cn 2. */
function balance(card: RunningCard, { p1, p2, data }: CommandApdu): Answer {
  const kind = card.profile.getBalance.kinds[p2]
  if (p1 !== card.profile.getBalance.p1 || kind === undefined) return SW.WRONG_P1_P2
  if (data.length > 0) return SW.WRONG_LENGTH
  const refusal = refusalToBegin(card)
  if (refusal !== undefined) return refusal
  const amounts = readAmounts(card.memory)
  switch (kind) {
    case 'balance':
      return writeUint(amounts.balance, 4)
    case 'own-payment-total':
      return concat(writeUint(amounts.ownPaymentTotal, 4), packDecimal(amounts.year, 2))
    case 'pooled-payment-total':
      return concat(writeUint(amounts.pooledPaymentTotal, 4), packDecimal(amounts.year, 2))
    default:
      return never(kind)
  }
}

/** serial 2 -> MAC 4 | TAC 4, without a PIN: the terminal asks after re-insertion. 9406 when there is nothing to prove. */
function transactionProof(card: RunningCard, { p1, p2, data }: CommandApdu): Answer {
  if (p1 !== card.profile.getTransactionProve.p1) return SW.WRONG_P1_P2
  if (data.length !== SERIAL_LENGTH) return SW.WRONG_LENGTH
  if (!isInPurse(card)) return SW.CONDITIONS_NOT_SATISFIED
  return proofOf(card.memory, p2, readUint(data, 0, SERIAL_LENGTH)) ?? SW.PROOF_UNAVAILABLE
}
