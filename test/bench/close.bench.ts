/**
 * `npm run bench:close`: totals of a day, of a till and of a month, beside DuckDB over the same entries in the same run.
 *
 *   kept    what the ledger adds up in each settlement's own transaction
 *   proved  the same recomputed from the postings, which is what a close compares them with
 *
 * DuckDB has two copies of its own: a settlement and its entries as double entry keeps them, which is what the target is set
 * against, and everything of a settlement in one row, which no ledger has, for who wants to know. It may use both cores.
 * `--large` takes 1 000 000 settlements over 28 days, a few minutes and 4 GB; without it the days are as busy and there are
 * four of them. A machine that does something else meanwhile says nothing: the two are slowed down differently.
 */

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { date } from '../../settlement/calendar/business-date.ts'
import { readPeriod } from '../../settlement/close/period.ts'
import { FUNDS } from '../../settlement/calculation/settlement-result.ts'
import { entriesOf } from '../../settlement/ledger/journal.ts'
import type { DayTotal } from '../../settlement/ledger/ledger-views.ts'
import { fen } from '../../settlement/money/fen.ts'
import { openLedger, type SqliteLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import { EVIDENCE, sale, SALE_AMOUNTS } from '../contract/ledger-fixture.ts'
import { must } from './commit-settlement.ts'
import { median, type Figure } from './figure.ts'
import { printTable } from './table.ts'

const DAY_SETTLEMENTS = 35_714
const DAYS = process.argv.includes('--large') ? 28 : 4
const COUNT = DAY_SETTLEMENTS * DAYS
const BATCH = 2_000
const ROUNDS = 15
const PERSON_TYPES = ['11', '12', '15', '16', '1403', '99']

const AMOUNTS = {
  ...SALE_AMOUNTS,
  funds: { ...SALE_AMOUNTS.funds, hifp_pay: fen(15000), cvlserv_pay: fen(2500) },
  account: fen(21000),
  mutualAid: fen(1000),
  cash: fen(3500)
}

const dayNumber = (number: number): number => 1 + Math.floor(number / DAY_SETTLEMENTS)
const dayText = (day: number): string => `2026-02-${String(day).padStart(2, '0')}`

/** Between 08:00 and 18:00, in their order. */
function timeOf(number: number): string {
  const second = 8 * 3600 + Math.floor(((number % DAY_SETTLEMENTS) * 36_000) / DAY_SETTLEMENTS)
  const [hour, minute, rest] = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60]
  return [dayText(dayNumber(number)).replaceAll('-', ''), hour, minute, rest].map((part) => String(part).padStart(2, '0')).join('')
}

const personType = (number: number): string => PERSON_TYPES[(number * 7) % PERSON_TYPES.length] ?? '11'

function settlement(number: number) {
  const person = ((number * 7919) % 100_000).toString().padStart(10, '0')
  return sale(number, {
    settlementId: `P99999900001${String(number).padStart(18, '0')}`,
    visit: { institution: 'P99999900001', visitNo: `V${number}` },
    personNo: `999999${person}`,
    policyYear: 2026,
    personType: personType(number),
    insuranceType: Number(personType(number)) >= 15 ? '390' : '310',
    amounts: AMOUNTS,
    heldAt: timeOf(number),
    claim: new Uint8Array(0),
    result: new Uint8Array(0)
  })
}

function fill(ledger: SqliteLedger): void {
  for (let first = 0; first < COUNT; first += BATCH) {
    must(
      ledger.batch(() => {
        for (let number = first; number < Math.min(first + BATCH, COUNT); number += 1) {
          const one = settlement(number)
          must(ledger.hold(one))
          must(ledger.post({ settlementId: one.settlementId, evidence: EVIDENCE, postedAt: one.heldAt }))
        }
      })
    )
    must(ledger.checkpointIdle())
  }
}

/** Columns of the copies that DuckDB gets: the same days, codes and amounts. */
async function fillDuck(duck: DuckDBConnection): Promise<void> {
  await duck.run('CREATE TABLE settlement (id BIGINT, day DATE, person_type VARCHAR)')
  await duck.run('CREATE TABLE entry (settlement BIGINT, account VARCHAR, amount BIGINT)')
  await duck.run(`CREATE TABLE wide (hour VARCHAR, insurance_type VARCHAR, med_type VARCHAR, person_type VARCHAR, ${SUMMED.map((column) => `${column} BIGINT`).join(', ')})`)
  const entries = entriesOf(AMOUNTS)
  // DuckDB makes the rows itself: appending millions of them one by one is not what is measured.
  const number = `(SELECT unnest(range(${COUNT})) AS n)`
  const day = `DATE '2026-02-01' + CAST(floor(n / ${DAY_SETTLEMENTS}) AS INTEGER)`
  const person = `[${PERSON_TYPES.map((type) => `'${type}'`).join(', ')}][CAST((n * 7) % ${PERSON_TYPES.length} AS INTEGER) + 1]`
  const account = `[${entries.map((entry) => `'${entry.account}'`).join(', ')}]`
  const amount = `[${entries.map((entry) => entry.amount).join(', ')}]`
  await duck.run(`INSERT INTO settlement SELECT n, ${day}, ${person} FROM ${number}`)
  await duck.run(`INSERT INTO entry SELECT n, unnest(${account}), unnest(${amount}) FROM ${number}`)
  const second = `8 * 3600 + CAST(floor((n % ${DAY_SETTLEMENTS}) * 36000 / ${DAY_SETTLEMENTS}) AS INTEGER)`
  await duck.run(`INSERT INTO wide
    SELECT strftime(day, '%Y%m%d') || printf('%02d', CAST(floor(second / 3600) AS INTEGER)),
      CASE WHEN CAST(person AS INTEGER) >= 15 THEN '390' ELSE '310' END, '41', person, ${SUMMED.map((column) => amountOf(column)).join(', ')}
    FROM (SELECT ${day} AS day, ${person} AS person, ${second} AS second FROM ${number})`)
  await duck.run('CHECKPOINT')
}

