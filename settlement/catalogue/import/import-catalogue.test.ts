import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { Result } from '../../../base/result.ts'
import { importCatalogue, type ImportedCatalogue, type ImportRequest } from './import-catalogue.ts'
import { describeImportProblem, describeImportRefusal, type ImportRefusal } from './import-problem.ts'

const DRUG: Readonly<Record<number, string>> = { 1: 'XA01ABD075A002010100483', 2: '商品名甲', 4: '甲片(测试)', 37: '2025-01-01', 58: '0', 79: '1', 83: '2026-01', 92: '甲' }

const drug = (changes: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: 97 }, (_, index) => ({ ...DRUG, ...changes })[index + 1] ?? 'null').join('\t')

const text = (...lines: readonly string[]): Uint8Array => strToU8(lines.map((line) => `${line}\n`).join(''))
const listing = (changes: object = {}) => ({ hilist_code: DRUG[1], hilist_name: '甲片(测试)', insu_admdvs: '999999', begndate: '2025-01-01', enddate: '2099-12-31', med_chrgitm_type: '09', chrgitm_lv: '01', lmt_used_flag: '0', list_type: '101', memo: '', vali_flag: '1', ...changes })
const json = (value: unknown): Uint8Array => strToU8(JSON.stringify(value))

type Named = Readonly<Record<string, Uint8Array>>
const run = (files: Named, request: Omit<ImportRequest, 'files'> = {}): Result<ImportedCatalogue, ImportRefusal> =>
  importCatalogue({ files: Object.entries(files).map(([name, bytes]) => ({ name, bytes })), ...request })

function taken(files: Named, request: Omit<ImportRequest, 'files'> = {}): ImportedCatalogue {
  const result = run(files, { version: 'v', ...request })
  if (!result.ok) throw new Error(describeImportRefusal(result.error))
  return result.value
}

const problemsOf = (files: Named): string[] => taken(files).problems.map(describeImportProblem)
const refusalOf = (files: Named, request: Omit<ImportRequest, 'files'> = {}): string => {
  const result = run(files, request)
  return result.ok ? '' : describeImportRefusal(result.error)
}

describe('a file of 1301', () => {
  it('is read by its 97 columns, whatever it is called, "null" being nothing', () => {
    const { items, version } = taken({ 'a.zip': zipSync({ 'whatever.txt': text(drug({ 28: '1', 44: '片', 47: '24', 85: '1', 96: '2020-01-01 00:00:00' })) }) }, { version: undefined })
    expect(version).toBe('2026-01')
    expect(items).toEqual([
      {
        med_list_codg: 'XA01ABD075A002010100483', name: '甲片(测试)', generic: '甲片(测试)', trade_name: '商品名甲', med_chrgitm_type: '09', chrgitm_lv: '01', rx_flag: '0',
        lmt_used_flag: '0', vali_flag: '1', chld_medc_flag: '1', min_unit: '片', units_per_pack: '24', valid_from: '2025-01-01'
      }
    ])
  })

  it('keeps what it can read: a broken row is named by file, line, column, value and rule, skipped and counted', () => {
    const rows = text(drug(), drug({ 1: 'B', 58: '9' }), `${drug({ 1: 'C' })}\textra`, drug({ 1: 'D', 37: '2026-02-30' }), drug({ 1: 'E', 92: '丁' }), drug({ 1: 'null' }), drug({ 1: 'F', 2: '', 4: '' }), drug({ 1: 'G', 47: '0' }))
    const { items, broken, files } = taken({ 'drugs.txt': rows })
    expect(items.map(({ med_list_codg }) => med_list_codg)).toEqual([DRUG[1]])
    expect([broken, files]).toMatchObject([7, [{ rows: 8, taken: 1, broken: 7 }]])
    expect(problemsOf({ 'drugs.txt': rows })).toEqual([
      'drugs.txt, line 2, 58 lmt_used_flag: "9" is refused: must be one of 0, 1',
      'drugs.txt, line 3, the row: "98 columns" is refused: must have 97 columns',
      'drugs.txt, line 4, 37 begndate: "2026-02-30" is refused: must be a day "YYYY-MM-DD" or a time "YYYY-MM-DD HH:mm:ss"',
      'drugs.txt, line 5, 92 chrgitm_lv: "丁" is refused: must be one of 甲, 乙, 丙, 甲类, 乙类, 丙类, A, B, C, 01, 02, 03, 04',
      'drugs.txt, line 6, 1 med_list_codg: missing: this column is required',
      'drugs.txt, line 7, 4 drug_genname: missing: this column or the trade name is required',
      'drugs.txt, line 8, 47 convrat: "0" is refused: must be a quantity above 0, at most 4 places'
    ])
  })

  it('names a line of another encoding, and refuses a file of which no line is UTF-8', () => {
    const gbk = Uint8Array.from([0xb0, 0xa2, 0xc4, 0xaa, 0x0a])
    const mixed = new Uint8Array([...text(drug()), ...gbk])
    expect(problemsOf({ 'drugs.txt': mixed })).toEqual(['drugs.txt, line 2, the row: "its bytes" is refused: must be UTF-8'])
    expect(refusalOf({ '1301.txt': new Uint8Array([...gbk, ...gbk]) })).toBe('1301.txt: none of its 2 rows can be read; the first: 1301.txt, line 1, the row: "its bytes" is refused: must be UTF-8')
  })

  it('knows a code twice only on different days', () => {
    const rows = text(drug({ 38: '2025-12-31' }), drug({ 37: '2026-01-01' }), drug({ 37: '2025-12-31' }))
    expect(taken({ 'drugs.txt': rows })).toMatchObject({ codes: 1, items: [{ valid_to: '2025-12-31' }, { valid_from: '2026-01-01' }], broken: 1 })
    expect(problemsOf({ 'drugs.txt': rows })).toEqual([
      'drugs.txt, line 3, med_list_codg: "XA01ABD075A002010100483" is refused: must hold on days on which no other row of it holds; drugs.txt, line 1 holds from 2025-01-01 to 2025-12-31'
    ])
  })
})

