/** A question without a sale, here and today: of the card that is there, or without one the general rules of the place. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { Params } from '../../contract/requests.ts'
import type { EligibilityView } from '../../contract/sale-view.ts'
import { Bill } from '../bill/bill.ts'
import { newVisit } from '../bill/new-visit.ts'
import { isWithinDeductible } from '../bill/within-deductible.ts'
import type { CardData } from '../insured-person.ts'
import { checkEligibility } from './eligibility-check.ts'
import type { Moment } from '../system.ts'
import type { Pharmacy } from './pharmacy.ts'
import { Sale, type SalePorts } from './sale.ts'
import type { SaleRefusal } from './sale-refusal.ts'

export function eligibilityHere(pharmacy: Pharmacy, card: CardData | undefined, asked: Params<'eligibility.check'>): Result<EligibilityView, SaleRefusal> {
  const moment = pharmacy.clock()
  const ports = pharmacy.salePorts(moment.today)
  if (!ports.ok) return refuse({ kind: 'rules', refusal: ports.error })
  const answer = checkEligibility({ ports: ports.value, card, moment, ...asked })
  if (!answer.ok) return answer
  return ok({ ...answer.value.view, isWithinDeductible: card !== undefined && paysNothingYet(pharmacy, { ports: ports.value, card, moment }, asked) })
}

interface Here {
  readonly ports: SalePorts
  readonly card: CardData
  readonly moment: Moment
}

const NUMBER = '-'

/** As a bill of it alone would come out now, that nobody makes: the deductible goes by what the year of this person has used. */
function paysNothingYet({ till }: Pharmacy, { ports, card, moment }: Here, { code, quantity }: Params<'eligibility.check'>): boolean {
  const visit = newVisit(till, moment, NUMBER)
  const bill = ports.place.kind === 'pharmacy' ? Sale.open(ports, visit) : Bill.open(ports.billRules, visit, { source: 'typed' })
  if (!bill.ok) return false
  bill.value.setPayer({ card, account: { state: 'after-pin' }, today: moment.today })
  bill.value.addLine(code, quantity.trim())
  const { calculation } = bill.value
  return calculation !== undefined && isWithinDeductible(calculation)
}
