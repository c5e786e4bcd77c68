import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { HOSPITAL, startNationalCentre, Vendor, type NationalCentre } from '../../../test/support/national-centre.ts'
import { openVisit, CT } from '../../../test/support/national-visit.ts'
import { date } from '../../calendar/business-date.ts'
import { itemFacts } from '../item-facts.ts'
import { itemTerms } from '../item-on-day.ts'
import { MemoryCatalogue } from '../memory-catalogue.ts'
import { parseCatalogue } from '../parse-catalogue.ts'
import { importCatalogue, type ImportedCatalogue } from './import-catalogue.ts'

/** What this house's own centre gives out by 1301 and 9102, and by 1312, 1317, 1318 and 1319, a page at a time. */

let centre: NationalCentre
let imported: ImportedCatalogue

beforeAll(async () => {
  centre = await startNationalCentre()
  const vendor = new Vendor(centre, HOSPITAL)
  await vendor.signIn()
  await openVisit(vendor, 'MZ1', [CT])
  const { file_qury_no, filename } = await vendor.done('1301', { data: { ver: '0' } })
  const fetched = await vendor.send('9102', { fsDownloadIn: { file_qury_no, filename, fixmedins_code: 'plc' } })
  const files = [{ name: filename, bytes: new Uint8Array(await fetched.arrayBuffer()) }]
  for (const infno of ['1312', '1317', '1318', '1319']) {
    const pages: unknown[] = []
    for (let page = 1, isLast = false; !isLast; page += 1) {
      const output = await vendor.done(infno, { data: { page_num: String(page), page_size: '50', updt_time: '2020-01-01 00:00:00' } })
      pages.push({ infcode: 0, output })
      isLast = output.lastPage
    }
    files.push({ name: `${infno}.json`, bytes: new TextEncoder().encode(JSON.stringify(pages)) })
  }
  const result = importCatalogue({ files, division: '999999' })
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  imported = result.value
})

afterAll(() => centre.stop())

it('is taken without a broken row', () => {
  expect(imported.problems).toEqual([])
  expect(imported.files.map(({ shape, rows, taken, isVoid }) => [shape, rows - taken, isVoid])).toEqual([['1301', 0, 0], ['1312', 1, 1], ['1317', 0, 0], ['1318', 0, 0], ['1319', 0, 0]])
  expect([imported.version, imported.broken]).toEqual(['1', 0])
})

it('pays for every item as the catalogue of record does, on each side of every boundary', () => {
  const record = parseCatalogue(JSON.parse(readFileSync(new URL('../../../fixtures/catalogue/demo.json', import.meta.url), 'utf8')))
  if (!record.ok) throw new Error('the demo parses')
  const copy = new MemoryCatalogue(imported.version, imported.items)
  let compared = 0
  for (const { med_list_codg, chrgitm_lv, vali_flag } of record.value.rows()) {
    // What the insurance does not hold at all 1312 does not list.
    if (chrgitm_lv === undefined || vali_flag === '0') continue
    for (const on of ['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01', '2026-11-27'].map(date)) {
      for (const [level, insutype] of [[1, '310'], [3, '390']] as const) {
        const fee = { on, level, insutype }
        const [ours, theirs] = [record.value.get(med_list_codg, on), copy.get(med_list_codg, on)]
        expect(theirs && { ...itemTerms(theirs, fee), pric: '' }, `${med_list_codg} ${on}`).toEqual(ours && { ...itemTerms(ours, fee), lmt_used_flag: ours.lmt_used_flag ?? '0', pric: '' })
        compared += 1
      }
    }
  }
  expect(compared).toBeGreaterThan(700)
})

it('keeps what eligibility asks about: kind, prescription, children, negotiation, units of a pack', () => {
  const on = date('2026-03-01')
  const facts = (code: string) => {
    const item = new MemoryCatalogue('', imported.items).get(code, on)
    return item && itemFacts(item, on)
  }
  expect(facts('XM01AEB090P004010199999')).toMatchObject({ kind: 'western', needsPrescription: false, isForChildren: true, unitsPerPack: 1_000_000, chargeClass: '01' })
  expect(facts('XL01EBA075A001010199999')).toMatchObject({ needsPrescription: true, isNegotiated: true, isRestricted: true, restriction: '限EGFR突变阳性' })
  expect(facts('T0100100101010199999')).toMatchObject({ kind: 'granules' })
  expect(new MemoryCatalogue('', imported.items).get(CT.code)).toMatchObject({ medins_list_codg: `OWN-${CT.code}` })
})
