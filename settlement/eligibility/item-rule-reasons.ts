/** Rules of one item: for whom, where, in which visit, by which fund alone, after what. */

import { plusMonths } from '../calendar/day-number.ts'
import type { Ruled } from '../rules/compiled-rules.ts'
import type { RowOf } from '../rules/rules-schema.ts'
import { addOnce } from './add-once.ts'
import type { BillLine } from './bill-index.ts'
import { addCourseReasons } from './course-reasons.ts'
import type { Finding, Found } from './findings.ts'
import type { HistoryIndex } from './history-index.ts'
import { found, type Matter } from './matter.ts'
import type { Effect } from './reason.ts'
import type { FundKind } from './verdict.ts'

type ItemRule = RowOf<'item_rules'>
type RuleOf<Name extends ItemRule['rule']> = Extract<ItemRule, { rule: Name }>

export function addItemRuleReasons(matter: Matter, line: BillLine, out: Finding[]): void {
  for (const ruled of line.plan.itemRules) addItemRule(matter, line, ruled, out)
}

function addItemRule(matter: Matter, line: BillLine, { row, rule }: Ruled<ItemRule>, out: Finding[]): void {
  const add = (what: Pick<Found, 'kind' | 'values'> & { readonly effect?: Effect }): void => {
    out.push(found(matter, { effect: row.effect, funds: row.funds, rule, ...what }))
  }
  switch (row.rule) {
    case 'sex':
      return addSex(matter, row, add)
    case 'age':
    case 'children-only':
    case 'limited-to-children':
      return addAge(matter, row, add)
    case 'institution':
      return addInstitution(matter, row, add)
    case 'visit': {
      const { medType } = matter.question.visit
      if (!row.med_types.some((start) => medType.startsWith(start))) add({ kind: 'visit-mode', values: { visit: medType, admitted: row.med_types.join('、') } })
      return
    }
    case 'work-injury-only':
      return addOnlyFund(matter, { row, rule }, 'work-injury', out)
    case 'maternity-only':
      return addOnlyFund(matter, { row, rule }, 'maternity', out)
    case 'second-line':
      if (matter.history !== undefined) return addSecondLine(matter, matter.history, row, add)
      return addOnce(out, found(matter, { kind: 'history-unknown', effect: 'asks', funds: row.funds, rule }))
    case 'course':
      return addCourseReasons(matter, line, { row, rule }, out)
    case 'indication':
      return addIndication(matter, row, add)
    case 'not-alone':
      if (line.item.quantity > 0 && matter.bill.otherPieces(row.items) === 0) add({ kind: 'pieces-not-paid-alone' })
      return
    default:
      row satisfies never
  }
}

type Add = (what: Pick<Found, 'kind' | 'values'> & { readonly effect?: Effect }) => void

function addSex({ question: { person } }: Matter, row: RuleOf<'sex'>, add: Add): void {
  if (person.sex === undefined) add({ kind: 'status-unknown', effect: 'asks', values: { fact: 'gend' } })
  else if (person.sex !== row.sex) add({ kind: 'wrong-sex', values: { sex: row.sex } })
}

function addAge({ age }: Matter, row: RuleOf<'age' | 'children-only' | 'limited-to-children'>, add: Add): void {
  if (age === undefined) {
    add({ kind: 'status-unknown', effect: 'asks', values: { fact: 'brdy' } })
    return
  }
  const from = row.rule === 'age' ? (row.from ?? 0) : 0
  const below = row.below ?? Infinity
  if (age >= from && age < below) return
  if (row.rule !== 'age') add({ kind: 'children-only', values: { below: String(below), age: String(age) } })
  else {
    add({
      kind: 'wrong-age',
      values: { age: String(age), ...(row.from === undefined ? {} : { from: String(row.from) }), ...(row.below === undefined ? {} : { below: String(row.below) }) }
    })
  }
}

function addInstitution({ question: { place } }: Matter, row: RuleOf<'institution'>, add: Add): void {
  const isLevel = row.levels?.some((level) => level === place.level) ?? true
  const isKind = row.kinds?.includes(place.kind) ?? true
  if (isLevel && isKind) return
  add({
    kind: 'institution-level',
    values: {
      level: String(place.level),
      kind: place.kind,
      ...(row.levels === undefined ? {} : { levels: row.levels.join('、') }),
      ...(row.kinds === undefined ? {} : { kinds: row.kinds.join('、') })
    }
  })
}

/** A drug of one fund alone is not paid by the others of the visit. */
function addOnlyFund(
  matter: Matter,
  { row, rule }: Ruled<RuleOf<'work-injury-only' | 'maternity-only'>>,
  only: FundKind,
  out: Finding[]
): void {
  const others = matter.funds.flatMap(({ fund }) => (fund === only ? [] : [fund]))
  if (others.length === 0) return
  const kind = only === 'maternity' ? 'maternity-only' : 'work-injury-only'
  out.push(found(matter, { kind, effect: row.effect, funds: others.length === matter.funds.length ? undefined : others, rule }))
}

function addSecondLine({ on }: Matter, history: HistoryIndex, row: RuleOf<'second-line'>, add: Add): void {
  const last = history.lastOf(row.first_line)
  if (last !== undefined && plusMonths(last, row.months) >= on) return
  add({ kind: 'second-line-without-first', values: { months: String(row.months), ...(last === undefined ? {} : { last }) } })
}

function addIndication({ prescription }: Matter, row: RuleOf<'indication'>, add: Add): void {
  const codes = prescription?.prescription.diagnoses.map(({ code }) => code) ?? []
  if (codes.some((code) => row.diagnoses.some((start) => code.startsWith(start)))) return
  const values = { diagnoses: row.diagnoses.join('、') }
  // Without a diagnosis nobody can say that it is missing.
  add(codes.length === 0 ? { kind: 'indication-missing', effect: 'asks', values } : { kind: 'indication-missing', values })
}

