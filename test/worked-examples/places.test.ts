/** What the shipped places say: lights at their counters, and amounts to the fen. */

import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { REASON_KINDS } from '../../settlement/eligibility/reason.ts'
import type { PolicyInput } from '../../settlement/policy/policy-schema.ts'
import type { ClaimInput } from '../../settlement/wire/claim-schema.ts'
import { closedName } from '../../settlement/wire/closed-names.ts'
import { ask, pack, rulesOf, rulesOn, TODAY, type Asked, type Json } from '../support/ask.ts'
import { plainPolicy, region, settleWire } from './bill.ts'
import { rows } from './table.ts'

const DOCUMENTS = readdirSync('fixtures/rules').filter((file) => file.endsWith('.json')).map((file) => rulesOf(file.replace('.json', '')))

/** The usual sale at a pharmacy of the place, by somebody insured there. */
function light(division: string, asked: Asked): string {
  const at: Asked = {
    ...asked,
    person: { insuplc_admdvs: division, ...asked.person },
    place: { admdvs: division, fixmedins_code: `P${division}00001`, ...asked.place }
  }
  const [item] = ask(at, rulesOn(TODAY, division, DOCUMENTS)).items
  return [item?.cover, item?.accountMayPay === false ? 'cash' : '', ...(item?.reasons ?? []).map(({ kind }) => kind)].filter(Boolean).join(' ')
}

const days = (visit: string, prd_days: number): Asked => ({ items: [pack('氨氯地平片', { prd_days })], prescription: { visit } })
const lost = (mdtrt_cert_type: string, more: Asked = {}): Asked => ({ ...more, person: { card: { mdtrt_cert_type, lost: { report: 'formal', on: TODAY } } } })
const suspended: Asked = { person: { psn_insu_stas: '2', paus_insu_date: TODAY } }
const broken = (fields: Json): Asked => ({ person: { insurance_began: 'after-break', psn_insu_date: TODAY, ...fields } })
const electronic = (prsc_time: string): Asked => ({ prescription: { kind: 'electronic', electronic: {}, prsc_time, vali_end_time: '2026-03-31' } })
const bought = (used: Json): Asked => ({ used })

const LIGHTS: readonly (readonly [place: string, division: string, what: string, asked: Asked, light: string])[] = [
  ['Beijing', '110000', 'an emergency, 3 days', days('emergency', 3), 'covered'],
  ['Beijing', '110000', 'an emergency, 4 days', days('emergency', 4), 'limited over-days-of-supply'],
  ['Beijing', '110000', 'chronic, 8 days', days('chronic', 8), 'limited over-days-of-supply'],
  ['Beijing', '110000', 'reduced mobility, 14 days', days('reduced-mobility', 14), 'covered'],
  ['Jiaxing', '330400', 'chronic, 15 days', days('chronic', 15), 'covered'],
  ['Jiaxing', '330400', 'chronic, 16 days', days('chronic', 16), 'limited over-days-of-supply'],
  ['Jiaxing', '330400', 'for life, 28 days', days('long-term', 28), 'covered'],
  ['Jiaxing', '330400', 'for life, 31 days', days('long-term', 31), 'limited over-days-of-supply over-dispensing-days'],
  ['elsewhere', '321000', 'chronic, 30 days: the national row', days('chronic', 30), 'covered'],
  ['Shanghai', '310000', 'the second sale of a day', bought({ today: '5.00', this_month: '5.00', sales_today: 1 }), 'own-money cash sales-of-day-reached'],
  ['Shanghai', '310000', 'up to 1200.00 in a month', bought({ today: '0.00', this_month: '1190.00', sales_today: 0 }), 'covered'],
  ['Shanghai', '310000', 'above 1200.00 in a month', bought({ today: '0.00', this_month: '1190.01', sales_today: 0 }), 'own-money cash month-limit-reached'],
  ['Shaoyang', '430500', 'frozen: not even the account', suspended, 'own-money cash insurance-suspended'],
  ['Zhuhai', '440400', 'suspended: the account is usable', suspended, 'own-money insurance-suspended'],
  ['Ningbo', '330200', 'four months of break, paid today: entitled at once', broken({ broken_months: 4 }), 'covered'],
  ["Tai'an", '370900', 'lost, and the ID card at a pharmacy', lost('02'), 'own-money cash card-lost-formally'],
  ['Fujian', '350100', 'an e-prescription on its fourth day, in which its 72 hours end', electronic('2026-03-07'), 'covered'],
  ['Fujian', '350100', 'an e-prescription on its fifth day, whatever it says', electronic('2026-03-06'), 'forbidden prescription-expired'],
  ['Luzhou', '510500', 'over the counter without prescription: own money', { prescription: null, items: [pack('布洛芬片')] }, 'own-money prescription-missing']
]

