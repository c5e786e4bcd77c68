/**
 * `npm run bench:sync`: settlements from a till's ledger into a centre, two processes on this machine, everything switched on that
 * the two of them check and write down. Every way has its turn in each round, so a busy moment of the machine hits all. Both
 * ends of every way are warm: the first settlements are not counted, for a till and a centre run all day.
 *
 *   embedded, postgres  the till's own uploader with its own limits, into the centre over each of its databases
 *   one each            the same with one settlement a request, one after the other
 *   one process         the limit: read, written as a batch, read as a batch, judged and booked, with no network between
 *   PouchDB             the peer: documents of the same settlements from leveldb to leveldb, which neither side flushes and
 *                       of which its centre checks nothing
 *
 * A number after the command is the number of rounds: `npm run bench:sync -- 5`.
 */

import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BATCH_LIMITS } from '../../settlement/sync/batch-maker.ts'
import { startPostgres } from '../support/postgres.ts'
import { median, type Figure } from './figure.ts'
import { besideFigures, besideSync, besideText, type Contended } from './sync/beside-sync.ts'
import { inOneProcess } from './sync/in-one-process.ts'
import { fillTill, makeCentre } from './sync/offline-day.ts'
import { between, type Run } from './sync/two-processes.ts'
import { printTable } from './table.ts'

const ROUNDS = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 3)
const WARM = 15_000
const SETTLEMENTS = 10_000
/** One POST each is an order slower: fewer of them say as much. */
const ONE_EACH_WARM = 200
const ONE_EACH = 400
/** The till's own limit. */
const FACTS = BATCH_LIMITS.facts
const PEER_BATCH = 500

const ways = ['embedded', 'postgres', 'one each', 'one process', 'PouchDB 500', 'PouchDB'] as const
type Way = (typeof ways)[number]

const folder = mkdtempSync(join(tmpdir(), 'sync-bench-'))
const postgres = await startPostgres({ isDurable: true, folder: '/var/tmp' })
try {
  const till = join(folder, 'ledger.db')
  const keyPath = join(folder, 'key.pem')
  const publicKey = fillTill(till, keyPath, WARM + SETTLEMENTS)
  const runs: Record<Way, Run[]> = { embedded: [], postgres: [], 'one each': [], 'one process': [], 'PouchDB 500': [], PouchDB: [] }
  const contended: Contended[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const place = mkdtempSync(join(folder, 'round-'))
    const database = (name: string): string => `sqlite:${join(place, `${name}.db`)}`
    const upload = async (url: string, facts: number, warm: number, count: number): Promise<Run> => {
      await makeCentre(url, publicKey)
      const copy = copyOf(till, join(place, 'copy.db'))
      return between({ server: ['centre.ts', url], client: (address) => ['client.ts', copy, keyPath, address, String(facts), String(warm), String(warm + count)], count })
    }
    const replicate = (name: string, batch: string): Promise<Run> => {
      const own = join(place, name)
      mkdirSync(own)
      const client = (address: string): [string, ...string[]] => ['pouch-client.ts', till, own, address, batch, String(WARM)]
      return between({ server: ['pouch-server.ts', join(own, 'centre')], client, count: SETTLEMENTS })
    }
    runs.embedded.push(await upload(database('a'), FACTS, WARM, SETTLEMENTS))
    runs['PouchDB 500'].push(await replicate('pouch-500', String(PEER_BATCH)))
    runs.postgres.push(await upload(await postgres.url(), FACTS, WARM, SETTLEMENTS))
    runs['one process'].push(await inOneProcess({ till, url: database('b'), publicKey, facts: FACTS, warm: WARM, count: SETTLEMENTS }))
    runs['one each'].push(await upload(database('c'), 2, ONE_EACH_WARM, ONE_EACH))
    runs.PouchDB.push(await replicate('pouch', ''))
    contended.push(await besideSync({ publicKey, keyPath, till: copyOf(till, join(place, 'till.db')) }))
    rmSync(place, { recursive: true })
  }
  report(runs, contended)
} finally {
  await postgres.stop()
  rmSync(folder, { recursive: true })
}

function copyOf(till: string, copy: string): string {
  for (const rest of ['', '-wal', '-shm']) rmSync(`${copy}${rest}`, { force: true })
  copyFileSync(till, copy)
  return copy
}

function report(runs: Readonly<Record<Way, readonly Run[]>>, contended: readonly Contended[]): void {
  const of = (way: Way, part: (run: Run) => number): number => median(runs[way].map(part))
  const rate = (way: Way): Measured => ({ name: way, value: of(way, ({ perSecond }) => perSecond), unit: '/s' })
  const bytes = (way: Way): Measured => ({ name: way, value: of(way, (run) => run.bytes), unit: ' B' })
  const client = (way: Way): Measured => ({ name: way, value: of(way, ({ clientUs }) => clientUs), unit: ' us' })
  // Whichever of the peer's two batch sizes does better in each respect.
  const peer = (part: (way: Way) => Measured, better: 'more' | 'less'): Measured =>
    [part('PouchDB'), part('PouchDB 500')].toSorted((left, right) => (better === 'more' ? right.value - left.value : left.value - right.value))[0] ?? part('PouchDB')
  printTable([
    ...besideFigures(contended),
    figure('8 settlements into the embedded centre', rate('embedded'), peer(rate, 'more'), { least: 3 }),
    figure('8 settlements into the embedded centre', rate('embedded'), rate('one process'), { least: 0.5 }),
    figure('9 settlements into PostgreSQL', rate('postgres'), rate('embedded'), { least: 0.65 }),
    figure('9 settlements into PostgreSQL', rate('postgres'), peer(rate, 'more'), { least: 2 }),
    figure('10 settlements in batches', rate('embedded'), rate('one each'), { least: 8 }),
    figure('11 bytes on the wire, both ways', bytes('embedded'), peer(bytes, 'less'), { most: 0.3 }),
    figure("12 the till's processor time", client('embedded'), peer(client, 'less'), { most: 0.2 })
  ])
  console.log(`\n${ROUNDS} rounds, medians; ${SETTLEMENTS} settlements after ${WARM} that are not counted, ${FACTS} facts a batch`)
  for (const way of ways) {
    const { value, unit } = rate(way)
    console.log(
      `${way}: ${value.toFixed(0)}${unit}, ${client(way).value.toFixed(0)} us till, ${of(way, ({ centreUs }) => centreUs).toFixed(0)} us centre, ${bytes(way).value.toFixed(0)} B a settlement`
    )
  }
  console.log(besideText(contended))
}

interface Measured {
  readonly name: string
  readonly value: number
  readonly unit: string
}

function figure(target: string, ours: Measured, against: Measured, bound: { readonly least: number } | { readonly most: number }): Figure {
  const ratio = ours.value / against.value
  return {
    target,
    ours: `${ours.value.toFixed(0)}${ours.unit}`,
    against: `${against.name} ${against.value.toFixed(0)}${against.unit}`,
    ratio,
    bound: 'least' in bound ? `at least ${bound.least}` : `at most ${bound.most}`,
    met: 'least' in bound ? ratio >= bound.least : ratio <= bound.most
  }
}
