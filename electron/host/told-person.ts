/**
 * What a centre told of single persons, as a counter uses it: whether and as whom they are insured at a visit, the funds that pay nothing at it,
 * with the centre's own words for it, and what the year has used. The centre books by the same rows, so what is charged here is what it
 * will answer, as far as that is its latest word.
 */

import { parseDate, type BusinessDate } from '../../settlement/calendar/business-date.ts'
import { isWithin } from '../../settlement/calendar/written-time.ts'
import type { Counters } from '../../settlement/calculation/counters.ts'
import { closedFunds } from '../../settlement/eligibility/closed-funds.ts'
import { fundCodes } from '../../settlement/policy/close-funds.ts'
import type { Entitlement } from '../../settlement/eligibility/question.ts'
import { insuranceStatusOn } from '../../settlement/policy/insurance-status.ts'
import type { InsuredPerson, Visit } from '../../settlement/visit/visit-schema.ts'
import type { InsuredPatient } from './visit-claim.ts'

/** A row of 2001 trtinfo, of one insurance. Days are YYYY-MM-DD; a day that cannot be read bounds nothing. */
export interface ToldEntitlement {
  readonly fund_pay_type: string
  readonly med_type?: string | undefined
  readonly trt_enjymnt_flag: '0' | '1'
  readonly begndate?: string | undefined
  readonly enddate?: string | undefined
  readonly trt_chk_rslt?: string | undefined
}

/** A row of 1101 insuinfo, of one insurance in one pool. */
export interface ToldInsurance {
  readonly insuplc_admdvs: string
  readonly psn_insu_stas: NonNullable<InsuredPerson['psn_insu_stas']>
  readonly psn_insu_date: string
  readonly paus_insu_date?: string | undefined
  readonly psn_type?: string | undefined
  readonly cvlserv_flag?: InsuredPerson['cvlserv_flag'] | undefined
}

/** A row of 1101 idetinfo. */
export interface ToldIdentity {
  readonly psn_idet_type: string
  readonly begntime: string
  readonly endtime?: string | undefined
}

/** What the policy years of one kind of insurance have used, at whatever institution. */
export interface ToldYears {
  /** Of this till's own facts those up to this number are in it. */
  readonly sequence: number
  readonly years: ReadonlyMap<number, Counters>
}

/** Of one kind of insurance. */
export interface ToldPerson {
  readonly entitlements: readonly ToldEntitlement[]
  /** undefined: whoever told of the person did not say. */
  readonly insurances: readonly ToldInsurance[] | undefined
  /** undefined: whoever told of the person did not say. */
  readonly identities?: readonly ToldIdentity[] | undefined
  /** undefined: whoever told of the person did not say. */
  readonly used: ToldYears | undefined
}

/** undefined: nothing was told of that person, who may be in order and enjoy everything. */
export type Told = (citizenNumber: string, insutype: string) => ToldPerson | undefined

/** By fund_pay_type, with the centre's words where it gave any. */
export type ClosedFunds = ReadonlyMap<string, string | undefined>

type StatedVisit = Pick<Visit, 'entitlements' | 'insured' | 'med_type' | 'begntime'>

const NORMAL = '1'
const NO = '0'

export const NONE_CLOSED: ClosedFunds = new Map()

/**
 * Of the funds that the rules know. A visit that says itself what the centre answered (2001) is believed: nothing is looked up.
 */
export function closedByCentre(told: Told | undefined, { person, policy }: InsuredPatient, visit: StatedVisit): ClosedFunds {
  const on = parseDate(visit.begntime.slice(0, 10))
  if (told === undefined || on === undefined || visit.entitlements !== undefined) return NONE_CLOSED
  const insutype = person.insutype ?? ''
  const known = fundCodes(policy, insutype)
  const rows = told(person.certno, insutype)?.entitlements.filter(({ fund_pay_type }) => known.has(fund_pay_type)) ?? []
  return rows.length === 0 ? NONE_CLOSED : closedFunds(rows.map(entitlementOf), visit.med_type, on)
}

type Registered = Partial<Pick<InsuredPerson, 'psn_insu_stas' | 'psn_type' | 'cvlserv_flag' | 'psn_idet_type'>>

/**
 * Who the person is by the register, under the insurance by whose rules the visit is charged: the centre books by it. What the visit states
 * itself stays. A visit that leaves the status open says "normal", and "no civil servant", so those alone are no answer of anybody's.
 */
export function registeredByCentre(told: Told | undefined, { person, policy }: InsuredPatient, visit: StatedVisit): Registered {
  if (visit.entitlements !== undefined) return {}
  const known = told?.(person.certno, person.insutype ?? '')
  if (known?.insurances === undefined) return {}
  const insurance = known.insurances.find(({ insuplc_admdvs }) => insuplc_admdvs === policy.region)
  const { psn_insu_stas = NORMAL, psn_type, cvlserv_flag = NO, psn_idet_type = [] } = visit.insured ?? {}
  const identities = insurance && identitiesOn(known.identities, visit.begntime)
  return {
    ...(psn_insu_stas === NORMAL && { psn_insu_stas: toldStatus(insurance, visit.begntime) }),
    ...(psn_type === undefined && insurance?.psn_type !== undefined && { psn_type: insurance.psn_type }),
    ...(cvlserv_flag === NO && insurance?.cvlserv_flag !== undefined && { cvlserv_flag: insurance.cvlserv_flag }),
    ...(psn_idet_type.length === 0 && identities !== undefined && { psn_idet_type: identities })
  }
}

const identitiesOn = (identities: readonly ToldIdentity[] | undefined, day: string): string[] | undefined =>
  identities?.filter(({ begntime, endtime }) => isWithin(day, begntime, endtime)).map(({ psn_idet_type }) => psn_idet_type)

/** undefined: the person has no such insurance. */
export const toldStatus = (insurance: ToldInsurance | undefined, day: string): ToldInsurance['psn_insu_stas'] =>
  insuranceStatusOn(insurance && { status: insurance.psn_insu_stas, insuredSince: insurance.psn_insu_date, pausedSince: insurance.paus_insu_date }, day)

/** As a visit and a claim state it; undefined: every fund is open. */
export const closedEntitlements = (closed: ClosedFunds): Visit['entitlements'] =>
  closed.size === 0 ? undefined : [...closed.keys()].map((fund_pay_type) => ({ fund_pay_type, trt_enjymnt_flag: '0' }))

export const entitlementOf = ({ fund_pay_type, med_type, trt_enjymnt_flag, begndate, enddate, trt_chk_rslt }: ToldEntitlement): Entitlement => ({
  fundPayType: fund_pay_type,
  medType: med_type,
  enjoys: trt_enjymnt_flag === '1',
  begins: dayOf(begndate),
  ends: dayOf(enddate),
  why: trt_chk_rslt
})

/** Written with a time of day or without. */
const dayOf = (text: string | undefined): BusinessDate | undefined => parseDate(text?.slice(0, 10) ?? '')
