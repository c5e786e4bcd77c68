/**
 * Random sequences of what a counter and its centre do to the ledger, against a model of a few maps: every outcome as the
 * model says, money conserved, counters equal to their recomputation, and the verifier content at the end.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { never } from '../../base/invariant.ts'
import { date } from '../../settlement/calendar/business-date.ts'
import type { Hold, OfRecord } from '../../settlement/ledger/fact.ts'
import type { Ledger } from '../../settlement/ledger/ledger.ts'
import { fen } from '../../settlement/money/fen.ts'
import { openLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import { verifyLedger } from '../../settlement/verifier/verify-ledger.ts'
import { dispensing, packs } from '../contract/dispensing-fixture.ts'
import { line, loadBack, loadEvidence, sale, SALE_AMOUNTS } from '../contract/ledger-fixture.ts'
import { value } from '../contract/ledger-store.contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'model-'))
afterAll(() => rmSync(folder, { recursive: true }))

const ACTIONS = [
  'hold', 'hold', 'hold', 'post', 'post', 'post', 'release', 'correct', 'correct', 'confirm', 'adjust', 'adjust',
  'load', 'load', 'load', 'load', 'loaded', 'loaded', 'not-loaded', 'not-loaded', 'close', 'reopen'
] as const
type Action = (typeof ACTIONS)[number]
type State = 'open' | 'posted' | 'released' | 'corrected'

interface Step {
  readonly action: Action
  readonly settlement: number
}

const VISITS = 3
const TRIES_PER_VISIT = 2
/** Settlements 0 and 4, and 1 and 5, sell the same pack on different visits. */
const PACKS = 4
const TIME = '20230915093005'
const DAY = '2023-09-15'
/** What the card pays, what of it the centre takes off when it adjusts, and what one load gives back. */
const DEBITED = 20000
const TOO_MUCH = 5000
/** What an adjustment adds to the counter of the fund. */
const ADDED = 7

/** Two settlement ids compete for each visit; two persons share the visits; the fund pays `fund` fen, cash the rest. */
function holdOf(settlement: number, fund: number): Hold {
  const visit = settlement % VISITS
  return dispensing(settlement, [{ prd_days: '7', drug_trac_info: packs(`P${settlement % PACKS}`) }], {
    visit: { institution: 'P99999900001', visitNo: `V${visit}` },
    personNo: `99999900000${visit % 2}`,
    amounts: amountsOf(fund, DEBITED),
    lines: [line('1', 'XA01BCD0000001', '测试药品甲', { amount: 42000, ownPay: 2000 })],
    counters: { hifp_pay: fen(fund) }
  })
}

const amountsOf = (fund: number, account: number): Hold['amounts'] => ({
  ...SALE_AMOUNTS,
  funds: { ...SALE_AMOUNTS.funds, hifp_pay: fen(fund) },
  fundPaid: fen(fund),
  personal: fen(42000 - fund),
  account: fen(account),
  cash: fen(42000 - fund - account)
})

const ofRecord = (fund: number): OfRecord => ({
  amounts: amountsOf(fund, DEBITED - TOO_MUCH),
  counters: { hifp_pay: fen(fund + ADDED) },
  reason: 'counters-differ'
})

interface Settlement {
  state: State
  told: 'confirm' | 'adjust' | undefined
  /** The centre's amounts count: they came before a correction. */
  adjusted: boolean
  loads: ('open' | 'posted' | 'released')[]
}

const isLive = (state: State): boolean => state === 'open' || state === 'posted'

class Model {
  readonly settlements = new Map<number, Settlement>()
  readonly counters = new Map<string, number>()
  readonly closes: { readonly sequence: number; reopened: boolean }[] = []
  /** Facts written: where the ledger stands. */
  written = 0
  awaiting = 0

  /** What the ledger must answer: an outcome, or the kind of its refusal. */
  expect({ action, settlement }: Step, fund: number): string {
    const known = this.settlements.get(settlement)
    switch (action) {
      case 'hold':
        return this.#hold(settlement, known?.state)
      case 'post':
        if (known === undefined) return 'hold-unknown'
        if (known.state === 'released') return 'hold-not-open'
        return known.state === 'open' ? this.#move(settlement, known, 'posted', fund) : 'exists'
      case 'release':
        if (known === undefined) return 'hold-unknown'
        if (known.state === 'released') return 'exists'
        return known.state === 'open' ? this.#move(settlement, known, 'released', 0) : 'hold-not-open'
      case 'correct':
        if (known?.state === 'corrected') return 'exists'
        return known?.state === 'posted' ? this.#move(settlement, known, 'corrected', -fund - (known.adjusted ? ADDED : 0)) : 'settlement-unknown'
      case 'confirm':
      case 'adjust':
        return this.#confirm(settlement, known, action)
      case 'load':
        return this.#load(known)
      case 'loaded':
        return this.#endLoad(known, 'posted')
      case 'not-loaded':
        return this.#endLoad(known, 'released')
      case 'close':
        return this.#close()
      case 'reopen':
        return this.#reopen()
      default:
        return never(action)
    }
  }