describe('a ZIP', () => {
  const zip = zipSync({ '1301.txt': text(drug(), drug({ 1: 'B' }), drug({ 1: 'C' })) }, { level: 0 })

  it('that was cut short is refused', () => {
    expect(refusalOf({ 'a.zip': zip.subarray(0, zip.length - 30) })).toBe('a.zip: cannot be read as ZIP: its end is missing; it is truncated')
  })

  it('of which one bit is another one is refused, though it would unpack', () => {
    const damaged = zip.slice()
    damaged[200] = (damaged[200] ?? 0) ^ 1
    expect(refusalOf({ 'a.zip': damaged })).toBe('a.zip: cannot be read as ZIP: 1301.txt is damaged: its checksum differs')
  })

  it('that says it unpacks to more than is taken is not unpacked', () => {
    const bomb = zip.slice()
    const entry = bomb.findLastIndex((_, index) => bomb[index] === 0x50 && bomb[index + 1] === 0x4b && bomb[index + 2] === 1 && bomb[index + 3] === 2)
    new DataView(bomb.buffer).setUint32(entry + 24, 0x7f_ff_ff_ff, true)
    expect(refusalOf({ 'a.zip': bomb })).toBe('a.zip: 2147483647 bytes; must be at most 536870912')
  })
})

describe('a file that nobody can tell', () => {
  it('is refused with what would tell it', () => {
    expect(refusalOf({ 'list.txt': text('A\tB') })).toBe('list.txt: line 1 has 2 columns; its name must say what it is (1301 to 1306, 1312, 1316 to 1319 or prices), or its rows must have 97 columns')
    expect(refusalOf({ 'list.txt': Uint8Array.from([0xb0, 0xa2, 0x0a]) })).toBe('list.txt: line 1 must be UTF-8')
    expect(refusalOf({ 'a.json': json({ rows: [] }) })).toBe('a.json: must be a catalogue document with items, or answers of 1304, 1312, 1316, 1317, 1318 or 1319 with data')
    expect(refusalOf({ 'a.json': strToU8('{"items": [') })).toContain('a.json: must be JSON: ')
    expect(refusalOf({ '1301.txt': text(drug({ 83: '' })) })).toBe('the files name no version, and none was given')
  })
})

describe('1312 beside 1301', () => {
  const drugs = text(drug(), drug({ 1: 'XB01ABD075A002010100483', 4: '乙片(测试)' }))

  it('says what is paid and when; a drug that it does not list, the insurance does not hold', () => {
    const rows = [listing({ enddate: '2025-12-31', memo: '限甲' }), listing({ begndate: '2026-01-01', chrgitm_lv: '02' })]
    const { items } = taken({ '1301.txt': drugs, '1312.json': json({ infcode: 0, output: { data: rows } }) })
    expect(items).toMatchObject([
      { med_list_codg: DRUG[1], trade_name: '商品名甲', chrgitm_lv: '01', valid_from: '2025-01-01', valid_to: '2025-12-31', restriction: '限甲' },
      { med_list_codg: DRUG[1], chrgitm_lv: '02', valid_from: '2026-01-01' },
      { med_list_codg: 'XB01ABD075A002010100483' }
    ])
    expect([items[1]?.valid_to, items[2]?.chrgitm_lv]).toEqual([undefined, undefined])
  })

  it('reads columns in a file as fields in an answer', () => {
    const line = Object.values(listing()).join('\t')
    expect(taken({ '1301.txt': drugs, '1312.txt': text(line) }).items).toEqual(taken({ '1301.txt': drugs, '1312.json': json([listing()]) }).items)
  })

  it('passes over what is void and what another division says, and counts it', () => {
    const rows = [listing(), listing({ hilist_code: 'V', vali_flag: '0' }), listing({ hilist_code: 'W', insu_admdvs: '500100' })]
    expect(taken({ '1312.json': json(rows) }, { division: '999999' })).toMatchObject({ codes: 1, broken: 0, files: [{ rows: 3, taken: 1, isVoid: 1, otherDivision: 1 }] })
  })

  it('names entries by 1316 under which their drugs are sold', () => {
    const match = { med_list_codg: DRUG[1], hilist_code: 'HILIST-1', list_type: '101', insu_admdvs: '999999', begndate: '2025-01-01', enddate: '', vali_flag: '1' }
    const ceiling = { hilist_code: 'HILIST-1', hilist_lmtpric_type: '2', overlmt_dspo_way: '', insu_admdvs: '999999', begndate: '2025-01-01', enddate: '', hilist_pric_uplmt_amt: '9.5', vali_flag: '1' }
    const { items } = taken({ '1301.txt': text(drug()), '1312.json': json([listing({ hilist_code: 'HILIST-1', chrgitm_lv: '02' })]), '1316.json': json([match]), '1318.json': json([ceiling]) })
    expect(items).toMatchObject([{ med_list_codg: DRUG[1], chrgitm_lv: '02', ceilings: [{ level: 2, from: '2025-01-01', pric_uplmt_amt: '9.5' }] }])
  })
})

