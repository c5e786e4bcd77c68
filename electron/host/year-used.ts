/**
 * What the year of a person has used before a visit, which deductible, bands and caps go by. A ledger knows its own settlements, a centre
 * those of every institution. While the centre has told of the person it is its word, and what this till has settled since; without
 * one, for a till that is offline or has more to send than is looked through, what the ledger knows.
 */

import { ok, type Result } from '../../base/result.ts'
import type { Counters } from '../../settlement/calculation/counters.ts'
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
export function yearUsed({ ledger, told }: YearSources, key: CounterKey): Result<Counters, StoreFailure> {
  const used = told?.(key.personNo, key.insuranceType)?.used
  if (used === undefined) return ledger.counters(key)
  const since = movedSince(ledger, key, used.sequence)
  if (!since.ok) return since
  const sum = since.value && addCounters(used.years.get(key.policyYear) ?? {}, since.value)
  return sum?.ok === true && isYear(sum.value) ? ok(sum.value) : ledger.counters(key)
}

/** A centre that has less than this till has taken back since knows another past: it decides when it books. */
const isYear = (counters: Counters): boolean => Object.values(counters).every((amount) => amount >= 0)
