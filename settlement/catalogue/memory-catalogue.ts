/** A catalogue in memory: for documents of some thousands of items. */

import type { BusinessDate } from '../calendar/business-date.ts'
import type { Catalogue, CatalogueHit } from './catalogue.ts'
import { codePrefixes } from './code-prefix.ts'
import { initialsDictionary } from './initials.ts'
import { substanceOf } from './item-facts.ts'
import type { CatalogueItem } from './item-schema.ts'
import { byBeginning, rowOn } from './period.ts'
import { byText, searchKey } from './search-key.ts'

interface Indexed {
  readonly code: string
  readonly keys: SearchKeys
}

interface SearchKeys {
  readonly code: string
  readonly own: string
  readonly barcode: string
  readonly initials: string
  readonly name: string
}

export class MemoryCatalogue implements Catalogue {
  readonly version: string
  readonly #rows: ReadonlyMap<string, readonly CatalogueItem[]>
  #index: Promise<readonly Indexed[]> | undefined
  #hasPrefix: ((prefix: string) => boolean) | undefined
  #bySubstance: ReadonlyMap<string, readonly string[]> | undefined

  /** Periods of one code do not overlap. */
  constructor(version: string, items: Iterable<CatalogueItem>) {
    this.version = version
    const rows = new Map<string, CatalogueItem[]>()
    for (const item of items) {
      const known = rows.get(item.med_list_codg)
      if (known === undefined) rows.set(item.med_list_codg, [item])
      else known.push(item)
    }
    for (const periods of rows.values()) if (periods.length > 1) periods.sort(byBeginning)
    this.#rows = rows
  }

  get size(): number {
    return this.#rows.size
  }

  get(code: string, on?: BusinessDate): CatalogueItem | undefined {
    const rows = this.#rows.get(code)
    return rows && rowOn(rows, on)
  }

  has(code: string): boolean {
    return this.#rows.has(code)
  }

  /** Every row, those of one code together and earliest first. */
  *rows(): Generator<CatalogueItem> {
    for (const rows of this.#rows.values()) yield* rows
  }

  async search(text: string, limit: number, on?: BusinessDate): Promise<readonly CatalogueHit[]> {
    const wanted = searchKey(text)
    if (wanted === '') return []
    this.#index ??= this.#indexed()
    const ranked = (await this.#index).flatMap((indexed) => {
      const rank = rankOf(indexed.keys, wanted)
      return rank === undefined ? [] : [{ ...indexed, rank }]
    })
    return ranked
      .toSorted((left, right) => left.rank - right.rank || inRank(left.rank, left.keys, right.keys))
      .slice(0, limit)
      .flatMap(({ code, keys: { initials } }) => {
        const item = this.get(code, on)
        return item === undefined ? [] : { item, initials }
      })
  }

  hasCodePrefix(prefix: string): boolean {
    this.#hasPrefix ??= codePrefixes(this.#rows.keys())
    return this.#hasPrefix(prefix)
  }

  byBarcode(barcode: string, on?: BusinessDate): readonly CatalogueItem[] {
    return this.#newest()
      .filter((item) => item.barcode === barcode)
      .flatMap(({ med_list_codg }) => this.get(med_list_codg, on) ?? [])
  }

  byDrugId(drugId: string, on?: BusinessDate): readonly CatalogueItem[] {
    return this.#newest()
      .filter((item) => item.drug_id === drugId)
      .flatMap(({ med_list_codg }) => this.get(med_list_codg, on) ?? [])
  }

  sameSubstance(code: string, limit: number, on?: BusinessDate): readonly CatalogueItem[] {
    const item = this.get(code, on)
    const substance = item && substanceOf(item)
    if (substance === undefined) return []
    this.#bySubstance ??= groupedBySubstance(this.#newest())
    return (this.#bySubstance.get(substance) ?? [])
      .filter((other) => other !== code)
      .slice(0, limit)
      .flatMap((other) => this.get(other, on) ?? [])
  }

  #newest(): readonly CatalogueItem[] {
    return [...this.#rows.values()].flatMap((rows) => rows.at(-1) ?? [])
  }

  async #indexed(): Promise<readonly Indexed[]> {
    const initialsOf = await initialsDictionary()
    return this.#newest().map((item) => ({ code: item.med_list_codg, keys: keysOf(item, initialsOf(item.name)) }))
  }
}

const keysOf = (item: CatalogueItem, initials: string): SearchKeys => ({
  code: searchKey(item.med_list_codg),
  own: searchKey(item.medins_list_codg ?? ''),
  barcode: item.barcode ?? '',
  initials,
  name: searchKey(item.name)
})

const INITIALS_BEGIN = 2
const NAME_BEGINS = 3
const CODE_BEGINS = 4

function rankOf({ code, own, barcode, initials, name }: SearchKeys, wanted: string): number | undefined {
  if (code === wanted) return 0
  if (own === wanted || barcode === wanted) return 1
  if (initials.startsWith(wanted)) return INITIALS_BEGIN
  if (name.startsWith(wanted)) return NAME_BEGINS
  if (code.startsWith(wanted)) return CODE_BEGINS
  if (wanted.length > 1 && initials.includes(wanted)) return 5
  return name.includes(wanted) ? 6 : undefined
}

function inRank(rank: number, left: SearchKeys, right: SearchKeys): number {
  const byCode = byText(left.code, right.code)
  if (rank === CODE_BEGINS) return byCode
  const byName = byText(left.name, right.name) || byCode
  return rank === NAME_BEGINS ? byName : byText(left.initials, right.initials) || byName
}

function groupedBySubstance(items: readonly CatalogueItem[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, CatalogueItem[]>()
  for (const item of items) {
    const substance = substanceOf(item)
    if (substance === undefined) continue
    const group = groups.get(substance)
    if (group === undefined) groups.set(substance, [item])
    else group.push(item)
  }
  return new Map([...groups].map(([substance, group]) => [substance, group.toSorted(bySearchName).map(({ med_list_codg }) => med_list_codg)]))
}

const bySearchName = (left: CatalogueItem, right: CatalogueItem): number =>
  byText(searchKey(left.name), searchKey(right.name)) || byText(left.med_list_codg, right.med_list_codg)
