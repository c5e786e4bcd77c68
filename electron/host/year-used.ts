/**
 * What the year of a person has used before a visit, which deductible, bands and caps go by. A ledger knows its own settlements, a centre
 * those of every institution. While the centre has told of the person it is its word, and what this till has settled since; without
 * one, for a till that is offline or has more to send than is looked through, what the ledger knows.
 */

import { ok, type Result } from '../../base/result.ts'
import type { Counters } from '../../settlement/calculation/counters.ts'
import { counterOf } from '../../settlement/calculation/year-counters.ts'
import type { CounterKey } from '../../settlement/ledger/fact.ts'
import { addCounters } from '../../settlement/ledger/journal.ts'
import type { LedgerReader } from '../../settlement/ledger/ledger.ts'
import { movedSince } from '../../settlement/ledger/moved-since.ts'
import type { StoreFailure } from '../../settlement/ledger/refusal.ts'
import type { Told } from './told-person.ts'

interface YearSources {
  readonly ledger: LedgerReader
  readonly told: Told | undefined
}

/** By counter, in fen; one at zero may be left out. */
export interface YearUsed {
  readonly counters: Counters
  /** What this till's own settlements have used of it. */
  readonly ofLedger: Counters
}

export function yearUsed({ ledger, told }: YearSources, key: CounterKey): Result<YearUsed, StoreFailure> {
  const own = ledger.counters(key)
  if (!own.ok) return own
  const used = told?.(key.personNo, key.insuranceType)?.used
  const since = used === undefined ? ok(undefined) : movedSince(ledger, key, used.sequence)
  if (!since.ok) return since
  const sum = since.value && addCounters(used?.years.get(key.policyYear) ?? {}, since.value)
  return ok({ counters: sum?.ok === true && isYear(sum.value) ? sum.value : own.value, ofLedger: own.value })
}

/** More than this till's own settlements come to. */
export const isUsedElsewhere = ({ counters, ofLedger }: YearUsed): boolean =>
  Object.keys(counters).some((name) => counterOf(counters, name) > counterOf(ofLedger, name))

/** A centre that has less than this till has taken back since knows another past: it decides when it books. */
const isYear = (counters: Counters): boolean => Object.values(counters).every((amount) => amount >= 0)
