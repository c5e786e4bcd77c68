/** A batch counts as answered when everything in it that a centre books is confirmed, or parked with the centre's reason. */

import type { LedgerRows } from '../ledger-rows.ts'
import { wholeOf } from '../row-source.ts'
import type { TerminalBooks, WorldBooks } from '../world-books.ts'

/** `after`: number of the last batch that was looked at; the one until which it is true now. */
export function checkAnswered(terminal: TerminalBooks, rows: LedgerRows, after: number, { findings }: WorldBooks): number {
  const batches = rows.rows('SELECT number, first, count FROM sync_batch WHERE answered_at IS NOT NULL AND number > ? ORDER BY number', after)
  for (const batch of batches) {
    findings.looks('batch-chain')
    const [number, first] = [wholeOf(batch, 'number'), wholeOf(batch, 'first')]
    const last = first + wholeOf(batch, 'count') - 1
    for (const sequence of terminal.book.awaiting.keys()) {
      if (sequence < first || sequence > last) continue
      const isParked = rows.rows('SELECT sequence FROM parked WHERE sequence = ?', sequence).length > 0
      findings.expect('batch-chain', isParked, () => `${terminal.name}: batch ${number} counts as answered, fact ${sequence} is neither confirmed nor parked`)
    }
  }
  const lastBatch = batches.at(-1)
  return lastBatch === undefined ? after : wholeOf(lastBatch, 'number')
}
