/**
 * `npm run bench:apdu`: our card behind the system's PC/SC, by the daemon of the distribution, and our driver before it. The peer
 * is the same chip, in plain frames, behind a daemon that was started with TCP_NODELAY forced in; both take turns. The card's file
 * lies in memory where there is such a folder, as the peer's does: on a disk each write of a settlement adds a flush. Wants pcscd,
 * vsmartcard-vpcd, cc and the binding; without a daemon it says so.
 */

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixtureCard } from '../card/terminal.ts'
import { daemonMissing } from '../pcsc/support/daemon-missing.ts'
import type { Job } from './apdu/client.ts'
import { buildNoDelay } from './apdu/no-delay.ts'
import { openSide, type Side } from './apdu/side.ts'
import { median, quantile, type Benchmark, type Figure } from './figure.ts'
import { runBenchmarks } from './run-benchmarks.ts'

/** Short and many: what else runs on the machine meets both sides of a round alike. */
const ROUNDS = 60
const APDUS_A_ROUND = 100
const WARM_UP_ROUNDS = 6
const SELECT = '00A4000002EF05'
const READ = '00B207000B'
const SPARSE = { kind: 'sparse', command: SELECT, count: 20, pauseMs: 23 } as const
const LOOP = { commands: [SELECT, READ], count: APDUS_A_ROUND }

interface Sides {
  readonly ours: Side
  readonly peer: Side
}

/** Opened for the first that wants them, closed by the last line of this file. */
let sides: Promise<Sides> | undefined
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'bench-apdu-'))

function open(): Promise<Sides> {
  sides ??= (async () => {
    const files = ['ours', 'peer'].map((name) => join(folder, name))
    for (const file of files) writeFileSync(file, fixtureCard('in-service-32k').medium.snapshot())
    const [ours = '', peer = ''] = files
    return {
      ours: await openSide({ card: (port) => ['electron/cli/caresettle.js', 'card', 'publish', ours, '--host', `127.0.0.1:${port}`] }),
      peer: await openSide({
        card: (port) => ['test/bench/apdu/plain-card.ts', peer, String(port)],
        environment: { LD_PRELOAD: buildNoDelay(folder) }
      })
    }
  })()
  return sides
}

/** One list of microseconds a round. */
interface Turns {
  readonly ours: number[][]
  readonly peer: number[][]
}

type Measure = () => Promise<readonly number[]>

/** Both in turn, after some rounds that only warm up. */
async function inTurns(rounds: number, ours: Measure, peer: Measure): Promise<Turns> {
  const turns: Turns = { ours: [], peer: [] }
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    const [first, second] = [await ours(), await peer()]
    if (round < 0) continue
    turns.ours.push([...first])
    turns.peer.push([...second])
  }
  return turns
}

async function bothSides(job: Job, rounds: number): Promise<Turns> {
  const { ours, peer } = await open()
  return inTurns(rounds, () => ours.measure(job), () => peer.measure(job))
}

/** Of the rounds' own ratios: each was measured at one moment. */
const ratioOf = ({ ours, peer }: Turns): number => median(ours.map((round, index) => median(round) / median(peer[index] ?? [])))

const p50 = (rounds: readonly (readonly number[])[]): number => median(rounds.flat())

const us = (value: number): string => `${value.toFixed(0)} us`

const PEER = 'TCP_NODELAY in the daemon'

const latency: Benchmark = async () => {
  const turns = await bothSides({ kind: 'loop', ...LOOP }, ROUNDS)
  return [against('17 APDU over PC/SC, p50', turns, { most: 1.25, name: PEER }), absolute('17 APDU over PC/SC, p50', turns, { quantile: 0.5, mostUs: 150 })]
}

const sparse: Benchmark = async () => [absolute('17 sparse APDU, p95', await bothSides(SPARSE, 6), { quantile: 0.95, mostUs: 1000 })]

const dialogue: Benchmark = async () => [
  absolute('18 settlement of 12 APDUs, p50', await bothSides({ kind: 'dialogue', count: 10 }, 30), { quantile: 0.5, mostUs: 3000 })
]

/** On the same card, in the same process. */
const driver: Benchmark = async () => {
  const { ours } = await open()
  const turns = await inTurns(ROUNDS, () => ours.measure({ kind: 'driver', ...LOOP }), () => ours.measure({ kind: 'loop', ...LOOP }))
  return [against('17 our driver, p50', turns, { most: 1.15, name: 'bare binding' })]
}

function against(target: string, turns: Turns, { most, name }: { readonly most: number; readonly name: string }): Figure {
  const ratio = ratioOf(turns)
  return { target, ours: us(p50(turns.ours)), against: `${name} ${us(p50(turns.peer))}`, ratio, bound: `at most ${most}`, met: ratio <= most }
}

function absolute(target: string, turns: Turns, { quantile: q, mostUs }: { readonly quantile: number; readonly mostUs: number }): Figure {
  const [ours, peer] = [quantile(turns.ours.flat(), q), quantile(turns.peer.flat(), q)]
  return { target, ours: us(ours), against: `${PEER} ${us(peer)}`, ratio: ours / mostUs, bound: `at most ${us(mostUs)}`, met: ours <= mostUs }
}

const missing = daemonMissing()
if (missing === undefined) {
  await runBenchmarks({ latency, sparse, dialogue, driver })
  if (sides !== undefined) await Promise.all(Object.values(await sides).map((side: Side) => side.close()))
} else {
  console.log(`bench:apdu: NOT MEASURED on this machine: ${missing}`)
}
rmSync(folder, { recursive: true, force: true })
