/**
 * Rows of several files into items, code by code. What an item is 1301 to 1306 or a document say; what the insurance pays for and
 * when, 1312 says as soon as there is one; ceilings, shares, own codes and prices are put to the codes that they name. A row that
 * names a code nobody knows, or says again what another row has said, is broken: which of the two is meant nobody can tell.
 */

import type { CatalogueItem, CeilingRow, PrePayRow } from '../item-schema.ts'
import { byBeginning, describePeriod, overlap, periodOf, type Period } from '../period.ts'
import { Contradictions } from './contradictions.ts'
import type { Gathered } from './gathered.ts'
import type { ListingRow } from './read-list.ts'
import type { Group, GroupRows, Placed, RowKind } from './rows.ts'

/** In the order of codes, and of days within a code. */
export function* mergeItems(gathered: Gathered): Generator<CatalogueItem> {
  const merge = new Merge(gathered)
  for (const group of gathered.store.groups()) yield* merge.itemsOf(group)
}

type Addition = { -readonly [Field in keyof CatalogueItem]?: CatalogueItem[Field] }

class Merge {
  readonly #contradictions: Contradictions
  /** Drugs that 1312 does not list the insurance does not hold; a document says it itself. */
  readonly #isUnlistedUnpaid: boolean

  constructor(gathered: Gathered) {
    this.#contradictions = new Contradictions(gathered)
    this.#isUnlistedUnpaid = gathered.has('1312') && !gathered.has('document')
  }

  itemsOf({ code, rows }: Group): readonly CatalogueItem[] {
    const bases = this.#apart('base', rows.base, ({ row }) => periodOf(row), 'med_list_codg').map(({ row }) => row)
    const listings = this.#apart('1312', rows['1312'], ({ row }) => row, 'hilist_code').map(({ row }) => row)
    if (bases.length === 0 && listings.length === 0) {
      this.#refuseAdditions(rows)
      return []
    }
    const addition = this.#additionOf(rows)
    const items = this.#periodsOf(code, bases, listings)
    return items.map((item) => ({ ...item, ...addition })).toSorted(byBeginning)
  }

  /** Without the rows that hold on a day on which an earlier one does. `key`: what else tells two rows apart. */
  #apart<Row>(kind: RowKind, placed: readonly Placed<Row>[], period: (placed: Placed<Row>) => Period, column: string, key: (row: Row) => string = () => ''): readonly Placed<Row>[] {
    if (placed.length < 2) return placed
    const kept: Placed<Row>[] = []
    for (const next of placed) {
      const other = kept.find((earlier) => key(earlier.row) === key(next.row) && overlap(period(earlier), period(next)))
      if (other === undefined) kept.push(next)
      else this.#contradictions.twice(kind, next, { column, other, holds: describePeriod(period(other)) })
    }
    return kept
  }

  #periodsOf(code: string, bases: readonly CatalogueItem[], listings: readonly ListingRow[]): readonly CatalogueItem[] {
    if (listings.length === 0) return this.#isUnlistedUnpaid ? bases.map(({ chrgitm_lv: _class, ...base }) => base) : bases
    const newest = bases.toSorted(byBeginning).at(-1)
    return listings.map((listing) => ({
      ...listing.listed,
      ...newest,
      name: newest?.name ?? listing.listed.name,
      med_list_codg: code,
      kind: newest?.kind ?? listing.listed.kind,
      med_chrgitm_type: listing.listed.med_chrgitm_type,
      chrgitm_lv: listing.listed.chrgitm_lv,
      lmt_used_flag: listing.listed.lmt_used_flag ?? newest?.lmt_used_flag,
      restriction: listing.listed.restriction ?? newest?.restriction,
      valid_from: listing.from,
      valid_to: listing.to
    }))
  }

  #additionOf(rows: GroupRows): Addition {
    const addition: Addition = {}
    const ceilings = this.#apart('1318', rows['1318'], ({ row }) => row, 'hilist_code', ({ level }) => String(level)).map(({ row }) => ceilingOf(row))
    if (ceilings.length > 0) addition.ceilings = ceilings
    const shares = this.#apart('1319', rows['1319'], ({ row }) => row, 'hilist_code', ({ insutype }) => insutype).map(({ row }) => shareOf(row))
    if (shares.length > 0) addition.pre_pay = shares
    const own = this.#apart('1317', rows['1317'], ({ row }) => row, 'med_list_codg').toSorted((left, right) => ((left.row.from ?? '') < (right.row.from ?? '') ? -1 : 1)).at(-1)
    if (own !== undefined) addition.medins_list_codg = own.row.own
    const [priced] = this.#apart('prices', rows.prices, () => ALWAYS, 'med_list_codg')
    for (const [field, value] of Object.entries(priced?.row.priced ?? {})) if (value !== undefined) Object.assign(addition, { [field]: value })
    return addition
  }

  #refuseAdditions(rows: GroupRows): void {
    for (const placed of rows['1318']) this.#contradictions.unknown('1318', placed, 'hilist_code')
    for (const placed of rows['1319']) this.#contradictions.unknown('1319', placed, 'hilist_code')
    for (const kind of ['1317', 'prices'] as const) for (const placed of rows[kind]) this.#contradictions.unknown(kind, placed, 'med_list_codg')
  }
}

const ALWAYS: Period = {}

const ceilingOf = ({ level, from = '', to, amount }: GroupRows['1318'][number]['row']): CeilingRow => ({ level, from, ...(to === undefined ? {} : { to }), pric_uplmt_amt: amount })

const shareOf = ({ insutype, from = '', to, share }: GroupRows['1319'][number]['row']): PrePayRow => ({ insutype, from, ...(to === undefined ? {} : { to }), selfpay_prop: share })
