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

/** How editing began: with a key that takes the place of what stood there, or with what stands there, marked. */
export interface Begun {
  readonly text: string
  readonly marked: boolean
}

export interface GridState {
  readonly cell: Cell | null
  /** null: no cell is edited. */
  readonly editing: Begun | null
  readonly refused: (Cell & { readonly refusal: RefusalView }) | null
  /** Line that goes when Delete is pressed once more. */
  readonly leaving: string | null
}

export type GridStore = StoreApi<GridState>

export const createGridStore = (): GridStore => createStore<GridState>()(() => ({ cell: null, editing: null, refused: null, leaving: null }))
