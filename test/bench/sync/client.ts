/**
 * A till's own uploader as a process of its own: everything that the ledger has goes, and what comes back is written down. The
 * first `warm` settlements are not counted: till and centre run all day, and none of them is measured while its code is compiled.
 */

import { setImmediate as nextTurn } from 'node:timers/promises'
import { centreLink, signedAsking } from '../../../electron/host/sync/centre-link.ts'
import { compressZstd } from '../../../electron/host/sync/compress.ts'
import { readTerminalKey } from '../../../electron/host/sync/terminal-key.ts'
import { systemEntropy, systemSyncClock } from '../../../electron/host/system.ts'
import { mainThreadFirst } from '../../../electron/host/main-thread-first.ts'
import { openLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import { BATCH_LIMITS } from '../../../settlement/sync/batch-maker.ts'
import { LinkHealth } from '../../../settlement/sync/link-health.ts'
import { Uploader } from '../../../settlement/sync/uploader.ts'
import { must } from '../commit-settlement.ts'
import { TERMINAL } from './offline-day.ts'

mainThreadFirst()
const [, , path = '', keyPath = '', url = '', facts = '', warm = '', last = ''] = process.argv
const ledger = must(openLedger({ path, create: false }))
const key = must(readTerminalKey(keyPath))
const uploader = new Uploader({
  ledger,
  store: ledger.sync,
  link: centreLink(signedAsking({ url, terminal: TERMINAL, key, clock: systemSyncClock })),
  health: new LinkHealth(systemEntropy),
  clock: systemSyncClock,
  compress: compressZstd,
  reached: () => undefined,
  breath: () => nextTurn(),
  terminal: TERMINAL,
  limits: { ...BATCH_LIMITS, facts: Number(facts) }
})

let accepted = 0
async function sendUpTo(count: number): Promise<void> {
  while (accepted < count) {
    const outcome = await uploader.step('all')
    if (outcome.kind === 'worked') accepted += outcome.applied?.accepted.length ?? 0
    else throw new Error(JSON.stringify(outcome))
  }
}

await sendUpTo(Number(warm))
process.stdout.write('warm\n')
const cpu = process.cpuUsage()
const begin = performance.now()
await sendUpTo(Number(last))
const ms = performance.now() - begin
const { user, system } = process.cpuUsage(cpu)
ledger.close()
process.stdout.write(`${JSON.stringify({ ms, cpuUs: user + system })}\n`)
