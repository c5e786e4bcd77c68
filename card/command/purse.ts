/**
 * What the purse commands of two card worlds have in common, and the shape of the table that tells them apart. The SSC
 * purse (LB002-2000) signs three amounts and counts types in ASCII; the PBOC purse (JR/T 0025.2) signs one. Which bytes a
 * card takes is data: `card/session/purse-commands.ts`.
 */

import { invariant } from '../../base/invariant.ts'
import { concat, writeUint } from '../bytes/bytes.ts'
import { packDecimal } from '../bytes/packed-decimal.ts'

export interface PurseHeader {
  readonly cla: number
  readonly ins: number
  readonly p1: number
  readonly p2: number
}

/** fen each. */
export interface PurseAmounts {
  /** From the balance on the card. */
  readonly account: number
  readonly own: number
  readonly pooled: number
}

export interface PurseCommands {
  readonly name: 'SSC-LB002' | 'PBOC'
  /** Whether own and pooled payment travel to the card and into the MACs beside the account amount. */
  readonly amounts: 'three' | 'account-only'
  /** Type byte of a purchase in MAC data, log and transaction prove. */
  readonly purchaseType: number
  readonly loadType: number
  readonly balance: PurseHeader
  /** undefined: this purse keeps no yearly totals. */
  readonly yearlyOwnPayment: PurseHeader | undefined
  readonly yearlyPooledPayment: PurseHeader | undefined
  readonly initializeForLoad: PurseHeader
  readonly creditForLoad: PurseHeader
  readonly initializeForPurchase: PurseHeader
  readonly debitForPurchase: PurseHeader
  /** Which of the two four-byte codes the debit's answer begins with. */
  readonly debitAnswerBegins: 'mac2' | 'tac'
  /** P2 is the transaction type. */
  readonly transactionProve: Omit<PurseHeader, 'p2'>
}

/** A card signs amounts of four bytes. */
export const AMOUNT_MAX_FEN = 0xffff_ffff

/** The amounts as the card takes and signs them: A1 A2 A3, or A1 alone; 4 bytes each, big-endian fen. */
export function amountBytes(amounts: PurseAmounts, form: PurseCommands['amounts']): Uint8Array {
  const own = [amounts.account, amounts.own, amounts.pooled]
  const signed = form === 'three' ? own : own.slice(0, 1)
  return concat(...signed.map((fen) => writeUint(fen, 4)))
}

/** `terminalNo` is 12 digits. */
export function terminalBytes(terminalNo: string): Uint8Array {
  invariant(/^\d{12}$/.test(terminalNo), `terminal number "${terminalNo}" is not 12 digits`)
  return packDecimal(terminalNo, 6)
}
