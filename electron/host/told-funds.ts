/**
 * What a centre told of the funds of single persons, as a counter uses it: the funds that pay nothing at a visit, with the centre's own
 * words for it. The centre books by the same rows, so what is charged here is what it will answer, as far as its list is its latest word.
 */

import { parseDate, type BusinessDate } from '../../settlement/calendar/business-date.ts'
import { closedFunds } from '../../settlement/eligibility/closed-funds.ts'
import { fundCodes } from '../../settlement/policy/close-funds.ts'
import type { Entitlement } from '../../settlement/eligibility/question.ts'
import type { Visit } from '../../settlement/visit/visit-schema.ts'
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

/** undefined: nothing was told of that person, who may enjoy everything. */
export type ToldFunds = (citizenNumber: string, insutype: string) => readonly ToldEntitlement[] | undefined

/** By fund_pay_type, with the centre's words where it gave any. */
export type ClosedFunds = ReadonlyMap<string, string | undefined>

export const NONE_CLOSED: ClosedFunds = new Map()

/**
 * Of the funds that the rules know. A visit that says itself what the centre answered (2001) is believed: nothing is looked up.
 */
export function closedByCentre(told: ToldFunds | undefined, { person, policy }: InsuredPatient, visit: Pick<Visit, 'entitlements' | 'med_type' | 'begntime'>): ClosedFunds {
  const on = parseDate(visit.begntime.slice(0, 10))
  if (told === undefined || on === undefined || visit.entitlements !== undefined) return NONE_CLOSED
  const insutype = person.insutype ?? ''
  const known = fundCodes(policy, insutype)
  const rows = told(person.certno, insutype)?.filter(({ fund_pay_type }) => known.has(fund_pay_type)) ?? []
  return rows.length === 0 ? NONE_CLOSED : closedFunds(rows.map(entitlementOf), visit.med_type, on)
}

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
