/**
 * `catalogue.db`: several versions of a catalogue in one file, one of them active. Written by whoever imports; a terminal that
 * reads meanwhile sees the old version until the new one is complete and active.
 */

import { existsSync, renameSync, rmSync } from 'node:fs'
import Database, { type Database as SqliteDatabase } from 'better-sqlite3'
import { never } from '../../../base/invariant.ts'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { fileFailure, storeFailure } from '../../store/sqlite/failure.ts'
import { keepPromises } from '../../store/sqlite/connection.ts'
import { rowDifference, type CatalogueDiff, type RowDifference } from '../diff.ts'
import { initialsDictionary, type InitialsOf } from '../initials.ts'
import type { CatalogueItem } from '../item-schema.ts'
import { checkCatalogueFile, dropVersionTables, makeTables, type CatalogueFileRefusal } from './catalogue-file.ts'
import { countVersion, inOrder, writeVersion, type Written } from './install.ts'
import { sharedNumbers, type SharedNumbers } from './shared-numbers.ts'

/** Old versions go when there are more; the active one and the one before it never do. */
export const VERSIONS_MAX = 5
const BUSY_MS = 5_000
const WRITER_CACHE_KB = 16_000

export interface InstalledVersion {
  readonly name: string
  /** What it was made of, for people. */
  readonly source: string
  /** As the installer said it: yyyy-MM-dd HH:mm:ss. */
  readonly installedAt: string
  readonly rows: number
  readonly codes: number
  readonly isActive: boolean
}

export interface InstallRequest {
  readonly version: string
  readonly source: string
  /** yyyy-MM-dd HH:mm:ss */
  readonly at: string
  readonly items: readonly CatalogueItem[]
  readonly activate: boolean
}

/** Rows as they come: by code, and by first day within a code. Read once. */
export interface InstallRows<Refusal> extends Omit<InstallRequest, 'items'> {
  readonly items: Iterable<CatalogueItem>
  /** Asked when all rows were read, `active` being what is active now; its refusal leaves everything as it was. */
  readonly accept: (written: Written, active: InstalledVersion | undefined) => Result<null, Refusal>
}

export interface Installed {
  readonly version: InstalledVersion
  /** false: the same rows were there under this name. */
  readonly isNew: boolean
  /** Versions that had to go. */
  readonly removed: readonly string[]
  /** Numbers that stand on several items: whoever scans one is asked which is meant. */
  readonly shared: SharedNumbers
}

/** In order of precedence. */
export type StoreRefusal =
  | { readonly kind: 'version-unknown'; readonly version: string; readonly known: readonly string[] }
  /** Another catalogue has this name. */
  | { readonly kind: 'version-differs'; readonly version: string }
  | { readonly kind: 'version-active'; readonly version: string }
  | { readonly kind: 'nothing-before' }

export function describeStoreRefusal(refusal: StoreRefusal): string {
  switch (refusal.kind) {
    case 'version-unknown':
      return `version "${refusal.version}" is not installed; installed: ${refusal.known.length === 0 ? 'none' : refusal.known.join(', ')}`
    case 'version-differs':
      return `version "${refusal.version}" is installed with other rows; give these another name`
    case 'version-active':
      return `version "${refusal.version}" is active; activate another one first`
    case 'nothing-before':
      return 'no version was active before this one'
    default:
      return never(refusal)
  }
}

interface VersionRow {
  readonly id: number
  readonly name: string
  readonly source: string
  readonly installed_at: string
  readonly rows: number
  readonly codes: number
  readonly digest: string
}

export class CatalogueStore {
  readonly #database: SqliteDatabase

  constructor(database: SqliteDatabase) {
    this.#database = database
  }

  install({ items, ...request }: InstallRequest): Promise<Result<Installed, StoreRefusal>> {
    return this.installRows<StoreRefusal>({ ...request, items: inOrder(items), accept: () => ok(null) })
  }

