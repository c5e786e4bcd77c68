/** What the ledger keeps running as facts come in, run once more: a person's year, and the totals of an hour. */

import { AMOUNT_COLUMNS, decodeCounters, UnknownContent, type Row } from './decode-content.ts'
import type { Findings } from './finding.ts'
import { asInteger, asText, pick, rowsOf } from './identities.ts'
import { nameOf, type ExpectedTables } from './tables.ts'

interface Accumulator {
  readonly key: Row
  readonly counters: Map<string, bigint>
}

/** `kind`: the column in which the fact counts. `sign`: -1 takes back. */
export interface Move {
  readonly kind: 'settlements' | 'corrections' | 'adjustments'
  /** 14 digits, the fact's own time. */
  readonly at: string
  readonly hold: Row
  /** Amounts and counters, each counted with its sign. */
  readonly parts: readonly { readonly row: Row; readonly sign: bigint }[]
}

export class RunningTotals {
  readonly #accumulators = new Map<string, Accumulator>()
  readonly #hours = new Map<string, { readonly key: Row; readonly sums: Map<string, bigint> }>()

  move({ kind, at, hold, parts }: Move): void {
    const { counters } = this.#accumulator(pick(hold, 'person_no', 'insurance_type', 'policy_year'))
    const hour = this.#hour(at.slice(0, 10), hold)
    addTo(hour, kind, 1n)
    for (const { row, sign } of parts) {
      for (const { name, amount } of rowsOf(row['counters'])) addTo(counters, asText(name), sign * asInteger(amount))
      for (const column of AMOUNT_COLUMNS) addTo(hour, column, sign * asInteger(row[column]))
    }
  }

  finish(tables: ExpectedTables, findings: Findings): void {
    for (const accumulator of this.#accumulators.values()) checkAccumulator(accumulator, tables, findings)
    const columns = ['settlements', 'corrections', 'adjustments', ...AMOUNT_COLUMNS]
    for (const { key, sums } of this.#hours.values()) {
      tables.expect('hour_total', { ...key, ...Object.fromEntries(columns.map((column) => [column, sums.get(column) ?? 0n])) })
    }
  }

  #accumulator(key: Row): Accumulator {
    const name = keyText(key)
    const accumulator = this.#accumulators.get(name) ?? { key, counters: new Map<string, bigint>() }
    this.#accumulators.set(name, accumulator)
    return accumulator
  }

  /** Holds of encoding 1 have no codes of visit and person: these are empty. */
  #hour(hour: string, hold: Row): Map<string, bigint> {
    const { insurance_type = '', med_type = '', person_type = '' } = hold
    const key = { hour, insurance_type, med_type, person_type }
    const total = this.#hours.get(keyText(key)) ?? { key, sums: new Map<string, bigint>() }
    this.#hours.set(keyText(key), total)
    return total.sums
  }
}

const keyText = (key: Row): string => JSON.stringify(Object.values(key).map((cell) => nameOf([cell])))

const addTo = (sums: Map<string, bigint>, name: string, amount: bigint): void => {
  sums.set(name, (sums.get(name) ?? 0n) + amount)
}

function checkAccumulator({ key, counters }: Accumulator, tables: ExpectedTables, findings: Findings): void {
  const stored = tables.expect('accumulator', key)?.['counters']
  if (!(stored instanceof Uint8Array)) return
  const moved = [...counters].filter(([, amount]) => amount !== 0n)
  const expected = moved.toSorted(([left], [right]) => (left < right ? -1 : 1))
  if (sameCounters(expected, stored)) return
  findings.add({ kind: 'row-changed', table: 'accumulator', row: nameOf(Object.values(key)), column: 'counters' })
}

function sameCounters(expected: readonly (readonly [string, bigint])[], stored: Uint8Array): boolean {
  try {
    const rows = decodeCounters(stored)
    return (
      rows.length === expected.length &&
      rows.every(({ name, amount }, index) => name === expected[index]?.[0] && amount === expected[index]?.[1])
    )
  } catch (cause) {
    if (cause instanceof UnknownContent) return false
    throw cause
  }
}
