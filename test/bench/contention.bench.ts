/**
 * A till beside its own sync: the completion of a settlement alone, and while another process reads the outbox flat out.
 * A till settles every now and then, so the settlements are paced: between two of them the machine may doze, alone as well
 * as beside. Rounds of both kinds in turn, so that a busy moment of the machine hits both.
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { SqliteLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import { complete, hold, must, openTill } from './commit-settlement.ts'
import { quantile, type Benchmark } from './figure.ts'

const FILLED = 5000
const ROUNDS = 5
const TURNS = 120
const PACE_MS = 10
const P95 = 0.95

export const contentionBenchmark: Benchmark = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'contention-bench-'))
  try {
    const path = join(folder, 'ledger.db')
    const ledger = openTill(path)
    must(ledger.batch(() => Array.from({ length: FILLED }, (_, number) => settle(ledger, number))))
    const alone: number[] = []
    const beside: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const first = FILLED + 2 * round * TURNS
      alone.push(...(await settleMany(ledger, first, TURNS)))
      beside.push(...(await whileDraining(path, () => settleMany(ledger, first + TURNS, TURNS))))
      must(ledger.checkpointIdle())
    }
    ledger.close()
    const ratio = quantile(beside, P95) / quantile(alone, P95)
    return [
      {
        target: '5 completion commit p95 beside a reader of the outbox',
        ours: `${quantile(beside, P95).toFixed(0)} us`,
        against: `alone ${quantile(alone, P95).toFixed(0)} us`,
        ratio,
        bound: 'at most 1.2',
        met: ratio <= 1.2
      }
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Microseconds of each completion. */
async function settleMany(ledger: SqliteLedger, first: number, count: number): Promise<number[]> {
  const times: number[] = []
  for (let turn = 0; turn < count; turn += 1) {
    await pause(PACE_MS)
    times.push(settle(ledger, first + turn))
  }
  return times
}

function settle(ledger: SqliteLedger, number: number): number {
  hold(ledger, number)
  const begin = process.hrtime.bigint()
  complete(ledger, number)
  return Number(process.hrtime.bigint() - begin) / 1000
}

async function whileDraining(path: string, work: () => Promise<number[]>): Promise<number[]> {
  // On two cores the collector's own threads would take the till's: a reader beside a till collects in its own thread.
  const args = ['--single-threaded-gc', join(import.meta.dirname, 'drain-outbox.ts'), path]
  const reader = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(reader.stdout, 'data')
  const times = await work()
  reader.kill('SIGKILL')
  await once(reader, 'exit')
  return times
}
