/** The lines of a claim from its bytes, without an object in between. Only what every bill has; the packs of a sale are the schema's. */

import type { ClaimLine } from '../calculation/claim.ts'
import type { Fen } from '../money/fen.ts'
import { priceTimesQuantity, type Price, type Quantity } from '../money/price.ts'
import { RATIO_ONE, type Ratio } from '../money/ratio.ts'
import type { ChargeClass } from '../policy/policy-parts.ts'
import { LINES_MAX } from './claim-schema.ts'
import { SIGN, type ClaimScanner } from './claim-scanner.ts'
import { AMOUNT_MAX } from './fields.ts'
import { isAmountOf, isTooLarge } from './parse-claim.ts'

const NAMES = [
  'feedetl_sn', 'med_list_codg', 'name', 'chrgitm_lv', 'pric', 'cnt', 'hosp_appr_flag', 'med_chrgitm_type', 'selfpay_prop',
  'pric_uplmt_amt', 'lmt_used_flag', 'det_item_fee_sumamt'
] as const
/** Every value of a line is a text. */
const MARKS = NAMES.map((name) => Buffer.from(`"${name}":"`))

const CLASSES: readonly ChargeClass[] = ['01', '02', '03', '04']
const FLAGS = ['0', '1', '2'] as const
const CHARGE_TYPES = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13', '14']
const PRICE_MAX = 1e15
const QUANTITY_MAX = 1e12
/** Of a number that is not there. */
const NOT_STATED = -Infinity

/** Fields of one line, as they are found. */
interface Found {
  lineNo: string | undefined
  code: string | undefined
  name: string | undefined
  chargeType: string | undefined
  chargeClass: ChargeClass | undefined
  price: number
  quantity: number
  amount: number
  prePay: number
  ceiling: number
  isRestricted: boolean
  approval: ClaimLine['approval']
}

/** From the first line's brace to behind the list; undefined when anything is not plain. */
export function linesFrom(scanner: ClaimScanner): readonly ClaimLine[] | undefined {
  const lines: ClaimLine[] = []
  const numbers = new Set<string>()
  const order: number[] = []
  do {
    const line = lineFrom(scanner, order, lines.length)
    if (line === undefined || lines.length === LINES_MAX) return undefined
    lines.push(line)
    numbers.add(line.lineNo)
  } while (scanner.passes(SIGN.comma))
  return scanner.passes(SIGN.listEnd) && numbers.size === lines.length ? lines : undefined
}

function lineFrom(scanner: ClaimScanner, order: number[], index: number): ClaimLine | undefined {
  const found: Found = {
    lineNo: undefined,
    code: undefined,
    name: undefined,
    chargeType: undefined,
    chargeClass: undefined,
    price: NOT_STATED,
    quantity: NOT_STATED,
    amount: NOT_STATED,
    prePay: NOT_STATED,
    ceiling: NOT_STATED,
    isRestricted: false,
    approval: '0'
  }
  scanner.expect(SIGN.object)
  let seen = 0
  let place = 0
  do {
    const name = scanner.passesOneOf(MARKS, order, place)
    if (name === -1 || (seen & (1 << name)) !== 0) return undefined
    seen |= 1 << name
    readField(scanner, found, name)
    if (scanner.isOdd) return undefined
    place += 1
  } while (scanner.passes(SIGN.comma))
  return scanner.passes(SIGN.objectEnd) ? lineOf(found, index) : undefined
}

function readField(scanner: ClaimScanner, found: Found, name: number): void {
  switch (NAMES[name]) {
    case 'feedetl_sn':
      found.lineNo = scanner.text(30)
      return
    case 'med_list_codg':
      found.code = scanner.text(50)
      return
    case 'name':
      found.name = scanner.text(200)
      return
    case 'chrgitm_lv':
      found.chargeClass = CLASSES[twoDigits(scanner) - 1] ?? scanner.odd()
      return
    case 'pric':
      found.price = priceFrom(scanner)
      return
    case 'cnt':
      found.quantity = scanner.decimal(9, 4, true)
      if (found.quantity === 0 || Math.abs(found.quantity) > QUANTITY_MAX) scanner.odd()
      return
    case 'hosp_appr_flag':
      found.approval = flag(scanner, 2)
      return
    case 'med_chrgitm_type':
      found.chargeType = CHARGE_TYPES[twoDigits(scanner) - 1] ?? scanner.odd()
      return
    case 'selfpay_prop':
      found.prePay = scanner.decimal(1, 4, false)
      if (found.prePay > RATIO_ONE) scanner.odd()
      return
    case 'pric_uplmt_amt':
      found.ceiling = priceFrom(scanner)
      return
    case 'lmt_used_flag':
      found.isRestricted = flag(scanner, 1) === '1'
      return
    case 'det_item_fee_sumamt':
      found.amount = scanner.decimal(10, 2, true)
      if (Math.abs(found.amount) > AMOUNT_MAX) scanner.odd()
      return
    default:
      scanner.odd()
  }
}

function priceFrom(scanner: ClaimScanner): number {
  const stated = scanner.decimal(10, 6, false)
  if (stated > PRICE_MAX) scanner.odd()
  return stated
}

/** "07" is 7. */
function twoDigits(scanner: ClaimScanner): number {
  const number = scanner.digit() * 10 + scanner.digit()
  scanner.expect(SIGN.quote)
  return number
}

function flag(scanner: ClaimScanner, most: number): ClaimLine['approval'] {
  const digit = scanner.digit()
  scanner.expect(SIGN.quote)
  return (digit > most ? undefined : FLAGS[digit]) ?? scanner.odd() ?? '0'
}

const NONE: readonly never[] = []

/** As `parseClaim` makes it; undefined unless it has a class, a price, a quantity, and an amount that is their product. */
function lineOf(found: Found, index: number): ClaimLine | undefined {
  const { chargeClass } = found
  if (chargeClass === undefined || found.price === NOT_STATED || found.quantity === NOT_STATED) return undefined
  const price = found.price as Price
  const quantity = found.quantity as Quantity
  if (isTooLarge(price, quantity)) return undefined
  const amount = found.amount === NOT_STATED ? priceTimesQuantity(price, quantity) : (found.amount as Fen)
  if (found.amount !== NOT_STATED && !isAmountOf(amount, price, quantity)) return undefined
  return {
    lineNo: found.lineNo ?? String(index + 1),
    medListCodg: found.code,
    name: found.name,
    medChrgitmType: found.chargeType,
    chargeClass,
    price,
    quantity,
    amount,
    prePay: found.prePay === NOT_STATED ? undefined : (found.prePay as Ratio),
    // The national interface writes an absent number as 0.
    ceiling: found.ceiling === NOT_STATED || found.ceiling === 0 ? undefined : (found.ceiling as Price),
    isRestricted: found.isRestricted,
    approval: found.approval,
    prescriptionNo: undefined,
    days: undefined,
    packs: NONE,
    returnOf: undefined
  }
}
