/** A published policy as far as the auditor's own calculation reads it, and which of its rows are for whom. */

export interface When {
  readonly psn_type?: readonly string[]
  readonly insutype?: readonly string[]
  readonly age?: { readonly from?: number; readonly below?: number }
  readonly level?: readonly number[]
  readonly kind?: readonly string[]
  readonly med_type?: readonly string[]
  readonly cvlserv_flag?: string
  readonly psn_idet_type?: readonly string[]
}

interface ForSome {
  readonly when?: When
}

export interface LimitDocument {
  readonly of?: 'payment' | 'expense' | 'in-scope-expense'
  readonly period?: 'year' | 'visit'
  readonly counter?: string
  readonly rows: readonly (ForSome & { readonly amount: string | null; readonly counter?: string })[]
}

export interface BandDocument extends ForSome {
  readonly pays: string
  readonly fund_pay_type?: string
  readonly ratio: readonly (ForSome & { readonly ratio: string })[]
  readonly limit?: LimitDocument | readonly LimitDocument[]
}

export interface SupplementDocument extends ForSome {
  readonly pays: string
  readonly fund_pay_type?: string
  readonly of?: readonly string[]
  readonly counter?: string
  readonly period?: 'year' | 'visit'
  readonly rows: readonly (ForSome & { readonly tiers: readonly { readonly above: string; readonly ratio: string }[] })[]
  readonly limit?: LimitDocument
}

export interface PolicyDocument {
  readonly insutype?: readonly string[]
  readonly rounding?: unknown
  readonly pharmacy_follows?: string
  readonly pharmacy_ratio?: string
  readonly pooling_needs_prescription?: boolean
  readonly classes?: readonly (ForSome & { readonly chrgitm_lv: string; readonly selfpay_prop?: string; readonly pays?: string })[]
  readonly deductible?: {
    readonly accumulation?: string
    readonly counter?: string
    readonly rows: readonly (ForSome & { readonly amount: string; readonly counter?: string })[]
  }
  readonly bands: readonly BandDocument[]
  readonly supplements?: readonly SupplementDocument[]
  readonly account?: { readonly order?: string; readonly current_year_pays?: readonly string[] }
}

/** What rows ask about a visit. */
export interface Subject {
  readonly psnType: string
  readonly insutype: string
  readonly age: number
  readonly level: number
  readonly kind: string
  readonly medType: string
  readonly isCivilServant: string
  readonly identities: readonly string[]
}

const KNOWN: ReadonlySet<string> = new Set(['psn_type', 'insutype', 'age', 'level', 'kind', 'med_type', 'cvlserv_flag', 'psn_idet_type'])

/** A row asks for something that this model does not know. */
export class NotModelled extends Error {
  override readonly name = 'NotModelled'
}

export const firstFor = <Row extends ForSome>(rows: readonly Row[], subject: Subject): Row | undefined => rows.find((row) => isFor(row, subject))

export function isFor({ when }: ForSome, subject: Subject): boolean {
  if (when === undefined) return true
  const unknown = Object.keys(when).find((name) => !KNOWN.has(name))
  if (unknown !== undefined) throw new NotModelled(unknown)
  const { age } = when
  return (
    (when.psn_type?.some((begin) => subject.psnType.startsWith(begin)) ?? true) &&
    (when.insutype?.includes(subject.insutype) ?? true) &&
    (age === undefined || (subject.age >= (age.from ?? 0) && subject.age < (age.below ?? Number.POSITIVE_INFINITY))) &&
    (when.level?.includes(subject.level) ?? true) &&
    (when.kind?.includes(subject.kind) ?? true) &&
    (when.med_type?.some((begin) => subject.medType.startsWith(begin)) ?? true) &&
    (when.cvlserv_flag === undefined || when.cvlserv_flag === subject.isCivilServant) &&
    (when.psn_idet_type?.some((type) => subject.identities.includes(type)) ?? true)
  )
}
