/** What every rule of writing ends with: the fact takes its place in the chain, and what it does goes with it. */

import { refuse, type Result } from '../../base/result.ts'
import type { Counters } from '../calculation/counters.ts'
import { extend } from './chain.ts'
import type { Fact, FactOf, Terms } from './fact.ts'
import { encodeFact } from './fact-encoding.ts'
import { sameBytes } from './find-facts.ts'
import { addCounters } from './journal.ts'
import type { Recorded } from './ledger.ts'
import type { Effects, WritableStore } from './ledger-store.ts'
import type { CounterOutOfRange, StoreFailure } from './refusal.ts'

export function append<Kind extends Fact['kind']>(store: WritableStore, fact: FactOf<Kind>, effects: Effects): Recorded<Kind> {
  const content = encodeFact(fact)
  const { sequence, hash } = extend(store.head(), content)
  store.append({ sequence, hash, content, fact }, effects)
  return { sequence, hash, fact }
}

/** Where the person's counters of the year stand when these are added. */
export function countersAfter(store: WritableStore, terms: Terms, added: Counters): Result<Counters, CounterOutOfRange> {
  const sums = addCounters(store.counters(terms), added)
  if (sums.ok) return sums
  const { personNo, insuranceType, policyYear } = terms
  return refuse({ kind: 'counter-out-of-range', key: { personNo, insuranceType, policyYear }, counter: sums.error })
}

export const sameContent = (left: Fact, right: Fact): boolean => sameBytes(encodeFact(left), encodeFact(right))

/** Of two proofs what one of them lacks is not compared: a log proves without any code. */
export const agree = <Value>(one: Value | undefined, other: Value | undefined): boolean =>
  one === undefined || other === undefined || one === other

export const flatten = <Value, Refusal>(
  outcome: Result<Result<Value, Refusal>, StoreFailure>
): Result<Value, Refusal | StoreFailure> => (outcome.ok ? outcome.value : outcome)