describe('at the counter', () => {
  it.each(LIGHTS)('%s (%s): %s', (_place, division, _what, asked, expected) => {
    expect(light(division, asked)).toBe(expected)
  })
})

/** med_type, insutype, person, place, disease or tags, what the year has used; act_pay_dedc, pool, person. */
const AMOUNTS = `
policy                      | med  | ins | person | place       | disease | tags                               | date       | amount   | used                    | D       | F        | N
370600-yantai-residents-2024 | 9901 | 390 | 15    | hospital 1  | M03900  |                                    | 2025-03-01 | 500.00   |                         | 0.00    | 350.00   | 150.00
370600-yantai-residents-2024 | 9901 | 390 | 15    | hospital 1  | M03900  |                                    | 2025-03-01 | 500.00   | hypertension_paid 500.00, two_diseases_paid 500.00 | 0.00 | 100.00 | 400.00
370600-yantai-residents-2024 | 9901 | 390 | 15    | hospital 1  | M01600  |                                    | 2025-03-01 | 1000.00  | hypertension_paid 600.00, two_diseases_paid 600.00 | 0.00 | 400.00 | 600.00
370900-taian-residents-2024 | 11   | 390 | 15     | community 1 |         | contribution-tier-1                | 2025-03-01 | 100.00   |                         | 0.00    | 40.00    | 60.00
370900-taian-residents-2024 | 11   | 390 | 15     | hospital 2  |         | contribution-tier-2                | 2025-03-01 | 100.00   |                         | 10.00   | 45.00    | 55.00
370900-taian-residents-2024 | 11   | 390 | 15     | community 1 |         | contribution-tier-2, family-doctor | 2025-03-01 | 100.00   | hifp_pay 480.00         | 0.00    | 20.00    | 80.00
370300-zibo-2024            | 14   | 310 | 11     | hospital 3  |         |                                    | 2024-05-01 | 1500.00  | act_pay_dedc 200.00     | 1000.00 | 350.00   | 1150.00
370300-zibo-2024            | 14   | 310 | 12     | hospital 3  |         | tumour-chemotherapy                | 2024-05-01 | 1000.00  | chronic_deductible 1000.00 | 0.00 | 850.00   | 150.00
370300-zibo-residents-2024  | 14   | 390 | 15     | hospital 3  |         |                                    | 2024-05-01 | 1500.00  |                         | 500.00  | 550.00   | 950.00
441500-shanwei-2024         | 9901 | 310 | 11     | hospital 1  |         |                                    | 2025-03-01 | 1000.00  |                         | 0.00    | 700.00   | 300.00
441500-shanwei-2024         | 9901 | 390 | 15     | hospital 1  |         |                                    | 2025-03-01 | 1000.00  | two_diseases_paid 2900.00 | 0.00  | 100.00   | 900.00
370000-shandong-2024        | 11   | 310 | 12     | hospital 3  |         |                                    | 2025-03-01 | 1800.00  |                         | 800.00  | 650.00   | 1150.00
140100-taiyuan-2024         | 11   | 310 | 12     | hospital 1  |         |                                    | 2024-05-01 | 1200.00  |                         | 200.00  | 670.00   | 530.00
450000-guangxi-2023         | 18   | 310 | 12     | pharmacy 0  |         |                                    | 2025-03-01 | 10000.00 |                         | 0.00    | 7500.00  | 2500.00
610100-xian-2023            | 41   | 310 | 11     | pharmacy 0  |         |                                    | 2025-03-01 | 94.50    |                         | 0.00    | 66.15    | 28.35
610100-xian-residents-2023  | 11   | 390 | 15     | community 0 |         |                                    | 2025-03-01 | 100.00   |                         | 0.00    | 70.00    | 30.00
610100-xian-residents-2023  | 11   | 390 | 15     | hospital 1  |         |                                    | 2025-03-01 | 100.00   | hifp_pay 190.00         | 0.00    | 10.00    | 90.00
310000-shanghai-2025        | 11   | 310 | 11     | hospital 3  |         |                                    | 2025-09-01 | 1500.00  |                         | 500.00  | 700.00   | 800.00
-- pharmacies on a prescription, settled as at the basic level: Ningbo's community 86 %, Zaozhuang's level 1, Beijing's community 90 %
330200-ningbo-2023          | 41   | 310 | 11     | pharmacy 0  |         |                                    | 2025-03-01 | 1000.00  | act_pay_dedc 600.00     | 0.00    | 860.00   | 140.00
370400-zaozhuang-2024       | 41   | 310 | 12     | pharmacy 0  |         |                                    | 2025-03-01 | 300.00   |                         | 200.00  | 85.00    | 215.00
110000-beijing-2023         | 41   | 310 | 11     | pharmacy 0  |         |                                    | 2025-03-01 | 2000.00  |                         | 1800.00 | 180.00   | 1820.00
-- as the institution that prescribed, of level 2
321000-yangzhou-2023        | 41   | 310 | 12     | pharmacy 0  |         |                                    | 2025-03-01 | 1000.00  |                         | 500.00  | 375.00   | 625.00
`

