import { readdirSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimFromBytes } from './claim-bytes.ts'
import { parseClaimBySchema } from './parse-claim.ts'

const CLAIMS = new URL('../../fixtures/claims/', import.meta.url)
const claims = readdirSync(CLAIMS).map((name): unknown => JSON.parse(readFileSync(new URL(name, CLAIMS), 'utf8')))

const BILL = {
  insutype: '310',
  psn_type: '11',
  brdy: '1990-02-28',
  psn_idet_type: ['01'],
  insuplc_admdvs: '999999',
  mdtrt_id: 'MZ1',
  fixmedins_code: 'H99999900001',
  institution: { level: 2, kind: 'hospital' },
  med_type: '11',
  begntime: '2026-03-15 09:20:00',
  acct_used_flag: '1',
  account: { current_year: '100.00', past_years: '0.00', mutual_aid: [] },
  accumulators: { act_pay_dedc: '1.00' },
  medfee_sumamt: '47.90',
  lines: [
    { feedetl_sn: '1', med_list_codg: 'X1', name: '测试药品甲', chrgitm_lv: '02', pric: '18.000000', cnt: '3', det_item_fee_sumamt: '54.00', selfpay_prop: '0.10', pric_uplmt_amt: '10', lmt_used_flag: '1', hosp_appr_flag: '1', med_chrgitm_type: '09' },
    { feedetl_sn: '2', med_list_codg: 'X2', name: 'plain', chrgitm_lv: '01', pric: '0.1', cnt: '119', hosp_appr_flag: '0', med_chrgitm_type: '14' },
    { name: '测', chrgitm_lv: '02', pric: '18', cnt: '-1', pric_uplmt_amt: '0' }
  ]
}

const { lines: _lines, medfee_sumamt: _sum, ...HEAD } = BILL

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** By the parser and the schema; undefined where either says no. */
function slowly(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    if (text.includes('\\u0000') || text.includes('"__proto__"')) return undefined
    const claim = parseClaimBySchema(JSON.parse(text))
    return claim.ok ? claim.value : undefined
  } catch {
    return undefined
  }
}

/** What it takes, the schema takes, and it is the same; those for which that is not so. */
const differing = (all: readonly Uint8Array[]): string[] =>
  all.filter((bytes) => {
    const short = claimFromBytes(bytes)
    return short !== undefined && !isDeepStrictEqual({ ...short.claim }, slowly(bytes))
  }).map((bytes) => new TextDecoder().decode(bytes))

const ODD: readonly unknown[] = [
  null, '', ' ', '0', '-0', '-0.00', '00', '1', '01', '04', '05', '1.0000', '1.00000', '0.99999', '1.1', '-1', '+1', '1e3', '.5', '5.', '12.345', '1.2.3', '0.0000001', '9999999999',
  '99999999999', '1000000000.00', '1000000000.01', '100000000', '100000000.0001', '-100000000', '999999999', '1000000000.000001', '53.99', '53.98', '-54.00', '2', '3', '14', '15', '1a',
  'a\u007f', 'a\u0085', 'a\u00a0', 'a\nb', 'a"b', 'a\\b', '\ud83d\ude00', '测'.repeat(30), '测'.repeat(31), 'x'.repeat(30), 'x'.repeat(31), 'x'.repeat(201), 1, true, [], {}, ['1']
]

const lineNames = [...Object.keys(BILL.lines[0] ?? {}), 'rxno', 'prd_days', 'return_of', 'drug_trac_info', 'extra', '__proto__', 'lines']

