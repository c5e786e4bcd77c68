/** Sales at pharmacies, chronic diseases and the order of the funds: published figures where there are any, each to the fen. */

import { describe, expect, it } from 'vitest'
import { calculate } from '../../settlement/calculation/calculate.ts'
import { compilePolicy } from '../../settlement/policy/compile-policy.ts'
import type { PolicyInput } from '../../settlement/policy/policy-schema.ts'
import type { ClaimInput } from '../../settlement/wire/claim-schema.ts'
import { describeRefusal } from '../../settlement/wire/describe-refusal.ts'
import { parseClaim } from '../../settlement/wire/parse-claim.ts'
import { parsedPolicy, plainPolicy, settleWire } from './bill.ts'
import { rows } from './table.ts'

/** Level 1 200.00 and 80 %, level 2 400.00 and 70 %, level 3 600.00 and 60 %; at a pharmacy of its own table 60 %. */
const LEVELS: PolicyInput = {
  region: '999999',
  deductible: {
    rows: [
      { when: { kind: ['pharmacy'] }, amount: '150.00' },
      { when: { level: [1] }, amount: '200.00' },
      { when: { level: [2] }, amount: '400.00' },
      { when: { level: [3] }, amount: '600.00' }
    ]
  },
  bands: [
    {
      pays: 'hifp_pay',
      ratio: [
        { when: { kind: ['pharmacy'] }, ratio: '0.60' },
        { when: { kind: ['community'] }, ratio: '0.90' },
        { when: { level: [1] }, ratio: '0.80' },
        { when: { level: [2] }, ratio: '0.70' },
        { when: { level: [3] }, ratio: '0.60' }
      ],
      limit: { rows: [{ amount: '1000.00' }] }
    }
  ]
}
const { bands = [] } = LEVELS
const WITHOUT_COMMUNITY: PolicyInput = {
  ...LEVELS,
  bands: bands.map((band) => ({ ...band, ratio: band.ratio.filter(({ when }) => when?.kind?.[0] !== 'community') }))
}
const POLICIES: Readonly<Record<string, PolicyInput>> = {
  own: { ...LEVELS, pharmacy_ratio: 'own' },
  basic: { ...LEVELS, pharmacy_ratio: 'basic-level', pooling_needs_prescription: true },
  'level 1': { ...WITHOUT_COMMUNITY, pharmacy_ratio: 'basic-level' },
  prescriber: { ...LEVELS, pharmacy_ratio: 'prescriber' },
  follows: { ...LEVELS, pharmacy_follows: 'prescriber' }
}

const sale = (amount: string, change: Partial<ClaimInput> = {}): ClaimInput => ({
  psn_type: '11',
  med_type: '41',
  begntime: '2025-03-01',
  institution: { kind: 'pharmacy' },
  lines: [{ chrgitm_lv: '01', pric: amount, cnt: '1' }],
  ...change
})
const RX = { rxno: 'RX-1', kind: 'paper' } as const
const counters = (used: string | undefined): Record<string, string> =>
  Object.fromEntries((used ?? '').split(',').filter(Boolean).map((entry) => entry.trim().split(' ')))

/** rx: a prescription; from: where it was written, its level. */
const SALES = `
policy     | rx  | from | amount | used                               | D      | F      | N
own        |     |      | 420.00 |                                    | 150.00 | 162.00 | 258.00
basic      | yes |      | 420.00 |                                    | 200.00 | 198.00 | 222.00
level 1    |     |      | 420.00 |                                    | 200.00 | 176.00 | 244.00
prescriber | yes | 2    | 420.00 |                                    | 400.00 | 14.00  | 406.00
prescriber | yes | 3    | 700.00 |                                    | 600.00 | 60.00  | 640.00
follows    |     | 2    | 420.00 |                                    | 400.00 | 14.00  | 406.00
-- one deductible: 200.00 paid at a hospital of level 1 are paid here too
own        |     |      | 420.00 | act_pay_dedc 100.00                | 50.00  | 222.00 | 198.00
basic      | yes |      | 100.00 | act_pay_dedc 200.00                | 0.00   | 90.00  | 10.00
prescriber | yes | 2    | 300.00 | act_pay_dedc 200.00                | 200.00 | 70.00  | 230.00
-- one cap: what hospitals were paid this year counts
basic      | yes |      | 100.00 | act_pay_dedc 200.00, hifp_pay 950.00 | 0.00 | 50.00  | 50.00
own        |     |      | 100.00 | act_pay_dedc 150.00, hifp_pay 1000.00 | 0.00 | 0.00  | 100.00
-- pooling asks for a prescription
basic      |     |      | 420.00 |                                    | 0.00   | 0.00   | 420.00
prescriber |     |      | 420.00 |                                    | 0.00   | 0.00   | 420.00
`

