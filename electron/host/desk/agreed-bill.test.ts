import { describe, expect, it } from 'vitest'
import { fen } from '../../../settlement/money/fen.ts'
import { SALE_AMOUNTS } from '../../../test/contract/ledger-fixture.ts'
import type { OpenBill } from '../bill/open-bill.ts'
import { agreedBill, type Agreement } from './agreed-bill.ts'

const patient = { name: '测试一' } as unknown as OpenBill['patient']
const calculation = { amounts: { ...SALE_AMOUNTS, cash: fen(3_500) } } as unknown as OpenBill['calculation']

const BILL = { calculation, patient, refusal: undefined, openLines: [] }
const AGREEMENT: Agreement = { cash: '35.00', madeFor: null, notOpened: undefined, blocking: undefined }

const refusedAs = (bill: Partial<Parameters<typeof agreedBill>[0]>, agreement: Partial<Agreement> = {}): unknown => {
  const agreed = agreedBill({ ...BILL, ...bill }, { ...AGREEMENT, ...agreement })
  return agreed.ok ? 'agreed' : agreed.error
}

describe('a bill that is charged', () => {
  it('is that of whoever is there, at the amounts that were shown', () => {
    expect(agreedBill(BILL, AGREEMENT)).toEqual({ ok: true, value: { patient, amounts: { ...SALE_AMOUNTS, cash: 3_500 } } })
  })

  it('is not charged at other cash than the cashier has seen, not even by a fen', () => {
    expect(refusedAs({}, { cash: '34.99' })).toEqual({ kind: 'amounts-changed', field: 'cash', agreed: 3_499, now: 3_500 })
    expect(refusedAs({}, { cash: '35,00' })).toEqual({ kind: 'amount-malformed', field: 'cash-due', value: '35,00' })
  })

  it('says why nobody can pay rather than that nobody is there, when that is known', () => {
    expect(refusedAs({ patient: undefined })).toEqual({ kind: 'no-card' })
    expect(refusedAs({ patient: undefined }, { notOpened: { kind: 'card-not-activated' } })).toEqual({ kind: 'card-not-activated' })
  })

  it('is never that of another, nor one with lines that wait for an answer, nor an empty one', () => {
    expect(refusedAs({}, { madeFor: '测试二' })).toEqual({ kind: 'bill-of-another', name: '测试二' })
    expect(refusedAs({ openLines: ['2'] })).toEqual({ kind: 'sale', refusal: { kind: 'sale-not-ready', lines: ['2'] } })
    expect(refusedAs({ calculation: undefined })).toEqual({ kind: 'bill-empty' })
  })

  it('is not charged while something stands against the card, whatever the cashier has agreed', () => {
    expect(refusedAs({}, { blocking: { kind: 'card-lost', reported: 'formal' } })).toEqual({ kind: 'card-lost', reported: 'formal' })
  })
})
