/** Whom and where rules of eligibility are tried: everybody and every place whom their conditions can tell apart. */

import type { CompiledRules } from '../rules/compiled-rules.ts'
import type { RuleFacts } from '../rules/rule-facts.ts'
import type { When } from '../rules/rule-row.ts'
import { SECTION_NAMES, type SectionName } from '../rules/rules-schema.ts'
import { Conditions } from './conditions.ts'
import { peopleOf, personFacts, type TriedPerson } from './people.ts'
import { visitFacts, visitsOf, type TriedVisit } from './visits.ts'

export interface RuleSpace {
  readonly people: readonly TriedPerson[]
  readonly visits: readonly TriedVisit[]
}

/** Inpatients and the like are not asked about, unless a row speaks of them. */
const OUTPATIENT = ['11', '13', '14', '41']

/** Rows of these sections count. People who are rare and whom no row names are left out. */
export function ruleSpace(rules: CompiledRules, insutypes: readonly string[], sections: readonly SectionName[] = SECTION_NAMES): RuleSpace {
  const conditions = new Conditions(sections.flatMap((section) => rules.sections[section].flatMap(({ row }): (When | undefined)[] => [row.when, ownCondition(row)])))
  const named = conditions.named((when) => when.med_type)
  const visits = visitsOf({ conditions, pharmacyRatio: 'own', filings: [] }).filter(
    ({ place, medType }) => !place.isRare && [...OUTPATIENT, ...named].some((type) => medType.startsWith(type))
  )
  return { people: peopleOf(conditions, insutypes).filter(({ isRare }) => !isRare), visits }
}

/** Rules about items have ages and visits of their own beside the condition of the row. */
function ownCondition(row: object): When | undefined {
  const age = 'from' in row && typeof row.from === 'number' ? { from: row.from } : {}
  const below = 'below' in row && typeof row.below === 'number' ? { below: row.below } : {}
  const types = 'med_types' in row && Array.isArray(row.med_types) ? row.med_types.map(String) : []
  return { age: { ...age, ...below }, ...(types.length === 0 ? {} : { med_type: types }) }
}

export function ruleFacts(person: TriedPerson, visit: TriedVisit): RuleFacts {
  const { psnType, insutype, age } = personFacts(person)
  const { level, kind, medType, diseCodg } = visitFacts(visit, 'own')
  return { psnType, insutype, age, isCivilServant: person.isCivilServant, level, kind, medType, disease: diseCodg }
}
