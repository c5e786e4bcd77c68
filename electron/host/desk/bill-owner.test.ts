import { describe, expect, it } from 'vitest'
import { date } from '../../../settlement/calendar/business-date.ts'
import { parseVisit } from '../../../settlement/visit/parse-visit.ts'
import type { Visit } from '../../../settlement/visit/visit-schema.ts'
import { cardData } from '../../../test/support/card-data.ts'
import type { Payer } from '../bill/bill.ts'
import { BillOwner } from './bill-owner.ts'

function payer(name: string, number: string | undefined, code: string): Payer {
  const card = cardData(name)
  return { card: { ...card, identity: { ...card.identity, identificationCode: code }, holder: { ...card.holder, name, socialSecurityNumber: number } }, account: { state: 'after-pin' }, today: date('2026-03-15') }
}

const FIRST = payer('测试一', '000000199001010018', 'A')
const SECOND = payer('测试二', '000000195501010227', 'B')

function visit(change: Partial<Visit> = {}): Visit {
  const parsed = parseVisit({ ipt_otp_no: 'SG1', fixmedins_code: 'H99999900001', begntime: '2026-03-15', lines: [{ med_list_codg: '-', chrgitm_lv: '01', pric: '1', cnt: '1' }] })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return { ...parsed.value, ...change }
}

const made = { file: undefined, isFixed: false, visit: visit() }

function owned(by: Payer | undefined): BillOwner {
  const owner = new BillOwner()
  owner.is(by)
  return owner
}

describe('a bill that was made by hand', () => {
  it('is the first one’s, whoever comes after', () => {
    const owner = owned(undefined)
    owner.met(FIRST, made)
    owner.met(SECOND, made)
    expect([owner.otherThan(FIRST, made), owner.otherThan(SECOND, made), owner.otherThan(undefined, made)]).toEqual([null, '测试一', null])
  })

  it('is the same person’s with another card of theirs, and nobody’s whose card holds no number', () => {
    expect(owned(FIRST).otherThan(payer('测试一', '000000199001010018', 'C'), made)).toBeNull()
    const unnumbered = payer('测试三', undefined, 'D')
    expect(owned(unnumbered).otherThan(unnumbered, made)).toBeNull()
    expect(owned(unnumbered).otherThan(payer('测试四', undefined, 'E'), made)).toBe('测试三')
  })

  it('asks nothing where it names the holder itself, comes from the queue, or is a return', () => {
    const owner = owned(FIRST)
    expect(owner.otherThan(SECOND, { ...made, visit: visit({ patient: { psn_name: '测试二' } }) })).toBeNull()
    expect(owner.otherThan(SECOND, { ...made, visit: visit({ patient: { psn_name: '测试三' } }) })).toBe('测试一')
    expect(owner.otherThan(SECOND, { ...made, file: 'a.json' })).toBeNull()
    expect(owner.otherThan(SECOND, { ...made, isFixed: true })).toBeNull()
  })

  it('is nobody’s while it has no line', () => {
    const owner = owned(FIRST)
    owner.met(SECOND, { ...made, visit: visit({ lines: [] }) })
    expect(owner.otherThan(SECOND, made)).toBeNull()
  })
})
