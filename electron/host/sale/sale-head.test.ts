import { describe, expect, it } from 'vitest'
import { date } from '../../../settlement/calendar/business-date.ts'
import type { Entitlement } from '../../../settlement/eligibility/question.ts'
import type { Verdict } from '../../../settlement/eligibility/verdict.ts'
import { headOf } from './sale-head.ts'

const ON = date('2026-11-27')
const said = (changes: Partial<Entitlement> = {}): Entitlement => ({ fundPayType: '310102', medType: undefined, enjoys: false, begins: undefined, ends: undefined, why: undefined, ...changes })
const closed = (...entitlements: readonly Entitlement[]) =>
  headOf({
    verdict: { person: [] } as unknown as Verdict,
    prescription: undefined,
    useAccount: '1',
    visit: { medType: '41', disease: undefined },
    entitlements,
    on: ON
  }).entitlements

describe('the head of a sale', () => {
  it('closes the fund that the centre says is not enjoyed, and with it what the verdict says', () => {
    expect(closed(said())).toEqual([{ fund_pay_type: '310102', trt_enjymnt_flag: '0' }])
    expect(closed(said({ enjoys: true, ends: date('2026-11-26') }))).toEqual([{ fund_pay_type: '310102', trt_enjymnt_flag: '0' }])
  })

  it('closes none for a suspension that is over, or of another kind of visit', () => {
    expect([closed(said({ ends: date('2026-11-26') })), closed(said({ medType: '14' })), closed()]).toEqual([undefined, undefined, undefined])
  })
})
