/** Rules of one item: for whom, where, in which visit, by which fund alone, after what. */

import { plusMonths } from '../calendar/day-number.ts'
import type { Ruled } from '../rules/compiled-rules.ts'
import type { RowOf } from '../rules/rules-schema.ts'
import type { BillLine } from './bill-index.ts'
import { addCourseReasons } from './course-reasons.ts'
import type { Findings, Found } from './findings.ts'
import type { HistoryIndex } from './history-index.ts'
import type { Matter } from './matter.ts'
import type { Effect, ReasonKind } from './reason.ts'
import type { FundKind } from './verdict.ts'

type ItemRule = RowOf<'item_rules'>
type RuleOf<Name extends ItemRule['rule']> = Extract<ItemRule, { rule: Name }>

export function addItemRuleReasons(matter: Matter, line: BillLine, out: Findings): void {
  for (const ruled of line.plan.itemRules) addItemRule(matter, line, ruled, out)
}

function addItemRule(matter: Matter, line: BillLine, ruled: Ruled<ItemRule>, out: Findings): void {
  const { row, rule } = ruled
  switch (row.rule) {
    case 'sex':
      return addSex(matter, row, ruled, out)
    case 'age':
    case 'children-only':
    case 'limited-to-children':
      return addAge(matter, row, ruled, out)
    case 'institution':
      return addInstitution(matter, row, ruled, out)
    case 'visit': {
      const { medType } = matter.question.visit
      if (row.med_types.some((start) => medType.startsWith(start))) return
      return out.add(broken(ruled, 'visit-mode', { visit: medType, admitted: row.med_types.join('、') }))
    }
    case 'work-injury-only':
      return addOnlyFund(matter, ruled, 'work-injury', out)
    case 'maternity-only':
      return addOnlyFund(matter, ruled, 'maternity', out)
    case 'second-line':
      if (matter.history !== undefined) return addSecondLine(matter, matter.history, row, ruled, out)
      return out.addOnce({ kind: 'history-unknown', effect: 'asks', funds: row.funds, rule })
    case 'course':
      return addCourseReasons(matter, line, { row, rule }, out)
    case 'indication':
      return addIndication(matter, row, ruled, out)
    case 'not-alone':
      if (line.item.quantity > 0 && matter.bill.otherPieces(row.items) === 0) out.add(broken(ruled, 'pieces-not-paid-alone'))
      return
    default:
      row satisfies never
  }
}

/** `effect`: left out, that of the row. */
const broken = ({ row, rule }: Ruled<ItemRule>, kind: ReasonKind, values?: Found['values'], effect: Effect = row.effect): Found =>
  values === undefined ? { kind, effect, funds: row.funds, rule } : { kind, effect, funds: row.funds, rule, values }

function addSex({ question: { person } }: Matter, { sex }: RuleOf<'sex'>, ruled: Ruled<ItemRule>, out: Findings): void {
  if (person.sex === undefined) out.add(broken(ruled, 'status-unknown', { fact: 'gend' }, 'asks'))
  else if (person.sex !== sex) out.add(broken(ruled, 'wrong-sex', { sex }))
}

function addAge({ age }: Matter, row: RuleOf<'age' | 'children-only' | 'limited-to-children'>, ruled: Ruled<ItemRule>, out: Findings): void {
  if (age === undefined) {
    out.add(broken(ruled, 'status-unknown', { fact: 'brdy' }, 'asks'))
    return
  }
  const from = row.rule === 'age' ? (row.from ?? 0) : 0
  const below = row.below ?? Infinity
  if (age >= from && age < below) return
  if (row.rule !== 'age') out.add(broken(ruled, 'children-only', { below: String(below), age: String(age) }))
  else {
    const values = { age: String(age), ...(row.from === undefined ? {} : { from: String(row.from) }), ...(row.below === undefined ? {} : { below: String(row.below) }) }
    out.add(broken(ruled, 'wrong-age', values))
  }
}

function addInstitution({ question: { place } }: Matter, { levels, kinds }: RuleOf<'institution'>, ruled: Ruled<ItemRule>, out: Findings): void {
  const isLevel = levels?.some((level) => level === place.level) ?? true
  const isKind = kinds?.includes(place.kind) ?? true
  if (isLevel && isKind) return
  const admitted = { ...(levels === undefined ? {} : { levels: levels.join('、') }), ...(kinds === undefined ? {} : { kinds: kinds.join('、') }) }
  out.add(broken(ruled, 'institution-level', { level: String(place.level), kind: place.kind, ...admitted }))
}

/** A drug of one fund alone is not paid by the others of the visit. */
function addOnlyFund({ funds: drawn }: Matter, { row, rule }: Ruled<ItemRule>, only: FundKind, out: Findings): void {
  const others = drawn.filter(({ fund }) => fund !== only)
  if (others.length === 0) return
  const kind = only === 'maternity' ? 'maternity-only' : 'work-injury-only'
  const funds = others.length === drawn.length ? undefined : others.map(({ fund }) => fund)
  out.add({ kind, effect: row.effect, funds, rule })
}

function addSecondLine({ on }: Matter, history: HistoryIndex, row: RuleOf<'second-line'>, ruled: Ruled<ItemRule>, out: Findings): void {
  const last = history.lastOf(row.first_line)
  if (last !== undefined && plusMonths(last, row.months) >= on) return
  const months = String(row.months)
  out.add(broken(ruled, 'second-line-without-first', last === undefined ? { months } : { months, last }))
}

function addIndication({ prescription }: Matter, row: RuleOf<'indication'>, ruled: Ruled<ItemRule>, out: Findings): void {
  const codes = prescription?.prescription.diagnoses.map(({ code }) => code) ?? []
  if (codes.some((code) => row.diagnoses.some((start) => code.startsWith(start)))) return
  // Without a diagnosis nobody can say that it is missing.
  out.add(broken(ruled, 'indication-missing', { diagnoses: row.diagnoses.join('、') }, codes.length === 0 ? 'asks' : row.effect))
}
