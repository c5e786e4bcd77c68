/** Rows of a catalogue into tables of their own: everything or nothing, whatever ends the program meanwhile. */

import { createHash } from 'node:crypto'
import type { Database as SqliteDatabase } from 'better-sqlite3'
import type { InitialsOf } from '../initials.ts'
import { itemSchema, type CatalogueItem } from '../item-schema.ts'
import { byBeginning } from '../period.ts'
import { byText } from '../search-key.ts'
import { BatchInsert } from './batch-insert.ts'
import { makeVersionIndexes, makeVersionTables } from './catalogue-file.ts'
import { gramsOf } from './grams.ts'
import { NamesInOrder } from './names-in-order.ts'

const FIELDS = Object.keys(itemSchema.shape) as (keyof CatalogueItem)[]

/** Fields in one order, so that the same item is the same text. */
export function documentOf(item: CatalogueItem): string {
  const ordered: Record<string, unknown> = {}
  for (const field of FIELDS) if (item[field] !== undefined) ordered[field] = item[field]
  if (item.ceilings !== undefined) ordered['ceilings'] = item.ceilings.map(({ pric_uplmt_amt, level, from, to }) => ({ pric_uplmt_amt, level, from, to }))
  if (item.pre_pay !== undefined) ordered['pre_pay'] = item.pre_pay.map(({ selfpay_prop, insutype, from, to }) => ({ selfpay_prop, insutype, from, to }))
  return JSON.stringify(ordered)
}

/** By code and first day; the order in which they are hashed and stored. */
export const inOrder = (items: readonly CatalogueItem[]): readonly CatalogueItem[] =>
  items.toSorted((left, right) => byText(left.med_list_codg, right.med_list_codg) || byBeginning(left, right))

/** What two installs of the same rows have in common. */
export interface Written {
  readonly rows: number
  readonly codes: number
  readonly digest: string
}

interface Counter {
  readonly count: (item: CatalogueItem, document: string) => void
  readonly written: () => Written
}

function counter(): Counter {
  const hash = createHash('sha256')
  let [rows, codes, last] = [0, 0, '']
  return {
    count: ({ med_list_codg: code }, document) => {
      rows += 1
      if (code !== last) codes += 1
      last = code
      hash.update(`${document}\n`)
    },
    written: () => ({ rows, codes, digest: hash.digest('hex') })
  }
}

/** As `writeVersion` would, and writes nothing. */
export function countVersion(items: Iterable<CatalogueItem>): Written {
  const { count, written } = counter()
  for (const item of items) count(item, documentOf(item))
  return written()
}

/** `items` in order. Inside the caller's transaction. */
export function writeVersion(database: SqliteDatabase, id: number, items: Iterable<CatalogueItem>, initialsOf: InitialsOf): Written {
  makeVersionTables(database, id)
  const names = new NamesInOrder(initialsOf)
  try {
    const written = writeItems(database, id, items, names)
    writeNames(database, id, names)
    makeVersionIndexes(database, id)
    return written
  } finally {
    names.close()
  }
}

function writeItems(database: SqliteDatabase, id: number, items: Iterable<CatalogueItem>, names: NamesInOrder): Written {
  const { count, written } = counter()
  const insert = new BatchInsert(database, `item_${id}`, 3)
  let last: CatalogueItem | undefined
  for (const item of items) {
    if (last !== undefined && last.med_list_codg !== item.med_list_codg) names.add(last)
    last = item
    const document = documentOf(item)
    count(item, document)
    insert.add(item.med_list_codg, item.valid_from ?? '', document)
  }
  if (last !== undefined) names.add(last)
  insert.flush()
  return written()
}

function writeNames(database: SqliteDatabase, id: number, names: NamesInOrder): void {
  const insertName = new BatchInsert(database, `name_${id}`, 9)
  const insertGrams = database.prepare(`INSERT INTO gram_${id} (rowid, name, initials, chars) VALUES (?, ?, ?, ?)`)
  let row = 0
  for (const { code, code_key, own, barcode, drug_id, initials, name, substance } of names.inOrder()) {
    row += 1
    insertName.add(row, code, code_key, own, barcode, drug_id, initials, name, substance)
    const grams = gramsOf(name, initials)
    insertGrams.run(row, grams.name, grams.initials, grams.chars)
  }
  insertName.flush()
}
