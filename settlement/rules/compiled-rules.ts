/**
 * A chain of documents put together. The rows that apply to a set of facts are picked once and kept, because a counter sees
 * the same few kinds of people all day. The cache is bounded, and its loss costs microseconds.
 */

import type { EarlierSupply, ItemFacts } from '../eligibility/question.ts'
import type { Effect, ReasonKind, RuleSource } from '../eligibility/reason.ts'
import type { GroupIndex } from './group-index.ts'
import { isDrug, planOf, type ItemPlan } from './item-plan.ts'
import { applies, factsAsked, isSame, type FactsAsked, type RuleFacts } from './rule-facts.ts'
import { SECTION_NAMES, type RowOf, type SectionName } from './rules-schema.ts'

const FACTS_CACHED_MAX = 24
/** Combinations of groups that an item is in. */
const PLANS_KEPT_MAX = 1024

/** A row, and where it stands and was published. */
export interface Ruled<Row> {
  readonly row: Row
  readonly rule: RuleSource
}

export type RuledSections = { readonly [Section in SectionName]: readonly Ruled<RowOf<Section>>[] }

export interface RulesIdentity {
  readonly id: string
  readonly version: string
  readonly region: string
  readonly name: { readonly zh: string; readonly en: string }
  /** The documents it is made of, the most general first. */
  readonly chain: readonly { readonly id: string; readonly version: string }[]
}

export class CompiledRules {
  readonly identity: RulesIdentity
  readonly groups: GroupIndex
  readonly #sections: RuledSections
  /** The same rules hold whatever the facts that no row asks for. */
  readonly asked: FactsAsked
  readonly #resolved: ResolvedRules[] = []

  constructor(identity: RulesIdentity, sections: RuledSections, groups: GroupIndex) {
    this.identity = identity
    this.groups = groups
    this.#sections = sections
    this.asked = factsAsked(SECTION_NAMES.flatMap((section) => sections[section].map(({ row }) => row.when)))
  }

  /** Every row, whomever it applies to. */
  get sections(): RuledSections {
    return this.#sections
  }

  /** The rows that apply to these facts. */
  resolve(facts: RuleFacts): ResolvedRules {
    for (const known of this.#resolved) if (isSame(known.facts, facts, this.asked)) return known
    const resolved = new ResolvedRules(this.#sections, this.groups, facts)
    if (this.#resolved.length >= FACTS_CACHED_MAX) this.#resolved.length = 0
    this.#resolved.push(resolved)
    return resolved
  }
}

export class ResolvedRules {
  readonly sections: RuledSections
  readonly facts: RuleFacts
  /** Rows that could not be decided, because the day of birth is not known. */
  readonly undecided: readonly Ruled<object>[]
  readonly #groups: GroupIndex
  readonly #plans = new Map<string, ItemPlan>()
  readonly #weights = new Map<ReasonKind, Effect>()

  constructor(all: RuledSections, groups: GroupIndex, facts: RuleFacts) {
    const undecided: Ruled<object>[] = []
    const pick = <Section extends SectionName>(section: Section): RuledSections[Section] =>
      all[section].filter((ruled) => {
        const verdict = applies(ruled.row.when, facts)
        if (verdict === 'undecided') undecided.push(ruled)
        return verdict === 'yes'
      }) as readonly Ruled<RowOf<SectionName>>[] as RuledSections[Section]
    this.sections = Object.fromEntries(SECTION_NAMES.map((section) => [section, pick(section)])) as unknown as RuledSections
    this.facts = { ...facts }
    this.undecided = undecided
    this.#groups = groups
    for (const { row } of this.sections.effects.toReversed()) this.#weights.set(row.reason, row.effect)
  }

  /** The rows that concern an item. */
  planOf(item: ItemFacts): ItemPlan {
    const groups = this.#groups.groupsOf(item)
    const isOfDrug = isDrug(item)
    const key = `${isOfDrug ? 'drug' : 'other'}|${[...groups].toSorted().join('|')}`
    const known = this.#plans.get(key)
    if (known !== undefined) return known
    const plan = planOf(groups, this.sections, isOfDrug, this.#groups.byClass)
    if (this.#plans.size >= PLANS_KEPT_MAX) this.#plans.clear()
    this.#plans.set(key, plan)
    return plan
  }

  /** The groups of what was dispensed before. */
  groupsOfSupply({ code, atc }: EarlierSupply): ReadonlySet<string> {
    return this.#groups.groupsOfCode(code, atc)
  }

  /** The weight that the place gives to a reason; undefined: that of its rule. */
  weightOf(kind: ReasonKind): Effect | undefined {
    return this.#weights.size === 0 ? undefined : this.#weights.get(kind)
  }
}
