import { describe, expect, it } from 'vitest'
import { parsedPolicy, plainPolicy, settle, settleWire } from '../../test/worked-examples/bill.ts'
import { compilePolicy } from '../policy/compile-policy.ts'
import type { PolicyInput } from '../policy/policy-schema.ts'
import type { ClaimInput } from '../wire/claim-schema.ts'
import { describeRefusal } from '../wire/describe-refusal.ts'
import { explainSteps } from '../wire/explain.ts'
import { parseClaim } from '../wire/parse-claim.ts'
import { calculate } from './calculate.ts'
import type { Calculation } from './calculation.ts'
import type { CalculationRefusal } from './refusal.ts'
import { unknownCounters } from './unknown-counters.ts'

const bill = (pric: string, more: Partial<ClaimInput> = {}): ClaimInput => ({
  psn_type: '11',
  begntime: '2024-05-01',
  lines: [{ chrgitm_lv: '01', pric, cnt: '1' }],
  ...more
})

function refusalOf(policy: PolicyInput, claim: ClaimInput): CalculationRefusal {
  const parsed = parseClaim(claim)
  if (!parsed.ok) throw new Error('the claim itself is refused')
  const result = calculate(compilePolicy(parsedPolicy(policy)), parsed.value)
  if (result.ok) throw new Error('settled')
  return result.error
}

describe('what is refused', () => {
  const plain = plainPolicy({ ratio: '0.70' })

  it('another region than the policy rules', () => {
    expect(refusalOf(plain, bill('10.00', { insuplc_admdvs: '370900' }))).toEqual({
      kind: 'other-region',
      region: '999999',
      claimed: '370900'
    })
  })

  it('an insurance type the policy does not cover', () => {
    expect(refusalOf(plain, bill('10.00', { insutype: '390' }))).toEqual({
      kind: 'insurance-type-not-covered',
      insutype: '390',
      covered: ['310']
    })
  })

  it('a day of service before or after the rules were in force', () => {
    const policy = { ...plain, effective: { from: '2024-01-01', to: '2024-04-30' } }
    expect(refusalOf(policy, bill('10.00'))).toEqual({
      kind: 'not-in-force',
      date: '2024-05-01',
      period: '2024-01-01 to 2024-04-30'
    })
    expect(settleWire(policy, bill('10.00', { begntime: '2024-04-30 23:59:59' })).hifp_pay).toBe('7.00')
  })

  it('a rule that depends on age when the birthday is missing', () => {
    const policy = {
      ...plain,
      deductible: { rows: [{ when: { age: { from: 45 } }, amount: '600.00' }, { amount: '900.00' }] }
    }
    expect(refusalOf(policy, bill('10.00'))).toEqual({
      kind: 'fact-missing',
      parameter: 'deductible.rows[0]',
      field: 'brdy'
    })
  })

  it('facts for which a parameter has no row, naming both', () => {
    const policy: PolicyInput = {
      region: '999999',
      bands: [{ pays: 'hifp_pay', ratio: [{ when: { level: [1] }, ratio: '0.80' }] }]
    }
    const refusal = refusalOf(policy, bill('10.00', { institution: { level: 3 } }))
    expect(describeRefusal(refusal).en).toBe(
      'bands[0].ratio: no row of the policy holds for psn_type 11, insutype 310, level 3, kind hospital, med_type 11, cvlserv_flag 0'
    )
  })

  it('people for whom no band is written', () => {
    const policy: PolicyInput = {
      region: '999999',
      bands: [{ pays: 'hifp_pay', when: { psn_type: ['12'] }, ratio: [{ ratio: '0.80' }] }]
    }
    expect(refusalOf(policy, bill('10.00'))).toMatchObject({ kind: 'no-parameter', parameter: 'bands' })
  })

  it('a class B line when nobody says its pre-self-pay', () => {
    const claim = { ...bill('10.00'), lines: [{ chrgitm_lv: '02' as const, pric: '10.00', cnt: '1' }] }
    expect(refusalOf(plain, claim)).toEqual({ kind: 'pre-pay-ratio-missing', lineNo: '1', chrgitmLv: '02' })
    expect(settleWire({ ...plain, classes: [{ chrgitm_lv: '02', selfpay_prop: '0.20' }] }, claim).preselfpay_amt).toBe(
      '2.00'
    )
  })

  it('more returned than bought', () => {
    const claim = { ...bill('10.00'), lines: [{ chrgitm_lv: '01' as const, pric: '10.00', cnt: '-1' }] }
    const place = { path: 'lines[0].cnt', quantity: '-1', lineNo: '1' }
    expect(refusalOf(plain, claim)).toEqual({ kind: 'negative-sum', ...place, field: 'det_item_fee_sumamt', amount: '-10.00' })
  })

  it('a bill over the limit of one bill', () => {
    const policy = { ...plain, limits: { bill: [{ amount: '100.00' }] } }
    expect(refusalOf(policy, bill('100.01'))).toEqual({ kind: 'bill-over-limit', amount: '100.01', limit: '100.00' })
    expect(settleWire(policy, bill('100.00')).medfee_sumamt).toBe('100.00')
  })
})

