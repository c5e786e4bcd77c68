/**
 * `npm run bench:sync`: settlements from a till's ledger into a centre, two processes on this machine, everything switched on that
 * the two of them check and write down. Every way has its turn in each round, so a busy moment of the machine hits all.
 *
 *   batches        the till's own uploader, 1 000 facts a batch, into the embedded centre and into PostgreSQL
 *   one POST each  the same with one settlement a request, one after the other
 *   one process    the limit: read, written as a batch, read as a batch, judged and booked, with no network between
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { cardAuthority } from '../../electron/centre/card-authority.ts'
import { systemCentreClock } from '../../electron/centre/centre-clock.ts'
import { readIssuer } from '../../electron/host/files/delivered.ts'
import { NO_BATCH } from '../../settlement/batch/batch.ts'
import { decodeBatch } from '../../settlement/batch/decode-batch.ts'
import { batchHash, encodeBatch } from '../../settlement/batch/encode-batch.ts'
import { CompiledPolicies } from '../../settlement/centre/intake/policies.ts'
import { noStep } from '../../settlement/centre/intake/steps.ts'
import { takeBatch } from '../../settlement/centre/intake/take-batch.ts'
import { openLedgerForReading } from '../../settlement/store/sqlite/open-ledger.ts'
import { startPostgres } from '../support/postgres.ts'
import { must } from './commit-settlement.ts'
import { median, type Figure } from './figure.ts'
import { fillTill, makeCentre, opened, TERMINAL } from './sync/offline-day.ts'
import { printTable } from './table.ts'

const ROUNDS = 3
const SETTLEMENTS = 4_000
/** One POST each is an order slower: fewer of them say as much. */
const ONE_EACH = 400
const FACTS = 1_000

interface Run {
  readonly perSecond: number
  readonly clientUs: number
  readonly centreUs: number
  readonly bytes: number
}

const folder = mkdtempSync(join(tmpdir(), 'sync-bench-'))
const postgres = await startPostgres({ isDurable: true, folder: '/var/tmp' })
try {
  const till = join(folder, 'ledger.db')
  const keyPath = join(folder, 'key.pem')
  const publicKey = fillTill(till, keyPath, SETTLEMENTS)
  const runs: Record<'embedded' | 'postgres' | 'each' | 'limit', Run[]> = { embedded: [], postgres: [], each: [], limit: [] }
  for (let round = 0; round < ROUNDS; round += 1) {
    runs.embedded.push(await between(`sqlite:${join(folder, `a${round}.db`)}`, { facts: FACTS, count: SETTLEMENTS }))
    runs.postgres.push(await between(await postgres.url(), { facts: FACTS, count: SETTLEMENTS }))
    runs.each.push(await between(`sqlite:${join(folder, `b${round}.db`)}`, { facts: 2, count: ONE_EACH }))
    runs.limit.push(await inOneProcess(`sqlite:${join(folder, `c${round}.db`)}`))
  }
  report(runs)

  async function between(url: string, { facts, count }: { readonly facts: number; readonly count: number }): Promise<Run> {
    await makeCentre(url, publicKey)
    const copy = join(folder, 'copy.db')
    rmSync(copy, { force: true })
    rmSync(`${copy}-wal`, { force: true })
    copyFileSync(till, copy)
    const centre = spawn(process.execPath, [join(import.meta.dirname, 'sync', 'centre.ts'), url], { stdio: ['ignore', 'pipe', 'inherit'] })
    const said = createInterface(centre.stdout)[Symbol.asyncIterator]()
    const address = (await said.next()).value ?? ''
    const args = [join(import.meta.dirname, 'sync', 'client.ts'), copy, keyPath, address, String(facts), String(count)]
    const client = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const measured = (await createInterface(client.stdout)[Symbol.asyncIterator]().next()).value
    centre.kill('SIGTERM')
    const ofCentre = (await said.next()).value
    if (centre.exitCode === null) await once(centre, 'exit')
    return {
      perSecond: (count * 1000) / numberIn(measured, 'ms'),
      clientUs: numberIn(measured, 'cpuUs') / count,
      centreUs: numberIn(ofCentre, 'cpuUs') / count,
      bytes: numberIn(measured, 'bytes') / count
    }
  }

  async function inOneProcess(url: string): Promise<Run> {
    await makeCentre(url, publicKey)
    const database = await opened(url)
    const ledger = must(openLedgerForReading(till))
    const issuer = must(readIssuer(new URL('../../fixtures', import.meta.url).pathname))
    const ports = { database, authority: cardAuthority(issuer), clock: systemCentreClock, policies: new CompiledPolicies(), reached: noStep }
    const begin = performance.now()
    let previous = NO_BATCH
    for (let first = 1, number = 1; first <= 2 * SETTLEMENTS; first += FACTS, number += 1) {
      const links = must(ledger.log(first - 1, FACTS)).map(({ sequence, hash, content }) => ({ sequence, hash: Buffer.from(hash).toString('hex'), content }))
      const head = { version: 1, terminal: TERMINAL, number, previous, first, count: links.length, madeAt: systemCentreClock().time } as const
      const bytes = encodeBatch(head, links)
      const batch = must(decodeBatch(bytes))
      previous = batchHash(bytes)
      must(await takeBatch(ports, { terminal: TERMINAL, batch, hash: previous, signature: '', time: head.madeAt }))
    }
    const ms = performance.now() - begin
    ledger.close()
    await database.close()
    return { perSecond: (SETTLEMENTS * 1000) / ms, clientUs: 0, centreUs: (ms * 1000) / SETTLEMENTS, bytes: 0 }
  }
} finally {
  await postgres.stop()
  rmSync(folder, { recursive: true })
}

function report(runs: Readonly<Record<'embedded' | 'postgres' | 'each' | 'limit', readonly Run[]>>): void {
  const rate = (of: readonly Run[]): number => median(of.map(({ perSecond }) => perSecond))
  const [embedded, inPostgres, each, limit] = [rate(runs.embedded), rate(runs.postgres), rate(runs.each), rate(runs.limit)]
  printTable([
    figure('8 settlements into the embedded centre', embedded, ['one process', limit], 0.5),
    figure('9 settlements into PostgreSQL', inPostgres, ['embedded', embedded], 0.65),
    figure('10 settlements in batches', embedded, ['one POST each', each], 8)
  ])
  const of = (all: readonly Run[], part: (run: Run) => number): string => median(all.map(part)).toFixed(0)
  for (const [name, all] of Object.entries(runs)) {
    console.log(`${name}: ${of(all, ({ clientUs }) => clientUs)} us client, ${of(all, ({ centreUs }) => centreUs)} us centre, ${of(all, ({ bytes }) => bytes)} B a settlement`)
  }
}

const figure = (target: string, ours: number, against: readonly [string, number], least: number): Figure => ({
  target,
  ours: `${ours.toFixed(0)}/s`,
  against: `${against[0]} ${against[1].toFixed(0)}/s`,
  ratio: ours / against[1],
  bound: `at least ${least}`,
  met: ours / against[1] >= least
})

/** A number that a process has said in its last line. */
function numberIn(line: string | undefined, name: string): number {
  const json: unknown = JSON.parse(line ?? '{}')
  const value: unknown = typeof json === 'object' && json !== null ? Object.entries(json).find(([key]) => key === name)?.[1] : undefined
  if (typeof value !== 'number') throw new Error(`"${line ?? 'nothing'}" says no ${name}`)
  return value
}
