/**
 * Two terminals of one institution may bring the same visit in the same moment. Neither sees the other's row, the second to
 * write it meets the unique index - and, judged again, finds the first one's settlement and answers accordingly. SQLite lets
 * one transaction write at a time, so there it cannot happen.
 */

import type { CentreDatabase, CentreTransaction } from '../store/centre-database.ts'

const UNIQUE_VIOLATION = '23505'
const ATTEMPTS_MAX = 4

export async function writeOnce<Value>(database: CentreDatabase, work: (transaction: CentreTransaction) => Promise<Value>): Promise<Value> {
  for (let left = ATTEMPTS_MAX - 1; ; left -= 1) {
    try {
      return await database.write(work)
    } catch (cause) {
      if (left === 0 || !isClash(cause)) throw cause
    }
  }
}

const isClash = (cause: unknown): boolean => cause instanceof Error && 'code' in cause && cause.code === UNIQUE_VIOLATION
