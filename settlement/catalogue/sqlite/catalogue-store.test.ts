import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Result } from '../../../base/result.ts'
import { date } from '../../calendar/business-date.ts'
import type { Catalogue } from '../catalogue.ts'
import type { CatalogueItem } from '../item-schema.ts'
import { parseCatalogue } from '../parse-catalogue.ts'
import { describeFileRefusal } from './catalogue-file.ts'
import { describeStoreRefusal, openCatalogueStore, VERSIONS_MAX, type CatalogueStore } from './catalogue-store.ts'
import { openCatalogue, type SqliteCatalogue } from './sqlite-catalogue.ts'

const DEMO: unknown = JSON.parse(readFileSync(new URL('../../../fixtures/catalogue/demo.json', import.meta.url), 'utf8'))

let folder: string
let path: string
const open: { close(): void }[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'catalogue-'))
  path = join(folder, 'catalogue.db')
})

afterEach(() => {
  for (const file of open.splice(0)) file.close()
  rmSync(folder, { recursive: true, force: true })
})

function got<Value, Refusal>(result: Result<Value, Refusal>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

function store(): CatalogueStore {
  const opened = got(openCatalogueStore({ path, create: true }))
  open.push(opened)
  return opened
}

function reader(): SqliteCatalogue {
  const opened = got(openCatalogue(path))
  open.push(opened)
  return opened
}

const item = (code: string, changes: Partial<CatalogueItem> = {}): CatalogueItem => ({ med_list_codg: code, name: `${code}药(测试)`, chrgitm_lv: '01', med_chrgitm_type: '09', ...changes })
const install = (into: CatalogueStore, version: string, items: readonly CatalogueItem[], activate = true) => into.install({ version, source: 'test', at: '2026-03-01 08:00:00', items, activate })
const names = (into: CatalogueStore) => into.versions().map(({ name, isActive }) => (isActive ? `${name}*` : name))

describe('the file answers as the document in memory does', () => {
  const memory = got(parseCatalogue(DEMO))
  const texts = ['amxl', 'AMXL', 'xl', 'bl', 'a', 'b', 'cs', '布洛芬', '洛芬', '片', '测试', '(测', '芬片(', 'XM01AEB090A001010199999', 'xm01', 'T00', '9990000900001', '9990000000001', 'CT', 'ｃｔ平扫', '氨氯地平', '维生素c', '不存在', 'qqqq', '-', '"', "'", '*', '阿 莫', 'OR', 'NOT', '001101000010000-9', ' ']

  const both = async (): Promise<readonly [Catalogue, Catalogue]> => {
    got(await install(store(), 'demo', [...memory.rows()]))
    return [memory, reader()]
  }

  it('to every search, hit by hit, in the same order', async () => {
    const [ours, theirs] = await both()
    for (const text of texts) {
      for (const limit of [3, 200]) expect(await theirs.search(text, limit), `${text} ${limit}`).toEqual(await ours.search(text, limit))
    }
    expect((await theirs.search('amxl', 1)).map(({ initials }) => initials)).toEqual(['AMXLJNCS'])
    expect((await theirs.search('洛芬', 9)).length).toBe(4)
  })

  it('to codes on days, barcodes, substances and prefixes', async () => {
    const [ours, theirs] = await both()
    expect(theirs.size).toBe(82)
    expect(theirs.byDrugId('8360001').map(({ name }) => name)).toEqual(['布洛芬片(测试)'])
    expect(theirs.byDrugId('8360001')).toEqual(ours.byDrugId('8360001'))
    for (const { med_list_codg } of memory.rows()) {
      for (const on of [undefined, date('2019-12-31'), date('2025-12-31'), date('2026-01-01')]) expect(theirs.get(med_list_codg, on)).toEqual(ours.get(med_list_codg, on))
      expect(theirs.sameSubstance(med_list_codg, 9)).toEqual(ours.sameSubstance(med_list_codg, 9))
    }
    expect(theirs.byBarcode('9990000900001')).toHaveLength(2)
    expect(theirs.byBarcode('9990000900001')).toEqual(ours.byBarcode('9990000900001'))
    expect(['XM01', 'XM01AEB090A001010199999', 'XM01AEB090A0010101999999', 'Q', ''].map((prefix) => theirs.hasCodePrefix(prefix))).toEqual([true, true, false, false, true])
    expect(['XM01', 'XM01AEB090A001010199999', 'XM01AEB090A0010101999999', 'Q', ''].map((prefix) => ours.hasCodePrefix(prefix))).toEqual([true, true, false, false, true])
    expect([theirs.get('NOWHERE'), theirs.sameSubstance('NOWHERE', 9), theirs.byBarcode('')]).toEqual([undefined, [], []])
  })
})

describe('versions', () => {
  it('are kept beside each other; the active one is read, also by who opened the file before', async () => {
    const catalogues = store()
    got(await install(catalogues, 'one', [item('A', { pric: '1.00' })]))
    const till = reader()
    expect([till.version, till.get('A')?.pric]).toEqual(['one', '1.00'])
    got(await install(catalogues, 'two', [item('A', { pric: '2.00' }), item('B')], false))
    expect([till.version, till.get('A')?.pric, names(catalogues)]).toEqual(['one', '1.00', ['two', 'one*']])
    got(catalogues.activate('two'))
    expect([till.version, till.get('A')?.pric, till.size]).toEqual(['two', '2.00', 2])
  })

  it('go back one by one, and not further than the first', async () => {
    const catalogues = store()
    for (const version of ['one', 'two', 'three']) got(await install(catalogues, version, [item('A', { pric: '1.00', spec: version })]))
    expect([got(catalogues.rollback()).name, got(catalogues.rollback()).name]).toEqual(['two', 'one'])
    const refused = catalogues.rollback()
    expect(!refused.ok && describeStoreRefusal(refused.error)).toBe('no version was active before this one')
    expect(names(catalogues)).toEqual(['three', 'two', 'one*'])
  })

  it('are the same version when they hold the same rows, and another one may not take the name', async () => {
    const catalogues = store()
    got(await install(catalogues, 'one', [item('B'), item('A')]))
    expect(got(await install(catalogues, 'one', [item('A'), item('B')]))).toMatchObject({ isNew: false })
    const refused = await install(catalogues, 'one', [item('A')])
    expect(!refused.ok && describeStoreRefusal(refused.error)).toBe('version "one" is installed with other rows; give these another name')
    expect(reader().size).toBe(2)
  })

  it(`are ${VERSIONS_MAX} at most: the oldest goes, never the active one nor the one before it`, async () => {
    const catalogues = store()
    got(await install(catalogues, 'v1', [item('A')]))
    got(await install(catalogues, 'v2', [item('A', { spec: '2' })]))
    for (let version = 3; version <= 6; version += 1) expect(got(await install(catalogues, `v${version}`, [item('A', { spec: `${version}` })], false)).removed).toEqual(version === 6 ? ['v3'] : [])
    expect(names(catalogues)).toEqual(['v6', 'v5', 'v4', 'v2*', 'v1'])
    expect([catalogues.remove('v2'), catalogues.remove('v9')]).toMatchObject([{ error: { kind: 'version-active' } }, { error: { kind: 'version-unknown', known: ['v6', 'v5', 'v4', 'v2', 'v1'] } }])
    got(catalogues.remove('v1'))
    expect(catalogues.rollback()).toMatchObject({ ok: false })
  })

  it('differ by added, removed and changed rows, with the fields', async () => {
    const catalogues = store()
    got(await install(catalogues, 'one', [item('A', { pric: '1.00' }), item('B'), item('C', { valid_to: '2025-12-31' })]))
    got(await install(catalogues, 'two', [item('A', { pric: '2.00', spec: '10片' }), item('C', { valid_to: '2025-12-31' }), item('C', { valid_from: '2026-01-01', chrgitm_lv: '02' })]))
    expect(got(catalogues.diff('one', 'two', 9))).toEqual({
      added: 1, removed: 1, changed: 1,
      rows: [
        { kind: 'changed', code: 'A', from: '', name: 'A药(测试)', fields: [{ field: 'pric', before: '1.00', after: '2.00' }, { field: 'spec', before: undefined, after: '10片' }] },
        { kind: 'removed', code: 'B', from: '', name: 'B药(测试)', fields: [] },
        { kind: 'added', code: 'C', from: '2026-01-01', name: 'C药(测试)', fields: [] }
      ]
    })
    expect(got(catalogues.diff('one', 'two', 1)).rows).toHaveLength(1)
    expect(got(catalogues.diff('two', 'two', 1))).toEqual({ added: 0, removed: 0, changed: 0, rows: [] })
  })
})

describe('a bad end', () => {
  it('a program that is killed in the middle of an install leaves the old version active, and the next install works', async () => {
    got(await install(store(), 'one', [item('A')]))
    const script = `
      import { openCatalogueStore } from ${JSON.stringify(new URL('catalogue-store.ts', import.meta.url).href)}
      const opened = openCatalogueStore({ path: ${JSON.stringify(path)}, create: false })
      const items = Array.from({ length: 2000 }, (_, index) => ({ med_list_codg: 'B' + index, name: '药(测试)', med_chrgitm_type: '09' }))
      // The last row asks for its name when thousands are written.
      Object.defineProperty(items[1999], 'med_list_codg', { enumerable: true, get: () => { if (new Error().stack.includes('writeVersion')) process.kill(process.pid, 'SIGKILL'); return 'Z' } })
      await opened.value.install({ version: 'two', source: 'test', at: '', items, activate: true })
      console.log('installed')`
    const { signal, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    expect([signal, stdout]).toEqual(['SIGKILL', ''])
    const till = reader()
    expect([till.version, till.get('A')?.name, till.get('B0')]).toEqual(['one', 'A药(测试)', undefined])
    const again = store()
    expect(names(again)).toEqual(['one*'])
    got(await install(again, 'two', [item('B')]))
    expect([till.version, till.size]).toEqual(['two', 1])
  })

  it('a file that is cut short, overwritten, another program’s or not there is named', async () => {
    const refusal = () => {
      const opened = openCatalogue(path)
      return opened.ok ? 'opened' : describeFileRefusal(opened.error).replace(folder, '')
    }
    expect(refusal()).toBe('"/catalogue.db" is not there: no catalogue was imported')
    got(await install(store(), 'one', [item('A')]))
    for (const file of open.splice(0)) file.close()
    const { size } = statSync(path)
    truncateSync(path, size - 4096)
    expect(refusal()).toBe(`"/catalogue.db" cannot be read as a catalogue: it is truncated: ${size - 4096} of ${size} bytes`)
    writeFileSync(path, 'no database at all, but long enough to have a header of one hundred bytes, which is what is looked at first')
    expect(refusal()).toBe('"/catalogue.db" cannot be read as a catalogue: it is no catalogue of this program')
    expect(openCatalogueStore({ path, create: true })).toMatchObject({ ok: false, error: { kind: 'catalogue-damaged' } })
    expect(openCatalogueStore({ path: join(folder, 'none', 'catalogue.db'), create: false })).toMatchObject({ ok: false })
  })

  it('a file into which nothing was imported answers with nothing', async () => {
    store()
    const till = reader()
    expect([till.isActive, till.version, till.size, till.get('A'), await till.search('A', 9)]).toEqual([false, '', 0, undefined, []])
  })
})
