/**
 * The counter of a fund's own name holds everything that the fund pays. Where chronic visits have a cap with a counter of its own
 * and ordinary ones a cap under the fund's name, the chronic payments would use up the ordinary cap, and not the other way
 * round: neither one cap for both nor a cap for each. Such a policy is refused; what was meant can be written either way.
 */

import type { z } from 'zod'
import { limitsOf } from './policy-counters.ts'
import type { bandSchema } from './policy-schema.ts'

type Band = z.output<typeof bandSchema>

export function sharedFundLimits(bands: readonly Band[]): { path: readonly (string | number)[]; message: string }[] {
  return bands.flatMap((band, index) => {
    if (!countsByFund(band)) return []
    const other = bands.findIndex((candidate) => candidate.pays === band.pays && isOfOtherVisits(candidate, band) && countsByItself(candidate))
    if (other === -1) return []
    return [
      {
        path: ['bands', index, 'limit'],
        message: `must have a counter of its own, such as "ordinary_paid": the counter ${band.pays} also holds what bands[${other}] pays for other visits under a counter of its own; a cap for both together stands in both bands`
      }
    ]
  })
}

/** Whether a yearly cap of payment is kept under the fund's own name. */
export const countsByFund = (band: Band): boolean => yearlyCounters(band).includes(band.pays)

const countsByItself = (band: Band): boolean => yearlyCounters(band).length > 0 && !countsByFund(band)

const yearlyCounters = (band: Band): readonly string[] =>
  limitsOf(band).flatMap(({ of, period, counter, rows }) =>
    of === 'payment' && period === 'year' ? rows.flatMap((row) => (row.amount === null ? [] : [row.counter ?? counter ?? band.pays])) : []
  )

/** Both say which visits they are for, and none is for both. */
export function isOfOtherVisits({ when: left }: Band, { when: right }: Band): boolean {
  const [mine, theirs] = [left?.med_type, right?.med_type]
  if (mine === undefined || theirs === undefined) return false
  return !mine.some((one) => theirs.some((two) => one.startsWith(two) || two.startsWith(one)))
}
