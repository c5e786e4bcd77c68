/** The bill on the screen: lines as they were charged, and who pays what as the rules say at this moment. */

import type { RefusalView } from './refusal-view.ts'
import type { SaleLineView, SaleView } from './sale-view.ts'
import type { Text, Yuan } from './text.ts'

/** Charge class: 01 A 甲, 02 B 乙, 03 C 丙, 04 payable C. */
export type ChargeClass = '01' | '02' | '03' | '04'

export interface LineView {
  /** feedetl_sn: names the line in requests. */
  readonly line: string
  readonly code: string
  readonly name: string
  readonly chargeClass: ChargeClass
  /** Decimal strings: price with up to 6 places, quantity with up to 4. */
  readonly price: string
  readonly quantity: string
  readonly amount: Yuan
  /** How the amount divides; null while nobody's rules are applied (no card, or the bill is refused). */
  readonly ownPay: Yuan | null
  readonly overCeiling: Yuan | null
  readonly prePay: Yuan | null
  readonly inScope: Yuan | null
  /** Why part of it is the patient's own: one short reason each, none for a line wholly in scope. */
  readonly reasons: readonly Text[]
  readonly isRestricted: boolean
  /** hosp_appr_flag: 0 none, 1 approved, 2 refused. */
  readonly approval: '0' | '1' | '2'
  /** null on a hospital's bill. */
  readonly sale: SaleLineView | null
}

export interface FundView {
  readonly fund: string
  readonly name: Text
  readonly paid: Yuan
}

/** A fund that pays nothing at this visit, because the centre says that the person does not have it. */
export interface ClosedFundView {
  readonly fund: string
  readonly name: Text
  /** In the centre's own words; null: it gave none here. */
  readonly why: string | null
}

export interface SumsView {
  /** false: the account's balance is not known yet, so nothing is taken from it here. */
  readonly accountKnown: boolean
  readonly total: Yuan
  readonly ownPay: Yuan
  readonly overCeiling: Yuan
  readonly prePay: Yuan
  readonly inScope: Yuan
  /** null where the rules know no deductible for this visit. `left` is what remains of the year's after this bill. */
  readonly deductible: { readonly paid: Yuan; readonly ofYear: Yuan; readonly usedBefore: Yuan; readonly left: Yuan } | null
  /** What the year has used before is the centre's word, and more than this till has settled. */
  readonly yearHasElsewhere: boolean
  /** Share of the first band that applies, "70 %"; null when none does. */
  readonly ratio: string | null
  /** Those that pay, the basic pool always, supplements after it. */
  readonly funds: readonly FundView[]
  readonly closedFunds: readonly ClosedFundView[]
  /** Why no fund pays at all: how the insurance stands that is not in force; null: it is. */
  readonly notInForce: Text | null
  readonly fundPaid: Yuan
  readonly personal: Yuan
  readonly account: Yuan
  readonly accountBefore: Yuan | null
  readonly accountAfter: Yuan | null
  readonly cash: Yuan
  /** The four sums of an e-invoice: 自理, 自费, 符合医保, 个人自付. */
  readonly invoice: InvoiceSums
}

export interface InvoiceSums {
  /** 自理: pre-self-pay of class B. */
  readonly selfCare: Yuan
  /** 自费: class C and what lies over a ceiling. */
  readonly ownExpense: Yuan
  /** 符合医保费用 */
  readonly inScope: Yuan
  /** 个人自付: the person's part of what is in scope, deductible included. */
  readonly selfPay: Yuan
}

export interface VisitView {
  readonly visitNo: string
  /** YYYY-MM-DD HH:mm:ss or a day. */
  readonly begins: string
  readonly visitType: { readonly code: string; readonly name: Text }
  readonly department: string
  readonly doctor: string
  /** As the hospital wrote it; empty when it named nobody. */
  readonly patient: string
  readonly disease: string
}

export interface BillView {
  /** Grows with every change; a request about an older revision is refused. */
  readonly revision: number
  /** queue: a file of the hospital's queue; typed: made at this counter; opened: pasted or from a file. */
  readonly source: 'queue' | 'typed' | 'opened'
  readonly visit: VisitView
  /** Of a bill that was made by hand: the name of whom it was made for, while another person's card is there. Not settled before it is passed on. */
  readonly madeFor: string | null
  readonly lines: readonly LineView[]
  /** 0 account untouched, 1 own account, 2 own account, then the family's. */
  readonly useAccount: '0' | '1' | '2'
  readonly outcome: BillOutcome
  /** null on a hospital's bill. */
  readonly sale: SaleView | null
}

/** The sums, or why there are none. `no-card`: nobody is there yet whose rules could be applied. */
export type BillOutcome =
  | { readonly state: 'no-card' }
  | { readonly state: 'empty' }
  | { readonly state: 'computed'; readonly sums: SumsView; readonly provisional: true }
  | { readonly state: 'refused'; readonly refusal: RefusalView }

/** What an edit changed: only the lines whose amounts, place or verdict differ. */
export interface BillChange {
  readonly revision: number
  readonly changed: readonly LineView[]
  readonly removed: readonly string[]
  readonly useAccount: '0' | '1' | '2'
  readonly outcome: BillOutcome
  /** Whole, as it is now; null on a hospital's bill. */
  readonly sale: SaleView | null
}

/** The row of the policy that a step rests on. */
export interface StepRuleView {
  /** Where it was published, as the policy cites it; empty: not stated. */
  readonly source: string
  readonly certainty: Text
  /** "deductible.rows[1]": for whoever keeps the policy. */
  readonly parameter: string
}

export interface ExplanationView {
  /** Sentences in the order of the computation, lines first. */
  readonly steps: readonly { readonly text: Text; readonly amount: Yuan; readonly line?: string; readonly rule?: StepRuleView }[]
  readonly policy: { readonly region: string; readonly name: Text; readonly version: string }
}

export interface CatalogueHit {
  readonly code: string
  readonly name: string
  readonly initials: string
  /** "" where nobody knows: two packs of one drug are told apart by them. */
  readonly spec: string
  readonly producer: string
  readonly chargeClass: ChargeClass
  /** null: the line must carry it. */
  readonly price: string | null
  readonly restriction: string | null
}

export interface QueueEntry {
  /** File name in the queue's folder. */
  readonly file: string
  readonly visit: VisitView | null
  readonly total: Yuan | null
  readonly lines: number
  readonly state: 'waiting' | 'open' | 'in-doubt' | 'settled' | 'unreadable'
  /** Of an unreadable file. */
  readonly refusal: RefusalView | null
}
