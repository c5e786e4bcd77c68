/** A bill on the screen as the counter meets it, whether a hospital charges or a pharmacy sells. */

import type { Result } from '../../../base/result.ts'
import type { BillChange, BillView } from '../../contract/bill-view.ts'
import type { Calculation } from '../../../settlement/calculation/calculation.ts'
import type { Visit } from '../../../settlement/visit/visit-schema.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { OwnPayReasons } from '../records/settled-document.ts'
import type { InsuredPatient } from '../visit-claim.ts'
import type { LineChange, Payer } from './bill.ts'

/** Whose it is, the desk says. */
export type DrawnBill = Omit<BillView, 'madeFor'>

export interface OpenBill {
  /** Of the queue; undefined for a bill that came otherwise. */
  readonly file: string | undefined
  readonly revision: number
  /** Of a return: what was sold, and what came back. Nothing of it is edited. */
  readonly isFixed: boolean
  readonly visit: Visit
  readonly patient: InsuredPatient | undefined
  /** undefined while the bill is not computed: nobody there, no line, or refused. */
  readonly calculation: Calculation | undefined
  readonly refusal: CounterRefusal | undefined
  /** Of a sale: why no fund pays for a line, by its number. */
  readonly ownPayReasons: OwnPayReasons | undefined
  /** Of a sale: lines that settling waits for. */
  readonly openLines: readonly string[]
  setPayer(payer: Payer | undefined): void
  /** Nothing that the screen shows is another than at that revision: what is asked of it still holds. */
  stays(revision: number): void
  addLine(code: string, quantity: string): Result<BillChange, CounterRefusal>
  /** undefined: the bill has no such line. */
  setLine(number: string, change: LineChange): Result<BillChange, CounterRefusal> | undefined
  removeLine(number: string): BillChange | undefined
  useAccount(flag: Visit['acct_used_flag']): BillChange
  view(): DrawnBill
}
