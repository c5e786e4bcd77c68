/**
 * What is open at this terminal at the moment of a close, whenever it began: a hold of last week that is still in doubt is as
 * open today as one of this morning.
 */

import { never } from '../../base/invariant.ts'
import { ok, type Result } from '../../base/result.ts'
import type { Hold, LoadHold } from '../ledger/fact.ts'
import type { Confirmable, LedgerReader, Recorded, SettlementState } from '../ledger/ledger.ts'
import type { StoreFailure } from '../ledger/refusal.ts'
import { ZERO, type Fen } from '../money/fen.ts'
import type { ParkedEntries, ParkedEntry } from './ports.ts'

/** Entry that no centre has confirmed and none has refused. */
export interface Unsynced {
  readonly sequence: number
  readonly what: 'settlement' | 'refund' | 'load'
  /** The settlement's number, or the load's. */
  readonly id: string
  /** 14 digits. */
  readonly since: string
}

export interface Owed {
  readonly settlementId: string
  readonly amount: Fen
  /** Of the refund or of the adjustment, 14 digits. */
  readonly since: string
}

export interface Standing {
  readonly unsynced: readonly Unsynced[]
  readonly parked: readonly ParkedEntry[]
  readonly inDoubt: readonly Hold[]
  readonly loadsInDoubt: readonly LoadHold[]
  readonly owed: readonly Owed[]
  /** Refused by the centre and taken back here: numbers of facts of which nothing is left to confirm. */
  readonly reversed: readonly number[]
}

/** Entries read at a time. */
const PAGE = 500

export function readStanding(ledger: LedgerReader, parked: ParkedEntries): Result<Standing, StoreFailure> {
  const waiting = parked.waiting()
  if (!waiting.ok) return waiting
  const awaiting = readAwaiting(ledger)
  if (!awaiting.ok) return awaiting
  const refused = new Set(waiting.value.map(({ sequence }) => sequence))
  const reversed = awaiting.value.map(({ sequence }) => sequence).filter((sequence) => parked.isReversed(sequence))
  const settled = new Set([...refused, ...reversed])
  const holds = ledger.openHolds()
  if (!holds.ok) return holds
  const loads = ledger.openLoads()
  if (!loads.ok) return loads
  const owing = ledger.owing()
  if (!owing.ok) return owing
  return ok({
    unsynced: awaiting.value.filter(({ sequence }) => !settled.has(sequence)).map(unsyncedOf),
    parked: waiting.value,
    inDoubt: holds.value.map(({ fact }) => fact),
    loadsInDoubt: loads.value.map(({ hold }) => hold.fact),
    owed: owing.value
      .map(owedOf)
      .filter(({ amount }) => amount > ZERO),
    reversed
  })
}

const owedOf = ({ hold, posting, correction, confirmation, owed }: SettlementState): Owed => ({
  settlementId: hold.fact.settlementId,
  amount: owed.owed,
  since: correction?.fact.correctedAt ?? confirmation?.fact.confirmedAt ?? posting.fact.postedAt
})

/** Postings, corrections and loads that no centre has confirmed, oldest first. */
export function readAwaiting(ledger: LedgerReader): Result<readonly Recorded<Confirmable>[], StoreFailure> {
  const awaiting: Recorded<Confirmable>[] = []
  for (let after = 0; ; ) {
    const page = ledger.awaiting(PAGE, after)
    if (!page.ok) return page
    awaiting.push(...page.value)
    const last = page.value.at(-1)
    if (last === undefined || page.value.length < PAGE) return ok(awaiting)
    after = last.sequence
  }
}

function unsyncedOf({ sequence, fact }: Recorded<Confirmable>): Unsynced {
  switch (fact.kind) {
    case 'posting':
      return { sequence, what: 'settlement', id: fact.settlementId, since: fact.postedAt }
    case 'correction':
      return { sequence, what: 'refund', id: fact.settlementId, since: fact.correctedAt }
    case 'load-posting':
      return { sequence, what: 'load', id: fact.loadId, since: fact.postedAt }
    default:
      return never(fact)
  }
}
