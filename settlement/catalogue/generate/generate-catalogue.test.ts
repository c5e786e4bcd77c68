import { describe, expect, it } from 'vitest'
import { diffItems } from '../diff.ts'
import { importCatalogue, type ImportedCatalogue } from '../import/import-catalogue.ts'
import { describeImportRefusal } from '../import/import-problem.ts'
import { itemSchema } from '../item-schema.ts'
import { generateCatalogue, generatedItems } from './generate-catalogue.ts'
import { madeUpItem } from './made-up-item.ts'

function imported(revision: number): ImportedCatalogue {
  const result = importCatalogue({ files: [{ name: 'catalogue.zip', bytes: generateCatalogue({ items: 2_000, seed: 7, revision }) }] })
  if (!result.ok) throw new Error(describeImportRefusal(result.error))
  return result.value
}

describe('a catalogue that is made up', () => {
  const first = imported(1)

  it('is imported without a broken row, every item of it', () => {
    expect([first.version, first.codes, first.broken, first.problems]).toEqual(['synthetic-7-2000-r1', 2_000, 0, []])
    expect(first.files.map(({ name }) => name)).toEqual(['1301.txt', '1312.txt', '1318.txt', '1319.txt', 'prices.txt'].map((name) => `catalogue.zip/${name}`))
  })

  it('holds about 60 % drugs, a third of these outside the insurance catalogue, and every kind there is', () => {
    const count = (types: readonly string[]) => first.items.filter(({ med_chrgitm_type }) => types.includes(med_chrgitm_type)).length / first.items.length
    expect(count(['09', '11'])).toBeGreaterThan(0.55)
    expect(count(['09', '11'])).toBeLessThan(0.65)
    const drugs = first.items.filter(({ drug_id }) => drug_id !== undefined)
    expect(drugs.filter(({ chrgitm_lv }) => chrgitm_lv === undefined).length / drugs.length).toBeCloseTo(0.3, 1)
    expect(['08', '10', '03'].every((type) => count([type]) > 0.01)).toBe(true)
    expect(new Set(first.items.map(({ kind }) => kind))).toEqual(new Set([undefined, 'pieces', 'granules', 'service', 'consumable']))
  })

  it('is lawful item by item, and nobody takes a name, a code or a barcode of it for a real one', () => {
    for (const item of first.items) {
      expect(itemSchema.safeParse(item).success, item.med_list_codg).toBe(true)
      expect(item.name).toMatch(/\(测试\)$/)
      expect(item.barcode ?? '999').toMatch(/^999/)
    }
  })

  it('has prices as they are: half of the drugs below 26 yuan, a few in the hundreds', () => {
    const prices = first.items.flatMap(({ pric, drug_id }) => (pric === undefined || drug_id === undefined ? [] : Number.parseFloat(pric))).toSorted((left, right) => left - right)
    expect(prices[Math.floor(prices.length / 2)]).toBeGreaterThan(20)
    expect(prices[Math.floor(prices.length / 2)]).toBeLessThan(35)
    expect(prices[Math.floor(prices.length * 0.98)]).toBeGreaterThan(200)
    expect(prices[0]).toBeGreaterThanOrEqual(0.05)
  })

  it('is the same bytes again of the same seed, and another one of another seed', () => {
    const request = { items: 50, seed: 7, revision: 1 }
    expect(generateCatalogue(request)).toEqual(generateCatalogue(request))
    expect([...generatedItems(request)].flat()).toEqual([...generatedItems({ ...request, items: 60 })].flat().slice(0, [...generatedItems(request)].flat().length))
    expect(madeUpItem(8, 0)).not.toEqual(madeUpItem(7, 0))
    expect(madeUpItem(7, 0).rows.map(({ med_list_codg, pric }) => [med_list_codg, pric])).toEqual([['ZN14CAA4290900100000', '43.72']])
  })

  it('differs from its next revision in a few prices, and in what came and went', () => {
    const { added, removed, changed, rows } = diffItems(first.items, imported(2).items, 200)
    expect([added > 0 && added < 20, removed > 0 && removed < 20, changed > 5 && changed < 60]).toEqual([true, true, true])
    expect(new Set(rows.flatMap(({ fields }) => fields.map(({ field }) => field)))).toEqual(new Set(['pric']))
  })
})
