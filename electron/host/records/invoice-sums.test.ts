import { describe, expect, it } from 'vitest'
import { SALE_AMOUNTS } from '../../../test/contract/ledger-fixture.ts'
import type { Amounts } from '../../../settlement/calculation/settlement-result.ts'
import { fen } from '../../../settlement/money/fen.ts'
import { invoiceSums } from './invoice-sums.ts'

/** 1000.00: class C 100.00, over a ceiling 50.00, class B pre-pay 80.00, in scope 770.00; deductible 300.00, pool 70 % = 329.00. */
const AMOUNTS: Amounts = {
  ...SALE_AMOUNTS,
  total: fen(100_000),
  ownPay: fen(10_000),
  overCeiling: fen(5_000),
  prePay: fen(8_000),
  inScope: fen(77_000),
  deductible: fen(30_000),
  funds: { ...SALE_AMOUNTS.funds, hifp_pay: fen(32_900) },
  fundPaid: fen(32_900),
  personal: fen(67_100),
  account: fen(67_100),
  cash: fen(0)
}

const PARTS = [
  { part: 'deductible', amount: fen(30_000) },
  { part: 'co-pay', amount: fen(14_100) },
  { part: 'pre-self-pay', amount: fen(8_000) },
  { part: 'over-ceiling', amount: fen(5_000) },
  { part: 'own-pay', amount: fen(10_000) }
]

describe('the four sums of an e-invoice', () => {
  it('自理 is the pre-pay, 自费 class C and over the ceiling, 个人自付 the deductible and the co-pay', () => {
    expect(invoiceSums(AMOUNTS, PARTS)).toEqual({ selfCare: '80.00', ownExpense: '150.00', inScope: '770.00', selfPay: '441.00' })
  })

  it('a supplement that relieves the pre-pay does not make the person pay less of what is in scope', () => {
    // Another 60.00 of the civil servants' fund, all of it off the pre-pay: 441.00 in scope is still the person's.
    const amounts = { ...AMOUNTS, funds: { ...AMOUNTS.funds, cvlserv_pay: fen(6_000) }, fundPaid: fen(38_900), personal: fen(61_100) }
    const parts = PARTS.map((share) => (share.part === 'pre-self-pay' ? { ...share, amount: fen(2_000) } : share))
    expect(invoiceSums(amounts, parts)).toEqual({ selfCare: '80.00', ownExpense: '150.00', inScope: '770.00', selfPay: '441.00' })
  })

  it('what the account paid first and what no band takes are the person’s too', () => {
    const parts = [
      { part: 'account-segment', amount: fen(20_000) },
      { part: 'uncovered', amount: fen(24_100) },
      ...PARTS.slice(2)
    ]
    expect(invoiceSums(AMOUNTS, parts).selfPay).toBe('441.00')
  })

  it('without the parts it is the sum in scope less the funds', () => {
    expect(invoiceSums(AMOUNTS, undefined).selfPay).toBe('441.00')
  })

  it('parts that are not the personal share are a broken invariant', () => {
    expect(() => invoiceSums(AMOUNTS, PARTS.slice(1))).toThrow('are not the personal share of 67100')
  })
})