  owed(settlement: number): number {
    const known = this.settlements.get(settlement)
    if (known === undefined) return 0
    const debt = known.state === 'corrected' ? DEBITED : known.adjusted ? TOO_MUCH : 0
    return debt - TOO_MUCH * known.loads.filter((load) => load !== 'released').length
  }

  #hold(settlement: number, state: State | undefined): string {
    if (state !== undefined) return 'exists'
    const rivals = this.#statesOf((other) => other % VISITS === settlement % VISITS)
    if (rivals.includes('open')) return 'visit-in-doubt'
    if (rivals.some((rival) => rival !== 'released')) return 'visit-already-settled'
    if (this.#statesOf((other) => other % PACKS === settlement % PACKS).some(isLive)) return 'trace-code-sold'
    const known: Settlement = { state: 'open', told: undefined, adjusted: false, loads: [] }
    this.settlements.set(settlement, known)
    return this.#move(settlement, known, 'open', 0)
  }

  #statesOf(matches: (settlement: number) => boolean): State[] {
    return [...this.settlements].filter(([settlement]) => matches(settlement)).map(([, { state }]) => state)
  }

  #move(settlement: number, known: Settlement, state: State, fund: number): string {
    known.state = state
    if (state === 'posted' || state === 'corrected') this.awaiting += 1
    return this.#write(settlement, fund)
  }

  #write(settlement: number, fund = 0): string {
    const person = `99999900000${(settlement % VISITS) % 2}`
    this.counters.set(person, (this.counters.get(person) ?? 0) + fund)
    this.written += 1
    return 'written'
  }

  #confirm(settlement: number, known: Settlement | undefined, action: 'confirm' | 'adjust'): string {
    if (known === undefined || known.state === 'open' || known.state === 'released') return 'target-unknown'
    if (known.told !== undefined) return known.told === action ? 'exists' : 'already-confirmed'
    known.told = action
    known.adjusted = action === 'adjust' && known.state === 'posted'
    this.awaiting -= 1
    return this.#write(settlement, known.adjusted ? ADDED : 0)
  }

  #load(known: Settlement | undefined): string {
    if (known === undefined || known.state === 'open' || known.state === 'released') return 'settlement-unknown'
    if (known.loads.at(-1) === 'open') return 'exists'
    const settlement = [...this.settlements].find(([, other]) => other === known)?.[0] ?? 0
    if (this.owed(settlement) === 0) return 'nothing-owed'
    known.loads.push('open')
    return this.#write(settlement)
  }

  #endLoad(known: Settlement | undefined, end: 'posted' | 'released'): string {
    const last = known?.loads.at(-1)
    if (known === undefined || last === undefined) return 'load-unknown'
    if (last !== 'open') return last === end ? 'exists' : 'load-not-open'
    known.loads[known.loads.length - 1] = end
    if (end === 'posted') this.awaiting += 1
    return this.#write(0)
  }

  #close(): string {
    const last = this.closes.findLast(({ reopened }) => !reopened)
    if (last?.sequence === this.written) return 'nothing-to-close'
    this.#write(0)
    this.closes.push({ sequence: this.written, reopened: false })
    return 'written'
  }

  #reopen(): string {
    const last = this.closes.at(-1)
    if (last === undefined) return 'close-unknown'
    if (last.reopened) return 'exists'
    last.reopened = true
    return this.#write(0)
  }
}

function act(ledger: Ledger, { action, settlement }: Step, { hold, fund }: { readonly hold: Hold; readonly fund: number }): string {
  const { settlementId } = hold
  const evidence = {
    source: 'debit-answer', tac: 'a1b2c3d4', mac2: '01020304', serialAfter: 42, balanceAfter: fen(30000)
  } as const
  const loads = value(ledger.loadsOf(settlementId))
  const isOpen = loads.at(-1)?.closing === undefined && loads.length > 0
  const [last, next] = [`L${settlement}-${loads.length}`, `L${settlement}-${loads.length + (isOpen ? 0 : 1)}`]
  const told = {
    id: settlementId, target: value(ledger.settlement(settlementId))?.posting.sequence ?? 0, setlId: 'T', setlTime: TIME, confirmedAt: TIME
  }
  const close = { day: DAY, report: new Uint8Array(0), signature: 'cafe', closedAt: TIME }
  const result = {
    hold: () => ledger.hold(hold),
    post: () => ledger.post({ settlementId, evidence, postedAt: TIME }),
    release: () => ledger.release({ settlementId, proof: 'the card says no', releasedAt: TIME }),
    correct: () => ledger.correct({ correctionId: `C${settlement}`, settlementId, reason: '退货', correctedAt: TIME }),
    confirm: () => ledger.confirm({ ...told, ofRecord: undefined }),
    adjust: () => ledger.confirm({ ...told, ofRecord: ofRecord(fund) }),
    load: () => ledger.holdLoad(loadBack(settlement, TOO_MUCH, next)),
    loaded: () => ledger.postLoad({ loadId: last, evidence: loadEvidence(TOO_MUCH), postedAt: TIME }),
    'not-loaded': () => ledger.releaseLoad({ loadId: last, proof: 'serial unchanged', releasedAt: TIME }),
    close: () => ledger.closeDay({ ...close, upTo: value(ledger.head()).sequence }),
    reopen: () =>
      ledger.reopenDay({ day: DAY, close: value(ledger.closes(1))[0]?.close.sequence ?? 0, reason: '重数', reopenedAt: TIME })
  }[action]()
  return result.ok ? result.value.outcome : result.error.kind
}

