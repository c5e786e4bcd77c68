import type { CompiledPolicy } from '../policy/compile-policy.ts'
import { COUNTER } from '../policy/policy-parts.ts'
import type { Claim } from './claim.ts'
import { FUNDS } from './settlement-result.ts'

const STANDARD_COUNTERS: ReadonlySet<string> = new Set<string>([...Object.values(COUNTER), ...FUNDS])

/** Accumulators of the claim that nobody reads: another policy's, or misspelt. Those that every place uses are known. */
export const unknownCounters = (compiled: CompiledPolicy, claim: Claim): string[] =>
  Object.keys(claim.accumulators).filter((counter) => !STANDARD_COUNTERS.has(counter) && !compiled.counters.has(counter))
