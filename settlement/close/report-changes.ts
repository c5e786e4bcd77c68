/** What a close says otherwise than the one whose place it takes, value by value. */

import type { CloseReport } from './report-schema.ts'

export interface Change {
  /** "rows.cash.ledger", "drawer.counted", "items.in-doubt:H999...". */
  readonly field: string
  /** null: it was not there, or is there no longer. */
  readonly before: string | null
  readonly after: string | null
}

export function changesBetween(before: CloseReport, after: CloseReport): Change[] {
  const [left, right] = [valuesOf(before), valuesOf(after)]
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((field) => ({ field, before: left.get(field) ?? null, after: right.get(field) ?? null }))
    .filter((change) => change.before !== change.after)
}

/** What people compare. Times, signatures, charts and the chain's head are others in any case, or say nothing new. */
function valuesOf({ day, period, rows, groups, drawer, items }: CloseReport): Map<string, string> {
  const values = new Map<string, string>([
    ['day', day],
    ['period.settlements', String(period.settlements)],
    ['period.refunds', String(period.refunds)],
    ['period.adjustments', String(period.adjustments)],
    ['period.loads', String(period.loads)]
  ])
  const put = (field: string, value: string | number | null): void => {
    if (value !== null) values.set(field, String(value))
  }
  for (const { row, till, ledger, cards, centre } of rows) {
    for (const [book, value] of Object.entries({ till, ledger, cards, centre })) put(`rows.${row}.${book}`, value)
  }
  for (const { insutype, clr_type, ledger } of groups) {
    for (const [name, value] of Object.entries(ledger)) put(`groups.${insutype}.${clr_type}.${name}`, value)
  }
  for (const [name, value] of Object.entries(drawer)) put(`drawer.${name}`, value)
  for (const { item, amount, resolution } of items) {
    put(`items.${item}`, [amount, resolution?.resolution, resolution?.person, resolution?.note].filter(Boolean).join(' '))
  }
  return values
}