describe('class C', () => {
  const lines = [{ chrgitm_lv: '03' as const, pric: '100.00', cnt: '1', selfpay_prop: '0.20' }]
  const ownPay = (row: NonNullable<PolicyInput['classes']>[number]): string =>
    settleWire({ ...plainPolicy({ ratio: '0.70' }), classes: [row] }, bill('1', { lines })).fulamt_ownpay_amt

  it('stays own pay under a row that says no more than its name', () => {
    expect(ownPay({ chrgitm_lv: '03' })).toBe('100.00')
  })

  it('is in scope where a row says so, or says its pre-self-pay', () => {
    expect(ownPay({ chrgitm_lv: '03', pays: 'in-scope' })).toBe('0.00')
    expect(ownPay({ chrgitm_lv: '03', selfpay_prop: '0.50' })).toBe('0.00')
    expect(ownPay({ chrgitm_lv: '03', selfpay_prop: '0.50', pays: 'own-pay' })).toBe('100.00')
  })
})

describe('restricted use and approval', () => {
  it.each([
    ['0', '0', '100.00', '0.00'],
    ['0', '1', '100.00', '0.00'],
    ['0', '2', '0.00', '100.00'],
    ['1', '0', '0.00', '100.00'],
    ['1', '1', '100.00', '0.00'],
    ['1', '2', '0.00', '100.00']
  ] as const)(
    'lmt_used_flag %s and hosp_appr_flag %s: in scope %s, own pay %s',
    (lmt_used_flag, hosp_appr_flag, inScope, ownPay) => {
      const lines = [{ chrgitm_lv: '01' as const, pric: '100.00', cnt: '1', lmt_used_flag, hosp_appr_flag }]
      const result = settleWire(plainPolicy({ ratio: '0.70' }), bill('1', { lines }))
      expect([result.inscp_scp_amt, result.fulamt_ownpay_amt]).toEqual([inScope, ownPay])
    }
  )
})

describe('ceiling and pre-self-pay', () => {
  it('takes the ceiling first and the pre-self-pay of the rest', () => {
    const lines = [{ chrgitm_lv: '02' as const, pric: '6.50', cnt: '2', selfpay_prop: '0.10', pric_uplmt_amt: '5.00' }]
    expect(settleWire(plainPolicy({ ratio: '0.70' }), bill('1', { lines }))).toMatchObject({
      overlmt_selfpay: '3.00',
      preselfpay_amt: '1.00',
      inscp_scp_amt: '9.00'
    })
  })

  it('never takes more over the ceiling than the stated line', () => {
    const lines = [
      { chrgitm_lv: '01' as const, pric: '10.009', cnt: '1', pric_uplmt_amt: '0.000001', det_item_fee_sumamt: '10.00' }
    ]
    expect(settleWire(plainPolicy({ ratio: '0.70' }), bill('1', { lines }))).toMatchObject({
      overlmt_selfpay: '10.00',
      inscp_scp_amt: '0.00'
    })
  })

  it('reads a ceiling of 0 as none, as the national interface writes it', () => {
    const lines = [{ chrgitm_lv: '01' as const, pric: '6.50', cnt: '2', pric_uplmt_amt: '0' }]
    expect(settleWire(plainPolicy({ ratio: '0.70' }), bill('1', { lines })).overlmt_selfpay).toBe('0.00')
  })

  it('settles a pack given back in the same visit at its own fen', () => {
    const item = { chrgitm_lv: '02' as const, pric: '0.615', selfpay_prop: '0.10' }
    const lines = [
      { ...item, cnt: '3', feedetl_sn: 'a' },
      { ...item, cnt: '-1', feedetl_sn: 'b' }
    ]
    expect(
      settleWire(plainPolicy({ ratio: '0.70' }), bill('1', { lines })).lines.map(
        ({ det_item_fee_sumamt }) => det_item_fee_sumamt
      )
    ).toEqual(['1.85', '-0.62'])
  })
})

