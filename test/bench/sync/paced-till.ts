/** A till as a process of its own that settles at a counter's pace, alone and then beside its own sync at full speed. */

import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { centreLink, signedAsking } from '../../../electron/host/sync/centre-link.ts'
import { compressZstd } from '../../../electron/host/sync/compress.ts'
import { SyncRunner } from '../../../electron/host/sync/sync-runner.ts'
import { readTerminalKey } from '../../../electron/host/sync/terminal-key.ts'
import { systemEntropy, systemSyncClock } from '../../../electron/host/system.ts'
import { openLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import { LinkHealth } from '../../../settlement/sync/link-health.ts'
import { Uploader } from '../../../settlement/sync/uploader.ts'
import { complete, hold, LOG_BYTES, must } from '../commit-settlement.ts'
import { TERMINAL } from './offline-day.ts'

const PACE_MS = 10
const TURNS = 200
const WARM = 20

const [, , path = '', keyPath = '', url = ''] = process.argv
const ledger = must(openLedger({ path, create: false, logBytes: LOG_BYTES }))
const outbox = must(ledger.head()).sequence
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
  terminal: TERMINAL
})

let number = 0
const commits: number[] = []
const waits: number[] = []

async function settle(turns: number, isOver: () => boolean): Promise<{ readonly commits: number[]; readonly waits: number[] }> {
  commits.length = 0
  waits.length = 0
  for (let turn = 0; turn < turns && !isOver(); turn += 1) {
    const due = performance.now() + PACE_MS
    await pause(PACE_MS)
    waits.push(Math.max(0, performance.now() - due) * 1000)
    number += 1
    hold(ledger, number)
    const begin = process.hrtime.bigint()
    complete(ledger, number)
    commits.push(Number(process.hrtime.bigint() - begin) / 1000)
  }
  return { commits: [...commits], waits: [...waits] }
}

await settle(WARM, () => false)
const alone = await settle(TURNS, () => false)
must(ledger.checkpointIdle())
let sentTo = 0
const runner = new SyncRunner({
  step: async () => {
    const outcome = await uploader.step('full')
    if (outcome.kind === 'failed' || outcome.kind === 'stopped') throw new Error(JSON.stringify(outcome))
    return outcome
  },
  stepped: () => {
    sentTo = Math.max(sentTo, ledger.sync.answeredTo())
  },
  failed: (cause) => {
    throw cause
  },
  later: (ms, work) => {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  }
})
runner.start()
const beside = await settle(TURNS, () => {
  const last = ledger.sync.batch(sentTo)
  return last !== undefined && last.first + last.count > outbox
})
runner.stop()
const out = { alone: alone.commits, beside: beside.commits, waitsAlone: alone.waits, waitsBeside: beside.waits }
process.stdout.write(`${JSON.stringify(out)}\n`, () => process.exit(0))
