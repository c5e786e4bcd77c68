/** What the host told last, one small store a topic. View data only: nothing here is computed, and no PIN ever gets here. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { QueueEntry } from '../../electron/contract/bill-view.ts'
import type { CardPanel } from '../../electron/contract/card-view.ts'
import type { SettleProgress } from '../../electron/contract/events.ts'
import type { DriverView } from '../../electron/contract/driver-view.ts'
import type { ReaderView, TraceLine } from '../../electron/contract/reader-view.ts'
import type { InDoubtView, ResolutionView } from '../../electron/contract/settlement-view.ts'
import type { SyncView } from '../../electron/contract/sync-view.ts'
import type { HostState, TillView } from '../../electron/contract/till-view.ts'
import { createBillStore, type BillStore } from './bill-store.ts'

export interface Stores {
  readonly host: StoreApi<HostState>
  /** null until the host has answered for the first time; so are `panel`, `reader` and `queue`. */
  readonly till: StoreApi<TillView | null>
  readonly panel: StoreApi<CardPanel | null>
  readonly queue: StoreApi<readonly QueueEntry[] | null>
  readonly bill: BillStore
  readonly inDoubt: StoreApi<readonly InDoubtView[]>
  /** What cards that came back have answered and nobody has said to have read; the newest last. */
  readonly resolutions: StoreApi<readonly ResolutionView[]>
  /** null until the host has answered for the first time. */
  readonly sync: StoreApi<SyncView | null>
  readonly driver: StoreApi<DriverView | null>
  readonly reader: StoreApi<ReaderView | null>
  readonly trace: StoreApi<readonly TraceLine[]>
  readonly progress: StoreApi<SettleProgress | null>
}

export function createStores(): Stores {
  return {
    host: createStore<HostState>()(() => ({ state: 'starting' })),
    till: createStore<TillView | null>()(() => null),
    panel: createStore<CardPanel | null>()(() => null),
    queue: createStore<readonly QueueEntry[] | null>()(() => null),
    bill: createBillStore(),
    inDoubt: createStore<readonly InDoubtView[]>()(() => []),
    resolutions: createStore<readonly ResolutionView[]>()(() => []),
    sync: createStore<SyncView | null>()(() => null),
    driver: createStore<DriverView | null>()(() => null),
    reader: createStore<ReaderView | null>()(() => null),
    trace: createStore<readonly TraceLine[]>()(() => []),
    progress: createStore<SettleProgress | null>()(() => null)
  }
}
