/**
 * The items that an institution charges, each with the days on which it is so: what a visit's line leaves out is found here
 * by the national code. Two drivers: a document in memory, and a file of several installed versions.
 */

import type { BusinessDate } from '../calendar/business-date.ts'
import type { CatalogueItem } from './item-schema.ts'

export interface CatalogueHit {
  readonly item: CatalogueItem
  /** Initials of the name's pinyin, upper case: AMXLJN. */
  readonly initials: string
}

export interface Catalogue {
  /** As its publisher names it; empty: it has no name. */
  readonly version: string
  /** Codes, not rows. */
  readonly size: number
  /**
   * The row of the day, or else the nearest one: an item that the insurance catalogue no longer holds has still a name and a
   * price. `itemTerms` and `itemFacts` say what holds on the day. Without a day the newest row.
   */
  get(code: string, on?: BusinessDate): CatalogueItem | undefined
  /**
   * By whole code, barcode, initials, name; the better match first: whole code, own code or barcode, then initials, names and codes
   * that begin with the text, then initials and names that contain it (one letter alone only begins). One hit a code.
   */
  search(text: string, limit: number, on?: BusinessDate): Promise<readonly CatalogueHit[]>
  /** Whether any code begins with the text. */
  hasCodePrefix(prefix: string): boolean
  /** A barcode may stand on more than one item. */
  byBarcode(barcode: string, on?: BusinessDate): readonly CatalogueItem[]
  /** By the 7 digits with which the trace code of a pack begins. */
  byDrugId(drugId: string, on?: BusinessDate): readonly CatalogueItem[]
  /** Drugs of the same substance, whatever their form and maker, without the item itself; by name. */
  sameSubstance(code: string, limit: number, on?: BusinessDate): readonly CatalogueItem[]
}
