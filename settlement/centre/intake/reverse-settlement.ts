/**
 * A settlement that its terminal takes back by its number alone: the centre has booked it, the terminal has no fact of it that
 * it could correct, and somebody at the counter knows that the patient left without goods.
 *
 *   lock the terminal -> find the settlement -> lock the person -> look again -> the opposite row, counters back, why
 *
 * Booked is what a correction from the terminal would book. As there the card's balance of record does not move: the purse
 * was debited, and what it is owed goes back by a load. A repeat is answered as the first time.
 */

import { invariant } from '../../../base/invariant.ts'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { Counters } from '../../calculation/counters.ts'
import type { CentrePorts } from '../ports.ts'
import { ChainCopy } from '../record/chain-copy.ts'
import { lockPeople, lockTerminal } from '../record/lock.ts'
import type { CentreTransaction } from '../store/centre-database.ts'
import { insertRows } from '../store/insert-rows.ts'
import type { ReversalRow, SettlementRow } from '../store/schema.ts'
import { writeOnce } from './clash.ts'
import { movedBy, negated } from './judge-correction.ts'
import { keptVerdict } from './kept-verdict.ts'
import { reversalRow } from './settlement-row.ts'
import { noStep } from './steps.ts'
import { writeBookings } from './write-bookings.ts'

export interface ReversalAsk {
  /** Whose signature the request bore. */
  readonly terminal: string
  /** medins_setl_id of what is taken back. */
  readonly settlementId: string
  readonly reason: string
}

/** The row that takes it back. */
export interface Reversed {
  readonly setlId: string
  readonly setlTime: string
}

/** In the order in which they are looked for. Nothing has been written when one is given. */
export type ReversalRefusal =
  /** Enrolled no more. */
  | { readonly kind: 'terminal-unknown'; readonly terminal: string }
  /** No settlement of this number; a refund is none. */
  | { readonly kind: 'settlement-unknown'; readonly settlementId: string }
  /** Booked from another terminal, or through the national interface: that is taken back there. */
  | { readonly kind: 'settlement-of-another'; readonly settlementId: string }
  /** By a correction that the terminal has sent. */
  | { readonly kind: 'already-reversed'; readonly settlementId: string; readonly setlId: string }
  /** Something else is booked under the number that the centre would give. */
  | { readonly kind: 'id-taken'; readonly id: string }

/** setl_id, and medins_setl_id too: no terminal has made a number for it. At most 30 characters, and unlike any fact's. */
export const reversalIdOf = (setlId: string): string => `${setlId}R`

export function reverseSettlement({ database, clock }: Pick<CentrePorts, 'database' | 'clock'>, ask: ReversalAsk): Promise<Result<Reversed, ReversalRefusal>> {
  const setlTime = clock().time
  return writeOnce(database, (transaction) => reverseWithin(transaction, ask, setlTime))
}

async function reverseWithin(transaction: CentreTransaction, ask: ReversalAsk, setlTime: string): Promise<Result<Reversed, ReversalRefusal>> {
  const { terminal, settlementId, reason } = ask
  if ((await lockTerminal(transaction, terminal)) === undefined) return refuse({ kind: 'terminal-unknown', terminal })
  const found = await settlementOf(transaction, settlementId)
  if (found === undefined || found.reverses !== null) return refuse({ kind: 'settlement-unknown', settlementId })
  if (found.source !== 'terminal' || found.terminal !== terminal) return refuse({ kind: 'settlement-of-another', settlementId })
  await lockPeople(transaction, [found.psn_no])
  // Another window of the institution may have corrected it meanwhile.
  const booked = (await settlementOf(transaction, settlementId)) ?? found
  if (booked.reversed_by !== null) return reversedBefore(transaction, booked, booked.reversed_by)
  const setlId = reversalIdOf(booked.setl_id)
  if ((await settlementOf(transaction, setlId)) !== undefined) return refuse({ kind: 'id-taken', id: setlId })
  await book(transaction, booked, { setl_id: setlId, reverses: booked.setl_id, terminal, reason, reversed_at: setlTime })
  return ok({ setlId, setlTime })
}

const settlementOf = (transaction: CentreTransaction, id: string): Promise<SettlementRow | undefined> =>
  transaction.selectFrom('settlement').selectAll().where('medins_setl_id', '=', id).executeTakeFirst()

/** By a request like this one, whose answer may have been lost; or by a fact, which the terminal knows of. */
async function reversedBefore(transaction: CentreTransaction, { medins_setl_id }: SettlementRow, by: string): Promise<Result<Reversed, ReversalRefusal>> {
  const known = await transaction.selectFrom('reversal').selectAll().where('setl_id', '=', by).executeTakeFirst()
  return known === undefined
    ? refuse({ kind: 'already-reversed', settlementId: medins_setl_id, setlId: by })
    : ok({ setlId: known.setl_id, setlTime: known.reversed_at })
}

async function book(transaction: CentreTransaction, booked: SettlementRow, reversal: ReversalRow): Promise<void> {
  const { setl_id: setlId, terminal, reversed_at: setlTime } = reversal
  const { sequence, psn_no, insutype, year } = booked
  invariant(sequence !== null, `settlement ${booked.setl_id} of ${terminal} is no fact's`)
  const back = negated(await countersMoved(transaction, terminal, sequence))
  // It is no fact's: the row stands with the posting that it takes back.
  const row = reversalRow(booked, { setlId, terminal, sequence, correctionId: setlId, setlTime })
  await writeBookings(
    transaction,
    {
      settlements: [row],
      packs: [],
      years: [{ psn_no, insutype, year, moved: back, before: undefined }],
      balances: new Map(),
      reversals: [{ setlId: booked.setl_id, by: setlId }],
      takenOver: { setlIds: [], by: terminal }
    },
    noStep
  )
  await insertRows(transaction, 'reversal', [reversal])
}

/** What the booking had moved: of record where the posting's verdict says so, else what its hold states. */
async function countersMoved(transaction: CentreTransaction, terminal: string, sequence: number): Promise<Counters> {
  const copy = new ChainCopy(transaction)
  const posting = await copy.fact(terminal, sequence)
  invariant(posting?.fact.kind === 'posting', `fact ${sequence} of ${terminal} was booked and is a ${posting?.fact.kind}`)
  const hold = await copy.fact(terminal, posting.fact.hold)
  invariant(hold?.fact.kind === 'hold', `the posting ${sequence} of ${terminal} names a ${hold?.fact.kind}`)
  return movedBy(await keptVerdict(transaction, terminal, posting), hold.fact)
}
