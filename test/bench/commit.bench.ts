/**
 * What it costs to make a settlement durable, beside what the disk and SQLite ask for by themselves. A flush costs more
 * when another file was flushed before it, so what is compared keeps the same company: completions alternate with raw
 * flushes and one-row commits; hold and completion follow each other as in a settlement, with nothing in between. Short
 * rounds, so that a busy moment of the machine hits every case.
 *
 * `--large` fills the deep ledger with 1 000 000 settlements (a few minutes and 3 GB) instead of 50 000.
 */

import { spawnSync } from 'node:child_process'
import { fdatasyncSync, ftruncateSync, mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { SqliteLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import { LogGrowth } from '../../settlement/store/sqlite/write-ahead-log.ts'
import { complete, hold, LOG_BYTES, must, openTill, settlementOf } from './commit-settlement.ts'
import { median, quantile, type Benchmark, type Figure } from './figure.ts'

const PAGE_BYTES = 4096
const RAW_FILE_PAGES = 1024
const WARM_UP_ROUNDS = 1
const ROUNDS = 8
const TURNS = 150
const READS = 1200
/** The sum reads every posting: a few are enough. */
const SUMS = 12
const BATCH = 2000
const DEEP_SMALL = 50_000
const DEEP_LARGE = 1_000_000
const TRACED = 200

export const commitBenchmark: Benchmark = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'commit-bench-'))
  try {
    const deepCount = process.argv.includes('--large') ? DEEP_LARGE : DEEP_SMALL
    const empty = openTill(join(folder, 'empty.db'))
    const deep = openTill(join(folder, 'deep.db'))
    fill(deep, deepCount)
    const times = takeTurns(folder, { empty, deep, deepCount })
    const counters = readCounters(deep, join(folder, 'deep.db'), deepCount)
    empty.close()
    deep.close()
    return [...commitFigures(times), depthFigure(times, deepCount), ...flushFigures(folder), counterFigure(counters, deepCount)]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function fill(ledger: SqliteLedger, count: number): void {
  for (let first = 0; first < count; first += BATCH) {
    must(
      ledger.batch(() => {
        for (let number = first; number < Math.min(first + BATCH, count); number += 1) {
          const settlement = settlementOf(number)
          hold(ledger, settlement)
          complete(ledger, settlement)
        }
      })
    )
    must(ledger.checkpointIdle())
  }
}

interface Ledgers {
  readonly empty: SqliteLedger
  readonly deep: SqliteLedger
  readonly deepCount: number
}

/** Microseconds of each sample. */
interface Times {
  readonly raw: number[]
  readonly oneRow: number[]
  /** Alternating with the two above. */
  readonly alternating: number[]
  readonly hold: number[]
  readonly completion: number[]
  readonly deepCompletion: number[]
}

function takeTurns(folder: string, { empty, deep, deepCount }: Ledgers): Times {
  const times: Times = { raw: [], oneRow: [], alternating: [], hold: [], completion: [], deepCompletion: [] }
  const rawFlush = openRaw(join(folder, 'raw'))
  const oneRow = openOneRow(join(folder, 'one-row.db'))
  const first = { alternating: 0, settling: (WARM_UP_ROUNDS + ROUNDS) * TURNS }
  const cases: readonly ((turn: number) => void)[] = [
    (turn) => hold(empty, settlementOf(first.alternating + turn)),
    (turn) => {
      const settlement = settlementOf(first.alternating + turn)
      times.raw.push(timeUs(() => rawFlush.write(turn)))
      times.oneRow.push(timeUs(() => oneRow.write(turn)))
      times.alternating.push(timeUs(() => complete(empty, settlement)))
    },
    (turn) => {
      const settlement = settlementOf(first.settling + turn)
      times.hold.push(timeUs(() => hold(empty, settlement)))
      times.completion.push(timeUs(() => complete(empty, settlement)))
    },
    (turn) => {
      const settlement = settlementOf(deepCount + turn)
      hold(deep, settlement)
      times.deepCompletion.push(timeUs(() => complete(deep, settlement)))
    }
  ]
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    for (const run of cases) for (let turn = 0; turn < TURNS; turn += 1) run(round * TURNS + turn)
    // As a till does between two patients; the grown log holds several rounds.
    must(empty.checkpointIdle())
    must(deep.checkpointIdle())
    if (round < WARM_UP_ROUNDS) for (const samples of Object.values(times)) samples.length = 0
  }
  rawFlush.close()
  oneRow.close()
  return times
}

function timeUs(work: () => void): number {
  const begin = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - begin) / 1000
}

interface Peer {
  write(turn: number): void
  close(): void
}

/** The limit: one page over bytes that are already there, so that no length has to be written with it. */
function openRaw(path: string): Peer {
  const file = openSync(path, 'w+')
  ftruncateSync(file, 0)
  const page = new Uint8Array(PAGE_BYTES).fill(1)
  for (let number = 0; number < RAW_FILE_PAGES; number += 1) writeSync(file, page)
  fdatasyncSync(file)
  return {
    write: (turn) => {
      writeSync(file, page, 0, PAGE_BYTES, (turn % RAW_FILE_PAGES) * PAGE_BYTES)
      fdatasyncSync(file)
    },
    close: () => closeSync(file)
  }
}

