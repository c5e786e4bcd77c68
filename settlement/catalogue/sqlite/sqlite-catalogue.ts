/**
 * The active version of `catalogue.db`, read where it lies: a terminal does not hold 200,000 items in memory. A version that is
 * activated meanwhile is seen by the next question.
 */

import Database, { type Database as SqliteDatabase, type Statement } from 'better-sqlite3'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { BusinessDate } from '../../calendar/business-date.ts'
import { fileFailure } from '../../store/sqlite/failure.ts'
import type { Catalogue, CatalogueHit } from '../catalogue.ts'
import { substanceOf } from '../item-facts.ts'
import type { CatalogueItem } from '../item-schema.ts'
import { searchKey } from '../search-key.ts'
import { checkCatalogueFile, type CatalogueFileRefusal } from './catalogue-file.ts'
import { phraseFor } from './grams.ts'

const BUSY_MS = 2_000
/** Pages of the file that this connection keeps, in KB. */
const CACHE_KB = 16_000

interface Found {
  readonly code: string
  readonly initials: string
}

type Find = Statement<unknown[], Found>

interface Statements {
  readonly id: number
  readonly version: string
  readonly size: number
  readonly onDay: Statement<[string, string], string>
  readonly first: Statement<[string], string>
  readonly newest: Statement<[string], string>
  readonly wholeCode: Find
  readonly wholeOther: Find
  readonly initialsBegin: Find
  readonly nameBegins: Find
  readonly codeBegins: Find
  readonly initialsContain: Find
  readonly nameContains: Find
  readonly barcode: Find
  readonly drugId: Find
  readonly substance: Statement<[string, string, number], Found>
}

export class SqliteCatalogue implements Catalogue {
  readonly #database: SqliteDatabase
  readonly #active: Statement<[], { readonly id: number; readonly name: string; readonly codes: number }>
  readonly #begin: Statement
  readonly #commit: Statement
  #statements: Statements | undefined

  constructor(database: SqliteDatabase) {
    this.#database = database
    this.#active = database.prepare('SELECT v.id, v.name, v.codes FROM activation a JOIN version v ON v.id = a.version ORDER BY a.position DESC LIMIT 1')
    this.#begin = database.prepare('BEGIN')
    this.#commit = database.prepare('COMMIT')
  }

  /** false: nothing is installed, or nothing was activated. */
  get isActive(): boolean {
    return this.#active.get() !== undefined
  }

  get version(): string {
    return this.#active.get()?.name ?? ''
  }

  get size(): number {
    return this.#active.get()?.codes ?? 0
  }

  get(code: string, on?: BusinessDate): CatalogueItem | undefined {
    return this.#asked(undefined, (statements) => itemOf(statements, code, on))
  }

  search(text: string, limit: number, on?: BusinessDate): Promise<readonly CatalogueHit[]> {
    const wanted = searchKey(text)
    if (wanted === '') return Promise.resolve([])
    const hits = this.#asked([], (statements) => {
      const found = findAll(statements, wanted, limit)
      return [...found].flatMap(([code, initials]) => {
        const item = itemOf(statements, code, on)
        return item === undefined ? [] : { item, initials }
      })
    })
    return Promise.resolve(hits)
  }

  hasCodePrefix(prefix: string): boolean {
    return this.#asked(false, ({ codeBegins }) => codeBegins.get(...range(prefix), 1) !== undefined)
  }

  byBarcode(barcode: string, on?: BusinessDate): readonly CatalogueItem[] {
    return this.#asked([], (statements) => statements.barcode.all(barcode).flatMap(({ code }) => itemOf(statements, code, on) ?? []))
  }

  byDrugId(drugId: string, on?: BusinessDate): readonly CatalogueItem[] {
    return this.#asked([], (statements) => statements.drugId.all(drugId).flatMap(({ code }) => itemOf(statements, code, on) ?? []))
  }

  sameSubstance(code: string, limit: number, on?: BusinessDate): readonly CatalogueItem[] {
    return this.#asked([], (statements) => {
      const item = itemOf(statements, code, on)
      const substance = item && substanceOf(item)
      if (substance === undefined) return []
      return statements.substance.all(substance, code, limit).flatMap((found) => itemOf(statements, found.code, on) ?? [])
    })
  }

  close(): void {
    this.#database.close()
  }

  /** All that one question reads is of one version: what is dropped meanwhile is still there for it. */
  #asked<Answer>(nothing: Answer, read: (statements: Statements) => Answer): Answer {
    this.#begin.run()
    try {
      const active = this.#active.get()
      if (active === undefined) return nothing
      if (this.#statements?.id !== active.id) this.#statements = prepared(this.#database, active)
      return read(this.#statements)
    } finally {
      this.#commit.run()
    }
  }
}

