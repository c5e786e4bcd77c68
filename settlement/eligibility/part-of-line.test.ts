import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ask, pack } from '../../test/support/ask.ts'
import { rulesWith, source } from '../../test/support/rules-with.ts'
import { floorShare } from './part-of-line.ts'

const paid = (fields: Parameters<typeof pack>[1], more: object = {}) => ask({ items: [pack('氨氯地平片', fields)], ...more }).items[0]?.payable

describe('how much of a line is paid', () => {
  it.each([
    ['7 of 28 days of four packs: one pack', { cnt: '4', prd_days: 28 }, { of: 'quantity', quantity: 10_000 }],
    ['7 of 21 days of two packs: less than one pack, in tablets', { cnt: '2', prd_days: 21, pric: '28.00' }, { of: 'quantity', quantity: 6428 }],
    ['7 of 12 days of two packs: one whole pack', { cnt: '2', prd_days: 12 }, { of: 'quantity', quantity: 10_000 }]
  ])('%s', (_, fields, payable) => {
    expect(paid(fields)).toEqual(payable)
  })

  it('is an amount where nobody knows what is in a pack', () => {
    const item = { name: '测试', drug_genname: '测试', chrgitm_lv: '01', rx_flag: '1' }
    expect(paid({ prd_days: 8, pric: '10.00', item })).toEqual({ of: 'amount', amount: 875 })
  })

  it('is the tightest of two limits', () => {
    expect(paid({ cnt: '4', prd_days: 28, pric: '10.00' }, { used: { today: '497.00' } })).toEqual({ of: 'amount', amount: 300 })
    expect(paid({ cnt: '4', prd_days: 28, pric: '10.00' }, { used: { today: '480.00' } })).toEqual({ of: 'quantity', quantity: 10_000 })
  })

  it('is the fewer tablets of two limits that come to the same fen', () => {
    const course = rulesWith({ item_rules: [{ rule: 'course', quantity: '1', period_months: 12, ...source }] })
    const items = [pack('奥司他韦胶囊', { cnt: '2', prd_days: 30, pric: '0.01' })]
    expect(ask({ prescription: { visit: 'long-term' }, items }, course).items[0]?.payable).toEqual({ of: 'quantity', quantity: 6000 })
  })

  it('shares what is left of a day by amounts, and never gives out more', () => {
    const items = [pack('氨氯地平片', { pric: '30.00' }), pack('二甲双胍片', { pric: '60.00' }), pack('氢氯噻嗪片', { pric: '0.01' })]
    const payable = ask({ items, used: { today: '470.00' } }).items.map((item) => item.payable)
    expect(payable).toEqual([
      { of: 'amount', amount: 999 },
      { of: 'amount', amount: 1999 },
      { of: 'amount', amount: 0 }
    ])
  })

  it('is exact beyond what a double holds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9e11 }), fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 1e9 }), (value, of, whole) => {
        const expected = of >= whole ? value : Number((BigInt(value) * BigInt(of)) / BigInt(whole))
        expect(floorShare(value, of, whole)).toBe(expected)
      })
    )
  })
})
