/** The rows that concern one item, picked once and kept: what is left to do for a line is to compare days and amounts. */

import type { ItemFacts } from '../eligibility/question.ts'
import type { Ruled, RuledSections } from './compiled-rules.ts'
import type { GroupIndex } from './group-index.ts'
import { concerns } from './rule-row.ts'
import type { RowOf } from './rules-schema.ts'
import type { PrescriptionVisit } from './sale-sections.ts'

type Rows<Section extends keyof RuledSections> = RuledSections[Section]

type OfVisit<Value> = Readonly<Record<PrescriptionVisit, Value>>

export interface ItemPlan {
  readonly groups: ReadonlySet<string>
  readonly itemRules: Rows<'item_rules'>
  readonly special: Rows<'special'>
  readonly early: Ruled<RowOf<'early'>> | undefined
  readonly duplicates: Ruled<RowOf<'duplicates'>> | undefined
  /** ATC characters that make its therapy; undefined: it has not so many, or may be doubled. */
  readonly therapy: string | undefined
  /** The demand for a prescription that weighs most; of two that weigh the same, the first. */
  readonly required: Ruled<RowOf<'prescription_required'>> | undefined
  readonly checks: Rows<'prescription_checks'>
  /** The row that decides, for each kind of visit. */
  readonly supply: OfVisit<Ruled<RowOf<'supply'>> | undefined>
  readonly dispensing: OfVisit<Rows<'dispensing'>>
  readonly longExcluded: Rows<'long_excluded'>
  readonly placeLimits: Rows<'place_limits'>
  readonly trace: Rows<'trace'>
  readonly noCode: Rows<'no_code'>
}

/** Days of supply are asked of drugs alone. */
const DRUGS: ReadonlySet<ItemFacts['kind']> = new Set(['western', 'patent', 'pieces', 'granules', 'own-preparation'])

export function planOf(item: ItemFacts, sections: RuledSections, index: GroupIndex): ItemPlan {
  const groups = index.groupsOf(item)
  const ofItem = <Row extends { readonly items?: readonly string[] | undefined }>(rows: readonly Ruled<Row>[]): readonly Ruled<Row>[] =>
    rows.filter(({ row }) => concerns(row.items, groups))
  const isDrug = DRUGS.has(item.kind)
  const [duplicates] = sections.duplicates
  const isExempt = duplicates?.row.except?.some((name) => groups.has(name)) ?? false
  return {
    groups,
    itemRules: ofItem(sections.item_rules),
    special: ofItem(sections.special),
    early: ofItem(sections.early)[0],
    duplicates: isExempt ? undefined : duplicates,
    therapy: isExempt || duplicates === undefined ? undefined : therapyOf(item.atc, duplicates.row.atc_characters),
    required: heaviest(ofItem(sections.prescription_required)),
    checks: ofItem(sections.prescription_checks),
    supply: ofVisit((visit) => (isDrug ? ofItem(sections.supply).find(({ row }) => admits(row.visits, visit)) : undefined)),
    dispensing: ofVisit((visit) => (isDrug ? ofItem(sections.dispensing).filter(({ row }) => admits(row.visits, visit)) : [])),
    longExcluded: ofItem(sections.long_excluded),
    placeLimits: ofItem(sections.place_limits),
    trace: ofItem(sections.trace),
    noCode: ofItem(sections.no_code)
  }
}

const ofVisit = <Value>(valueOf: (visit: PrescriptionVisit) => Value): OfVisit<Value> => ({
  ordinary: valueOf('ordinary'),
  emergency: valueOf('emergency'),
  chronic: valueOf('chronic'),
  'long-term': valueOf('long-term'),
  'reduced-mobility': valueOf('reduced-mobility'),
  none: valueOf('none')
})

const admits = (visits: readonly PrescriptionVisit[] | undefined, visit: PrescriptionVisit): boolean => visits?.includes(visit) ?? true

const therapyOf = (atc: string | undefined, characters: number): string | undefined =>
  atc === undefined || atc.length < characters ? undefined : atc.slice(0, characters)

/** Of what a missing prescription may do, heaviest first. */
const WEIGHTS = ['forbids', 'cash-only', 'own-money', 'limits', 'asks', 'note']

const heaviest = (rows: Rows<'prescription_required'>): Ruled<RowOf<'prescription_required'>> | undefined =>
  rows.toSorted((left, right) => WEIGHTS.indexOf(left.row.effect) - WEIGHTS.indexOf(right.row.effect))[0]
