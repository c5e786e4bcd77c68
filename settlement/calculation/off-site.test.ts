import { describe, expect, it } from 'vitest'
import { parsedPolicy, settle, settleWire } from '../../test/worked-examples/bill.ts'
import { rows } from '../../test/worked-examples/table.ts'
import { compilePolicy } from '../policy/compile-policy.ts'
import type { PolicyInput } from '../policy/policy-schema.ts'
import type { ClaimInput } from '../wire/claim-schema.ts'
import { describeRefusal } from '../wire/describe-refusal.ts'
import { explainSteps } from '../wire/explain.ts'
import { parseClaim } from '../wire/parse-claim.ts'
import { calculate } from './calculate.ts'
import { reverse } from './reverse.ts'

/** Deductible 200.00, pool 70 %, 4500.00 a year, then the large-amount fund 5 %. */
const BASE: PolicyInput = {
  region: '999999',
  deductible: { rows: [{ amount: '200.00' }] },
  bands: [
    { pays: 'hifp_pay', ratio: [{ ratio: '0.70' }], limit: { rows: [{ amount: '4500.00' }] } },
    { pays: 'hifob_pay', ratio: [{ ratio: '0.05' }] }
  ]
}
const POLICIES: Readonly<Record<string, PolicyInput>> = {
  points: {
    ...BASE,
    off_site: [{ filing: ['resident'], points: '0' }, { filing: ['referral', 'emergency'], points: '0.10' }, { filing: ['unfiled'], points: '0.20' }]
  },
  prepay: {
    ...BASE,
    off_site: [{ filing: ['resident'], pre_pay: '0' }, { filing: ['referral', 'emergency'], pre_pay: '0.10' }, { filing: ['unfiled'], pre_pay: '0.20' }]
  },
  first: { ...BASE, account: { order: 'account-first' }, off_site: [{ filing: ['resident', 'referral', 'emergency', 'unfiled'], pre_pay: '0.10' }] }
}

const claimOf = (amount: string, off_site: string | undefined, change: Partial<ClaimInput> = {}): ClaimInput => ({
  psn_type: '11',
  begntime: '2025-11-03',
  ...(off_site ? { off_site: off_site as 'referral' } : {}),
  lines: [
    { chrgitm_lv: '01', pric: amount, cnt: '1' },
    { chrgitm_lv: '03', pric: '20.00', cnt: '1' }
  ],
  ...change
})

/** P: what off-site care costs before the funds; D deductible; F funds; N person; S stays inscp_scp_amt. */
const CASES = `
policy | filing    | inscope | S       | P      | D      | F       | N
points |           | 1000.00 | 1000.00 |        | 200.00 | 560.00  | 460.00
points | resident  | 1000.00 | 1000.00 |        | 200.00 | 560.00  | 460.00
points | referral  | 1000.00 | 1000.00 |        | 200.00 | 480.00  | 540.00
points | emergency | 1000.00 | 1000.00 |        | 200.00 | 480.00  | 540.00
points | unfiled   | 1000.00 | 1000.00 |        | 200.00 | 400.00  | 620.00
prepay |           | 1000.00 | 1000.00 |        | 200.00 | 560.00  | 460.00
prepay | resident  | 1000.00 | 1000.00 |        | 200.00 | 560.00  | 460.00
prepay | referral  | 1000.00 | 1000.00 | 100.00 | 200.00 | 490.00  | 530.00
prepay | emergency | 1000.00 | 1000.00 | 100.00 | 200.00 | 490.00  | 530.00
prepay | unfiled   | 1000.00 | 1000.00 | 200.00 | 200.00 | 420.00  | 600.00
-- rounded once, of the whole sum: 10 % of 94.55 is 9.455, half up 9.46; what is left lies below the deductible
prepay | referral  | 94.55   | 94.55   | 9.46   | 85.09  | 0.00    | 114.55
-- the cap of the year holds elsewhere too; the second fund's 5 % less 10 points is nothing, not less than nothing
points |           | 9000.00 | 9000.00 |        | 200.00 | 4618.57 | 4401.43
points | referral  | 9000.00 | 9000.00 |        | 200.00 | 4500.00 | 4520.00
prepay | referral  | 9000.00 | 9000.00 | 900.00 | 200.00 | 4573.57 | 4446.43
`