describe('without entitlement', () => {
  const claim = bill('100.00', { psn_insu_stas: '2', account: { current_year: '30.00' } })

  it('no fund pays, the account still does, and nothing counts towards the year', () => {
    const settled = settleWire(plainPolicy({ deductible: '50.00', ratio: '0.70' }), claim)
    expect(settled).toMatchObject({
      fund_pay_sumamt: '0.00',
      act_pay_dedc: '0.00',
      acct_pay: '30.00',
      psn_cash_pay: '70.00',
      accumulators_added: {}
    })
    expect(settled.steps.map(({ code }) => code)).toContain('not-entitled')
  })

  const suspended = (account: PolicyInput['account'], current_year: string) =>
    settleWire(
      { ...plainPolicy({ deductible: '100.00', ratio: '0.70' }), account },
      bill('1000.00', { psn_insu_stas: '2', account: { current_year } })
    )

  it('an account that pays first still pays its segment', () => {
    const settled = suspended({ order: 'account-first', current_year_pays: ['account-segment'] }, '200.00')
    expect(settled).toMatchObject({ acct_pay: '200.00', psn_cash_pay: '800.00' })
    expect(settled.steps.map(({ code }) => code)).toContain('TA01')
  })

  it('an account that may pay the co-pay pays the in-scope expense', () => {
    const settled = suspended({ current_year_pays: ['deductible', 'co-pay'] }, '300.00')
    expect(settled).toMatchObject({ acct_pay: '300.00', psn_cash_pay: '700.00' })
    expect(settled.personal.map(({ part, amount }) => [part, amount])).toEqual([['co-pay', '1000.00']])
  })

  it('asks for no fact that only a fund would need', () => {
    const policy: PolicyInput = {
      region: '999999',
      deductible: { rows: [{ when: { age: { from: 45 } }, amount: '600.00' }, { amount: '900.00' }] }
    }
    expect(settleWire(policy, claim).psn_cash_pay).toBe('70.00')
  })
})

describe('a pharmacy that follows the prescriber', () => {
  const policy: PolicyInput = {
    region: '999999',
    pharmacy_follows: 'prescriber',
    bands: [{ pays: 'hifp_pay', ratio: [{ when: { level: [2] }, ratio: '0.70' }] }]
  }
  const atPharmacy = { institution: { kind: 'pharmacy' }, account: { current_year: '6.00' } } as const

  it('has the rows see level and kind of where the prescription was written', () => {
    expect(settleWire(policy, bill('10.00', { ...atPharmacy, prescriber: { level: 2 } })).hifp_pay).toBe('7.00')
  })

  it('sells without a prescription too: no fund pays, the account may, nothing counts', () => {
    const settled = settleWire(policy, bill('10.00', atPharmacy))
    expect(settled).toMatchObject({
      fund_pay_sumamt: '0.00',
      acct_pay: '6.00',
      psn_cash_pay: '4.00',
      pool_prop_selfpay: '0.0000',
      accumulators_added: {}
    })
    expect(settled.steps[1]).toEqual({
      code: 'no-prescription',
      zh: '无外配处方，统筹不支付：政策范围内10.00元由个人负担，个人账户仍可使用。',
      en: 'There is no prescription: pooling pays nothing of the in-scope 10.00; the account may.',
      amount: '10.00'
    })
  })
})

