/** The published settlements that were accepted as evidence, each against the region's own rules where it has them. */

import { describe, expect, it } from 'vitest'
import { claimOf, plainPolicy, region, settleWire } from './bill.ts'
import { rows } from './table.ts'

/** act_pay_dedc, hifp_pay, psn_part_amt, acct_pay, psn_cash_pay; a blank cell is not published. */
const PUBLISHED = `
id  | policy               | person | place       | date       | inscope | ownpay | year    | used               | D      | F       | N       | A       | C
W01 | 321000-yangzhou-2023 | 11     | hospital 2  | 2023-02-01 | 1500.00 |        | 2760.00 |                    | 600.00 | 585.00  | 915.00  | 915.00  | 0.00
W02 | 321000-yangzhou-2023 | 12     | hospital 2  | 2023-02-01 | 3980.00 |        | 3000.00 |                    | 500.00 | 2610.00 | 1370.00 | 1370.00 | 0.00
W05 | 321100-zhenjiang-2023| 11     | community 1 | 2023-02-01 | 8000.00 |        | 1020.00 |                    | 800.00 | 6480.00 | 1520.00 | 1020.00 | 500.00
W10 | 510500-luzhou-2023   | 12     | pharmacy 0  | 2023-09-15 | 400.00  | 20.00  |         |                    | 150.00 | 175.00  | 245.00  |         |
W12 | 620100-lanzhou-2023  | 11     | hospital 2  | 2023-05-01 | 1700.00 | 300.00 |         |                    | 200.00 | 900.00  | 1100.00 |         |
W14 | 210600-dandong-2023  | 12     | hospital 1  | 2023-05-01 | 1000.00 | 50.00  |         |                    | 300.00 | 455.00  | 595.00  |         |
W14b| 210600-dandong-2023  | 12     | hospital 1  | 2023-06-01 | 1000.00 | 50.00  |         | act_pay_dedc 300.00| 0.00   | 650.00  | 400.00  |         |
W25 | 370300-zibo-2024     | 11     | hospital 2  | 2024-05-01 | 400.00  |        |         | act_pay_dedc 200.00| 300.00 |         |         |         |
`

describe('published settlements', () => {
  it.each(rows(PUBLISHED))('$id settles as published', (row) => {
    const result = settleWire(region(row.policy ?? ''), claimOf(row))
    const computed = {
      D: result.act_pay_dedc,
      F: result.hifp_pay,
      N: result.psn_part_amt,
      A: result.acct_pay,
      C: result.psn_cash_pay
    }
    const { D, F, N, A, C } = row
    const published = Object.fromEntries(Object.entries({ D, F, N, A, C }).filter(([, amount]) => amount !== ''))
    expect(computed).toMatchObject(published)
  })

  it('W01, W02: the account stands at 1845.00 and 1630.00 afterwards', () => {
    const balances = rows(PUBLISHED)
      .slice(0, 2)
      .map((row) => settleWire(region(row.policy ?? ''), claimOf(row)).balc)
    expect(balances).toEqual(['1845.00', '1630.00'])
  })

  it('W05: the account pays 800 to the deductible and 220 to the co-pay', () => {
    const row = rows(PUBLISHED)[2] ?? {}
    const { personal } = settleWire(region('321100-zhenjiang-2023'), claimOf(row))
    expect(personal.map(({ part, acct_pay }) => [part, acct_pay])).toEqual([
      ['deductible', '800.00'],
      ['co-pay', '220.00']
    ])
  })

  it('W25: 100 of the second visit enters the co-pay', () => {
    const row = rows(PUBLISHED)[7] ?? {}
    expect(settleWire(region('370300-zibo-2024'), claimOf(row)).accumulators_added.segment_expense).toBe('100.00')
  })
})

