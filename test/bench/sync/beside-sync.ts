/**
 * A till that settles every now and then, alone and beside its own sync: as in the host one thread does both, and sync runs at full
 * speed against a centre in a process of its own. So a commit waits for no lock, but a settlement for the slice of sync that is
 * under way. The two processes share this machine's cores, which a till and its centre do not: the centre has them only while nobody
 * else wants them. Processor time says what the commit itself takes more, elapsed time also what the neighbours take from it.
 */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { constants, setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, quantile, type Figure } from '../figure.ts'
import { makeCentre } from './offline-day.ts'
import { next, started } from './two-processes.ts'

const NAMES = ['alone', 'aloneCpu', 'beside', 'besideCpu', 'waitsAlone', 'waitsBeside', 'held', 'heldQueued', 'written', 'writtenQueued', 'emptied', 'emptiedCpu'] as const

/**
 * Microseconds. alone, beside: of each completion. waits: from when a settlement was due until it began. held: of each transaction
 * of sync, its flush included. written: of that, up to the commit. emptied: of what moves the log. Cpu: those in which the till's
 * thread had a core. Queued: those in which it waited for one.
 */
export type Contended = Readonly<Record<(typeof NAMES)[number], readonly number[]>>

export interface Beside {
  readonly publicKey: string
  readonly keyPath: string
  /** A copy of the till's ledger, which is written. */
  readonly till: string
}

/** The centre's files lie in memory where there is such a file system: a till and its centre share no disk. */
export async function besideSync(beside: Beside): Promise<Contended> {
  const memory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'beside-bench-'))
  const url = `sqlite:${join(memory, 'centre.db')}`
  try {
    await makeCentre(url, beside.publicKey)
    return await contended(url, beside)
  } finally {
    rmSync(memory, { recursive: true })
  }
}

async function contended(url: string, { keyPath, till }: Beside): Promise<Contended> {
  const centre = started(['centre.ts', url])
  yieldAlways(centre.pid)
  const address = await next(centre.lines)
  const paced = started(['paced-till.ts', till, keyPath, address])
  const said: unknown = JSON.parse(await next(paced.lines))
  await paced.ended
  centre.stop()
  await centre.ended
  return Object.fromEntries(NAMES.map((name) => [name, numbersIn(said, name)])) as Record<keyof Contended, number[]>
}

/** Linux can say so (SCHED_IDLE); where it cannot, the lowest priority is as near as it gets. */
function yieldAlways(pid: number): void {
  const idle = spawnSync('chrt', ['--idle', '--all-tasks', '--pid', '0', String(pid)])
  if (idle.status !== 0) setPriority(pid, constants.priority.PRIORITY_LOW)
}

function numbersIn(json: unknown, name: string): number[] {
  const value: unknown = typeof json === 'object' && json !== null ? Object.entries(json).find(([key]) => key === name)?.[1] : undefined
  if (!Array.isArray(value)) throw new Error(`the paced till says no ${name}`)
  return value.filter((item) => typeof item === 'number')
}

const COMMIT_MOST = 1.2
const HELD_MOST_US = 5_000

/** Of all rounds together. */
export function besideFigures(rounds: readonly Contended[]): Figure[] {
  const all = (name: keyof Contended): number[] => rounds.flatMap((round) => round[name])
  const p95 = (name: keyof Contended): number => quantile(all(name), 0.95)
  const ratio = p95('beside') / p95('alone')
  const cpu = p95('besideCpu') / p95('aloneCpu')
  // What the neighbours took from it is no hold of sync's.
  const ownOf = (name: 'held' | 'written', queued: 'heldQueued' | 'writtenQueued'): number[] =>
    rounds.flatMap((round) => round[name].map((took, index) => took - (round[queued][index] ?? 0)))
  return [
    {
      target: '5 commit p95 beside sync at full speed',
      ours: us(p95('beside')),
      against: `alone ${us(p95('alone'))}`,
      ratio,
      bound: `at most ${COMMIT_MOST}`,
      met: ratio <= COMMIT_MOST
    },
    {
      target: '   of it the processor time',
      ours: us(p95('besideCpu')),
      against: `alone ${us(p95('aloneCpu'))}`,
      ratio: cpu,
      bound: 'no target',
      met: true
    },
    heldFigure('5 longest that sync holds the write lock', all('held')),
    heldFigure('5 the same, less its waiting for a core', ownOf('held', 'heldQueued')),
    heldFigure('5 of that up to the commit and its flush', ownOf('written', 'writtenQueued'))
  ]
}

function heldFigure(target: string, held: readonly number[]): Figure {
  const longest = Math.max(...held)
  return {
    target,
    ours: us(longest),
    against: `p50 ${us(median(held))}, p99 ${us(quantile(held, 0.99))}, ${held.length} times`,
    ratio: longest / 1000,
    bound: `at most ${HELD_MOST_US / 1000} ms`,
    met: longest <= HELD_MOST_US
  }
}

export function besideText(rounds: readonly Contended[]): string {
  const all = (name: keyof Contended): number[] => rounds.flatMap((round) => round[name])
  const p50 = (name: keyof Contended): string => us(median(all(name)))
  const p95 = (name: keyof Contended): string => us(quantile(all(name), 0.95))
  const longest = (name: keyof Contended): string => us(Math.max(...all(name)))
  return [
    `commits: ${all('alone').length} alone, p50 ${p50('alone')}, longest ${longest('alone')}; ${all('beside').length} beside sync, p50 ${p50('beside')}, longest ${longest('beside')}`,
    `a settlement's wait for the slice of sync that runs: p50 ${p50('waitsBeside')}, p95 ${p95('waitsBeside')}; alone, for the timer, p95 ${p95('waitsAlone')}`,
    `the log emptied between two batches: ${all('emptied').length} times, p95 ${p95('emptied')}, of it ${p95('emptiedCpu')} of processor time`
  ].join('\n')
}

const us = (value: number): string => `${value.toFixed(0)} us`