describe('counters', () => {
  const shared: PolicyInput = {
    region: '999999',
    deductible: {
      rows: [
        { when: { level: [1] }, amount: '200.00', counter: 'deductible_1' },
        { amount: '400.00', counter: 'deductible_2_3' }
      ]
    },
    bands: [{ pays: 'hifp_pay', ratio: [{ ratio: '0.70' }] }]
  }

  it('levels 2 and 3 may share one deductible that level 1 does not touch', () => {
    const used = { deductible_1: '200.00', deductible_2_3: '150.00' }
    const at = (level: 1 | 2 | 3): string =>
      settleWire(shared, bill('1000.00', { institution: { level }, accumulators: used })).act_pay_dedc
    expect([at(1), at(2), at(3)]).toEqual(['0.00', '250.00', '250.00'])
  })

  it('says which of them a settlement moves', () => {
    expect(settleWire(shared, bill('1000.00', { institution: { level: 3 } })).accumulators_added).toEqual({
      deductible_2_3: '400.00',
      inscp_scp_amt: '1000.00',
      segment_expense: '600.00',
      hifp_pay: '420.00'
    })
  })

  it('notes an accumulator that nobody reads', () => {
    const { steps } = settleWire(shared, bill('10.00', { accumulators: { deductable_1: '5.00', constructor: '1.00' } }))
    expect(steps.filter(({ code }) => code === 'counter-unused').map(({ amount }) => amount)).toEqual(['5.00', '1.00'])
  })

  it('names the accumulators that neither the policy nor every place knows', () => {
    const claim = parseClaim(bill('10.00', { accumulators: { hifp_pay: '1.00', deductible_1: '1.00', dedctible_1: '5.00' } }))
    expect(claim.ok && unknownCounters(compilePolicy(parsedPolicy(shared)), claim.value)).toEqual(['dedctible_1'])
  })

  it('a limit per visit does not look at the year', () => {
    const policy: PolicyInput = {
      region: '999999',
      bands: [{ pays: 'hifp_pay', ratio: [{ ratio: '1' }], limit: { period: 'visit', rows: [{ amount: '60.00' }] } }]
    }
    expect(settleWire(policy, bill('100.00', { accumulators: { hifp_pay: '59.00' } })).hifp_pay).toBe('60.00')
  })

  it('tiers of expense go on where the year stands', () => {
    const tier = (ratio: string, amount: string | null) => ({
      pays: 'hifp_pay' as const,
      ratio: [{ ratio }],
      limit: { of: 'expense' as const, rows: [{ amount }] }
    })
    const policy: PolicyInput = {
      region: '999999',
      bands: [tier('0.50', '1000.00'), tier('0.60', '3000.00'), tier('0.70', null)]
    }
    expect(settleWire(policy, bill('4000.00')).hifp_pay).toBe('2400.00')
    expect(settleWire(policy, bill('1000.00', { accumulators: { segment_expense: '2500.00' } })).hifp_pay).toBe('650.00')
  })

  it('a limit of in-scope expense counts the deductible too', () => {
    const policy: PolicyInput = {
      region: '999999',
      deductible: { rows: [{ amount: '200.00' }] },
      bands: [
        { pays: 'hifp_pay', ratio: [{ ratio: '0.50' }], limit: { of: 'in-scope-expense', rows: [{ amount: '1000.00' }] } }
      ]
    }
    expect(settleWire(policy, bill('3000.00')).hifp_pay).toBe('400.00')
    expect(
      settleWire(policy, bill('500.00', { accumulators: { inscp_scp_amt: '700.00', act_pay_dedc: '200.00' } })).hifp_pay
    ).toBe('150.00')
  })
})

