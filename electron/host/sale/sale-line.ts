/** What a sale knows of a line beside the bill: how it is taken, its packs, whether the person wants to pay it. */

import type { ClaimLine } from '../../../settlement/calculation/claim.ts'
import type { BusinessDate } from '../../../settlement/calendar/business-date.ts'
import type { Catalogue } from '../../../settlement/catalogue/catalogue.ts'
import { itemFacts } from '../../../settlement/catalogue/item-facts.ts'
import { daysOfSupply, frequencyOf } from '../../../settlement/eligibility/days-of-supply.ts'
import type { AskedItem, ItemFacts } from '../../../settlement/eligibility/question.ts'
import { parseQuantity, type Quantity } from '../../../settlement/money/price.ts'
import type { NumberedLine } from '../../../settlement/visit/claim-draft.ts'
import type { PackView } from '../../contract/sale-view.ts'

export interface SaleLine {
  readonly ownPay: boolean
  /** hosp_appr_flag as the prescription, or a person, says it; the bill's own follows the verdict. */
  readonly approval: '0' | '1' | '2'
  /** As the label has them. Units at a time; code or letters. */
  readonly dose: string | undefined
  readonly frequency: string | undefined
  /** Stated instead of what dose and frequency come to. */
  readonly days: string | undefined
  readonly packs: readonly PackView[]
}

export const NEW_LINE: SaleLine = { ownPay: false, approval: '0', dose: undefined, frequency: undefined, days: undefined, packs: [] }

/** What the catalogue says of an item today. The spec is for people. */
export interface KnownItem {
  readonly facts: ItemFacts
  readonly spec: string
  readonly minUnit: string
}

export function knownItem(catalogue: Catalogue, code: string, on: BusinessDate): KnownItem | undefined {
  const item = catalogue.get(code, on)
  return item && { facts: itemFacts(item, on), spec: item.spec ?? '', minUnit: item.min_unit ?? '' }
}

/** Whole days; undefined: not known. */
export function daysOf({ dose, frequency, days }: SaleLine, quantity: Quantity, { unitsPerPack }: ItemFacts): number | undefined {
  if (days !== undefined) return Number.parseInt(days, 10)
  const [units, often] = [dose === undefined ? undefined : parseQuantity(dose), frequency === undefined ? undefined : frequencyOf(frequency)]
  if (units === undefined || often === undefined || unitsPerPack === undefined) return undefined
  return daysOfSupply({ quantity, unitsPerPack, dose: units, frequency: often })
}

/** Days were said of a quantity: of another one they are as many more, or fewer. */
export function daysScaled(days: string | undefined, from: Quantity, to: Quantity): string | undefined {
  if (days === undefined || from <= 0 || to <= 0) return days
  return String((BigInt(days) * BigInt(to)) / BigInt(from))
}

export function askedItem(line: ClaimLine, sale: SaleLine, facts: ItemFacts): AskedItem {
  return {
    line: line.lineNo,
    code: facts.code,
    quantity: line.quantity,
    price: line.price,
    amount: line.amount,
    days: daysOf(sale, line.quantity, facts),
    packs: sale.packs,
    approval: sale.approval,
    asOwnPay: sale.ownPay,
    item: facts
  }
}

/** More days than any drug is handed over for; the interface has three digits. */
const DAYS_MAX = 999

/** The line of the claim: who pays is the verdict's, what was handed over the person's. */
export function visitLine(
  line: NumberedLine,
  sale: SaleLine,
  { isOwnMoney, days, minUnit, rxno }: { readonly isOwnMoney: boolean; readonly days: number | undefined; readonly minUnit: string; readonly rxno: string | undefined }
): NumberedLine {
  const { rxno: _rx, rx_circ_flag: _circ, prd_days: _days, sin_dos_dscr: _dose, used_frqu_dscr: _often, drug_trac_info: _packs, ...rest } = line
  return {
    ...rest,
    hosp_appr_flag: isOwnMoney ? '2' : sale.approval,
    ...(rxno !== undefined && { rxno, rx_circ_flag: '1' }),
    ...(days !== undefined && { prd_days: String(Math.min(days, DAYS_MAX)) }),
    ...(sale.dose !== undefined && { sin_dos_dscr: `${sale.dose}${minUnit}` }),
    ...(sale.frequency !== undefined && { used_frqu_dscr: sale.frequency }),
    ...(sale.packs.length > 0 && { drug_trac_info: sale.packs.map(({ traceCode, isSplit }) => ({ drug_trac_codg: traceCode, trdn_flag: isSplit ? '1' : '0' })) })
  }
}
