/**
 * Where the rows of an import wait until all files are read: rows that speak of one code stand in different files, and are given
 * back together, code by code. In memory (`memory-rows.ts`) for what is small, else in a file (`sqlite/staged-rows.ts`).
 */

import type { CatalogueItem } from '../item-schema.ts'
import type { CeilingOfRow, ListingRow, OwnCodeRow, PriceRow, ShareRow } from './read-list.ts'

export interface RowOf {
  /** What an item is: 1301 to 1306, or a document. */
  readonly base: CatalogueItem
  readonly '1312': ListingRow
  readonly '1317': OwnCodeRow
  readonly '1318': CeilingOfRow
  readonly '1319': ShareRow
  readonly prices: PriceRow
}

export const ROW_KINDS = ['base', '1312', '1317', '1318', '1319', 'prices'] as const
export type RowKind = (typeof ROW_KINDS)[number]

export interface Placed<Row> {
  /** Which of the files, from 0. */
  readonly file: number
  readonly line: number
  readonly row: Row
}

/** Rows of each kind in the order of files and lines. */
export type GroupRows = { readonly [Of in RowKind]: readonly Placed<RowOf[Of]>[] }

export interface Group {
  readonly code: string
  readonly rows: GroupRows
}

export interface RowStore {
  put<Of extends RowKind>(kind: Of, placed: Placed<RowOf[Of]>): void
  /** 1316: an entry of the insurance catalogue is sold under a national code. false: that was said before. */
  match(hilist: string, code: string): boolean
  /** Under which codes an entry is sold: its own, where nothing matches it. */
  codesOf(hilist: string): readonly string[]
  /** Codes in the order of their characters. Rows that name an entry stand with each code under which it is sold. */
  groups(): Iterable<Group>
}

/** Kinds whose rows name an entry of the insurance catalogue. */
export const OF_ENTRY: ReadonlySet<RowKind> = new Set(['1312', '1318', '1319'])

export const keyOf = (row: RowOf[RowKind]): string => ('code' in row ? row.code : row.med_list_codg)

export const emptyRows = (): { [Of in RowKind]: Placed<RowOf[Of]>[] } => ({ base: [], '1312': [], '1317': [], '1318': [], '1319': [], prices: [] })
