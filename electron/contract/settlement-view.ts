/** What was settled: the result on the screen, the statement on paper, the rows of the records, what is open or owed. */

import type { ChargeClass, FundView, InvoiceSums, VisitView } from './bill-view.ts'
import type { RefusalView } from './refusal-view.ts'
import type { PackView } from './sale-view.ts'
import type { DueView, SplitView } from './sync-view.ts'
import type { Text, Yuan } from './text.ts'

export type SettlementState = 'settled' | 'in-doubt' | 'refunded'

/** What the centre says of it. */
export type ConfirmationView =
  | { readonly state: 'provisional' }
  | { readonly state: 'confirmed'; readonly setlId: string; readonly setlTime: string }
  /** Booked with other amounts. */
  | { readonly state: 'adjusted'; readonly setlId: string; readonly setlTime: string; readonly reason: Text; readonly stated: SplitView; readonly booked: SplitView; readonly due: DueView }
  /** Not booked; it lies among the parked entries under this number. */
  | { readonly state: 'parked'; readonly sequence: number; readonly what: Text }
  /** Refused, and taken back here: the centre knows of neither, books neither, and signs no load for it. */
  | { readonly state: 'never-booked'; readonly what: Text }

export interface StatementLine {
  readonly line: string
  readonly code: string
  readonly name: string
  readonly chargeClass: ChargeClass
  readonly price: string
  readonly quantity: string
  readonly amount: Yuan
  readonly ownPay: Yuan
  readonly overCeiling: Yuan
  readonly prePay: Yuan
  readonly inScope: Yuan
  /** null on a hospital's statement. */
  readonly sale: StatementSaleLine | null
}

/** What the law wants beside a line that a pharmacy sold. */
export interface StatementSaleLine {
  readonly packs: readonly PackView[]
  readonly dose: string | null
  readonly frequency: string | null
  readonly days: string | null
  /** Why no fund paid for it; null where one may have. */
  readonly ownPayReason: Text | null
  /** The line that it takes back. */
  readonly returnOf: string | null
}

export interface StatementSale {
  readonly rx: { readonly number: string; readonly kind: 'paper' | 'electronic'; readonly issuedOn: string; readonly institution: string } | null
  /** Of a sale that was settled anew after a return: the visit number of the one that it took the place of. */
  readonly replaces: string | null
}

/** Everything that a statement prints; read from the ledger, so it exists only after the durable commit. */
export interface StatementView {
  readonly settlementId: string
  readonly state: SettlementState
  /** YYYY-MM-DD HH:mm:ss. */
  readonly settledAt: string
  readonly institution: { readonly code: string; readonly name: string }
  readonly terminalNo: string
  readonly visit: VisitView
  readonly holder: { readonly name: string; readonly cardNumber: string; readonly citizenNumber: string; readonly personClass: Text; readonly insutypeName: Text }
  readonly policy: { readonly region: string; readonly name: Text; readonly version: string }
  readonly lines: readonly StatementLine[]
  readonly sums: {
    readonly total: Yuan
    readonly ownPay: Yuan
    readonly overCeiling: Yuan
    readonly prePay: Yuan
    readonly inScope: Yuan
    readonly deductible: Yuan
    readonly funds: readonly FundView[]
    readonly fundPaid: Yuan
    readonly personal: Yuan
    readonly account: Yuan
    readonly mutualAid: Yuan
    readonly cash: Yuan
  }
  readonly invoice: InvoiceSums
  /** null: the account is at the centre. */
  readonly balance: { readonly before: Yuan; readonly after: Yuan | null } | null
  readonly proof: { readonly tac: string | null; readonly mac2: string | null; readonly serialBefore: number; readonly serialAfter: number; readonly terminalSerial: number } | null
  /** Number and first 16 hex digits of the fact: what `ledger verify --head` takes, shortened. */
  readonly ledger: { readonly sequence: number; readonly hash: string }
  readonly refund: RefundView | null
  readonly confirmation: ConfirmationView
  /** Prints so far. 0: the next one is the original; from 1 on every print is a copy. */
  readonly printed: number
  /** null on a hospital's statement. */
  readonly sale: StatementSale | null
}

export interface RefundView {
  readonly correctionId: string
  readonly at: string
  readonly reason: string
  /** Handed back in cash. */
  readonly cash: Yuan
  readonly fund: Yuan
  /** Taken from the chip, and only a load signed by the centre can put it back; "0.00" when nothing is owed any more. */
  readonly owedToCard: Yuan
  /** The load that put it back. */
  readonly loaded: { readonly amount: Yuan; readonly at: string; readonly balanceAfter: Yuan | null } | null
  /** Of the refund itself, which the centre books beside the settlement. */
  readonly confirmation: ConfirmationView
}

/** A load that is done and durable. */
export interface LoadView {
  readonly loadId: string
  /** As in the card's `owed`. */
  readonly owed: string
  readonly amount: Yuan
  readonly balanceBefore: Yuan
  readonly balanceAfter: Yuan
  readonly loadedAt: string
}

export interface RecordRow {
  readonly settlementId: string
  readonly state: SettlementState
  readonly settledAt: string
  readonly name: string
  readonly maskedCard: string
  readonly visitNo: string
  readonly total: Yuan
  readonly fundPaid: Yuan
  readonly account: Yuan
  readonly cash: Yuan
  readonly owedToCard: Yuan
  readonly loadedToCard: Yuan
  readonly confirmation: ConfirmationView['state']
  /** A pharmacy's sale: its single packs can come back. */
  readonly isSale: boolean
}

export interface RecordsPage {
  readonly rows: readonly RecordRow[]
  /** Hand it back to go on; null at the end. */
  readonly next: number | null
}

/** A hold that nobody has closed: the card may have been charged, or loaded. */
export interface InDoubtView {
  /** Of a load `total` and `account` are what may have been put on, `cash` is "0.00". */
  readonly kind: 'settlement' | 'load'
  /** Of a load: what it is for, the settlement or the centre's credit. */
  readonly settlementId: string
  readonly since: string
  readonly name: string
  readonly maskedCard: string
  readonly visitNo: string
  readonly total: Yuan
  readonly account: Yuan
  readonly cash: Yuan
  /** What happened, and what to do about it. */
  readonly refusal: RefusalView
  /** The card's proof needs the holder's PIN. */
  readonly needsPin: boolean
}

/** What became of a hold when its card came back. */
export interface ResolutionView extends Pick<InDoubtView, 'kind' | 'settlementId' | 'name' | 'visitNo' | 'total' | 'account' | 'cash'> {
  readonly outcome: 'posted' | 'released' | 'in-doubt' | 'not-recorded'
  readonly text: Text
}