describe('payment limits', () => {
  const band = (ratio: string, amount: string, counter?: string) => ({
    pays: 'hifp_pay' as const,
    ratio: [{ ratio }],
    limit: { rows: [{ amount }], ...(counter && { counter }) }
  })

  it('two bands of one fund stand on one counter: up to 1000, and from there up to 1500', () => {
    const policy: PolicyInput = { region: '999999', bands: [band('0.70', '1000.00'), band('0.50', '1500.00')] }
    expect(settleWire(policy, bill('9000.00')).hifp_pay).toBe('1500.00')
    expect(settleWire(policy, bill('9000.00', { accumulators: { hifp_pay: '1200.00' } })).hifp_pay).toBe('300.00')
  })

  it('a limit may keep a counter of its own, beside the year of the fund', () => {
    const policy: PolicyInput = { region: '999999', bands: [band('0.70', '1000.00', 'pharmacy_paid')] }
    const result = settleWire(policy, bill('100.00', { accumulators: { hifp_pay: '5000.00', pharmacy_paid: '960.00' } }))
    expect(result.accumulators_added).toMatchObject({ hifp_pay: '40.00', pharmacy_paid: '40.00' })
    expect(result.setldetail).toEqual([
      expect.objectContaining({ fund_pay_type: '310100', crt_payb_lmt_amt: '40.00', fund_payamt: '40.00' })
    ])
  })

  it('a payment that just reaches its limit is not called limited', () => {
    const policy: PolicyInput = { region: '999999', bands: [band('0.50', '100.00')] }
    const capped = ['200.00', '200.01'].map((amount) =>
      settle(policy, bill(amount)).steps.some((step) => step.kind === 'band' && step.boundBy.length > 0)
    )
    expect(capped).toEqual([false, true])
  })
})

describe('several limits of one band', () => {
  const chronic = (tag: string): NonNullable<PolicyInput['bands']>[number] => ({
    pays: 'hifp_pay',
    when: { tags: [tag] },
    ratio: [{ ratio: '0.70' }],
    limit: [
      { rows: [{ amount: '600.00' }], counter: `${tag}_paid` },
      { rows: [{ amount: '1000.00' }], counter: 'two_diseases_paid' }
    ]
  })
  /** 600 a year for each disease, 1000 for both together. */
  const policy: PolicyInput = { region: '999999', bands: [chronic('hypertension'), chronic('diabetes')] }
  const at = (tags: string[], pric: string, accumulators: Record<string, string> = {}) =>
    settle(policy, bill(pric, { tags, accumulators }))

  it('600 for one disease, 1000 for both, in one visit or in two', () => {
    expect(at(['hypertension'], '5000.00').amounts.fundPaid).toBe(60_000)
    expect(at(['hypertension', 'diabetes'], '5000.00').amounts.fundPaid).toBe(100_000)
    const first = at(['hypertension'], '5000.00').counters
    expect(first).toMatchObject({ hifp_pay: 60_000, hypertension_paid: 60_000, two_diseases_paid: 60_000 })
    const used = { hypertension_paid: '600.00', two_diseases_paid: '600.00' }
    expect(at(['diabetes'], '5000.00', used).amounts.fundPaid).toBe(40_000)
  })

  it('a step names the limit that bound, and the fund what the least of them admitted', () => {
    const bound = (calculation: Calculation) =>
      calculation.steps.flatMap((step) => (step.kind === 'band' ? [step.boundBy.map(({ limit }) => limit.counter)] : []))
    expect(bound(at(['hypertension', 'diabetes'], '5000.00'))).toEqual([['hypertension_paid'], ['two_diseases_paid']])
    expect(bound(at(['hypertension'], '100.00'))).toEqual([[]])
    expect(at(['diabetes'], '100.00', { two_diseases_paid: '900.00' }).fundRows[0]?.availableBefore).toBe(10_000)
  })

  it('an expense limit cuts the expense, a payment limit what is paid of the rest; both go on to the next band', () => {
    const both: PolicyInput = {
      region: '999999',
      bands: [
        {
          pays: 'hifp_pay',
          ratio: [{ ratio: '0.50' }],
          limit: [
            { of: 'expense', rows: [{ amount: '900.00' }] },
            { of: 'in-scope-expense', rows: [{ amount: '800.00' }] },
            { rows: [{ amount: '300.00' }] },
            { rows: [{ amount: null }], counter: 'nobody' }
          ]
        },
        { pays: 'hifob_pay', ratio: [{ ratio: '1' }] }
      ]
    }
    // 1000 less 200 beyond the expense limit is 800; 50 % of it is 400, 300 of which use up 600; 200 + 200 go on.
    const settled = settle(both, bill('1000.00'))
    expect([settled.amounts.funds.hifp_pay, settled.amounts.funds.hifob_pay]).toEqual([30_000, 40_000])
    expect(explainSteps(settled, 'en')[1]).toContain(
      '800.00 times 50 % is limited to 300.00, paid by the basic pooled fund. The limit of in-scope expense is 800.00, of which 800.00 was left. The limit of payments is 300.00, of which 300.00 was left. 400.00 of expense goes beyond.'
    )
  })

  it('two limits on one counter count a payment once', () => {
    const limit = [
      { rows: [{ amount: '50.00' }], period: 'visit' as const, counter: 'chronic_paid' },
      { rows: [{ amount: '120.00' }], counter: 'chronic_paid' }
    ]
    const twice: PolicyInput = { region: '999999', bands: [{ pays: 'hifp_pay', ratio: [{ ratio: '1' }], limit }] }
    expect(settle(twice, bill('80.00')).counters).toMatchObject({ hifp_pay: 5_000, chronic_paid: 5_000 })
    expect(settle(twice, bill('80.00', { accumulators: { chronic_paid: '100.00' } })).amounts.fundPaid).toBe(2_000)
  })
})

