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
import { buildNoDelay } from './apdu/no-delay.ts'
import { openSide, type Side } from './apdu/side.ts'
import { median, quantile, type Benchmark, type Figure } from './figure.ts'
import { runBenchmarks } from './run-benchmarks.ts'

const ROUNDS = 15
const APDUS_A_ROUND = 400
const SELECT = '00A4000002EF05'
const READ = '00B207000B'
const SPARSE = { kind: 'sparse', command: SELECT, count: 50, pauseMs: 23 } as const
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

/** Both sides in turn, after one round that only warms up. */
async function inTurns(job: Parameters<Side['measure']>[0], rounds: number): Promise<{ readonly ours: number[]; readonly peer: number[] }> {
  const { ours, peer } = await open()
  const took = { ours: [] as number[], peer: [] as number[] }
  for (let round = 0; round <= rounds; round++) {
    const [first, second] = [await ours.measure(job), await peer.measure(job)]
    if (round === 0) continue
    took.ours.push(...first)
    took.peer.push(...second)
  }
  return took
}

const us = (value: number): string => `${value.toFixed(0)} us`

const PEER = 'TCP_NODELAY in the daemon'

const latency: Benchmark = async () => {
  const took = await inTurns({ kind: 'loop', ...LOOP }, ROUNDS)
  const [ours, peer] = [median(took.ours), median(took.peer)]
  return [
    against('17 APDU over PC/SC, p50', { ours, peer, most: 1.25 }),
    absolute('17 APDU over PC/SC, p50', { ours, peer, mostUs: 150 })
  ]
}

const sparse: Benchmark = async () => {
  const took = await inTurns(SPARSE, 4)
  return [absolute('17 sparse APDU, p95', { ours: quantile(took.ours, 0.95), peer: quantile(took.peer, 0.95), mostUs: 1000 })]
}

const dialogue: Benchmark = async () => {
  const took = await inTurns({ kind: 'dialogue', count: 20 }, ROUNDS)
  return [absolute('18 settlement of 12 APDUs, p50', { ours: median(took.ours), peer: median(took.peer), mostUs: 3000 })]
}

/** On the same card, in the same process, in turns. */
const driver: Benchmark = async () => {
  const { ours } = await open()
  const took = { bare: [] as number[], driver: [] as number[] }
  for (let round = 0; round <= ROUNDS; round++) {
    const [bare, driven] = [await ours.measure({ kind: 'loop', ...LOOP }), await ours.measure({ kind: 'driver', ...LOOP })]
    if (round === 0) continue
    took.bare.push(...bare)
    took.driver.push(...driven)
  }
  return [against('our driver, p50', { ours: median(took.driver), peer: median(took.bare), most: 1.15, name: 'bare binding' })]
}

interface Against {
  readonly ours: number
  readonly peer: number
  readonly most: number
  readonly name?: string
}

const against = (target: string, { ours, peer, most, name = PEER }: Against): Figure => ({
  target,
  ours: us(ours),
  against: `${name} ${us(peer)}`,
  ratio: ours / peer,
  bound: `at most ${most}`,
  met: ours <= most * peer
})

const absolute = (target: string, { ours, peer, mostUs }: { readonly ours: number; readonly peer: number; readonly mostUs: number }): Figure => ({
  target,
  ours: us(ours),
  against: `${PEER} ${us(peer)}`,
  ratio: ours / mostUs,
  bound: `at most ${us(mostUs)}`,
  met: ours <= mostUs
})

const missing = daemonMissing()
if (missing === undefined) {
  await runBenchmarks({ latency, sparse, dialogue, driver })
  if (sides !== undefined) await Promise.all(Object.values(await sides).map((side: Side) => side.close()))
} else {
  console.log(`bench:apdu: NOT MEASURED on this machine: ${missing}`)
}
rmSync(folder, { recursive: true, force: true })
