/** Opens the database that a URL names: `sqlite:FILE` or `postgres://...`. */

import { refuse, type Result } from '../../../base/result.ts'
import type { OpenDatabase } from '../../store/sqlite/open-database.ts'
import type { CentreDatabase } from './centre-database.ts'
import { openPostgresCentre, type PostgresRefusal } from './open-postgres.ts'
import { openSqliteCentre, type SqliteRefusal } from './open-sqlite.ts'

export type OpenCentreRefusal = { readonly kind: 'bad-url'; readonly rule: string } | SqliteRefusal | PostgresRefusal

const SQLITE = 'sqlite:'

export interface OpenCentreOptions {
  /** Whether a centre that is not there is begun: a new file, the tables of an empty database. Default: true. */
  readonly create?: boolean
  /** How the file of sqlite:FILE is opened; default: with the driver. */
  readonly openDatabase?: OpenDatabase | undefined
}

/** The URL may hold a password: it is in no refusal. */
export async function openCentre(url: string, { create = true, openDatabase }: OpenCentreOptions = {}): Promise<Result<CentreDatabase, OpenCentreRefusal>> {
  if (url.startsWith(SQLITE) && url.length > SQLITE.length) return openSqliteCentre(url.slice(SQLITE.length), create, openDatabase)
  if (/^postgres(ql)?:\/\//.test(url)) {
    return URL.canParse(url) ? await openPostgresCentre(url, create) : refuse({ kind: 'bad-url', rule: 'it cannot be read as a URL' })
  }
  return refuse({ kind: 'bad-url', rule: 'sqlite:FILE or postgres://USER:PASSWORD@HOST:PORT/DATABASE' })
}
