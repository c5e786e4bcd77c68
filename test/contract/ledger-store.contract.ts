/** What every ledger store must keep, seen through the ledger itself. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Result } from '../../base/result.ts'
import { entriesOf } from '../../settlement/ledger/journal.ts'
import type { Ledger } from '../../settlement/ledger/ledger.ts'
import { fen } from '../../settlement/money/fen.ts'
import { EVIDENCE, sale } from './ledger-fixture.ts'

const POSTED_AT = '20230915093005'

export function describeLedgerStore(driver: string, openEmpty: () => Ledger): void {
  describe(`ledger on ${driver}`, () => {
    let ledger: Ledger

    beforeEach(() => {
      ledger = openEmpty()
    })
    afterEach(() => ledger.close())

    const settle = (number: number): void => {
      value(ledger.hold(sale(number)))
      value(ledger.post({ settlementId: sale(number).settlementId, evidence: EVIDENCE, postedAt: POSTED_AT }))
    }
    const post = (number: number) =>
      ledger.post({ settlementId: sale(number).settlementId, evidence: EVIDENCE, postedAt: POSTED_AT })
    const release = (number: number, proof = 'the card says no') =>
      ledger.release({ settlementId: sale(number).settlementId, proof, releasedAt: POSTED_AT })
    const correct = (number: number, correctionId = `C${number}`) => {
      const { settlementId } = sale(number)
      return ledger.correct({ correctionId, settlementId, reason: '退货', correctedAt: '20230916100000' })
    }
    const countersOf = (number: number) => value(ledger.counters(sale(number)))

    test('an empty ledger stands at 0, owes nothing and knows nobody', () => {
      expect(value(ledger.head())).toMatchObject({ sequence: 0 })
      expect(value(ledger.openHolds())).toEqual([])
      expect(value(ledger.log(0, 10))).toEqual([])
      expect(value(ledger.unconfirmed())).toEqual({ count: 0, since: undefined })
      expect(countersOf(1)).toEqual({})
      expect(value(ledger.settlement('nobody'))).toBeUndefined()
      expect(value(ledger.holdByVisit(sale(1).visit))).toBeUndefined()
    })

    describe('a hold', () => {
      test('is found open by its id, by its visit and among the open ones, with everything it was given', () => {
        value(ledger.hold(sale(1)))
        const [open] = value(ledger.openHolds())
        expect(open?.sequence).toBe(1)
        expect(open?.fact).toEqual({ kind: 'hold', ...sale(1) })
        expect(value(ledger.holdByVisit(sale(1).visit))?.hold).toEqual(open)
        expect(value(ledger.holdState(sale(1).settlementId))).toEqual({ hold: open, closing: undefined })
      })

      test('moves no counter and no total, and waits for no confirmation', () => {
        value(ledger.hold(sale(1)))
        expect(countersOf(1)).toEqual({})
        expect(value(ledger.unconfirmed()).count).toBe(0)
        expect(value(ledger.dayTotals('2000-01-01', '2099-12-31'))).toEqual([])
      })

      test('keeps an absent balance absent', () => {
        const { intent } = sale(1)
        value(ledger.hold(sale(1, { intent: { ...intent, balanceBefore: undefined } })))
        expect(value(ledger.openHolds())[0]?.fact.intent.balanceBefore).toBeUndefined()
      })

      test('given twice is written once', () => {
        expect(value(ledger.hold(sale(1))).outcome).toBe('written')
        expect(value(ledger.hold(sale(1))).outcome).toBe('exists')
        expect(value(ledger.head()).sequence).toBe(1)
      })

      test('given again after its posting shows that it is closed', () => {
        settle(1)
        const again = value(ledger.hold(sale(1)))
        expect(again.outcome).toBe('exists')
        expect(again.state.closing?.fact.kind).toBe('posting')
      })

      test('of a visit in doubt is refused, naming the hold that waits', () => {
        value(ledger.hold(sale(1)))
        expect(ledger.hold(sale(1, { settlementId: 'another' }))).toEqual({
          ok: false,
          error: { kind: 'visit-in-doubt', visit: sale(1).visit, settlementId: sale(1).settlementId }
        })
      })

      test('of a settled visit is refused, also after the settlement was corrected', () => {
        settle(1)
        const refusal = {
          ok: false,
          error: { kind: 'visit-already-settled', visit: sale(1).visit, settlementId: sale(1).settlementId }
        }
        expect(ledger.hold(sale(1, { settlementId: 'another' }))).toEqual(refusal)
        value(correct(1))
        expect(ledger.hold(sale(1, { settlementId: 'another' }))).toEqual(refusal)
      })

      test('of another visit under an id that is taken is a conflict', () => {
        value(ledger.hold(sale(1)))
        const taken = sale(2, { settlementId: sale(1).settlementId })
        expect(ledger.hold(taken)).toEqual({ ok: false, error: { kind: 'id-conflict', id: sale(1).settlementId } })
      })

      test('of a released visit is possible under a new id', () => {
        value(ledger.hold(sale(1)))
        value(release(1))
        expect(value(ledger.hold(sale(1, { settlementId: 'second try' }))).outcome).toBe('written')
      })

      test('that would carry a counter past nine milliard yuan is refused before the card is asked', () => {
        const person = { personNo: '999999000001' }
        const huge = { act_pay_dedc: fen(900_000_000_000) }
        value(ledger.hold(sale(1, { ...person, counters: huge })))
        value(post(1))
        const key = { ...person, insuranceType: '310', policyYear: 2023 }
        expect(ledger.hold(sale(2, { ...person, counters: huge }))).toEqual({
          ok: false,
          error: { kind: 'counter-out-of-range', key, counter: 'act_pay_dedc' }
        })
      })

      test('whose amounts break an identity is no refusal but a broken invariant, and leaves nothing behind', () => {
        const amounts = { ...sale(1).amounts, cash: fen(4501) }
        expect(() => ledger.hold(sale(1, { amounts }))).toThrow('I2 does not hold: 24500 is not 24501 fen')
        expect(value(ledger.head()).sequence).toBe(0)
      })
    })

    describe('a posting', () => {
      test('closes its hold, moves the counters and waits for its confirmation', () => {
        settle(1)
        expect(value(ledger.openHolds())).toEqual([])
        expect(countersOf(1)).toEqual({ act_pay_dedc: 15000, hifp_pay: 17500 })
        const [waiting] = value(ledger.awaiting(10))
        expect(waiting).toMatchObject({ sequence: 2, fact: { kind: 'posting' }, hash: value(ledger.head()).hash })
        expect(value(ledger.awaiting(10, 2))).toEqual([])
        expect(value(ledger.unconfirmed())).toEqual({ count: 1, since: POSTED_AT })
      })

      test('is double entry: the fund 175.00, the card 200.00 and cash 45.00 owed, 420.00 earned', () => {
        settle(1)
        const state = value(ledger.settlement(sale(1).settlementId))
        expect(state?.provisional).toBe(true)
        expect(state === undefined ? undefined : entriesOf(state.hold.fact.amounts)).toEqual([
          { account: 'fund:hifp_pay', amount: 17500 },
          { account: 'personal-account', amount: 20000 },
          { account: 'cash', amount: 4500 },
          { account: 'revenue', amount: -42000 }
        ])
      })

      test('says what the hold said, and the evidence', () => {
        settle(1)
        const { settlementId } = sale(1)
        const state = value(ledger.settlement(settlementId))
        expect(state?.hold.fact).toEqual({ kind: 'hold', ...sale(1) })
        const posting = { kind: 'posting', settlementId, hold: 1, evidence: EVIDENCE, postedAt: POSTED_AT }
        expect(state?.posting.fact).toEqual(posting)
      })

      test('given twice is written once, even with a later time or the proof from the log', () => {
        settle(1)
        const { settlementId } = sale(1)
        const fromLog = { ...EVIDENCE, source: 'transaction-log', tac: undefined, mac2: undefined } as const
        expect(value(ledger.post({ settlementId, evidence: fromLog, postedAt: '20230916080000' })).outcome).toBe('exists')
        expect(countersOf(1)).toEqual({ act_pay_dedc: 15000, hifp_pay: 17500 })
        expect(value(ledger.head()).sequence).toBe(2)
      })

      test('with another proof than the one posted is a conflict', () => {
        settle(1)
        const { settlementId } = sale(1)
        const other = { ...EVIDENCE, tac: 'ffffffff' }
        expect(ledger.post({ settlementId, evidence: other, postedAt: POSTED_AT })).toEqual({
          ok: false,
          error: { kind: 'id-conflict', id: settlementId }
        })
      })

      test('without a hold, or of a released hold, is refused', () => {
        const { settlementId } = sale(1)
        expect(post(1)).toEqual({ ok: false, error: { kind: 'hold-unknown', settlementId } })
        value(ledger.hold(sale(1)))
        value(release(1))
        expect(post(1)).toEqual({ ok: false, error: { kind: 'hold-not-open', settlementId, closedBy: 'release' } })
      })

      test('whose evidence shows another debit than the hold asked for is refused and leaves the hold in doubt', () => {
        value(ledger.hold(sale(1)))
        const { settlementId } = sale(1)
        const evidence = { ...EVIDENCE, balanceAfter: fen(50000) }
        expect(ledger.post({ settlementId, evidence, postedAt: POSTED_AT })).toEqual({
          ok: false,
          error: { kind: 'evidence-contradicts', settlementId, balanceExpected: 30000, balanceFound: 50000 }
        })
        expect(value(ledger.openHolds())).toHaveLength(1)
      })

      test('without a balance on the card, without TAC and MAC2, keeps them absent', () => {
        const { intent, settlementId } = sale(1)
        value(ledger.hold(sale(1, { intent: { ...intent, balanceBefore: undefined } })))
        const absent = { tac: undefined, mac2: undefined, balanceAfter: undefined }
        const bare = { source: 'transaction-log', serialAfter: 42, ...absent } as const
        value(ledger.post({ settlementId, evidence: bare, postedAt: POSTED_AT }))
        expect(value(ledger.settlement(settlementId))?.posting.fact.evidence).toEqual(bare)
      })

      test('of the same person and year adds up; another year and another insurance type stand alone', () => {
        const person = { personNo: '999999000001' }
        const changes = [{}, {}, { policyYear: 2024 }, { insuranceType: '390' }]
        for (const [number, change] of changes.entries()) {
          value(ledger.hold(sale(number, { ...person, ...change })))
          value(post(number))
        }
        const key = { ...person, insuranceType: '310', policyYear: 2023 }
        expect(value(ledger.counters(key))).toEqual({ act_pay_dedc: 30000, hifp_pay: 35000 })
        expect(value(ledger.counters({ ...key, policyYear: 2024 }))).toEqual({ act_pay_dedc: 15000, hifp_pay: 17500 })
        expect(value(ledger.counters({ ...key, insuranceType: '390' }))).toEqual({ act_pay_dedc: 15000, hifp_pay: 17500 })
      })
    })

    describe('a release', () => {
      test('closes the hold without moving money, and may be repeated', () => {
        value(ledger.hold(sale(1)))
        expect(value(release(1)).outcome).toBe('written')
        expect(value(release(1)).outcome).toBe('exists')
        expect(value(ledger.openHolds())).toEqual([])
        expect(countersOf(1)).toEqual({})
        expect(value(ledger.holdState(sale(1).settlementId))?.closing?.fact.kind).toBe('release')
      })

      test('with another proof is a conflict; of a posted or unknown hold it is refused', () => {
        const { settlementId } = sale(1)
        expect(release(1)).toEqual({ ok: false, error: { kind: 'hold-unknown', settlementId } })
        value(ledger.hold(sale(1)))
        value(release(1))
        expect(release(1, 'the centre says no')).toEqual({ ok: false, error: { kind: 'id-conflict', id: settlementId } })
        settle(2)
        expect(release(2)).toEqual({
          ok: false,
          error: { kind: 'hold-not-open', settlementId: sale(2).settlementId, closedBy: 'posting' }
        })
      })
    })

    describe('a correction', () => {
      test('takes the whole settlement back: the deductible of 150.00 and the 175.00 of the pool return', () => {
        settle(1)
        const { recorded } = value(correct(1))
        expect(countersOf(1)).toEqual({})
        expect(value(ledger.awaiting(10, 2))).toMatchObject([{ sequence: 3, fact: { kind: 'correction' } }])
        const state = value(ledger.settlement(sale(1).settlementId))
        expect(state?.hold.fact.amounts.total).toBe(42000)
        expect(state?.correction).toEqual(recorded)
      })

      test('given twice is written once, a second one of the same settlement is refused', () => {
        settle(1)
        expect(value(correct(1)).outcome).toBe('written')
        expect(value(correct(1)).outcome).toBe('exists')
        expect(correct(1, 'C-other')).toEqual({
          ok: false,
          error: { kind: 'already-corrected', settlementId: sale(1).settlementId, correctionId: 'C1' }
        })
      })

      test('under an id that corrected another settlement is a conflict', () => {
        settle(1)
        settle(2)
        value(correct(1))
        expect(correct(2, 'C1')).toEqual({ ok: false, error: { kind: 'id-conflict', id: 'C1' } })
      })

      test('of what was never posted is refused', () => {
        value(ledger.hold(sale(1)))
        expect(correct(1)).toEqual({
          ok: false,
          error: { kind: 'settlement-unknown', settlementId: sale(1).settlementId }
        })
      })
    })

    test('settlements are listed newest first, by person, in pages', () => {
      for (const number of [1, 2, 3]) settle(number)
      const ids = (query: Parameters<Ledger['settlements']>[0]) =>
        value(ledger.settlements(query)).map(({ hold }) => hold.sequence)
      expect(ids({ limit: 2 })).toEqual([5, 3])
      expect(ids({ limit: 2, before: 3 })).toEqual([1])
      expect(ids({ limit: 9, personNo: sale(2).personNo })).toEqual([3])
    })
  })
}

export function value<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`)
  return result.value
}
