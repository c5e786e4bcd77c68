/** A question with what is worked out once for all of its lines. */

import { ageOn, type BusinessDate } from '../calendar/business-date.ts'
import type { CompiledRules, ResolvedRules } from '../rules/compiled-rules.ts'
import { BillIndex } from './bill-index.ts'
import { BUILT_IN } from './built-in-rules.ts'
import { finding, type Finding, type Found } from './findings.ts'
import { HistoryIndex } from './history-index.ts'
import { PrescriptionIndex } from './prescription-index.ts'
import type { Question } from './question.ts'
import type { RuleSource } from './reason.ts'
import type { FundKind } from './verdict.ts'

/** A fund that the visit may draw on. */
export interface DrawnFund {
  readonly fund: FundKind
  readonly rule: RuleSource
  /** National codes by which the centre speaks of it. */
  readonly payTypes: readonly string[]
}

export interface Matter {
  readonly question: Question
  readonly rules: ResolvedRules
  readonly on: BusinessDate
  /** Whole years on the day; undefined: the day of birth is not known. */
  readonly age: number | undefined
  readonly funds: readonly DrawnFund[]
  readonly bill: BillIndex
  /** undefined: nobody knows what was dispensed before. */
  readonly history: HistoryIndex | undefined
  readonly prescription: PrescriptionIndex | undefined
}

export function matterOf(rules: CompiledRules, question: Question): Matter {
  const { person, place, visit, on } = question
  const age = person.born === undefined ? undefined : ageOn(person.born, on)
  const resolved = rules.resolve({
    psnType: person.psnType,
    insutype: person.insutype,
    age,
    isCivilServant: person.isCivilServant,
    level: place.level,
    kind: place.kind,
    medType: visit.medType,
    disease: visit.disease
  })
  const prescription = question.prescription === undefined ? undefined : new PrescriptionIndex(question.prescription)
  return {
    question,
    rules: resolved,
    on,
    age,
    funds: fundsOf(resolved),
    bill: new BillIndex(question.items, resolved, prescription, on),
    history: question.history === undefined ? undefined : new HistoryIndex(question.history, on, resolved),
    prescription
  }
}

const POOL_ALONE: readonly DrawnFund[] = [{ fund: 'pool', rule: BUILT_IN.pool, payTypes: [] }]

const drawnFunds = new WeakMap<ResolvedRules, readonly DrawnFund[]>()

/** The same of every question of the kind. */
function fundsOf(rules: ResolvedRules): readonly DrawnFund[] {
  const known = drawnFunds.get(rules)
  if (known !== undefined) return known
  const funds = drawn(rules)
  drawnFunds.set(rules, funds)
  return funds
}

function drawn({ sections }: ResolvedRules): readonly DrawnFund[] {
  const funds = new Map<FundKind, DrawnFund>()
  for (const { row, rule } of sections.funds) {
    if (!funds.has(row.fund)) funds.set(row.fund, { fund: row.fund, rule, payTypes: row.fund_pay_type ?? [] })
  }
  return funds.size === 0 ? POOL_ALONE : [...funds.values()]
}

export const found = (matter: Matter, what: Found): Finding => finding(what, matter.rules)
