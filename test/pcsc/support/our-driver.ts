/** The product's own PC/SC driver in this process, on a test's daemon. */

import { setTimeout as sleep } from 'node:timers/promises'
import { invariant } from '../../../base/invariant.ts'
import type { CardReader } from '../../../card/reader/card-reader.ts'
import { loadPcscModule } from '../../../card/reader/pcsc/load-module.ts'
import { PcscReader } from '../../../card/reader/pcsc/pcsc-reader.ts'
import { systemTimer } from '../../../electron/supervisor/timer.ts'
import type { Daemon } from './daemon.ts'

/** The daemon powers a card, and tells programs of it a moment later. */
const TOLD_MS_MAX = 2_000
const LOOK_MS = 5

/** `name`: whole, as the daemon lists it. For a card that has just been inserted: an empty slot is asked for a while. */
export function ourDriver(daemon: Daemon, name: string): CardReader {
  daemon.adopt()
  const module = loadPcscModule({ system: 'linux' })
  invariant(module.ok, `the binding is there: ${module.ok ? '' : JSON.stringify(module.error)}`)
  const reader = new PcscReader({ module: module.value, name, delay: systemTimer, system: 'linux' })
  return {
    name,
    async connect() {
      const deadline = performance.now() + TOLD_MS_MAX
      for (;;) {
        const connected = await reader.connect()
        if (connected.ok || connected.error.kind !== 'no-card' || performance.now() > deadline) return connected
        await sleep(LOOK_MS)
      }
    }
  }
}