function openOneRow(path: string): Peer {
  const database = new Database(path)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  new LogGrowth(database, LOG_BYTES).grow(Number.MAX_SAFE_INTEGER)
  database.exec('CREATE TABLE row (number INTEGER PRIMARY KEY, text TEXT)')
  const insert = database.prepare('INSERT INTO row VALUES (?, ?)')
  return { write: (turn) => insert.run(turn, 'one row'), close: () => database.close() }
}

function commitFigures(times: Times): Figure[] {
  const completion = median(times.completion)
  const both = times.hold.map((elapsed, index) => elapsed + (times.completion[index] ?? 0))
  const p99 = quantile(times.completion, 0.99)
  const rawTail = (quantile(times.raw, 0.99) / median(times.raw)).toFixed(1)
  const raw = { name: 'raw 4 KB overwrite + fdatasync', us: median(times.raw) }
  const oneRow = { name: 'one-row commit, SQLite WAL FULL, grown log', us: median(times.oneRow) }
  const one = { name: 'one completion commit', us: completion }
  return [
    atMost('1 completion commit, audit hash included', median(times.alternating), raw, 2),
    atMost('1 completion commit', median(times.alternating), oneRow, 2),
    atMost('2 hold + completion', median(both), one, 1.9),
    atMost('4 completion commit p99', p99, { name: `(raw flush: p99 ${rawTail} x) its p50`, us: completion }, 2.2)
  ]
}

function depthFigure(times: Times, deepCount: number): Figure {
  const against = { name: 'the same on an empty ledger', us: median(times.completion) }
  const note = deepCount < DEEP_LARGE ? ' (target is 1000000: --large)' : ''
  return atMost(`3 completion commit at ${deepCount} settlements${note}`, median(times.deepCompletion), against, 1.2)
}

function atMost(target: string, us: number, against: { readonly name: string; readonly us: number }, bound: number): Figure {
  const ratio = us / against.us
  return {
    target,
    ours: `${us.toFixed(0)} us`,
    against: `${against.name} ${against.us.toFixed(0)} us`,
    ratio,
    bound: `at most ${bound.toFixed(1)}`,
    met: ratio <= bound
  }
}

/** Flushes a settlement, as strace counts them: those of a run that settles less those of a run that does not. */
function flushFigures(folder: string): Figure[] {
  const [without, within] = [0, TRACED].map((count) => countFlushes(folder, count))
  if (without === undefined || within === undefined) return []
  const flushes = (within - without) / TRACED
  return [
    {
      target: '2 fsyncs a settlement (hold + completion)',
      ours: flushes.toFixed(2),
      against: 'two commits, counted by strace',
      ratio: flushes,
      bound: 'at most 2.1',
      met: flushes <= 2.1
    }
  ]
}

/** undefined where strace is not installed. */
function countFlushes(folder: string, settlements: number): number | undefined {
  const script = new URL('commit-syscalls.ts', import.meta.url).pathname
  const ledger = join(folder, `traced-${settlements}.db`)
  const child = [process.execPath, script, ledger, String(settlements)]
  const calls = join(folder, `calls-${settlements}.txt`)
  const { status } = spawnSync('strace', ['-f', '-e', 'trace=fsync,fdatasync', '-o', calls, ...child])
  return status === 0 ? readFileSync(calls, 'utf8').split('\n').filter((call) => /\bf(data)?sync\(/.test(call)).length : undefined
}

interface CounterTimes {
  readonly row: number
  readonly sum: number
}

/** Warm: the person's row by itself, and the sum over the person's visits that it replaces. */
function readCounters(ledger: SqliteLedger, path: string, count: number): CounterTimes {
  const database = new Database(path, { readonly: true })
  const sum = database
    .prepare('SELECT sum(deductible), sum(fund_paid), sum(in_scope) FROM posting WHERE person_no = ? AND policy_year = ?')
  const times = { row: [] as number[], sum: [] as number[] }
  for (let round = 0; round < READS; round += 1) {
    const { personNo, insuranceType, policyYear } = settlementOf((round * 37) % count)
    const key = { personNo, insuranceType, policyYear }
    const readRow = (): number => timeUs(() => must(ledger.counters(key)))
    const readSum = (): number => timeUs(() => sum.get(personNo, policyYear))
    // The first reading of each warms its pages.
    times.row.push([readRow(), readRow()][1] ?? 0)
    if (round < SUMS) times.sum.push([readSum(), readSum()][1] ?? 0)
  }
  database.close()
  return { row: median(times.row), sum: median(times.sum) }
}

const counterFigure = ({ row, sum }: CounterTimes, count: number): Figure => ({
  target: `6 the year's counters at ${count} settlements: one row by its primary key`,
  ours: `${row.toFixed(1)} us warm`,
  against: `sum over the person's visits ${sum.toFixed(1)} us`,
  ratio: row,
  bound: 'at most 10 us',
  met: row <= 10
})
