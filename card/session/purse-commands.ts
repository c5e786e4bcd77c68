/**
 * The command bytes of the two purse worlds, as data: a region's real bytes become an entry here, not code.
 *
 * SSC-LB002: GET BALANCE and INITIALIZE FOR LOAD are as found in the field; the other four are stand-ins until LB002-2000
 * or LD/T 32.5-2015 can be read, and so is the order MAC2, TAC in the debit's answer (PBOC has TAC, MAC2).
 * PBOC: JR/T 0025.2-2010, electronic purse.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { getBalance } from '../command/get-balance.ts'
import { stepOf } from '../command/command.ts'
import type { PurseCommands } from '../command/purse.ts'
import type { Conversation } from './conversation.ts'
import { faultOf, type CardFault } from './fault.ts'

export const SSC_LB002: PurseCommands = {
  name: 'SSC-LB002',
  amounts: 'three',
  purchaseType: 0x32,
  loadType: 0x31,
  balance: { cla: 0xb0, ins: 0x26, p1: 0x00, p2: 0x01 },
  yearlyOwnPayment: { cla: 0xb0, ins: 0x26, p1: 0x00, p2: 0x02 },
  yearlyPooledPayment: { cla: 0xb0, ins: 0x26, p1: 0x00, p2: 0x03 },
  initializeForLoad: { cla: 0xb0, ins: 0x28, p1: 0x00, p2: 0x01 },
  creditForLoad: { cla: 0xb0, ins: 0x2a, p1: 0x00, p2: 0x00 },
  initializeForPurchase: { cla: 0xb0, ins: 0x28, p1: 0x01, p2: 0x01 },
  debitForPurchase: { cla: 0xb0, ins: 0x2c, p1: 0x01, p2: 0x00 },
  debitAnswerBegins: 'mac2',
  transactionProve: { cla: 0xb0, ins: 0x2e, p1: 0x00 }
}

export const PBOC: PurseCommands = {
  name: 'PBOC',
  amounts: 'account-only',
  purchaseType: 0x06,
  loadType: 0x02,
  balance: { cla: 0x80, ins: 0x5c, p1: 0x00, p2: 0x02 },
  yearlyOwnPayment: undefined,
  yearlyPooledPayment: undefined,
  initializeForLoad: { cla: 0x80, ins: 0x50, p1: 0x00, p2: 0x02 },
  creditForLoad: { cla: 0x80, ins: 0x52, p1: 0x00, p2: 0x00 },
  initializeForPurchase: { cla: 0x80, ins: 0x50, p1: 0x01, p2: 0x02 },
  debitForPurchase: { cla: 0x80, ins: 0x54, p1: 0x01, p2: 0x00 },
  debitAnswerBegins: 'tac',
  transactionProve: { cla: 0x80, ins: 0x5a, p1: 0x00 }
}

const PROFILES = [SSC_LB002, PBOC] as const

/** Which world the card in DF04 speaks: the first whose GET BALANCE it knows at all. Reading a balance leaves no trace. */
export async function detectPurse(conversation: Conversation): Promise<Result<PurseCommands, CardFault>> {
  let last: Result<PurseCommands, CardFault> = refuse({ kind: 'card-refused', step: 'B026', statusWord: '6D00' })
  for (const profile of PROFILES) {
    const command = getBalance(profile.balance)
    const balance = await conversation.send(command)
    if (balance.ok) return ok(profile)
    const { error } = balance
    last = refuse(faultOf(stepOf(command.apdu), error))
    if (error.kind === 'session-ended' || error.kind === 'reader-fault') return last
    if (error.kind !== 'instruction-unsupported') return ok(profile)
  }
  return last
}
