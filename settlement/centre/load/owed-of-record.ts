/**
 * What a settlement owes the card that paid it, of record: what the card debited, by the hold in the centre's own copy of the
 * terminal's chain, less what the centre has booked for the account, less the loads that are signed or closed. The
 * terminal's ledger has the same rule (settlement/ledger/effective.ts).
 */

import { invariant } from '../../../base/invariant.ts'
import type { Fact, FactOf } from '../../ledger/fact.ts'
import { fen, greatest, least, subtract, sum, ZERO, type Fen } from '../../money/fen.ts'
import { ChainCopy } from '../record/chain-copy.ts'
import type { CentreQueries } from '../store/centre-database.ts'
import type { SettlementRow } from '../store/schema.ts'
import { readPurpose } from './load-request.ts'

/** undefined when nothing is booked under that number. */
export function bookedSettlement(db: CentreQueries, settlementId: string): Promise<SettlementRow | undefined> {
  return db
    .selectFrom('settlement')
    .selectAll()
    .where('medins_setl_id', '=', settlementId)
    .where('source', '=', 'terminal')
    .where('reverses', 'is', null)
    .executeTakeFirst()
}

/** `besides`: a load that is about to be signed anew does not count against itself. */
export async function owedOfRecord(db: CentreQueries, settlement: SettlementRow, besides: string): Promise<Fen> {
  const debited = (await holdOf(db, settlement)).intent.amounts.account
  const kept = settlement.reversed_by === null ? least(debited, fen(settlement.account - settlement.mutual_aid)) : ZERO
  const loaded = await loadedFor(db, settlement, besides)
  return greatest(ZERO, subtract(subtract(debited, kept), loaded))
}

async function loadedFor(db: CentreQueries, { card_ref, medins_setl_id }: SettlementRow, besides: string): Promise<Fen> {
  const loads = await db
    .selectFrom('card')
    .innerJoin('load', 'load.card_id', 'card.card_id')
    .select(['load_id', 'purpose', 'amount'])
    .where('card_ref', '=', card_ref)
    .where('state', '!=', 'void')
    .execute()
  const ours = loads.filter(({ load_id, purpose }) => load_id !== besides && isFor(purpose, medins_setl_id))
  return sum(ours.map(({ amount }) => fen(amount)))
}

function isFor(text: string, settlementId: string): boolean {
  const purpose = readPurpose(text)
  return purpose.kind === 'refund' && purpose.settlementId === settlementId
}

/** The row names its posting, or the hold itself; a posting names its hold. */
async function holdOf(db: CentreQueries, { terminal, sequence, setl_id }: SettlementRow): Promise<FactOf<'hold'>> {
  invariant(terminal !== null && sequence !== null, `settlement ${setl_id} is no terminal's`)
  const copy = new ChainCopy(db)
  const fact = await factOf(copy, terminal, sequence)
  if (fact.kind === 'hold') return fact
  invariant(fact.kind === 'posting', `settlement ${setl_id} was booked for a ${fact.kind}`)
  const hold = await factOf(copy, terminal, fact.hold)
  invariant(hold.kind === 'hold', `the posting of ${setl_id} names a ${hold.kind}`)
  return hold
}

async function factOf(copy: ChainCopy, terminal: string, sequence: number): Promise<Fact> {
  const kept = await copy.fact(terminal, sequence)
  invariant(kept !== undefined, `fact ${sequence} of ${terminal} is not kept`)
  return kept.fact
}
