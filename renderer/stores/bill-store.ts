/**
 * The open bill, its lines each under their own name, so that a row of the screen is drawn again only when its own line
 * changed. A line that a new bill repeats unchanged keeps its object.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { BillChange, BillView, LineView } from '../../electron/contract/bill-view.ts'

export type BillHead = Omit<BillView, 'lines'>

export interface OpenBill {
  /** null: no bill is open. */
  readonly head: BillHead | null
  /** Names of the lines in their order. */
  readonly order: readonly string[]
  readonly lines: ReadonlyMap<string, LineView>
}

export type BillStore = StoreApi<OpenBill>

const CLOSED: OpenBill = { head: null, order: [], lines: new Map() }

export const createBillStore = (): BillStore => createStore<OpenBill>()(() => CLOSED)

export function showBill(store: BillStore, bill: BillView | null): void {
  if (bill === null) {
    store.setState(CLOSED, true)
    return
  }
  const { lines, ...head } = bill
  const { order: oldOrder, lines: oldLines } = store.getState()
  const order = lines.map(({ line }) => line)
  store.setState({
    head,
    order: sameWords(order, oldOrder) ? oldOrder : order,
    lines: new Map(lines.map((line) => [line.line, sameAs(oldLines.get(line.line), line)]))
  })
}

/** Puts in what an edit changed. A change that is older than what is shown says nothing any more. */
export function showChange(store: BillStore, change: BillChange): void {
  const { head, order, lines } = store.getState()
  if (head === null || change.revision <= head.revision) return
  const next = new Map(lines)
  for (const name of change.removed) next.delete(name)
  const added: string[] = []
  for (const line of change.changed) {
    if (!next.has(line.line)) added.push(line.line)
    next.set(line.line, line)
  }
  store.setState({
    head: { ...head, revision: change.revision, useAccount: change.useAccount, outcome: change.outcome, sale: change.sale },
    order: added.length === 0 && change.removed.length === 0 ? order : [...order.filter((name) => next.has(name)), ...added],
    lines: next
  })
}

function sameAs(old: LineView | undefined, line: LineView): LineView {
  return old !== undefined && JSON.stringify(old) === JSON.stringify(line) ? old : line
}

const sameWords = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((word, index) => word === right[index])
