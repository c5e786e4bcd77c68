/**
 * A settlement that a terminal has taken back. Booked is the exact opposite of what the centre had booked, whatever the
 * terminal had stated: the pair sums to zero in every amount and every counter.
 */

import type { EntryConflict, EntryRefusal, Verdict } from '../../batch/batch.ts'
import type { Counters } from '../../calculation/counters.ts'
import type { FactOf } from '../../ledger/fact.ts'
import { negate } from '../../money/fen.ts'
import type { SettlementRow } from '../store/schema.ts'
import { isAhead } from '../../calendar/clock-tolerance.ts'
import { existsOrTaken } from './judge-posting.ts'
import type { Judging } from './judging.ts'
import { factKey } from './knowledge.ts'
import { setlIdOf } from './setl-id.ts'
import { reversalRow } from './settlement-row.ts'

export interface CorrectionEntry {
  readonly sequence: number
  readonly hash: string
  readonly correction: FactOf<'correction'>
  readonly hold: FactOf<'hold'> | undefined
}

export function judgeCorrection(judging: Judging, { sequence, hash, correction, hold }: CorrectionEntry): Verdict {
  const { correctionId, settlementId } = correction
  if (hold === undefined || hold.settlementId !== settlementId) {
    return refused({ kind: 'claim-malformed', field: 'hold', rule: 'must be the number of the hold of this settlement' })
  }
  const same = judging.settlement(correctionId)
  if (same !== undefined) return existsOrTaken(judging, same, hash, correctionId)
  if (isAhead(correction.correctedAt, judging.known.moment)) {
    return refused({ kind: 'time-ahead', time: correction.correctedAt, centreTime: judging.known.moment.time })
  }
  const { terminal, institution } = judging.known.terminal
  const booked = judging.settlement(settlementId)
  if (booked === undefined || booked.reverses !== null || booked.institution !== institution) {
    return refused({ kind: 'target-not-booked', settlementId })
  }
  const reversedBy = judging.reversedBy(booked)
  if (reversedBy !== undefined) return conflict({ kind: 'id-taken', id: reversedBy })
  const setlId = setlIdOf(terminal, sequence)
  const setlTime = judging.known.moment.time
  const row = reversalRow(booked, { setlId, terminal, sequence, correctionId, setlTime })
  judging.bookReversal(row, booked, negated(countersOf(judging, booked, hold)))
  return { kind: 'accepted', setlId, setlTime }
}

const refused = (refusal: EntryRefusal): Verdict => ({ kind: 'refused', refusal })
const conflict = (of: EntryConflict): Verdict => ({ kind: 'conflict', conflict: of })

/** What the booking had moved: of record where the posting's verdict says so, else what the hold states. */
function countersOf(judging: Judging, booked: SettlementRow, hold: FactOf<'hold'>): Counters {
  const inThisBatch = judging.bookedCounters(booked.setl_id)
  if (inThisBatch !== undefined) return inThisBatch
  const fact = booked.terminal === null || booked.sequence === null ? undefined : judging.known.facts.get(factKey(booked.terminal, booked.sequence))
  return movedBy(fact?.verdict, hold)
}

export function movedBy(told: Verdict | undefined, hold: FactOf<'hold'>): Counters {
  const verdict = told?.kind === 'exists' ? told.verdict : told
  return verdict?.kind === 'accepted' && verdict.ofRecord !== undefined ? verdict.ofRecord.counters : hold.counters
}

export const negated = (counters: Counters): Counters =>
  Object.fromEntries(Object.entries(counters).map(([name, amount]) => [name, negate(amount)]))
