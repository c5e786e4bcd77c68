import { describe, expect, it } from 'vitest'
import { claimOf, region, settle } from '../../test/worked-examples/bill.ts'
import { explainSteps } from './explain.ts'

const W02 = claimOf({
  person: '12',
  place: 'hospital 2',
  date: '2023-02-01',
  inscope: '3980.00',
  ownpay: '20.00',
  year: '300.00'
})

describe('the explanation of a bill', () => {
  it('says in English what was done to which fen, and by which row', () => {
    expect(explainSteps(settle(region('321000-yangzhou-2023'), W02), 'en')).toEqual([
      'Line 2: 20.00 x 1 = 20.00; class C; own pay 20.00, in scope 0.00.',
      'Total 4000.00 less own pay 20.00, over the ceiling 0.00 and pre-self-pay 0.00 leaves 3980.00 in scope.',
      'In-scope 3980.00 less deductible 500.00 leaves 3480.00. [deductible.rows[1]: yangzhou.iwelife.cn/1147; published]',
      '3480.00 times 75 % = 2610.00, paid by the basic pooled fund. [bands[0].ratio[1]: yangzhou.iwelife.cn/1147; published]',
      'Total 4000.00 less funds 2610.00 leaves 1390.00 to the person.',
      "This year's account pays 300.00; balance 300.00 before, 0.00 after.",
      'Personal 1390.00 less accounts 300.00 leaves 1090.00 in cash.'
    ])
  })

  it('says the same in Chinese', () => {
    expect(explainSteps(settle(region('321000-yangzhou-2023'), W02), 'zh-CN')).toEqual([
      '第2项：20.00×1=20.00元，丙类，全自费20.00元，政策范围内0.00元。',
      '总额4000.00元，减全自费20.00元、超限价0.00元、先行自付0.00元，符合政策范围3980.00元。',
      '政策范围内3980.00元，减起付线500.00元，余3480.00元。[deductible.rows[1]:yangzhou.iwelife.cn/1147;published]',
      '3480.00元×75 %=2610.00元，由基本医疗保险统筹基金支付。[bands[0].ratio[1]:yangzhou.iwelife.cn/1147;published]',
      '总额4000.00元，减基金支付2610.00元，个人负担1390.00元。',
      '当年账户支付300.00元，余额由300.00元变为0.00元。',
      '个人负担1390.00元，减账户支付300.00元，现金支付1090.00元。'
    ])
  })

  it('names the limit that cut a payment, what was left of it and what goes on', () => {
    const claim = claimOf({
      place: 'hospital 2',
      date: '2024-05-01',
      inscope: '1000.00',
      used: 'act_pay_dedc 400.00, hifp_pay 4400.00'
    })
    expect(explainSteps(settle(region('370900-taian-2024'), claim), 'en')[2]).toContain(
      '1000.00 times 70 % is limited to 100.00, paid by the basic pooled fund. The limit of payments is 4500.00, of which 100.00 was left. 857.14 of expense goes beyond.'
    )
  })

  it('does not call a rounded expense exact: 333.333... times 65 % is 216.67, 333.33 times 65 % is 216.66', () => {
    const band = (pays: 'hifp_pay' | 'hifob_pay', ratio: string, cap: string | null) => ({
      pays,
      ratio: [{ ratio }],
      limit: { rows: [{ amount: cap }] }
    })
    const policy = { region: '999999', bands: [band('hifp_pay', '0.75', '500.00'), band('hifob_pay', '0.65', null)] }
    const bill = settle(policy, claimOf({ inscope: '1000.00' }))
    expect(explainSteps(bill, 'en')[2]).toContain(
      'About 333.33 (what the limit before left, unrounded) times 65 % = 216.67, paid by the large-amount fund.'
    )
    expect(explainSteps(bill, 'zh-CN')[2]).toContain('约333.33元（此前限额所余，未取整）×65 %=216.67元')
  })
})
