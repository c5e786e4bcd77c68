/**
 * Where and for what a list of rows is tried: every kind and level of place with every visit that occurs there, as rows see
 * them. At a pharmacy they may see another institution's level and kind.
 */

import type { StatedFacts } from '../policy/facts.ts'
import { OFF_SITE_FILINGS, type OffSiteFiling, type PharmacyRatio } from '../policy/policy-parts.ts'
import { VISIT_TYPE_CODES } from '../wire/code-names.ts'
import type { InstitutionKind } from '../wire/fields.ts'
import { codesToldApart, type Conditions } from './conditions.ts'

export interface TriedPlace {
  readonly kind: InstitutionKind
  readonly level: number
  /** Without a level, or of no kind of its own: a place that many regions do not have. */
  readonly isRare: boolean
}

export interface TriedVisit {
  readonly place: TriedPlace
  readonly medType: string
  /** Of a sale at a pharmacy that follows it: where the prescription was written. */
  readonly prescriber: TriedPlace | undefined
  readonly disease: string | undefined
  readonly tags: readonly string[]
  /** undefined: at home. */
  readonly offSite: OffSiteFiling | undefined
}

const place = (kind: InstitutionKind, level: number): TriedPlace => ({ kind, level, isRare: (level === 0 && kind !== 'pharmacy') || kind === 'other' })

const PLACES: readonly TriedPlace[] = [
  place('community', 1),
  place('hospital', 1),
  place('hospital', 2),
  place('hospital', 3),
  place('clinic', 1),
  place('community', 0),
  place('hospital', 0),
  place('clinic', 0),
  place('other', 0)
]
/** Where rows speak of places of another kind, they may be of any level. */
const OTHER_PLACES = [1, 2, 3].map((level) => place('other', level))
const PHARMACY = place('pharmacy', 0)
export const PRESCRIBER = place('hospital', 2)

const AT_PHARMACIES = ['14', '18', '41']
const ONLY_AT_PHARMACIES = ['41']
const isOf = (kinds: readonly string[], type: string): boolean => kinds.some((kind) => type.startsWith(kind))

export interface VisitsTried {
  readonly conditions: Conditions
  readonly pharmacyRatio: PharmacyRatio
  /** Filings for which the document has a row. */
  readonly filings: readonly OffSiteFiling[]
}

export function visitsOf({ conditions, pharmacyRatio, filings }: VisitsTried): readonly TriedVisit[] {
  const types = codesToldApart(conditions.named((when) => when.med_type), VISIT_TYPE_CODES)
  const diseases = conditions.asks('dise_codg') ? [undefined, ...conditions.named((when) => when.dise_codg), OTHER_DISEASE] : [undefined]
  const tagSets = subsets(conditions.named((when) => when.tags))
  const offSites = conditions.asks('off_site') ? [undefined, ...OFF_SITE_FILINGS.filter((filing) => filings.includes(filing))] : [undefined]
  const places = conditions.named((when) => when.kind).includes('other') ? [...PLACES, ...OTHER_PLACES] : PLACES
  const plain = [
    ...places.flatMap((at) => types.filter((type) => !isOf(ONLY_AT_PHARMACIES, type)).map((medType) => ({ place: at, medType, prescriber: undefined }))),
    ...types.filter((type) => isOf(AT_PHARMACIES, type)).flatMap((medType) => prescribers(pharmacyRatio).map((prescriber) => ({ place: PHARMACY, medType, prescriber })))
  ]
  return plain.flatMap((visit) =>
    diseases.flatMap((disease) => tagSets.flatMap((tags) => offSites.map((offSite) => ({ ...visit, disease, tags, offSite }))))
  )
}

const prescribers = (ratio: PharmacyRatio): readonly (TriedPlace | undefined)[] => (ratio === 'prescriber' ? PLACES : [undefined])

/** A code that begins as no other does. */
export const OTHER_DISEASE = '~'

const TAGS_COMBINED_MAX = 6

const subsets = (tags: readonly string[]): readonly (readonly string[])[] =>
  tags.length > TAGS_COMBINED_MAX
    ? [[], ...tags.map((tag) => [tag]), tags]
    : tags.reduce<readonly (readonly string[])[]>((sets, tag) => [...sets, ...sets.map((set) => [...set, tag])], [[]])

/** Level and kind as rows see them. */
export function visitFacts({ place: at, medType, prescriber, disease, tags, offSite }: TriedVisit, pharmacyRatio: PharmacyRatio) {
  const seen = at.kind !== 'pharmacy' ? at : pharmacyRatio === 'basic-level' ? BASIC_LEVEL : (prescriber ?? at)
  return { level: seen.level, kind: seen.kind, medType, diseCodg: disease, tags, offSite } satisfies Partial<StatedFacts>
}

const BASIC_LEVEL = place('community', 1)

/** One visit of those that rows cannot tell apart by what they ask for. */
export function toldApart(visits: readonly TriedVisit[], conditions: Conditions, pharmacyRatio: PharmacyRatio): readonly TriedVisit[] {
  const keyOf = (visit: TriedVisit): string => {
    const { kind, level, medType } = visitFacts(visit, pharmacyRatio)
    return JSON.stringify([
      conditions.asks('kind') ? kind : '',
      conditions.asks('level') ? level : '',
      conditions.asks('med_type') ? medType : '',
      visit.disease ?? '',
      visit.tags,
      visit.offSite ?? ''
    ])
  }
  return [...new Map(visits.toReversed().map((visit) => [keyOf(visit), visit])).values()].toReversed()
}
