/**
 * Confirmations many at a time. Statements over one row each take longer to call than to run, so sixteen go in one; what is left
 * over is for whoever writes single ones. Only confirmations of what awaits one and moves nothing: the rest is `append`'s.
 */

import type { Database, Statement } from 'better-sqlite3'
import { invariant } from '../../../base/invariant.ts'
import type { ChainedConfirmation } from '../../ledger/ledger-store.ts'

/** More of them gain nothing. */
const TOGETHER = 16

/** Writes the first ones, and answers how many. */
export function confirmationWrites(database: Database): (confirmations: readonly ChainedConfirmation[]) => number {
  const fact = insertMany(database, 'fact', 4)
  const confirmation = insertMany(database, 'confirmation', 6)
  const confirmed = database.prepare(`DELETE FROM awaiting WHERE sequence IN (${placesOf(TOGETHER)})`)
  return (confirmations) => {
    let written = 0
    for (; written + TOGETHER <= confirmations.length; written += TOGETHER) {
      const some = confirmations.slice(written, written + TOGETHER)
      fact.run(some.flatMap((chained) => [chained.sequence, chained.fact.kind, chained.content, chained.hash]))
      const { changes } = confirmed.run(some.map((chained) => chained.fact.target))
      invariant(changes === TOGETHER, `${TOGETHER - changes} of ${TOGETHER} facts were not waiting for their confirmation`)
      confirmation.run(some.flatMap(cellsOf))
    }
    return written
  }
}

const cellsOf = ({ sequence, fact: { target, id, setlId, setlTime, ofRecord } }: ChainedConfirmation): (string | number)[] => [
  target,
  sequence,
  id,
  setlId,
  setlTime,
  ofRecord === undefined ? 0 : 1
]

const placesOf = (count: number): string => Array.from({ length: count }, () => '?').join(', ')

const insertMany = (database: Database, table: string, columns: number): Statement =>
  database.prepare(`INSERT INTO ${table} VALUES ${Array.from({ length: TOGETHER }, () => `(${placesOf(columns)})`).join(', ')}`)
