/**
 * `npm run bench:close`: totals of a day and of a month, beside DuckDB over the same entries in the same run.
 *
 *   kept    what the ledger adds up in each settlement's own transaction
 *   proved  the same recomputed from postings, corrections and adjustments, which is what a close compares them with
 *
 * DuckDB has two copies of its own: a settlement and its entries as double entry keeps them, which is what the target is set
 * against, and everything of a settlement in one row, which no ledger has, for who wants to know. It may use both cores. Every
 * way has its turn in each round and the ratio is the median of the rounds' own, so a busy moment of the machine hits both;
 * processor time says what a machine that does something else meanwhile cannot.
 * `--large` takes 1 000 000 settlements over 28 days, some minutes and 4 GB; without it the days are as busy and there are
 * four of them.
 */

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import Database from 'better-sqlite3'
import { date } from '../../settlement/calendar/business-date.ts'
import { readPeriod } from '../../settlement/close/period.ts'
import { entriesOf } from '../../settlement/ledger/journal.ts'
import type { DayTotal } from '../../settlement/ledger/ledger-views.ts'
import { upSql } from '../../settlement/store/sqlite/migration.ts'
import { openLedger, type SqliteLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import { byEntry, byWideRow, dayText, fillDuck, fillLedger, settlementsIn } from './close/busy-days.ts'
import { must } from './commit-settlement.ts'
import { median, type Figure } from './figure.ts'
import { printTable } from './table.ts'

const DAYS = process.argv.includes('--large') ? 28 : 4
const ROUNDS = 61

interface Took {
  readonly ms: number
  /** Of all threads. */
  readonly cpuMs: number
}

async function timed(work: () => unknown): Promise<Took> {
  const cpu = process.cpuUsage()
  const begin = performance.now()
  await work()
  const ms = performance.now() - begin
  const { user, system } = process.cpuUsage(cpu)
  return { ms, cpuMs: (user + system) / 1000 }
}

const WAYS = ['kept', 'proved', 'entries', 'wide'] as const
type Cases = Readonly<Record<(typeof WAYS)[number], readonly Took[]>>

async function measure(ledger: SqliteLedger, duck: DuckDBConnection, from: string, to: string): Promise<Cases> {
  const ask = async (sql: string): Promise<void> => void (await duck.runAndReadAll(sql)).getRows()
  const cases: Readonly<Record<keyof Cases, () => unknown>> = {
    kept: () => must(ledger.dayTotals(from, to)),
    proved: () => must(ledger.provedTotals(from, to)),
    entries: () => ask(byEntry(from, to)),
    wide: () => ask(byWideRow(from, to))
  }
  const times: Record<keyof Cases, Took[]> = { kept: [], proved: [], entries: [], wide: [] }
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const name of WAYS) {
      const took = await timed(cases[name])
      if (round > 0) times[name].push(took)
    }
  }
  return times
}

/** What is compared is the same answer, to the fen: every account and kind of person of the days. */
async function checkSame(totals: readonly DayTotal[], duck: DuckDBConnection, from: string, to: string): Promise<void> {
  const ours = new Map<string, number>()
  for (const total of totals) {
    for (const { account, amount } of entriesOf(total.amounts)) {
      const key = `${account} ${total.personType}`
      ours.set(key, (ours.get(key) ?? 0) + amount)
    }
  }
  const read = await duck.runAndReadAll(byEntry(from, to))
  const theirs = new Map(read.getRows().map(([account, person, , sum]) => [`${String(account)} ${String(person)}`, Number(sum)]))
  const differ = [...new Set([...ours.keys(), ...theirs.keys()])].filter((key) => ours.get(key) !== theirs.get(key))
  if (differ.length > 0) throw new Error(`the two do not say the same: ${differ.slice(0, 3).join(', ')}`)
}

const text = (ms: number): string => `${ms.toPrecision(3)} ms`
const no = { bound: 'no target', met: true }

