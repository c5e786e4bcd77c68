/** A sale at a pharmacy that takes part in pooling: whose rows it sees. Deductible, limits and counters are everybody's. */

import { never } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import type { CompiledPolicy } from '../policy/compile-policy.ts'
import { withKey, type Facts } from '../policy/facts.ts'
import type { Claim } from './claim.ts'
import { fundsClosed } from './closed-funds.ts'
import type { CalculationRefusal } from './refusal.ts'
import type { Step } from './step.ts'

/** As a basic-level institution: rows of community centres stand before those of level 1, and both hold. */
const BASIC_LEVEL = { level: 1, kind: 'community' } as const

/** The facts that rows are matched with: at a pharmacy level and kind may be another institution's. */
export const rowFacts = (compiled: CompiledPolicy, claim: Claim): Result<Facts, CalculationRefusal> =>
  claim.facts.kind === 'pharmacy' ? pharmacyFacts(compiled, claim) : ok(claim.facts)

function pharmacyFacts({ pharmacyRatio }: CompiledPolicy, claim: Claim): Result<Facts, CalculationRefusal> {
  const { facts, prescriber, prescription } = claim
  switch (pharmacyRatio) {
    case 'own':
      return ok(facts)
    case 'basic-level':
      return ok(withKey({ ...facts, ...BASIC_LEVEL }))
    case 'prescriber':
      if (prescriber !== undefined) return ok(withKey({ ...facts, ...prescriber }))
      // With a prescription and no word of who wrote it the ratio is unknown; without one no fund asks for it.
      if (prescription === undefined || fundsClosed(claim)) return ok(facts)
      return refuse({ kind: 'fact-missing', parameter: 'pharmacy_ratio', field: 'prescriber' })
    default:
      return never(pharmacyRatio)
  }
}

/** Where the policy says so itself; those that only follow the prescriber never had a word about it. */
export function notePharmacy({ policy, pharmacyRatio: follows }: CompiledPolicy, { prescriber }: Claim, steps: Step[]): void {
  if (policy.pharmacy_ratio === undefined || follows === 'own') return
  const { source, certainty } = policy.pharmacy_source ?? NOT_STATED
  const level = follows === 'basic-level' ? BASIC_LEVEL.level : (prescriber?.level ?? 0)
  steps.push({ kind: 'pharmacy-ratio', follows, level, row: { parameter: 'pharmacy_ratio', source, certainty } })
}

const NOT_STATED = { source: 'not stated', certainty: 'not stated' }
