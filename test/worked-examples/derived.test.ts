/** Cases derived from the parameter tables of the places: not independent evidence, but every mechanism at literal fen. */

import { describe, expect, it } from 'vitest'
import { formatFen } from '../../settlement/money/fen.ts'
import { reverse } from '../../settlement/calculation/reverse.ts'
import { calculationToWire } from '../../settlement/wire/calculation-to-wire.ts'
import type { ClaimInput } from '../../settlement/wire/claim-schema.ts'
import { claimOf, plainPolicy, region, settle, settleWire } from './bill.ts'
import { rows } from './table.ts'

/** D act_pay_dedc, F fund_pay_sumamt, L what another fund than the pool pays of it, N person, A account, C cash. */
const DERIVED = `
id          | policy                | person | place       | date       | born       | retired    | inscope  | year    | past    | used                                     | D      | F        | L       | N       | A       | C
D01         | 310000-shanghai-2023  | 11     | hospital 3  | 2023-09-01 |            |            | 1000.00  | 300.00  |         |                                          | 500.00 | 140.00   | 0.00    | 860.00  | 300.00  | 560.00
D02         | 310000-shanghai-2023  | 12     | hospital 1  | 2023-09-01 |            | 2005-03-01 | 1000.00  |         |         |                                          | 300.00 | 595.00   | 0.00    | 405.00  | 0.00    | 405.00
D04         | 330200-ningbo-2023    | 11     | hospital 3  | 2023-09-01 | 1990-01-01 |            | 2000.00  |         |         |                                          | 900.00 | 825.00   | 0.00    | 1175.00 | 0.00    | 1175.00
D07         | 370900-taian-2024     | 11     | hospital 2  | 2024-05-01 |            |            | 1400.00  |         |         |                                          | 400.00 | 700.00   | 0.00    | 700.00  | 0.00    | 700.00
D09         | 370900-taian-2024     | 11     | hospital 2  | 2024-05-01 |            |            | 1000.00  |         |         | act_pay_dedc 400.00, hifp_pay 4400.00    | 0.00   | 100.00   | 0.00    | 900.00  | 0.00    | 900.00
D10 visit 1 | 370600-yantai-2024    | 11     | hospital 1  | 2024-05-01 |            |            | 300.00   |         |         |                                          | 200.00 | 80.00    | 0.00    | 220.00  | 0.00    | 220.00
D10 visit 2 | 370600-yantai-2024    | 11     | hospital 3  | 2024-05-02 |            |            | 1000.00  |         |         | act_pay_dedc 200.00, hifp_pay 80.00      | 400.00 | 360.00   | 0.00    | 640.00  | 0.00    | 640.00
D10 Zaozh.  | 370400-zaozhuang-2024 | 11     | hospital 3  | 2024-11-02 |            |            | 1000.00  |         |         | act_pay_dedc 200.00, hifp_pay 80.00      | 400.00 | 360.00   | 0.00    | 640.00  | 0.00    | 640.00
-- Yangzhou: the cap of the retired limits the payment
Y cap       | 321000-yangzhou-2023  | 12     | hospital 2  | 2023-05-01 |            |            | 12000.00 |         |         |                                          | 500.00 | 8000.00  | 0.00    | 4000.00 | 0.00    | 4000.00
Y cap used  | 321000-yangzhou-2023  | 12     | hospital 2  | 2023-05-01 |            |            | 1000.00  |         |         | act_pay_dedc 500.00, hifp_pay 7900.00    | 0.00   | 100.00   | 0.00    | 900.00  | 0.00    | 900.00
-- Zhenjiang 2023: 10000 of expense above the deductible, then 60 % of the personal share above 6000
Z level 3   | 321100-zhenjiang-2023 | 11     | hospital 3  | 2023-05-01 |            |            | 12000.00 |         |         |                                          | 800.00 | 6000.00  | 0.00    | 6000.00 | 0.00    | 6000.00
Z supplement| 321100-zhenjiang-2023 | 11     | hospital 3  | 2023-05-01 |            |            | 20000.00 |         |         |                                          | 800.00 | 10800.00 | 4800.00 | 9200.00 | 0.00    | 9200.00
Z next visit| 321100-zhenjiang-2023 | 11     | hospital 3  | 2023-06-01 |            |            | 1000.00  |         |         | act_pay_dedc 800.00, segment_expense 9700.00, personal_in_scope 5900.00 | 0.00 | 612.00 | 432.00 | 388.00 | 0.00 | 388.00
Z retired   | 321100-zhenjiang-2023 | 12     | hospital 2  | 2023-05-01 |            |            | 3000.00  | 200.00  |         |                                          | 500.00 | 2000.00  | 0.00    | 1000.00 | 200.00  | 800.00
-- Zhenjiang before 2023: account, self segment, co-pay
Z before    | 321100-zhenjiang-2022 | 11     | community 1 | 2022-05-01 |            |            | 8000.00  | 1020.00 |         |                                          | 800.00 | 5562.00  | 0.00    | 2438.00 | 1020.00 | 1418.00
Z past      | 321100-zhenjiang-2022 | 11     | community 1 | 2022-05-01 |            |            | 8000.00  | 1020.00 | 1000.00 |                                          | 800.00 | 5562.00  | 0.00    | 2438.00 | 2020.00 | 418.00
-- Ningbo: the sources give the personal share
N community | 330200-ningbo-2023    | 11     | community 1 | 2023-09-01 | 1990-01-01 |            | 2000.00  | 100.00  |         |                                          | 900.00 | 860.00   | 0.00    | 1140.00 | 100.00  | 1040.00
N 45        | 330200-ningbo-2023    | 11     | hospital 2  | 2023-09-01 | 1978-09-01 |            | 1600.00  |         | 700.00  |                                          | 600.00 | 800.00   | 0.00    | 800.00  | 700.00  | 100.00
N day before| 330200-ningbo-2023    | 11     | hospital 2  | 2023-09-01 | 1978-09-02 |            | 1600.00  |         | 700.00  |                                          | 900.00 | 560.00   | 0.00    | 1040.00 | 700.00  | 340.00
N retired   | 330200-ningbo-2023    | 12     | community 1 | 2023-09-01 |            |            | 1300.00  |         |         |                                          | 300.00 | 920.00   | 0.00    | 380.00  | 0.00    | 380.00
-- Zaozhuang: above 3500 the large-amount fund pays up to 1000 more at the same ratio
L below     | 370400-zaozhuang-2024 | 11     | hospital 2  | 2024-11-02 |            |            | 5400.00  |         |         |                                          | 400.00 | 3500.00  | 0.00    | 1900.00 | 0.00    | 1900.00
L one fen   | 370400-zaozhuang-2024 | 11     | hospital 2  | 2024-11-02 |            |            | 5400.02  |         |         |                                          | 400.00 | 3500.01  | 0.01    | 1900.01 | 0.00    | 1900.01
L into it   | 370400-zaozhuang-2024 | 11     | hospital 2  | 2024-11-02 |            |            | 6400.00  |         |         |                                          | 400.00 | 4200.00  | 700.00  | 2200.00 | 0.00    | 2200.00
L both full | 370400-zaozhuang-2024 | 11     | hospital 2  | 2024-11-02 |            |            | 9000.00  |         |         |                                          | 400.00 | 4500.00  | 1000.00 | 4500.00 | 0.00    | 4500.00
-- Beijing: above 20000 a lower ratio without cap
B below     | 110000-beijing-2023   | 11     | hospital 3  | 2023-09-01 |            |            | 11800.00 |         |         |                                          | 1800.00| 7000.00  | 0.00    | 4800.00 | 0.00    | 4800.00
B above     | 110000-beijing-2023   | 11     | hospital 3  | 2023-09-01 |            |            | 10000.00 |         |         | act_pay_dedc 1800.00, hifp_pay 16500.00  | 0.00   | 6500.00  | 3000.00 | 3500.00 | 0.00    | 3500.00
B community | 110000-beijing-2023   | 12     | community 1 | 2023-09-01 |            |            | 2300.00  |         |         |                                          | 1300.00| 900.00   | 0.00    | 1400.00 | 0.00    | 1400.00
-- Luzhou pharmacies, Wuhan, Lanzhou, Shanghai's oldest group and the year before
P in service| 510500-luzhou-2023    | 11     | pharmacy 0  | 2023-09-15 |            |            | 400.00   |         |         | act_pay_dedc 200.00                      | 0.00   | 240.00   | 0.00    | 160.00  | 0.00    | 160.00
V in service| 420100-wuhan-2023     | 11     | hospital 1  | 2023-05-01 |            |            | 1700.00  |         |         |                                          | 700.00 | 800.00   | 0.00    | 900.00  | 0.00    | 900.00
V cap       | 420100-wuhan-2023     | 12     | hospital 1  | 2023-05-01 |            |            | 6500.00  |         |         |                                          | 500.00 | 4000.00  | 0.00    | 2500.00 | 0.00    | 2500.00
A retired   | 620100-lanzhou-2023   | 12     | hospital 2  | 2023-05-01 |            |            | 1700.00  |         |         |                                          | 200.00 | 975.00   | 0.00    | 725.00  | 0.00    | 725.00
S oldest    | 310000-shanghai-2023  | 12     | hospital 2  | 2024-06-30 |            | 2000-12-31 | 1200.00  |         |         |                                          | 200.00 | 850.00   | 0.00    | 350.00  | 0.00    | 350.00
S 2022 year | 310000-shanghai-2022  | 11     | hospital 3  | 2023-06-30 |            |            | 2500.00  |         |         |                                          | 1500.00| 700.00   | 0.00    | 1800.00 | 0.00    | 1800.00
`

