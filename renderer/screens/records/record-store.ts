/** One settlement as the ledger has it, read again whenever something happened to it. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RefusalView } from '../../../electron/contract/refusal-view.ts'
import type { StatementView } from '../../../electron/contract/settlement-view.ts'
import type { Terminal } from '../../../electron/contract/terminal.ts'
import type { Stores } from '../../stores/stores.ts'

export interface RecordState {
  readonly statement: StatementView | null
  readonly refusal: RefusalView | null
}

export interface OpenRecord {
  readonly store: StoreApi<RecordState>
  readonly start: () => () => void
  readonly reload: () => Promise<void>
}

export function openRecord(terminal: Terminal, { inDoubt, sync }: Stores, settlementId: string): OpenRecord {
  const store = createStore<RecordState>()(() => ({ statement: null, refusal: null }))
  const reload = async (): Promise<void> => {
    const answer = await terminal.call('records.open', { settlementId })
    store.setState(answer.ok ? { statement: answer.value, refusal: null } : { statement: null, refusal: answer.error })
  }
  return {
    store,
    start() {
      void reload()
      // A confirmation says something else of it; the progress of an upload does not.
      const stops = [
        inDoubt.subscribe(() => void reload()),
        sync.subscribe((now, before) => (now?.unconfirmed.count === before?.unconfirmed.count ? undefined : void reload()))
      ]
      return () => stops.forEach((stop) => stop())
    },
    reload
  }
}