  async installRows<Refusal>(request: InstallRows<Refusal>): Promise<Result<Installed, StoreRefusal | Refusal>> {
    const initialsOf = await initialsDictionary()
    this.#database.exec('BEGIN IMMEDIATE')
    let isDone = false
    try {
      const installed = this.#install(request, initialsOf)
      isDone = installed.ok
      return installed
    } finally {
      // A full disk has ended it already.
      if (this.#database.inTransaction) this.#database.exec(isDone ? 'COMMIT' : 'ROLLBACK')
      this.#database.pragma('wal_checkpoint(TRUNCATE)')
    }
  }

  #install<Refusal>({ version: name, source, at, items, activate, accept }: InstallRows<Refusal>, initialsOf: InitialsOf): Result<Installed, StoreRefusal | Refusal> {
    const known = this.#row(name)
    const id = known?.id ?? this.#begin({ name, source, at })
    const written = known === undefined ? writeVersion(this.#database, id, items, initialsOf) : countVersion(items)
    const accepted = accept(written, this.active())
    if (!accepted.ok) return accepted
    if (known !== undefined && known.digest !== written.digest) return refuse({ kind: 'version-differs', version: name })
    this.#database.prepare('UPDATE version SET rows = ?, codes = ?, digest = ? WHERE id = ?').run(written.rows, written.codes, written.digest, id)
    if (activate) this.#activate(name)
    const removed = this.#prune(name)
    const version = this.versions().find((installed) => installed.name === name)
    return version === undefined ? refuse(this.#unknown(name)) : ok({ version, isNew: known === undefined, removed, shared: sharedNumbers(this.#database, id) })
  }

  #begin({ name, source, at }: { readonly name: string; readonly source: string; readonly at: string }): number {
    return Number(this.#database.prepare("INSERT INTO version (name, source, installed_at, rows, codes, digest) VALUES (?, ?, ?, 0, 0, '')").run(name, source, at).lastInsertRowid)
  }

  /** Newest first. */
  versions(): readonly InstalledVersion[] {
    const active = this.#activeId()
    return this.#rows().map(({ id, name, source, installed_at, rows, codes }) => ({ name, source, installedAt: installed_at, rows, codes, isActive: id === active }))
  }

  active(): InstalledVersion | undefined {
    return this.versions().find(({ isActive }) => isActive)
  }

  activate(version: string): Result<InstalledVersion, StoreRefusal> {
    return this.#changed(() => (this.#row(version) === undefined ? refuse(this.#unknown(version)) : ok(this.#activate(version))))
  }

  /** Nothing that is installed is searched any more; all of it stays installed. */
  deactivate(): void {
    this.#database.prepare('DELETE FROM activation').run()
  }

  /** Back to the version that was active before. The one left stays installed. */
  rollback(): Result<InstalledVersion, StoreRefusal> {
    return this.#changed(() => {
      const [, before] = this.#database.prepare('SELECT position FROM activation ORDER BY position DESC LIMIT 2').pluck().all()
      if (before === undefined) return refuse({ kind: 'nothing-before' } as const)
      this.#database.prepare('DELETE FROM activation WHERE position > ?').run(before)
      return ok(null)
    })
  }

