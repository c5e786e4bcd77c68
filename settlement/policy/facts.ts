/**
 * The facts of a claim that policy rows may ask for, and the question itself. A fact that a row needs and the claim does
 * not state is no "no": the row cannot be decided, and the calculation is refused naming the missing field.
 */

import type { BusinessDate } from '../calendar/business-date.ts'
import type { InstitutionKind } from '../wire/fields.ts'
import type { OffSiteFiling } from './policy-parts.ts'
import type { When } from './row-schema.ts'

export interface StatedFacts {
  readonly psnType: string
  readonly insutype: string
  /** Whole years on the day of service; undefined when the claim gives no brdy. */
  readonly age: number | undefined
  readonly retiredOn: BusinessDate | undefined
  readonly level: number
  readonly kind: InstitutionKind
  readonly medType: string
  readonly cvlservFlag: string
  readonly psnIdetTypes: readonly string[]
  readonly diseCodg: string | undefined
  readonly tags: readonly string[]
  /** Care outside the insured place, by its filing; undefined: at home. */
  readonly offSite: OffSiteFiling | undefined
}

/** With the text that tells any two sets of facts apart, made once per claim. */
export interface Facts extends StatedFacts {
  readonly key: string
}

export const withKey = (stated: StatedFacts): Facts => ({ ...stated, key: factsKey(stated) })

/** Facts that the claim may leave out until a row asks for them. */
type AskedFact = 'brdy' | 'retired_on'

/** The claim's field that a rule needs and does not find. */
export type MissingFact = AskedFact | 'prescriber'
export type Verdict = 'holds' | 'fails' | AskedFact

/** Certain failures are found before an unknown fact is missed: a rule for the retired asks nobody else for retired_on. */
export function decide(when: When | undefined, facts: StatedFacts): Verdict {
  if (when === undefined) return 'holds'
  if (!knownFactsHold(when, facts)) return 'fails'
  if (when.age !== undefined) {
    if (facts.age === undefined) return 'brdy'
    if (facts.age < (when.age.from ?? 0) || facts.age >= (when.age.below ?? Infinity)) return 'fails'
  }
  if (when.retired_on !== undefined) {
    if (facts.retiredOn === undefined) return 'retired_on'
    const { from, before } = when.retired_on
    if ((from !== undefined && facts.retiredOn < from) || (before !== undefined && facts.retiredOn >= before)) return 'fails'
  }
  return 'holds'
}

function knownFactsHold(when: When, facts: StatedFacts): boolean {
  return (
    (when.psn_type?.some((prefix) => facts.psnType.startsWith(prefix)) ?? true) &&
    (when.insutype?.some((insutype) => insutype === facts.insutype) ?? true) &&
    (when.level?.some((level) => level === facts.level) ?? true) &&
    (when.kind?.includes(facts.kind) ?? true) &&
    (when.med_type?.some((prefix) => facts.medType.startsWith(prefix)) ?? true) &&
    (when.cvlserv_flag === undefined || when.cvlserv_flag === facts.cvlservFlag) &&
    (when.psn_idet_type?.some((type) => facts.psnIdetTypes.includes(type)) ?? true) &&
    (when.off_site?.some((filing) => filing === facts.offSite) ?? true) &&
    (when.dise_codg?.some((prefix) => facts.diseCodg?.startsWith(prefix)) ?? true) &&
    (when.tags?.every((tag) => facts.tags.includes(tag)) ?? true)
  )
}

/** JSON, so that no value can run into the next. */
const factsKey = (facts: StatedFacts): string =>
  JSON.stringify([
    facts.psnType,
    facts.insutype,
    facts.age ?? null,
    facts.retiredOn ?? null,
    facts.level,
    facts.kind,
    facts.medType,
    facts.cvlservFlag,
    facts.psnIdetTypes,
    facts.diseCodg ?? null,
    facts.tags,
    facts.offSite ?? null
  ])

/** For refusals: the facts that were at hand, in the claim's own words. */
export function describeFacts(facts: StatedFacts): string {
  const entries: readonly (readonly [string, string | number | undefined])[] = [
    ['psn_type', facts.psnType],
    ['insutype', facts.insutype],
    ['age', facts.age],
    ['retired_on', facts.retiredOn],
    ['level', facts.level],
    ['kind', facts.kind],
    ['med_type', facts.medType],
    ['cvlserv_flag', facts.cvlservFlag],
    ['dise_codg', facts.diseCodg],
    ['off_site', facts.offSite],
    ['tags', facts.tags.length === 0 ? undefined : facts.tags.join(' ')]
  ]
  return entries
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
}
