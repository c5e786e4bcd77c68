import { ok } from '../../../base/result.ts'
import { calculate } from '../../../settlement/calculation/calculate.ts'
import { unknownCounters } from '../../../settlement/calculation/unknown-counters.ts'
import { compilePolicy } from '../../../settlement/policy/compile-policy.ts'
import { parsePolicy } from '../../../settlement/policy/parse-policy.ts'
import { calculationToWire } from '../../../settlement/wire/calculation-to-wire.ts'
import { describeRefusal } from '../../../settlement/wire/describe-refusal.ts'
import { parseClaim } from '../../../settlement/wire/parse-claim.ts'
import { required, type Command } from '../command.ts'
import { readDocument } from '../document.ts'
import { badInput, refused } from '../failure.ts'
import { calculationText } from '../print/calculation-text.ts'

const SYNOPSIS = '--policy FILE --claim FILE'

/** Pure: no card, no ledger, no clock. The same two files give the same fen everywhere. */
export const calculateCommand: Command = {
  name: 'calculate',
  synopsis: SYNOPSIS,
  summary: 'who pays what of a claim under a policy, and why (试算)',
  options: { policy: { type: 'string' }, claim: { type: 'string' } },
  positionals: [],
  run: (input) => {
    const policyPath = required(input, 'policy', `calculate ${SYNOPSIS}`)
    if (!policyPath.ok) return policyPath
    const claimPath = required(input, 'claim', `calculate ${SYNOPSIS}`)
    if (!claimPath.ok) return claimPath
    const policy = readDocument(policyPath.value, 'policy', parsePolicy)
    if (!policy.ok) return policy
    const claim = readDocument(claimPath.value, 'claim', parseClaim)
    if (!claim.ok) return claim
    const compiled = compilePolicy(policy.value)
    const [unknown] = unknownCounters(compiled, claim.value)
    // In a file written by hand a counter nobody reads is a slip, and would charge a deductible twice.
    if (unknown !== undefined) {
      const known = [...compiled.counters].toSorted().join(', ')
      return badInput('unknown-accumulator', `claim ${claimPath.value}: accumulators.${unknown}: unknown to the policy; it reads: ${known}`)
    }
    const calculation = calculate(compiled, claim.value)
    if (!calculation.ok) {
      const { en, zh } = describeRefusal(calculation.error)
      return refused(calculation.error.kind, `${en} (${zh})`, { refusal: calculation.error })
    }
    return ok({ text: calculationText(calculation.value).join('\n'), json: calculationToWire(calculation.value) })
  }
}
