/** Days of 35 714 settlements, some of them taken back: in the ledger, and as DuckDB gets them, with the same codes and amounts. */

import type { DuckDBConnection } from '@duckdb/node-api'
import { FUNDS, type Amounts } from '../../../settlement/calculation/settlement-result.ts'
import type { Hold } from '../../../settlement/ledger/fact.ts'
import { entriesOf } from '../../../settlement/ledger/journal.ts'
import { fen } from '../../../settlement/money/fen.ts'
import type { SqliteLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import { EVIDENCE, sale, SALE_AMOUNTS } from '../../contract/ledger-fixture.ts'
import { must } from '../commit-settlement.ts'

const DAY_SETTLEMENTS = 35_714
/** One of so many is taken back at once. */
const CORRECTED = 50
const BATCH = 2_000
const PERSON_TYPES = ['11', '12', '15', '16', '1403', '99']

const AMOUNTS = {
  ...SALE_AMOUNTS,
  funds: { ...SALE_AMOUNTS.funds, hifp_pay: fen(15000), cvlserv_pay: fen(2500) },
  account: fen(21000),
  mutualAid: fen(1000),
  cash: fen(3500)
}

/** What makes no settlement like the one before, in SQL as here: a store that packs columns would keep a thousand alike as one. */
const MORE = [
  { step: 7_919, below: 3_001 },
  { step: 104_729, below: 2_003 }
] as const
const moreOf = (number: number): readonly number[] => MORE.map(({ step, below }) => (number * step) % below)

/** The fund pays `more` of what was cash, and the civil servants' `other` of what the fund pays. */
function amountsWith([more = 0, other = 0]: readonly number[]): Amounts {
  const { funds, fundPaid, personal, cash } = AMOUNTS
  return {
    ...AMOUNTS,
    funds: { ...funds, hifp_pay: fen(funds.hifp_pay + more - other), cvlserv_pay: fen(funds.cvlserv_pay + other) },
    fundPaid: fen(fundPaid + more),
    personal: fen(personal - more),
    cash: fen(cash - more)
  }
}

export const settlementsIn = (days: number): number => DAY_SETTLEMENTS * days
export const dayText = (day: number): string => `2026-02-${String(day).padStart(2, '0')}`

/** Between 08:00 and 18:00, in their order. */
function timeOf(number: number): string {
  const second = 8 * 3600 + Math.floor(((number % DAY_SETTLEMENTS) * 36_000) / DAY_SETTLEMENTS)
  const [hour, minute, rest] = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60]
  const day = dayText(1 + Math.floor(number / DAY_SETTLEMENTS)).replaceAll('-', '')
  return [day, hour, minute, rest].map((part) => String(part).padStart(2, '0')).join('')
}

const personType = (number: number): string => PERSON_TYPES[(number * 7) % PERSON_TYPES.length] ?? '11'

function settlement(number: number): Hold {
  const person = ((number * 7919) % 100_000).toString().padStart(10, '0')
  return sale(number, {
    settlementId: `P99999900001${String(number).padStart(18, '0')}`,
    visit: { institution: 'P99999900001', visitNo: `V${number}` },
    personNo: `999999${person}`,
    policyYear: 2026,
    personType: personType(number),
    insuranceType: Number(personType(number)) >= 15 ? '390' : '310',
    amounts: amountsWith(moreOf(number)),
    heldAt: timeOf(number),
    claim: new Uint8Array(0),
    result: new Uint8Array(0)
  })
}

export function fillLedger(ledger: SqliteLedger, days: number): void {
  const count = settlementsIn(days)
  for (let first = 0; first < count; first += BATCH) {
    must(ledger.batch(() => Array.from({ length: Math.min(BATCH, count - first) }, (_, more) => settle(ledger, first + more))))
    must(ledger.checkpointIdle())
  }
}

function settle(ledger: SqliteLedger, number: number): void {
  const one = settlement(number)
  const { settlementId, heldAt } = one
  must(ledger.hold(one))
  must(ledger.post({ settlementId, evidence: EVIDENCE, postedAt: heldAt }))
  if (number % CORRECTED === 0) must(ledger.correct({ correctionId: `R${number}`, settlementId, reason: '退药', correctedAt: heldAt }))
}

