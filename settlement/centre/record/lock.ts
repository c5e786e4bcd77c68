/**
 * The rows that a transaction takes for itself before it reads what it will write. On SQLite the transaction holds the whole
 * file already. The order is the same for everybody - the terminal first, then the people by number - so nobody waits in
 * a circle.
 */

import { dialectOf, type CentreTransaction } from '../store/centre-database.ts'
import { anyOf } from '../store/any-of.ts'
import type { InstitutionRow, TerminalRow } from '../store/schema.ts'

/** The terminal as it stands now; whoever else wants it waits until this transaction has ended. */
export async function lockTerminal(transaction: CentreTransaction, terminal: string): Promise<TerminalRow | undefined> {
  const row = transaction.selectFrom('terminal').selectAll().where('terminal', '=', terminal)
  return (dialectOf(transaction) === 'postgres' ? row.forUpdate() : row).executeTakeFirst()
}

/** Terminals of one institution are numbered one after the other. */
export async function lockInstitution(transaction: CentreTransaction, code: string): Promise<InstitutionRow | undefined> {
  const row = transaction.selectFrom('institution').selectAll().where('fixmedins_code', '=', code)
  return (dialectOf(transaction) === 'postgres' ? row.forUpdate() : row).executeTakeFirst()
}

/** Everything of a person - insurances, accumulators, cards - is read and written under this lock. */
export async function lockPeople(transaction: CentreTransaction, psnNos: readonly string[]): Promise<void> {
  if (psnNos.length === 0 || dialectOf(transaction) === 'sqlite') return
  await transaction.selectFrom('person').select('psn_no').where(anyOf(transaction, 'person.psn_no', psnNos)).orderBy('psn_no').forUpdate().execute()
}
