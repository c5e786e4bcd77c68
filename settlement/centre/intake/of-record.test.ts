import { describe, expect, it } from 'vitest'
import { parsedPolicy } from '../../../test/worked-examples/bill.ts'
import { calculate } from '../../calculation/calculate.ts'
import { compilePolicy } from '../../policy/compile-policy.ts'
import type { PolicyInput } from '../../policy/policy-schema.ts'
import type { ClaimInput } from '../../wire/claim-schema.ts'
import { parseClaim } from '../../wire/parse-claim.ts'
import type { EntitlementOfRecord } from './knowledge.ts'
import { amountsOfRecord, type Booked } from './of-record.ts'

/** Only levels have rows: a pharmacy is settled as level 1. */
const POLICY: PolicyInput = {
  region: '999999',
  pharmacy_ratio: 'basic-level',
  pooling_needs_prescription: true,
  off_site: [{ filing: ['referral'], pre_pay: '0.10' }],
  bands: [{ pays: 'hifp_pay', fund_pay_type: '310102', ratio: [{ when: { level: [1] }, ratio: '0.80' }] }]
}
const CLOSED: EntitlementOfRecord = { insutype: '310', fundPayType: '310102', medType: undefined, isEnjoyed: false, begins: '2026-01-01', ends: undefined }

/** A sale of 100.00 on a prescription, as the terminal stated it, with what the centre knows. */
function booked(change: Partial<ClaimInput>, entitlements: readonly EntitlementOfRecord[]): Booked {
  const compiled = compilePolicy(parsedPolicy(POLICY))
  const claim = parseClaim({
    psn_type: '11',
    med_type: '41',
    begntime: '2026-03-15',
    institution: { kind: 'pharmacy' },
    rx: { rxno: 'RX-1' },
    lines: [{ chrgitm_lv: '01', pric: '100.00', cnt: '1' }],
    ...change
  })
  const stated = claim.ok ? calculate(compiled, claim.value) : claim
  if (!stated.ok) throw new Error(JSON.stringify(stated.error))
  const insurance = { insutype: '310', region: '999999', psnType: '11', status: '1', insuredSince: '2020-01-01', pausedSince: undefined, cvlservFlag: '0' } as const
  const person = { psnNo: 'P1', brdy: '1980-01-01', insurances: [insurance], identities: [], entitlements }
  const result = amountsOfRecord({ stated: stated.value, compiled, person, counters: {} })
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

describe('a sale at a pharmacy that is settled as another institution', () => {
  it('is booked as stated where the centre knows nothing else', () => {
    expect(booked({}, [])).toMatchObject({ amounts: { fundPaid: 8_000 }, ofRecord: undefined })
  })

  it('a fund that is not enjoyed of record pays nothing there either', () => {
    expect(booked({}, [CLOSED])).toMatchObject({ amounts: { fundPaid: 0 }, ofRecord: { reason: 'not-entitled' } })
  })

  it('what the claim itself says of fund, filing and prescription is computed again to the same', () => {
    const entitlements = [{ fund_pay_type: '310102', trt_enjymnt_flag: '0' as const }]
    expect(booked({ entitlements }, [CLOSED])).toMatchObject({ amounts: { fundPaid: 0 }, ofRecord: undefined })
    expect(booked({ fund_closed: 'in-arrears' }, [CLOSED])).toMatchObject({ amounts: { fundPaid: 0 }, ofRecord: undefined })
    expect(booked({ off_site: 'referral' }, [])).toMatchObject({ amounts: { fundPaid: 7_200 }, ofRecord: undefined })
  })
})
