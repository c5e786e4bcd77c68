import { describe, expect, it } from 'vitest'
import type { Result } from '../../../base/result.ts'
import { writeLedger } from '../../../settlement/ledger/write-ledger.ts'
import { memoryStore } from '../../../settlement/store/memory/memory-store.ts'
import { EVIDENCE, loadBack, sale } from '../../../test/contract/ledger-fixture.ts'
import { itemRecord } from './item-record.ts'

function must<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** A sale that was refunded, and a load for it that nobody has closed. */
function refunded(): ReturnType<typeof writeLedger> {
  const ledger = writeLedger(memoryStore())
  const result = new TextEncoder().encode(JSON.stringify({ psn_name: '测试一' }))
  const { settlementId } = sale(1)
  must(ledger.hold(sale(1, { result })))
  must(ledger.post({ settlementId, evidence: EVIDENCE, postedAt: '20230915093010' }))
  must(ledger.correct({ settlementId, correctionId: 'C1', reason: '退药', correctedAt: '20230916080000' }))
  must(ledger.holdLoad(loadBack(1, 15000)))
  return ledger
}

const booked = (): Parameters<typeof itemRecord>[0] => ({ ledger: refunded(), parked: { isReversed: () => false } })
/** The posting is fact 2. */
const refused = (): Parameters<typeof itemRecord>[0] => ({ ledger: refunded(), parked: { isReversed: (sequence) => sequence === 2 } })

describe('the record that an open item is about', () => {
  it('of a settlement has its person and its total', () => {
    expect(itemRecord(booked(), 'P99999900001000001')).toEqual({ settlementId: 'P99999900001000001', name: '测试一', amount: '420.00', isNeverBooked: false })
  })

  it('of a load is the settlement that it pays back, with what was to be loaded', () => {
    expect(itemRecord(booked(), 'L1')).toEqual({ settlementId: 'P99999900001000001', name: '测试一', amount: '150.00', isNeverBooked: false })
  })

  it('tells what the centre refused and was taken back here', () => {
    expect(itemRecord(refused(), 'P99999900001000001')?.isNeverBooked).toBe(true)
  })

  it('what only the centre has is none that could be opened here', () => {
    expect(itemRecord(booked(), 'P99999900001000009')).toBeUndefined()
  })
})
