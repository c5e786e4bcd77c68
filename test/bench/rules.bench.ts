/**
 * Targets 13 and 14: one outpatient settlement from policy data, with its breakdown and all its steps, beside zen-engine
 * with the same computation as a decision model and beside the same rules written by hand. Before anything is timed, the
 * three give the same fen on 256 bills.
 */

import { invariant } from '../../base/invariant.ts'
import { calculate } from '../../settlement/calculation/calculate.ts'
import type { Claim } from '../../settlement/calculation/claim.ts'
import type { CompiledPolicy } from '../../settlement/policy/compile-policy.ts'
import { median, type Benchmark, type Figure } from './figure.ts'
import { perSecond, perSecondInFlight, rateText } from './rate.ts'
import { claimOf, compiledTaian, plainBill, type Outcome, type PlainBill } from './rules/bills.ts'
import { settleByHand } from './rules/by-hand.ts'
import { zenSettlement } from './rules/zen.ts'

const BILLS = 256
const ROUNDS = 7
const ROUND_MS = 120
const PEER_MS = 400

export const rulesBenchmark: Benchmark = async () => {
  const policy = compiledTaian()
  const bills = Array.from({ length: BILLS }, (_, index) => plainBill(index, 20))
  const claims = bills.map(claimOf)
  const longClaims = Array.from({ length: 32 }, (_, index) => claimOf(plainBill(index, 500)))
  const zen = zenSettlement()
  await assertSameFen(policy, bills, claims, zen.settle)

  const ours: number[] = []
  const byHand: number[] = []
  const long: number[] = []
  // Warm before the first round, then in turn, so that what the machine does besides falls on all alike.
  for (let round = -2; round < ROUNDS; round += 1) {
    const rates = [
      perSecond(claims, ROUND_MS, (claim) => settle(policy, claim)),
      perSecond(bills, ROUND_MS, settleByHand),
      perSecond(longClaims, ROUND_MS, (claim) => settle(policy, claim))
    ] as const
    if (round < 0) continue
    ours.push(rates[0])
    byHand.push(rates[1])
    long.push(rates[2])
  }
  const zenAlone = await perSecondInFlight(bills, { inFlight: 1, ms: PEER_MS }, zen.settle)
  const zenSixteen = await perSecondInFlight(bills, { inFlight: 16, ms: PEER_MS }, zen.settle)
  zen.dispose()
  return figures({ ours: median(ours), byHand: median(byHand), long: median(long), zenAlone, zenSixteen })
}

function settle(policy: CompiledPolicy, claim: Claim): Outcome {
  const result = calculate(policy, claim)
  invariant(result.ok, 'a bill of the benchmark is refused')
  const { amounts } = result.value
  return { fund: amounts.fundPaid, account: amounts.account, cash: amounts.cash }
}

async function assertSameFen(
  policy: CompiledPolicy,
  bills: readonly PlainBill[],
  claims: readonly Claim[],
  zen: (bill: PlainBill) => Promise<Outcome>
): Promise<void> {
  for (const [index, bill] of bills.entries()) {
    const hand = settleByHand(bill)
    const claim = claims[index]
    invariant(claim !== undefined, 'a bill without a claim')
    for (const outcome of [settle(policy, claim), await zen(bill)]) {
      const isSame = outcome.fund === hand.fund && outcome.account === hand.account && outcome.cash === hand.cash
      invariant(isSame, `bill ${index}: ${JSON.stringify(outcome)} against ${hand.fund}, ${hand.account}, ${hand.cash}`)
    }
  }
}

interface Rates {
  readonly ours: number
  readonly byHand: number
  readonly long: number
  readonly zenAlone: number
  readonly zenSixteen: number
}

function figures({ ours, byHand, long, zenAlone, zenSixteen }: Rates): Figure[] {
  const atLeast = (target: string, peer: string, peerRate: number, bound: number): Figure => ({
    target,
    ours: rateText(ours),
    against: `${peer} ${rateText(peerRate)}`,
    ratio: ours / peerRate,
    bound: `at least ${bound}`,
    met: ours / peerRate >= bound
  })
  const longMs = 1000 / long
  const growth = ours / long
  return [
    atLeast('13 20 lines from policy data, all steps', 'zen-engine, 1 in flight', zenAlone, 50),
    atLeast('13 20 lines from policy data, all steps', 'zen-engine, 16 in flight', zenSixteen, 50),
    atLeast('13 20 lines from policy data, all steps', 'by hand, with breakdown', byHand, 0.15),
    {
      target: '14 500 lines',
      ours: `${(longMs * 1000).toFixed(1)} us`,
      against: `20 lines ${(1e6 / ours).toFixed(2)} us`,
      ratio: growth,
      bound: 'at most 30',
      met: growth <= 30
    },
    {
      target: '14 500 lines',
      ours: `${longMs.toFixed(4)} ms`,
      against: 'a keystroke',
      ratio: longMs,
      bound: 'under 0.2 ms',
      met: longMs < 0.2
    }
  ]
}
