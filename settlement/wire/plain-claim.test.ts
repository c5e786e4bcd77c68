import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseClaim, parseClaimBySchema } from './parse-claim.ts'
import { plainClaim } from './plain-claim.ts'

const CLAIMS = new URL('../../fixtures/claims/', import.meta.url)
const claims = readdirSync(CLAIMS).map((name): unknown => JSON.parse(readFileSync(new URL(name, CLAIMS), 'utf8')))

const FULL = {
  note: '测试',
  psn_no: 'P1',
  insutype: '310',
  psn_type: '1101',
  brdy: '1990-02-28',
  age: 36,
  retired_on: '2024-02-29',
  psn_insu_stas: '1',
  cvlserv_flag: '0',
  psn_idet_type: ['01'],
  tags: ['local'],
  insuplc_admdvs: '999999',
  mdtrt_id: 'MZ1',
  fixmedins_code: 'H99999900001',
  institution: { level: 2, kind: 'hospital' },
  prescriber: { kind: 'community' },
  off_site: 'referral',
  entitlements: [{ fund_pay_type: '310102', trt_enjymnt_flag: '0' }],
  fund_closed: 'in-arrears',
  rx: { rxno: 'RX1', kind: 'electronic', rx_circ_flag: '1', rxfixmedins_code: 'H99999900001', issued_on: '2026-03-14' },
  med_type: '140104',
  dise_codg: 'M03900',
  begntime: '2026-03-15 09:20:00',
  acct_used_flag: '2',
  account: { current_year: '100.00', past_years: '0.5', mutual_aid: [{ donor: 'D1', balance: '7' }] },
  accumulators: { act_pay_dedc: '1.00' },
  medfee_sumamt: '36.00',
  lines: [
    {
      feedetl_sn: '1',
      name: '测试药品甲',
      cnt: '3',
      det_item_fee_sumamt: '54.00',
      selfpay_prop: '0.10',
      pric_uplmt_amt: '10',
      lmt_used_flag: '1',
      hosp_appr_flag: '1',
      med_chrgitm_type: '09',
      med_list_codg: 'X1',
      chrgitm_lv: '02',
      pric: '18.000000',
      rxno: 'RX1',
      rx_circ_flag: '1',
      prd_days: '7.5',
      sin_dos_dscr: '1片',
      used_frqu_dscr: 'bid',
      drug_trac_info: [{ drug_trac_codg: '81099900000000000001', trdn_flag: '0' }]
    },
    { feedetl_sn: '2', cnt: '-1', chrgitm_lv: '02', pric: '18.000000', med_list_codg: 'X1', selfpay_prop: '0.10', return_of: '1' }
  ]
}

/** Values that one side might take and the other not. */
const ODD: readonly unknown[] = [
  undefined, null, '', ' ', '0', '-0', '-0.00', '00', '1', '01', '1.0000', '0.99999', '1.1', '-1', '+1', '1e3', '.5', '5.', '12.345', '0.0000001', 'NaN',
  '9999999999', '99999999999', '000000000012', '00000000001.5', '1000000000.00', '1000000000.01', '100000000', '100000000.0001', '-100000000', '999999999',
  '2026-02-29', '2024-02-29', '1899-12-31', '1900-01-01', '2026-13-01', '2026-00-10', '0000-01-01', '2026-03-15 24:00:00', '2026-03-15 23:59:60',
  '2026-03-15T09:00:00', '2026-03-15 09:00:00 ', ' 2026-03-15', '2026-03-15\n', 'H99999900001', 'h99999900001', 'H999999000012', '99999', '999999', '９９９９９９',
  '11', '1101', '110', '17', '41', '140104', '1401041', '310', '311', 'hospital', 'palace', 'a\u0000b', 'a\u007f', 'a\u0085', 'a\u00a0', '\ud83d\ude00', '\ud83d',
  '测'.repeat(30), '测'.repeat(31), 'x'.repeat(50), 'x'.repeat(201), 0, -0, 1, 2, 4, 36.5, -1, 150, 151, Number.NaN, Infinity, 1e21, true, false, [], {}, [''], ['01', 7],
  [undefined], { level: 4 }, { hosp_lv: '1' }, { level: 2, hosp_lv: '1' }, { kind: 'clinic', extra: 1 }, { Act: '1' }, { act_pay_dedc: 1 }, new Map(), Object.create(null)
]

function pathsOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]))]
}

function changed(value: unknown, path: readonly (string | number)[], odd: unknown): unknown {
  const [first, ...rest] = path
  if (first === undefined) return odd
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === first ? changed(item, rest, odd) : item))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, key === first ? changed(inner, rest, odd) : inner])
  return Object.fromEntries(rest.length === 0 && !Object.hasOwn(value, first) ? [...entries, [first, odd]] : entries)
}

const withoutAt = (value: unknown, path: readonly (string | number)[]): unknown => changed(value, path, undefined)

describe('the short way past the schema', () => {
  it('is taken by claims that nothing is wrong with', () => {
    expect(plainClaim(FULL)).toBeDefined()
    expect(claims.filter((claim) => plainClaim(claim) !== undefined && !parseClaimBySchema(claim).ok)).toEqual([])
    expect(parseClaim(FULL)).toEqual(parseClaimBySchema(FULL))
  })

  it.each(claims.map((claim, index) => [index, claim] as const))('fixture %i is the same either way', (_, claim) => {
    expect(parseClaim(claim)).toEqual(parseClaimBySchema(claim))
  })

  it('every odd value in every place is the same either way', () => {
    const places = [...pathsOf(FULL), ...['extra', '__proto__', '$schema'].map((name) => [name])]
    for (const path of [...places, ['lines', 0, 'extra'], ['account', 'extra'], ['accumulators', 'constructor'], ['accumulators', 'X']]) {
      for (const [index, odd] of ODD.entries()) {
        const document = changed(FULL, path, odd)
        expect(parseClaim(document), `${path.join(".")}, odd value ${index}`).toEqual(parseClaimBySchema(document))
      }
    }
  })

  it('several odd values and gaps at once are the same either way', () => {
    const paths = pathsOf(FULL)
    const change = fc.tuple(fc.constantFrom(...paths), fc.option(fc.constantFrom(...ODD), { nil: undefined }))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const document = changes.reduce<unknown>((made, [path, odd]) => (odd === undefined ? withoutAt(made, path) : changed(made, path, odd)), FULL)
        expect(parseClaim(document)).toEqual(parseClaimBySchema(document))
      }),
      { numRuns: 1_000 }
    )
  })
})
