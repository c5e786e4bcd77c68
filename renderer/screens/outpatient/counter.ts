/**
 * What the counter itself knows while it serves one patient: how far the settlement is, what is open on top, what was
 * received, and where the keyboard should go next. View data; lost with the window, and the host loses nothing by it.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RefusalView } from '../../../electron/contract/refusal-view.ts'
import type { StatementView } from '../../../electron/contract/settlement-view.ts'
import type { Yuan } from '../../../electron/contract/text.ts'

export type Settlement =
  | { readonly state: 'idle' }
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly statement: StatementView; readonly cash: Received }
  | { readonly state: 'refused'; readonly refusal: RefusalView }

/** Cash as it was typed, and what the host says is handed back. */
export interface Received {
  readonly text: string
  readonly change: Yuan | null
  readonly refusal: RefusalView | null
}

/** Where the keyboard goes next; taken by the first part on the screen that answers to it. */
export type Place = 'queue' | 'search' | 'grid' | 'prescription' | 'action' | 'pay'

export type OnTop = 'pin' | 'change-pin' | 'pass-on' | 'why' | 'in-doubt' | 'load' | null

export interface CounterState {
  readonly settlement: Settlement
  readonly onTop: OnTop
  /** Of what is owed to the card, that which is put back while `onTop` is load. */
  readonly toLoad: string | null
  readonly received: Received
  readonly wanted: Place | null
  /** The queue is shown although a bill is open. */
  readonly picking: boolean
  /** The reader corner stands below the bill. */
  readonly readerOpen: boolean
  /** Doubts of which it was read that they wait for another card. */
  readonly doubtsRead: readonly string[]
  /** The host ended while a bill was open, and has none any more. */
  readonly billLost: boolean
  /** Of opening, adding, closing: what was refused last, until the next attempt. */
  readonly billRefusal: RefusalView | null
}

export type CounterStore = StoreApi<CounterState>

export const NOTHING_RECEIVED: Received = { text: '', change: null, refusal: null }

/** As it is before a patient: everything but what stands open beside the bill. */
export const FRESH = {
  settlement: { state: 'idle' },
  received: NOTHING_RECEIVED,
  picking: false,
  billRefusal: null
} as const satisfies Partial<CounterState>

export const createCounterStore = (): CounterStore =>
  createStore<CounterState>()(() => ({ ...FRESH, onTop: null, toLoad: null, billLost: false, wanted: 'queue', readerOpen: false, doubtsRead: [] }))