const SUMMED = ['total', 'own_pay', 'over_ceiling', 'pre_pay', 'deductible', ...FUNDS, 'account', 'mutual_aid', 'cash'] as const

/**
 * A settlement and its entries as double entry keeps them, corrections as entries turned round; and everything of a settlement
 * in one row. DuckDB makes the rows itself: appending millions of them one by one is not what is measured.
 */
export async function fillDuck(duck: DuckDBConnection, days: number): Promise<void> {
  await duck.run('CREATE TABLE settlement (id BIGINT, day DATE, person_type VARCHAR)')
  await duck.run('CREATE TABLE entry (settlement BIGINT, account VARCHAR, amount BIGINT)')
  await duck.run(`CREATE TABLE wide (hour VARCHAR, insurance_type VARCHAR, med_type VARCHAR, person_type VARCHAR, ${SUMMED.map((column) => `${column} BIGINT`).join(', ')})`)
  const entries = entriesOf(AMOUNTS)
  const numbers = `(SELECT unnest(range(${settlementsIn(days)})) AS n)`
  const day = `DATE '2026-02-01' + CAST(floor(n / ${DAY_SETTLEMENTS}) AS INTEGER)`
  const person = `[${PERSON_TYPES.map((type) => `'${type}'`).join(', ')}][CAST((n * 7) % ${PERSON_TYPES.length} AS INTEGER) + 1]`
  const account = `[${entries.map((entry) => `'${entry.account}'`).join(', ')}]`
  const amounts = (sign: 1 | -1): string => `[${entries.map((_, index) => inSql((of) => sign * (entriesOf(of)[index]?.amount ?? 0))).join(', ')}]`
  const second = `8 * 3600 + CAST(floor((n % ${DAY_SETTLEMENTS}) * 36000 / ${DAY_SETTLEMENTS}) AS INTEGER)`
  await duck.run(`INSERT INTO settlement SELECT n, ${day}, ${person} FROM ${numbers}`)
  for (const [sign, which] of [[1, 'true'], [-1, `n % ${CORRECTED} = 0`]] as const) {
    await duck.run(`INSERT INTO entry SELECT n, unnest(${account}), unnest(${amounts(sign)}) FROM ${numbers} WHERE ${which}`)
    await duck.run(`INSERT INTO wide
      SELECT strftime(day, '%Y%m%d') || printf('%02d', CAST(floor(second / 3600) AS INTEGER)),
        CASE WHEN CAST(person AS INTEGER) >= 15 THEN '390' ELSE '310' END, '41', person, ${SUMMED.map((column) => inSql((of) => sign * amountOf(of, column))).join(', ')}
      FROM (SELECT n, ${day} AS day, ${person} AS person, ${second} AS second FROM ${numbers} WHERE ${which})`)
  }
  await duck.run('CHECKPOINT')
}

/** An amount of settlement `n`: what it is without more, and how it moves with each. */
function inSql(amount: (of: Amounts) => number): string {
  const alone = amount(amountsWith([]))
  const moves = MORE.map(({ step, below }, index) => `${amount(amountsWith(MORE.map((_, at) => (at === index ? 1 : 0)))) - alone} * ((n * ${step}) % ${below})`)
  return [alone, ...moves].join(' + ')
}

function amountOf(of: Amounts, column: (typeof SUMMED)[number]): number {
  const named: Readonly<Record<string, number>> = {
    ...of.funds,
    total: of.total,
    own_pay: of.ownPay,
    over_ceiling: of.overCeiling,
    pre_pay: of.prePay,
    deductible: of.deductible,
    account: of.account,
    mutual_aid: of.mutualAid,
    cash: of.cash
  }
  return named[column] ?? 0
}

export const byEntry = (from: string, to: string): string => `SELECT account, person_type, count(*), sum(amount)
  FROM settlement JOIN entry ON entry.settlement = settlement.id
  WHERE day BETWEEN DATE '${from}' AND DATE '${to}' GROUP BY ALL ORDER BY ALL`

export const byWideRow = (from: string, to: string): string => `SELECT hour, insurance_type, med_type, person_type, count(*), ${SUMMED.map((column) => `sum(${column})`).join(', ')}
  FROM wide WHERE hour BETWEEN '${from.replaceAll('-', '')}00' AND '${to.replaceAll('-', '')}23' GROUP BY ALL ORDER BY ALL`
