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

export interface Parked extends ParkedEntry {
  /** What the settlement comes to, taken or given back, or the load; undefined when it is about neither. */
  readonly amount: Fen | undefined
}

export interface Owed {
  readonly settlementId: string
  readonly amount: Fen
  /** Of the refund or of the adjustment, 14 digits. */
  readonly since: string
}

export interface Standing {
  readonly unsynced: readonly Unsynced[]
  readonly parked: readonly Parked[]
  readonly inDoubt: readonly Hold[]
  readonly loadsInDoubt: readonly LoadHold[]
  readonly owed: readonly Owed[]
  /** Refused by the centre and taken back here: numbers of facts of which nothing is left to confirm. */
  readonly reversed: readonly number[]
}

/** Entries read at a time. */
const PAGE = 500

export function readStanding(ledger: LedgerReader, parked: ParkedEntries): Result<Standing, StoreFailure> {
  const waiting = readParked(ledger, parked)
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

function readParked(ledger: LedgerReader, parked: ParkedEntries): Result<readonly Parked[], StoreFailure> {
  const waiting = parked.waiting()
  if (!waiting.ok) return waiting
  const entries: Parked[] = []
  for (const entry of waiting.value) {
    const amount = amountOf(ledger, entry.id)
    if (!amount.ok) return amount
    entries.push({ ...entry, amount: amount.value })
  }
  return ok(entries)
}

/** `id`: of a settlement, or of a load. */
function amountOf(ledger: LedgerReader, id: string): Result<Fen | undefined, StoreFailure> {
  const settlement = ledger.settlement(id)
  if (!settlement.ok) return settlement
  if (settlement.value !== undefined) return ok(settlement.value.hold.fact.amounts.total)
  const load = ledger.load(id)
  return load.ok ? ok(load.value?.hold.fact.intent.amount) : load
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
