/** Facts that tell the rows of a policy apart, those of several lists together: what stands against one another is looked for in each. */

import type { StatedFacts } from '../policy/facts.ts'
import { limitsOf } from '../policy/policy-counters.ts'
import type { PharmacyRatio } from '../policy/policy-parts.ts'
import type { Policy } from '../policy/policy-schema.ts'
import { Conditions } from './conditions.ts'
import { visitsRuled } from './not-ruled.ts'
import { peopleOf, personFacts } from './people.ts'
import { toldApart, visitFacts, visitsOf } from './visits.ts'

const FACTS_MAX = 20_000

/** With the ratios where there are not too many, else without; none where there are too many all the same. */
export function factsOf(policy: Policy, pharmacyRatio: PharmacyRatio): readonly StatedFacts[] {
  const { deductible, bands } = policy
  const cutting = [...(deductible?.rows ?? []), ...bands, ...bands.flatMap(limitsOf).flatMap(({ rows }) => rows)]
  return combined([...cutting, ...bands.flatMap(({ ratio }) => ratio)]) ?? combined(cutting) ?? []

  function combined(rows: readonly { readonly when?: StatedWhen }[]): readonly StatedFacts[] | undefined {
    const conditions = new Conditions(rows.map(({ when }) => when))
    const people = peopleOf(conditions, policy.insutype)
    const isRuled = visitsRuled(policy)
    const visits = toldApart(visitsOf({ conditions, pharmacyRatio, filings: [] }).filter(({ medType }) => isRuled(medType)), conditions, pharmacyRatio)
    if (people.length * visits.length > FACTS_MAX) return undefined
    return people.flatMap((person) => visits.map((visit) => ({ ...visitFacts(visit, pharmacyRatio), ...personFacts(person) })))
  }
}

type StatedWhen = Policy['bands'][number]['when']
