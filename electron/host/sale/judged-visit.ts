/** A pharmacy's visit document before it is settled without a window: judged as the window would, and refused as it would be. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { Reason } from '../../../settlement/eligibility/reason.ts'
import { settlingWaitsFor } from '../../../settlement/eligibility/settling.ts'
import type { Visit } from '../../../settlement/visit/visit-schema.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { CardData } from '../insured-person.ts'
import type { OwnPayReasons } from '../records/settled-document.ts'
import type { BusinessDate } from '../../../settlement/calendar/business-date.ts'
import { takenBackSale } from './open-sale.ts'
import { Sale, type SalePorts } from './sale.ts'

export interface JudgedVisit {
  /** As it is charged: own pay where no fund pays. */
  readonly visit: Visit
  readonly ownPay: OwnPayReasons | undefined
}

export function judgedVisit(ports: SalePorts, visit: Visit, { card, today }: { readonly card: CardData; readonly today: BusinessDate }): Result<JudgedVisit, CounterRefusal> {
  if (takenBackSale(ports.ledger, visit) !== undefined) return ok({ visit, ownPay: undefined })
  const sale = Sale.open(ports, visit)
  if (!sale.ok) return sale
  sale.value.setPayer({ card, account: { state: 'after-pin' }, today })
  if (sale.value.refusal !== undefined) return refuse(sale.value.refusal)
  const [line] = sale.value.openLines
  const verdict = line === undefined ? undefined : sale.value.judge.verdictOf(line)
  if (line === undefined || verdict === undefined) return ok({ visit: sale.value.visit, ownPay: sale.value.ownPayReasons })
  const reason = verdict.reasons.find(settlingWaitsFor) ?? verdict.reasons.find(isLimit)
  const item = sale.value.claimLines.find(({ lineNo }) => lineNo === line)?.name ?? ''
  return reason === undefined ? ok({ visit: sale.value.visit, ownPay: sale.value.ownPayReasons }) : refuse({ kind: 'not-eligible', line, item, reason })
}

const isLimit = ({ effect }: Reason): boolean => effect === 'limits'
