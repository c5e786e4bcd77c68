/** A claim as the calculation reads it: checked, in whole numbers. The document that people write is wire/claim-schema.ts. */

import type { BusinessDate } from '../calendar/business-date.ts'
import type { Fen } from '../money/fen.ts'
import type { Price, Quantity } from '../money/price.ts'
import type { Ratio } from '../money/ratio.ts'
import type { Facts } from '../policy/facts.ts'
import type { ChargeClass } from '../policy/policy-parts.ts'
import type { Counters } from './counters.ts'

export interface ClaimLine {
  /** feedetl_sn, or the line's number from 1. */
  readonly lineNo: string
  readonly medListCodg: string | undefined
  readonly name: string | undefined
  readonly medChrgitmType: string | undefined
  readonly chargeClass: ChargeClass
  readonly price: Price
  readonly quantity: Quantity
  /** det_item_fee_sumamt: as the institution states it, else price x quantity half up. Negative for a return. */
  readonly amount: Fen
  /** selfpay_prop of the line itself. */
  readonly prePay: Ratio | undefined
  /** pric_uplmt_amt; undefined when the item has no ceiling. */
  readonly ceiling: Price | undefined
  /** lmt_used_flag 1 */
  readonly isRestricted: boolean
  /** hosp_appr_flag: 0 none needed, 1 approved, 2 refused. */
  readonly approval: '0' | '1' | '2'
  /** rxno: the prescription that the line fills. */
  readonly prescriptionNo: string | undefined
  /** prd_days, as stated: a decimal string. */
  readonly days: string | undefined
  /** drug_trac_info */
  readonly packs: readonly Pack[]
  /** Number of the line whose packs come back. */
  readonly returnOf: string | undefined
}

/** One pack that is handed over, or of a line with return_of: that came back. */
export interface Pack {
  readonly traceCode: string
  /** trdn_flag 1: a part of it. */
  readonly isSplit: boolean
}

/** The prescription as a whole. */
export interface ClaimPrescription {
  readonly number: string
  readonly kind: 'paper' | 'electronic' | undefined
  /** rxfixmedins_code */
  readonly institution: string | undefined
  readonly issuedOn: BusinessDate | undefined
}

export interface DonorAccount {
  readonly donor: string
  readonly balance: Fen
}

/** Balances before the settlement. */
export interface Account {
  readonly currentYear: Fen
  readonly pastYears: Fen
  /** In the order in which donors are asked. */
  readonly mutualAid: readonly DonorAccount[]
}

export interface Claim {
  readonly psnNo: string | undefined
  readonly mdtrtId: string | undefined
  readonly fixmedinsCode: string | undefined
  readonly insuplcAdmdvs: string | undefined
  readonly begins: BusinessDate
  /** psn_insu_stas; only "1" opens the funds. */
  readonly insuranceStatus: string
  readonly facts: Facts
  /** Where a pharmacy's prescription was written. */
  readonly prescriber: Pick<Facts, 'level' | 'kind'> | undefined
  readonly prescription: ClaimPrescription | undefined
  /** fund_pay_type of the funds that an entitlement says no to. */
  readonly closedFunds: readonly string[]
  /** Why no fund pays, as the claim states it; undefined: it states nothing. */
  readonly fundClosed: string | undefined
  /** 0 account untouched, 1 own account, 2 own account, then the donors'. */
  readonly acctUsedFlag: '0' | '1' | '2'
  readonly account: Account
  /** What the policy year has used so far. */
  readonly accumulators: Counters
  readonly lines: readonly ClaimLine[]
}
