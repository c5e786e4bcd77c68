/** What every ledger store must keep of packs, supplies and a place's use, seen through the ledger itself. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { date } from '../../settlement/calendar/business-date.ts'
import type { Hold } from '../../settlement/ledger/fact.ts'
import type { Ledger } from '../../settlement/ledger/ledger.ts'
import { dispensing, packs, splitPack } from './dispensing-fixture.ts'
import { EVIDENCE, sale } from './ledger-fixture.ts'
import { value } from './ledger-store.contract.ts'

const BEFORE = date('2000-01-01')
const DAY = date('2023-09-15')
const ONE = 10_000

export function describeDispensedOf(driver: string, openEmpty: () => Ledger): void {
  describe(`what a ledger on ${driver} has handed over`, () => {
    let ledger: Ledger

    beforeEach(() => {
      ledger = openEmpty()
    })
    afterEach(() => ledger.close())

    const post = ({ settlementId }: Hold, postedAt = '20230915093005') => value(ledger.post({ settlementId, evidence: EVIDENCE, postedAt }))
    const settle = (hold: Hold, postedAt?: string): void => {
      value(ledger.hold(hold))
      post(hold, postedAt)
    }
    const release = ({ settlementId }: Hold) => value(ledger.release({ settlementId, proof: 'the card says no', releasedAt: '20230915093005' }))
    const correct = ({ settlementId }: Hold) =>
      value(ledger.correct({ correctionId: `C${settlementId}`, settlementId, reason: '退货', correctedAt: '20230916100000' }))
    const pack = (number: number, ...codes: readonly string[]): Hold => dispensing(number, [{ drug_trac_info: packs(...codes) }])
    const soldIn = (number: number, code: string, day = '2023-09-15') => ({
      ok: false,
      error: { kind: 'trace-code-sold', code, settlementId: sale(number).settlementId, day }
    })

    describe('a whole pack', () => {
      test('that lies in an open hold is not sold once more', () => {
        value(ledger.hold(pack(1, 'A', 'B')))
        expect(ledger.hold(pack(2, 'C', 'B'))).toEqual(soldIn(1, 'B'))
        expect(value(ledger.head()).sequence).toBe(1)
      })

      test('that was sold is not sold once more, and the same hold given again is no other sale', () => {
        settle(pack(1, 'A'))
        expect(ledger.hold(pack(2, 'A'))).toEqual(soldIn(1, 'A'))
        expect(value(ledger.hold(pack(1, 'A'))).outcome).toBe('exists')
      })

      test('is free again when the card was not charged, and when the sale was taken back', () => {
        value(ledger.hold(pack(1, 'A')))
        release(pack(1, 'A'))
        settle(pack(2, 'A'))
        correct(pack(2, 'A'))
        settle(pack(3, 'A'))
        expect(ledger.hold(pack(4, 'A'))).toEqual(soldIn(3, 'A'))
      })

      test('stands once in a bill', () => {
        expect(ledger.hold(pack(1, 'A', 'A'))).toEqual(soldIn(1, 'A'))
        const twoLines = dispensing(1, [{ drug_trac_info: packs('A') }, { drug_trac_info: [splitPack('A')] }])
        expect(ledger.hold(twoLines)).toEqual(soldIn(1, 'A'))
        expect(value(ledger.head()).sequence).toBe(0)
      })

      test('that a line of the same bill brings back is not sold by it', () => {
        const lines = [{ cnt: '2', drug_trac_info: packs('A', 'B') }, { cnt: '-1', return_of: '1', drug_trac_info: packs('B') }]
        settle(dispensing(1, lines))
        settle(pack(2, 'B'))
        expect(ledger.hold(pack(3, 'A'))).toEqual(soldIn(1, 'A'))
      })
    })

    test('a split pack is sold part by part, and not whole after that', () => {
      const part = (number: number) => dispensing(number, [{ cnt: '0.5', drug_trac_info: [splitPack('A')] }])
      settle(part(1))
      settle(part(2))
      expect(ledger.hold(pack(3, 'A'))).toEqual(soldIn(2, 'A'))
      settle(pack(4, 'B'))
      expect(ledger.hold(dispensing(5, [{ drug_trac_info: [splitPack('B')] }]))).toEqual(soldIn(4, 'B'))
    })

    test('of codes those are told that are sold, with the latest sale of each', () => {
      settle(pack(1, 'A'))
      value(ledger.hold(pack(2, 'B')))
      settle(pack(3, 'C'))
      correct(pack(3, 'C'))
      settle(dispensing(4, [{ drug_trac_info: [splitPack('D')] }]))
      settle(dispensing(5, [{ drug_trac_info: [splitPack('D')] }], { heldAt: '20231001080000' }))
      const sold = value(ledger.soldCodes(['A', 'B', 'C', 'D', 'E']))
      expect([...sold]).toEqual([
        ['A', { settlementId: sale(1).settlementId, on: '2023-09-15', isSplit: false }],
        ['B', { settlementId: sale(2).settlementId, on: '2023-09-15', isSplit: false }],
        ['D', { settlementId: sale(5).settlementId, on: '2023-10-01', isSplit: true }]
      ])
    })

    describe('supplies of a person', () => {
      const person = { personNo: '999999000009' }

      test('are those that were posted, from a day on, oldest first, less what came back', () => {
        settle(dispensing(1, [{ cnt: '2', prd_days: '14' }], person, '2023-09-15'))
        settle(dispensing(2, [{ cnt: '3', prd_days: '30' }, { cnt: '-1', return_of: '1' }], person, '2023-08-01'))
        settle(dispensing(3, [{ prd_days: '7' }], person, '2023-07-31'))
        settle(dispensing(4, [{ prd_days: '7' }], { personNo: '999999000010' }))
        expect(value(ledger.suppliesOf(person.personNo, date('2023-08-01')))).toEqual([
          { settlementId: sale(2).settlementId, lineNo: '1', code: 'XA01BCD0000001', on: '2023-08-01', quantity: 2 * ONE, days: 20, where: 'P99999900001', fundPaid: true },
          { settlementId: sale(1).settlementId, lineNo: '1', code: 'XA01BCD0000001', on: '2023-09-15', quantity: 2 * ONE, days: 14, where: 'P99999900001', fundPaid: true }
        ])
      })

      test('are not those of a hold that is open, was released or taken back', () => {
        value(ledger.hold(dispensing(1, [{ prd_days: '7' }], person)))
        value(ledger.hold(dispensing(2, [{ prd_days: '7' }], person)))
        release(sale(2))
        settle(dispensing(3, [{ prd_days: '7' }], person))
        correct(sale(3))
        expect(value(ledger.suppliesOf(person.personNo, BEFORE))).toEqual([])
        post(sale(1))
        expect(value(ledger.suppliesOf(person.personNo, BEFORE)).map(({ settlementId }) => settlementId)).toEqual([sale(1).settlementId])
      })

      test('say that the days are not known where the claim does not', () => {
        settle(dispensing(1, [{ drug_trac_info: packs('A') }], person))
        expect(value(ledger.suppliesOf(person.personNo, BEFORE)).map(({ days }) => days)).toEqual([undefined])
      })
    })

    describe('what a person has used of a place', () => {
      const person = { personNo: '999999000009' }
      const useOn = (day = DAY) => value(ledger.placeUse(person.personNo, 'P99999900001', day))

      test('is nothing at first', () => {
        expect(useOn()).toEqual({ today: 0, thisMonth: 0, salesToday: 0 })
      })

      test('is totals less own pay: of the day, of the month with both its ends, and how often', () => {
        const times = ['20230831235959', '20230901000000', '20230915080000', '20230915235959', '20230930235959', '20231001000000']
        for (const [index, time] of times.entries()) settle(sale(index + 1, person), time)
        expect(useOn()).toEqual({ today: 80000, thisMonth: 160000, salesToday: 2 })
        expect(useOn(date('2023-09-30'))).toEqual({ today: 40000, thisMonth: 160000, salesToday: 1 })
        expect(useOn(date('2023-12-31'))).toEqual({ today: 0, thisMonth: 0, salesToday: 0 })
      })

      test('is not what is open or was taken back, of somebody else, or elsewhere', () => {
        value(ledger.hold(sale(1, person)))
        settle(sale(2, person))
        correct(sale(2))
        settle(sale(3))
        settle(sale(4, { ...person, visit: { institution: 'H99999900001', visitNo: 'V4' } }))
        expect(useOn()).toEqual({ today: 0, thisMonth: 0, salesToday: 0 })
      })
    })
  })
}
