import { describe, expect, it } from 'vitest'
import { counterWith, fixtureVisit, pinOf } from '../../test/support/counter.ts'
import { value } from '../../test/contract/ledger-store.contract.ts'
import type { Ledger } from '../../settlement/ledger/ledger.ts'
import { writeLedger } from '../../settlement/ledger/write-ledger.ts'
import type { Visit } from '../../settlement/visit/visit-schema.ts'
import { memoryStore } from '../../settlement/store/memory/memory-store.ts'
import { serveVisit } from './counter.ts'

const PIN = pinOf('246810')

/** A second visit of one person; what happens once it has been calculated, for the first time. */
async function secondVisit(meanwhile: (ledger: Ledger, first: string) => void) {
  const ledger = writeLedger(memoryStore())
  const { counter } = await counterWith('in-service-32k', ledger)
  const first = value(await serveVisit(counter, visit('MZ2024030100001'), PIN))
  let calculations = 0
  const served = await serveVisit({ ...counter, faultPoint }, visit('MZ2024030100002'), PIN)
  return { served: value(served), calculations, balanceAfterFirst: first.settled.evidence.balanceAfter }

  function faultPoint(name: string): void {
    if (name !== 'calculated') return
    calculations += 1
    if (calculations === 1) meanwhile(ledger, first.settled.posting.fact.settlementId)
  }
}

const visit = (number: string): Visit => fixtureVisit('outpatient-demo', { ipt_otp_no: number })

/** The centre's answer to the first visit: the same money, and nothing of it counts to the year's deductible. */
function booksElsewhere(ledger: Ledger, settlementId: string): void {
  const state = value(ledger.settlement(settlementId))
  if (state === undefined) throw new Error('there is no first visit')
  const { hold, posting } = state
  value(
    ledger.confirm({
      id: settlementId,
      target: posting.sequence,
      setlId: '999999T0000001',
      setlTime: '20260315093016',
      ofRecord: { amounts: hold.fact.amounts, counters: {}, reason: 'counters-differ' },
      confirmedAt: '20260315093016'
    })
  )
}

describe('a bill whose year moves while the card is asked', () => {
  it('is calculated again, and charged once, by what the year has used now', async () => {
    const { served, calculations, balanceAfterFirst } = await secondVisit(booksElsewhere)
    expect(calculations).toBe(2)
    // As the first one: 400.00 of deductible are open again, and 721.37 come from the card.
    expect([served.calculation.claim.accumulators, served.calculation.amounts.deductible, served.calculation.amounts.account]).toEqual([{}, 40_000, 72_137])
    expect(served.settled.evidence.balanceAfter).toBe((balanceAfterFirst ?? 0) - 72_137)
  })

  it('is calculated once when nothing moves', async () => {
    const { served, calculations } = await secondVisit(() => undefined)
    expect([calculations, served.calculation.amounts.deductible]).toEqual([1, 0])
  })
})
