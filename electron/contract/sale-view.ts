/** A pharmacy sale on the screen: the light of each line and its reasons, the prescription, the packs; and a question without a sale. */

import type { Text, Yuan } from './text.ts'

/** covered: a fund pays. limited: it pays in part. own-money: account or cash only. forbidden: may not be handed over. */
export type Light = 'covered' | 'limited' | 'own-money' | 'forbidden'

export interface ReasonView {
  /** Member of settlement/eligibility's closed union, stable for scripts and tests. */
  readonly kind: string
  readonly effect: 'forbids' | 'cash-only' | 'own-money' | 'limits' | 'asks' | 'note'
  readonly what: Text
  /** Who can mend it, and how. */
  readonly mend: Text | null
  readonly today: Text | null
  /** Where the rule was published; `isUncertain` marks inferred, conflicting and weak ones on the screen. */
  readonly source: Text
  readonly certainty: Text
  readonly isUncertain: boolean
  /** The settlement that it speaks of: where a pack was sold before. */
  readonly settlementId: string | null
}

export interface VerdictView {
  readonly light: Light
  /** The one sentence beside the light. */
  readonly sentence: Text
  readonly reasons: readonly ReasonView[]
  readonly funds: readonly { readonly name: Text; readonly light: Light }[]
  /** Of `limited`: how many a fund pays, decimal string; null where the limit is an amount, or there is none. */
  readonly payableQuantity: string | null
  readonly accountMayPay: boolean
}

export interface PackView {
  readonly traceCode: string
  readonly isSplit: boolean
}

/** What a sale adds to a line. */
export interface SaleLineView {
  readonly verdict: VerdictView
  readonly isOwnPay: boolean
  readonly spec: string
  /** Dose and frequency as the label has them, and the days that follow; null: not known. */
  readonly dose: string | null
  readonly frequency: string | null
  readonly days: string | null
  /** How many packs want a trace code; 0: an exempt kind. */
  readonly tracesWanted: number
  readonly packs: readonly PackView[]
  /** A covered drug of the same substance exists. */
  readonly hasSubstitute: boolean
  /** The line that it takes back: its quantity is negative, and it cannot be edited. */
  readonly returnOf: string | null
}

export interface PrescriptionView {
  readonly kind: 'paper' | 'electronic'
  readonly number: string
  readonly issuedOn: string
  readonly validUntil: string
  readonly doctor: string
  readonly institution: string
  readonly institutionCode: string
  readonly level: number
  readonly visit: 'ordinary' | 'emergency' | 'chronic' | 'long-term' | 'reduced-mobility'
  readonly diagnoses: readonly string[]
  readonly review: 'passed' | 'refused' | 'open'
  /** Of electronic ones. */
  readonly state: Text | null
  readonly lines: readonly PrescribedLineView[]
  /** What stands against it as a whole. */
  readonly reasons: readonly ReasonView[]
}

export interface PrescribedLineView {
  readonly name: string
  readonly code: string | null
  readonly quantity: string
  readonly unit: string
  readonly days: string | null
  /** takeDrugFlag */
  readonly isTaken: boolean
  /** The line of the bill that fills it; null: not yet. */
  readonly filledBy: string | null
}

/** Of a bill that is a sale; null on a hospital's bill. */
export interface SaleView {
  readonly place: { readonly code: string; readonly name: string; readonly isPooling: boolean; readonly isDualChannel: boolean }
  readonly prescription: PrescriptionView | null
  /** What stands against the person: arrears, a lost card, in hospital. */
  readonly person: readonly ReasonView[]
  /** Of a return: the sale that is taken back and settled anew without what came back. */
  readonly returnOf: { readonly settlementId: string; readonly when: string } | null
  /** Lines that may not be handed over, lack a trace code, or go beyond what a fund may pay and are not split: settling waits for them. */
  readonly openLines: number
  /** Of them those that may not be handed over: the sums are without them. */
  readonly withheldLines: number
  /** A fund pays nothing of what is covered this time: the year's deductible takes it all. */
  readonly isWithinDeductible: boolean
  /** Days in which a paper prescription is valid, the day of issue among them, where it says nothing itself. */
  readonly prescriptionDays: number
  readonly rules: { readonly id: string; readonly version: string; readonly name: Text }
}

export type ScanOutcome =
  | { readonly kind: 'line-added'; readonly line: string }
  | { readonly kind: 'pack-added'; readonly line: string }
  | { readonly kind: 'prescription'; readonly number: string }
  /** More than one item carries this barcode. */
  | { readonly kind: 'choose'; readonly codes: readonly string[] }

/** An electronic prescription that waits at the platform, as a patient's telephone would show it. */
export interface WaitingPrescriptionView {
  readonly number: string
  readonly patient: string
  readonly doctor: string
  readonly issuedOn: string
  /** What is wrong with it in one word, or that nothing is. */
  readonly note: Text
  /** What the QR code says. */
  readonly text: string
}

export interface SubstituteView {
  readonly code: string
  readonly name: string
  readonly spec: string
  readonly price: Yuan | null
  readonly light: Light
  readonly sentence: Text
}

/** An answer without a sale: this person, this drug, here, on this day. Printable. */
export interface EligibilityView {
  readonly askedAt: string
  readonly place: string
  readonly holder: string
  readonly insured: Text
  readonly item: { readonly code: string; readonly name: string; readonly spec: string; readonly chargeClass: string; readonly price: Yuan | null }
  readonly on: string
  readonly quantity: string
  readonly days: string | null
  readonly verdict: VerdictView
  /** Of it a fund would pay nothing today: the year's deductible takes it all. false where nobody is there, and at a hospital. */
  readonly isWithinDeductible: boolean
  readonly person: readonly ReasonView[]
  readonly substitutes: readonly SubstituteView[]
  readonly rules: { readonly id: string; readonly version: string; readonly name: Text }
}
