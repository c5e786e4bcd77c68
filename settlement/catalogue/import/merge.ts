/**
 * Rows of several files into items. What an item is 1301 or a document says; what the insurance pays for and when, 1312 says
 * as soon as there is one; ceilings, shares, own codes and prices are put to the codes that they name. A row that names a code
 * nobody knows, or holds on a day that another one holds, is broken.
 */

import type { CatalogueItem, CeilingRow, PrePayRow } from '../item-schema.ts'
import { byBeginning, describePeriod, overlap, periodOf, type Period } from '../period.ts'
import type { Gathered, Placed } from './gathered.ts'
import type { ListingRow } from './read-list.ts'

type ByCode<Value> = Map<string, Value[]>

export function mergeItems(gathered: Gathered): CatalogueItem[] {
  const bases = basesOf(gathered)
  const nationals = nationalCodes(gathered)
  const listings = listingsOf(gathered, nationals)
  const known = new Set([...bases.keys(), ...listings.keys()])
  const additions = additionsOf(gathered, nationals, known)
  const items: CatalogueItem[] = []
  for (const code of known) {
    for (const item of periodsOf(code, bases.get(code) ?? [], listings.get(code), gathered)) items.push(withoutGaps({ ...item, ...additions.get(code) }))
  }
  return items
}

const pushTo = <Value>(map: ByCode<Value>, code: string, value: Value): void => {
  const known = map.get(code)
  if (known === undefined) map.set(code, [value])
  else known.push(value)
}

function basesOf(gathered: Gathered): ByCode<CatalogueItem> {
  const bases = new Map<string, Placed<CatalogueItem>[]>()
  const take = (placed: Placed<CatalogueItem>): void => {
    const rows = bases.get(placed.row.med_list_codg) ?? []
    const other = rows.find(({ row }) => overlap(periodOf(row), periodOf(placed.row)))
    if (other === undefined) pushTo(bases, placed.row.med_list_codg, placed)
    else gathered.takenBack(placed, twice(placed.row.med_list_codg, 'med_list_codg', periodOf(other.row), other))
  }
  for (const placed of gathered.documents) take(placed)
  for (const { row, ...place } of gathered.drugs) take({ ...place, row: row.item })
  return new Map([...bases].map(([code, rows]) => [code, rows.map(({ row }) => row)]))
}

const twice = (value: string, column: string, period: Period, { file, line }: Placed<unknown>) => ({
  column,
  value,
  rule: `must hold on days on which no other row of it holds; ${file.name}, line ${line} holds from ${describePeriod(period)}`
})

/** 1316: under which national codes an entry of the insurance catalogue is sold. */
function nationalCodes(gathered: Gathered): ByCode<string> {
  const codes: ByCode<string> = new Map()
  for (const { row } of gathered.lists['1316']) if (row.hilist !== row.code) pushTo(codes, row.hilist, row.code)
  return codes
}

const codesOf = (nationals: ByCode<string>, hilist: string): readonly string[] => nationals.get(hilist) ?? [hilist]

function listingsOf(gathered: Gathered, nationals: ByCode<string>): ByCode<ListingRow> {
  const listings = new Map<string, Placed<ListingRow>[]>()
  for (const placed of gathered.lists['1312']) {
    const rows = listings.get(placed.row.code) ?? []
    const other = rows.find(({ row }) => overlap(row, placed.row))
    if (other === undefined) pushTo(listings, placed.row.code, placed)
    else gathered.takenBack(placed, twice(placed.row.code, 'hilist_code', other.row, other))
  }
  const byNational: ByCode<ListingRow> = new Map()
  for (const [hilist, rows] of listings) {
    for (const code of codesOf(nationals, hilist)) for (const { row } of rows) pushTo(byNational, code, row)
  }
  return byNational
}

