/** What a terminal holds for confirmed, the centre has booked; or, put back from an older copy, judges otherwise, and the entry is parked by name. */

import type { CentreData } from '../centre-rows.ts'
import { parkedIn } from '../ledger-rows.ts'
import { textOf } from '../row-source.ts'
import { tellsAnother, type TerminalBooks, type WorldBooks } from '../world-books.ts'

export function checkConfirmed(terminal: TerminalBooks, data: CentreData, { findings }: WorldBooks): void {
  const { book, name, rows } = terminal
  if (rows === undefined || tellsAnother(terminal)) return
  const named = parkedIn(rows)
  const booked = new Set([...data.settlements, ...data.loads.filter((row) => textOf(row, 'state') === 'closed')].map((row) => textOf(row, 'setl_id')))
  const settled = [...book.settlings.values()].flatMap(({ confirmation, correctionConfirmation }) => [confirmation, correctionConfirmation])
  const loaded = [...book.loadings.values()].map(({ confirmation }) => confirmation)
  for (const confirmation of [...settled, ...loaded]) {
    if (confirmation === undefined || named.has(confirmation.fact.target)) continue
    const { setlId, id } = confirmation.fact
    findings.expect('setl-id', booked.has(setlId), () => `${name}: ${id} is confirmed as ${setlId}, which the centre does not know`)
  }
}
