import { beforeEach, describe, expect, it } from 'vitest'
import { EVIDENCE, OF_RECORD, sale } from '../../test/contract/ledger-fixture.ts'
import { value } from '../../test/contract/ledger-store.contract.ts'
import { fen } from '../money/fen.ts'
import { memoryStore } from '../store/memory/memory-store.ts'
import type { Hold, OfRecord } from './fact.ts'
import type { Ledger } from './ledger.ts'
import { movedSince } from './moved-since.ts'
import { writeLedger } from './write-ledger.ts'

const TIME = '20230915093005'
/** Of `sale`: deductible 150.00, pool 175.00. */
const ONE = { act_pay_dedc: 15_000, hifp_pay: 17_500 }
const KEY = { personNo: sale(1).personNo, insuranceType: '310', policyYear: 2023 }

let ledger: Ledger
beforeEach(() => {
  ledger = writeLedger(memoryStore())
})

/** All of the same person, unless told otherwise. Sequence of the posting. */
function settle(number: number, changes: Partial<Hold> = {}): number {
  const { settlementId } = value(ledger.hold(sale(number, { personNo: KEY.personNo, ...changes }))).state.hold.fact
  return value(ledger.post({ settlementId, evidence: EVIDENCE, postedAt: TIME })).recorded.sequence
}

const correct = (number: number): void =>
  void value(ledger.correct({ correctionId: `C${number}`, settlementId: sale(number).settlementId, reason: '退货', correctedAt: TIME }))

const confirm = (number: number, target: number, ofRecord?: OfRecord): void =>
  void value(ledger.confirm({ id: sale(number).settlementId, target, setlId: `T${target}`, setlTime: TIME, confirmedAt: TIME, ofRecord }))

const since = (sequence: number, key = KEY): unknown => value(movedSince(ledger, key, sequence))

describe('what a centre does not have of a year that has booked as far as one fact', () => {
  it('is what was posted behind it, of that person, insurance and year', () => {
    const first = settle(1)
    settle(2)
    settle(3, { personNo: sale(3).personNo })
    settle(4, { insuranceType: '390' })
    settle(5, { policyYear: 2022 })
    expect(since(0)).toEqual({ act_pay_dedc: 30_000, hifp_pay: 35_000 })
    expect(since(first)).toEqual(ONE)
    expect(since(first, { ...KEY, policyYear: 2022 })).toEqual(ONE)
    expect(since(value(ledger.head()).sequence)).toEqual({})
  })

  it('counts a settlement by its posting, also when it was held before', () => {
    value(ledger.hold(sale(1)))
    const second = settle(2)
    value(ledger.post({ settlementId: sale(1).settlementId, evidence: EVIDENCE, postedAt: TIME }))
    expect(since(second)).toEqual(ONE)
  })

  it('is nothing for a settlement that was posted and taken back behind it', () => {
    settle(1)
    correct(1)
    expect(since(0)).toEqual({})
  })

  it('is less by what the centre has booked and was taken back behind it, of record', () => {
    const first = settle(1)
    confirm(1, first, OF_RECORD)
    const booked = value(ledger.head()).sequence
    correct(1)
    expect(since(booked)).toEqual(Object.fromEntries(Object.entries(OF_RECORD.counters).map(([name, amount]) => [name, -amount])))
  })

  it('is nothing for what the centre has refused, taken back or not', () => {
    const first = settle(1)
    expect(since(first)).toEqual({})
    correct(1)
    expect(since(first)).toEqual({})
  })

  it('has no adjustment in it: the centre has that already', () => {
    const first = settle(1)
    confirm(1, first, OF_RECORD)
    expect(since(first)).toEqual({})
    // An answer from before it was booked knows nothing of it, neither as it was charged nor as it was booked.
    expect(since(0)).toEqual(OF_RECORD.counters)
  })

  it('is not looked for where more than 512 facts lie behind it', () => {
    for (let number = 1; number <= 256; number += 1) settle(number, { counters: { act_pay_dedc: fen(1) } })
    expect(since(0)).toEqual({ act_pay_dedc: 256 })
    settle(257)
    expect(since(0)).toBeUndefined()
    expect(since(2)).toEqual({ act_pay_dedc: 15_255, hifp_pay: 17_500 })
  })
})