describe('cases derived from the tables of the places', () => {
  it.each(rows(DERIVED))('$id: $policy', (row) => {
    const result = settleWire(region(row.policy ?? ''), claimOf(row))
    const { D, F, L, N, A, C } = row
    const computed = {
      D: result.act_pay_dedc,
      F: result.fund_pay_sumamt,
      L: result.setldetail.find(({ fund }) => fund !== 'hifp_pay' && fund !== 'acct_pay')?.fund_payamt ?? '0.00',
      N: result.psn_part_amt,
      A: result.acct_pay,
      C: result.psn_cash_pay
    }
    expect(computed).toEqual({ D, F, L, N, A, C })
  })
})

const ALL_CLASSES: ClaimInput = {
  psn_type: '11',
  begntime: '2023-06-01',
  lines: [
    { chrgitm_lv: '01', pric: '50.00', cnt: '1' },
    { chrgitm_lv: '02', pric: '101.56', cnt: '1', selfpay_prop: '0.10' },
    { chrgitm_lv: '03', pric: '20.00', cnt: '1' },
    { chrgitm_lv: '01', pric: '12.00', cnt: '3', pric_uplmt_amt: '10.00' }
  ]
}

describe('one bill of all classes', () => {
  it('D12: pre-self-pay 10.16, over the ceiling 6.00, own pay 20.00, fund 119.98', () => {
    expect(settleWire(plainPolicy({ ratio: '0.70' }), ALL_CLASSES)).toMatchObject({
      preselfpay_amt: '10.16',
      overlmt_selfpay: '6.00',
      fulamt_ownpay_amt: '20.00',
      medfee_sumamt: '207.56',
      inscp_scp_amt: '171.40',
      hifp_pay: '119.98',
      psn_part_amt: '87.58'
    })
  })

  it('D13: own account of 50, then a donor of 30, then 7.58 in cash', () => {
    const account = { current_year: '50.00', mutual_aid: [{ donor: '测试二', balance: '30.00' }] }
    const result = settleWire(plainPolicy({ ratio: '0.70' }), { ...ALL_CLASSES, acct_used_flag: '2', account })
    expect(result).toMatchObject({ acct_pay: '80.00', acct_mulaid_pay: '30.00', psn_cash_pay: '7.58', balc: '0.00' })
    expect(result.account_after.mutual_aid).toEqual([{ donor: '测试二', balance: '0.00' }])
    // In the parts as in the sum, mutual aid is a part of what the accounts pay.
    expect(result.personal.map((share) => [share.part, share.acct_pay, share.acct_mulaid_pay, share.psn_cash_pay])).toEqual([
      ['co-pay', '51.42', '1.42', '0.00'],
      ['pre-self-pay', '10.16', '10.16', '0.00'],
      ['over-ceiling', '6.00', '6.00', '0.00'],
      ['own-pay', '12.42', '12.42', '7.58']
    ])
  })

  it('flag 1 leaves the donor alone, flag 0 leaves every account alone', () => {
    const account = { current_year: '50.00', mutual_aid: [{ donor: '测试二', balance: '30.00' }] }
    const own = settleWire(plainPolicy({ ratio: '0.70' }), { ...ALL_CLASSES, acct_used_flag: '1', account })
    const none = settleWire(plainPolicy({ ratio: '0.70' }), { ...ALL_CLASSES, acct_used_flag: '0', account })
    expect([own.acct_pay, own.psn_cash_pay]).toEqual(['50.00', '37.58'])
    expect([none.acct_pay, none.psn_cash_pay, none.balc]).toEqual(['0.00', '87.58', '50.00'])
  })

  it('a place may keep the account from own pay and over-ceiling parts', () => {
    const policy = {
      ...plainPolicy({ ratio: '0.70' }),
      account: { current_year_pays: ['deductible', 'co-pay', 'pre-self-pay'] as const }
    }
    const result = settleWire(policy as never, { ...ALL_CLASSES, account: { current_year: '500.00' } })
    expect([result.acct_pay, result.psn_cash_pay]).toEqual(['61.58', '26.00'])
  })
})

