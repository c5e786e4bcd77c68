/**
 * A till as a process of its own that settles at a counter's pace, by turns alone and beside its own sync at full speed. It says at
 * its end what each commit took, how long each settlement waited for its turn, and how long sync held the write lock each time.
 */

import { existsSync, openSync, readSync } from 'node:fs'
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { centreLink, signedAsking } from '../../../electron/host/sync/centre-link.ts'
import { compressZstd } from '../../../electron/host/sync/compress.ts'
import { SyncRunner, type RunnerPorts } from '../../../electron/host/sync/sync-runner.ts'
import { readTerminalKey } from '../../../electron/host/sync/terminal-key.ts'
import { systemEntropy, systemSyncClock } from '../../../electron/host/system.ts'
import { openLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import { LOG_SLICE_FRAMES } from '../../../settlement/store/sqlite/write-ahead-log.ts'
import { mainThreadFirst } from '../../../electron/host/main-thread-first.ts'
import { LinkHealth } from '../../../settlement/sync/link-health.ts'
import { Uploader, type Uploaded } from '../../../settlement/sync/uploader.ts'
import { complete, hold, LOG_BYTES, must } from '../commit-settlement.ts'
import { TERMINAL } from './offline-day.ts'

const PACE_MS = 10
/** Of each kind in turn, so that a busy moment of the machine hits both. */
const PHASES = 5
const TURNS = 40
const WARM = 40
const CENTRE_MS = 100

mainThreadFirst()
const [, , path = '', keyPath = '', url = ''] = process.argv
const ledger = must(openLedger({ path, create: false, logBytes: LOG_BYTES }))
const outbox = must(ledger.head()).sequence
const key = must(readTerminalKey(keyPath))

/** Microseconds; those of them in which this thread had a core, and those in which it waited for one. */
interface Took {
  readonly us: number[]
  readonly cpuUs: number[]
  readonly queuedUs: number[]
}

const nothing = (): Took => ({ us: [], cpuUs: [], queuedUs: [] })
const SCHEDULED = '/proc/thread-self/schedstat'
const scheduled = existsSync(SCHEDULED) ? openSync(SCHEDULED, 'r') : undefined
const said = Buffer.alloc(80)

const commits = { alone: nothing(), beside: nothing() }
const waits = { alone: [] as number[], beside: [] as number[] }
const held = nothing()
const written = nothing()
const emptied = nothing()

function timed<Value>({ us, cpuUs, queuedUs }: Took, work: () => Value): Value {
  const queued = queuedSoFarUs()
  const cpu = process.threadCpuUsage()
  const begin = performance.now()
  const value = work()
  us.push((performance.now() - begin) * 1000)
  const { user, system } = process.threadCpuUsage(cpu)
  cpuUs.push(user + system)
  queuedUs.push(queuedSoFarUs() - queued)
  return value
}

/** Linux keeps count of it, the second number in nanoseconds; elsewhere nobody knows: 0. */
function queuedSoFarUs(): number {
  if (scheduled === undefined) return 0
  const length = readSync(scheduled, said, 0, said.length, 0)
  return Number(said.toString('latin1', 0, length).split(' ')[1]) / 1000
}

const uploader = new Uploader({
  ledger,
  store: { ...ledger.sync, transaction: (work) => timed(held, () => ledger.sync.transaction(() => timed(written, work))) },
  link: centreLink(signedAsking({ url, terminal: TERMINAL, key, clock: systemSyncClock })),
  health: new LinkHealth(systemEntropy),
  clock: systemSyncClock,
  compress: compressZstd,
  reached: () => undefined,
  breath: () => nextTurn(),
  terminal: TERMINAL
})

let sentTo = 0
const isOver = (): boolean => {
  const last = ledger.sync.batch(sentTo)
  return last !== undefined && last.first + last.count > outbox
}

async function step(): Promise<Uploaded> {
  const outcome = await uploader.step('full')
  if (outcome.kind === 'failed' || outcome.kind === 'stopped') throw new Error(JSON.stringify(outcome))
  return outcome
}

/** As a till runs it, its log kept within its size. The result ends it, when the step that is under way has ended. */
function syncing(): () => Promise<unknown> {
  let stepping: Promise<unknown> = Promise.resolve()
  const runner = new SyncRunner({
    step: () => {
      const stepped = step()
      stepping = stepped
      return stepped as ReturnType<RunnerPorts['step']>
    },
    stepped: (outcome) => {
      if (outcome.kind !== 'worked' || outcome.applied === undefined) return
      sentTo = ledger.sync.answeredTo()
      timed(emptied, () => must(ledger.checkpointIdle(LOG_SLICE_FRAMES)))
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
  return () => {
    runner.stop()
    return stepping
  }
}

let number = 0
async function settle(turns: number, took: Took, waited: number[], until: () => boolean): Promise<void> {
  for (let turn = 0; turn < turns && !until(); turn += 1) {
    const due = performance.now() + PACE_MS
    await pause(PACE_MS)
    waited.push(Math.max(0, performance.now() - due) * 1000)
    number += 1
    hold(ledger, number)
    timed(took, () => complete(ledger, number))
  }
}

await settle(WARM, nothing(), [], () => false)
for (let phase = 0; phase < PHASES && !isOver(); phase += 1) {
  await settle(TURNS, commits.alone, waits.alone, () => false)
  const end = syncing()
  await settle(TURNS, commits.beside, waits.beside, isOver)
  await end()
  // The batch that went ahead of its turn is judged.
  await pause(CENTRE_MS)
}
const out = {
  alone: commits.alone.us,
  aloneCpu: commits.alone.cpuUs,
  beside: commits.beside.us,
  besideCpu: commits.beside.cpuUs,
  waitsAlone: waits.alone,
  waitsBeside: waits.beside,
  held: held.us,
  heldQueued: held.queuedUs,
  written: written.us,
  writtenQueued: written.queuedUs,
  emptied: emptied.us,
  emptiedCpu: emptied.cpuUs
}
process.stdout.write(`${JSON.stringify(out)}\n`, () => process.exit(0))
