/**
 * What the catalogue says of an item on a day, at a place, for a kind of insurance. Ceilings and pre-self-pay shares are those
 * of the day of the fee, not of the day on which the catalogue was fetched.
 */

import type { BusinessDate } from '../calendar/business-date.ts'
import type { ChargeClass } from '../policy/policy-parts.ts'
import type { CatalogueItem } from './item-schema.ts'
import { holdsOn, periodOf } from './period.ts'

export interface FeeFacts {
  /** Day of the fee. */
  readonly on: BusinessDate
  /** Of the institution, 0 to 3; undefined (unknown, a pharmacy) counts as the lowest. */
  readonly level: number | undefined
  readonly insutype: string | undefined
}

/** What a bill's line takes from the catalogue where it says nothing itself. */
export interface ItemTerms {
  readonly name: string
  readonly chrgitm_lv: ChargeClass
  readonly pric: string | undefined
  readonly selfpay_prop: string | undefined
  readonly pric_uplmt_amt: string | undefined
  readonly lmt_used_flag: '0' | '1' | undefined
  readonly med_chrgitm_type: string
}

/** Full own pay. What the insurance catalogue does not hold on the day is sold, and no fund pays for it (S2). */
const NOT_HELD: ChargeClass = '03'

export function itemTerms(item: CatalogueItem, fee: FeeFacts): ItemTerms {
  const held = classOn(item, fee.on)
  return {
    name: item.name,
    chrgitm_lv: held ?? NOT_HELD,
    pric: item.pric,
    selfpay_prop: held === undefined ? undefined : prePayOn(item, fee),
    pric_uplmt_amt: held === undefined ? undefined : ceilingOn(item, fee),
    lmt_used_flag: item.lmt_used_flag,
    med_chrgitm_type: item.med_chrgitm_type
  }
}

/** undefined: the insurance catalogue does not hold it on that day. */
export const classOn = (item: CatalogueItem, on: BusinessDate): ChargeClass | undefined =>
  item.vali_flag !== '0' && holdsOn(periodOf(item), on) ? item.chrgitm_lv : undefined

/** A row speaks for institutions of its level and below; of several the nearest level. */
export function ceilingOn({ ceilings = [], pric_uplmt_amt }: CatalogueItem, { on, level = 0 }: Omit<FeeFacts, 'insutype'>): string | undefined {
  const rows = ceilings.filter((row) => row.level >= level && holdsOn(row, on))
  const nearest = rows.reduce<(typeof rows)[number] | undefined>((best, row) => (best === undefined || row.level < best.level ? row : best), undefined)
  return nearest?.pric_uplmt_amt ?? pric_uplmt_amt
}

export function prePayOn({ pre_pay = [], selfpay_prop }: CatalogueItem, { on, insutype }: Omit<FeeFacts, 'level'>): string | undefined {
  const rows = pre_pay.filter((row) => holdsOn(row, on))
  const row = rows.find((own) => own.insutype === insutype) ?? rows.find((other) => other.insutype === EVERY_OTHER)
  return row?.selfpay_prop ?? selfpay_prop
}

/** selfpay_prop_psn_type (H T557). */
const EVERY_OTHER = '99'