describe('two-step deductible and refund', () => {
  it('D15: 0.01 of the deductible is left', () => {
    const claim = claimOf({ inscope: '10.01', used: 'act_pay_dedc 399.99' })
    const result = settleWire(plainPolicy({ deductible: '400.00', ratio: '0.70' }), claim)
    expect([result.act_pay_dedc, result.hifp_pay, result.psn_part_amt]).toEqual(['0.01', '7.00', '3.01'])
  })

  it('D16: W10 cancelled gives back the deductible, the pool and the account', () => {
    const claim = claimOf({
      person: '12',
      place: 'pharmacy 0',
      date: '2023-09-15',
      inscope: '400.00',
      ownpay: '20.00',
      year: '100.00'
    })
    const settled = settle(region('510500-luzhou-2023'), claim)
    const reversal = reverse(settled)
    const wire = calculationToWire(reversal)
    expect(wire).toMatchObject({
      kind: 'reversal',
      medfee_sumamt: '-420.00',
      hifp_pay: '-175.00',
      psn_part_amt: '-245.00',
      acct_pay: '-100.00',
      psn_cash_pay: '-145.00',
      balc: '100.00'
    })
    expect(formatFen(reversal.counters.act_pay_dedc ?? settled.amounts.total)).toBe('-150.00')
    expect(wire.accumulators_added).toMatchObject({ act_pay_dedc: '-150.00', hifp_pay: '-175.00' })
    expect(wire.lines.map(({ det_item_fee_sumamt }) => det_item_fee_sumamt)).toEqual(['-400.00', '-20.00'])
  })
})