describe('amounts', () => {
  it.each(rows(AMOUNTS))('$policy, visit $med of $amount: the pool pays $F', (row) => {
    const [kind = '', level = '0'] = (row.place ?? '').split(' ')
    const settled = settleWire(region(row.policy ?? ''), {
      psn_type: row.person ?? '',
      insutype: row.ins as '310',
      med_type: row.med ?? '',
      ...(row.disease ? { dise_codg: row.disease } : {}),
      ...(row.ins === '310' ? { age: 50 } : {}),
      tags: (row.tags ?? '').split(',').map((tag) => tag.trim()).filter(Boolean),
      institution: { kind: kind as 'hospital', level: Number(level) as 0 },
      ...(kind === 'pharmacy' ? { rx: { rxno: 'RX-1' }, prescriber: { level: 2 } } : {}),
      begntime: row.date ?? '',
      accumulators: Object.fromEntries((row.used ?? '').split(',').filter(Boolean).map((entry) => entry.trim().split(' '))),
      lines: [{ chrgitm_lv: '01', pric: row.amount ?? '', cnt: '1' }]
    } satisfies ClaimInput)
    expect([settled.act_pay_dedc, settled.hifp_pay, settled.psn_part_amt]).toEqual([row.D, row.F, row.N])
  })

  it.each([
    ['14', 'resident', '0.00'],
    ['11', 'resident', '80.00'],
    ['11', 'referral', '70.00'],
    ['11', 'unfiled', '60.00']
  ] as const)('Ningbo, visit %s elsewhere, filed %s: the pool pays %s of 100.00', (med_type, off_site, paid) => {
    const claim = { psn_type: '11', age: 50, med_type, off_site, begntime: '2025-03-01', institution: { level: 2 }, accumulators: { act_pay_dedc: '600.00' }, lines: [{ chrgitm_lv: '01', pric: '100.00', cnt: '1' }] } satisfies ClaimInput
    expect(settleWire(region('330200-ningbo-2023'), claim).hifp_pay).toBe(paid)
  })

  /** No ratio of these places is published; what is, is what care elsewhere costs of whatever ratio there is. */
  const ELSEWHERE: Readonly<Record<string, PolicyInput['off_site']>> = {
    'Kunming, Qingyuan (national rule)': [
      { filing: ['resident'], points: '0' },
      { filing: ['referral', 'emergency'], points: '0.10' },
      { filing: ['unfiled'], points: '0.20' }
    ],
    Jiangxi: [
      { filing: ['resident'], pre_pay: '0' },
      { filing: ['referral', 'emergency'], pre_pay: '0.10' },
      { filing: ['unfiled'], pre_pay: '0.20' }
    ]
  }

  it.each([
    ['Kunming, Qingyuan (national rule)', ['490.00', '420.00', '420.00', '350.00']],
    ['Jiangxi', ['490.00', '441.00', '441.00', '392.00']]
  ] as const)('%s: 70 % at home, deductible met', (place, [resident, referral, emergency, unfiled]) => {
    const paid = (off_site: ClaimInput['off_site'], amount: string) =>
      settleWire({ ...plainPolicy({ ratio: '0.70' }), off_site: ELSEWHERE[place] }, { psn_type: '11', begntime: '2025-12-01', off_site, lines: [{ chrgitm_lv: '01', pric: amount, cnt: '1' }] }).hifp_pay
    expect([paid('resident', '700.00'), paid('referral', '700.00'), paid('emergency', '700.00'), paid('unfiled', '700.00')]).toEqual([resident, referral, emergency, unfiled])
  })
})

describe('why no fund pays', () => {
  it('every reason that stands against a person as a whole has words on the bill', () => {
    const ofPerson = REASON_KINDS.slice(0, REASON_KINDS.indexOf('status-unknown') + 1).filter((kind) => kind !== 'other-region-filed')
    expect(ofPerson.length).toBeGreaterThan(10)
    expect(ofPerson.filter((kind) => closedName(kind).en === kind || closedName(kind).zh === kind)).toEqual([])
  })
})
