/** What a test has planned for the next calls: a refusal, a wait, a host that is away. */

import type { RefusalView } from '../refusal-view.ts'
import type { RequestName } from '../requests.ts'
import type { HostState } from '../till-view.ts'
import { HOST_AWAY } from './fake-refusals.ts'

export interface Script {
  /** The next call of that name is refused so, and does nothing. */
  refuseNext(name: RequestName, refusal: RefusalView): void
  /** The next call of that name waits before it does anything, until the answer to this is called. */
  delayNext(name: RequestName): () => void
  /** Every call is refused as `host-away` until it is back. */
  hostAway(): void
  hostBack(): void
  /** Waits as planned; null: nothing speaks against the call. */
  take(name: RequestName): Promise<RefusalView | null>
}

export function createScript(tell: (host: HostState) => void): Script {
  const refusals = new Map<RequestName, RefusalView>()
  const delays = new Map<RequestName, Promise<void>>()
  let away = false
  return {
    refuseNext: (name, refusal) => void refusals.set(name, refusal),
    delayNext(name) {
      const gate = { open: () => {} }
      delays.set(name, new Promise((open) => (gate.open = open)))
      return () => gate.open()
    },
    hostAway() {
      away = true
      tell({ state: 'restarting', attempt: 1, reason: 'the host ended (test)' })
    },
    hostBack() {
      away = false
      tell({ state: 'ready' })
    },
    async take(name) {
      const delay = delays.get(name)
      delays.delete(name)
      await delay
      if (away) return HOST_AWAY
      const refusal = refusals.get(name) ?? null
      refusals.delete(name)
      return refusal
    }
  }
}
