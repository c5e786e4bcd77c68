/** What every ledger store must keep of what a centre says: confirmations, adjustments, loads, and of closed days. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decodeContent } from '../../settlement/ledger/fact-decoding.ts'
import type { OfRecord } from '../../settlement/ledger/fact.ts'
import type { ConfirmRequest, Ledger } from '../../settlement/ledger/ledger.ts'
import { fen } from '../../settlement/money/fen.ts'
import { hexOf } from '../../settlement/sync/batch-maker.ts'
import { EVIDENCE, loadBack, loadEvidence, OF_RECORD, OF_RECORD_LESS_ACCOUNT, sale } from './ledger-fixture.ts'
import { value } from './ledger-store.contract.ts'

const POSTED_AT = '20230915093005'
const CONFIRMED_AT = '20230916080000'
const LOADED_AT = '20230917090005'

export function describeLedgerOfCentre(driver: string, openEmpty: () => Ledger): void {
  describe(`ledger and centre on ${driver}`, () => {
    let ledger: Ledger
    beforeEach(() => {
      ledger = openEmpty()
    })
    afterEach(() => ledger.close())

    const { settlementId } = sale(1)
    const settle = (number = 1, postedAt = POSTED_AT): void => {
      value(ledger.hold(sale(number)))
      value(ledger.post({ settlementId: sale(number).settlementId, evidence: EVIDENCE, postedAt }))
    }
    const correct = (number = 1) =>
      ledger.correct({ correctionId: `C${number}`, settlementId: sale(number).settlementId, reason: '退货', correctedAt: CONFIRMED_AT })
    const confirm = (target: number, ofRecord?: OfRecord, changes: { setlId?: string; id?: string; confirmedAt?: string; setlTime?: string } = {}) =>
      ledger.confirm({ id: settlementId, target, setlId: `T${target}`, setlTime: '20230915235959', confirmedAt: CONFIRMED_AT, ...changes, ofRecord })
    const state = () => {
      const found = value(ledger.settlement(settlementId))
      if (found === undefined) throw new Error('not settled')
      return found
    }
    const postLoad = (amount: number, loadId = 'L1') => ledger.postLoad({ loadId, evidence: loadEvidence(amount), postedAt: LOADED_AT })
    const sumOf = (from: string, to: string) =>
      value(ledger.dayTotals(from, to)).map(({ day, hour, settlements, corrections, adjustments, amounts }) => [
        day, hour, settlements, corrections, adjustments, amounts.total, amounts.fundPaid, amounts.account, amounts.cash
      ])
    /** In hex, for they are only lent. */
    const lent = (after: number, limit: number, most = limit): string[] => {
      const contents: string[] = []
      value(ledger.lendContents(after, limit, (content) => contents.push(hexOf(content)) < most))
      return contents
    }
    const expectProved = (): void => {
      const all = ['2000-01-01', '2099-12-31'] as const
      expect(value(ledger.provedTotals(...all))).toEqual(value(ledger.dayTotals(...all)))
    }

    describe('the log', () => {
      test('has every fact in the order of the chain, with the content that its hash covers', () => {
        settle()
        value(correct())
        const entries = value(ledger.log(0, 10))
        expect(entries.map(({ sequence, fact }) => [sequence, fact.kind])).toEqual([[1, 'hold'], [2, 'posting'], [3, 'correction']])
        expect(entries.map(({ content }) => decodeContent(content).fact)).toEqual(entries.map(({ fact }) => fact))
        expect(entries.at(-1)?.hash).toEqual(value(ledger.head()).hash)
        expect(value(ledger.log(1, 1)).map(({ sequence }) => sequence)).toEqual([2])
        expect(value(ledger.log(3, 10))).toEqual([])
        expect(value(ledger.links(1, 10))).toEqual(entries.slice(1).map(({ sequence, hash, content }) => expect.objectContaining({ sequence, hash, content })))
        expect(lent(1, 10)).toEqual(entries.slice(1).map(({ content }) => hexOf(content)))
        expect(lent(0, 3, 1)).toEqual(entries.slice(0, 1).map(({ content }) => hexOf(content)))
        expect(lent(0, 3)).toHaveLength(3)
        expect(value(ledger.kinds(1, 10))).toEqual(['posting', 'correction'])
        expect(value(ledger.kinds(0, 1))).toEqual(['hold'])
      })

      test('has holds without their results, which `settlement` has', () => {
        settle()
        const [entry] = value(ledger.log(0, 1))
        expect(entry?.fact).toEqual({ kind: 'hold', ...sale(1), result: new Uint8Array(0) })
        expect(state().hold.fact.result).toEqual(sale(1).result)
      })
    })

    describe('a confirmation', () => {
      test('ends what was provisional', () => {
        settle()
        expect(state()).toMatchObject({ provisional: true, confirmation: undefined })
        expect(value(confirm(2)).outcome).toBe('written')
        expect(state().provisional).toBe(false)
        expect(state().confirmation?.fact).toMatchObject({ target: 2, setlId: 'T2', setlTime: '20230915235959' })
        expect(state().effective).toEqual({ amounts: sale(1).amounts, counters: sale(1).counters })
        expect(value(ledger.unconfirmed())).toEqual({ count: 0, since: undefined })
      })

      test('is awaited by postings and corrections, the oldest first; of the rest nothing is said', () => {
        settle(1)
        settle(2, '20230915100000')
        value(correct(1))
        expect(value(ledger.awaiting(10)).map(({ sequence }) => sequence)).toEqual([2, 4, 5])
        expect(value(ledger.awaiting(1, 2)).map(({ sequence }) => sequence)).toEqual([4])
        value(confirm(2))
        expect(value(ledger.unconfirmed())).toEqual({ count: 2, since: '20230915100000' })
        value(confirm(5))
        expect(value(ledger.awaiting(10)).map(({ sequence }) => sequence)).toEqual([4])
        expect(state().correctionConfirmation?.fact.setlId).toBe('T5')
      })

      test('is found by the time that the centre gave it', () => {
        settle()
        value(confirm(2))
        const found = (from: string, to: string) => value(ledger.confirmed(from, to)).map(({ sequence }) => sequence)
        expect(found('20230915000000', '20230915235959')).toEqual([3])
        expect(found('20230916000000', '20230916235959')).toEqual([])
      })

      test('given twice is written once, also later; with other words it is refused and the first stays', () => {
        settle()
        value(confirm(2))
        expect(value(confirm(2, undefined, { confirmedAt: '20230917000000' })).outcome).toBe('exists')
        // A centre that was put back from an older copy has booked the same once more.
        expect(value(confirm(2, undefined, { setlTime: '20230918000000' })).outcome).toBe('exists')
        const refusal = { ok: false, error: { kind: 'already-confirmed', target: 2, setlId: 'T2' } }
        expect(confirm(2, undefined, { setlId: 'other' })).toEqual(refusal)
        expect(confirm(2, OF_RECORD)).toEqual(refusal)
        expect(value(ledger.head()).sequence).toBe(3)
      })

      test('of many is what it is of each, and what is refused leaves the others written', () => {
        const told = (target: number, setlId = `T${target}`): ConfirmRequest => ({ target, setlId, setlTime: '20230915235959', ofRecord: target === 6 ? OF_RECORD : undefined, confirmedAt: CONFIRMED_AT })
        const others = Array.from({ length: 40 }, (_, index) => told(8 + 2 * index))
        const all = [told(2), told(4), told(2, 'other'), told(4), told(6), told(87), told(99), ...others]
        const filled = (): void => {
          for (let number = 1; number <= 43; number += 1) settle(number)
          value(correct(1))
        }
        filled()
        const outcomes = all.map((request) => ledger.confirm(request))
        const chain = value(ledger.links(0, 100))
        ledger.close()
        ledger = openEmpty()
        filled()
        expect(value(ledger.confirmAll(all, () => false))).toEqual(outcomes)
        expect(outcomes.map((outcome) => (outcome.ok ? outcome.value.outcome : outcome.error.kind))).toEqual([
          'written', 'written', 'already-confirmed', 'exists', 'written', 'written', 'target-unknown', ...others.map(() => 'written')
        ])
        expect(value(ledger.unconfirmed()).count).toBe(0)
        expect(value(ledger.links(0, 100))).toEqual(chain)
        expect(value(ledger.confirmAll([], () => true))).toEqual([])
      })

      test('of many ends when it is enough, with one at least', () => {
        settle(1)
        settle(2)
        const told = (target: number): ConfirmRequest => ({ target, setlId: `T${target}`, setlTime: '20230915235959', ofRecord: undefined, confirmedAt: CONFIRMED_AT })
        expect(value(ledger.confirmAll([told(2), told(4)], () => true)).length).toBe(1)
        expect(value(ledger.awaiting(10)).map(({ sequence }) => sequence)).toEqual([4])
      })

      test('of what is no posting, or is another settlement, is refused', () => {
        settle()
        for (const target of [1, 3, 99]) expect(confirm(target)).toEqual({ ok: false, error: { kind: 'target-unknown', target } })
        expect(confirm(2, undefined, { id: 'another' })).toEqual({
          ok: false,
          error: { kind: 'target-of-another', target: 2, id: 'another', found: settlementId }
        })
        expect(value(ledger.head()).sequence).toBe(2)
      })

      test('with amounts of record moves counters and totals by the difference, and those are effective', () => {
        settle()
        value(confirm(2, OF_RECORD))
        expect(value(ledger.counters(sale(1)))).toEqual({ act_pay_dedc: 20000, hifp_pay: 14000 })
        expect(state().effective).toEqual({ amounts: OF_RECORD.amounts, counters: OF_RECORD.counters })
        expect(state().hold.fact.amounts).toEqual(sale(1).amounts)
        expect(sumOf('2023-09-15', '2023-09-16')).toEqual([
          ['2023-09-15', 9, 1, 0, 0, 42000, 17500, 20000, 4500],
          ['2023-09-16', 8, 0, 0, 1, 0, -3500, 0, 3500]
        ])
        expectProved()
      })

      test('that brings a counter to nothing leaves none', () => {
        settle()
        value(confirm(2, { ...OF_RECORD, counters: { hifp_pay: fen(14000) } }))
        expect(value(ledger.counters(sale(1)))).toEqual({ hifp_pay: 14000 })
      })

      test('of a correction or a load gives no amounts', () => {
        settle()
        value(correct())
        expect(confirm(3, OF_RECORD)).toEqual({
          ok: false,
          error: { kind: 'of-record-not-allowed', target: 3, targetKind: 'correction' }
        })
      })

      test('whose amounts do not add up, or are of another bill, is refused and moves nothing', () => {
        settle()
        const wrong = (changes: Partial<OfRecord['amounts']>) => {
          const refused = confirm(2, { ...OF_RECORD, amounts: { ...OF_RECORD.amounts, ...changes } })
          return refused.ok || refused.error.kind !== 'of-record-wrong' ? refused : refused.error.identity
        }
        expect(wrong({ hospital: fen(1) })).toBe('I1')
        expect(wrong({ cash: fen(1) })).toBe('I2')
        expect(wrong({ funds: { ...OF_RECORD.amounts.funds, oth_pay: fen(1) } })).toBe('I3')
        expect(wrong({ mutualAid: fen(-1) })).toBe('I4')
        expect(wrong({ ownPay: fen(1) })).toBe('I6')
        expect(wrong({ total: fen(42001), hospital: fen(1), ownPay: fen(2001) })).toBe('I8')
        expect(value(ledger.counters(sale(1)))).toEqual(sale(1).counters)
      })

      test('that would carry a counter past nine milliard yuan is refused', () => {
        const person = { personNo: '999999000001' }
        const huge = { ...OF_RECORD, counters: { hifp_pay: fen(900_000_000_000) } }
        for (const number of [1, 2]) {
          value(ledger.hold(sale(number, person)))
          value(ledger.post({ settlementId: sale(number).settlementId, evidence: EVIDENCE, postedAt: POSTED_AT }))
        }
        value(confirm(2, huge))
        const key = { ...person, insuranceType: '310', policyYear: 2023 }
        expect(confirm(4, huge, { id: sale(2).settlementId })).toEqual({
          ok: false,
          error: { kind: 'counter-out-of-range', key, counter: 'hifp_pay' }
        })
        expect(value(ledger.unconfirmed()).count).toBe(1)
      })
    })

    describe('a correction', () => {
      test('of an adjusted settlement takes back what is effective', () => {
        settle()
        value(confirm(2, OF_RECORD))
        value(correct())
        expect(value(ledger.counters(sale(1)))).toEqual({})
        expect(sumOf('2023-09-16', '2023-09-16')).toEqual([['2023-09-16', 8, 0, 1, 1, -42000, -17500, -20000, -4500]])
        expectProved()
      })

      test('that came before its amounts of record has taken everything back: nothing is adjusted', () => {
        settle()
        value(correct())
        value(confirm(2, OF_RECORD))
        expect(value(ledger.counters(sale(1)))).toEqual({})
        expect(state()).toMatchObject({ provisional: false, effective: { amounts: sale(1).amounts } })
        expect(sumOf('2023-09-16', '2023-09-16')).toEqual([['2023-09-16', 8, 0, 1, 0, -42000, -17500, -20000, -4500]])
        expectProved()
      })
    })

    describe('a load', () => {
      test('pays back what a refund owes the card, held and then posted', () => {
        settle()
        expect(value(ledger.owedToCard(settlementId))).toEqual({ owed: 0, held: 0, loaded: 0 })
        value(correct())
        expect(value(ledger.owedToCard(settlementId))).toEqual({ owed: 20000, held: 0, loaded: 0 })
        expect(value(ledger.holdLoad(loadBack(1, 20000))).outcome).toBe('written')
        expect(value(ledger.owedToCard(settlementId))).toEqual({ owed: 0, held: 20000, loaded: 0 })
        expect(value(ledger.openLoads()).map(({ hold }) => hold.fact.loadId)).toEqual(['L1'])
        expect(value(postLoad(20000)).outcome).toBe('written')
        expect(value(ledger.owedToCard(settlementId))).toEqual({ owed: 0, held: 0, loaded: 20000 })
        expect(value(ledger.openLoads())).toEqual([])
        expect(value(ledger.load('L1'))?.closing?.fact).toMatchObject({ kind: 'load-posting', hold: 4 })
        expect(value(ledger.loadsOf(settlementId)).map(({ hold }) => hold.sequence)).toEqual([4])
      })

      test('waits for its confirmation like a posting', () => {
        settle()
        value(correct())
        value(ledger.holdLoad(loadBack(1, 20000)))
        value(postLoad(20000))
        expect(value(ledger.awaiting(10, 3)).map(({ fact }) => fact.kind)).toEqual(['load-posting'])
        value(confirm(5, undefined, { id: 'L1' }))
        expect(value(ledger.load('L1'))?.confirmation?.fact.setlId).toBe('T5')
        expect(value(ledger.unconfirmed()).count).toBe(2)
      })

      test('pays back what an adjustment owes the card: 50.00 of the 200.00 that it paid', () => {
        settle()
        value(confirm(2, OF_RECORD_LESS_ACCOUNT))
        expect(value(ledger.owedToCard(settlementId))).toEqual({ owed: 5000, held: 0, loaded: 0 })
        value(ledger.holdLoad(loadBack(1, 5000)))
        value(postLoad(5000))
        value(correct())
        expect(value(ledger.owedToCard(settlementId))).toEqual({ owed: 15000, held: 0, loaded: 5000 })
        value(ledger.holdLoad(loadBack(1, 15000, 'L2')))
        value(postLoad(15000, 'L2'))
        expect(value(ledger.owedToCard(settlementId))).toEqual({ owed: 0, held: 0, loaded: 20000 })
      })

      test('the settlements that owe a card something are found, of one card or of all', () => {
        for (const number of [1, 2, 3]) settle(number)
        for (const number of [1, 3]) value(correct(number))
        const owing = (cardId?: string) => value(ledger.owing(cardId)).map(({ hold }) => hold.fact.settlementId)
        expect(owing()).toEqual([sale(1).settlementId, sale(3).settlementId])
        expect(owing(sale(3).intent.cardId)).toEqual([sale(3).settlementId])
        expect(owing(sale(2).intent.cardId)).toEqual([])
        value(ledger.holdLoad(loadBack(1, 15000)))
        value(postLoad(15000))
        expect(owing()).toHaveLength(2)
        value(ledger.holdLoad(loadBack(1, 5000, 'L2')))
        value(postLoad(5000, 'L2'))
        expect(owing()).toEqual([sale(3).settlementId])
      })

      test('that was proved not to have happened leaves the debt as it was', () => {
        settle()
        value(correct())
        value(ledger.holdLoad(loadBack(1, 20000)))
        const release = (proof: string) => ledger.releaseLoad({ loadId: 'L1', proof, releasedAt: LOADED_AT })
        expect(value(release('serial unchanged')).outcome).toBe('written')
        expect(value(release('serial unchanged')).outcome).toBe('exists')
        expect(release('another proof')).toEqual({ ok: false, error: { kind: 'id-conflict', id: 'L1' } })
        expect(value(ledger.owedToCard(settlementId))).toEqual({ owed: 20000, held: 0, loaded: 0 })
        expect(postLoad(20000)).toEqual({ ok: false, error: { kind: 'load-not-open', loadId: 'L1', closedBy: 'load-release' } })
        expect(value(ledger.unconfirmed()).count).toBe(2)
      })

      test('given twice is written once; another one of the card waits for it', () => {
        settle()
        value(correct())
        value(ledger.holdLoad(loadBack(1, 5000)))
        expect(value(ledger.holdLoad(loadBack(1, 5000))).outcome).toBe('exists')
        const { cardId } = sale(1).intent
        const inDoubt = { ok: false, error: { kind: 'load-in-doubt', cardId, loadId: 'L1' } }
        expect(ledger.holdLoad(loadBack(1, 5000, 'L2'))).toEqual(inDoubt)
        expect(ledger.holdLoad(loadBack(1, 6000))).toEqual(inDoubt)
        value(postLoad(5000))
        expect(ledger.holdLoad(loadBack(1, 6000))).toEqual({ ok: false, error: { kind: 'id-conflict', id: 'L1' } })
      })

      test('posted twice is written once, also with the proof from the log; with another proof it is a conflict', () => {
        settle()
        value(correct())
        value(ledger.holdLoad(loadBack(1, 5000)))
        value(postLoad(5000))
        const fromLog = { source: 'transaction-log', tac: undefined, serialAfter: 4, balanceAfter: undefined } as const
        expect(value(ledger.postLoad({ loadId: 'L1', evidence: fromLog, postedAt: LOADED_AT })).outcome).toBe('exists')
        const other = { ...loadEvidence(5000), tac: 'ffffffff' }
        expect(ledger.postLoad({ loadId: 'L1', evidence: other, postedAt: LOADED_AT })).toEqual({ ok: false, error: { kind: 'id-conflict', id: 'L1' } })
        const released = ledger.releaseLoad({ loadId: 'L1', proof: 'none', releasedAt: LOADED_AT })
        expect(released).toEqual({ ok: false, error: { kind: 'load-not-open', loadId: 'L1', closedBy: 'load-posting' } })
      })

      test('of which the card shows another balance stays open', () => {
        settle()
        value(correct())
        value(ledger.holdLoad(loadBack(1, 20000)))
        expect(postLoad(19999)).toEqual({
          ok: false,
          error: { kind: 'evidence-contradicts', loadId: 'L1', balanceExpected: 50000, balanceFound: 49999 }
        })
        expect(value(ledger.openLoads())).toHaveLength(1)
      })

      test('of more than is owed, of nothing owed, onto another card, or for nobody is refused', () => {
        expect(ledger.holdLoad(loadBack(1, 5000))).toEqual({ ok: false, error: { kind: 'settlement-unknown', settlementId } })
        settle()
        expect(ledger.holdLoad(loadBack(1, 5000))).toEqual({ ok: false, error: { kind: 'nothing-owed', settlementId } })
        value(correct())
        expect(ledger.holdLoad(loadBack(1, 20001))).toEqual({
          ok: false,
          error: { kind: 'more-than-owed', settlementId, owed: 20000, asked: 20001 }
        })
        const { intent, ...load } = loadBack(1, 5000)
        expect(ledger.holdLoad({ ...load, intent: { ...intent, cardId: 'another' } })).toEqual({
          ok: false,
          error: { kind: 'card-differs', settlementId }
        })
        expect(postLoad(5000, 'nobody')).toEqual({ ok: false, error: { kind: 'load-unknown', loadId: 'nobody' } })
        expect(ledger.releaseLoad({ loadId: 'nobody', proof: '', releasedAt: LOADED_AT })).toEqual({
          ok: false,
          error: { kind: 'load-unknown', loadId: 'nobody' }
        })
        expect(value(ledger.head()).sequence).toBe(3)
      })

      test('of a credit is given once, unless it was proved not to have happened', () => {
        const credit = (loadId: string) => ({ ...loadBack(1, 5000, loadId), purpose: { kind: 'credit', creditId: 'K1' } }) as const
        value(ledger.holdLoad(credit('L1')))
        value(ledger.releaseLoad({ loadId: 'L1', proof: 'serial unchanged', releasedAt: LOADED_AT }))
        value(ledger.holdLoad(credit('L2')))
        value(postLoad(5000, 'L2'))
        expect(ledger.holdLoad(credit('L3'))).toEqual({ ok: false, error: { kind: 'credit-loaded', creditId: 'K1', loadId: 'L2' } })
        expect(value(ledger.loadsOfCredit('K1')).map(({ hold }) => hold.fact.loadId)).toEqual(['L1', 'L2'])
        expect(value(ledger.loadsOf('K1'))).toEqual([])
      })
    })

    describe('a closed day', () => {
      const report = (text = '{}') => new TextEncoder().encode(text)
      const closeDay = (upTo: number, day = '2023-09-15', text = '{}') =>
        ledger.closeDay({ day, report: report(text), signature: 'cafe', closedAt: '20230915180000', upTo })
      const reopen = (close: number, reason = '现金重数', day = '2023-09-15') =>
        ledger.reopenDay({ day, close, reason, reopenedAt: '20230915190000' })

      test('ends one period and begins the next', () => {
        expect(value(ledger.lastClose())).toBeUndefined()
        settle()
        expect(value(ledger.openPeriod())).toEqual({ after: 0, to: 2 })
        expect(value(closeDay(2)).recorded.sequence).toBe(3)
        expect(value(ledger.lastClose())?.fact).toMatchObject({ day: '2023-09-15', report: report(), signature: 'cafe' })
        expect(value(ledger.openPeriod())).toEqual({ after: 3, to: 3 })
        expect(value(ledger.unconfirmed()).count).toBe(1)
      })

      test('is refused when the ledger goes on behind what was counted', () => {
        settle()
        expect(closeDay(1)).toEqual({ ok: false, error: { kind: 'counted-elsewhere', upTo: 1, head: 2 } })
        expect(closeDay(3)).toEqual({ ok: false, error: { kind: 'counted-elsewhere', upTo: 3, head: 2 } })
      })

      test('closed twice is written once, and with nothing since there is nothing to close', () => {
        settle()
        value(closeDay(2))
        expect(value(closeDay(2)).outcome).toBe('exists')
        expect(closeDay(3)).toEqual({ ok: false, error: { kind: 'nothing-to-close', day: '2023-09-15', close: 3 } })
        expect(closeDay(2, '2023-09-15', '{"other":1}').ok).toBe(false)
        expect(value(closeDay(3, '2023-09-16')).outcome).toBe('written')
        expect(closeDay(4, '2023-09-15')).toEqual({
          ok: false,
          error: { kind: 'day-before-last-close', day: '2023-09-15', lastDay: '2023-09-16' }
        })
      })

      test('is closed once more for what came after it', () => {
        settle(1)
        value(closeDay(2))
        settle(2)
        expect(value(closeDay(5)).outcome).toBe('written')
      })

      test('is opened again with a reason, the last one first', () => {
        settle()
        value(closeDay(2))
        value(closeDay(3, '2023-09-16'))
        expect(reopen(3)).toEqual({ ok: false, error: { kind: 'not-the-last', close: 3, last: 4 } })
        expect(reopen(4, '  ', '2023-09-16')).toEqual({ ok: false, error: { kind: 'reason-missing' } })
        expect(value(reopen(4, '现金重数', '2023-09-16')).outcome).toBe('written')
        expect(value(reopen(4, '现金重数', '2023-09-16')).outcome).toBe('exists')
        expect(reopen(4, '另一原因', '2023-09-16')).toEqual({
          ok: false,
          error: { kind: 'already-reopened', day: '2023-09-16', close: 4, reason: '现金重数' }
        })
        expect(value(ledger.lastClose())?.sequence).toBe(3)
        expect(value(ledger.openPeriod())).toEqual({ after: 3, to: 5 })
        expect(value(reopen(3)).outcome).toBe('written')
        expect(value(ledger.openPeriod())).toEqual({ after: 0, to: 6 })
        const closes = value(ledger.closes(10)).map(({ close, reopen: opened }) => [close.sequence, opened?.sequence])
        expect(closes).toEqual([[4, 5], [3, 6]])
        expect(value(ledger.closes(1))).toHaveLength(1)
      })

      test('that nobody closed cannot be opened', () => {
        settle()
        expect(reopen(2)).toEqual({ ok: false, error: { kind: 'close-unknown', day: '2023-09-15', close: 2 } })
        value(closeDay(2))
        expect(reopen(3, '现金重数', '2023-09-16')).toEqual({ ok: false, error: { kind: 'close-unknown', day: '2023-09-16', close: 3 } })
      })
    })

    describe('totals', () => {
      test('of a day are kept by hour, insurance type, kind of visit and kind of person', () => {
        settle(1)
        settle(2, '20230915095959')
        settle(3, '20230915100000')
        value(ledger.hold(sale(4, { personType: '21', medType: '11', insuranceType: '390' })))
        value(ledger.post({ settlementId: sale(4).settlementId, evidence: EVIDENCE, postedAt: POSTED_AT }))
        settle(5, '20230916000000')
        const rows = value(ledger.dayTotals('2023-09-15', '2023-09-15'))
        expect(rows.map(({ day, hour, insuranceType, medType, personType, settlements }) => [day, hour, insuranceType, medType, personType, settlements])).toEqual([
          ['2023-09-15', 9, '310', '41', '11', 2],
          ['2023-09-15', 9, '390', '11', '21', 1],
          ['2023-09-15', 10, '310', '41', '11', 1]
        ])
        expect(rows[0]?.amounts).toMatchObject({ total: 84000, ownPay: 4000, inScope: 80000, deductible: 30000, personal: 49000, hospital: 0 })
        expect(rows[0]?.amounts.funds).toMatchObject({ hifp_pay: 35000, oth_pay: 0 })
        expectProved()
      })

      test('of a later refund count in its own day', () => {
        settle()
        value(correct())
        expect(sumOf('2023-09-15', '2023-09-15')).toEqual([['2023-09-15', 9, 1, 0, 0, 42000, 17500, 20000, 4500]])
        expect(sumOf('2023-09-16', '2023-09-16')).toEqual([['2023-09-16', 8, 0, 1, 0, -42000, -17500, -20000, -4500]])
        expect(value(ledger.provedTotals('2023-09-16', '2023-09-16'))).toEqual(value(ledger.dayTotals('2023-09-16', '2023-09-16')))
        expectProved()
      })
    })
  })
}
