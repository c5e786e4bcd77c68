/** Funds that relieve the personal share after the bands: threshold over the year, tiers above it, a limit. */

import { fen, greatest, least, type Fen } from '../money/fen.ts'
import { RATIO_ONE } from '../money/ratio.ts'
import { roundQuotient, type Rounding } from '../money/rounding.ts'
import type { Parameters, Supplement } from '../policy/parameters.ts'
import type { Payment } from './bands.ts'
import { relieve, sumOf, type OpenPart } from './personal-parts.ts'
import type { LimitState, Step, TierShare } from './step.ts'
import type { YearCounters } from './year-counters.ts'

export function applySupplements(
  parts: readonly OpenPart[],
  parameters: Parameters,
  counters: YearCounters,
  steps: Step[]
): Payment[] {
  return parameters.supplements.map((supplement) => {
    const base = sumOf(parts, supplement.of)
    const used = supplement.isYearly ? counters.before(supplement.counter) : fen(0)
    const tiers = tierShares(supplement, used, base)
    const share = shareOfTiers(tiers, parameters.fundRounding)
    const limit = limitState(supplement, counters)
    const paid = limit === undefined ? share : least(share, limit.available)
    relieve(parts, supplement.of, paid)
    counters.record(supplement.counter, base)
    counters.add(supplement.pays, paid)
    if (limit !== undefined && limit.limit.counter !== supplement.pays) counters.add(limit.limit.counter, paid)
    const { code, of, row } = supplement
    if (base > 0) {
      steps.push({
        kind: 'supplement',
        code,
        fund: supplement.pays,
        of,
        base,
        used,
        tiers,
        paid,
        limit,
        isCapped: paid < share,
        row
      })
    }
    return { payer: supplement, paid, availableBefore: limit?.available }
  })
}

/** The part of the base that falls into each tier, the year's earlier base lying below it. */
function tierShares(supplement: Supplement, used: Fen, base: Fen): TierShare[] {
  return supplement.tiers.map(({ above, ratio }, index) => {
    const upTo = Math.min(used + base, supplement.tiers[index + 1]?.above ?? Infinity)
    return { above, ratio, expense: greatest(fen(upTo - Math.max(used, above)), fen(0)) }
  })
}

/** One rounding for the whole fund. */
function shareOfTiers(tiers: readonly TierShare[], rounding: Rounding): Fen {
  const exact = tiers.reduce((total, { expense, ratio }) => total + expense * ratio, 0)
  return fen(roundQuotient(exact, RATIO_ONE, rounding))
}

function limitState({ limit }: Supplement, counters: YearCounters): LimitState | undefined {
  if (limit === undefined) return undefined
  const used = fen((limit.isYearly ? counters.before(limit.counter) : 0) + counters.added(limit.counter))
  return { limit, used, available: greatest(fen(limit.amount - used), fen(0)) }
}
