/**
 * Compares the ledger's tables with what the facts say they must hold: every expected row is looked up by its key and
 * compared column by column, and a table with more rows than were expected holds some that no fact accounts for.
 */

import type { Database, Statement } from 'better-sqlite3'
import type { Cell, Row } from './decode-content.ts'
import type { Findings } from './finding.ts'

interface Description {
  readonly key: readonly string[]
  /** The version of the ledger that brought it. */
  readonly since: number
}

/** The tables that repeat facts, with the columns of their primary keys. */
const DESCRIPTIONS = {
  standing: { key: ['institution', 'visit_no'], since: 1 },
  posting: { key: ['hold'], since: 1 },
  release: { key: ['hold'], since: 1 },
  correction: { key: ['hold'], since: 1 },
  accumulator: { key: ['person_no', 'insurance_type', 'policy_year'], since: 1 },
  result: { key: ['hold'], since: 2 },
  confirmation: { key: ['target'], since: 2 },
  awaiting: { key: ['sequence'], since: 2 },
  adjustment: { key: ['hold'], since: 2 },
  load: { key: ['hold'], since: 2 },
  load_closing: { key: ['hold'], since: 2 },
  open_load: { key: ['card_id'], since: 2 },
  owed: { key: ['hold'], since: 2 },
  day_close: { key: ['sequence'], since: 2 },
  day_reopen: { key: ['close'], since: 2 },
  hour_total: { key: ['hour', 'insurance_type', 'med_type', 'person_type'], since: 2 },
  trace_code: { key: ['code', 'hold', 'line_no'], since: 5 },
  supply: { key: ['person_no', 'supplied_on', 'hold', 'line_no'], since: 5 }
} as const satisfies Record<string, Description>

export type Table = keyof typeof DESCRIPTIONS
export const TABLES = Object.keys(DESCRIPTIONS) as Table[]

export class ExpectedTables {
  readonly #database: Database
  readonly #findings: Findings
  readonly #lookups = new Map<Table, Statement>()
  readonly #counts = new Map<Table, number>()
  #earlierPacks: Statement | undefined

  /** Tables and columns that a ledger of this version does not have are not missed. */
  readonly version: number

  constructor(database: Database, findings: Findings, version: number) {
    this.#database = database
    this.#findings = findings
    this.version = version
  }

  /** Columns that `row` does not name are not compared. */
  expect(table: Table, row: Row): Row | undefined {
    if (DESCRIPTIONS[table].since > this.version) return undefined
    this.#counts.set(table, (this.#counts.get(table) ?? 0) + 1)
    const key = DESCRIPTIONS[table].key.map((column) => row[column])
    const name = nameOf(key)
    const found = this.#lookup(table).get(...key) as Row | undefined
    if (found === undefined) {
      this.#findings.add({ kind: 'row-missing', table, row: name })
      return undefined
    }
    for (const [column, cell] of Object.entries(row)) {
      if (!sameCell(cell, found[column])) this.#findings.add({ kind: 'row-changed', table, row: name, column })
    }
    return found
  }

  /** The rows of a code before that hold, as they are kept. */
  earlierPacks(code: string, before: bigint): readonly Row[] {
    if (DESCRIPTIONS.trace_code.since > this.version) return []
    this.#earlierPacks ??= this.#database
      .prepare('SELECT hold AS hold, split AS split FROM trace_code WHERE code = ? AND hold < ?')
      .safeIntegers()
    return this.#earlierPacks.all(code, before) as Row[]
  }

  /** After the last row was expected. */
  expectNoOther(): void {
    for (const table of TABLES.filter((name) => DESCRIPTIONS[name].since <= this.version)) {
      const expected = this.#counts.get(table) ?? 0
      const found = Number(this.#database.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
      if (found > expected) this.#findings.add({ kind: 'rows-unexpected', table, expected, found })
    }
  }

  #lookup(table: Table): Statement {
    const known = this.#lookups.get(table)
    if (known !== undefined) return known
    const condition = DESCRIPTIONS[table].key.map((column) => `${column} = ?`).join(' AND ')
    const lookup = this.#database.prepare(`SELECT * FROM ${table} WHERE ${condition}`).safeIntegers()
    this.#lookups.set(table, lookup)
    return lookup
  }
}

/** Keys are numbers and texts. */
export const nameOf = (key: readonly (Cell | undefined)[]): string =>
  key.map((cell) => (typeof cell === 'bigint' || typeof cell === 'string' ? `${cell}` : '?')).join(' ')

/** An integer that has become a real of the same value is another cell: integers arrive as bigint. */
function sameCell(expected: Cell, found: Cell | undefined): boolean {
  if (!(expected instanceof Uint8Array)) return expected === found
  return found instanceof Uint8Array && equalBytes(expected, found)
}

export const equalBytes = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, index) => byte === right[index])
