/** A terminal's ledger file, read by the auditor's own SQL on a connection of his own. */

import type { Database, Statement } from 'better-sqlite3'
import { openForReading, wholeOf, type Row } from './row-source.ts'

export interface FactRow {
  readonly sequence: number
  readonly kind: string
  readonly content: Uint8Array
  readonly hash: Uint8Array
}

const FACTS = 'SELECT sequence, kind, content, hash FROM fact WHERE sequence > ? ORDER BY sequence'

export class LedgerRows {
  readonly path: string
  readonly #database: Database
  readonly #facts: Statement
  readonly #version: Statement
  #seen = -1

  constructor(path: string) {
    this.path = path
    this.#database = openForReading(path)
    this.#facts = this.#database.prepare(FACTS)
    this.#version = this.#database.prepare('SELECT data_version AS version FROM pragma_data_version')
  }

  /** Whether somebody has written since the last time that this was asked. */
  hasChanged(): boolean {
    const { version } = this.#version.get() as { readonly version: number }
    const changed = version !== this.#seen
    this.#seen = version
    return changed
  }

  factsAfter(sequence: number): readonly FactRow[] {
    return this.#facts.all(sequence) as FactRow[]
  }

  hashAt(sequence: number): Uint8Array | undefined {
    const row = this.#database.prepare('SELECT hash FROM fact WHERE sequence = ?').get(sequence)
    return (row as { readonly hash: Uint8Array } | undefined)?.hash
  }

  /** Any other reading; a table that an older schema has not is no rows. */
  rows(sql: string): readonly Row[] {
    return this.#database.prepare(sql).all() as Row[]
  }

  /** Everything that `read` reads is of one moment, whoever writes meanwhile. */
  snapshot(read: () => void): void {
    this.#database.transaction(read)()
  }

  close(): void {
    this.#database.close()
  }
}

/** Sequences of the facts that the centre judged otherwise, or not at all: each has a reason and an owner there. */
export const parkedIn = (rows: LedgerRows): ReadonlySet<number> => new Set(rows.rows('SELECT sequence FROM parked').map((row) => wholeOf(row, 'sequence')))

/** Those of them that the centre did not book. */
export const refusedIn = (rows: LedgerRows): ReadonlySet<number> =>
  new Set(rows.rows("SELECT sequence FROM parked WHERE json_extract(verdict, '$.kind') <> 'answer-differs'").map((row) => wholeOf(row, 'sequence')))
