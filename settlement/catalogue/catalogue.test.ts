import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { date } from '../calendar/business-date.ts'
import { describeProblem } from '../wire/input-problem.ts'
import type { Catalogue } from './catalogue.ts'
import { itemFacts } from './item-facts.ts'
import { itemTerms } from './item-on-day.ts'
import type { CatalogueItem } from './item-schema.ts'
import { parseCatalogue } from './parse-catalogue.ts'

function catalogueOf(...items: object[]): Catalogue {
  const parsed = parseCatalogue({ items: items.map((item) => ({ med_list_codg: 'A', name: '甲', chrgitm_lv: '01', med_chrgitm_type: '09', ...item })) })
  if (!parsed.ok) throw new Error(parsed.error.map(describeProblem).join('\n'))
  return parsed.value
}

const problemsOf = (...items: object[]): string[] => {
  const parsed = parseCatalogue({ items: items.map((item) => ({ med_list_codg: 'A', name: '甲', chrgitm_lv: '01', med_chrgitm_type: '09', ...item })) })
  return parsed.ok ? [] : parsed.error.map(describeProblem)
}

const got = (catalogue: Catalogue, on: string): CatalogueItem => {
  const item = catalogue.get('A', date(on))
  if (item === undefined) throw new Error('A is listed')
  return item
}

const fee = (on: string, level?: number, insutype = '310') => ({ on: date(on), level, insutype })

describe('an item of which the class changes', () => {
  const catalogue = catalogueOf({ chrgitm_lv: '02', valid_from: '2026-01-01' }, { valid_from: '2025-01-01', valid_to: '2025-11-30' })
  const classOf = (on: string) => itemTerms(got(catalogue, on), fee(on)).chrgitm_lv

  it('has the class of the day, each period with its last day', () => {
    expect([classOf('2025-01-01'), classOf('2025-11-30'), classOf('2026-01-01')]).toEqual(['01', '01', '02'])
  })

  it('is own pay on days on which no period holds, and is still sold under its name', () => {
    expect([classOf('2024-12-31'), classOf('2025-12-01')]).toEqual(['03', '03'])
    expect(got(catalogue, '2024-12-31').name).toBe('甲')
  })

  it('is one code, and without a day the newest row', () => {
    expect([catalogue.size, catalogue.get('A')?.chrgitm_lv]).toEqual([1, '02'])
  })
})

describe('a price ceiling', () => {
  const catalogue = catalogueOf({
    pric_uplmt_amt: '5.00',
    ceilings: [
      { level: 1, from: '2026-01-01', to: '2026-06-30', pric_uplmt_amt: '8.00' },
      { level: 3, from: '2026-01-01', pric_uplmt_amt: '9.00' }
    ]
  })
  const ceiling = (on: string, level: number | undefined) => itemTerms(got(catalogue, on), fee(on, level)).pric_uplmt_amt

  it('is that of the level, or of the next one above that has a row', () => {
    expect([ceiling('2026-06-30', 1), ceiling('2026-06-30', 2), ceiling('2026-06-30', 3)]).toEqual(['8.00', '9.00', '9.00'])
  })

  it('is that of the lowest level where nobody knows the level', () => {
    expect([ceiling('2026-06-30', undefined), ceiling('2026-06-30', 0)]).toEqual(['8.00', '8.00'])
  })

  it('ends with its last day, and the item has its own where no row speaks', () => {
    expect([ceiling('2026-07-01', 1), ceiling('2025-12-31', 3)]).toEqual(['9.00', '5.00'])
  })
})

describe('a pre-self-pay share', () => {
  const catalogue = catalogueOf({
    selfpay_prop: '0.50',
    pre_pay: [
      { insutype: '310', from: '2025-01-01', to: '2025-12-31', selfpay_prop: '0.05' },
      { insutype: '310', from: '2026-01-01', selfpay_prop: '0.10' },
      { insutype: '99', from: '2026-01-01', selfpay_prop: '0.20' }
    ]
  })
  const share = (on: string, insutype: string) => itemTerms(got(catalogue, on), fee(on, 2, insutype)).selfpay_prop

  it('is that of the insurance on the day of the fee, not of the day of today', () => {
    expect([share('2025-12-31', '310'), share('2026-01-01', '310')]).toEqual(['0.05', '0.10'])
  })

  it('is that of every other insurance, or the item its own, where the insurance has none', () => {
    expect([share('2026-01-01', '390'), share('2025-12-31', '390')]).toEqual(['0.20', '0.50'])
  })
})

