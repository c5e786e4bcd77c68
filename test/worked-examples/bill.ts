/** From a row of a table to a settled claim, through the same documents and checks that a stranger's files go through. */

import { readFileSync } from 'node:fs'
import { calculate } from '../../settlement/calculation/calculate.ts'
import type { Calculation } from '../../settlement/calculation/calculation.ts'
import { compilePolicy } from '../../settlement/policy/compile-policy.ts'
import { parsePolicy } from '../../settlement/policy/parse-policy.ts'
import type { Policy, PolicyInput } from '../../settlement/policy/policy-schema.ts'
import type { ClaimInput } from '../../settlement/wire/claim-schema.ts'
import { calculationToWire, type CalculationWire } from '../../settlement/wire/calculation-to-wire.ts'
import { describeProblem } from '../../settlement/wire/input-problem.ts'
import { parseClaim } from '../../settlement/wire/parse-claim.ts'
import type { Row } from './table.ts'

export const region = (name: string): PolicyInput =>
  JSON.parse(readFileSync(new URL(`../../fixtures/regions/${name}.json`, import.meta.url), 'utf8'))

/** A place without a name: one deductible, one ratio, at most one limit of the fund's payment or of the expense. */
export function plainPolicy(rule: {
  deductible?: string
  ratio: string
  cap?: string
  capOf?: 'payment' | 'expense'
}): PolicyInput {
  return {
    region: '999999',
    deductible: { rows: [{ amount: rule.deductible ?? '0.00' }] },
    bands: [
      {
        pays: 'hifp_pay',
        ratio: [{ ratio: rule.ratio }],
        limit: { of: rule.capOf ?? 'payment', rows: [{ amount: rule.cap ?? null }] }
      }
    ]
  }
}

export function parsedPolicy(input: unknown): Policy {
  const parsed = parsePolicy(input)
  if (!parsed.ok) throw new Error(parsed.error.map(describeProblem).join('\n'))
  return parsed.value
}

export function settle(policy: PolicyInput, claim: ClaimInput): Calculation {
  const parsed = parseClaim(claim)
  if (!parsed.ok) throw new Error(parsed.error.map(describeProblem).join('\n'))
  const result = calculate(compilePolicy(parsedPolicy(policy)), parsed.value)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

export const settleWire = (policy: PolicyInput, claim: ClaimInput): CalculationWire =>
  calculationToWire(settle(policy, claim))

/** Columns: person, place ("hospital 2"), date, born, retired, inscope, ownpay, year, past, used ("act_pay_dedc 200.00"). */
export function claimOf(row: Row): ClaimInput {
  const [kind = 'hospital', level = '0'] = (row.place || 'hospital').split(' ')
  const ownPay = row.ownpay === undefined || row.ownpay === '' ? [] : [line('03', row.ownpay)]
  return {
    psn_type: row.person || '11',
    ...(row.born ? { brdy: row.born } : {}),
    ...(row.retired ? { retired_on: row.retired } : {}),
    institution: { kind: kind as 'hospital', level: Number(level) as 0 | 1 | 2 | 3 },
    begntime: row.date || '2023-06-01',
    account: { current_year: row.year || '0.00', past_years: row.past || '0.00' },
    accumulators: Object.fromEntries(
      (row.used ?? '')
        .split(',')
        .filter(Boolean)
        .map((entry) => entry.trim().split(' '))
    ),
    lines: [line('01', row.inscope || '0.00'), ...ownPay]
  }
}

const line = (chrgitm_lv: '01' | '03', pric: string) => ({ chrgitm_lv, pric, cnt: '1' })
