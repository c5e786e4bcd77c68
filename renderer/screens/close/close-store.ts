/**
 * The day as the host compared it last. Compared anew when a person asks, and when something moved in the books: a
 * confirmation, a parked entry, a hold in doubt. Progress of an upload alone moves nothing. A person who asks waits for no time of the
 * outbox's own either: what is not confirmed goes now.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CloseView } from '../../../electron/contract/close-view.ts'
import type { RefusalView } from '../../../electron/contract/refusal-view.ts'
import type { SyncView } from '../../../electron/contract/sync-view.ts'
import type { Answer, Terminal } from '../../../electron/contract/terminal.ts'
import type { Stores } from '../../stores/stores.ts'

export interface CloseState {
  readonly view: CloseView | null
  /** Of comparing; what else was refused stands where it was asked. */
  readonly refusal: RefusalView | null
  readonly busy: boolean
}

export interface Close {
  readonly store: StoreApi<CloseState>
  readonly start: () => () => void
  readonly again: () => void
  readonly show: (view: CloseView) => void
}

export function createClose(terminal: Terminal, { sync, inDoubt }: Stores): Close {
  const store = createStore<CloseState>()(() => ({ view: null, refusal: null, busy: true }))
  let asking = false
  let wanted = false

  async function compare(): Promise<void> {
    wanted = true
    if (asking) return
    asking = true
    while (wanted) {
      wanted = false
      store.setState({ busy: true })
      put(await terminal.call('close.open', {}))
    }
    asking = false
  }
  const put = (answer: Answer<'close.open'>): void =>
    store.setState(answer.ok ? { view: answer.value, refusal: null, busy: false } : { refusal: answer.error, busy: false })
  const again = (): void => {
    if (isWaiting(sync.getState())) void terminal.call('sync.now', {})
    void compare()
  }
  return {
    store,
    start() {
      again()
      const stops = [sync.subscribe((now, before) => (moved(now, before) ? void compare() : undefined)), inDoubt.subscribe(() => void compare())]
      return () => stops.forEach((stop) => stop())
    },
    again,
    show: (view) => store.setState({ view, refusal: null })
  }
}

const isWaiting = (sync: SyncView | null): boolean => sync !== null && sync.unconfirmed.count > 0 && (sync.link === 'network-down' || sync.link === 'centre-down')

const moved = (now: SyncView | null, before: SyncView | null): boolean =>
  now?.unconfirmed.count !== before?.unconfirmed.count || now?.parked !== before?.parked || now?.adjusted.length !== before?.adjusted.length || now?.centre !== before?.centre
