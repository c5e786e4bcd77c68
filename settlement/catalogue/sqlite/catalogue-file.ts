/** The file `catalogue.db`: looked at before SQLite may touch it, and its tables. Each version has tables of its own. */

import type { Database as SqliteDatabase } from 'better-sqlite3'
import { never } from '../../../base/invariant.ts'
import { refuse, type Result } from '../../../base/result.ts'
import { checkFile, type FileRefusal } from '../../store/sqlite/file-header.ts'

/** "CSCt", in the header of every catalogue of ours. */
export const CATALOGUE_APPLICATION = 0x43_53_43_74
export const CATALOGUE_FILE_VERSION = 1
export const CATALOGUE_FILE_NAME = 'catalogue.db'

export type CatalogueFileRefusal =
  | { readonly kind: 'catalogue-missing'; readonly path: string }
  | { readonly kind: 'folder-missing'; readonly path: string }
  | { readonly kind: 'catalogue-newer'; readonly path: string; readonly version: number }
  /** Truncated, overwritten, or no catalogue at all. */
  | { readonly kind: 'catalogue-damaged'; readonly path: string; readonly detail: string }
  | { readonly kind: 'catalogue-busy'; readonly path: string; readonly detail: string }

export function checkCatalogueFile(path: string): Result<number, CatalogueFileRefusal> {
  const checked = checkFile(path, CATALOGUE_FILE_VERSION, CATALOGUE_APPLICATION)
  return checked.ok ? checked : refuse(refusalOf(checked.error))
}

function refusalOf(refusal: FileRefusal): CatalogueFileRefusal {
  const { path } = refusal
  switch (refusal.kind) {
    case 'ledger-missing':
      return { kind: 'catalogue-missing', path }
    case 'folder-missing':
      return { kind: 'folder-missing', path }
    case 'newer-version':
      return { kind: 'catalogue-newer', path, version: refusal.version }
    case 'truncated':
      return { kind: 'catalogue-damaged', path, detail: `it is truncated: ${refusal.bytes} of ${refusal.bytesExpected} bytes` }
    case 'unreadable':
      return { kind: 'catalogue-damaged', path, detail: refusal.detail }
    default:
      return { kind: 'catalogue-damaged', path, detail: 'it is no catalogue of this program' }
  }
}

export function describeFileRefusal(refusal: CatalogueFileRefusal): string {
  const { path } = refusal
  switch (refusal.kind) {
    case 'catalogue-missing':
      return `"${path}" is not there: no catalogue was imported`
    case 'folder-missing':
      return `"${path}": its folder is not there`
    case 'catalogue-newer':
      return `"${path}" is of version ${refusal.version}, which a newer program wrote`
    case 'catalogue-damaged':
      return `"${path}" cannot be read as a catalogue: ${refusal.detail}`
    case 'catalogue-busy':
      return `"${path}" is in use: ${refusal.detail}`
    default:
      return never(refusal)
  }
}

export function makeTables(database: SqliteDatabase): void {
  database.pragma(`application_id = ${CATALOGUE_APPLICATION}`)
  database.pragma(`user_version = ${CATALOGUE_FILE_VERSION}`)
  database.exec(`
    CREATE TABLE IF NOT EXISTS version (
      id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, source TEXT NOT NULL, installed_at TEXT NOT NULL,
      rows INTEGER NOT NULL, codes INTEGER NOT NULL, digest TEXT NOT NULL) STRICT;
    -- The last one is active; rollback takes it off.
    CREATE TABLE IF NOT EXISTS activation (position INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL REFERENCES version) STRICT;
  `)
}

/** `id` is SQLite's own number of the version, never text from outside. */
export function makeVersionTables(database: SqliteDatabase, id: number): void {
  database.exec(`
    CREATE TABLE item_${id} (code TEXT NOT NULL, valid_from TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (code, valid_from)) STRICT, WITHOUT ROWID;
    -- In the order of a list of hits (initials, name, code), so that what is read in the order of id needs no sorting.
    CREATE TABLE name_${id} (
      id INTEGER PRIMARY KEY, code TEXT NOT NULL, code_key TEXT NOT NULL, own TEXT, barcode TEXT, drug_id TEXT, initials TEXT NOT NULL, name TEXT NOT NULL, substance TEXT) STRICT;
    CREATE VIRTUAL TABLE gram_${id} USING fts5 (name, initials, chars, content = '', tokenize = "unicode61 remove_diacritics 0");
  `)
}

export function makeVersionIndexes(database: SqliteDatabase, id: number): void {
  database.exec(`
    CREATE UNIQUE INDEX name_${id}_code ON name_${id} (code);
    CREATE INDEX name_${id}_code_key ON name_${id} (code_key);
    CREATE INDEX name_${id}_own ON name_${id} (own) WHERE own IS NOT NULL;
    CREATE INDEX name_${id}_barcode ON name_${id} (barcode) WHERE barcode IS NOT NULL;
    CREATE INDEX name_${id}_drug_id ON name_${id} (drug_id) WHERE drug_id IS NOT NULL;
    CREATE INDEX name_${id}_initials ON name_${id} (initials);
    CREATE INDEX name_${id}_name ON name_${id} (name, code_key);
    CREATE INDEX name_${id}_substance ON name_${id} (substance, name, code) WHERE substance IS NOT NULL;
    INSERT INTO gram_${id} (gram_${id}) VALUES ('optimize');
  `)
}

export function dropVersionTables(database: SqliteDatabase, id: number): void {
  database.exec(`DROP TABLE item_${id}; DROP TABLE name_${id}; DROP TABLE gram_${id};`)
}
