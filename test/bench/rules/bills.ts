/** The same bills for every contender: Tai'an employees, classes A, B and C, ceilings, a deductible partly used, an account. */

import { readFileSync } from 'node:fs'
import { invariant } from '../../../base/invariant.ts'
import type { Claim } from '../../../settlement/calculation/claim.ts'
import { compilePolicy, type CompiledPolicy } from '../../../settlement/policy/compile-policy.ts'
import { parsePolicy } from '../../../settlement/policy/parse-policy.ts'
import { formatFen, fen } from '../../../settlement/money/fen.ts'
import { parseClaim } from '../../../settlement/wire/parse-claim.ts'

/** Whole fen, whole packs, pre-self-pay in ten-thousandths: what somebody who writes it by hand would choose. */
export interface PlainLine {
  readonly chargeClass: 'A' | 'B' | 'C'
  readonly price: number
  readonly count: number
  readonly ceiling: number
  readonly prePay: number
}

export interface PlainBill {
  readonly retired: boolean
  readonly level: 1 | 2 | 3
  readonly deductibleUsed: number
  readonly poolUsed: number
  readonly balance: number
  readonly lines: readonly PlainLine[]
}

export interface Outcome {
  readonly fund: number
  readonly account: number
  readonly cash: number
}

export function compiledTaian(): CompiledPolicy {
  const file = new URL('../../../fixtures/regions/370900-taian-2024.json', import.meta.url)
  const policy = parsePolicy(JSON.parse(readFileSync(file, 'utf8')))
  invariant(policy.ok, "Tai'an does not parse")
  return compilePolicy(policy.value)
}

/** Bill `index`: every bill another, and the same in every run. */
export function plainBill(index: number, lineCount: number): PlainBill {
  const level = ([1, 2, 3] as const)[index % 3] ?? 2
  return {
    retired: index % 2 === 1,
    level,
    deductibleUsed: (index % 5) * 9_999,
    poolUsed: index % 7 === 0 ? 440_000 : index * 100,
    balance: (index * 1_237) % 90_000,
    lines: Array.from({ length: lineCount }, (_, line) => plainLine(index * 31 + line))
  }
}

function plainLine(seed: number): PlainLine {
  const price = 150 + ((seed * 7_919) % 20_000)
  return {
    chargeClass: (['A', 'B', 'A', 'C', 'B'] as const)[seed % 5] ?? 'A',
    price,
    count: 1 + (seed % 6),
    ceiling: seed % 4 === 0 ? price - 37 : 0,
    prePay: seed % 5 === 1 ? 1_000 : seed % 5 === 4 ? 2_500 : 0
  }
}

const yuan = (amount: number): string => formatFen(fen(amount))

export function claimOf(bill: PlainBill): Claim {
  const claim = parseClaim({
    psn_type: bill.retired ? '12' : '11',
    begntime: '2024-06-01',
    institution: { level: bill.level },
    account: { current_year: yuan(bill.balance) },
    accumulators: { act_pay_dedc: yuan(bill.deductibleUsed), hifp_pay: yuan(bill.poolUsed) },
    lines: bill.lines.map((line) => ({
      chrgitm_lv: { A: '01', B: '02', C: '03' }[line.chargeClass],
      pric: yuan(line.price),
      cnt: String(line.count),
      pric_uplmt_amt: yuan(line.ceiling),
      selfpay_prop: `0.${String(line.prePay).padStart(4, '0')}`
    }))
  })
  invariant(claim.ok, 'a bill of the benchmark is no claim')
  return claim.value
}
