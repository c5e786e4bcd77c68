/**
 * The loads that a batch brings as done, or as never done: each is closed, or given up, by settlement/centre/load in this
 * batch's transaction.
 */

import { never } from '../../../base/invariant.ts'
import type { BatchEntry, Verdict } from '../../batch/batch.ts'
import type { FactOf } from '../../ledger/fact.ts'
import { closeLoad, type CloseLoadRefusal } from '../load/close-load.ts'
import { loadOfChain } from '../load/load-of-chain.ts'
import { voidWithin } from '../load/void-load.ts'
import type { CardAuthority, CentreMoment } from '../ports.ts'
import type { CentreTransaction } from '../store/centre-database.ts'
import { isAhead } from '../../calendar/clock-tolerance.ts'

export interface LoadsOfBatch {
  readonly terminal: string
  readonly moment: CentreMoment
  readonly postings: readonly LoadToClose[]
}

export interface LoadToClose {
  readonly sequence: number
  readonly posting: FactOf<'load-posting'>
  /** What the posting names; undefined when it is no load-hold. */
  readonly hold: FactOf<'load-hold'> | undefined
}

/** By sequence. */
export async function closeLoads(
  transaction: CentreTransaction,
  authority: CardAuthority,
  { terminal, moment, postings }: LoadsOfBatch
): Promise<Map<number, Verdict>> {
  const verdicts = new Map<number, Verdict>()
  for (const { sequence, posting, hold } of postings) {
    verdicts.set(sequence, await verdictOn(transaction, authority, { terminal, moment, posting, hold }))
  }
  return verdicts
}

async function verdictOn(
  transaction: CentreTransaction,
  authority: CardAuthority,
  { terminal, moment, posting, hold }: Omit<LoadToClose, 'sequence'> & Pick<LoadsOfBatch, 'terminal' | 'moment'>
): Promise<Verdict> {
  const { loadId, evidence, postedAt } = posting
  if (isAhead(postedAt, moment)) return { kind: 'refused', refusal: { kind: 'time-ahead', time: postedAt, centreTime: moment.time } }
  if (hold?.loadId !== loadId) return { kind: 'refused', refusal: { kind: 'load-not-signed', loadId } }
  // A load closes without its code only when the card's own log has told of it.
  if (evidence.tac === undefined && evidence.source !== 'transaction-log') return { kind: 'refused', refusal: { kind: 'tac-wrong' } }
  const closed = await closeLoad(transaction, authority, { terminal, hold, evidence })
  return closed.ok ? { kind: 'accepted', setlId: closed.value.setlId, setlTime: moment.time } : refusedBy(closed.error)
}

function refusedBy(refusal: CloseLoadRefusal): Verdict {
  switch (refusal.kind) {
    case 'load-not-signed':
      return { kind: 'refused', refusal: { kind: 'load-not-signed', loadId: refusal.loadId } }
    case 'tac-wrong':
      return { kind: 'refused', refusal: { kind: 'tac-wrong' } }
    default:
      return never(refusal)
  }
}

/**
 * The card has proved that it took nothing: the signature is given up. A load that nobody signed here, or that the card has
 * proved after all, stays as it is.
 */
export async function voidReleased(transaction: CentreTransaction, terminal: string, entries: readonly BatchEntry[]): Promise<void> {
  for (const { fact } of entries) {
    if (fact.kind === 'load-release') await voidWithin(transaction, { terminal, loadId: fact.loadId }, loadOfChain)
  }
}

/** Of the batch, each with the load-hold that it names: in the batch itself, or kept from an earlier one. */
export function loadPostings(entries: readonly BatchEntry[], earlier: ReadonlyMap<number, FactOf<'load-hold'>>): LoadToClose[] {
  const first = entries[0]?.sequence ?? 0
  return entries.flatMap(({ sequence, fact }) => {
    if (fact.kind !== 'load-posting') return []
    const named = fact.hold < sequence ? entries[fact.hold - first]?.fact : undefined
    const hold = named?.kind === 'load-hold' ? named : earlier.get(fact.hold)
    return [{ sequence, posting: fact, hold }]
  })
}