describe('a claim from its bytes', () => {
  it('a bill of every field that is plain is read, to what the schema makes of it', () => {
    const read = claimFromBytes(bytesOf(JSON.stringify(BILL)))
    expect(read?.claim).toEqual(slowly(bytesOf(JSON.stringify(BILL))))
    expect(read?.begntime).toBe('2026-03-15 09:20:00')
    expect(read?.claim.lines.map(({ lineNo, amount, prePay, ceiling }) => [lineNo, amount, prePay, ceiling])).toEqual([
      ['1', 5400, 1000, 10_000_000],
      ['2', 1190, undefined, undefined],
      ['3', -1800, undefined, undefined]
    ])
  })

  it.each(claims.map((claim, index) => [index, claim] as const))('fixture %i is the same either way', (_, claim) => {
    expect(differing([bytesOf(JSON.stringify(claim))])).toEqual([])
  })

  it('every odd value in every field of a line is the same either way', () => {
    const [first, ...others] = BILL.lines
    const bills = lineNames.flatMap((name) => ODD.map((odd) => ({ ...BILL, medfee_sumamt: undefined, lines: [{ ...first, [name]: odd }, ...others] })))
    expect(differing(bills.map((bill) => bytesOf(JSON.stringify(bill))))).toEqual([])
  })

  it('every odd value in every field of the head is the same either way', () => {
    const names = [...Object.keys(BILL), 'psn_no', 'age', 'retired_on', 'psn_insu_stas', 'cvlserv_flag', 'tags', 'prescriber', 'dise_codg', 'off_site', 'rx', 'note', '$schema', 'extra']
    const odd = [...ODD, '2026-03-15', '2026-02-29', '1990-02-28', 36, 0, 151, 1e21, -1, 1.5, ['01', '02'], ['1234567'], { level: 2 }, { level: 4 }, { level: '2' }, { kind: 'palace' },
      { kind: 'clinic', level: 1 }, { hosp_lv: '1' }, { current_year: '-1.00' }, { past_years: '2.50' }, { mutual_aid: [{ donor: 'D1', balance: '7' }] }, { Act: '1' }, { act: '-1.00' }, { act_a: '3' }]
    const bills = names.flatMap((name) => odd.map((value) => `{${JSON.stringify({ ...BILL, lines: undefined, [name]: value }).slice(1, -1)},"lines":${JSON.stringify(BILL.lines)}}`))
    expect(differing(bills.map(bytesOf))).toEqual([])
    expect(bills.filter((bill) => claimFromBytes(bytesOf(bill)) !== undefined).length).toBeGreaterThan(60)
  })

  it('fields in any order, twice, or missing are the same either way', () => {
    const fields = fc.constantFrom(...Object.entries(BILL.lines[0] ?? {}), ...Object.entries(BILL.lines[1] ?? {}))
    const line = fc.array(fields, { minLength: 1, maxLength: 14 }).map((pairs) => `{${pairs.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`)
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 3 }), (lines) => {
        expect(differing([bytesOf(`${JSON.stringify(HEAD).slice(0, -1)},"lines":[${lines.join(',')}]}`)])).toEqual([])
      }),
      { numRuns: 500 }
    )
  })

  it('whatever is damaged, moved or cut is the same either way', () => {
    const whole = bytesOf(JSON.stringify(BILL))
    const signs = fc.constantFrom(...bytesOf('",:{}[]\\0 9.-a\u0000\u007f'), 0x85, 0xc2, 0xff)
    const change = fc.tuple(fc.nat(whole.length - 1), fc.constantFrom('put', 'remove', 'insert', 'cut'), signs)
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        let bytes = [...whole]
        for (const [at, how, sign] of changes) {
          if (how === 'cut') bytes = bytes.slice(0, at)
          else bytes.splice(at, how === 'insert' ? 0 : 1, ...(how === 'remove' ? [] : [sign]))
        }
        expect(differing([new Uint8Array(bytes)])).toEqual([])
      }),
      { numRuns: 3_000 }
    )
  })

  it.each([
    ['spaces', JSON.stringify(BILL, null, 1)],
    ['lines that are not last', JSON.stringify({ lines: BILL.lines, ...HEAD })],
    ['a second list of lines', `{"lines":[],${JSON.stringify(BILL).slice(1)}`],
    ['lines within something else', JSON.stringify({ ...BILL, account: { current_year: '1.00', lines: BILL.lines }, lines: undefined })],
    ['a number of lines twice', JSON.stringify(BILL).replace('"feedetl_sn":"2"', '"feedetl_sn":"1"')],
    ['a number that another line has by its place', JSON.stringify(BILL).replace('"feedetl_sn":"2"', '"feedetl_sn":"3"')],
    ['a sum that is another', JSON.stringify({ ...BILL, medfee_sumamt: '48.00' })],
    ['an escape in the head', JSON.stringify(BILL).replace('MZ1', String.raw`MZ\u0000`)],
    ['the packs of a sale', JSON.stringify({ ...BILL, lines: [{ ...BILL.lines[0], drug_trac_info: [{ drug_trac_codg: 'A', trdn_flag: '0' }] }] })]
  ])('%s are left to the schema', (_, text) => {
    expect(claimFromBytes(bytesOf(text))).toBeUndefined()
  })
})