describe('a sale at a pharmacy', () => {
  it.each(rows(SALES))('ratio of $policy, prescription "$rx" of level $from: of $amount the pool pays $F', (row) => {
    const settled = settleWire(
      POLICIES[row.policy ?? ''] ?? LEVELS,
      sale(row.amount ?? '', {
        ...(row.rx === 'yes' ? { rx: RX } : {}),
        ...(row.from ? { prescriber: { level: Number(row.from) as 2 } } : {}),
        accumulators: counters(row.used)
      })
    )
    expect([settled.act_pay_dedc, settled.hifp_pay, settled.psn_part_amt]).toEqual([row.D, row.F, row.N])
  })

  it('the next visit to a hospital goes on where the pharmacy stopped', () => {
    const policy = POLICIES['basic'] ?? LEVELS
    const first = settleWire(policy, sale('150.00', { rx: RX }))
    expect([first.act_pay_dedc, first.hifp_pay]).toEqual(['150.00', '0.00'])
    const next = settleWire(policy, sale('1000.00', { med_type: '11', institution: { level: 3 }, accumulators: first.accumulators_after }))
    expect([next.act_pay_dedc, next.hifp_pay, next.psn_part_amt]).toEqual(['450.00', '330.00', '670.00'])
  })

  it('a prescription without a word of who wrote it is no ratio to follow: refused, naming the field', () => {
    const claim = parseClaim(sale('10.00', { rx: RX }))
    const settled = claim.ok && calculate(compilePolicy(parsedPolicy(POLICIES['prescriber'])), claim.value)
    expect(settled !== false && !settled.ok && describeRefusal(settled.error).en).toBe(
      'prescriber: missing, and the rule pharmacy_ratio depends on it'
    )
    expect(settleWire(POLICIES['prescriber'] ?? LEVELS, sale('10.00', { rx: RX, fund_closed: 'in-arrears' })).psn_cash_pay).toBe('10.00')
  })

  it('W22 on a prescription: pre-self-pay first, half up, then the ratio', () => {
    const policy = { ...plainPolicy({ ratio: '0.70' }), pharmacy_ratio: 'basic-level' as const, pooling_needs_prescription: true }
    const line = { chrgitm_lv: '02', pric: '94.50', cnt: '1', selfpay_prop: '0.25' } as const
    const { preselfpay_amt, inscp_scp_amt, hifp_pay, psn_part_amt } = settleWire(policy, sale('0', { rx: RX, lines: [line] }))
    expect([preselfpay_amt, inscp_scp_amt, hifp_pay, psn_part_amt]).toEqual(['23.63', '70.87', '49.61', '44.89'])
  })

  it('a line that is own pay by choice is the person\'s, the others are paid as without it', () => {
    const lines = [
      { chrgitm_lv: '01', pric: '100.00', cnt: '1' },
      { chrgitm_lv: '01', pric: '30.00', cnt: '1', hosp_appr_flag: '2' }
    ] as const
    const settled = settleWire(POLICIES['own'] ?? LEVELS, sale('0', { lines: [...lines], accumulators: { act_pay_dedc: '150.00' } }))
    expect(settled).toMatchObject({ fulamt_ownpay_amt: '30.00', hifp_pay: '60.00', psn_part_amt: '70.00' })
  })

  it('a pack that came back is not paid for: the bill settles as what was kept', () => {
    const sold = { feedetl_sn: '1', chrgitm_lv: '01', pric: '50.00', cnt: '3', drug_trac_info: [{ drug_trac_codg: 'T1', trdn_flag: '0' }] } as const
    const back = { feedetl_sn: '2', chrgitm_lv: '01', pric: '50.00', cnt: '-1', return_of: '1', drug_trac_info: [{ drug_trac_codg: 'T1', trdn_flag: '0' }] } as const
    const used = { accumulators: { act_pay_dedc: '150.00' } }
    const kept = settleWire(POLICIES['own'] ?? LEVELS, sale('100.00', used))
    const anew = settleWire(POLICIES['own'] ?? LEVELS, sale('0', { ...used, lines: [{ ...sold, drug_trac_info: [...sold.drug_trac_info] }, { ...back, drug_trac_info: [...back.drug_trac_info] }] }))
    expect([anew.medfee_sumamt, anew.hifp_pay, anew.psn_part_amt]).toEqual([kept.medfee_sumamt, kept.hifp_pay, kept.psn_part_amt])
    expect(anew.hifp_pay).toBe('60.00')
  })
})

/** Two diseases with a deductible of their own and a cap each, beside ordinary visits. */
const CHRONIC: PolicyInput = {
  region: '999999',
  deductible: {
    rows: [
      { when: { med_type: ['14'] }, amount: '1000.00', counter: 'chronic_deductible' },
      { amount: '200.00' }
    ]
  },
  bands: [
    {
      pays: 'hifp_pay',
      when: { med_type: ['14'] },
      ratio: [{ ratio: '0.75' }],
      limit: {
        counter: 'chronic_paid',
        rows: [
          { when: { dise_codg: ['M03900'] }, amount: '600.00', counter: 'hypertension_paid' },
          { when: { dise_codg: ['M01600'] }, amount: '800.00', counter: 'diabetes_paid' },
          { amount: null }
        ]
      }
    },
    { pays: 'hifp_pay', when: { med_type: ['11', '41'] }, ratio: [{ ratio: '0.60' }], limit: { counter: 'ordinary_paid', rows: [{ amount: '500.00' }] } }
  ]
}

