/** Rows that were taken and prove to contradict another, each named once, however many codes its entry is sold under. */

import type { Gathered } from './gathered.ts'
import { keyOf, OF_ENTRY, type Placed, type RowKind, type RowOf } from './rows.ts'

interface Twice {
  readonly column: string
  readonly other: Placed<unknown>
  readonly holds: string
}

export class Contradictions {
  readonly #gathered: Gathered
  readonly #named = new Set<string>()
  readonly #unknown = new Map<string, number>()

  constructor(gathered: Gathered) {
    this.#gathered = gathered
  }

  twice(kind: RowKind, placed: Placed<unknown>, { column, other, holds }: Twice): void {
    const where = this.#gathered.placeOf(other)
    const rule = kind === 'prices' ? `must be priced once; ${where} gives its price` : `must hold on days on which no other row of it holds; ${where} holds from ${holds}`
    if (this.#codes(kind, placed) > 1) {
      const row = `${placed.file} ${placed.line}`
      if (this.#named.has(row)) return
      this.#named.add(row)
    }
    this.#gathered.takenBack(placed, { column, value: keyOf(placed.row as RowOf[RowKind]), rule })
  }

  /** Of an entry that is sold under several codes only when nobody knows any of them. */
  unknown(kind: RowKind, placed: Placed<unknown>, column: string): void {
    const codes = this.#codes(kind, placed)
    if (codes > 1) {
      const row = `${placed.file} ${placed.line}`
      const times = (this.#unknown.get(row) ?? 0) + 1
      this.#unknown.set(row, times)
      if (times < codes) return
    }
    this.#gathered.takenBack(placed, { column, value: keyOf(placed.row as RowOf[RowKind]), rule: 'must be a code of the catalogue' })
  }

  #codes(kind: RowKind, placed: Placed<unknown>): number {
    return OF_ENTRY.has(kind) ? this.#gathered.store.codesOf(keyOf(placed.row as RowOf[RowKind])).length : 1
  }
}
