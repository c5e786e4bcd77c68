/** Rows of a catalogue into tables of their own: everything or nothing, whatever ends the program meanwhile. */

import { createHash } from 'node:crypto'
import type { Database as SqliteDatabase } from 'better-sqlite3'
import type { InitialsOf } from '../initials.ts'
import { substanceOf } from '../item-facts.ts'
import { itemSchema, type CatalogueItem } from '../item-schema.ts'
import { byBeginning } from '../period.ts'
import { byText, searchKey } from '../search-key.ts'
import { makeVersionIndexes, makeVersionTables } from './catalogue-file.ts'
import { gramsOf } from './grams.ts'

const FIELDS = Object.keys(itemSchema.shape)

/** Fields in one order, so that the same item is the same text. */
export const documentOf = (item: CatalogueItem): string => JSON.stringify(item, FIELD_ORDER)
const FIELD_ORDER = [...FIELDS, 'level', 'insutype', 'from', 'to']

/** What two installs of the same rows have in common. */
export function digestOf(items: readonly CatalogueItem[]): string {
  const hash = createHash('sha256')
  for (const item of items) hash.update(`${documentOf(item)}\n`)
  return hash.digest('hex')
}

/** By code and first day; the order in which they are hashed and stored. */
export const inOrder = (items: readonly CatalogueItem[]): readonly CatalogueItem[] =>
  items.toSorted((left, right) => byText(left.med_list_codg, right.med_list_codg) || byBeginning(left, right))

interface Named {
  readonly item: CatalogueItem
  readonly code: string
  readonly name: string
  readonly initials: string
}

/** `items` in order. Inside the caller's transaction. Gives the number of codes. */
export function writeVersion(database: SqliteDatabase, id: number, items: readonly CatalogueItem[], initialsOf: InitialsOf): number {
  makeVersionTables(database, id)
  const insertItem = database.prepare(`INSERT INTO item_${id} VALUES (?, ?, ?)`)
  for (const item of items) insertItem.run(item.med_list_codg, item.valid_from ?? '', documentOf(item))
  const names = namesOf(items, initialsOf)
  const insertName = database.prepare(`INSERT INTO name_${id} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const insertGrams = database.prepare(`INSERT INTO gram_${id} (rowid, name, initials, chars) VALUES (?, ?, ?, ?)`)
  for (const [index, { item, code, name, initials }] of names.entries()) {
    const own = item.medins_list_codg === undefined ? null : searchKey(item.medins_list_codg)
    insertName.run(index + 1, item.med_list_codg, code, own, item.barcode ?? null, item.drug_id ?? null, initials, name, substanceOf(item) ?? null)
    const grams = gramsOf(name, initials)
    insertGrams.run(index + 1, grams.name, grams.initials, grams.chars)
  }
  makeVersionIndexes(database, id)
  return names.length
}

/** The newest row of each code, as a list of hits has them. */
function namesOf(items: readonly CatalogueItem[], initialsOf: InitialsOf): readonly Named[] {
  const known = new Map<string, string>()
  const initialsOnce = (name: string): string => {
    const initials = known.get(name) ?? initialsOf(name)
    known.set(name, initials)
    return initials
  }
  const newest = items.filter((item, index) => items[index + 1]?.med_list_codg !== item.med_list_codg)
  return newest
    .map((item) => ({ item, code: searchKey(item.med_list_codg), name: searchKey(item.name), initials: initialsOnce(item.name) }))
    .toSorted((left, right) => byText(left.initials, right.initials) || byText(left.name, right.name) || byText(left.code, right.code))
}
