/** The centre's database as everything above it sees it: the same handle over SQLite and over PostgreSQL. */

import { PostgresAdapter, type Kysely, type Transaction } from 'kysely'
import type { CentreSchema } from './schema.ts'

export type CentreDialect = 'sqlite' | 'postgres'

/** Questions may be asked of the database or within a transaction. */
export type CentreQueries = Kysely<CentreSchema>

export type CentreTransaction = Transaction<CentreSchema>

export interface CentreDatabase {
  readonly db: CentreQueries
  readonly dialect: CentreDialect
  /**
   * One transaction, durable when the promise fulfils and undone when it rejects. `work` may run again from its beginning
   * when the database broke a deadlock, so it changes nothing but the database, and it asks the transaction and nothing else:
   * on SQLite `db` itself waits until the transaction has ended. On SQLite writers wait for each other from
   * the first statement; on PostgreSQL they wait at the rows that they lock (`lockTerminal`, `lockPeople`).
   */
  write<Value>(work: (transaction: CentreTransaction) => Promise<Value>): Promise<Value>
  close(): Promise<void>
}

export const dialectOf = (db: CentreQueries): CentreDialect =>
  db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite'
