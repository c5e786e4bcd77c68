/** Rows of an import that is small enough for memory: a pack's, a test's. */

import { byText } from '../search-key.ts'
import { emptyRows, keyOf, OF_ENTRY, type Group, type Placed, type RowKind, type RowOf, type RowStore } from './rows.ts'

interface Kept {
  readonly code: string
  readonly add: (group: ReturnType<typeof emptyRows>) => void
}

export class MemoryRows implements RowStore {
  readonly #ofCode: Kept[] = []
  readonly #ofEntry: Kept[] = []
  readonly #codes = new Map<string, string[]>()

  put<Of extends RowKind>(kind: Of, placed: Placed<RowOf[Of]>): void {
    const kept = { code: keyOf(placed.row), add: (group: ReturnType<typeof emptyRows>) => void group[kind].push(placed) }
    const list = OF_ENTRY.has(kind) ? this.#ofEntry : this.#ofCode
    list.push(kept)
  }

  match(hilist: string, code: string): boolean {
    const codes = this.#codes.get(hilist) ?? []
    if (codes.includes(code)) return false
    this.#codes.set(hilist, [...codes, code])
    return true
  }

  codesOf(hilist: string): readonly string[] {
    return this.#codes.get(hilist) ?? [hilist]
  }

  groups(): Iterable<Group> {
    const groups = new Map<string, ReturnType<typeof emptyRows>>()
    const groupOf = (code: string) => {
      const group = groups.get(code) ?? emptyRows()
      groups.set(code, group)
      return group
    }
    for (const { code, add } of this.#ofCode) add(groupOf(code))
    for (const { code, add } of this.#ofEntry) for (const sold of this.codesOf(code)) add(groupOf(sold))
    return [...groups].toSorted(([left], [right]) => byText(left, right)).map(([code, rows]) => ({ code, rows }))
  }
}
