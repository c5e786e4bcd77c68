/**
 * A till beside its own sync: the completion of a settlement alone, and while another process reads the outbox flat out.
 * Rounds of both kinds in turn, so that a busy moment of the machine hits both.
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLedger, type SqliteLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import { complete, hold, must } from './commit-settlement.ts'
import { quantile, type Benchmark } from './figure.ts'

const LOG_BYTES = 64 << 20
const FILLED = 5000
const ROUNDS = 6
const TURNS = 150
const P95 = 0.95

export const contentionBenchmark: Benchmark = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'contention-bench-'))
  try {
    const path = join(folder, 'ledger.db')
    const ledger = must(openLedger({ path, create: true, logBytes: LOG_BYTES }))
    must(ledger.batch(() => settleMany(ledger, 0, FILLED)))
    const alone: number[] = []
    const beside: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const first = FILLED + 2 * round * TURNS
      alone.push(...settleMany(ledger, first, TURNS))
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
function settleMany(ledger: SqliteLedger, first: number, count: number): number[] {
  return Array.from({ length: count }, (_, turn) => {
    hold(ledger, first + turn)
    const begin = process.hrtime.bigint()
    complete(ledger, first + turn)
    return Number(process.hrtime.bigint() - begin) / 1000
  })
}

async function whileDraining(path: string, work: () => number[]): Promise<number[]> {
  const reader = spawn(process.execPath, [join(import.meta.dirname, 'drain-outbox.ts'), path], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(reader.stdout, 'data')
  const times = work()
  reader.kill('SIGKILL')
  await once(reader, 'exit')
  return times
}
