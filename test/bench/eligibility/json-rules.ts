/** A peer: the same verdicts with json-rules-engine, one run a line, as its documentation has it. It computes no amounts. */

import { Engine, type RuleProperties } from 'json-rules-engine'
import { CHILD_BELOW, DAYS_MOST, ELDERLY_FROM, LISTS, TOLERANCE_DAYS, type Kind, type PlainItem, type PlainSale } from './sales.ts'

interface Condition {
  readonly fact: string
  readonly operator: string
  readonly value: unknown
}

const is = (fact: string, value: unknown): Condition => ({ fact, operator: 'equal', value })
const isNot = (fact: string, value: unknown): Condition => ({ fact, operator: 'notEqual', value })
const among = (value: readonly string[]): Condition => ({ fact: 'code', operator: 'in', value })
const than = (fact: string, operator: 'lessThan' | 'greaterThan' | 'greaterThanInclusive', value: number): Condition => ({ fact, operator, value })
const rule = (kind: Kind, ...all: readonly Condition[]): RuleProperties => ({ event: { type: kind }, conditions: { all: [...all] } })

const RULES: readonly RuleProperties[] = [
  rule('class-c', is('chargeClass', '03'), is('isListed', true)),
  rule('no-longer-in-catalogue', isNot('paidTo', ''), { fact: 'paidTo', operator: 'before', value: { fact: 'on' } }),
  rule('restricted-not-approved', is('restricted', true), is('approval', '0')),
  rule('approval-refused', is('approval', '2')),
  rule('wrong-sex', among(LISTS.women), isNot('sex', 'female')),
  rule('wrong-age', among(LISTS.elderly), than('age', 'lessThan', ELDERLY_FROM)),
  rule('children-only', among(LISTS.children), than('age', 'greaterThanInclusive', CHILD_BELOW)),
  rule('institution-level', among(LISTS.hospital), than('level', 'lessThan', 1)),
  rule('work-injury-only', among(LISTS.injury)),
  rule('maternity-only', among(LISTS.maternity)),
  rule('duplicate-therapy', than('sameTherapy', 'greaterThan', 1)),
  rule('over-days-of-supply', is('asks', true), than('days', 'greaterThan', DAYS_MOST)),
  rule('prescription-missing', is('needsPrescription', true), is('hasPrescription', false)),
  rule('dispensed-too-early', is('asks', true), than('daysLeft', 'greaterThan', TOLERANCE_DAYS))
]

export function jsonRulesVerdicts(): (sale: PlainSale) => Promise<readonly (readonly string[])[]> {
  const engine = new Engine([...RULES])
  engine.addOperator<string, string>('before', (day, other) => day < other)
  return async (sale) => {
    const { items, ...head } = sale
    const verdicts: string[][] = []
    for (const item of items) verdicts.push(await kindsOf(engine, head, item))
    return verdicts
  }
}

async function kindsOf(engine: Engine, head: Omit<PlainSale, 'items'>, item: PlainItem): Promise<string[]> {
  const { events } = await engine.run({ ...head, ...item })
  return events.map(({ type }) => type)
}
