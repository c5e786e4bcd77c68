/**
 * What eligibility is asked: a person, a place, a day, the items, the prescription, and what was dispensed before. All of
 * it is handed in; a fact that nobody knows is `undefined` and is never guessed: the rule that needs it says so.
 */

import type { BusinessDate } from '../calendar/business-date.ts'
import type { Fen } from '../money/fen.ts'
import type { Price, Quantity } from '../money/price.ts'
import type { ChargeClass } from '../policy/policy-parts.ts'
import type { InstitutionKind } from '../wire/fields.ts'

export interface Question {
  readonly person: EligiblePerson
  readonly place: Place
  readonly visit: VisitKind
  /** Day of service: ages, periods, catalogue dates and rules are those of this day. */
  readonly on: BusinessDate
  readonly prescription: Prescription | undefined
  /** In the order of the bill; verdicts do not depend on it. */
  readonly items: readonly AskedItem[]
  /** Earlier supplies of this person that were not returned: own ledger and what the centre told (5205); undefined: nobody knows. */
  readonly history: readonly EarlierSupply[] | undefined
  /** What this person has used of the place's own limits. */
  readonly used: PlaceUse
  /** Of the trace codes on this bill: those that lie in a sale that was not returned. */
  readonly soldCodes: ReadonlyMap<string, SoldCode>
}

export interface EligiblePerson {
  /** psn_type, insutype: national codes, by prefix where places write more digits. */
  readonly psnType: string
  readonly insutype: string
  readonly sex: 'male' | 'female' | undefined
  readonly born: BusinessDate | undefined
  readonly isCivilServant: boolean
  /** 6 digits of the division where the person is insured. */
  readonly insuredRegion: string
  readonly insurance: InsuranceState
  /** 2001 style: what the centre said of each fund; empty: it said nothing. */
  readonly entitlements: readonly Entitlement[]
  readonly card: CardState
  /** 5303: is an inpatient somewhere on the day; undefined: not known. */
  readonly inHospital: boolean | undefined
  readonly filings: readonly Filing[]
}

export interface InsuranceState {
  /** psn_insu_stas: 0 not insured, 1 normal, 2 suspended, 3 invalid, 4 terminated. */
  readonly status: '0' | '1' | '2' | '3' | '4'
  /** paus_insu_date */
  readonly suspendedSince: BusinessDate | undefined
  /** Premiums are owed since; undefined: none owed, or not known. */
  readonly arrearsSince: BusinessDate | undefined
  /** psn_insu_date: first day of the present, unbroken participation. */
  readonly since: BusinessDate | undefined
  /** How the participation began. A break of more months than the place admits makes it a new one. */
  readonly began: 'new' | 'self-employed' | 'after-break' | 'continuous' | undefined
  /** Whole months of the break, of `after-break`. */
  readonly brokenMonths: number | undefined
  /** Residents: yearly payments missed before. */
  readonly missedYears: number | undefined
}

export interface Entitlement {
  /** Six digits, such as 310102. */
  readonly fundPayType: string
  /** med_type, or the beginning of several; undefined: every kind of visit. */
  readonly medType: string | undefined
  readonly enjoys: boolean
  readonly begins: BusinessDate | undefined
  readonly ends: BusinessDate | undefined
  /** trt_chk_rslt, the centre's own words. */
  readonly why: string | undefined
}

export interface CardState {
  /** card: the chip; e-cert 01, id-card 02 of mdtrt_cert_type. */
  readonly by: 'card' | 'e-cert' | 'id-card'
  readonly lost: { readonly report: 'temporary' | 'formal'; readonly on: BusinessDate } | undefined
  /** Last day on which the card may be used. */
  readonly expires: BusinessDate | undefined
  readonly isActivated: boolean
}

/** biz_appy_type and what it opens. */
export interface Filing {
  readonly kind: 'off-site-resident' | 'referral' | 'off-site-emergency' | 'chronic' | 'special-drug' | 'dual-channel' | 'long-term-drug' | 'proxy'
  readonly begins: BusinessDate
  readonly ends: BusinessDate | undefined
  /** dise_codg of a chronic filing. */
  readonly disease: string | undefined
  /** med_list_codg of a special drug; empty: not bound to one. */
  readonly items: readonly string[]
  /** fixmedins_code of designated places; empty: any. */
  readonly places: readonly string[]
  /** Divisions that an off-site filing names, by prefix. */
  readonly regions: readonly string[]
}

export interface Place {
  /** fixmedins_code, and the six digits of where it stands. */
  readonly code: string
  readonly region: string
  readonly kind: InstitutionKind
  readonly level: number
  /** Pharmacies: takes part in outpatient pooling; is a dual-channel pharmacy. */
  readonly isPooling: boolean
  readonly isDualChannel: boolean
}

