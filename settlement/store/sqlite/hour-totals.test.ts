import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, it } from 'vitest'
import { EVIDENCE, sale, SALE_AMOUNTS } from '../../../test/contract/ledger-fixture.ts'
import { fen } from '../../money/fen.ts'
import { hourTotals } from './hour-totals.ts'
import { openLedger, type SqliteLedger } from './open-ledger.ts'

const folder = mkdtempSync(join(tmpdir(), 'hour-totals-'))
afterAll(() => rmSync(folder, { recursive: true }))

function opened(name: string): SqliteLedger {
  const ledger = openLedger({ path: join(folder, name), create: true })
  if (!ledger.ok) throw new Error(JSON.stringify(ledger.error))
  return ledger.value
}

/** 175.00 of funds, split between the pool and the funds that seldom pay. */
const withFunds = (hifp: number, hifmi: number, maf: number): typeof SALE_AMOUNTS => ({
  ...SALE_AMOUNTS,
  funds: { ...SALE_AMOUNTS.funds, hifp_pay: fen(hifp), hifmi_pay: fen(hifmi), maf_pay: fen(maf) }
})

function sell(ledger: SqliteLedger, number: number, time: string, amounts = SALE_AMOUNTS): void {
  const { total, ownPay, overCeiling, prePay, inScope } = amounts
  const lines = sale(number).lines.slice(0, 1).map((line) => ({ ...line, amount: total, ownPay, overCeiling, prePay, inScope }))
  const one = sale(number, { heldAt: time, amounts, lines })
  expect(ledger.hold(one).ok).toBe(true)
  expect(ledger.post({ settlementId: one.settlementId, evidence: EVIDENCE, postedAt: time }).ok).toBe(true)
}

const texts = (ledger: SqliteLedger, which: 'dayTotals' | 'provedTotals'): string[] => {
  const totals = ledger[which]('2023-09-15', '2023-09-16')
  if (!totals.ok) throw new Error(JSON.stringify(totals.error))
  return totals.value.map(({ day, hour, settlements, corrections, amounts }) =>
    [day, hour, settlements, corrections, amounts.total, amounts.fundPaid, amounts.funds.hifp_pay, amounts.funds.hifmi_pay, amounts.funds.maf_pay, amounts.cash].join(' ')
  )
}

it('proves funds that seldom pay like those that often do, and takes them back with a refund', () => {
  const ledger = opened('unusual.db')
  sell(ledger, 1, '20230915090000')
  sell(ledger, 2, '20230915093000', withFunds(17000, 499, 1))
  sell(ledger, 3, '20230915100000', withFunds(0, 0, 17500))
  sell(ledger, 4, '20230916100000')
  expect(ledger.correct({ correctionId: 'R3', settlementId: sale(3).settlementId, reason: '退药', correctedAt: '20230915101500' }).ok).toBe(true)
  const expected = [
    // day, hour, settlements, corrections, total, funds, hifp_pay, hifmi_pay, maf_pay, cash
    '2023-09-15 9 2 0 84000 35000 34500 499 1 9000',
    '2023-09-15 10 1 1 0 0 0 0 0 0',
    '2023-09-16 10 1 0 42000 17500 17500 0 0 4500'
  ]
  expect(texts(ledger, 'dayTotals')).toEqual(expected)
  expect(texts(ledger, 'provedTotals')).toEqual(expected)
  ledger.close()
})

/** Half of it in scope and paid by the pool, the other half paid by the account and in cash. */
const halved = (half: number): typeof SALE_AMOUNTS => ({
  ...SALE_AMOUNTS,
  total: fen(2 * half),
  ownPay: fen(half),
  overCeiling: fen(0),
  prePay: fen(0),
  inScope: fen(half),
  deductible: fen(0),
  funds: { ...SALE_AMOUNTS.funds, hifp_pay: fen(half) },
  fundPaid: fen(half),
  personal: fen(half),
  cash: fen(half - SALE_AMOUNTS.account),
  hospital: fen(0)
})

it('proves amounts of more than 32 bits and below zero to the fen, beside bills of the same hour and kind', () => {
  const ledger = opened('huge.db')
  sell(ledger, 1, '20230915090000', halved(5_000_000_001))
  sell(ledger, 2, '20230915093000')
  sell(ledger, 3, '20230915100000', halved(-5_000_000_001))
  sell(ledger, 4, '20230915110000', halved(4_294_967_295))
  sell(ledger, 5, '20230915113000', halved(1))
  const expected = [
    // day, hour, settlements, corrections, total, funds, hifp_pay, hifmi_pay, maf_pay, cash
    '2023-09-15 9 2 0 10000042002 5000017501 5000017501 0 0 4999984501',
    '2023-09-15 10 1 0 -10000000002 -5000000001 -5000000001 0 0 -5000020001',
    '2023-09-15 11 2 0 8589934592 4294967296 4294967296 0 0 4294927296'
  ]
  expect(texts(ledger, 'dayTotals')).toEqual(expected)
  expect(texts(ledger, 'provedTotals')).toEqual(expected)
  ledger.close()
})

it('finds a day by its own postings, corrections and adjustments, and reads those of no other day', () => {
  const ledger = opened('plan.db')
  ledger.close()
  const database = new Database(join(folder, 'plan.db'), { readonly: true })
  const plans: string[] = []
  const explained = new Proxy(database, {
    get: (target, name) =>
      name === 'prepare'
        ? (sql: string) => {
            plans.push(target.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...(sql.includes(':from') ? [{ from: '', to: '' }] : ['', ''])).map(({ detail }) => detail).join('; '))
            return target.prepare(sql)
          }
        : Reflect.get(target, name)
  })
  hourTotals(explained)
  const [kept, posted, ...others] = plans
  expect([kept, ...others].map((plan) => plan?.split(/ USING | \(/)[0])).toEqual(['SEARCH hour_total', 'SEARCH posting', 'SEARCH adjustment', 'MATERIALIZE corrected; SEARCH correction', 'MATERIALIZE corrected; SEARCH correction'])
  expect(posted?.match(/SEARCH posting USING COVERING INDEX posting_hour/g)).toHaveLength(4)
  expect(plans.filter((plan) => /SCAN (?!grouped|corrected)/.test(plan))).toEqual([])
  expect(plans.slice(1, 3).filter((plan) => plan.includes('B-TREE'))).toEqual([])
  database.close()
})
