/**
 * Whether the centre has booked the refund that a load is for: it signs no load before. The question is hurried along once,
 * and asked again whenever something was confirmed. A credit of the centre's own needs no booking.
 */

import { useEffect, useState } from 'react'
import type { Terminal } from '../../electron/contract/terminal.ts'
import { useStores, useTerminal } from '../terminal/terminal-context.tsx'

export type Booked = 'booked' | 'waiting' | 'parked' | 'never'

export function useBooked(owed: string, connected: boolean): Booked {
  const terminal = useTerminal()
  const { sync } = useStores()
  const [booked, setBooked] = useState<Booked>('waiting')
  useEffect(() => {
    if (!connected) return undefined
    let stands = true
    const look = async (): Promise<Booked> => {
      const found = await standing(terminal, owed)
      if (stands) setBooked(found)
      return found
    }
    const stop = sync.subscribe((now, before) => (now?.unconfirmed.count === before?.unconfirmed.count ? undefined : void look()))
    void look().then((found) => (found === 'waiting' && stands ? terminal.call('sync.now', {}) : undefined))
    return () => {
      stands = false
      stop()
    }
  }, [terminal, sync, owed, connected])
  return booked
}

async function standing(terminal: Terminal, owed: string): Promise<Booked> {
  const record = await terminal.call('records.open', { settlementId: owed })
  const state = record.ok ? record.value.refund?.confirmation.state : undefined
  switch (state) {
    case 'provisional':
      return 'waiting'
    case 'parked':
      return 'parked'
    case 'never-booked':
      return 'never'
    default:
      return 'booked'
  }
}