const SUMMED = ['total', 'own_pay', 'over_ceiling', 'pre_pay', 'deductible', ...FUNDS, 'account', 'mutual_aid', 'cash'] as const

function amountOf(column: (typeof SUMMED)[number]): number {
  const named: Readonly<Record<string, number>> = {
    ...AMOUNTS.funds,
    total: AMOUNTS.total,
    own_pay: AMOUNTS.ownPay,
    over_ceiling: AMOUNTS.overCeiling,
    pre_pay: AMOUNTS.prePay,
    deductible: AMOUNTS.deductible,
    account: AMOUNTS.account,
    mutual_aid: AMOUNTS.mutualAid,
    cash: AMOUNTS.cash
  }
  return named[column] ?? 0
}

const byEntry = (from: string, to: string): string => `SELECT account, person_type, count(*), sum(amount)
  FROM settlement JOIN entry ON entry.settlement = settlement.id
  WHERE day BETWEEN DATE '${from}' AND DATE '${to}' GROUP BY ALL ORDER BY ALL`
const byWideRow = (from: string, to: string): string => `SELECT hour, insurance_type, med_type, person_type, count(*), ${SUMMED.map((column) => `sum(${column})`).join(', ')}
  FROM wide WHERE hour BETWEEN '${from.replaceAll('-', '')}00' AND '${to.replaceAll('-', '')}23' GROUP BY ALL ORDER BY ALL`

async function timeMs(work: () => unknown): Promise<number> {
  const begin = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - begin) / 1e6
}

interface Cases {
  readonly kept: number
  readonly proved: number
  readonly entries: number
  readonly wide: number
}

/** Every case in turn, so that a busy moment of the machine hits all of them; the median of each. */
async function measure(ledger: SqliteLedger, duck: DuckDBConnection, from: string, to: string): Promise<Cases> {
  const ask = async (sql: string): Promise<void> => void (await duck.runAndReadAll(sql)).getRows()
  const cases: Readonly<Record<keyof Cases, () => unknown>> = {
    kept: () => must(ledger.dayTotals(from, to)),
    proved: () => must(ledger.provedTotals(from, to)),
    entries: () => ask(byEntry(from, to)),
    wide: () => ask(byWideRow(from, to))
  }
  const times: Record<keyof Cases, number[]> = { kept: [], proved: [], entries: [], wide: [] }
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const name of ['kept', 'proved', 'entries', 'wide'] as const) {
      const ms = await timeMs(cases[name])
      if (round > 0) times[name].push(ms)
    }
  }
  return { kept: median(times.kept), proved: median(times.proved), entries: median(times.entries), wide: median(times.wide) }
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

const ms = (value: number): string => `${value.toPrecision(3)} ms`

/** Kept totals have a bound for a day, which is what a screen asks for. */
function figures(range: string, cases: Cases, provedMax: number, keptMax = Infinity): Figure[] {
  const ratio = cases.proved / cases.entries
  return [
    { target: `22 kept totals, ${range}`, ours: ms(cases.kept), against: 'absolute', ratio: cases.kept, bound: keptMax === Infinity ? 'no target' : `at most ${keptMax} ms`, met: cases.kept <= keptMax },
    {
      target: `22 proved totals, ${range}`,
      ours: ms(cases.proved),
      against: `DuckDB, entries ${ms(cases.entries)}`,
      ratio,
      bound: `at most ${provedMax.toFixed(1)}`,
      met: ratio <= provedMax
    },
    {
      target: `   the same, ${range}`,
      ours: ms(cases.proved),
      against: `DuckDB, one row a settlement ${ms(cases.wide)}`,
      ratio: cases.proved / cases.wide,
      bound: 'no target',
      met: true
    }
  ]
}

/** The whole comparison of a close reads every fact of its period. */
async function closeFigure(ledger: SqliteLedger): Promise<Figure> {
  const took = await timeMs(() => must(readPeriod(ledger)))
  const perSettlement = (took * 1000) / COUNT
  return { target: `   period of a close, ${COUNT} settlements`, ours: ms(took), against: `${perSettlement.toPrecision(3)} us a settlement`, ratio: took, bound: 'no target', met: true }
}

const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'close-bench-'))
try {
  const ledger = must(openLedger({ path: join(folder, 'ledger.db'), create: true, logBytes: 64 << 20 }))
  const began = performance.now()
  fill(ledger)
  console.log(`ledger: ${COUNT} settlements over ${DAYS} days in ${((performance.now() - began) / 1000).toFixed(0)} s`)
  const instance = await DuckDBInstance.create(join(folder, 'entries.duckdb'), { threads: '2' })
  const duck = await instance.connect()
  await fillDuck(duck)
  const [first, last] = [date(dayText(1)), date(dayText(DAYS))]
  const middle = dayText(Math.ceil(DAYS / 2))
  await checkSame(must(ledger.dayTotals(middle, middle)), duck, middle, middle)
  await checkSame(must(ledger.provedTotals(first, last)), duck, first, last)
  const day = await measure(ledger, duck, middle, middle)
  const all = await measure(ledger, duck, first, last)
  printTable([...figures('a day', day, 1, 1), ...figures(`all ${DAYS} days`, all, 8), await closeFigure(ledger)])
  duck.closeSync()
  ledger.close()
} finally {
  rmSync(folder, { recursive: true })
}