export interface VisitKind {
  /** med_type */
  readonly medType: string
  /** dise_codg, of a chronic visit. */
  readonly disease: string | undefined
}

export interface Prescription {
  readonly kind: 'paper' | 'electronic'
  readonly number: string
  readonly issuedOn: BusinessDate
  /** Last day on which it may be dispensed, where it says so itself. */
  readonly validUntil: BusinessDate | undefined
  readonly prescriber: {
    readonly name: string
    readonly code: string | undefined
    readonly institution: { readonly code: string; readonly name: string; readonly level: number; readonly kind: InstitutionKind; readonly isDesignated: boolean }
  }
  readonly diagnoses: readonly { readonly code: string; readonly name: string }[]
  readonly visit: 'ordinary' | 'emergency' | 'chronic' | 'long-term' | 'reduced-mobility'
  /** A pharmacist has reviewed it: 7206 rxChkStasCodg 1 passed, 0 refused; undefined: not yet. */
  readonly review: 'passed' | 'refused' | undefined
  /** Of electronic ones: rx_stas_codg 1 valid, 2 expired, 3 withdrawn; rx_used_stas_codg 2 used. */
  readonly electronic: { readonly status: 'valid' | 'expired' | 'withdrawn'; readonly isUsed: boolean; readonly signatureVerified: boolean; readonly scope: 'dual-channel' | 'pooling' | 'other' } | undefined
  readonly lines: readonly PrescribedLine[]
}

export interface PrescribedLine {
  /** med_list_codg, or a generic name that any drug of the substance fills. */
  readonly code: string | undefined
  readonly generic: string
  readonly quantity: Quantity
  readonly unit: string
  readonly days: number | undefined
  /** takeDrugFlag: was dispensed already. */
  readonly isTaken: boolean
  /** hospApprFlag 0 none needed, 1 approved, 2 refused. */
  readonly approval: '0' | '1' | '2'
}

export interface AskedItem {
  /** Names the line on the bill. */
  readonly line: string
  readonly code: string
  readonly quantity: Quantity
  readonly price: Price
  readonly amount: Fen
  /** Days that this quantity lasts at the stated dose; undefined: not known. */
  readonly days: number | undefined
  readonly packs: readonly { readonly traceCode: string; readonly isSplit: boolean }[]
  /** hosp_appr_flag: 0 none needed, 1 approved, 2 refused. */
  readonly approval: '0' | '1' | '2'
  /** The person pays this one themselves, whatever the funds would. */
  readonly asOwnPay: boolean
  readonly item: ItemFacts
}

/** What the catalogue knows of an item on the day; undefined where it says nothing. */
export interface ItemFacts {
  readonly code: string
  readonly name: string
  /** Of drugs: the substance. */
  readonly generic: string | undefined
  /** 01 A, 02 B, 03 C, 04 payable C; undefined: the insurance catalogue does not hold it on this day. */
  readonly chargeClass: ChargeClass | undefined
  /** When the insurance catalogue holds it: first and last day; undefined: without end. */
  readonly paidFrom: BusinessDate | undefined
  readonly paidTo: BusinessDate | undefined
  readonly isValid: boolean
  readonly kind: 'western' | 'patent' | 'pieces' | 'granules' | 'own-preparation' | 'service' | 'consumable' | 'other'
  /** Western drugs: ATC from the national code (XA01ABD075... is A01ABD075); shorter codes are fine. */
  readonly atc: string | undefined
  /** rx_flag 1; undefined: not known. */
  readonly needsPrescription: boolean | undefined
  /** lmt_used_flag 1, and its words. */
  readonly isRestricted: boolean
  readonly restriction: string | undefined
  readonly isNegotiated: boolean
  readonly isDualChannel: boolean
  readonly isForChildren: boolean
  /** Units in one pack, for days of supply and split packs; undefined: not known. */
  readonly unitsPerPack: Quantity | undefined
  /** Of sale, such as 盒; to be compared with that of an electronic prescription. */
  readonly unit?: string | undefined
}

export interface EarlierSupply {
  readonly code: string
  readonly atc: string | undefined
  readonly generic: string | undefined
  readonly on: BusinessDate
  readonly quantity: Quantity
  readonly days: number | undefined
  readonly where: string
  readonly fundPaid: boolean
}

/** What fell to this person's insurance at this place (or at every pharmacy, where the region says so). Fen. */
export interface PlaceUse {
  readonly today: Fen
  readonly thisMonth: Fen
  readonly salesToday: number
}

export interface SoldCode {
  readonly settlementId: string
  readonly on: BusinessDate
  readonly isSplit: boolean
}
