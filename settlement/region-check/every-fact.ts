/**
 * Sets of facts that tell the rows of a list apart: of every field that one of them asks for, each value it names and one
 * that none names. Fields that nobody asks for do not matter. undefined: there would be too many.
 */

import { date, type BusinessDate } from '../calendar/business-date.ts'
import type { StatedFacts } from '../policy/facts.ts'
import type { When } from '../policy/row-schema.ts'
import { PERSON_TYPE_CODES, VISIT_TYPE_CODES } from '../wire/code-names.ts'
import { INSTITUTION_KINDS } from '../wire/fields.ts'
import { OFF_SITE_FILINGS } from '../policy/policy-parts.ts'

const SETS_MAX = 50_000

const NOBODY_NAMES_IT = '~'

const PLAIN: StatedFacts = {
  psnType: '11',
  insutype: '310',
  age: 40,
  retiredOn: date('2015-01-01'),
  level: 2,
  kind: 'hospital',
  medType: '11',
  cvlservFlag: '0',
  psnIdetTypes: [],
  diseCodg: undefined,
  tags: [],
  offSite: undefined
}

type Change = Partial<StatedFacts>

export function everyFact(whens: readonly (When | undefined)[], insutypes: readonly string[]): readonly StatedFacts[] | undefined {
  const asked = whens.filter((when) => when !== undefined)
  const dimensions: (readonly Change[])[] = [insutypes.map((insutype) => ({ insutype })), ...fieldsOf(asked)]
  const count = dimensions.reduce((product, changes) => product * changes.length, 1)
  if (count > SETS_MAX) return undefined
  return dimensions.reduce<readonly StatedFacts[]>((sets, changes) => sets.flatMap((facts) => changes.map((change) => ({ ...facts, ...change }))), [PLAIN])
}

function fieldsOf(whens: readonly When[]): (readonly Change[])[] {
  const named = <Value>(pick: (when: When) => readonly Value[] | undefined): readonly Value[] => [...new Set(whens.flatMap((when) => pick(when) ?? []))]
  const is = (field: keyof When): boolean => whens.some((when) => when[field] !== undefined)
  const dimensions: (readonly Change[])[] = []
  if (is('psn_type')) dimensions.push(unique([...PERSON_TYPE_CODES, ...named((when) => when.psn_type)]).map((psnType) => ({ psnType })))
  if (is('med_type')) dimensions.push(unique([...VISIT_TYPE_CODES, ...named((when) => when.med_type)]).map((medType) => ({ medType })))
  if (is('level')) dimensions.push([0, 1, 2, 3].map((level) => ({ level })))
  if (is('kind')) dimensions.push(INSTITUTION_KINDS.map((kind) => ({ kind })))
  if (is('age')) dimensions.push(boundaries(named((when) => [when.age?.from, when.age?.below].filter((age) => age !== undefined))).map((age) => ({ age })))
  if (is('retired_on')) dimensions.push(daysAround(named((when) => [when.retired_on?.from, when.retired_on?.before].filter((day) => day !== undefined))).map((retiredOn) => ({ retiredOn })))
  if (is('cvlserv_flag')) dimensions.push(['0', '1'].map((cvlservFlag) => ({ cvlservFlag })))
  if (is('off_site')) dimensions.push([undefined, ...OFF_SITE_FILINGS].map((offSite) => ({ offSite })))
  if (is('dise_codg')) dimensions.push([undefined, NOBODY_NAMES_IT, ...named((when) => when.dise_codg)].map((diseCodg) => ({ diseCodg })))
  if (is('psn_idet_type')) dimensions.push([[], ...named((when) => when.psn_idet_type).map((type) => [type])].map((psnIdetTypes) => ({ psnIdetTypes })))
  if (is('tags')) dimensions.push(subsets(named((when) => when.tags)).map((tags) => ({ tags })))
  return dimensions
}

const unique = <Value>(values: readonly Value[]): readonly Value[] => [...new Set(values)]

/** The ages at which something changes, and the year before each. */
const boundaries = (ages: readonly number[]): readonly number[] => unique([0, ...ages.flatMap((age) => [Math.max(0, age - 1), age])])

/** Days are compared as text: the first day of all lies before any other. */
const daysAround = (days: readonly string[]): readonly BusinessDate[] => unique(['1900-01-01', ...days]).map((day) => date(day))

const TAGS_COMBINED_MAX = 6

const subsets = (tags: readonly string[]): readonly (readonly string[])[] =>
  tags.length > TAGS_COMBINED_MAX
    ? [[], ...tags.map((tag) => [tag]), tags]
    : tags.reduce<readonly (readonly string[])[]>((sets, tag) => [...sets, ...sets.map((set) => [...set, tag])], [[]])