/** Better ranks first, until there are enough; the rank of a code is the first that finds it. */
function findAll(statements: Statements, wanted: string, limit: number): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [find, parameters] of ranksOf(statements, wanted)) {
    if (found.size >= limit) break
    for (const { code, initials } of find.all(...parameters, limit)) if (found.size < limit && !found.has(code)) found.set(code, initials)
  }
  return found
}

const IS_CODE = /^[\u0021-\u007e]+$/
const IS_INITIALS = /^[0-9A-Z]+$/

function ranksOf(statements: Statements, wanted: string): readonly (readonly [Find, readonly unknown[]])[] {
  const [isCode, isInitials] = [IS_CODE.test(wanted), IS_INITIALS.test(wanted)]
  const [initialsPhrase, namePhrase] = [isInitials ? phraseFor('initials', wanted) : undefined, phraseFor('name', wanted)]
  return [
    ...(isCode ? ([[statements.wholeCode, [wanted]], [statements.wholeOther, [wanted, wanted]]] as const) : []),
    ...(isInitials ? ([[statements.initialsBegin, range(wanted)]] as const) : []),
    [statements.nameBegins, range(wanted)],
    ...(isCode ? ([[statements.codeBegins, range(wanted)]] as const) : []),
    ...(initialsPhrase === undefined ? [] : ([[statements.initialsContain, [initialsPhrase, wanted]]] as const)),
    ...(namePhrase === undefined ? [] : ([[statements.nameContains, [namePhrase, wanted]]] as const))
  ]
}

/** Everything that begins with the text lies between it and the text with the last character there is. */
const range = (text: string): readonly [string, string] => [text, `${text}\u{10ffff}`]

function itemOf({ onDay, first, newest }: Statements, code: string, on: BusinessDate | undefined): CatalogueItem | undefined {
  const document = on === undefined ? newest.get(code) : (onDay.get(code, on) ?? first.get(code))
  if (document === undefined) return undefined
  const item: CatalogueItem = JSON.parse(document)
  return item
}

function prepared(database: SqliteDatabase, { id, name, codes }: { readonly id: number; readonly name: string; readonly codes: number }): Statements {
  const document = (where: string): Statement<unknown[], string> => database.prepare<unknown[], string>(`SELECT document FROM item_${id} WHERE code = ? ${where} LIMIT 1`).pluck()
  const find = (where: string): Find => database.prepare(`SELECT code, initials FROM name_${id} ${where}`)
  const gram = (key: string): Find =>
    database.prepare(`SELECT n.code, n.initials FROM gram_${id} g CROSS JOIN name_${id} n ON n.id = g.rowid WHERE gram_${id} MATCH ? AND instr(n.${key}, ?) > 0 ORDER BY g.rowid LIMIT ?`)
  return {
    id,
    version: name,
    size: codes,
    onDay: document('AND valid_from <= ? ORDER BY valid_from DESC'),
    first: document('ORDER BY valid_from'),
    newest: document('ORDER BY valid_from DESC'),
    wholeCode: find('WHERE code_key = ? ORDER BY id LIMIT ?'),
    wholeOther: find('WHERE own = ? OR barcode = ? ORDER BY id LIMIT ?'),
    initialsBegin: find('WHERE initials >= ? AND initials < ? ORDER BY initials, id LIMIT ?'),
    nameBegins: find('WHERE name >= ? AND name < ? ORDER BY name, code_key LIMIT ?'),
    codeBegins: find('WHERE code_key >= ? AND code_key < ? ORDER BY code_key LIMIT ?'),
    initialsContain: gram('initials'),
    nameContains: gram('name'),
    barcode: find('WHERE barcode = ? ORDER BY id'),
    drugId: find('WHERE drug_id = ? ORDER BY id'),
    substance: database.prepare(`SELECT code, initials FROM name_${id} WHERE substance = ? AND code <> ? ORDER BY name, code LIMIT ?`)
  }
}

/** Read-only: the terminal's host opens it so. */
export function openCatalogue(path: string): Result<SqliteCatalogue, CatalogueFileRefusal> {
  const checked = checkCatalogueFile(path)
  if (!checked.ok) return checked
  try {
    const database = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_MS })
    database.pragma(`cache_size = -${CACHE_KB}`)
    return ok(new SqliteCatalogue(database))
  } catch (thrown) {
    return refuse({ kind: 'catalogue-damaged', path, detail: fileFailure(thrown).detail })
  }
}