describe('ceilings and shares', () => {
  const files = (name: string, rows: readonly object[]) => ({ '1301.txt': text(drug()), [name]: json(rows) })
  const ceiling = (changes: object = {}) => ({ hilist_code: DRUG[1], hilist_lmtpric_type: '1', begndate: '2025-01-01', enddate: '2025-12-31', hilist_pric_uplmt_amt: '9.50', vali_flag: '1', ...changes })
  const share = (changes: object = {}) => ({ hilist_code: DRUG[1], selfpay_prop_psn_type: '310', selfpay_prop_type: '10', begndate: '2025-01-01', enddate: '', selfpay_prop: 0.1, vali_flag: '1', ...changes })

  it('are kept with their level or insurance and their days, a JSON number as it is written', () => {
    expect(taken(files('1318.json', [ceiling(), ceiling({ begndate: '2026-01-01', enddate: '' })])).items[0]?.ceilings).toEqual([
      { level: 1, from: '2025-01-01', to: '2025-12-31', pric_uplmt_amt: '9.50' },
      { level: 1, from: '2026-01-01', pric_uplmt_amt: '9.50' }
    ])
    expect(taken(files('1319.json', [share()])).items[0]?.pre_pay).toEqual([{ insutype: '310', from: '2025-01-01', selfpay_prop: '0.1' }])
  })

  it('are broken for an unknown code, days that overlap, another kind of share, a share above one', () => {
    expect(problemsOf(files('1318.json', [ceiling({ hilist_code: 'NONE' }), ceiling(), ceiling({ begndate: '2025-12-31', enddate: '2026-12-31' })]))).toEqual([
      '1318.json, line 1, hilist_code: "NONE" is refused: must be a code of the catalogue',
      '1318.json, line 3, hilist_code: "XA01ABD075A002010100483" is refused: must hold on days on which no other row of it holds; 1318.json, line 2 holds from 2025-01-01 to 2025-12-31'
    ])
    expect(problemsOf(files('1319.json', [share(), share({ selfpay_prop_psn_type: '390', selfpay_prop: '1.1' }), share({ selfpay_prop_psn_type: '99', selfpay_prop_type: '20' })]))).toEqual([
      '1319.json, line 2, selfpay_prop: "1.1" is refused: must be a share from 0 to 1, at most 4 places',
      '1319.json, line 3, selfpay_prop_type: "20" is refused: must be 10, a pre-self-pay share; no other kind is known here'
    ])
  })
})

it('prices, barcodes and own codes of the institution are put to the national codes', () => {
  const own = { fixmedins_code: 'P99999900001', medins_list_codg: 'OWN-1', medins_list_name: '甲', list_type: '101', med_list_codg: DRUG[1], begndate: '2025-01-01', enddate: '', vali_flag: '1' }
  const { items, problems } = taken({ '1301.txt': text(drug()), '1317.json': json([own]), 'prices.txt': text(`${DRUG[1]}\tnull\t12.5\t9990000000017\t盒`, 'NONE\tnull\t1\tnull') })
  expect(items).toMatchObject([{ medins_list_codg: 'OWN-1', pric: '12.5', barcode: '9990000000017', unit: '盒' }])
  expect(problems.map(describeImportProblem)).toEqual(['prices.txt, line 2, med_list_codg: "NONE" is refused: must be a code of the catalogue'])
})

it('a document of items is taken item by item', () => {
  const item = { med_list_codg: 'A', name: '甲(测试)', chrgitm_lv: '01', med_chrgitm_type: '09' }
  const { items, problems } = taken({ 'own.json': json({ version: '7', items: [item, { ...item, med_list_codg: 'B', pric: '-1' }, { ...item, med_list_codg: 'C', valid_from: '2026-01-02', valid_to: '2026-01-01' }] }) })
  expect(items).toEqual([item])
  expect(problems.map(describeImportProblem)).toEqual([
    'own.json, line 2, pric: "-1" is refused: must be a unit price in yuan as a decimal string from "0" to "1000000000.000000", at most 6 places',
    'own.json, line 3, valid_to: "2026-01-01" is refused: must not lie before its first day 2026-01-02'
  ])
})