/** Kept totals have a bound for a day, which is what a screen asks for. */
function figures(range: string, cases: Cases, provedMax: number, keptMax?: number): Figure[] {
  const of = (way: keyof Cases, part: keyof Took): number => median(cases[way].map((took) => took[part]))
  const ratio = (to: 'entries' | 'wide', part: keyof Took): number =>
    median(cases.proved.map((took, round) => took[part] / (cases[to][round]?.[part] ?? Number.NaN)))
  const kept = of('kept', 'ms')
  const proved = { ours: text(of('proved', 'ms')), against: `DuckDB, entries ${text(of('entries', 'ms'))}`, ratio: ratio('entries', 'ms') }
  return [
    {
      target: `22 kept totals, ${range}`,
      ours: text(kept),
      against: 'absolute',
      ratio: kept,
      ...(keptMax === undefined ? no : { bound: `at most ${keptMax} ms`, met: kept <= keptMax })
    },
    { target: `22 proved totals, ${range}`, ...proved, bound: `at most ${provedMax.toFixed(1)}`, met: proved.ratio <= provedMax },
    {
      target: `   their processor time, ${range}`,
      ours: text(of('proved', 'cpuMs')),
      against: `DuckDB, entries ${text(of('entries', 'cpuMs'))}`,
      ratio: of('proved', 'cpuMs') / of('entries', 'cpuMs'),
      ...no
    },
    { target: `   the same, ${range}`, ours: proved.ours, against: `DuckDB, one row a settlement ${text(of('wide', 'ms'))}`, ratio: ratio('wide', 'ms'), ...no }
  ]
}

/** The whole comparison of a close reads every fact of its period. */
async function closeFigure(ledger: SqliteLedger): Promise<Figure> {
  const { ms, cpuMs } = await timed(() => must(readPeriod(ledger)))
  const perSettlement = ((cpuMs * 1000) / settlementsIn(DAYS)).toPrecision(3)
  return { target: `   period of a close, ${settlementsIn(DAYS)} settlements`, ours: text(ms), against: `${perSettlement} us of processor time a settlement`, ratio: ms, ...no }
}

/** What an older ledger waits for when it is opened: its postings indexed anew, durably. */
async function migrationFigure(path: string): Promise<Figure> {
  const database = new Database(path)
  database.pragma('synchronous = FULL')
  database.exec('DROP INDEX posting_unusual; DROP INDEX correction_hour; DROP INDEX adjustment_hour')
  const { ms, cpuMs } = await timed(() => database.exec(`BEGIN IMMEDIATE; ${upSql('0006-proof')}; COMMIT; BEGIN IMMEDIATE; ${upSql('0010-words')}; COMMIT`))
  database.close()
  return { target: `   once, an older ledger of ${settlementsIn(DAYS)} settlements opened`, ours: text(ms), against: `${text(cpuMs)} of processor time`, ratio: ms, ...no }
}

const opened = (path: string, create = false): SqliteLedger => must(openLedger({ path, create, logBytes: 64 << 20 }))
const connected = async (path: string): Promise<DuckDBConnection> => (await DuckDBInstance.create(path, { threads: '2' })).connect()

/** Both are opened anew behind their filling, which leaves a process as no till and no reader of a day finds it. */
async function fill(ledgerPath: string, duckPath: string): Promise<void> {
  const ledger = opened(ledgerPath, true)
  const { ms } = await timed(() => fillLedger(ledger, DAYS))
  ledger.close()
  console.log(`ledger: ${settlementsIn(DAYS)} settlements over ${DAYS} days in ${(ms / 1000).toFixed(0)} s`)
  const duck = await connected(duckPath)
  await fillDuck(duck, DAYS)
  duck.closeSync()
}

const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'close-bench-'))
try {
  const [path, duckPath] = [join(folder, 'ledger.db'), join(folder, 'entries.duckdb')]
  await fill(path, duckPath)
  const ledger = opened(path)
  const duck = await connected(duckPath)
  const [first, last] = [date(dayText(1)), date(dayText(DAYS))]
  const middle = dayText(Math.ceil(DAYS / 2))
  await checkSame(must(ledger.dayTotals(middle, middle)), duck, middle, middle)
  await checkSame(must(ledger.provedTotals(first, last)), duck, first, last)
  const day = await measure(ledger, duck, middle, middle)
  const all = await measure(ledger, duck, first, last)
  const close = await closeFigure(ledger)
  duck.closeSync()
  ledger.close()
  printTable([...figures('a day', day, 1, 1), ...figures(`all ${DAYS} days`, all, 8), close, await migrationFigure(path)])
} finally {
  rmSync(folder, { recursive: true })
}
