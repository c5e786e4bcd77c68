/**
 * Brings a ledger to this program's version. A migration is a folder with `up.sql`; its number is the version that it
 * makes, stored as user_version in the same transaction. Versions only go up, and a released migration is never edited.
 */

import { readFileSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { fillOwed } from './fill-owed.ts'

export const MIGRATIONS = ['0001-ledger', '0002-centre', '0003-sync', '0004-close', '0005-dispensed', '0006-proof', '0007-asked-anew', '0008-apart', '0009-former', '0010-words'] as const

/** What a migration leaves to the program, inside its transaction. */
const FILLS: Readonly<Partial<Record<(typeof MIGRATIONS)[number], (database: Database) => void>>> = {
  '0002-centre': fillOwed
}

export const VERSION_MAX = MIGRATIONS.length

/** Applies what is missing, each migration in its own transaction. `versionMax` below the newest is for tests. */
export function migrate(database: Database, versionMax: number = VERSION_MAX): void {
  const version = versionOf(database)
  for (const [index, name] of MIGRATIONS.entries()) {
    if (index < version || index >= versionMax) continue
    // A check in the schema is put right where it stands, which SQLite allows only to who asks for it.
    database.unsafeMode(true)
    try {
      database.exec(`BEGIN IMMEDIATE; ${upSql(name)}`)
      FILLS[name]?.(database)
      database.exec(`PRAGMA user_version = ${index + 1}; COMMIT`)
    } finally {
      database.unsafeMode(false)
    }
  }
}

export const versionOf = (database: Database): number =>
  database.prepare<[], number>('PRAGMA user_version').pluck().get() ?? 0

export const upSql = (name: string): string =>
  readFileSync(new URL(`migration/${name}/up.sql`, import.meta.url), 'utf8')
