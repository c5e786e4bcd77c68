import { describe, expect, test } from 'vitest'
import { dispensing, packs, splitPack, type SoldLine } from '../../test/contract/dispensing-fixture.ts'
import { line, sale } from '../../test/contract/ledger-fixture.ts'
import { fen } from '../money/fen.ts'
import { dispensedBy } from './dispensed.ts'

const of = (...lines: readonly SoldLine[]) => dispensedBy(dispensing(1, lines))
const ONE = 10_000

describe('what a claim hands over', () => {
  test('a line with days is a supply of its day of service; a fund has paid of it', () => {
    expect(of({ feedetl_sn: '1', cnt: '3', prd_days: '30' })).toEqual({
      on: '2023-09-15',
      lines: [{ lineNo: '1', itemCode: 'XA01BCD0000001', quantity: 3 * ONE, days: 30, fundPaid: true }],
      packs: []
    })
  })

  test('a line with codes is a supply without days, and its packs', () => {
    expect(of({ cnt: '2', drug_trac_info: packs('A', 'B') })).toEqual({
      on: '2023-09-15',
      lines: [{ lineNo: '1', itemCode: 'XA01BCD0000001', quantity: 2 * ONE, days: undefined, fundPaid: true }],
      packs: [{ code: 'A', lineNo: '1', isSplit: false }, { code: 'B', lineNo: '1', isSplit: false }]
    })
  })

  test('a line that says neither is not among them', () => {
    expect(of({ feedetl_sn: '1' }, { feedetl_sn: '2', prd_days: '7' })?.lines.map(({ lineNo }) => lineNo)).toEqual(['2'])
    expect(of({ feedetl_sn: '1' })).toBeUndefined()
    expect(dispensedBy(sale(1))).toBeUndefined()
  })

  test('days of "0" are not said, and days are whole', () => {
    expect(of({ prd_days: '0', drug_trac_info: packs('A') })?.lines[0]?.days).toBeUndefined()
    expect(of({ prd_days: '7.50' })?.lines[0]?.days).toBe(7)
  })

  test('a line that is own pay, or of a bill to which no fund paid, is a supply that no fund paid for', () => {
    const lines = [line('1', 'XA01BCD0000001', '测试药品甲', { amount: 42000, ownPay: 42000 })]
    expect(dispensedBy(dispensing(1, [{ prd_days: '7' }], { lines }))?.lines[0]?.fundPaid).toBe(false)
    const amounts = { ...sale(1).amounts, fundPaid: fen(0) }
    expect(dispensedBy(dispensing(1, [{ prd_days: '7' }], { amounts }))?.lines[0]?.fundPaid).toBe(false)
  })
})

describe('what the same bill takes back', () => {
  const sold = { feedetl_sn: '1', cnt: '3', prd_days: '30', drug_trac_info: packs('A', 'B', 'C') }

  test('is off the quantity, off the days, and off the packs', () => {
    const back = { feedetl_sn: '2', cnt: '-1', return_of: '1', drug_trac_info: packs('C') }
    expect(of(sold, back)).toEqual({
      on: '2023-09-15',
      lines: [{ lineNo: '1', itemCode: 'XA01BCD0000001', quantity: 2 * ONE, days: 20, fundPaid: true }],
      packs: [{ code: 'A', lineNo: '1', isSplit: false }, { code: 'B', lineNo: '1', isSplit: false }]
    })
  })

  test('twice', () => {
    const back = (number: string, code: string) => ({ feedetl_sn: number, cnt: '-1', return_of: '1', drug_trac_info: packs(code) })
    const left = of(sold, back('2', 'C'), back('3', 'A'))
    expect(left?.lines).toMatchObject([{ quantity: ONE, days: 10 }])
    expect(left?.packs).toEqual([{ code: 'B', lineNo: '1', isSplit: false }])
  })

  test('whole, leaves nothing', () => {
    expect(of(sold, { feedetl_sn: '2', cnt: '-3', return_of: '1', drug_trac_info: packs('A', 'B', 'C') })).toBeUndefined()
  })

  test('a negative line of another bill sells nothing', () => {
    expect(of({ cnt: '-1', drug_trac_info: packs('A') })).toBeUndefined()
  })
})

test('a split pack of which a line takes several units is there once, a whole one as often as it is named', () => {
  const named = (...info: readonly { drug_trac_codg: string; trdn_flag?: string }[]) => of({ cnt: '2', drug_trac_info: info })?.packs
  expect(named(splitPack('A'), splitPack('A'))).toEqual([{ code: 'A', lineNo: '1', isSplit: true }])
  expect(named(...packs('A', 'A'))).toHaveLength(2)
})

test.each([
  ['no JSON', '{"prd_days"'],
  ['a list', '["prd_days"]'],
  ['no day', '{"lines":[{"cnt":"1","prd_days":"7","med_list_codg":"X"}]}'],
  ['a day that is none', '{"begntime":"2023-02-30","lines":[{"cnt":"1","prd_days":"7","med_list_codg":"X"}]}'],
  ['no quantity', '{"begntime":"2023-02-03","lines":[{"cnt":1,"prd_days":"7","med_list_codg":"X"}, null, 7]}'],
  ['no lines', '{"begntime":"2023-02-03","lines":{"prd_days":"7"}}']
])('a claim of a stranger hands over nothing: %s', (_, text) => {
  expect(dispensedBy(sale(1, { claim: new TextEncoder().encode(text) }))).toBeUndefined()
})
