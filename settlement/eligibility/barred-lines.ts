/**
 * Lines that no fund pays whatever a limit of the place leaves: not to be handed over, or own money for another reason. They use up
 * nothing of the limit, and are not told that it is reached: it would be the wrong reason, and hide the right one.
 */

import type { Reason } from './reason.ts'
import type { ItemVerdict, Verdict } from './verdict.ts'

export const NONE_BARRED: ReadonlySet<string> = new Set()

const OF_LIMITS: ReadonlySet<Reason['kind']> = new Set(['day-limit-reached', 'month-limit-reached', 'over-sale-limit'])
const BARRING: ReadonlySet<Reason['effect']> = new Set(['forbids', 'own-money', 'cash-only'])

/** Of a verdict in which every line counted; none where no limit is reached. */
export function barredBehindLimits({ items }: Verdict): ReadonlySet<string> {
  if (!items.some(({ reasons }) => reasons.some(({ kind }) => OF_LIMITS.has(kind)))) return NONE_BARRED
  return new Set(items.filter(isBarred).map(({ line }) => line))
}

const isBarred = ({ funds, reasons }: ItemVerdict): boolean =>
  reasons.some(({ effect }) => effect === 'forbids') || (funds.length > 0 && funds.every((fund) => fund.reasons.some(bars)))

const bars = ({ kind, effect }: Reason): boolean => BARRING.has(effect) && !OF_LIMITS.has(kind)
