import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { MemoryCatalogue } from '../../settlement/catalogue/memory-catalogue.ts'
import { openCatalogueStore, type CatalogueStore } from '../../settlement/catalogue/sqlite/catalogue-store.ts'
import { cataloguePathIn, openTillCatalogue, type TillCatalogue } from './till-catalogue.ts'

let data: string
let open: { close(): void }[]

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'till-catalogue-'))
  open = []
})

afterEach(() => {
  for (const file of open) file.close()
  rmSync(data, { recursive: true, force: true })
})

const item = (name: string) => ({ med_list_codg: 'A', name, med_chrgitm_type: '09' })
const delivered = new MemoryCatalogue('delivered', [item('出厂(测试)')])

function till(): TillCatalogue {
  const opened = openTillCatalogue(data, delivered)
  if (!opened.ok) throw new Error(opened.error)
  open.push(opened.value)
  return opened.value
}

function store(): CatalogueStore {
  const opened = openCatalogueStore({ path: cataloguePathIn(data), create: true })
  if (!opened.ok) throw new Error(opened.error.kind)
  open.push(opened.value)
  return opened.value
}

it('is what was delivered, or what the centre published, until something is installed here', async () => {
  const catalogue = till()
  expect([catalogue.isInstalled, catalogue.version, catalogue.get('A')?.name]).toEqual([false, 'delivered', '出厂(测试)'])
  catalogue.otherwise(new MemoryCatalogue('centre', [item('中心(测试)')]))
  expect([catalogue.version, catalogue.get('A')?.name]).toEqual(['centre', '中心(测试)'])
  const installed = store()
  expect(catalogue.version).toBe('centre')
  await installed.install({ version: 'own', source: 'test', at: '', items: [item('本机(测试)')], activate: true })
  expect([catalogue.isInstalled, catalogue.version, catalogue.get('A')?.name]).toEqual([true, 'own', '本机(测试)'])
  expect((await catalogue.search('bj', 9)).map((hit) => hit.item.name)).toEqual(['本机(测试)'])
})

it('a damaged file stops the till with its name, rather than letting it charge other prices', () => {
  writeFileSync(cataloguePathIn(data), 'damaged')
  const opened = openTillCatalogue(data, delivered)
  expect(!opened.ok && opened.error).toBe(`catalogue: "${cataloguePathIn(data)}" cannot be read as a catalogue: it is no catalogue of this program; move it away and import again`)
})
