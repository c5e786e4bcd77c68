/**
 * A pharmacy bill, eligibility and calculation, beside json-rules-engine and zen-engine giving the same verdicts. Before
 * anything is timed the three agree, line by line, on 128 sales of every kind of reason. The peers are helped: what needs
 * another line or an earlier supply is counted for them beforehand, and neither of them computes who pays what.
 */

import { invariant } from '../../base/invariant.ts'
import { calculate } from '../../settlement/calculation/calculate.ts'
import { judge } from '../../settlement/eligibility/judge.ts'
import type { Question } from '../../settlement/eligibility/question.ts'
import { compiledBenchmark, draftOf, judgedClaim, kindsOf, questionOf, type Draft } from './eligibility/ours.ts'
import { jsonRulesVerdicts } from './eligibility/json-rules.ts'
import { KINDS, plainSale, type PlainSale } from './eligibility/sales.ts'
import { zenVerdicts } from './eligibility/zen-verdicts.ts'
import { median, type Benchmark, type Figure } from './figure.ts'
import { perSecond, perSecondInFlight, rateText } from './rate.ts'
import { compiledTaian } from './rules/bills.ts'

const SALES = 128
const ROUNDS = 7
const ROUND_MS = 150
const PEER_MS = 500

interface Asked {
  readonly question: Question
  readonly draft: Draft
}

export const eligibilityBenchmark: Benchmark = async () => {
  const rules = compiledBenchmark()
  const policy = compiledTaian()
  const sales = Array.from({ length: SALES }, (_, index) => plainSale(index, 20))
  const jsonRules = jsonRulesVerdicts()
  const zen = zenVerdicts()
  await assertSameVerdicts(sales, (sale) => kindsOf(judge(rules, questionOf(sale))), [jsonRules, zen.judge])

  const serve = ({ question, draft }: Asked): unknown => {
    const { items } = judge(rules, question)
    const result = calculate(policy, judgedClaim(draft, question.items, items))
    invariant(result.ok, 'a sale of the benchmark is refused')
    return result.value.amounts.fundPaid + items.length
  }
  const short = sales.map(askedOf)
  const long = Array.from({ length: 32 }, (_, index) => askedOf(plainSale(index, 500)))
  const rates: { ours: number; long: number }[] = []
  for (let round = -2; round < ROUNDS; round += 1) {
    const measured = { ours: perSecond(short, ROUND_MS, serve), long: perSecond(long, ROUND_MS, serve) }
    if (round >= 0) rates.push(measured)
  }
  const peers = {
    jsonRules: await perSecondInFlight(sales, { inFlight: 1, ms: PEER_MS }, jsonRules),
    zen: await perSecondInFlight(sales, { inFlight: 1, ms: PEER_MS }, zen.judge),
    zenSixteen: await perSecondInFlight(sales, { inFlight: 16, ms: PEER_MS }, zen.judge)
  }
  zen.dispose()
  return figures({ ours: median(rates.map(({ ours }) => ours)), long: median(rates.map((rate) => rate.long)), ...peers })
}

const askedOf = (sale: PlainSale): Asked => ({ question: questionOf(sale), draft: draftOf(sale) })

type Verdicts = readonly (readonly string[])[]

async function assertSameVerdicts(
  sales: readonly PlainSale[],
  ours: (sale: PlainSale) => Verdicts,
  peers: readonly ((sale: PlainSale) => Promise<Verdicts>)[]
): Promise<void> {
  const seen = new Set<string>()
  for (const [index, sale] of sales.entries()) {
    const expected = sorted(ours(sale))
    for (const kinds of ours(sale)) for (const kind of kinds) seen.add(kind)
    for (const peer of peers) {
      const found = sorted(await peer(sale))
      for (const [line, kinds] of expected.entries()) {
        invariant(found[line] === kinds, `sale ${index}, line ${line + 1}: ${kinds || 'nothing'} against ${found[line] || 'nothing'}`)
      }
    }
  }
  const unseen = KINDS.filter((kind) => !seen.has(kind))
  invariant(unseen.length === 0, `no sale of the benchmark has: ${unseen.join(', ')}`)
}

const sorted = (verdicts: Verdicts): string[] => verdicts.map((kinds) => kinds.toSorted().join(' '))

interface Rates {
  readonly ours: number
  readonly long: number
  readonly jsonRules: number
  readonly zen: number
  readonly zenSixteen: number
}

function figures({ ours, long, jsonRules, zen, zenSixteen }: Rates): Figure[] {
  const beside = (peer: string, peerRate: number): Figure => ({
    target: '20 lines, eligibility and calculation',
    ours: rateText(ours),
    against: `${peer}, verdicts only ${rateText(peerRate)}`,
    ratio: ours / peerRate,
    bound: 'at least 50',
    met: ours / peerRate >= 50
  })
  const growth = ours / long
  return [
    beside('json-rules-engine', jsonRules),
    beside('zen-engine, 1 in flight', zen),
    beside('zen-engine, 16 in flight', zenSixteen),
    {
      target: '500 lines, eligibility and calculation',
      ours: `${(1e6 / long).toFixed(0)} us`,
      against: `20 lines ${(1e6 / ours).toFixed(1)} us`,
      ratio: growth,
      bound: 'at most 30',
      met: growth <= 30
    }
  ]
}
