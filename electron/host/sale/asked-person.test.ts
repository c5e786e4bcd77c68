import { describe, expect, it } from 'vitest'
import { cardData } from '../../../test/support/card-data.ts'
import { date } from '../../../settlement/calendar/business-date.ts'
import type { ToldPerson } from '../told-person.ts'
import { askedPerson } from './asked-person.ts'
import { parsePeople } from './people-file.ts'

const ON = date('2026-03-15')
const CERTNO = '000000199001010018'
const ROW = { fund_pay_type: '310102', trt_enjymnt_flag: '0' } as const
const INSURANCE = { insuplc_admdvs: '999900', psn_insu_stas: '2', psn_insu_date: '2015-01-01', paus_insu_date: '2026-03-01' } as const

/** Of somebody of whom the pharmacy's own file says that premiums are owed since January, and that 330100 is closed. */
function asked(told: ToldPerson | undefined) {
  const people = parsePeople({ people: [{ certno: CERTNO, insurance: { psn_insu_stas: '1', arrears_since: '2026-01-01' }, entitlements: [{ ...ROW, fund_pay_type: '330100' }] }] })
  const known = people.ok ? people.value.get(CERTNO) : undefined
  const { insurance, entitlements } = askedPerson({ card: cardData(), registered: undefined, known, told, on: ON })
  return { status: insurance.status, suspendedSince: insurance.suspendedSince, arrearsSince: insurance.arrearsSince, closed: entitlements.map(({ fundPayType }) => fundPayType) }
}

const FILE = { status: '1', suspendedSince: undefined, arrearsSince: '2026-01-01', closed: ['330100'] }

describe('the person of a question', () => {
  it('is who the file says where the centre has told nothing', () => {
    expect(asked(undefined)).toEqual(FILE)
  })

  it('has the funds that the centre says, and is insured as the file says where the centre did not say', () => {
    expect(asked({ entitlements: [ROW], insurances: undefined, used: undefined })).toEqual({ ...FILE, closed: ['310102'] })
  })

  it('is insured as the centre says; what it does not say, the file does', () => {
    expect(asked({ entitlements: [], insurances: [INSURANCE], used: undefined })).toEqual({ ...FILE, status: '2', suspendedSince: '2026-03-01', closed: [] })
  })

  it.each([
    ['a pause that begins later is none yet', { paus_insu_date: '2026-03-16' }, { status: '1', suspendedSince: '2026-03-16' }],
    ['an insurance that begins later is none yet', { psn_insu_stas: '1', psn_insu_date: '2026-04-01', paus_insu_date: undefined }, { status: '0', suspendedSince: undefined }],
    ['an insurance of another pool is none here', { psn_insu_stas: '1', insuplc_admdvs: '990100', paus_insu_date: undefined }, { status: '0', suspendedSince: undefined }]
  ] as const)('%s', (_, change, expected) => {
    expect(asked({ entitlements: [], insurances: [{ ...INSURANCE, ...change }], used: undefined })).toEqual({ ...FILE, ...expected, closed: [] })
  })
})