describe('facts of an item', () => {
  const on = date('2026-03-01')
  const facts = (item: object) => itemFacts(got(catalogueOf(item), on), on)

  it('say nothing that the catalogue does not say', () => {
    expect(facts({ chrgitm_lv: undefined })).toMatchObject({ chargeClass: undefined, needsPrescription: undefined, unitsPerPack: undefined, generic: undefined, isRestricted: false, isValid: true })
  })

  it('take ATC from the code of a western drug, and the kind from what it is charged as', () => {
    const read = (item: object) => [facts(item).kind, facts(item).atc]
    const catalogue = catalogueOf({ med_list_codg: 'XA01ABD075A002010100483' })
    const western = catalogue.get('XA01ABD075A002010100483')
    expect(western && itemFacts(western, on)).toMatchObject({ kind: 'western', atc: 'A01ABD075' })
    expect([read({ med_chrgitm_type: '10' }), read({ med_chrgitm_type: '10', kind: 'granules' }), read({ med_chrgitm_type: '03' })]).toEqual([
      ['pieces', undefined],
      ['granules', undefined],
      ['service', undefined]
    ])
  })

  it('have no class on a day that no period holds, nor when the item is void, and say when it is held', () => {
    expect(facts({ valid_to: '2026-02-28' })).toMatchObject({ chargeClass: undefined, paidTo: '2026-02-28' })
    expect(facts({ valid_from: '2026-03-02' })).toMatchObject({ chargeClass: undefined, paidFrom: '2026-03-02' })
    expect(facts({ vali_flag: '0' })).toMatchObject({ chargeClass: undefined, isValid: false })
  })
})

describe('a catalogue document is refused', () => {
  it('for two rows of a code that hold on one day', () => {
    expect(problemsOf({ valid_to: '2026-01-01' }, { valid_from: '2026-01-01' })).toEqual([
      'items[1].med_list_codg: "A" is refused: must be unique in the catalogue on every day; another row holds from ... to 2026-01-01'
    ])
  })

  it('for a period that ends before it begins', () => {
    expect(problemsOf({ valid_from: '2026-01-02', valid_to: '2026-01-01' })).toEqual([
      'items[0].valid_to: "2026-01-01" is refused: must not lie before its first day 2026-01-02'
    ])
  })

  it('for two ceilings of a level, or two shares of an insurance, on one day', () => {
    const twice = { from: '2026-01-01', pric_uplmt_amt: '1' }
    expect(problemsOf({ ceilings: [{ level: 1, ...twice }, { level: 2, ...twice }, { level: 1, ...twice }] })).toEqual([
      'items[0].ceilings[2].from: "2026-01-01" is refused: must not overlap another ceiling of level 1'
    ])
    const share = { insutype: '310', selfpay_prop: '0.1' }
    expect(problemsOf({ pre_pay: [{ ...share, from: '2025-01-01' }, { ...share, from: '2026-01-01' }] })).toEqual([
      'items[0].pre_pay[1].from: "2026-01-01" is refused: must not overlap another share of insurance 310'
    ])
  })
})

it('the demo has a pharmacy: three classes of ibuprofen, one barcode on two packs, and nothing that could be real', () => {
  const json = JSON.parse(readFileSync(new URL('../../fixtures/catalogue/demo.json', import.meta.url), 'utf8'))
  const demo = parseCatalogue(json)
  if (!demo.ok) throw new Error(demo.error.map(describeProblem).join('\n'))
  const chewable = 'XM01AEB090C003010199999'
  expect([chewable, ...demo.value.sameSubstance(chewable, 9).map(({ med_list_codg }) => med_list_codg)].map((code) => demo.value.get(code)?.chrgitm_lv)).toEqual(['03', '01', '01', '02'])
  expect(demo.value.byBarcode('9990000900001').map(({ unit, spec }) => `${spec} ${unit}`)).toEqual(['5ml 支', '5ml*2支 盒'])
  const items: CatalogueItem[] = json.items
  expect(items.filter(({ name, barcode }) => !name.endsWith('(测试)') || barcode?.startsWith('999') === false)).toEqual([])
})
