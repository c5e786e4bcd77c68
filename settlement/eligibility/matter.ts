/** A question with what is worked out once for all of its lines. */

import { ageOn, type BusinessDate } from '../calendar/business-date.ts'
import { dayNumber } from '../calendar/day-number.ts'
import type { CompiledRules, ResolvedRules } from '../rules/compiled-rules.ts'
import type { PrescriptionVisit } from '../rules/sale-sections.ts'
import { BillIndex } from './bill-index.ts'
import { BUILT_IN } from './built-in-rules.ts'
import { visitOf } from './days-reasons.ts'
import { HistoryIndex } from './history-index.ts'
import { PrescriptionIndex } from './prescription-index.ts'
import type { Question } from './question.ts'
import { Standing } from './standing.ts'
import type { FundKind } from './verdict.ts'
import type { DrawnFund } from './weigh.ts'

export class Matter {
  readonly question: Question
  readonly rules: ResolvedRules
  readonly on: BusinessDate
  readonly standing: Standing
  readonly funds: readonly DrawnFund[]
  readonly bill: BillIndex
  /** undefined: nobody knows what was dispensed before. */
  readonly history: HistoryIndex | undefined
  readonly prescription: PrescriptionIndex | undefined
  readonly isPharmacy: boolean
  /** By which days of supply are counted. */
  readonly visit: PrescriptionVisit
  #today: number | undefined

  /** `barred`: lines that count to no limit (bill-index.ts). */
  constructor(rules: CompiledRules, question: Question, barred: ReadonlySet<string>) {
    const { on, prescription, history, items } = question
    this.question = question
    this.on = on
    this.rules = rules.resolve(factsOf(rules, question))
    this.isPharmacy = question.place.kind === 'pharmacy'
    this.visit = visitOf(question)
    this.standing = standingOf(this.rules, on)
    this.funds = this.standing.funds
    this.standing.begin()
    this.prescription = prescription === undefined ? undefined : new PrescriptionIndex(prescription, this.standing)
    this.bill = new BillIndex(items, this.standing, this.prescription, barred)
    this.history = history === undefined ? undefined : new HistoryIndex(history, this.standing, this.rules)
  }

  /** Whole years on the day; undefined: the day of birth is not known. */
  get age(): number | undefined {
    const { born } = this.question.person
    return born === undefined ? undefined : ageOn(born, this.on)
  }

  /** The day as a number. */
  get today(): number {
    this.#today ??= dayNumber(this.on)
    return this.#today
  }
}

function factsOf(rules: CompiledRules, { person, place, visit, on }: Question): Parameters<CompiledRules['resolve']>[0] {
  return {
    psnType: person.psnType,
    insutype: person.insutype,
    age: !rules.asked.age || person.born === undefined ? undefined : ageOn(person.born, on),
    isCivilServant: person.isCivilServant,
    level: place.level,
    kind: place.kind,
    medType: visit.medType,
    disease: visit.disease
  }
}

const standings = new WeakMap<ResolvedRules, Standing>()

/** Of the day at hand; that of another day is let go. */
function standingOf(rules: ResolvedRules, on: BusinessDate): Standing {
  const known = standings.get(rules)
  if (known !== undefined && known.on === on) return known
  const standing = new Standing(rules, on, known?.funds ?? fundsOf(rules))
  standings.set(rules, standing)
  return standing
}

const POOL_ALONE: readonly DrawnFund[] = [{ fund: 'pool', rule: BUILT_IN.pool, payTypes: [] }]

function fundsOf({ sections }: ResolvedRules): readonly DrawnFund[] {
  const funds = new Map<FundKind, DrawnFund>()
  for (const { row, rule } of sections.funds) {
    if (!funds.has(row.fund)) funds.set(row.fund, { fund: row.fund, rule, payTypes: row.fund_pay_type ?? [] })
  }
  return funds.size === 0 ? POOL_ALONE : [...funds.values()]
}
