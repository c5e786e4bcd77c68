import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EVIDENCE, sale } from '../../test/contract/ledger-fixture.ts'
import { value } from '../../test/contract/ledger-store.contract.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { writeLedger } from '../ledger/write-ledger.ts'
import { fen } from '../money/fen.ts'
import { memoryStore } from '../store/memory/memory-store.ts'
import { openLedger } from '../store/sqlite/open-ledger.ts'
import { owedToCard, refundSettlement } from './refund-settlement.ts'

const POSTED_AT = '20230915093005'
const TIME = '20230916100000'

const folder = mkdtempSync(join(tmpdir(), 'caresettle-refund-'))
afterAll(() => rmSync(folder, { recursive: true }))

let ledgers = 0
const open = {
  memory: () => writeLedger(memoryStore()),
  SQLite: () => value(openLedger({ path: join(folder, `${(ledgers += 1)}.db`), create: true }))
} as const

describe.each(['memory', 'SQLite'] as const)('a refund in a ledger on %s', (driver) => {
  let ledger: Ledger
  beforeEach(() => {
    ledger = open[driver]()
  })
  afterEach(() => ledger.close())

  const { settlementId } = sale(1)
  const settle = (change: Parameters<typeof sale>[1] = {}): void => {
    value(ledger.hold(sale(1, change)))
    value(ledger.post({ settlementId, evidence: EVIDENCE, postedAt: POSTED_AT }))
  }
  const refund = (reason = '退药') => refundSettlement(ledger, { settlementId, reason, time: TIME })

  it('gives back 45.00 in cash, takes 175.00 off the fund and owes 200.00 to the card, under a number of its own', () => {
    settle()
    const { correction, due } = value(refund())
    expect(due).toEqual({ cash: 4500, fund: 17500, atCentre: 0, owedToCard: 20000 })
    expect(correction.fact).toMatchObject({ correctionId: 'P99999900001202309161000000003', settlementId, reason: '退药', correctedAt: TIME })
    const state = value(ledger.settlement(settlementId))
    expect(state === undefined ? undefined : owedToCard(state)).toBe(20000)
  })

  it('gives the deductible of 150.00 and the 175.00 of the pool back to the year', () => {
    settle()
    expect(value(ledger.counters(sale(1)))).toEqual({ act_pay_dedc: 15000, hifp_pay: 17500 })
    value(refund())
    expect(value(ledger.counters(sale(1)))).toEqual({})
  })

  it('owes nothing to a card that only signed', () => {
    const { intent, amounts } = sale(1)
    settle({
      amounts: { ...amounts, account: fen(0), cash: fen(24500) },
      intent: { ...intent, balanceBefore: undefined, amounts: { account: fen(0), own: fen(42000), pooled: fen(17500) } }
    })
    expect(value(refund()).due).toEqual({ cash: 24500, fund: 17500, atCentre: 0, owedToCard: 0 })
  })

  it("gives back at the centre what a relative's account paid", () => {
    const { intent, amounts } = sale(1)
    settle({
      amounts: { ...amounts, mutualAid: fen(5000) },
      intent: { ...intent, balanceBefore: undefined, amounts: { account: fen(15000), own: fen(24500), pooled: fen(17500) } }
    })
    expect(value(refund()).due).toEqual({ cash: 4500, fund: 17500, atCentre: 5000, owedToCard: 15000 })
  })

  it('is told as done once it is written, also when nothing of it can be read back', () => {
    settle()
    let isWritten = false
    const failing: Ledger = {
      ...ledger,
      settlement: (id) => (isWritten ? { ok: false, error: { kind: 'store-failure', cause: 'io', detail: 'SQLITE_IOERR_READ' } } : ledger.settlement(id)),
      correct: (request) => {
        isWritten = true
        return ledger.correct(request)
      }
    }
    const { due } = value(refundSettlement(failing, { settlementId, reason: '退药', time: TIME }))
    expect(due).toEqual({ cash: 4500, fund: 17500, atCentre: 0, owedToCard: 20000 })
  })

  it('is refused a second time, naming the first', () => {
    settle()
    const { correctionId } = value(refund()).correction.fact
    expect(refund('再退一次')).toEqual({ ok: false, error: { kind: 'already-refunded', settlementId, correctionId } })
    expect(value(ledger.counters(sale(1)))).toEqual({})
  })

  it('is refused while the settlement is in doubt: nobody knows whether there is anything to give back', () => {
    value(ledger.hold(sale(1)))
    expect(refund()).toEqual({ ok: false, error: { kind: 'settlement-in-doubt', settlementId } })
    value(ledger.release({ settlementId, proof: 'serial-unchanged', releasedAt: POSTED_AT }))
    expect(refund()).toEqual({ ok: false, error: { kind: 'settlement-released', settlementId } })
  })

  it('of a settlement that nobody made is refused', () => {
    expect(refund()).toEqual({ ok: false, error: { kind: 'settlement-unknown', settlementId } })
  })

  it.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['201 characters', '退'.repeat(201)],
    ['a line break', '退药\n退费']
  ])('wants a reason: %s is none, and nothing is written', (_, reason) => {
    settle()
    const refused = refund(reason)
    expect(refused.ok ? '' : refused.error.kind).toBe('reason-invalid')
    expect(value(ledger.head()).sequence).toBe(2)
  })
})
