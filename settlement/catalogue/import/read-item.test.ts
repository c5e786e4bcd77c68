import { strToU8 } from 'fflate'
import { describe, expect, it } from 'vitest'
import { importCatalogue } from './import-catalogue.ts'
import { describeImportRefusal } from './import-problem.ts'

type Columns = Readonly<Record<number, string>>
const row = (columns: number, cells: Columns): string => `${Array.from({ length: columns }, (_, index) => cells[index + 1] ?? 'null').join('\t')}\n`

function read(name: string, text: string) {
  const result = importCatalogue({ files: [{ name, bytes: strToU8(text) }] })
  return result.ok ? result.value : describeImportRefusal(result.error)
}

describe('a national file states items of its kind, each by the numbers of its columns', () => {
  it('1302: pieces', () => {
    expect(read('1302.txt', row(29, { 1: 'T000000001', 2: '黄芪(测试)', 12: '2021-01-01', 13: '2099-12-31', 14: '1', 18: 'F005_2025', 20: '黄芪' }))).toMatchObject({
      version: 'F005_2025',
      items: [{ med_list_codg: 'T000000001', name: '黄芪(测试)', kind: 'pieces', med_chrgitm_type: '10', vali_flag: '1', valid_from: '2021-01-01' }]
    })
  })

  it('1303: preparations of institutions', () => {
    const cells = { 1: 'TY0001', 2: '止咳合剂(测试)', 11: '100ml*1瓶', 17: '13', 21: '0', 29: '瓶', 33: 'ml', 44: '制字Z99999999', 50: '100', 51: '限本院', 65: '1', 66: '2022-03-01 00:00:00', 71: '2025-03', 74: '0' }
    expect(read('1303.txt', row(78, cells))).toMatchObject({
      version: '2025-03',
      items: [{ name: '止咳合剂(测试)', kind: 'own-preparation', spec: '100ml*1瓶', used_frqu: '13', rx_flag: '1', unit: '瓶', min_unit: 'ml', aprvno: '制字Z99999999', units_per_pack: '100', restriction: '限本院', valid_from: '2022-03-01' }]
    })
  })

  it('1305: services', () => {
    expect(read('1305.txt', row(16, { 1: '001101000010000', 3: '次', 7: '1', 10: '诊察(测试)', 12: '2020-01-01', 15: '2025-01' }))).toMatchObject({
      version: '2025-01',
      items: [{ med_list_codg: '001101000010000', name: '诊察(测试)', kind: 'service', med_chrgitm_type: '14', unit: '次' }]
    })
  })

  it('1306: consumables', () => {
    const cells = { 1: 'C0101010010100100001', 2: '导管(测试)', 5: '导管', 10: '5F*110cm', 16: '箱', 18: '根', 34: '1', 35: '限介入', 36: '根', 47: '2020-01-01', 51: '国械注99999999', 68: '1', 70: '2025-02' }
    expect(read('1306.txt', row(71, cells))).toMatchObject({
      version: '2025-02',
      items: [{ name: '导管(测试)', kind: 'consumable', med_chrgitm_type: '08', generic: '导管', spec: '5F*110cm', unit: '根', lmt_used_flag: '1', restriction: '限介入', aprvno: '国械注99999999' }]
    })
  })

  it('1304: ethnic drugs, as the answer of a query', () => {
    const rows = [{ med_list_codg: 'ZM01', drug_genname: '蒙药丸(测试)', drug_prodname: '甲', ethdrug_type: '1', drug_spec: '0.2g*15', min_salunt: '盒', otc_flag: '1', vali_flag: '1', begndate: '2021-01-01', ver: '2025-04' }]
    expect(read('answer.json', JSON.stringify({ infcode: 0, output: { data: rows } }))).toMatchObject({
      version: '2025-04',
      items: [{ med_list_codg: 'ZM01', name: '蒙药丸(测试)', trade_name: '甲', med_chrgitm_type: '11', spec: '0.2g*15', rx_flag: '0', valid_from: '2021-01-01' }]
    })
  })

  it('with what 1312 says of it', () => {
    const listing = 'T000000001\t黄芪\t999999\t2025-01-01\t\t10\t01\t0\t103\t单味不予支付\t1\n'
    const files = [{ name: '1302.txt', bytes: strToU8(row(29, { 1: 'T000000001', 2: '黄芪(测试)', 14: '1', 18: 'v' })) }, { name: '1312.txt', bytes: strToU8(listing) }]
    expect(importCatalogue({ files })).toMatchObject({ ok: true, value: { items: [{ name: '黄芪(测试)', kind: 'pieces', chrgitm_lv: '01', restriction: '单味不予支付', valid_from: '2025-01-01' }] } })
  })
})

describe('a row that breaks a rule of its columns is named, and a file that is no item file is refused by name', () => {
  it('names the column by number and name', () => {
    const good = row(16, { 1: 'A', 10: '诊察(测试)', 15: 'v' })
    expect(read('1305.txt', good + row(16, { 1: 'B', 15: 'v' }) + row(15, { 1: 'C' }))).toMatchObject({
      broken: 2,
      problems: [
        { line: 2, column: '10 servitem_name', rule: 'this column is required' },
        { line: 3, column: 'the row', value: '15 columns', rule: 'must have 16 to 26 columns' }
      ]
    })
  })

  it.each([
    ['1307.txt', '1307.txt: 1307 lists diagnoses 疾病诊断: no items that are charged; leave it out'],
    ['1309_x.txt', '1309_x.txt: 1309 lists chronic diseases 门诊慢特病: no items that are charged; leave it out'],
    ['1306A.txt', '1306A.txt: 1306A cannot be imported: its columns are in no source known here; what the insurance holds of it comes by 1312'],
    ['1320.txt', '1320.txt: 1320 cannot be imported: its columns are in no source known here; what the insurance holds of it comes by 1312'],
    ['1304.txt', '1304.txt: 1304 is a query; it is imported as its answer in JSON']
  ])('%s', (name, refusal) => {
    expect(read(name, 'A\tB\n')).toBe(refusal)
  })
})
