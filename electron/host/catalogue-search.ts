/**
 * Finding an item by its code, a part of its name, or the initials of its pinyin, as a hospital's typists are used to:
 * "amxl" finds 阿莫西林胶囊. The index is made when the first search is made.
 */

import type { CatalogueHit } from '../contract/bill-view.ts'
import type { Catalogue, CatalogueItem } from '../../settlement/visit/catalogue.ts'

interface Indexed {
  readonly item: CatalogueItem
  readonly code: string
  readonly name: string
  readonly initials: string
}

export class CatalogueSearch {
  readonly #catalogue: Catalogue
  #index: Promise<readonly Indexed[]> | undefined

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue
  }

  /** The better match first: a whole code, then what begins with the text, then what contains it. */
  async search(text: string, limit: number): Promise<CatalogueHit[]> {
    this.#index ??= indexOf(this.#catalogue)
    const wanted = text.trim().toUpperCase()
    if (wanted === '') return []
    const hits = (await this.#index).flatMap((indexed) => {
      const rank = rankOf(indexed, wanted)
      return rank === undefined ? [] : [{ indexed, rank }]
    })
    return hits
      .toSorted((left, right) => left.rank - right.rank || left.indexed.name.localeCompare(right.indexed.name, 'zh'))
      .slice(0, limit)
      .map(({ indexed }) => hitOf(indexed))
  }
}

function rankOf({ code, name, initials }: Indexed, wanted: string): number | undefined {
  if (code === wanted) return 0
  const fields = [initials, name, code]
  const begins = fields.findIndex((field) => field.startsWith(wanted))
  if (begins >= 0) return 1 + begins
  const contains = fields.findIndex((field) => field.includes(wanted))
  return contains < 0 ? undefined : 4 + contains
}

/** The dictionary is large, and a window that opens does not search yet. */
async function indexOf(catalogue: Catalogue): Promise<readonly Indexed[]> {
  const { pinyin } = await import('pinyin-pro')
  return [...catalogue.values()].map((item) => ({
    item,
    code: item.med_list_codg.toUpperCase(),
    name: item.name.toUpperCase(),
    initials: pinyin(item.name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
      .join('')
      .replace(/[^0-9a-z]/gi, '')
      .toUpperCase()
  }))
}

const hitOf = ({ item, initials }: Indexed): CatalogueHit => ({
  code: item.med_list_codg,
  name: item.name,
  initials,
  chargeClass: item.chrgitm_lv,
  price: item.pric ?? null,
  restriction: item.restriction ?? null
})
