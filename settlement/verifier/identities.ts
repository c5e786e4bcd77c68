/** The sums that every settlement keeps, computed from the content of its hold. */

import { FUND_COLUMNS, type Cell, type Row } from './decode-content.ts'

/** Names of those that do not hold. */
export function brokenIdentities(hold: Row): string[] {
  const amount = amountsOf(hold)
  const lines = rowsOf(hold['lines'])
  const sumOf = (name: string): bigint => lines.reduce((total, line) => total + asInteger(line[name]), 0n)
  const parts = ['own_pay', 'over_ceiling', 'pre_pay', 'in_scope']
  const partsOf = (line: Row): bigint => parts.reduce((total, part) => total + asInteger(line[part]), 0n)
  const checks: readonly Check[] = [
    ...splitChecks(hold),
    ['I6', lines.every((line) => asInteger(line['amount']) === partsOf(line))],
    ['I7', parts.every((part) => amount(part) === sumOf(part))],
    ['I8', amount('total') === sumOf('amount')]
  ]
  return failed(checks)
}

/** Of a confirmation's amounts of record, which are of the same bill as its hold's. */
export function brokenOfRecord(ofRecord: Row, hold: Row): string[] {
  const amount = amountsOf(ofRecord)
  return failed([
    ...splitChecks(ofRecord),
    ['I6', amount('total') === amount('own_pay') + amount('over_ceiling') + amount('pre_pay') + amount('in_scope')],
    ['I8', amount('total') === asInteger(hold['total'])]
  ])
}

type Check = readonly [identity: string, holds: boolean]

/** How a bill is split between who pays it. */
function splitChecks(row: Row): readonly Check[] {
  const amount = amountsOf(row)
  return [
    ['I1', amount('total') === amount('fund_paid') + amount('personal') + amount('hospital')],
    ['I2', amount('personal') === amount('account') + amount('cash')],
    ['I3', amount('fund_paid') === FUND_COLUMNS.reduce((total, fund) => total + amount(fund), 0n)],
    ['I4', amount('mutual_aid') >= 0n && amount('mutual_aid') <= amount('account')]
  ]
}

const amountsOf = (row: Row) => (name: string): bigint => asInteger(row[name])

const failed = (checks: readonly Check[]): string[] => checks.filter(([, holds]) => !holds).map(([identity]) => identity)

/** Whether the card's balance fell by what it was asked for; a card without a balance cannot say. */
export function debitAgrees(hold: Row, posting: Row): boolean {
  const [before, after] = [hold['balance_before'], posting['balance_after']]
  if (typeof before !== 'bigint' || typeof after !== 'bigint') return true
  return after === before - asInteger(hold['card_account'])
}

/** Whether the card's balance rose by what was loaded; a proof without a balance cannot say. */
export function loadAgrees(hold: Row, posting: Row): boolean {
  const after = posting['balance_after']
  return typeof after !== 'bigint' || after === asInteger(hold['balance_before']) + asInteger(hold['amount'])
}

export const asInteger = (cell: Cell | undefined): bigint => (typeof cell === 'bigint' ? cell : 0n)
export const asText = (cell: Cell | undefined): string => (typeof cell === 'string' ? cell : '')
export const rowsOf = (cell: Cell | undefined): readonly Row[] => (Array.isArray(cell) ? (cell as readonly Row[]) : [])

export const pick = (row: Row, ...names: readonly string[]): Row =>
  Object.fromEntries(names.map((name) => [name, row[name] ?? null]))