const VISITS = `
visit    | med    | disease | amount  | used                                                 | D       | F      | moved
ordinary | 11     |         | 700.00  |                                                      | 200.00  | 300.00 | act_pay_dedc hifp_pay inscp_scp_amt ordinary_paid segment_expense
first    | 140104 | M03900  | 1200.00 | act_pay_dedc 200.00                                  | 1000.00 | 150.00 | chronic_deductible hifp_pay hypertension_paid inscp_scp_amt segment_expense
second   | 140104 | M03900  | 1200.00 | chronic_deductible 1000.00, hypertension_paid 150.00 | 0.00    | 450.00 | hifp_pay hypertension_paid inscp_scp_amt segment_expense
other    | 140104 | M01600  | 1200.00 | chronic_deductible 1000.00, hypertension_paid 600.00 | 0.00    | 800.00 | diabetes_paid hifp_pay inscp_scp_amt segment_expense
no cap   | 14     | M99999  | 4000.00 | chronic_deductible 400.00                            | 600.00  | 2550.00 | chronic_deductible hifp_pay inscp_scp_amt segment_expense
pharmacy | 41     |         | 700.00  | chronic_deductible 1000.00, hypertension_paid 600.00 | 200.00  | 300.00 | act_pay_dedc hifp_pay inscp_scp_amt ordinary_paid segment_expense
`

describe('the chronic-disease benefit', () => {
  it.each(rows(VISITS))('$visit: own deductible, own cap by disease, pays $F', (row) => {
    const settled = settleWire(
      CHRONIC,
      sale(row.amount ?? '', {
        med_type: row.med as '14',
        ...(row.disease ? { dise_codg: row.disease } : {}),
        institution: row.med === '41' ? { kind: 'pharmacy' } : { level: 2 },
        accumulators: counters(row.used)
      })
    )
    expect([settled.act_pay_dedc, settled.hifp_pay]).toEqual([row.D, row.F])
    expect(Object.keys(settled.accumulators_added).toSorted().join(' ')).toBe(row.moved)
  })
})

describe('the order of the funds', () => {
  const supplement = (pays: 'cvlserv_pay' | 'maf_pay', of: 'co-pay', ratio: string) => ({ pays, of: [of], rows: [{ tiers: [{ above: '0.00', ratio }] }] })
  const policy = (supplements: PolicyInput['supplements']): PolicyInput => ({ ...plainPolicy({ ratio: '0.70' }), supplements })

  it('civil servants first, medical aid of what they leave: 300.00 less 80 % less 50 %', () => {
    const settled = settleWire(policy([supplement('cvlserv_pay', 'co-pay', '0.80'), supplement('maf_pay', 'co-pay', '0.50')]), sale('1000.00'))
    expect([settled.hifp_pay, settled.cvlserv_pay, settled.maf_pay, settled.psn_part_amt]).toEqual(['700.00', '240.00', '30.00', '30.00'])
    expect(settled.steps.map(({ code }) => code)).toEqual(['in-scope', 'S001', 'C000', 'GB01', 'maf_pay', 'personal', 'cash'])
  })

  it('another fund behind medical aid is refused', () => {
    expect(() => parsedPolicy(policy([supplement('maf_pay', 'co-pay', '0.50'), supplement('cvlserv_pay', 'co-pay', '0.80')]))).toThrow(
      'supplements[1].pays: "cvlserv_pay" is refused: must stand before medical aid (maf_pay), which is the last of the funds'
    )
    expect(() => parsedPolicy({ ...policy([]), bands: [{ pays: 'maf_pay', ratio: [{ ratio: '0.5' }] }, { pays: 'hifp_pay', ratio: [{ ratio: '0.5' }] }] })).toThrow('bands[1].pays')
  })
})

describe('a pharmacy rule that contradicts itself is refused', () => {
  it.each([
    [{ pharmacy_follows: 'prescriber', pharmacy_ratio: 'own' }, 'pharmacy_ratio: "own" is refused: must be "prescriber" where pharmacy_follows is'],
    [{ pharmacy_ratio: 'prescriber', pooling_needs_prescription: false }, 'pooling_needs_prescription: false is refused: must be true, or left out'],
    [{ pharmacy_ratio: 'basic' }, 'pharmacy_ratio: "basic" is refused: must be one of "own", "basic-level", "prescriber"'],
    [{ off_site: [{ filing: ['moved'], points: '0.10' }] }, 'off_site[0].filing[0]: "moved" is refused: must be one of "resident", "referral", "emergency", "unfiled"']
  ])('%j', (change, message) => {
    expect(() => parsedPolicy({ region: '999999', ...change })).toThrow(message)
  })
})
