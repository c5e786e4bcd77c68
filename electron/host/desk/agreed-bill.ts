/** Whether the bill on the screen can be charged as the cashier has agreed it, before its card is asked for anything. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { Amounts } from '../../../settlement/calculation/settlement-result.ts'
import { parseFen } from '../../../settlement/money/fen.ts'
import type { OpenBill } from '../bill/open-bill.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import { saleRefused } from '../sale/refusable.ts'
import type { InsuredPatient } from '../visit-claim.ts'
import type { DeskRefusal } from './desk-refusal.ts'

export interface Agreement {
  /** In yuan, as the window sends it: what the cashier has been shown as cash. */
  readonly cash: string
  /** Another than whoever is there; null: the bill is theirs. */
  readonly madeFor: string | null
  /** Why nobody is there who can pay, when that is known. */
  readonly notOpened: CounterRefusal | undefined
  /** What stands against the card. */
  readonly blocking: CounterRefusal | undefined
}

export interface AgreedBill {
  readonly patient: InsuredPatient
  readonly amounts: Amounts
}

export function agreedBill(
  { calculation, patient, refusal, openLines }: Pick<OpenBill, 'calculation' | 'patient' | 'refusal' | 'openLines'>,
  { cash, madeFor, notOpened, blocking }: Agreement
): Result<AgreedBill, CounterRefusal | DeskRefusal> {
  if (refusal !== undefined) return refuse(refusal)
  if (patient === undefined) return refuse(notOpened ?? { kind: 'no-card' })
  if (madeFor !== null) return refuse({ kind: 'bill-of-another', name: madeFor })
  if (openLines.length > 0) return saleRefused({ kind: 'sale-not-ready', lines: openLines })
  if (calculation === undefined) return refuse({ kind: 'bill-empty' })
  const { amounts } = calculation
  const agreed = parseFen(cash)
  if (agreed === undefined) return refuse({ kind: 'amount-malformed', field: 'cash-due', value: cash })
  if (agreed !== amounts.cash) return refuse({ kind: 'amounts-changed', field: 'cash', agreed, now: amounts.cash })
  return blocking === undefined ? ok({ patient, amounts }) : refuse(blocking)
}
