import { afterAll, expect, it } from 'vitest'
import { ok } from '../../../base/result.ts'
import { generateCatalogue } from '../generate/generate-catalogue.ts'
import { readFiles } from '../import/import-catalogue.ts'
import { MemoryRows } from '../import/memory-rows.ts'
import type { RowStore } from '../import/rows.ts'
import { StagedRows } from './staged-rows.ts'

const staged: StagedRows[] = []
const inFile = (): StagedRows => {
  const rows = new StagedRows()
  staged.push(rows)
  return rows
}
afterAll(() => {
  for (const rows of staged) rows.close()
})

const zip = generateCatalogue({ items: 300, seed: 3, revision: 1 })

/** Matches that the generator has none of: an entry under two codes of it, one of which nobody knows. */
function imported(store: RowStore) {
  const matches = ['ZN14CAA4290900100000\tHILIST-1\t102\t999999\t2025-01-01\t\t1', 'NOBODY\tHILIST-1\t102\t999999\t2025-01-01\t\t1']
  const listing = 'HILIST-1\t某药\t999999\t2030-01-01\t\t11\t02\t0\t102\t\t1'
  const text = (rows: readonly string[]) => new TextEncoder().encode(rows.map((row) => `${row}\n`).join(''))
  const files = [{ name: 'a.zip', bytes: zip }, { name: '1316.txt', bytes: text(matches) }, { name: '1312-more.txt', bytes: text([listing]) }]
  const read = readFiles<never>(files.map((file) => ok(file)), store, {})
  if (!read.ok) throw new Error(read.error.kind)
  const items = [...read.value.items()]
  return { items, files: read.value.gathered.files, problems: read.value.gathered.problems.kept }
}

it('gives the rows of a file back as those in memory are, code by code', () => {
  const [ours, memory] = [imported(inFile()), imported(new MemoryRows())]
  expect(ours).toEqual(memory)
  expect(ours.items.length).toBeGreaterThan(300)
  expect(ours.items.filter(({ med_list_codg }) => med_list_codg === 'NOBODY')).toMatchObject([{ name: '某药', chrgitm_lv: '02', valid_from: '2030-01-01' }])
})
