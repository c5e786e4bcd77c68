/** The names of a version, sorted as a list of hits shows them without being in memory together. */

import Database, { type Database as SqliteDatabase } from 'better-sqlite3'
import type { InitialsOf } from '../initials.ts'
import { substanceOf } from '../item-facts.ts'
import type { CatalogueItem } from '../item-schema.ts'
import { searchKey } from '../search-key.ts'
import { BatchInsert } from './batch-insert.ts'

export interface Named {
  readonly code: string
  readonly code_key: string
  readonly own: string | null
  readonly barcode: string | null
  readonly drug_id: string | null
  readonly initials: string
  readonly name: string
  readonly substance: string | null
}

const CACHE_KB = 4_000
/** Many items share a name; there is no end of names. */
const KNOWN_MAX = 150_000

export class NamesInOrder {
  readonly #database: SqliteDatabase
  readonly #insert: BatchInsert
  readonly #initialsOf: InitialsOf
  #known = new Map<string, string>()

  constructor(initialsOf: InitialsOf) {
    this.#initialsOf = initialsOf
    this.#database = new Database('')
    this.#database.pragma(`cache_size = -${CACHE_KB}`)
    this.#database.pragma('journal_mode = OFF')
    this.#database.exec(`
      CREATE TABLE named (
        code TEXT NOT NULL, code_key TEXT NOT NULL, own TEXT, barcode TEXT, drug_id TEXT, initials TEXT NOT NULL, name TEXT NOT NULL, substance TEXT) STRICT;
      BEGIN;
    `)
    this.#insert = new BatchInsert(this.#database, 'named', 8)
  }

  /** The newest row of a code. */
  add(item: CatalogueItem): void {
    const { med_list_codg: code, name, medins_list_codg: own, barcode, drug_id } = item
    this.#insert.add(code, searchKey(code), own === undefined ? null : searchKey(own), barcode ?? null, drug_id ?? null, this.#initials(name), searchKey(name), substanceOf(item) ?? null)
  }

  inOrder(): IterableIterator<Named> {
    this.#insert.flush()
    return this.#database.prepare<[], Named>('SELECT * FROM named ORDER BY initials, name, code_key').iterate()
  }

  close(): void {
    this.#database.close()
  }

  #initials(name: string): string {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    if (this.#known.size >= KNOWN_MAX) this.#known = new Map()
    const initials = this.#initialsOf(name)
    this.#known.set(name, initials)
    return initials
  }
}
