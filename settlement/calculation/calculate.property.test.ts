/** What holds for every policy and every claim, not only for those somebody thought of. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainPolicy, settle } from '../../test/worked-examples/bill.ts'
import { add, fen, formatFen, type Fen } from '../money/fen.ts'
import type { PolicyInput } from '../policy/policy-schema.ts'
import { OFF_SITE_FILINGS, PERSONAL_PARTS } from '../policy/policy-parts.ts'
import type { ClaimInput } from '../wire/claim-schema.ts'
import type { Calculation } from './calculation.ts'
import { reverse } from './reverse.ts'
import { FUNDS } from './settlement-result.ts'

const RUNS = { numRuns: 400 }

const yuan = (max: number): fc.Arbitrary<string> =>
  fc.integer({ min: 0, max: max * 100 }).map((amount) => formatFen(fen(amount)))
const share = fc.integer({ min: 0, max: 10_000 }).map((value) => (value / 10_000).toFixed(4))

const saleLine = fc.record({
  chrgitm_lv: fc.constantFrom('01', '02', '03', '04'),
  pric: fc
    .integer({ min: 0, max: 900_000_000 })
    .map((micro) => `${Math.floor(micro / 1e6)}.${String(micro % 1e6).padStart(6, '0')}`),
  cnt: fc
    .integer({ min: 1, max: 99_999 })
    .map((quantity) => `${Math.floor(quantity / 1e4)}.${String(quantity % 1e4).padStart(4, '0')}`),
  selfpay_prop: share,
  pric_uplmt_amt: yuan(500),
  lmt_used_flag: fc.constantFrom('0', '1'),
  hosp_appr_flag: fc.constantFrom('0', '1', '2')
}) as fc.Arbitrary<ClaimInput['lines'][number]>

const oneLimit = fc.record({
  of: fc.constantFrom('payment', 'expense', 'in-scope-expense'),
  rows: fc.tuple(fc.record({ amount: fc.option(yuan(3000)) })),
  period: fc.constantFrom('year', 'visit')
})
const limit = fc.option(fc.oneof(oneLimit, fc.array(oneLimit, { minLength: 1, maxLength: 3 })), { nil: undefined })

const policies = fc.record({
  region: fc.constant('999999'),
  off_site: fc.tuple(fc.record({ filing: fc.constant([...OFF_SITE_FILINGS]), points: share, pre_pay: share })),
  pharmacy_ratio: fc.constantFrom('own', 'basic-level'),
  pooling_needs_prescription: fc.boolean(),
  deductible: fc.option(
    fc.record({ accumulation: fc.constantFrom('year', 'visit'), rows: fc.tuple(fc.record({ amount: yuan(1000) })) }),
    { nil: undefined }
  ),
  bands: fc.array(fc.record({ pays: fc.constantFrom(...FUNDS.filter((fund) => fund !== 'maf_pay')), ratio: fc.tuple(fc.record({ ratio: share })), limit }), {
    maxLength: 4
  }),
  supplements: fc.array(
    fc.record({
      pays: fc.constantFrom('hifmi_pay', 'cvlserv_pay', 'maf_pay'),
      rows: fc.tuple(
        fc.record({
          tiers: fc.tuple(fc.record({ above: yuan(500), ratio: share }), fc.constant({ above: '5000.00', ratio: '0.8' }))
        })
      ),
      limit: fc.option(fc.record({ rows: fc.tuple(fc.record({ amount: yuan(800) })) }), { nil: undefined })
    }),
    { maxLength: 3 }
  ).map((supplements) => supplements.toSorted((one, other) => Number(one.pays === 'maf_pay') - Number(other.pays === 'maf_pay'))),
  account: fc.record({
    order: fc.constantFrom('personal-part', 'account-first'),
    current_year_pays: fc.subarray([...PERSONAL_PARTS]),
    past_years_pays: fc.subarray([...PERSONAL_PARTS]),
    mutual_aid_pays: fc.subarray([...PERSONAL_PARTS])
  }),
  rounding: fc.record({
    pre_self_pay: fc.constantFrom('half-up', 'half-even', 'down'),
    fund: fc.constantFrom('half-up', 'half-even', 'down')
  })
}) as fc.Arbitrary<PolicyInput>

const claims = fc.record({
  psn_type: fc.constantFrom('11', '12'),
  begntime: fc.constant('2024-05-01'),
  psn_insu_stas: fc.constantFrom('1', '1', '1', '2'),
  off_site: fc.option(fc.constantFrom(...OFF_SITE_FILINGS), { nil: undefined }),
  entitlements: fc.option(fc.array(fc.record({ fund_pay_type: fc.constantFrom('310100', '330100', '610100'), trt_enjymnt_flag: fc.constantFrom('0', '1') }), { maxLength: 2 }), { nil: undefined }),
  fund_closed: fc.constantFrom(undefined, undefined, undefined, undefined, 'in-arrears'),
  institution: fc.constantFrom({ kind: 'hospital', level: 2 }, { kind: 'pharmacy' }),
  acct_used_flag: fc.constantFrom('0', '1', '2'),
  account: fc.record({
    current_year: yuan(900),
    past_years: yuan(900),
    mutual_aid: fc.array(fc.record({ donor: fc.constant('测试二'), balance: yuan(300) }), { maxLength: 2 })
  }),
  accumulators: fc.record({
    act_pay_dedc: yuan(900),
    hifp_pay: yuan(2000),
    segment_expense: yuan(2000),
    inscp_scp_amt: yuan(2000),
    personal_in_scope: yuan(5000)
  }),
  lines: fc.array(saleLine, { minLength: 1, maxLength: 12 })
}) as fc.Arbitrary<ClaimInput>

const total = (amounts: readonly Fen[]): Fen => amounts.reduce(add, fen(0))

/** The identities once more, by other code than the calculation's own. */
function expectIdentities({ amounts, lines, personalShares, fundRows, account, claim }: Calculation): void {
  const { funds, total: fee, fundPaid, personal, hospital, cash, mutualAid } = amounts
  expect(fee).toBe(total([fundPaid, personal, hospital]))
  expect(personal).toBe(total([amounts.account, cash]))
  expect(fundPaid).toBe(total(Object.values(funds)))
  expect(mutualAid).toBeLessThanOrEqual(amounts.account)
  expect(total(fundRows.flatMap((row) => (row.fund ? [row.paid] : [])))).toBe(fundPaid)
  expect(fee).toBe(total(lines.map(({ amount }) => amount)))
  for (const key of ['ownPay', 'overCeiling', 'prePay', 'inScope'] as const)
    expect(amounts[key]).toBe(total(lines.map((line) => line[key])))
  for (const line of lines) expect(line.amount).toBe(total([line.ownPay, line.overCeiling, line.prePay, line.inScope]))
  expect(total(personalShares.map(({ amount }) => amount))).toBe(personal)
  expect(account.currentYear + account.pastYears).toBe(
    claim.account.currentYear + claim.account.pastYears - amounts.account + mutualAid
  )
}

