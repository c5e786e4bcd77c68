/**
 * Random sequences of what a counter does to the ledger, against a model of a few maps: every outcome as the model says,
 * money conserved, counters equal to their recomputation, and the verifier content at the end.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { never } from '../../base/invariant.ts'
import type { Ledger } from '../../settlement/ledger/ledger.ts'
import { fen, type Fen } from '../../settlement/money/fen.ts'
import type { Hold } from '../../settlement/ledger/fact.ts'
import { openLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import { verifyLedger } from '../../settlement/verifier/verify-ledger.ts'
import { line, sale, SALE_AMOUNTS } from '../contract/ledger-fixture.ts'
import { value } from '../contract/ledger-store.contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'model-'))
afterAll(() => rmSync(folder, { recursive: true }))

type Action = 'hold' | 'post' | 'release' | 'correct'
type State = 'open' | 'posted' | 'released' | 'corrected'

interface Step {
  readonly action: Action
  readonly settlement: number
}

const VISITS = 3
const TRIES_PER_VISIT = 2

/** Two settlement ids compete for each visit; two persons share the visits; the fund pays `fund` fen, cash the rest. */
function holdOf(settlement: number, fund: number): Hold {
  const visit = settlement % VISITS
  const cash = fen(42000 - fund - 20000)
  return sale(settlement, {
    visit: { institution: 'P99999900001', visitNo: `V${visit}` },
    personNo: `99999900000${visit % 2}`,
    amounts: {
      ...SALE_AMOUNTS,
      funds: { ...SALE_AMOUNTS.funds, hifp_pay: fen(fund) },
      fundPaid: fen(fund),
      personal: fen(42000 - fund),
      cash
    },
    lines: [line('1', 'XA01BCD0000001', '测试药品甲', { amount: 42000, ownPay: 2000 })],
    counters: { hifp_pay: fen(fund) }
  })
}

class Model {
  readonly states = new Map<number, State>()
  readonly counters = new Map<string, number>()
  outcomes = 0

  /** What the ledger must answer: an outcome, or the kind of its refusal. */
  expect({ action, settlement }: Step, fund: number): string {
    const state = this.states.get(settlement)
    switch (action) {
      case 'hold':
        return this.#hold(settlement, state)
      case 'post':
        if (state === undefined) return 'hold-unknown'
        if (state === 'released') return 'hold-not-open'
        return state === 'open' ? this.#move(settlement, 'posted', fund) : 'exists'
      case 'release':
        if (state === undefined) return 'hold-unknown'
        if (state === 'released') return 'exists'
        return state === 'open' ? this.#move(settlement, 'released', 0) : 'hold-not-open'
      case 'correct':
        if (state === 'corrected') return 'exists'
        return state === 'posted' ? this.#move(settlement, 'corrected', -fund) : 'settlement-unknown'
      default:
        return never(action)
    }
  }

  #hold(settlement: number, state: State | undefined): string {
    if (state !== undefined) return 'exists'
    const rivals = [...this.states].filter(([other]) => other % VISITS === settlement % VISITS).map(([, rival]) => rival)
    if (rivals.includes('open')) return 'visit-in-doubt'
    if (rivals.some((rival) => rival !== 'released')) return 'visit-already-settled'
    return this.#move(settlement, 'open', 0)
  }

  #move(settlement: number, state: State, fund: number): string {
    this.states.set(settlement, state)
    const person = `99999900000${(settlement % VISITS) % 2}`
    this.counters.set(person, (this.counters.get(person) ?? 0) + fund)
    this.outcomes += 1
    return 'written'
  }
}

function act(ledger: Ledger, { action, settlement }: Step, hold: Hold): string {
  const { settlementId } = hold
  const time = '20230915093005'
  const evidence = {
    source: 'debit-answer', tac: 'a1b2c3d4', mac2: '01020304', serialAfter: 42, balanceAfter: fen(30000)
  } as const
  const result = {
    hold: () => ledger.hold(hold),
    post: () => ledger.post({ settlementId, evidence, postedAt: time }),
    release: () => ledger.release({ settlementId, proof: 'the card says no', releasedAt: time }),
    correct: () => ledger.correct({ correctionId: `C${settlement}`, settlementId, reason: '退货', correctedAt: time })
  }[action]()
  return result.ok ? result.value.outcome : result.error.kind
}

const steps = fc.array(
  fc.record({
    action: fc.constantFrom<Action>('hold', 'hold', 'post', 'post', 'release', 'correct'),
    settlement: fc.nat({ max: VISITS * TRIES_PER_VISIT - 1 })
  }),
  { minLength: 10, maxLength: 40 }
)
const SETTLEMENTS = VISITS * TRIES_PER_VISIT
const funds = fc.array(fc.integer({ min: 0, max: 22000 }), { minLength: SETTLEMENTS, maxLength: SETTLEMENTS })

test('the ledger answers as the model does, conserves money, and verifies', () => {
  let runs = 0
  let written = 0
  fc.assert(
    fc.property(steps, funds, (sequence, fundOf) => {
      runs += 1
      const path = join(folder, `${runs}.db`)
      const ledger = value(openLedger({ path, create: true }))
      const model = new Model()
      for (const step of sequence) {
        const fund = fundOf[step.settlement] ?? 0
        const expected = model.expect(step, fund)
        expect([step, act(ledger, step, holdOf(step.settlement, fund))]).toEqual([step, expected])
      }
      written += model.outcomes
      for (const [personNo, amount] of model.counters) {
        const counters = value(ledger.counters({ personNo, insuranceType: '310', policyYear: 2023 }))
        expect(counters['hifp_pay'] ?? (0 as Fen)).toBe(amount)
      }
      const open = [...model.states].flatMap(([settlement, state]) => (state === 'open' ? [sale(settlement).settlementId] : []))
      expect(value(ledger.openHolds()).map(({ fact }) => fact.settlementId).toSorted()).toEqual(open.toSorted())
      ledger.close()
      expect(value(verifyLedger(path)).findings).toEqual([])
    }),
    { numRuns: 40 }
  )
  expect(written).toBeGreaterThan(100)
})