/** Class, price, pre-self-pay; preselfpay_amt, inscp_scp_amt, hifp_pay, psn_part_amt. City not stated. */
const BY_CLASS = `
id  | class | price  | prop | ratio | P     | S      | F     | N
W20 | 01    | 100.00 | 0    | 0.80  | 0.00  | 100.00 | 80.00 | 20.00
W21 | 02    | 100.00 | 0.10 | 0.80  | 10.00 | 90.00  | 72.00 | 28.00
W22 | 02    | 94.50  | 0.25 | 0.70  | 23.63 | 70.87  | 49.61 | 44.89
`

describe('published settlements of one drug', () => {
  it.each(rows(BY_CLASS))('$id settles as published', (row) => {
    const result = settleWire(plainPolicy({ ratio: row.ratio ?? '' }), {
      psn_type: '11',
      begntime: '2023-06-01',
      lines: [{ chrgitm_lv: row.class as '01', pric: row.price ?? '', cnt: '1', selfpay_prop: row.prop ?? '' }]
    })
    expect([result.preselfpay_amt, result.inscp_scp_amt, result.hifp_pay, result.psn_part_amt]).toEqual([
      row.P,
      row.S,
      row.F,
      row.N
    ])
  })
})

/** Published calculations with an error in them: the value that must not come out, and the one that must. */
const ERRONEOUS = `
article           | person | inscope    | deductible | ratio | wrong   | right
Quzhou 1          | 11     | 1000.00    | 200.00     | 0.55  | 550.00  | 440.00
Quzhou 2          | 11     | 10000.00   | 200.00     | 0.65  | 6420.00 | 6370.00
jiusong 5128895   | 11     | 2500.00    | 800.00     | 0.75  | 1875.00 | 1275.00
jiusong 4531594   | 11     | 2000.00    | 2000.00    | 0.50  | 1000.00 | 0.00
jiusong 6334214   | 12     | 2000.00    | 500.00     | 0.90  | 1300.00 | 1350.00
`

describe('published calculations with an error', () => {
  it.each(rows(ERRONEOUS))('$article: $right, not $wrong', (row) => {
    const policy = plainPolicy({ deductible: row.deductible ?? '', ratio: row.ratio ?? '' })
    const result = settleWire(policy, claimOf(row))
    expect(result.hifp_pay).not.toBe(row.wrong)
    expect(result.hifp_pay).toBe(row.right)
  })

  it('Shanghai inpatient: 8590.48 less 700 less 501.97 leaves 7388.51, not 7488.51', () => {
    const policy = plainPolicy({ deductible: '700.00', ratio: '0.92' })
    const result = settleWire(policy, claimOf({ inscope: '8088.51', ownpay: '501.97' }))
    expect(result.accumulators_added.segment_expense).toBe('7388.51')
    expect(result.hifp_pay).toBe('6797.43')
  })

  it('jiusong 4639470: 8000 at 75 % is 6000, and the base of 12000 less 800 is 11200', () => {
    const policy = plainPolicy({ deductible: '800.00', ratio: '0.75', cap: '8000.00', capOf: 'expense' })
    const tiers = { ...policy, bands: [...(policy.bands ?? []), { pays: 'hifp_pay' as const, ratio: [{ ratio: '0.65' }] }] }
    const result = settleWire(tiers, claimOf({ inscope: '12000.00' }))
    expect(result.accumulators_added.segment_expense).toBe('11200.00')
    expect(result.hifp_pay).toBe('8080.00')
    expect(result.hifp_pay).not.toBe('7030.00')
  })

  it('jiusong 6420517: big illness pays on what lies above the threshold, 14000 and not 84000', () => {
    const policy = {
      region: '999999',
      supplements: [{ pays: 'hifmi_pay' as const, rows: [{ tiers: [{ above: '100000.00', ratio: '0.70' }] }] }]
    }
    expect(settleWire(policy, claimOf({ inscope: '120000.00' })).hifmi_pay).toBe('14000.00')
  })

  it('Zhenjiang table: the retired at level 3 pay 35 %, not 25 %', () => {
    const row = { person: '12', place: 'hospital 3', inscope: '1500.00' }
    const result = settleWire(region('321100-zhenjiang-2023'), claimOf(row))
    expect([result.hifp_pay, result.psn_part_amt]).toEqual(['650.00', '850.00'])
  })
})
