import { describe, expect, it } from 'vitest'
import { date } from '../../../settlement/calendar/business-date.ts'
import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import { cardData } from '../../../test/support/card-data.ts'
import type { Payer } from '../bill/bill.ts'
import type { OpenBill } from '../bill/open-bill.ts'
import { KeptBills } from './kept-bills.ts'

const TODAY = date('2026-03-15')

function payer(identificationCode: string, today = TODAY): Payer {
  const card = cardData('测试一')
  return { card: { ...card, identity: { ...card.identity, identificationCode } }, account: { state: 'after-pin' }, today }
}

const bill = (ipt_otp_no: string, file?: string) => ({ file, visit: { fixmedins_code: 'H99999900001', ipt_otp_no } }) as OpenBill

/** What the ledger says of each visit; of the others nothing. */
type Closings = Record<string, { fact: { kind: string } } | undefined>
const ledger = (closings: Closings) =>
  ({ holdByVisit: ({ visitNo }: { visitNo: string }) => ({ ok: true, value: visitNo in closings ? { closing: closings[visitNo] } : undefined }) }) as unknown as LedgerReader

describe('a bill that was left in doubt', () => {
  it('comes back once nothing is held under its number, with its card, and once', () => {
    const closings: Closings = { SG1: undefined }
    const kept = new KeptBills(ledger(closings))
    const left = bill('SG1')
    kept.keep(left, payer('A'))
    expect(kept.take(payer('A'))).toBeUndefined()
    delete closings['SG1']
    expect([kept.take(undefined), kept.take(payer('B'))]).toEqual([undefined, undefined])
    expect([kept.take(payer('A')), kept.take(payer('A'))]).toEqual([left, undefined])
  })

  it('does not come back when it was charged, on another day, or where the queue has it', () => {
    const closings: Closings = { SG1: { fact: { kind: 'posting' } } }
    const kept = new KeptBills(ledger(closings))
    kept.keep(bill('SG1'), payer('A'))
    kept.keep(bill('SG2'), payer('A', date('2026-03-14')))
    kept.keep(bill('MZ1', '01.json'), payer('A'))
    expect(kept.take(payer('A'))).toBeUndefined()
    delete closings['SG1']
    expect(kept.take(payer('A'))).toBeUndefined()
  })
})
