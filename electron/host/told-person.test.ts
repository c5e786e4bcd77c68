import { describe, expect, it } from 'vitest'
import { registeredByCentre, type ToldIdentity, type ToldInsurance } from './told-person.ts'
import type { InsuredPatient } from './visit-claim.ts'

const PATIENT = { person: { certno: '000000199001010018', insutype: '310' }, policy: { region: '999999' } } as unknown as InsuredPatient
const INSURANCE: ToldInsurance = { insuplc_admdvs: '999999', psn_insu_stas: '1', psn_insu_date: '2015-01-01', psn_type: '12', cvlserv_flag: '1' }
const SOLDIER: ToldIdentity = { psn_idet_type: '2201', begntime: '20260101000000', endtime: '20261231235959' }

function registered(insured: object | undefined, { insurances = [INSURANCE], identities = [SOLDIER], on = '2026-03-15 09:00:00' }: { insurances?: readonly ToldInsurance[]; identities?: readonly ToldIdentity[]; on?: string } = {}): unknown {
  const told = () => ({ entitlements: [], insurances, identities, used: undefined })
  return registeredByCentre(told, PATIENT, { entitlements: undefined, insured: insured as never, med_type: '11', begntime: on })
}

describe('who the person is by the centre’s register', () => {
  it('counts where the visit leaves it open', () => {
    const expected = { psn_insu_stas: '1', psn_type: '12', cvlserv_flag: '1', psn_idet_type: ['2201'] }
    expect(registered(undefined)).toEqual(expected)
    expect(registered({ psn_insu_stas: '1', cvlserv_flag: '0', psn_idet_type: [], tags: [] })).toEqual(expected)
  })

  it('does not where the visit says it', () => {
    expect(registered({ psn_insu_stas: '2', psn_type: '11', cvlserv_flag: '1', psn_idet_type: ['1501'] })).toEqual({})
  })

  it('is that of the insurance in this pool, and of identities on that day', () => {
    expect(registered(undefined, { insurances: [{ ...INSURANCE, insuplc_admdvs: '990100' }] })).toEqual({ psn_insu_stas: '0' })
    expect(registered(undefined, { on: '2027-01-01 09:00:00' })).toMatchObject({ psn_idet_type: [] })
  })
})
