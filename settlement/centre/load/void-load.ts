/**
 * A load that a terminal has proved not to have happened: the signature is given up, what it was for is owed again. Should
 * the card prove it after all, `closeLoad` believes the card.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { CentrePorts } from '../ports.ts'
import type { CentreTransaction } from '../store/centre-database.ts'
import type { LoadRow } from '../store/schema.ts'
import { lockCard } from './load-card.ts'
import type { VoidRefusal } from './load-refusal.ts'
import { readPurpose } from './load-request.ts'

export interface LoadOfTerminal {
  readonly terminal: string
  readonly loadId: string
}

/** A load that is void already is voided once more without a word. */
export const voidLoad = ({ database }: Pick<CentrePorts, 'database'>, load: LoadOfTerminal): Promise<Result<null, VoidRefusal>> =>
  database.write((transaction) => voidWithin(transaction, load, ownLoad))

type FindLoad = (transaction: CentreTransaction, load: LoadOfTerminal) => Promise<LoadRow | undefined>

const ownLoad: FindLoad = (transaction, { terminal, loadId }) =>
  transaction.selectFrom('load').selectAll().where('load_id', '=', loadId).where('terminal', '=', terminal).executeTakeFirst()

/** For intake too, which meets the release of a load in the terminal's chain. */
export async function voidWithin(transaction: CentreTransaction, asked: LoadOfTerminal, find: FindLoad): Promise<Result<null, VoidRefusal>> {
  const { terminal, loadId } = asked
  const row = () => find(transaction, asked)
  const found = await row()
  if (found === undefined) return refuse({ kind: 'load-unknown' })
  await lockCard(transaction, terminal, found.card_id)
  // Whoever waited for the lock reads again what has become of the load.
  const load = (await row()) ?? found
  if (load.state === 'closed') return refuse({ kind: 'load-ended', state: load.state })
  if (load.state === 'void') return ok(null)
  await transaction.updateTable('load').set({ state: 'void' }).where('load_id', '=', loadId).execute()
  const purpose = readPurpose(load.purpose)
  if (purpose.kind === 'credit') {
    await transaction.updateTable('credit').set({ state: 'waiting' }).where('credit_id', '=', purpose.creditId).execute()
  }
  return ok(null)
}
