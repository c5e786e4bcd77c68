/** The person of a question: the card, the register of cards, and what the centre told. Without a card the general rules are asked for. */

import { parseDate, type BusinessDate } from '../../../settlement/calendar/business-date.ts'
import type { EligiblePerson, Filing, InsuranceState } from '../../../settlement/eligibility/question.ts'
import { insutypeField } from '../../../settlement/wire/fields.ts'
import type { RegisteredCard } from '../card-register.ts'
import { insuredPerson, samePoolingArea, type CardData } from '../insured-person.ts'
import { entitlementOf, toldStatus, type ToldPerson } from '../told-person.ts'
import { FILING_KINDS, type KnownPerson } from './people-file.ts'

export interface PersonSources {
  readonly card: CardData
  readonly registered: RegisteredCard | undefined
  readonly known: KnownPerson | undefined
  /** What the centre told, newer than the file. */
  readonly told: ToldPerson | undefined
  readonly on: BusinessDate
}

const EMPLOYEES = '310'
const OTHER = '99'
const NORMAL: EligiblePerson['insurance'] = {
  status: '1',
  suspendedSince: undefined,
  arrearsSince: undefined,
  since: undefined,
  began: undefined,
  brokenMonths: undefined,
  missedYears: undefined
}

/** Somebody insured here and in order: what the rules of the place say of everybody. */
export const somebody = (region: string): EligiblePerson => ({
  psnType: '11',
  insutype: EMPLOYEES,
  sex: undefined,
  born: undefined,
  isCivilServant: false,
  insuredRegion: region,
  insurance: { ...NORMAL, began: 'continuous' },
  entitlements: [],
  card: { by: 'card', lost: undefined, expires: undefined, isActivated: true },
  inHospital: false,
  filings: []
})

export function askedPerson({ card, registered, known, told, on }: PersonSources): EligiblePerson {
  const { identity, holder, medical } = card
  const read = insuredPerson(card, on)
  const person = read.ok ? read.value.person : undefined
  const insutype = insutypeField.safeParse(medical.insuranceType).data
  const insuredRegion = known?.insuplc_admdvs ?? medical.insuredRegion ?? identity.region
  return {
    psnType: person?.psn_type ?? OTHER,
    insutype: person?.insutype ?? insutype ?? EMPLOYEES,
    sex: holder.sex === 'male' || holder.sex === 'female' ? holder.sex : undefined,
    born: parseDate(holder.birthDate ?? ''),
    isCivilServant: known?.cvlserv_flag === '1',
    insuredRegion,
    insurance: { ...(known === undefined ? NORMAL : insuranceOf(known)), ...toldState(told, insuredRegion, on) },
    entitlements: (told?.entitlements ?? known?.entitlements ?? []).map(entitlementOf),
    card: {
      by: 'card',
      // The register keeps no day of the report: it holds until somebody lifts it.
      lost: registered?.lost === undefined ? undefined : { report: registered.lost, on },
      expires: parseDate(identity.expiryDate ?? ''),
      isActivated: registered?.activated ?? true
    },
    inHospital: known?.in_hospital,
    filings: known?.filings.map(filingOf) ?? []
  }
}

const dayOf = (text: string | undefined): BusinessDate | undefined => (text === undefined ? undefined : parseDate(text))

/** What the centre says of the insurance goes before the file; what it does not say, the file does. */
function toldState(told: ToldPerson | undefined, region: string, on: BusinessDate): Partial<InsuranceState> {
  if (told?.insurances === undefined) return {}
  const insurance = told.insurances.find(({ insuplc_admdvs }) => samePoolingArea(insuplc_admdvs, region))
  return { status: toldStatus(insurance, on), suspendedSince: dayOf(insurance?.paus_insu_date?.slice(0, 10)) }
}

const insuranceOf = ({ insurance }: KnownPerson): EligiblePerson['insurance'] => ({
  status: insurance.psn_insu_stas,
  suspendedSince: dayOf(insurance.paus_insu_date),
  arrearsSince: dayOf(insurance.arrears_since),
  since: dayOf(insurance.psn_insu_date),
  began: insurance.began,
  brokenMonths: insurance.broken_months,
  missedYears: insurance.missed_years
})

function filingOf({ biz_appy_type, begndate, enddate, dise_codg, med_list_codg, fixmedins_code, regions }: KnownPerson['filings'][number]): Filing {
  return {
    kind: FILING_KINDS[biz_appy_type],
    begins: begndate as BusinessDate,
    ends: dayOf(enddate),
    disease: dise_codg,
    items: med_list_codg,
    places: fixmedins_code,
    regions
  }
}