describe('every settlement', () => {
  it('satisfies the identities, and nobody pays a negative share', () => {
    let withFund = 0
    fc.assert(
      fc.property(policies, claims, (policy, claim) => {
        const settled = settle(policy, claim)
        expectIdentities(settled)
        const { amounts } = settled
        const shares = [
          ...Object.values(amounts.funds),
          amounts.cash,
          amounts.account,
          amounts.mutualAid,
          amounts.deductible
        ]
        expect(
          Math.min(...shares, ...settled.lines.flatMap((line) => [line.ownPay, line.overCeiling, line.prePay, line.inScope]))
        ).toBeGreaterThanOrEqual(0)
        if (amounts.fundPaid > 0) withFund += 1
      }),
      RUNS
    )
    expect(withFund).toBeGreaterThan(RUNS.numRuns / 8)
  })

  it('is undone by its reversal to the fen', () => {
    fc.assert(
      fc.property(policies, claims, (policy, claim) => {
        const settled = settle(policy, claim)
        const reversal = reverse(settled)
        expect(reversal.account).toEqual(settled.claim.account)
        expect(total([settled.amounts.total, reversal.amounts.total, settled.amounts.cash, reversal.amounts.cash])).toBe(0)
        for (const [counter, amount] of Object.entries(settled.counters)) expect(reversal.counters[counter]).toBe(-amount)
      }),
      RUNS
    )
  })

  it('leaves the funds alone when a class C item is added', () => {
    fc.assert(
      fc.property(policies, claims, saleLine, (policy, claim, extra) => {
        const more = settle(policy, { ...claim, lines: [...claim.lines, { ...extra, chrgitm_lv: '03' }] })
        expect(more.amounts.funds).toEqual(settle(policy, claim).amounts.funds)
      }),
      RUNS
    )
  })
})

