/**
 * Where the keyboard is in the bill: one cell, like in a spreadsheet. The grid keeps the focus and names the cell; only while
 * a cell is edited does an input stand in it.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RefusalView } from '../../../../electron/contract/refusal-view.ts'
import type { Column } from './edit-lane.ts'

export interface Cell {
  readonly line: string
  readonly column: Column
}

export interface GridState {
  readonly cell: Cell | null
  /** Text with which editing began; null: not edited. */
  readonly editing: string | null
  readonly refused: (Cell & { readonly refusal: RefusalView }) | null
  /** Line that goes when Delete is pressed once more. */
  readonly leaving: string | null
}

export type GridStore = StoreApi<GridState>

export const createGridStore = (): GridStore => createStore<GridState>()(() => ({ cell: null, editing: null, refused: null, leaving: null }))
