/** Opens the database that a URL names: `sqlite:FILE`, which is begun when it is not there, or `postgres://...`. */

import { refuse, type Result } from '../../../base/result.ts'
import type { CentreDatabase } from './centre-database.ts'
import { openPostgresCentre, type PostgresRefusal } from './open-postgres.ts'
import { openSqliteCentre, type SqliteRefusal } from './open-sqlite.ts'

export type OpenCentreRefusal = { readonly kind: 'bad-url'; readonly rule: string } | SqliteRefusal | PostgresRefusal

const SQLITE = 'sqlite:'

/** The URL may hold a password: it is in no refusal. */
export async function openCentre(url: string): Promise<Result<CentreDatabase, OpenCentreRefusal>> {
  if (url.startsWith(SQLITE) && url.length > SQLITE.length) return openSqliteCentre(url.slice(SQLITE.length))
  if (/^postgres(ql)?:\/\//.test(url)) {
    return URL.canParse(url) ? await openPostgresCentre(url) : refuse({ kind: 'bad-url', rule: 'it cannot be read as a URL' })
  }
  return refuse({ kind: 'bad-url', rule: 'sqlite:FILE or postgres://USER:PASSWORD@HOST:PORT/DATABASE' })
}