/**
 * Where it can be otherwise by a fen or more, and no place does it: a fund that is both band and supplement under one limit
 * gets as a supplement what its band left, and of two ways to count expense only one counts what was paid before the funds.
 */
function isOrdinary({ bands = [], supplements = [] }: PolicyInput): boolean {
  const counted = new Set(bands.flatMap(({ limit: of = [] }) => (Array.isArray(of) ? of : [of])).map(({ of = 'payment' }) => of))
  return !supplements.some(({ pays }) => bands.some((band) => band.pays === pays)) && !(counted.has('expense') && counted.has('in-scope-expense'))
}

describe('care outside the insured place', () => {
  it('never costs the funds more than at home', () => {
    let less = 0
    fc.assert(
      fc.property(policies.filter(isOrdinary), claims, fc.constantFrom(...OFF_SITE_FILINGS), (policy, claim, filing) => {
        const at = (off_site: ClaimInput['off_site']) => settle(policy, { ...claim, off_site })
        const [home, away] = [at(undefined), at(filing)]
        expect(away.amounts.fundPaid).toBeLessThanOrEqual(home.amounts.fundPaid)
        for (const row of away.fundRows) if (row.fund !== undefined) expect(row.paid).toBeGreaterThan(0)
        expectIdentities(away)
        if (away.amounts.fundPaid < home.amounts.fundPaid) less += 1
      }),
      RUNS
    )
    expect(less).toBeGreaterThan(20)
  })
})

describe('a fund with a limit for the year', () => {
  it('never pays beyond what is left of it, at home or elsewhere', () => {
    const fenUpTo = (max: number) => fc.integer({ min: 0, max })
    let reached = 0
    fc.assert(
      fc.property(yuan(9000), share, fenUpTo(300_000), fenUpTo(300_000), fc.constantFrom(undefined, ...OFF_SITE_FILINGS), (amount, ratio, most, used, off_site) => {
        const policy: PolicyInput = {
          region: '999999',
          off_site: [{ filing: ['resident'], points: '0' }, { filing: ['referral', 'emergency'], points: '0.10' }, { filing: ['unfiled'], pre_pay: '0.20' }],
          bands: [
            { pays: 'hifp_pay', ratio: [{ ratio }], limit: { rows: [{ amount: formatFen(fen(most)) }] } },
            { pays: 'hifob_pay', ratio: [{ ratio: '0.50' }], limit: { rows: [{ amount: '10.00' }] } }
          ]
        }
        const { funds } = settle(policy, {
          psn_type: '11',
          begntime: '2024-05-01',
          off_site,
          accumulators: { hifp_pay: formatFen(fen(used)) },
          lines: [{ chrgitm_lv: '01', pric: amount, cnt: '1' }]
        }).amounts
        expect(funds.hifp_pay).toBeLessThanOrEqual(Math.max(0, most - used))
        expect(funds.hifob_pay).toBeLessThanOrEqual(1_000)
        if (most > used && funds.hifp_pay === most - used) reached += 1
      }),
      RUNS
    )
    expect(reached).toBeGreaterThan(20)
  })
})

