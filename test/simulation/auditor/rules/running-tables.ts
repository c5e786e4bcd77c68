/** The ledger's running tables, against what its facts come to: what people have used, what hours come to, what cards are owed. */

import type { Settling } from '../books.ts'
import { AMOUNTS, readCounters, type Amounts, type Hold } from '../fact.ts'
import type { Findings } from '../failure.ts'
import type { LedgerBook } from '../ledger-book.ts'
import type { LedgerRows } from '../ledger-rows.ts'
import { bytesOf, textOf, wholeOf } from '../row-source.ts'

export function checkRunningTables(book: LedgerBook, rows: LedgerRows, findings: Findings): void {
  checkYears(book, rows, findings)
  checkHours(book, rows, findings)
  checkOwed(book, rows, findings)
  checkEntries(book, rows, findings)
}

export function checkYears(book: LedgerBook, rows: LedgerRows, findings: Findings): void {
  const stored = new Map(
    rows.rows('SELECT person_no, insurance_type, policy_year, counters FROM accumulator').map((row) => [
      `${textOf(row, 'person_no')} ${textOf(row, 'insurance_type')} ${wholeOf(row, 'policy_year')}`,
      readCounters(bytesOf(row, 'counters'))
    ])
  )
  for (const key of new Set([...stored.keys(), ...book.years.keys()])) {
    sameCounters(`${book.terminal}: year ${key}`, book.years.get(key), stored.get(key), findings)
  }
}

type Fens = ReadonlyMap<string, number>

/** What stands at zero need not be there. */
export function sameCounters(what: string, computed: Fens | undefined, stored: Fens | undefined, findings: Findings): void {
  for (const name of new Set([...(computed?.keys() ?? []), ...(stored?.keys() ?? [])])) {
    const [expected, found] = [computed?.get(name) ?? 0, stored?.get(name) ?? 0]
    findings.expect('accumulators', expected === found, () => `${what}: ${name} comes to ${expected} fen, ${found} are kept`)
  }
}

function checkHours(book: LedgerBook, rows: LedgerRows, findings: Findings): void {
  const computed = new Map<string, number>()
  for (const settling of book.settlings.values()) addHours(settling, computed)
  const stored = new Map<string, number>()
  for (const row of rows.rows('SELECT * FROM hour_total')) {
    const key = ['hour', 'insurance_type', 'med_type', 'person_type'].map((column) => textOf(row, column)).join(' ')
    for (const column of [...COUNTS, ...AMOUNTS]) stored.set(`${key} ${column}`, wholeOf(row, column))
  }
  for (const key of new Set([...computed.keys(), ...stored.keys()])) {
    const [expected, found] = [computed.get(key) ?? 0, stored.get(key) ?? 0]
    findings.expect('hour-totals', expected === found, () => `${book.terminal}: ${key} comes to ${expected}, ${found} is kept`)
  }
}

const COUNTS = ['settlements', 'corrections', 'adjustments'] as const

function addHours(settling: Settling, sums: Map<string, number>): void {
  const { hold, posting, correction, confirmation, ofRecord } = settling
  if (posting === undefined) return
  const { fact } = hold
  addHour(sums, posting.fact.postedAt, fact, 'settlements', [[fact.amounts, 1]])
  if (ofRecord !== undefined && confirmation !== undefined) {
    addHour(sums, confirmation.fact.confirmedAt, fact, 'adjustments', [[ofRecord.amounts, 1], [fact.amounts, -1]])
  }
  if (correction !== undefined) addHour(sums, correction.fact.correctedAt, fact, 'corrections', [[(ofRecord ?? fact).amounts, -1]])
}

type Part = readonly [amounts: Amounts, sign: 1 | -1]

function addHour(sums: Map<string, number>, at: string, hold: Hold, count: (typeof COUNTS)[number], parts: readonly Part[]): void {
  const key = `${at.slice(0, 10)} ${hold.insutype} ${hold.medType} ${hold.psnType}`
  const add = (column: string, fen: number): void => void sums.set(`${key} ${column}`, (sums.get(`${key} ${column}`) ?? 0) + fen)
  add(count, 1)
  for (const [amounts, sign] of parts) for (const name of AMOUNTS) add(name, sign * amounts[name])
}

function checkOwed(book: LedgerBook, rows: LedgerRows, findings: Findings): void {
  const stored = new Map(rows.rows('SELECT hold, amount FROM owed').map((row) => [wholeOf(row, 'hold'), wholeOf(row, 'amount')]))
  for (const settling of book.settlings.values()) {
    const owed = Math.max(0, book.owedBy(settling))
    const found = stored.get(settling.hold.sequence) ?? 0
    findings.expect('owed-to-card', owed === found, () => `${book.terminal}: visit ${settling.hold.fact.visitNo} owes its card ${owed} fen, ${found} are kept`)
  }
}

/** Once more in the database's own arithmetic, over the view that accountants read. */
function checkEntries(book: LedgerBook, rows: LedgerRows, findings: Findings): void {
  const [row] = rows.rows('SELECT coalesce(sum(amount), 0) AS rest, coalesce(sum(CASE account WHEN \'revenue\' THEN -amount END), 0) AS earned FROM entry')
  const rest = row === undefined ? Number.NaN : wholeOf(row, 'rest')
  findings.expect('entries-balance', rest === 0, () => `${book.terminal}: all entries come to ${rest} fen and not to 0`)
  const earned = [...book.settlings.values()].reduce((sum, { state, hold, ofRecord }) => (state === 'posted' ? sum + (ofRecord ?? hold.fact).amounts.total : sum), 0)
  const found = row === undefined ? Number.NaN : wholeOf(row, 'earned')
  findings.expect('entries-balance', earned === found, () => `${book.terminal}: settlements that stand come to ${earned} fen, the entries to ${found}`)
}