describe('care outside the insured place', () => {
  it.each(rows(CASES))('$policy, filed "$filing": of $inscope the funds pay $F', ({ policy = '', filing, inscope = '', S, P, D, F, N }) => {
    const settled = settleWire(POLICIES[policy] ?? BASE, claimOf(inscope, filing))
    const part = settled.personal.find(({ part: name }) => name === 'off-site-pre-pay')?.amount ?? ''
    expect([settled.inscp_scp_amt, part, settled.act_pay_dedc, settled.fund_pay_sumamt, settled.psn_part_amt]).toEqual([S, P, D, F, N])
    expect([settled.preselfpay_amt, settled.fulamt_ownpay_amt]).toEqual(['0.00', '20.00'])
  })

  it('is paid before this year\'s account where that pays first, and the account may pay it after all', () => {
    const settled = settleWire(POLICIES['first'] ?? BASE, claimOf('1000.00', 'referral', { account: { current_year: '300.00', past_years: '150.00' } }))
    expect(settled.personal.map(({ part, amount, acct_pay }) => [part, amount, acct_pay])).toEqual([
      ['account-segment', '300.00', '300.00'],
      ['deductible', '200.00', '150.00'],
      ['co-pay', '120.00', '0.00'],
      ['off-site-pre-pay', '100.00', '0.00'],
      ['own-pay', '20.00', '0.00']
    ])
    expect(settled).toMatchObject({ fund_pay_sumamt: '280.00', acct_pay: '450.00', psn_cash_pay: '290.00' })
  })

  it('says so in both languages', () => {
    expect(explainSteps(settle(POLICIES['points'] ?? BASE, claimOf('1000.00', 'referral')), 'en').slice(2, 5)).toEqual([
      'Care elsewhere, referred: every ratio is 10 points lower. [off_site[1]]',
      'In-scope 1000.00 less deductible 200.00 leaves 800.00. [deductible.rows[0]]',
      '800.00 times 60 % = 480.00, paid by the basic pooled fund. [bands[0].ratio[0]]'
    ])
    const prepaid = settle(POLICIES['prepay'] ?? BASE, claimOf('1000.00', 'unfiled'))
    expect([explainSteps(prepaid, 'en')[2], explainSteps(prepaid, 'zh-CN')[2]]).toEqual([
      'Care elsewhere, nothing filed: the person first pays 20 % of the in-scope 1000.00 = 200.00, which leaves 800.00. [off_site[2]]',
      '异地就医（未备案）：政策范围内1000.00元先行自付20 %=200.00元，余800.00元。[off_site[2]]'
    ])
    expect(explainSteps(settle(POLICIES['points'] ?? BASE, claimOf('1000.00', 'resident')), 'zh-CN')[2]).toBe(
      '异地就医（长期异地居住备案）：待遇与参保地相同。[off_site[0]]'
    )
  })

  it('is no base of a supplement that does not name it', () => {
    const relieved = (of?: readonly string[]) =>
      settleWire(
        { ...(POLICIES['prepay'] ?? BASE), supplements: [{ pays: 'hifmi_pay', ...(of ? { of } : {}), rows: [{ tiers: [{ above: '0.00', ratio: '1' }] }] }] } as PolicyInput,
        claimOf('1000.00', 'referral')
      ).hifmi_pay
    expect([relieved(), relieved(['off-site-pre-pay'])]).toEqual(['410.00', '100.00'])
  })

  it('is taken back with the settlement to the fen', () => {
    const reversal = reverse(settle(POLICIES['prepay'] ?? BASE, claimOf('1000.00', 'referral')))
    expect(reversal.amounts).toMatchObject({ fundPaid: -49_000, personal: -53_000, deductible: -20_000 })
    expect(reversal.counters).toMatchObject({ act_pay_dedc: -20_000, hifp_pay: -49_000 })
  })

  it('is refused where the policy has no word for the filing, as long as a fund would pay', () => {
    const refused = (policy: PolicyInput, claim: ClaimInput) => {
      const parsed = parseClaim(claim)
      const result = parsed.ok && calculate(compilePolicy(parsedPolicy(policy)), parsed.value)
      return result !== false && !result.ok ? describeRefusal(result.error).en : 'settled'
    }
    expect(refused(BASE, claimOf('10.00', 'referral'))).toBe(
      'off_site: no row of the policy holds for psn_type 11, insutype 310, level 0, kind hospital, med_type 11, cvlserv_flag 0, off_site referral'
    )
    expect(refused(BASE, claimOf('10.00', 'referral', { psn_insu_stas: '2' }))).toBe('settled')
    expect(refused(BASE, claimOf('10.00', undefined))).toBe('settled')
  })
})