describe('facts', () => {
  it('one compiled policy answers each kind of person and place for itself', () => {
    const row = (when: object, ratio: string) => ({ when, ratio })
    const policy = compilePolicy(
      parsedPolicy({
        region: '999999',
        insutype: ['310', '390'],
        bands: [
          {
            pays: 'hifp_pay',
            ratio: [
              row({ tags: ['family-doctor', 'tier-2'] }, '0.11'),
              row({ psn_idet_type: ['1501'] }, '0.12'),
              row({ dise_codg: ['M039'] }, '0.13'),
              row({ cvlserv_flag: '1' }, '0.14'),
              row({ med_type: ['14'] }, '0.15'),
              row({ insutype: ['390'] }, '0.16'),
              row({ kind: ['pharmacy'] }, '0.17'),
              row({ psn_type: ['12'] }, '0.18'),
              { ratio: '0.19' }
            ]
          }
        ]
      })
    )
    const share = (more: Partial<ClaimInput>): number => {
      const claim = parseClaim(bill('1.00', more))
      const result = claim.ok && calculate(policy, claim.value)
      return result && result.ok ? result.value.amounts.fundPaid : Number.NaN
    }
    const asked: Partial<ClaimInput>[] = [
      { tags: ['tier-2', 'family-doctor'] },
      { tags: ['tier-2'] },
      { psn_idet_type: ['1502', '1501'] },
      { dise_codg: 'M03900' },
      { cvlserv_flag: '1' },
      { med_type: '140104' },
      { insutype: '390' },
      { institution: { kind: 'pharmacy' } },
      { psn_type: '1201' },
      {}
    ]
    expect(asked.map(share)).toEqual([11, 19, 12, 13, 14, 15, 16, 17, 18, 19])
    expect(asked.map(share)).toEqual([11, 19, 12, 13, 14, 15, 16, 17, 18, 19])
  })

  it('residents are paid by their own pool', () => {
    const policy: PolicyInput = { ...plainPolicy({ ratio: '0.50' }), insutype: ['390'] }
    expect(settleWire(policy, bill('10.00', { insutype: '390' })).setldetail[0]?.fund_pay_type).toBe('390100')
  })
})