  remove(version: string): Result<null, StoreRefusal> {
    const removed = this.#database
      .transaction((): Result<null, StoreRefusal> => {
        const row = this.#row(version)
        if (row === undefined) return refuse(this.#unknown(version))
        if (row.id === this.#activeId()) return refuse({ kind: 'version-active', version })
        this.#drop(row)
        return ok(null)
      })
      .immediate()
    return removed
  }

  /** `max`: rows that are given with their fields; all of them are counted. */
  diff(before: string, after: string, max: number): Result<CatalogueDiff, StoreRefusal> {
    const [old, fresh] = [this.#row(before), this.#row(after)]
    if (old === undefined) return refuse(this.#unknown(before))
    if (fresh === undefined) return refuse(this.#unknown(after))
    const pairs = this.#database
      .prepare<[], { readonly old: string | null; readonly fresh: string | null }>(
        `SELECT a.document AS old, b.document AS fresh FROM item_${old.id} a FULL OUTER JOIN item_${fresh.id} b ON a.code = b.code AND a.valid_from = b.valid_from
         WHERE a.document IS NOT b.document ORDER BY coalesce(a.code, b.code), coalesce(a.valid_from, b.valid_from)`
      )
      .iterate()
    return ok(countedDiff(pairs, max))
  }

  close(): void {
    this.#database.close()
  }

  #changed(change: () => Result<null, StoreRefusal>): Result<InstalledVersion, StoreRefusal> {
    const changed = this.#database.transaction(change).immediate()
    if (!changed.ok) return changed
    const active = this.active()
    return active === undefined ? refuse({ kind: 'nothing-before' }) : ok(active)
  }

  #activate(version: string): null {
    const id = this.#row(version)?.id
    if (id !== undefined && id !== this.#activeId()) this.#database.prepare('INSERT INTO activation (version) VALUES (?)').run(id)
    return null
  }

  /** Oldest first, until what is left is few enough. */
  #prune(installed: string): readonly string[] {
    const rows = this.#rows()
    const kept = new Set([installed, ...this.#lastActive().map((id) => rows.find((row) => row.id === id)?.name)])
    const removable = rows.toReversed().filter(({ name }) => !kept.has(name))
    const removed = removable.slice(0, Math.max(0, rows.length - VERSIONS_MAX))
    for (const row of removed) this.#drop(row)
    return removed.map(({ name }) => name)
  }

  #drop({ id }: VersionRow): void {
    this.#database.prepare('DELETE FROM activation WHERE version = ?').run(id)
    this.#database.prepare('DELETE FROM version WHERE id = ?').run(id)
    dropVersionTables(this.#database, id)
  }

  #rows(): readonly VersionRow[] {
    return this.#database.prepare<[], VersionRow>('SELECT * FROM version ORDER BY id DESC').all()
  }

  #row(name: string): VersionRow | undefined {
    return this.#database.prepare<[string], VersionRow>('SELECT * FROM version WHERE name = ?').get(name)
  }

  #unknown(version: string): StoreRefusal {
    return { kind: 'version-unknown', version, known: this.#rows().map(({ name }) => name) }
  }

  #activeId(): number | undefined {
    return this.#lastActive()[0]
  }

  /** The active one, and the one that a rollback would bring back. */
  #lastActive(): readonly number[] {
    return this.#database.prepare<[], { readonly version: number }>('SELECT version FROM activation ORDER BY position DESC LIMIT 2').all().map(({ version }) => version)
  }
}

function countedDiff(pairs: Iterable<{ readonly old: string | null; readonly fresh: string | null }>, max: number): CatalogueDiff {
  const count = { added: 0, removed: 0, changed: 0 }
  const rows: RowDifference[] = []
  for (const { old, fresh } of pairs) {
    count[old === null ? 'added' : fresh === null ? 'removed' : 'changed'] += 1
    if (rows.length >= max) continue
    const difference = rowDifference(itemIn(old), itemIn(fresh))
    if (difference !== undefined) rows.push(difference)
  }
  return { ...count, rows }
}

function itemIn(document: string | null): CatalogueItem | undefined {
  if (document === null) return undefined
  const item: CatalogueItem = JSON.parse(document)
  return item
}

/** `create`: makes the file when it is not there. */
export function openCatalogueStore({ path, create }: { readonly path: string; readonly create: boolean }): Result<CatalogueStore, CatalogueFileRefusal> {
  try {
    if (create && !existsSync(path)) makeFile(path)
    const checked = checkCatalogueFile(path)
    return checked.ok ? ok(new CatalogueStore(writable(path))) : checked
  } catch (thrown) {
    const busy = storeFailure(thrown)
    if (busy?.cause === 'busy') return refuse({ kind: 'catalogue-busy', path, detail: busy.detail })
    return refuse({ kind: 'catalogue-damaged', path, detail: fileFailure(thrown).detail })
  }
}

/** Under another name until it is one: a file that is there is whole. */
function makeFile(path: string): void {
  const unfinished = `${path}.new`
  rmSync(unfinished, { force: true })
  const database = new Database(unfinished)
  try {
    keepPromises(database)
    makeTables(database)
    database.pragma('journal_mode = WAL')
  } finally {
    database.close()
  }
  renameSync(unfinished, path)
}

function writable(path: string): SqliteDatabase {
  const database = new Database(path, { timeout: BUSY_MS, fileMustExist: true })
  try {
    keepPromises(database)
    database.pragma(`cache_size = -${WRITER_CACHE_KB}`)
    database.prepare('SELECT count(*) FROM version, activation').get()
    return database
  } catch (thrown) {
    database.close()
    throw thrown
  }
}
