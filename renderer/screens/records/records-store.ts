/**
 * What a search of the records found, page after page, and where the keyboard is in it. A new query, a hold that closed, or a
 * host that came back searches anew; an answer to an older question is dropped.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RefusalView } from '../../../electron/contract/refusal-view.ts'
import type { RecordRow } from '../../../electron/contract/settlement-view.ts'
import type { Terminal } from '../../../electron/contract/terminal.ts'
import type { Stores } from '../../stores/stores.ts'
import { queryOf, type RecordsQuery } from './records-query.ts'

const PAGE = 50

export interface RecordsState {
  readonly query: RecordsQuery
  /** null: nothing was answered yet. Rows of the last answer stay while a new one is on its way. */
  readonly rows: readonly RecordRow[] | null
  readonly next: number | null
  readonly refusal: RefusalView | null
  readonly busy: boolean
  /** Row that the keyboard is on, and the one that is open beside the list. */
  readonly current: string | null
  readonly opened: string | null
}

export interface Records {
  readonly store: StoreApi<RecordsState>
  /** Searches now and whenever something makes the list old; call the result to stop. */
  readonly start: () => () => void
  readonly change: (part: Partial<RecordsQuery>) => void
  readonly again: () => void
  readonly more: () => void
  readonly go: (settlementId: string) => void
  readonly open: (settlementId: string) => void
  readonly close: () => void
  /** Puts in what became of one of them. */
  readonly replace: (row: RecordRow) => void
}

interface Beginning {
  readonly today: string
  readonly record: string | null
}

interface Kept {
  readonly today: string
  readonly records: Records
}

const KEPT = new WeakMap<Stores, Kept>()

/** Those of the window: the screen comes back as it was left and searches anew, unless another day has begun. */
export function recordsOf(terminal: Terminal, stores: Stores, { today, record }: Beginning): Records {
  const known = KEPT.get(stores)
  if (known?.today === today) {
    // What was found then may have been resolved, refunded or joined by others since.
    known.records.store.setState({ rows: null, next: null, busy: true })
    if (record !== null) known.records.open(record)
    return known.records
  }
  const records = createRecords(terminal, stores, { today, record })
  KEPT.set(stores, { today, records })
  return records
}

function createRecords(terminal: Terminal, { host, inDoubt }: Stores, { today, record }: Beginning): Records {
  const store = createStore<RecordsState>()(() => ({
    query: queryOf(today),
    rows: null,
    next: null,
    refusal: null,
    busy: true,
    current: record,
    opened: record
  }))
  let asked = 0

  async function search(after: number | null): Promise<void> {
    asked += 1
    const mine = asked
    store.setState({ busy: true })
    const answer = await terminal.call('records.search', { ...store.getState().query, after, limit: PAGE })
    if (mine !== asked) return
    if (!answer.ok) {
      store.setState({ busy: false, refusal: answer.error })
      return
    }
    const before = after === null ? [] : (store.getState().rows ?? [])
    store.setState({ busy: false, refusal: null, rows: [...before, ...answer.value.rows], next: answer.value.next })
  }

  const again = (): void => void search(null)
  return {
    store,
    start() {
      const stops = [
        inDoubt.subscribe(again),
        host.subscribe(({ state }, before) => (state === 'ready' && before.state !== 'ready' ? again() : undefined))
      ]
      again()
      return () => stops.forEach((stop) => stop())
    },
    change(part) {
      store.setState(({ query }) => ({ query: { ...query, ...part } }))
      again()
    },
    again,
    more() {
      const { next, busy } = store.getState()
      if (next !== null && !busy) void search(next)
    },
    go: (current) => store.setState({ current }),
    open: (settlementId) => store.setState({ current: settlementId, opened: settlementId }),
    close: () => store.setState({ opened: null }),
    replace: (row) =>
      store.setState(({ rows }) => ({ rows: rows?.map((old) => (old.settlementId === row.settlementId ? row : old)) ?? null }))
  }
}