describe('supplements', () => {
  it('pay by tiers above a threshold of the year, up to their limit', () => {
    const policy: PolicyInput = {
      region: '999999',
      supplements: [
        {
          pays: 'hifmi_pay',
          rows: [
            {
              tiers: [
                { above: '6000.00', ratio: '0.60' },
                { above: '10000.00', ratio: '0.70' }
              ]
            }
          ],
          limit: { rows: [{ amount: '5000.00' }] }
        }
      ]
    }
    expect(settleWire(policy, bill('12000.00')).hifmi_pay).toBe('3800.00')
    expect(settleWire(policy, bill('1000.00', { accumulators: { personal_in_scope: '9500.00' } })).hifmi_pay).toBe('650.00')
    expect(settleWire(policy, bill('20000.00')).hifmi_pay).toBe('5000.00')
  })

  it('count their base and their payments for the next visit', () => {
    const policy: PolicyInput = {
      region: '999999',
      supplements: [
        {
          pays: 'hifmi_pay',
          rows: [{ tiers: [{ above: '100.00', ratio: '0.60' }] }],
          limit: { counter: 'hifmi_special', rows: [{ amount: '500.00' }] }
        }
      ]
    }
    expect(settleWire(policy, bill('300.00')).accumulators_added).toEqual({
      inscp_scp_amt: '300.00',
      segment_expense: '300.00',
      personal_in_scope: '300.00',
      hifmi_pay: '120.00',
      hifmi_special: '120.00'
    })
    expect(
      settleWire(policy, bill('300.00', { accumulators: { personal_in_scope: '300.00', hifmi_special: '450.00' } }))
        .hifmi_pay
    ).toBe('50.00')
  })

  it('relieve the last part first: what lies beyond the limits, then the co-pay, then the deductible', () => {
    const policy: PolicyInput = {
      ...plainPolicy({ deductible: '100.00', ratio: '0.50', cap: '400.00', capOf: 'expense' }),
      supplements: [{ pays: 'hifmi_pay', rows: [{ tiers: [{ above: '0.00', ratio: '0.50' }] }] }]
    }
    // Deductible 100, co-pay 200, uncovered 60: half of 360 is 180.
    const { personal } = settleWire(policy, bill('560.00'))
    expect(personal.map(({ part, amount }) => [part, amount])).toEqual([
      ['deductible', '100.00'],
      ['co-pay', '80.00']
    ])
  })

  it('relieve what earlier ones left: civil servants 80 % of the co-pay, then medical aid half of the rest', () => {
    const policy: PolicyInput = {
      ...plainPolicy({ deductible: '100.00', ratio: '0.50' }),
      supplements: [
        {
          pays: 'cvlserv_pay',
          when: { cvlserv_flag: '1' },
          of: ['co-pay'],
          rows: [{ tiers: [{ above: '0.00', ratio: '0.80' }] }]
        },
        { pays: 'maf_pay', rows: [{ tiers: [{ above: '0.00', ratio: '0.50' }] }] }
      ]
    }
    expect(settleWire(policy, bill('1100.00', { cvlserv_flag: '1' }))).toMatchObject({
      hifp_pay: '500.00',
      cvlserv_pay: '400.00',
      maf_pay: '100.00',
      psn_part_amt: '100.00'
    })
    expect(settleWire(policy, bill('1100.00'))).toMatchObject({ cvlserv_pay: '0.00', maf_pay: '300.00' })
  })
})

describe('the account-first order', () => {
  it('lets what is left of the account pay parts outside the scope', () => {
    const policy: PolicyInput = {
      ...plainPolicy({ deductible: '500.00', ratio: '0.70' }),
      account: { order: 'account-first' }
    }
    const lines = [
      { chrgitm_lv: '01' as const, pric: '100.00', cnt: '1' },
      { chrgitm_lv: '03' as const, pric: '40.00', cnt: '1' }
    ]
    const { amounts, personalShares } = settle(policy, bill('1', { lines, account: { current_year: '120.00' } }))
    expect([amounts.account, amounts.cash, amounts.deductible]).toEqual([12_000, 2_000, 0])
    expect(personalShares.map(({ part, own }) => [part, own])).toEqual([
      ['account-segment', 10_000],
      ['own-pay', 2_000]
    ])
  })
})