const steps = fc.array(
  fc.record({
    action: fc.constantFrom<Action>(...ACTIONS),
    // The first of them again and again, so that some get far.
    settlement: fc.constantFrom(0, 0, 0, 0, 1, 1, 2, 3, 4, 5)
  }),
  { minLength: 30, maxLength: 80, size: 'max' }
)
const SETTLEMENTS = VISITS * TRIES_PER_VISIT
const funds = fc.array(fc.integer({ min: 0, max: 22000 }), { minLength: SETTLEMENTS, maxLength: SETTLEMENTS })

test('the ledger answers as the model does, conserves money, and verifies', () => {
  let runs = 0
  const outcomes = new Map<string, number>()
  fc.assert(
    fc.property(steps, funds, (sequence, fundOf) => {
      runs += 1
      const path = join(folder, `${runs}.db`)
      const ledger = value(openLedger({ path, create: true }))
      const model = new Model()
      for (const step of sequence) {
        const fund = fundOf[step.settlement] ?? 0
        const expected = model.expect(step, fund)
        expect([step, act(ledger, step, { hold: holdOf(step.settlement, fund), fund })]).toEqual([step, expected])
        outcomes.set(`${step.action} ${expected}`, (outcomes.get(`${step.action} ${expected}`) ?? 0) + 1)
      }
      expect(value(ledger.head()).sequence).toBe(model.written)
      for (const [personNo, amount] of model.counters) {
        const counters = value(ledger.counters({ personNo, insuranceType: '310', policyYear: 2023 }))
        expect(counters['hifp_pay'] ?? 0).toBe(amount)
      }
      const open = [...model.settlements].flatMap(([settlement, { state }]) => (state === 'open' ? [sale(settlement).settlementId] : []))
      expect(value(ledger.openHolds()).map(({ fact }) => fact.settlementId).toSorted()).toEqual(open.toSorted())
      for (const [settlement, { state }] of model.settlements) {
        const owed = value(ledger.owedToCard(sale(settlement).settlementId))
        expect(owed?.owed).toBe(state === 'open' || state === 'released' ? undefined : model.owed(settlement))
      }
      const sold = [...model.settlements].flatMap(([settlement, { state }]) => (isLive(state) ? [`P${settlement % PACKS}`] : []))
      expect([...value(ledger.soldCodes(['P0', 'P1', 'P2', 'P3'])).keys()]).toEqual(sold.toSorted())
      const supplied = ['999999000000', '999999000001'].flatMap((personNo) => value(ledger.suppliesOf(personNo, date('2023-01-01'))))
      expect(supplied).toHaveLength([...model.settlements.values()].filter(({ state }) => state === 'posted').length)
      expect(value(ledger.unconfirmed()).count).toBe(model.awaiting)
      expect(value(ledger.provedTotals(DAY, DAY))).toEqual(value(ledger.dayTotals(DAY, DAY)))
      const restored = join(folder, `${runs}-restored.db`)
      const again = value(openLedger({ path: restored, create: true }))
      expect(value(again.restore(value(ledger.links(0, 1_000))))).toBe(model.written)
      expect(value(again.dayTotals(DAY, DAY))).toEqual(value(ledger.dayTotals(DAY, DAY)))
      again.close()
      ledger.close()
      expect(value(verifyLedger(path))).toMatchObject({ findings: [], resultsLost: 0 })
      expect(value(verifyLedger(restored))).toEqual({ ...value(verifyLedger(path)), resultsLost: expect.any(Number) })
    }),
    { numRuns: 60 }
  )
  for (const outcome of ['correct written', 'adjust written', 'loaded written', 'not-loaded written', 'reopen written', 'load nothing-owed', 'hold trace-code-sold']) {
    expect([outcome, outcomes.get(outcome) ?? 0]).toEqual([outcome, expect.toSatisfy((count: number) => count > 0)])
  }
})
