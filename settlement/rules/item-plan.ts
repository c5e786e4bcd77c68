/** The rows that concern the items of the same groups, picked once and kept: what is left to do for a line is to compare days and amounts. */

import type { ItemFacts } from '../eligibility/question.ts'
import type { RuleSource } from '../eligibility/reason.ts'
import type { Ruled, RuledSections } from './compiled-rules.ts'
import { concerns } from './rule-row.ts'
import type { RowOf } from './rules-schema.ts'
import type { PrescriptionVisit } from './sale-sections.ts'

type Rows<Section extends keyof RuledSections> = RuledSections[Section]

/** Rows about days, for one kind of visit. */
export interface RowsOfVisit {
  /** The one that decides. */
  readonly supply: Ruled<RowOf<'supply'>> | undefined
  readonly dispensing: Rows<'dispensing'>
}

export interface ItemPlan {
  readonly groups: ReadonlySet<string>
  readonly itemRules: Rows<'item_rules'>
  readonly special: Rows<'special'>
  readonly early: Ruled<RowOf<'early'>> | undefined
  readonly duplicates: Ruled<RowOf<'duplicates'>> | undefined
  /** The demand for a prescription that weighs most; of two that weigh the same, the first. */
  readonly required: Ruled<RowOf<'prescription_required'>> | undefined
  readonly checks: Rows<'prescription_checks'>
  readonly byVisit: Readonly<Record<PrescriptionVisit, RowsOfVisit>>
  readonly longExcluded: Rows<'long_excluded'>
  readonly placeLimits: Rows<'place_limits'>
  readonly trace: Rows<'trace'>
  readonly noCode: Rows<'no_code'>
  /** Of a drug whose ATC class is not known: the rule that its class might bring in, and what is to be done; undefined: none would. */
  readonly byClass: ByClass | undefined
}

export interface ByClass {
  readonly rule: RuleSource
  /** Whether the class decides about handing the drug over. */
  readonly effect: 'asks' | 'note'
}

/** Days of supply are asked of drugs alone. */
const DRUGS: ReadonlySet<ItemFacts['kind']> = new Set(['western', 'patent', 'pieces', 'granules', 'own-preparation'])

export const isDrug = ({ kind }: Pick<ItemFacts, 'kind'>): boolean => DRUGS.has(kind)

/** The same of every item of these groups. */
export function planOf(groups: ReadonlySet<string>, sections: RuledSections, isOfDrug: boolean, groupsByClass: ReadonlySet<string>): ItemPlan {
  const ofItem = <Row extends { readonly items?: readonly string[] | undefined }>(rows: readonly Ruled<Row>[]): readonly Ruled<Row>[] =>
    rows.filter(({ row }) => concerns(row.items, groups))
  const [duplicates] = sections.duplicates
  const isExempt = duplicates?.row.except?.some((name) => groups.has(name)) ?? false
  return {
    groups,
    itemRules: ofItem(sections.item_rules),
    special: ofItem(sections.special),
    early: ofItem(sections.early)[0],
    duplicates: isExempt ? undefined : duplicates,
    required: heaviest(ofItem(sections.prescription_required)),
    checks: ofItem(sections.prescription_checks),
    byVisit: isOfDrug ? byVisitOf(ofItem(sections.supply), ofItem(sections.dispensing)) : byVisitOf([], []),
    longExcluded: ofItem(sections.long_excluded),
    placeLimits: ofItem(sections.place_limits),
    trace: ofItem(sections.trace),
    noCode: ofItem(sections.no_code),
    byClass: byClassOf(groups, sections, groupsByClass)
  }
}

/** Sections whose rows are about items, what forbids to hand one over first. */
const HANDING_OVER = ['dispensing', 'long_excluded', 'prescription_required'] as const
const OF_ITEMS = [...HANDING_OVER, 'item_rules', 'special', 'early', 'supply', 'prescription_checks', 'place_limits', 'trace'] as const

function byClassOf(groups: ReadonlySet<string>, sections: RuledSections, groupsByClass: ReadonlySet<string>): ByClass | undefined {
  const isOpen = ({ row: { items } }: Ruled<{ readonly items?: readonly string[] | undefined }>): boolean =>
    items !== undefined && !concerns(items, groups) && items.some((name) => groupsByClass.has(name))
  for (const name of HANDING_OVER) {
    const forbidding = sections[name].find((ruled) => ruled.row.effect === 'forbids' && isOpen(ruled))
    if (forbidding !== undefined) return { rule: forbidding.rule, effect: 'asks' }
  }
  const open = sections.duplicates[0] ?? OF_ITEMS.map((name) => sections[name].find(isOpen)).find((ruled) => ruled !== undefined)
  return open && { rule: open.rule, effect: 'note' }
}

function byVisitOf(supply: Rows<'supply'>, dispensing: Rows<'dispensing'>): ItemPlan['byVisit'] {
  const rowsOf = (visit: PrescriptionVisit): RowsOfVisit => ({
    supply: supply.find(({ row }) => admits(row.visits, visit)),
    dispensing: dispensing.filter(({ row }) => admits(row.visits, visit))
  })
  return {
    ordinary: rowsOf('ordinary'),
    emergency: rowsOf('emergency'),
    chronic: rowsOf('chronic'),
    'long-term': rowsOf('long-term'),
    'reduced-mobility': rowsOf('reduced-mobility'),
    none: rowsOf('none')
  }
}

const admits = (visits: readonly PrescriptionVisit[] | undefined, visit: PrescriptionVisit): boolean => visits?.includes(visit) ?? true

/** Of what a missing prescription may do, heaviest first. */
const WEIGHTS = ['forbids', 'cash-only', 'own-money', 'limits', 'asks', 'note']

const heaviest = (rows: Rows<'prescription_required'>): Ruled<RowOf<'prescription_required'>> | undefined =>
  rows.toSorted((left, right) => WEIGHTS.indexOf(left.row.effect) - WEIGHTS.indexOf(right.row.effect))[0]
