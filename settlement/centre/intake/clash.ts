/**
 * What meets a unique index is judged again, and then asks what is booked already:
 *
 *   a batch that was taken for new, and is not: something of it is booked (`booked` in gather.ts)
 *   two terminals of one institution that bring the same visit in the same moment: neither sees the other's row, and the second to
 *   write it finds, judged again, the first one's settlement
 */

import type { CentreDatabase, CentreTransaction } from '../store/centre-database.ts'

/** PostgreSQL's, and SQLite's two. */
const UNIQUE_VIOLATIONS: ReadonlySet<unknown> = new Set(['23505', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'])
const ATTEMPTS_MAX = 5

/** `isFirst`: nothing has clashed yet. */
export async function writeOnce<Value>(database: CentreDatabase, work: (transaction: CentreTransaction, isFirst: boolean) => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.write((transaction) => work(transaction, attempt === 1))
    } catch (cause) {
      if (attempt === ATTEMPTS_MAX || !isClash(cause)) throw cause
    }
  }
}

const isClash = (cause: unknown): boolean => cause instanceof Error && 'code' in cause && UNIQUE_VIOLATIONS.has(cause.code)
