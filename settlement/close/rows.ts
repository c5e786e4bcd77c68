/** One settlement or refund as the two sides have it: the terminal's ledger and the centre's accounts of record. */

import type { Fen } from '../money/fen.ts'
import type { DebitEvidence } from '../payment/payment-device.ts'

/** The four sums that 3201 and 3202 compare. Of a refund they are negative. */
export interface RowSums {
  /** medfee_sumamt */
  readonly total: Fen
  /** fund_pay_sumamt */
  readonly fundPaid: Fen
  /** acct_pay */
  readonly account: Fen
  /** psn_cash_pay */
  readonly cash: Fen
}

export const SUM_FIELDS = ['total', 'fundPaid', 'account', 'cash'] as const satisfies readonly (keyof RowSums)[]

export const sumsOf = ({ total, fundPaid, account, cash }: RowSums): RowSums => ({ total, fundPaid, account, cash })

export interface LocalRow {
  readonly kind: 'settlement' | 'refund'
  /** medins_setl_id: the settlement's number, or the refund's own. */
  readonly id: string
  /** The settlement that a refund takes back; of a settlement itself. */
  readonly settlementId: string
  /** Number of the posting or of the correction. */
  readonly sequence: number
  /** 14 digits: when it was posted or taken back here. */
  readonly at: string
  readonly insuranceType: string
  readonly clearingType: string
  /** What the centre should have: its own amounts where a confirmation brought them. */
  readonly sums: RowSums
  /** undefined until the centre has confirmed it. */
  readonly confirmed: { readonly setlId: string; readonly setlTime: string } | undefined
}

export interface RecordRow {
  /** medins_setl_id. Of what the centre took back on its terminal's word, without a fact: the centre's own number, setlId. */
  readonly id: string
  readonly setlId: string
  /** 14 digits, the centre's clock. */
  readonly setlTime: string
  readonly insuranceType: string
  readonly clearingType: string
  readonly sums: RowSums
  /** setl_id of the settlement that this row takes back. */
  readonly reverses: string | undefined
  /** setl_id of the row that takes this one back. */
  readonly reversedBy: string | undefined
  /** The posting that the centre has of this terminal, for a terminal that has lost its own. */
  readonly posting: PostingOfRecord | undefined
}

/** A posting's place in the chain and what the card gave: enough to write the very same fact again. */
export interface PostingOfRecord {
  readonly sequence: number
  /** 64 hex digits. */
  readonly hash: string
  readonly evidence: DebitEvidence
  readonly postedAt: string
}
