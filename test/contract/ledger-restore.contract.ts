/** What every ledger store must make of facts that it had and has lost. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Ledger } from '../../settlement/ledger/ledger.ts'
import { fen } from '../../settlement/money/fen.ts'
import { EVIDENCE, loadBack, loadEvidence, OF_RECORD, sale } from './ledger-fixture.ts'
import { value } from './ledger-store.contract.ts'

const TIME = '20230916080000'
const ALL_DAYS = ['2000-01-01', '2099-12-31'] as const

export function describeLedgerRestored(driver: string, openEmpty: () => Ledger): void {
  describe(`a ledger on ${driver} that has lost facts`, () => {
    let whole: Ledger
    let lost: Ledger

    beforeEach(() => {
      whole = openEmpty()
      lost = openEmpty()
    })
    afterEach(() => {
      whole.close()
      lost.close()
    })

    /** Every kind of fact: sold and loaded back, adjusted, refused by the card, in doubt, and a day closed and opened again. */
    function live(): void {
      const settle = (number: number): void => {
        value(whole.hold(sale(number)))
        value(whole.post({ settlementId: sale(number).settlementId, evidence: EVIDENCE, postedAt: TIME }))
      }
      settle(1)
      value(whole.confirm({ target: 2, setlId: 'T2', setlTime: TIME, ofRecord: undefined, confirmedAt: TIME }))
      value(whole.correct({ correctionId: 'C1', settlementId: sale(1).settlementId, reason: '退货', correctedAt: TIME }))
      value(whole.holdLoad(loadBack(1, 15000)))
      value(whole.postLoad({ loadId: 'L1', evidence: loadEvidence(15000), postedAt: TIME }))
      settle(2)
      value(whole.confirm({ target: 8, setlId: 'T8', setlTime: TIME, ofRecord: OF_RECORD, confirmedAt: TIME }))
      value(whole.hold(sale(3)))
      value(whole.release({ settlementId: sale(3).settlementId, proof: 'the card says no', releasedAt: TIME }))
      value(whole.closeDay({ day: '2023-09-16', report: new Uint8Array([1]), signature: 'cafe', closedAt: TIME, upTo: 11 }))
      value(whole.reopenDay({ day: '2023-09-16', close: 12, reason: '重数', reopenedAt: TIME }))
      value(whole.holdLoad(loadBack(1, 5000, 'L2')))
      value(whole.releaseLoad({ loadId: 'L2', proof: 'serial unchanged', releasedAt: TIME }))
      value(whole.hold(sale(4)))
    }
    const links = (after = 0) => value(whole.links(after, 100))
    const withoutResult = ({ fact, ...rest }: ReturnType<typeof heldBy>[number]) => ({ ...rest, fact: { ...fact, result: new Uint8Array(0) } })
    const heldBy = (ledger: Ledger) => value(ledger.openHolds())
    const headOf = (ledger: Ledger) => {
      const { sequence, hash } = value(ledger.head())
      return { sequence, hash }
    }
    const told = (ledger: Ledger) => ({
      head: headOf(ledger),
      log: value(ledger.log(0, 100)),
      open: heldBy(ledger).map(withoutResult),
      counters: [1, 2, 3, 4].map((number) => value(ledger.counters(sale(number)))),
      totals: value(ledger.dayTotals(...ALL_DAYS)),
      proved: value(ledger.provedTotals(...ALL_DAYS)),
      owed: [1, 2].map((number) => value(ledger.owedToCard(sale(number).settlementId))),
      loads: value(ledger.loadsOf(sale(1).settlementId)),
      awaiting: value(ledger.awaiting(100)),
      closes: value(ledger.closes(10))
    })

    test('has them all again, each with what it does, from the same contents', () => {
      live()
      expect(value(lost.restore(links()))).toBe(16)
      expect(told(lost)).toEqual(told(whole))
      expect(value(lost.counters(sale(2)))).toEqual({ act_pay_dedc: fen(20000), hifp_pay: fen(14000) })
      expect(value(lost.owedToCard(sale(1).settlementId))).toMatchObject({ owed: 5000, loaded: 15000 })
    })

    test('has them again behind those that it kept, and goes on', () => {
      live()
      value(lost.hold(sale(1)))
      value(lost.post({ settlementId: sale(1).settlementId, evidence: EVIDENCE, postedAt: TIME }))
      expect(value(lost.restore(links(2)))).toBe(14)
      value(lost.post({ settlementId: sale(4).settlementId, evidence: EVIDENCE, postedAt: TIME }))
      value(whole.post({ settlementId: sale(4).settlementId, evidence: EVIDENCE, postedAt: TIME }))
      expect(headOf(lost)).toEqual(headOf(whole))
      expect(value(lost.settlement(sale(1).settlementId))?.hold.fact.result).toEqual(sale(1).result)
    })

    test('has holds back with everything but their results', () => {
      live()
      value(lost.restore(links()))
      expect(value(lost.settlement(sale(2).settlementId))?.hold.fact).toEqual({ kind: 'hold', ...sale(2), result: new Uint8Array(0) })
    })

    test('takes none that does not follow, and nothing of what came with it', () => {
      live()
      expect(lost.restore(links(1))).toEqual({ ok: false, error: { kind: 'does-not-follow', sequence: 2 } })
      const [first, second, third] = links()
      if (first === undefined || second === undefined || third === undefined) throw new Error('too few facts')
      expect(lost.restore([first, third])).toEqual({ ok: false, error: { kind: 'does-not-follow', sequence: 3 } })
      expect(lost.restore([first, { ...second, content: third.content }])).toEqual({ ok: false, error: { kind: 'does-not-follow', sequence: 2 } })
    })
  })
}
