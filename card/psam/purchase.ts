/** INIT SAM FOR PURCHASE as a terminal sends it (PSG 5), with three amounts or, for a PBOC purse, with one. */

import { invariant } from '../../base/invariant.ts'
import { case4Short } from '../apdu/command-apdu.ts'
import { concat, writeUint } from '../bytes/bytes.ts'
import { packDecimal } from '../bytes/packed-decimal.ts'
import { joinFactors, type DiversificationFactors } from './psam-link.ts'

/** What the card answered to its own INITIALIZE FOR PURCHASE, and what is to be paid when. */
export interface PurchaseTerms {
  /** The card's random, 4 bytes. */
  readonly random4: Uint8Array
  /** The card's purchase serial, before the purchase. */
  readonly serial: number
  /** 32 ('2', settlement) for the social security purse, 06 for PBOC. */
  readonly type: number
  /** YYYYMMDD and hhmmss of the terminal, the same that the debit will carry. */
  readonly date: string
  readonly time: string
  readonly keyVersion: number
  readonly algorithm: number
  readonly factors: DiversificationFactors
}

/** Fen: from the account, paid by the holder, paid by the pooled fund. */
export interface SettlementPurchase extends PurchaseTerms {
  readonly amounts: readonly [account: number, own: number, pooled: number]
}

/** Fen. */
export interface PbocPurchase extends PurchaseTerms {
  readonly amount: number
}

export interface InitialisedPurchase {
  /** 4 bytes; the debit carries them. */
  readonly terminalSerial: Uint8Array
  /** 4 bytes. */
  readonly mac1: Uint8Array
}

const P1_SETTLEMENT = 0x01
const P1_PBOC = 0x00
export const INITIALISED_LENGTH = 8

export const initSettlementApdu = (purchase: SettlementPurchase, factorCount: number): Uint8Array =>
  initApdu(P1_SETTLEMENT, purchase, purchase.amounts, factorCount)

export const initPbocApdu = (purchase: PbocPurchase, factorCount: number): Uint8Array =>
  initApdu(P1_PBOC, purchase, [purchase.amount], factorCount)

function initApdu(p1: number, terms: PurchaseTerms, amounts: readonly number[], factorCount: number): Uint8Array {
  invariant(terms.random4.length === 4, 'the card gives 4 random bytes')
  invariant(/^\d{8}$/.test(terms.date) && /^\d{6}$/.test(terms.time), `${terms.date} ${terms.time} is not YYYYMMDD hhmmss`)
  const data = concat(
    terms.random4,
    writeUint(terms.serial, 2),
    ...amounts.map((fen) => writeUint(fen, 4)),
    Uint8Array.of(terms.type),
    packDecimal(terms.date, 4),
    packDecimal(terms.time, 3),
    Uint8Array.of(terms.keyVersion, terms.algorithm),
    joinFactors(terms.factors, factorCount)
  )
  return case4Short({ cla: 0x80, ins: 0x70, p1, p2: 0x00 }, data, INITIALISED_LENGTH)
}
