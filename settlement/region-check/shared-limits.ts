/**
 * A fund's own name counts everything that the fund pays. A yearly limit on it is therefore used up by the visits of other
 * bands too, such as the chronic ones, which may be meant and is easily overlooked. Where the other band has a cap of its own it
 * cannot be meant: that is refused when the policy is read.
 */

import type { Policy } from '../policy/policy-schema.ts'
import { countsByFund, isOfOtherVisits } from '../policy/shared-fund-limits.ts'
import { finding, type Filed, type Finding } from './finding.ts'

type Band = Policy['bands'][number]

export const sharedLimits = ({ file, document: { bands } }: Filed<Policy>): readonly Finding[] =>
  bands.flatMap((band, index) => {
    if (!countsByFund(band)) return []
    const other = bands.findIndex((candidate) => candidate.pays === band.pays && isOfOtherVisits(candidate, band))
    return other === -1 ? [] : [sharedLimit(file, bands, index, other)]
  })

function sharedLimit(file: string, bands: readonly Band[], index: number, other: number): Finding {
  const visits = (at: number): string => bands[at]?.when?.med_type?.join(', ') ?? ''
  return finding('limit-shared', { file, path: `bands[${index}].limit` }, {
    zh: `bands[${index}] 的限额按基金全部支付累计：bands[${other}]（就诊类型 ${visits(other)}）支付的也计入；各算各的，请写 "counter"，如 "ordinary_paid"`,
    en: `the limit of bands[${index}] counts all that the fund pays, so what bands[${other}] pays (visits ${visits(other)}) uses it up too; if it is for visits ${visits(index)} alone, give it a "counter" of its own, such as "ordinary_paid"`
  })
}
