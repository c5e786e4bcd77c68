import { describe, expect, it } from 'vitest'
import { settle, settleWire } from '../../test/worked-examples/bill.ts'
import type { PolicyInput } from '../policy/policy-schema.ts'
import type { ClaimInput } from '../wire/claim-schema.ts'
import { explainSteps } from '../wire/explain.ts'

const POLICY: PolicyInput = {
  region: '999999',
  deductible: { rows: [{ amount: '200.00' }] },
  bands: [{ pays: 'hifp_pay', fund_pay_type: '310102', ratio: [{ ratio: '0.70' }] }],
  supplements: [{ pays: 'cvlserv_pay', of: ['co-pay'], rows: [{ tiers: [{ above: '0.00', ratio: '0.50' }] }] }]
}
const CLAIM: ClaimInput = {
  psn_type: '11',
  begntime: '2026-03-15',
  account: { current_year: '300.00' },
  lines: [{ chrgitm_lv: '01', pric: '1000.00', cnt: '1' }]
}
const enjoys = (fund_pay_type: string, trt_enjymnt_flag: '0' | '1' = '0') => ({ entitlements: [{ fund_pay_type, trt_enjymnt_flag }] })

describe('what the centre said of single funds', () => {
  it('a fund that is not enjoyed pays nothing, and the sentence says why', () => {
    const settled = settle(POLICY, { ...CLAIM, ...enjoys('310102') })
    expect(settled.amounts.funds).toMatchObject({ hifp_pay: 0, cvlserv_pay: 40_000 })
    expect([explainSteps(settled, 'en')[1], explainSteps(settled, 'zh-CN')[1]]).toEqual([
      'The basic pooled fund is closed to the person at this visit, as the centre says: it pays nothing, and no other fund pays in its place.',
      '按中心待遇核定，本次不享受基本医疗保险统筹基金待遇：该基金不予支付，其他基金不代为支付。'
    ])
  })

  it('the other fund alone may be closed', () => {
    expect(settle(POLICY, { ...CLAIM, ...enjoys('320100') }).amounts.funds).toMatchObject({ hifp_pay: 56_000, cvlserv_pay: 0 })
  })

  it('a fund that is enjoyed, or pays nothing here anyway, changes nothing and says nothing', () => {
    const open = settle(POLICY, CLAIM)
    for (const entitlements of [enjoys('310102', '1'), enjoys('610100')]) {
      const settled = settle(POLICY, { ...CLAIM, ...entitlements })
      expect([settled.amounts, settled.steps]).toEqual([open.amounts, open.steps])
    }
  })
})

describe('funds closed for a reason that eligibility gave', () => {
  const closed = (fund_closed: string) => settle(POLICY, { ...CLAIM, fund_closed })

  it('no fund pays, nothing counts, the account does pay, and the reason stands in words', () => {
    const settled = settleWire(POLICY, { ...CLAIM, fund_closed: 'in-arrears' })
    expect(settled).toMatchObject({ fund_pay_sumamt: '0.00', acct_pay: '300.00', psn_cash_pay: '700.00', accumulators_added: {} })
    expect(settled.steps[1]).toEqual({
      code: 'fund-closed',
      zh: '欠缴医保费，政策范围内1000.00元基金不予支付，个人账户仍可使用。',
      en: 'No fund pays the in-scope 1000.00: premiums are owed; the account may.',
      amount: '1000.00'
    })
  })

  it('a reason without words is shown by its name', () => {
    expect(explainSteps(closed('some-local-rule'), 'en')[1]).toBe('No fund pays the in-scope 1000.00: some-local-rule; the account may.')
  })

  it('a status that is not normal is named first', () => {
    const settled = settle(POLICY, { ...CLAIM, psn_insu_stas: '2', fund_closed: 'in-arrears' })
    expect(settled.steps.map(({ kind }) => kind)).not.toContain('fund-closed')
  })
})