describe('a fund that is closed', () => {
  it('pays nothing, and the pool pays no more for it', () => {
    fc.assert(
      fc.property(policies, claims, fc.constantFrom('310100', '330100', '320100', '610100'), (policy, claim, fund_pay_type) => {
        const open = settle(policy, { ...claim, entitlements: undefined })
        const closed = settle(policy, { ...claim, entitlements: [{ fund_pay_type, trt_enjymnt_flag: '0' }] })
        expect(closed.fundRows.map(({ fundPayType }) => fundPayType)).not.toContain(fund_pay_type)
        expect(closed.amounts.funds.hifp_pay).toBeLessThanOrEqual(open.amounts.funds.hifp_pay)
        expect(settle(policy, { ...claim, fund_closed: 'in-arrears' }).amounts.fundPaid).toBe(0)
      }),
      { numRuns: 200 }
    )
  })
})

describe('the deductible', () => {
  const inScope = (amount: string, used = '0.00'): ClaimInput => ({
    psn_type: '11',
    begntime: '2024-05-01',
    accumulators: { act_pay_dedc: used },
    lines: [{ chrgitm_lv: '01', pric: amount, cnt: '1' }]
  })

  it('never lets a fund pay more when it is larger', () => {
    fc.assert(
      fc.property(yuan(5000), yuan(2000), yuan(2000), share, (amount, one, other, ratio) => {
        const paid = (deductible: string): number =>
          settle(plainPolicy({ deductible, ratio }), inScope(amount)).amounts.fundPaid
        const [smaller = '', larger = ''] = [one, other].toSorted((left, right) => Number(left) - Number(right))
        expect(paid(larger)).toBeLessThanOrEqual(paid(smaller))
      }),
      RUNS
    )
  })

  it('is the same over a year however the expense is split into two visits', () => {
    fc.assert(
      fc.property(yuan(3000), yuan(3000), yuan(2000), (first, second, deductible) => {
        const policy = plainPolicy({ deductible, ratio: '0.70' })
        const one = settle(policy, inScope(first)).amounts.deductible
        const two = settle(policy, inScope(second, formatFen(one))).amounts.deductible
        const whole = settle(policy, inScope((Number(first) + Number(second)).toFixed(2))).amounts.deductible
        expect(one + two).toBe(whole)
      }),
      RUNS
    )
  })
})

describe('two funds with one ratio', () => {
  it('together pay exactly the rounded share, up to the sum of their limits', () => {
    let capped = 0
    fc.assert(
      fc.property(
        yuan(9000),
        share,
        fc.integer({ min: 0, max: 400_000 }),
        fc.integer({ min: 0, max: 200_000 }),
        (amount, ratio, pool, large) => {
          const row = [{ ratio }]
          const policy: PolicyInput = {
            region: '999999',
            bands: [
              { pays: 'hifp_pay', ratio: row, limit: { rows: [{ amount: formatFen(fen(pool)) }] } },
              { pays: 'hifob_pay', ratio: row, limit: { rows: [{ amount: formatFen(fen(large)) }] } }
            ]
          }
          const { amounts } = settle(policy, {
            psn_type: '11',
            begntime: '2024-05-01',
            lines: [{ chrgitm_lv: '01', pric: amount, cnt: '1' }]
          })
          // Half up in whole numbers: amounts have two places, ratios four.
          const exact = BigInt(amount.replace('.', '')) * BigInt(ratio.replace('.', ''))
          const rounded = Number((exact + 5_000n) / 10_000n)
          expect(amounts.fundPaid).toBe(Math.min(rounded, pool + large))
          expect(amounts.funds.hifp_pay).toBe(Math.min(rounded, pool))
          if (rounded > pool) capped += 1
        }
      ),
      RUNS
    )
    expect(capped).toBeGreaterThan(20)
  })
})
