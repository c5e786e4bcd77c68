/** What one version of a catalogue says otherwise than another, row by row: a row is a code with its first day. */

import type { CatalogueItem } from './item-schema.ts'

export interface FieldChange {
  readonly field: string
  /** undefined: there was nothing. Rows of ceilings and shares as JSON. */
  readonly before: string | undefined
  readonly after: string | undefined
}

export interface RowDifference {
  readonly kind: 'added' | 'removed' | 'changed'
  readonly code: string
  /** First day of the period; empty: from the beginning. */
  readonly from: string
  readonly name: string
  /** Of `changed`. */
  readonly fields: readonly FieldChange[]
}

export interface CatalogueDiff {
  readonly added: number
  readonly removed: number
  readonly changed: number
  /** The first of them, by code. */
  readonly rows: readonly RowDifference[]
}

export function rowDifference(before: CatalogueItem | undefined, after: CatalogueItem | undefined): RowDifference | undefined {
  const item = after ?? before
  if (item === undefined) return undefined
  const fields = before === undefined || after === undefined ? [] : fieldChanges(before, after)
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  if (kind === 'changed' && fields.length === 0) return undefined
  return { kind, code: item.med_list_codg, from: item.valid_from ?? '', name: item.name, fields }
}

export function diffItems(before: Iterable<CatalogueItem>, after: Iterable<CatalogueItem>, max: number): CatalogueDiff {
  const [old, fresh] = [byRow(before), byRow(after)]
  const keys = [...new Set([...old.keys(), ...fresh.keys()])].toSorted()
  const count = { added: 0, removed: 0, changed: 0 }
  const rows: RowDifference[] = []
  for (const key of keys) {
    const difference = rowDifference(old.get(key), fresh.get(key))
    if (difference === undefined) continue
    count[difference.kind] += 1
    if (rows.length < max) rows.push(difference)
  }
  return { ...count, rows }
}

/** A control character stands in no code. */
const byRow = (items: Iterable<CatalogueItem>): Map<string, CatalogueItem> =>
  new Map([...items].map((item) => [`${item.med_list_codg}\u0001${item.valid_from ?? ''}`, item]))

function fieldChanges(before: CatalogueItem, after: CatalogueItem): FieldChange[] {
  const [old, fresh] = [texts(before), texts(after)]
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .filter((field) => old.get(field) !== fresh.get(field))
    .map((field) => ({ field, before: old.get(field), after: fresh.get(field) }))
}

const texts = (item: CatalogueItem): ReadonlyMap<string, string> =>
  new Map(Object.entries(item).flatMap(([field, value]) => (value === undefined ? [] : [[field, typeof value === 'string' ? value : JSON.stringify(value)]])))
