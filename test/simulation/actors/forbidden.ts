/**
 * What may not come to its end. `lawful.ts` asks of every refusal whether something explains it; here it is the other way about: where
 * something has to be refused, nobody may get what he came for.
 */

import type { Told } from '../operation.ts'
import type { SimCard } from '../world/faces.ts'
import type { CardCondition } from '../world/card-conditions.ts'
import type { Cause } from './causes.ts'
import type { Plan, TextFlaw } from './plan.ts'

/** Whatever day it is and whoever brings them. */
const NEVER_SERVED: ReadonlySet<CardCondition> = new Set<CardCondition>(['expired', 'other-region', 'application-blocked', 'counterfeit', 'bank-card', 'blank'])
const NEVER_OPENED: ReadonlySet<TextFlaw | undefined> = new Set<TextFlaw | undefined>(['not-json', 'no-lines', 'other-person', 'later-day', 'over-limit'])

export interface Done {
  readonly id: string
  readonly plan: Plan
  readonly card: SimCard | undefined
  readonly told: readonly Told[]
  readonly causes: ReadonlySet<Cause>
}

/** `isDone`: it ended as it was meant to. undefined: nothing stood against it. */
export function whyForbidden({ id, plan, card, told, causes }: Done, isDone: boolean): string | undefined {
  if (causes.has('swaps-the-card')) return undefined
  const isServed = told.some(({ kind }) => kind === 'statement' || kind === 'loaded')
  if (isServed && card !== undefined && NEVER_SERVED.has(card.condition) && !(card.condition === 'expired' && causes.has('clock'))) return `a card was served that is ${card.condition}`
  // Its own visit, and not an older one that came to its end while the card lay there.
  const isOwn = told.some((one) => one.kind === 'statement' && one.visitNo.endsWith(id.slice('op-'.length).padStart(6, '0')))
  if (plan.kind === 'settle' && NEVER_OPENED.has(plan.flaw) && isOwn) return `a visit was settled whose text is ${plan.flaw}`
  return isDone ? whyNotDone(plan, told) : undefined
}

function whyNotDone(plan: Plan, told: readonly Told[]): string | undefined {
  switch (plan.kind) {
    case 'refund':
      if (plan.reason === 'missing') return 'a refund without a reason was done'
      return plan.which === 'unknown' ? 'a settlement was taken back that nobody knows' : undefined
    case 'return':
      return (plan.how === 'wrong-code' || plan.how === 'too-many') && told.some(({ kind }) => kind === 'refunded') ? `packs came back, and it was ${plan.how}` : undefined
    case 'load':
      return plan.which === 'unknown' ? 'something was loaded that nobody owes' : undefined
    default:
      return undefined
  }
}
