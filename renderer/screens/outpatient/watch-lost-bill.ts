/**
 * A bill is nowhere but in the host until it is settled. One that was open when the host ended is gone when it is back, and whoever
 * had it on the screen is told so: the restart itself may last no longer than a blink. Where it was asked to settle, the answer has words of its own.
 */

import type { Stores } from '../../stores/stores.ts'
import { isPharmacy } from './counter-actions.ts'
import type { CounterStore } from './counter.ts'

export function watchLostBill({ host, bill, till }: Stores, store: CounterStore): () => void {
  let wasOpen = false
  const stopHost = host.subscribe((now, before) => {
    if (before.state !== 'ready' || now.state === 'ready') return
    wasOpen = bill.getState().head !== null && store.getState().settlement.state === 'idle'
  })
  const stopBill = bill.subscribe(({ head }) => {
    if (wasOpen && head === null) store.setState({ billLost: true, wanted: isPharmacy({ till }) ? 'search' : 'queue' })
    else if (head !== null) store.setState({ billLost: false })
    wasOpen = false
  })
  return () => {
    stopHost()
    stopBill()
  }
}