function periodsOf(code: string, bases: readonly CatalogueItem[], listings: readonly ListingRow[] | undefined, gathered: Gathered): readonly CatalogueItem[] {
  const newest = bases.toSorted(byBeginning).at(-1)
  if (listings === undefined) {
    const isUnlisted = gathered.lists['1312'].length > 0 && gathered.documents.length === 0
    return isUnlisted ? bases.map(({ chrgitm_lv: _class, ...base }) => base) : bases
  }
  return listings.map((listing) => ({
    ...listing.listed,
    ...newest,
    med_list_codg: code,
    med_chrgitm_type: listing.listed.med_chrgitm_type,
    chrgitm_lv: listing.listed.chrgitm_lv,
    lmt_used_flag: listing.listed.lmt_used_flag ?? newest?.lmt_used_flag,
    restriction: listing.listed.restriction ?? newest?.restriction,
    valid_from: listing.from,
    valid_to: listing.to
  }))
}

type Addition = { -readonly [Field in keyof CatalogueItem]?: CatalogueItem[Field] }

function additionsOf(gathered: Gathered, nationals: ByCode<string>, known: ReadonlySet<string>): ReadonlyMap<string, Addition> {
  const additions = new Map<string, Addition>()
  const toEach = (placed: Placed<{ readonly code: string }>, column: string, codes: readonly string[], add: (addition: Addition) => Placed<unknown> | undefined): void => {
    const there = codes.filter((code) => known.has(code))
    if (there.length === 0) return gathered.takenBack(placed, { column, value: placed.row.code, rule: 'must be a code of the catalogue' })
    for (const code of there) {
      const addition = additions.get(code) ?? {}
      additions.set(code, addition)
      const other = add(addition)
      if (other !== undefined) return gathered.takenBack(placed, { column, value: placed.row.code, rule: `must not overlap ${other.file.name}, line ${other.line}` })
    }
  }
  addCeilings(gathered, nationals, toEach)
  addShares(gathered, nationals, toEach)
  for (const placed of gathered.lists['1317'].toSorted((left, right) => ((left.row.from ?? '') < (right.row.from ?? '') ? -1 : 1))) {
    toEach(placed, 'med_list_codg', [placed.row.code], (addition) => {
      addition.medins_list_codg = placed.row.own
      return undefined
    })
  }
  for (const placed of gathered.lists.prices) {
    toEach(placed, 'med_list_codg', [placed.row.code], (addition) => {
      Object.assign(addition, withoutUndefined(placed.row.priced))
      return undefined
    })
  }
  return additions
}

type ToEach = (placed: Placed<{ readonly code: string }>, column: string, codes: readonly string[], add: (addition: Addition) => Placed<unknown> | undefined) => void

function addCeilings(gathered: Gathered, nationals: ByCode<string>, toEach: ToEach): void {
  const places = new Map<CeilingRow, Placed<unknown>>()
  for (const placed of gathered.lists['1318']) {
    const { code, level, from = '', to, amount } = placed.row
    const row: CeilingRow = { level, from, ...(to === undefined ? {} : { to }), pric_uplmt_amt: amount }
    toEach(placed, 'hilist_code', codesOf(nationals, code), (addition) => {
      const rows = (addition.ceilings ??= [])
      const other = rows.find((known) => known.level === level && overlap(known, row))
      if (other !== undefined) return places.get(other)
      places.set(row, placed)
      rows.push(row)
      return undefined
    })
  }
}

function addShares(gathered: Gathered, nationals: ByCode<string>, toEach: ToEach): void {
  const places = new Map<PrePayRow, Placed<unknown>>()
  for (const placed of gathered.lists['1319']) {
    const { code, insutype, from = '', to, share } = placed.row
    const row: PrePayRow = { insutype, from, ...(to === undefined ? {} : { to }), selfpay_prop: share }
    toEach(placed, 'hilist_code', codesOf(nationals, code), (addition) => {
      const rows = (addition.pre_pay ??= [])
      const other = rows.find((known) => known.insutype === insutype && overlap(known, row))
      if (other !== undefined) return places.get(other)
      places.set(row, placed)
      rows.push(row)
      return undefined
    })
  }
}

const withoutUndefined = (object: object): object => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))

/** An item as a document would state it: no field without a value. */
function withoutGaps(item: CatalogueItem): CatalogueItem {
  const kept: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(item)) if (value !== undefined) kept[field] = value
  return kept as CatalogueItem
}
