/** The auditor's own calculation, on bills small enough to be checked by hand. Amounts in fen. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { billOf, type Claim, type ClaimLine } from '../auditor/bill-model.ts'
import { NotModelled, type PolicyDocument } from '../auditor/policy-document.ts'

const RULES = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', '..', 'fixtures', 'regions', '999999-test.json'), 'utf8')) as PolicyDocument

const line = (pric: string, more: Partial<ClaimLine> = {}): ClaimLine => ({ pric, cnt: '1', chrgitm_lv: '01', ...more })

/** In service, at a hospital of level 2, with 100 yuan on the card. */
const claim = (lines: readonly ClaimLine[], more: Partial<Claim> = {}): Claim => ({
  insutype: '310',
  psn_type: '11',
  brdy: '1990-01-01',
  institution: { level: 2, kind: 'hospital' },
  med_type: '11',
  begntime: '2026-01-05 08:00:00',
  acct_used_flag: '1',
  account: { current_year: '100.00', past_years: '0.00', mutual_aid: [] },
  accumulators: {},
  lines,
  ...more
})

const amounts = (lines: readonly ClaimLine[], more: Partial<Claim> = {}) => billOf(RULES, claim(lines, more)).amounts

it('600 yuan: 400 of them are the deductible, 70 % of the rest are the fund\'s, and the account pays what it has', () => {
  expect(amounts([line('600.00')])).toMatchObject({ total: 60_000, deductible: 40_000, hifp_pay: 14_000, fund_paid: 14_000, personal: 46_000, account: 10_000, cash: 36_000 })
})

it('a year that is nearly used up: one yuan of the first fund is left, and 60 % of what it did not cover are the next one\'s', () => {
  const used = { act_pay_dedc: '400.00', hifp_pay: '4499.00' }
  // 70.00 would be its share; 100.00 - 1.00 / 0.7 go on, of which 60 % are 59.14.
  expect(amounts([line('100.00')], { accumulators: used })).toMatchObject({ deductible: 0, hifp_pay: 100, hifob_pay: 5_914, fund_paid: 6_014 })
})

it('what lies above a ceiling is the person\'s, and the share of class B is taken of the rest', () => {
  const infusion = line('6.50', { cnt: '4', chrgitm_lv: '02', selfpay_prop: '0.10', pric_uplmt_amt: '5.00' })
  expect(amounts([infusion])).toMatchObject({ total: 2_600, over_ceiling: 600, pre_pay: 200, in_scope: 1_800 })
})

it('a restricted item without approval is the person\'s, and so is one whose approval was refused', () => {
  expect(amounts([line('50.00', { lmt_used_flag: '1', hosp_appr_flag: '0' })])).toMatchObject({ own_pay: 5_000, in_scope: 0 })
  expect(amounts([line('50.00', { hosp_appr_flag: '2' })])).toMatchObject({ own_pay: 5_000, in_scope: 0 })
  expect(amounts([line('50.00', { lmt_used_flag: '1', hosp_appr_flag: '1' })])).toMatchObject({ own_pay: 0, in_scope: 5_000 })
})

it('where no fund pays nothing counts towards the year', () => {
  const bill = billOf(RULES, claim([line('600.00')], { fund_closed: 'in-arrears' }))
  expect([bill.amounts.fund_paid, bill.amounts.deductible, bill.counters.size]).toEqual([0, 0, 0])
})

it('a visit adds what it has used to the year', () => {
  expect([...billOf(RULES, claim([line('600.00')])).counters]).toEqual([
    ['act_pay_dedc', 40_000],
    ['inscp_scp_amt', 60_000],
    ['segment_expense', 20_000],
    ['hifp_pay', 14_000],
    ['personal_in_scope', 46_000]
  ])
})

it('judges nothing that it does not know', () => {
  expect(() => billOf(RULES, claim([line('600.00')], { off_site: 'unfiled' }))).toThrow(NotModelled)
})
