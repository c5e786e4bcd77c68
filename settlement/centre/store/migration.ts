/**
 * Brings a centre's database to this program's version. A migration is a folder with `up.sql` in SQLite's words; its number
 * is the version that it makes. Everything that is missing is applied in one transaction. Versions only go up, and a
 * released migration is never edited.
 *
 * What differs for PostgreSQL differs in the names of types only, so a table cannot be one thing here and another there; a
 * migration that moves what is there may need other functions, and says it in `up.postgres.sql`:
 *
 *   INTEGER -> BIGINT     8 bytes in both
 *   BLOB    -> BYTEA
 *   TEXT    -> TEXT COLLATE "C"     compared byte by byte in both, whatever the server's language
 *   STRICT, WITHOUT ROWID           PostgreSQL is strict by itself
 */

import { existsSync, readFileSync } from 'node:fs'
import type { CentreDialect } from './centre-database.ts'

export const MIGRATIONS = [
  '0001-record', '0002-national', '0003-intake', '0004-reversal', '0005-chain-copy', '0006-wide-rows', '0007-inactive-cards',
  '0008-fewer-places', '0009-signed-by-card', '0010-cards-by-number'
] as const

export const VERSION_MAX = MIGRATIONS.length

/** The SQL of each migration that a database of `version` lacks. */
export const missingSql = (version: number, dialect: CentreDialect): readonly string[] =>
  MIGRATIONS.slice(version).map((name) => {
    const postgres = new URL(`migration/${name}/up.postgres.sql`, import.meta.url)
    if (dialect === 'postgres' && existsSync(postgres)) return readFileSync(postgres, 'utf8')
    const sql = readFileSync(new URL(`migration/${name}/up.sql`, import.meta.url), 'utf8')
    return dialect === 'sqlite' ? sql : inPostgresWords(sql)
  })

export const inPostgresWords = (sql: string): string =>
  sql
    .replaceAll(/--.*$/gm, '')
    .replaceAll(/\bINTEGER\b/g, 'BIGINT')
    .replaceAll(/\bBLOB\b/g, 'BYTEA')
    .replaceAll(/\bTEXT\b/g, 'TEXT COLLATE "C"')
    .replaceAll(/\) STRICT(, WITHOUT ROWID)?;/g, ');')
