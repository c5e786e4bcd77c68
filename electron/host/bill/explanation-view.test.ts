import { describe, expect, it } from 'vitest'
import { claimOf, region, settle } from '../../../test/worked-examples/bill.ts'
import { explanationView } from './explanation-view.ts'

const POLICY = { region: '321000', name: { zh: '扬州', en: 'Yangzhou' }, version: '2023' }

describe('the explanation at the counter', () => {
  it('is sentences, with the source of a step beside it and the row for whoever keeps the policy', () => {
    const claim = claimOf({ person: '12', place: 'hospital 2', date: '2023-02-01', inscope: '3980.00', ownpay: '20.00', year: '300.00' })
    const { steps } = explanationView(settle(region('321000-yangzhou-2023'), claim), POLICY)
    expect(steps[2]).toEqual({
      text: { zh: '政策范围内3980.00元，减起付线500.00元，余3480.00元。', en: 'In-scope 3980.00 less deductible 500.00 leaves 3480.00.' },
      amount: '500.00',
      rule: { source: 'yangzhou.iwelife.cn/1147', certainty: { zh: '已公布', en: 'published' }, parameter: 'deductible.rows[1]' }
    })
    expect(steps.filter(({ text }) => /[[\]_]/.test(`${text.zh} ${text.en}`))).toEqual([])
    expect(steps.at(-1)).toEqual({ text: { zh: '个人负担1390.00元，减账户支付300.00元，现金支付1090.00元。', en: 'Personal 1390.00 less accounts 300.00 leaves 1090.00 in cash.' }, amount: '1090.00' })
  })
})