describe('section 4 as machine-readable cases', () => {
  const CASES = [
    {
      id: 'W01',
      scope: '1500.00',
      ded: '600.00',
      ratio: '0.65',
      acct: '2760.00',
      fund: '585.00',
      personal: '915.00',
      acctPay: '915.00',
      cash: '0.00'
    },
    {
      id: 'W02',
      scope: '3980.00',
      ded: '500.00',
      ratio: '0.75',
      poolCap: '8000.00',
      acct: '3000.00',
      fund: '2610.00',
      personal: '1370.00',
      acctPay: '1370.00',
      cash: '0.00'
    },
    {
      id: 'W05',
      scope: '8000.00',
      ded: '800.00',
      ratio: '0.90',
      expenseCap: '10000.00',
      acct: '1020.00',
      fund: '6480.00',
      personal: '1520.00',
      acctPay: '1020.00',
      cash: '500.00'
    },
    { id: 'W10', scope: '400.00', ownpay: '20.00', ded: '150.00', ratio: '0.70', fund: '175.00', personal: '245.00' },
    { id: 'W12', scope: '1700.00', ownpay: '300.00', ded: '200.00', ratio: '0.60', fund: '900.00', personal: '1100.00' },
    { id: 'W14', scope: '1000.00', ownpay: '50.00', ded: '300.00', ratio: '0.65', fund: '455.00', personal: '595.00' }
  ]
  it.each(CASES)('$id', (row) => {
    const cap = row.poolCap ?? row.expenseCap
    const policy = plainPolicy({
      deductible: row.ded,
      ratio: row.ratio,
      ...(cap && { cap }),
      capOf: row.expenseCap ? 'expense' : 'payment'
    })
    const result = settleWire(policy, claimOf({ inscope: row.scope, ownpay: row.ownpay ?? '', year: row.acct ?? '' }))
    expect([result.hifp_pay, result.psn_part_amt]).toEqual([row.fund, row.personal])
    expect([result.acct_pay, result.psn_cash_pay]).toEqual([row.acctPay ?? '0.00', row.cash ?? row.personal])
  })
})
