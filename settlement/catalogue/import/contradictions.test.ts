import { strToU8 } from 'fflate'
import { describe, expect, it } from 'vitest'
import { importCatalogue } from './import-catalogue.ts'
import { describeImportProblem, describeImportRefusal } from './import-problem.ts'

const CODE = 'XA01ABD075A002010100483'
const DRUG: Readonly<Record<number, string>> = { 1: CODE, 4: '甲片(测试)', 83: '2026-01', 92: '甲', 96: '2025-01-01 00:00:00' }
const drug = (changes: Readonly<Record<number, string>> = {}): string => Array.from({ length: 97 }, (_, index) => ({ ...DRUG, ...changes })[index + 1] ?? 'null').join('\t')
const lines = (...rows: readonly string[]): string => rows.map((row) => `${row}\n`).join('')

const run = (files: Readonly<Record<string, string>>) => importCatalogue({ files: Object.entries(files).map(([name, text]) => ({ name, bytes: strToU8(text) })), version: 'v' })

function taken(files: Readonly<Record<string, string>>) {
  const result = run(files)
  if (!result.ok) throw new Error(describeImportRefusal(result.error))
  return { item: result.value.items[0], broken: result.value.broken, problems: result.value.problems.map(describeImportProblem), files: result.value.files }
}

const refusalOf = (files: Readonly<Record<string, string>>): string => {
  const result = run(files)
  return result.ok ? '' : describeImportRefusal(result.error)
}

describe('a row that says again what another has said is named, skipped and counted, whatever the order of the files', () => {
  const drugs = { '1301.txt': lines(drug()) }

  it('two prices of one code: the first one holds, a repeat of it is no better', () => {
    const prices = lines(`${CODE}\tnull\t13.57`, `${CODE}\tnull\t99.99`, `${CODE}\tnull\t13.57`)
    const { item, broken, problems, files } = taken({ 'prices.txt': prices, ...drugs })
    expect([item?.pric, broken]).toEqual(['13.57', 2])
    expect(problems).toEqual([
      `prices.txt, line 2, med_list_codg: "${CODE}" is refused: must be priced once; prices.txt, line 1 gives its price`,
      `prices.txt, line 3, med_list_codg: "${CODE}" is refused: must be priced once; prices.txt, line 1 gives its price`
    ])
    expect(files[0]).toMatchObject({ rows: 3, taken: 1, broken: 2 })
  })

  it('two own codes on one day; one after the other is no contradiction, and the later counts', () => {
    const own = (code: string, from: string, to: string) => `H99999900001\t${code}\t甲\t999999\t101\t${CODE}\t${from}\t${to}\t1`
    expect(taken({ ...drugs, '1317.txt': lines(own('OWN-1', '2024-01-01', '2024-12-31'), own('OWN-2', '2025-01-01', '')) })).toMatchObject({ item: { medins_list_codg: 'OWN-2' }, broken: 0 })
    expect(taken({ ...drugs, '1317.txt': lines(own('OWN-1', '2025-01-01', ''), own('OWN-2', '2025-01-01', '')) })).toMatchObject({
      item: { medins_list_codg: 'OWN-1' },
      problems: [`1317.txt, line 2, med_list_codg: "${CODE}" is refused: must hold on days on which no other row of it holds; 1317.txt, line 1 holds from 2025-01-01 to ...`]
    })
  })

  it('two shares of one insurance, two classes, two matches', () => {
    const share = (insutype: string, part: string) => `${CODE}\t${insutype}\t10\t999999\t2025-01-01\t\t${part}\t1`
    expect(taken({ ...drugs, '1319.txt': lines(share('310', '0.1'), share('390', '0.2'), share('310', '0.3')) })).toMatchObject({
      item: { pre_pay: [{ selfpay_prop: '0.1' }, { selfpay_prop: '0.2' }] },
      problems: [expect.stringContaining('1319.txt, line 3, hilist_code') as string]
    })
    const listing = (level: string) => `${CODE}\t甲\t999999\t2025-01-01\t\t09\t${level}\t0\t101\t\t1`
    expect(taken({ ...drugs, '1312.txt': lines(listing('01'), listing('02')) })).toMatchObject({ item: { chrgitm_lv: '01' }, broken: 1, problems: [expect.stringContaining('1312.txt, line 2, hilist_code') as string] })
    const match = `${CODE}\tHILIST-1\t101\t999999\t2025-01-01\t\t1`
    expect(taken({ ...drugs, '1316.txt': lines(match, match) })).toMatchObject({
      problems: [`1316.txt, line 2, med_list_codg: "${CODE}" is refused: must be matched with HILIST-1 once; an earlier row does so`]
    })
  })

  it('once only, where its entry is sold under several codes, and not as unknown while one of them is known', () => {
    const match = (code: string) => `${code}\tHILIST-1\t101\t999999\t2025-01-01\t\t1`
    const ceiling = (hilist: string, amount: string) => `${hilist}\t1\t\t999999\t2025-01-01\t\t${amount}\t1`
    const files = { '1301.txt': lines(drug(), drug({ 1: 'XB' })), '1316.txt': lines(match(CODE), match('XB'), match('NOBODY')) }
    expect(taken({ ...files, '1318.txt': lines(ceiling('HILIST-1', '9'), ceiling('HILIST-1', '8')) })).toMatchObject({
      item: { ceilings: [{ pric_uplmt_amt: '9' }] },
      problems: ['1318.txt, line 2, hilist_code: "HILIST-1" is refused: must hold on days on which no other row of it holds; 1318.txt, line 1 holds from 2025-01-01 to ...']
    })
  })
})

describe('a file that was cut short', () => {
  it('is refused, not read as far as it goes', () => {
    const whole = lines(drug(), drug({ 1: 'XB' }))
    expect(refusalOf({ '1301.txt': whole.slice(0, whole.length - 30) })).toBe('1301.txt: it ends in the middle of line 2 (the row: "95 columns"); it is cut short')
    expect(refusalOf({ 'prices.txt': `${CODE}\tnull\t1.5\n${CODE}\tnull\t1.`, '1301.txt': lines(drug()) })).toBe('prices.txt: it ends in the middle of line 2 (pric: "1."); it is cut short')
  })

  it('is not one whose last row is whole and has no end of its line', () => {
    const whole = lines(drug(), drug({ 1: 'XB' }))
    expect(taken({ '1301.txt': whole.trimEnd() })).toMatchObject({ broken: 0, files: [{ taken: 2 }] })
  })

  it('to nothing is refused beside whole ones; that there is no ceiling may be true', () => {
    const listing = `${CODE}\t甲\t999999\t2025-01-01\t\t09\t01\t0\t101\t\t1\n`
    expect(refusalOf({ '1301.txt': '', '1312.txt': listing })).toBe('1301.txt: it is empty; a file of items or prices has rows, or it was cut short')
    expect(refusalOf({ '1301.txt': lines(drug()), '1312.json': '{"infcode":0,"output":{"data":[]}}' })).toBe('1312.json: it is empty; a file of items or prices has rows, or it was cut short')
    expect(refusalOf({ '1301.txt': lines(drug()), 'prices.txt': '' })).toBe('prices.txt: it is empty; a file of items or prices has rows, or it was cut short')
    expect(taken({ '1301.txt': lines(drug()), '1318.txt': '' }).files).toMatchObject([{ taken: 1 }, { shape: '1318', rows: 0 }])
    expect(refusalOf({ '1301.txt': lines(drug()), '1318.json': '{"infcode":0,"output":{"data":[]}}' })).toBe('')
  })
})
