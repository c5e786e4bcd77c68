/** Which funds are closed to a claim as a whole, and why: the person's status, a reason that eligibility gave, no prescription. */

import type { Fen } from '../money/fen.ts'
import { closeFunds } from '../policy/close-funds.ts'
import type { CompiledPolicy } from '../policy/compile-policy.ts'
import type { Claim } from './claim.ts'
import type { Step } from './step.ts'

export type Closed = 'not-entitled' | 'fund-closed' | 'no-prescription'

export const fundsClosed = ({ insuranceStatus, fundClosed }: Claim): 'not-entitled' | 'fund-closed' | undefined => {
  if (insuranceStatus !== '1') return 'not-entitled'
  return fundClosed === undefined ? undefined : 'fund-closed'
}

/** Why no fund pays at all: the person has no entitlement, or buys without the prescription that pooling asks for. */
export function closedBecause({ poolingNeedsPrescription }: CompiledPolicy, claim: Claim): Closed | undefined {
  const closed = fundsClosed(claim)
  if (closed !== undefined || !poolingNeedsPrescription || claim.facts.kind !== 'pharmacy') return closed
  return claim.prescription === undefined && claim.prescriber === undefined ? 'no-prescription' : undefined
}

/** Without funds, or without those of which the centre said no. */
export function rulesFor(compiled: CompiledPolicy, { closedFunds }: Claim, closed: Closed | undefined): CompiledPolicy {
  if (closed !== undefined) return compiled.withoutFunds
  return closedFunds.length === 0 ? compiled : closeFunds(compiled, new Set(closedFunds))
}

export function closedStep({ insuranceStatus, fundClosed }: Claim, closed: Closed, inScope: Fen): Step {
  if (closed === 'not-entitled') return { kind: closed, status: insuranceStatus, inScope }
  return closed === 'fund-closed' ? { kind: closed, reason: fundClosed ?? '', inScope } : { kind: closed, inScope }
}
