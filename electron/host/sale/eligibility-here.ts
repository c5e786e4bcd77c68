/** A question without a sale, here and today: of the card that is there, or without one the general rules of the place. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { Params } from '../../contract/requests.ts'
import type { EligibilityView } from '../../contract/sale-view.ts'
import type { CardData } from '../insured-person.ts'
import { checkEligibility } from './eligibility-check.ts'
import type { Pharmacy } from './pharmacy.ts'
import type { SaleRefusal } from './sale-refusal.ts'

export function eligibilityHere(pharmacy: Pharmacy, card: CardData | undefined, asked: Params<'eligibility.check'>): Result<EligibilityView, SaleRefusal> {
  const moment = pharmacy.clock()
  const ports = pharmacy.salePorts(moment.today)
  if (!ports.ok) return refuse({ kind: 'rules', refusal: ports.error })
  const answer = checkEligibility({ ports: ports.value, card, moment, ...asked })
  return answer.ok ? ok(answer.value.view) : answer
}
