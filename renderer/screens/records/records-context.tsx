/** The records: search, rows, and what is open. */

import { createContext, use, useEffect, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { invariant } from '../../../base/invariant.ts'
import { useStores, useTerminal } from '../../terminal/terminal-context.tsx'
import { recordsOf, type Records, type RecordsState } from './records-store.ts'

const RecordsContext = createContext<Records | null>(null)

interface RecordsProviderProps {
  readonly today: string
  /** Opened from the start. */
  readonly record: string | null
  readonly children: ReactNode
}

export function RecordsProvider({ today, record, children }: RecordsProviderProps): ReactNode {
  const terminal = useTerminal()
  const stores = useStores()
  const [records] = useState(() => recordsOf(terminal, stores, { today, record }))
  useEffect(() => records.start(), [records])
  return <RecordsContext value={records}>{children}</RecordsContext>
}

export function useRecords(): Records {
  const records = use(RecordsContext)
  invariant(records !== null, 'a part of the records stands outside RecordsProvider')
  return records
}

export const useRecordsState = <Value,>(pick: (state: RecordsState) => Value): Value => useStore(useRecords().store, pick)
