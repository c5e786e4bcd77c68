/** The centre's tables, read by the auditor's own SQL, from a SQLite file or from whoever asks PostgreSQL for him. */

import type { Database, Statement } from 'better-sqlite3'
import { AMOUNTS } from './fact.ts'
import { openForReading, type Row, type RowSource } from './row-source.ts'

export const BATCH_COLUMNS = 'terminal, number, hash, first, count, body, answer'

/** Every table that a rule looks at; ordered, so that two readings are alike. */
const QUESTIONS = {
  terminals: 'SELECT terminal, institution, batch, batch_hash, sequence, chain_hash FROM terminal ORDER BY terminal',
  batches: `SELECT ${BATCH_COLUMNS} FROM batch ORDER BY terminal, number`,
  settlements: `SELECT setl_id, source, terminal, sequence, medins_setl_id, institution, visit_no, psn_no, insutype, clr_type, med_type, setl_time, year, card_ref, reversed_by, reverses, ${AMOUNTS.join(', ')} FROM settlement ORDER BY setl_id`,
  cards: 'SELECT card_id, psn_no, issued_balance, issued_serial, balance, load_serial, lost FROM card ORDER BY card_id',
  serials: "SELECT COALESCE(card_id, '') AS card_id, card_serial AS serial, terminal, sequence, medins_setl_id AS settlement_id FROM settlement LEFT JOIN card ON card.card_ref = settlement.card_ref WHERE card_serial IS NOT NULL ORDER BY card_id, card_serial",
  accumulators: 'SELECT psn_no, insutype, year, counters FROM accumulator ORDER BY psn_no, insutype, year',
  loads: 'SELECT load_id, setl_id, terminal, card_id, purpose, amount, load_serial, state FROM load ORDER BY load_id',
  credits: 'SELECT credit_id, card_id, amount, state FROM credit ORDER BY credit_id',
  unbooked: 'SELECT terminal, sequence, kind, verdict FROM unbooked ORDER BY terminal, sequence',
  reversals: 'SELECT setl_id, reverses, terminal FROM reversal ORDER BY setl_id',
  policies: 'SELECT region, version, document FROM policy ORDER BY region, version'
} as const

export type CentreTable = keyof typeof QUESTIONS
export type CentreData = Readonly<Record<CentreTable, readonly Row[]>>

const TABLES = Object.keys(QUESTIONS) as readonly CentreTable[]

export function readCentre(database: Database): CentreData {
  const read = database.transaction(() => TABLES.map((table) => [table, database.prepare(QUESTIONS[table]).all() as Row[]] as const))
  return Object.fromEntries(read()) as unknown as CentreData
}

export async function readCentreFrom(source: RowSource): Promise<CentreData> {
  const read: (readonly [CentreTable, readonly Row[]])[] = []
  for (const table of TABLES) read.push([table, await source.rows(QUESTIONS[table])])
  return Object.fromEntries(read) as unknown as CentreData
}

/** Where the run began: what of the centre's running sums no settlement of the run explains. */
export interface CentreOpening {
  readonly accumulators: readonly Row[]
  readonly settlements: number
}

export const openingOf = ({ accumulators, settlements }: CentreData): CentreOpening => ({ accumulators, settlements: settlements.length })

/** The centre's file while it is written: new batches as they come, everything when it is asked for. */
export class CentreFile {
  readonly path: string
  readonly #database: Database
  readonly #version: Statement
  readonly #batches: Statement
  #place = 0
  #seen = -1

  constructor(path: string) {
    this.path = path
    this.#database = openForReading(path)
    this.#version = this.#database.prepare('SELECT data_version AS version FROM pragma_data_version')
    this.#batches = this.#database.prepare(`SELECT rowid AS place, ${BATCH_COLUMNS} FROM batch WHERE rowid > ? ORDER BY rowid`)
  }

  hasChanged(): boolean {
    const { version } = this.#version.get() as { readonly version: number }
    const changed = version !== this.#seen
    this.#seen = version
    return changed
  }

  /** In the order in which they came. */
  newBatches(): readonly Row[] {
    const rows = this.#batches.all(this.#place) as Row[]
    const last = rows.at(-1)?.['place']
    if (typeof last === 'number') this.#place = last
    return rows
  }

  read(): CentreData {
    return readCentre(this.#database)
  }

  policies(): readonly Row[] {
    return this.#database.prepare(QUESTIONS.policies).all() as Row[]
  }

  close(): void {
    this.#database.close()
  }
}
