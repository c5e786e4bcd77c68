/**
 * What one ledger has used of a year behind one of its facts: what a centre does not have yet that has booked as far as that fact.
 *
 *   posted behind it, and not taken back          adds what the settlement has used, of record where the centre has said so
 *   confirmed, and taken back behind it           gives the same back
 *   posted and taken back behind it               nothing
 *   posted before it, and never confirmed         nothing: the centre refused it, or its answer is on the way and has it already
 *
 * An adjustment adds nothing: it repeats what the centre has.
 */

import { invariant } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import type { Counters } from '../calculation/counters.ts'
import type { CounterKey } from './fact.ts'
import { addCounters, negateCounters } from './journal.ts'
import type { LedgerReader, SettlementState } from './ledger.ts'
import type { StoreFailure } from './refusal.ts'

/** Facts that are looked through at most. A till that is in touch with its centre is a handful behind; 512 take 10 ms to read. */
const FACTS_MAX = 512

/** undefined: more lie behind that fact than are looked through. */
export function movedSince(ledger: LedgerReader, key: CounterKey, sequence: number): Result<Counters | undefined, StoreFailure> {
  const facts = ledger.log(sequence, FACTS_MAX + 1)
  if (!facts.ok) return facts
  if (facts.value.length > FACTS_MAX) return ok(undefined)
  // Of nearly all of them the hold lies behind that fact too, and says that it is somebody else's.
  const others = new Set(facts.value.flatMap(({ sequence: hold, fact }) => (fact.kind === 'hold' && !isOf(fact, key) ? [hold] : [])))
  const ids = new Set(
    facts.value.flatMap(({ fact }) => ((fact.kind === 'posting' || fact.kind === 'correction') && !others.has(fact.hold) ? [fact.settlementId] : []))
  )
  let moved: Counters = {}
  for (const id of ids) {
    const state = ledger.settlement(id)
    if (!state.ok) return refuse(state.error)
    if (state.value === undefined || !isOf(state.value.hold.fact, key)) continue
    const sum = addCounters(moved, movedBy(state.value, sequence))
    invariant(sum.ok, `settlements behind fact ${sequence} use more of a year than a year can have`)
    moved = sum.value
  }
  return ok(moved)
}

function movedBy({ posting, correction, confirmation, effective }: SettlementState, sequence: number): Counters {
  if (correction === undefined) return effective.counters
  return posting.sequence <= sequence && confirmation !== undefined ? negateCounters(effective.counters) : {}
}

const isOf = (terms: CounterKey, { personNo, insuranceType, policyYear }: CounterKey): boolean =>
  terms.personNo === personNo && terms.insuranceType === insuranceType && terms.policyYear === policyYear
