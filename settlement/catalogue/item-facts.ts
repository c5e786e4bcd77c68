/** What eligibility may know of an item: the catalogue's words, in the terms of a question. */

import { date, type BusinessDate } from '../calendar/business-date.ts'
import { atcOfCode } from '../eligibility/national-code.ts'
import type { ItemFacts } from '../eligibility/question.ts'
import { parseQuantity } from '../money/price.ts'
import { classOn } from './item-on-day.ts'
import type { CatalogueItem, ItemKind } from './item-schema.ts'

/** `item`: the row of the day, as `Catalogue.get(code, on)` gives it. */
export function itemFacts(item: CatalogueItem, on: BusinessDate): ItemFacts {
  return {
    code: item.med_list_codg,
    name: item.name,
    generic: item.generic,
    chargeClass: classOn(item, on),
    paidFrom: dayOf(item.valid_from),
    paidTo: dayOf(item.valid_to),
    isValid: item.vali_flag !== '0',
    kind: kindOf(item),
    atc: atcOf(item),
    needsPrescription: item.rx_flag === undefined ? undefined : item.rx_flag === '1',
    unit: item.unit,
    isRestricted: item.lmt_used_flag === '1',
    restriction: item.restriction,
    isNegotiated: item.hi_nego_drug_flag === '1',
    isDualChannel: item.dualchnl_flag === '1',
    isForChildren: item.chld_medc_flag === '1',
    unitsPerPack: item.units_per_pack === undefined ? undefined : parseQuantity(item.units_per_pack)
  }
}

const dayOf = (text: string | undefined): BusinessDate | undefined => (text === undefined ? undefined : date(text))

/** med_chrgitm_type (H T415). */
const KIND_BY_CHARGE_TYPE: Readonly<Record<string, ItemKind>> = { '08': 'consumable', '09': 'western', '10': 'pieces', '11': 'patent', '14': 'other' }

export const kindOf = ({ kind, med_chrgitm_type }: CatalogueItem): ItemKind => kind ?? KIND_BY_CHARGE_TYPE[med_chrgitm_type] ?? 'service'

/** A western drug's national code: X, five characters of ATC, four of the substance, then form, strength, pack, company. */
const WESTERN_CODE = /^X([A-Z]\d{2}[A-Z]{2}[A-Z]\d{3})[A-Z0-9]{13}$/

export const atcOf = ({ atc, med_list_codg }: Pick<CatalogueItem, 'atc' | 'med_list_codg'>): string | undefined =>
  atc ?? atcOfCode(med_list_codg)

/** Equal for drugs of one substance whatever their form, strength and maker; undefined where nobody knows. */
export const substanceOf = (item: Pick<CatalogueItem, 'med_list_codg' | 'generic'>): string | undefined =>
  WESTERN_CODE.exec(item.med_list_codg)?.[1] ?? item.generic
