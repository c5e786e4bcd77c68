/**
 * What a document does not rule at all, apart from what it rules with a hole. A policy of two chronic diseases says nothing of
 * ordinary visits, and one may do without places that have no level: a claim of that kind is refused, which is to be known and
 * need not be mended. Where it speaks of some of them, it must speak of all.
 */

import type { Policy } from '../policy/policy-schema.ts'
import { VISIT_TYPE_CODES } from '../wire/code-names.ts'
import { groupedBy, unique } from './grouped.ts'
import type { Case, ListHoles } from './row-holes.ts'
import { OTHER_DISEASE, type TriedPlace, type TriedVisit } from './visits.ts'

/** One benefit: whoever rules one of them rules all. */
const ORDINARY = ['11', '13', '41']

/** Of a visit type, whether some band is for it; where no band says which visits it is for, every one. */
export function visitsRuled({ bands }: Policy): (medType: string) => boolean {
  const named = bands.map(({ when }) => when?.med_type)
  if (named.length === 0 || named.includes(undefined)) return () => true
  const prefixes = named.flatMap((types) => types ?? [])
  const isNamed = (medType: string): boolean => prefixes.some((prefix) => medType.startsWith(prefix))
  const isOrdinary = ORDINARY.some(isNamed)
  return (medType) => isNamed(medType) || (isOrdinary && ORDINARY.includes(medType))
}

export const visitsNotRuled = (policy: Policy): readonly string[] => {
  const isRuled = visitsRuled(policy)
  return VISIT_TYPE_CODES.filter((code) => code.length === 2 && !isRuled(code))
}

export interface Sorted {
  /** Holes that somebody must close. */
  readonly holes: ListHoles
  /** Person types that usually have another insurance, and whom the list is not for everywhere. */
  readonly people: readonly string[]
  /** Places without a level where it is for nobody. */
  readonly places: readonly TriedPlace[]
  /** Tags or diseases without which nobody gets an answer. */
  readonly needs: readonly string[]
}

export function sortHoles(found: ListHoles): Sorted {
  const cases = found.cases.filter(({ person }) => !person.isRare)
  const sets = cases.map((each) => ({ asked: new Set(each.asked), failed: new Set(each.failed) }))
  const isForNobody = (visit: TriedVisit): boolean => sets.every(({ asked, failed }) => failed.has(visit) || !asked.has(visit))
  // Where a row is for nobody at all, that is what is to be said.
  const rare = found.cases.filter(({ person, failed }) => person.isRare && failed.some((visit) => !isForNobody(visit)))
  const closed = rareVisits(cases, isForNobody)
  const needs = new Set<string>()
  const left = cases.map(({ person, asked, failed }) => {
    const here = asked.filter((visit) => !closed.has(visit))
    return { person, asked: here, failed: withoutNeeds(here, new Set(failed), needs) }
  })
  return {
    holes: { ...found, cases: left },
    people: unique(rare.map(({ person }) => person.psnType)),
    places: unique([...closed].map(placeOf)),
    needs: [...needs]
  }
}

/** Where the level counts: a pharmacy may stand in the place of whoever wrote the prescription. */
const placeOf = ({ place, prescriber }: TriedVisit): TriedPlace => prescriber ?? place

/** Visits to places without a level for which nobody gets an answer. */
function rareVisits(cases: readonly Case[], isForNobody: (visit: TriedVisit) => boolean): ReadonlySet<TriedVisit> {
  const asked = unique(cases.flatMap((each) => each.asked.filter((visit) => placeOf(visit).isRare)))
  return new Set([...groupedBy(asked, sameBut).values()].filter((visits) => visits.every(isForNobody)).flat())
}

/** The visits that fail, but for those that a tag or a disease more would help; these are noted. */
function withoutNeeds(asked: readonly TriedVisit[], failed: ReadonlySet<TriedVisit>, needs: Set<string>): readonly TriedVisit[] {
  return [...groupedBy(asked, sameBut).values()].flatMap((visits) => {
    const open = visits.filter((visit) => failed.has(visit))
    const answered = visits.filter((visit) => !failed.has(visit))
    return open.filter((visit) => !noteNeeds(visit, answered, needs))
  })
}

/** Not where it loses its answer by what it states. */
function noteNeeds(visit: TriedVisit, answered: readonly TriedVisit[], needs: Set<string>): boolean {
  const fuller = answered.filter((other) => isWithin(visit, other))
  if (fuller.length === 0 || answered.some((other) => isWithin(other, visit))) return false
  for (const { tags, disease } of fuller) {
    for (const tag of tags) if (!visit.tags.includes(tag)) needs.add(tag)
    if (disease !== undefined && disease !== visit.disease) needs.add(disease)
  }
  return true
}

/** Where and for what, whatever else the claim states. */
const sameBut = ({ place, medType, prescriber, offSite }: TriedVisit): string =>
  [place, prescriber].map((at) => (at === undefined ? '' : `${at.kind} ${at.level}`)).join(' ') + ` ${medType} ${offSite ?? ''}`

/** Whether `fuller` states all that `plain` does. A disease that no row names is as good as none. */
const isWithin = (plain: TriedVisit, fuller: TriedVisit): boolean =>
  plain.tags.every((tag) => fuller.tags.includes(tag)) && (plain.disease === fuller.disease || plain.disease === undefined || plain.disease === OTHER_DISEASE)
