/**
 * The fields that claims, visits, catalogues and policies are made of, each with its rule in words. Amounts, prices and
 * ratios are decimal strings: a JSON number would pass through a binary fraction. Code lists follow the national interface
 * (H T381 - T476); a code that is not on its list is refused.
 */

import { z } from 'zod'
import { parseFen } from '../money/fen.ts'
import { parsePrice, parseQuantity } from '../money/price.ts'
import { parseRatio } from '../money/ratio.ts'

/** 10^9 yuan, in fen. Leaves room below FEN_MAX for a year's counters plus a visit. */
export const AMOUNT_MAX = 100_000_000_000

const DECIMAL_STRING_RULE = 'must be a decimal string in quotes, such as "1500.00"'
const AMOUNT_RULE = 'must be an amount in yuan as a decimal string from "0.00" to "1000000000.00", at most 2 places'
const SIGNED_AMOUNT_RULE =
  'must be an amount in yuan as a decimal string, at most 2 places, "-" allowed, at most 1000000000.00'
const RATIO_RULE = 'must be a share as a decimal string from "0" to "1", at most 4 places, such as "0.65" for 65 %'
const PRICE_RULE = 'must be a unit price in yuan as a decimal string from "0" to "1000000000.000000", at most 6 places'
const QUANTITY_RULE =
  'must be a quantity as a decimal string other than zero, at most 4 places, at most 100000000; "-2" returns two'

/** A number where the string belongs is told the form, not the range. */
const decimalString = () =>
  z.string({ error: ({ input }) => (typeof input === 'number' ? DECIMAL_STRING_RULE : undefined) })

function isAmount(text: string): boolean {
  const amount = parseFen(text)
  return amount !== undefined && Math.abs(amount) <= AMOUNT_MAX
}

export const amountField = decimalString()
  .regex(/^\d{1,10}(\.\d{1,2})?$/, { error: AMOUNT_RULE, abort: true })
  .refine(isAmount, AMOUNT_RULE)

export const signedAmountField = decimalString()
  .regex(/^-?\d{1,10}(\.\d{1,2})?$/, { error: SIGNED_AMOUNT_RULE, abort: true })
  .refine(isAmount, SIGNED_AMOUNT_RULE)

export const ratioField = decimalString()
  .regex(/^(0(\.\d{1,4})?|1(\.0{1,4})?)$/, { error: RATIO_RULE, abort: true })
  .refine((text) => parseRatio(text) !== undefined, RATIO_RULE)

export const priceField = decimalString()
  .regex(/^\d{1,10}(\.\d{1,6})?$/, { error: PRICE_RULE, abort: true })
  .refine((text) => (parsePrice(text) ?? Infinity) <= 1e15, PRICE_RULE)

export const quantityField = decimalString()
  .regex(/^-?\d{1,9}(\.\d{1,4})?$/, { error: QUANTITY_RULE, abort: true })
  .refine((text) => {
    const quantity = parseQuantity(text)
    return quantity !== undefined && quantity !== 0 && Math.abs(quantity) <= 1e12
  }, QUANTITY_RULE)

const DAYS_RULE = 'must be a number of days as a decimal string from "0" to "999.99", at most 2 places'
export const daysField = decimalString().regex(/^\d{1,3}(\.\d{1,2})?$/, DAYS_RULE)

const calendarDay = (rule: string) => z.iso.date({ error: rule }).refine((text) => text >= '1900-01-01', rule)

export const dateField = calendarDay('must be a day of the calendar, "YYYY-MM-DD", from 1900 on')

const TIME_RULE = 'must be a day "YYYY-MM-DD" or a time "YYYY-MM-DD HH:mm:ss"'
export const dayOrTimeField = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}( ([01]\d|2[0-3]):[0-5]\d:[0-5]\d)?$/, { error: TIME_RULE, abort: true })
  .refine((text) => dateField.safeParse(text.slice(0, 10)).success, TIME_RULE)

/** Free text may reach a terminal, which obeys what a control character says. */
const hasNoControls = (text: string): boolean => !/\p{Cc}/u.test(text)

/** Half of one is no text: a ledger would write another character for it, and PostgreSQL takes none. */
export const hasWholeCharacters = (text: string): boolean => !/\p{Surrogate}/u.test(text)

export const textField = (lengthMax: number) =>
  z
    .string()
    .min(1, 'must not be empty')
    .max(lengthMax, `must have at most ${lengthMax} characters`)
    .refine(hasNoControls, 'must not contain control characters')
    .refine(hasWholeCharacters, 'must be of whole characters')

const code = (pattern: RegExp, rule: string) => z.string().regex(pattern, rule)

export const divisionField = code(/^\d{6}$/, 'must be the 6 digits of an administrative division, such as "999999"')
export const institutionCodeField = code(/^[HP]\d{11}$/, 'must be H or P and 11 digits, such as "H99999900001"')

export const insutypeField = z.enum([
  '310',
  '320',
  '330',
  '340',
  '350',
  '360',
  '370',
  '380',
  '390',
  '391',
  '392',
  '399',
  '410',
  '510'
])

const PSN_TYPE_RULE =
  'must be a person type: 11 in service, 12 retired, 13 retired cadre, 14.. child or student (1401 - 1405), 15 resident adult, 16 resident elderly, 99 other; also with 4 digits such as "1101"'
export const psnTypeField = code(/^(11|12|13|14|15|16|99)(\d\d)?$/, PSN_TYPE_RULE)

export const MED_TYPES =
  '11 outpatient, 12 registration, 13 emergency, 14 chronic or special disease, 18 special drug, 21 inpatient, 28 day surgery, 41 pharmacy, 51 and 52 maternity, 71 home bed, 99 other; up to 6 digits such as "140104"'
const MED_TYPE_RULE = `must be a visit type: ${MED_TYPES}`
export const medTypeField = code(/^(11|12|13|14|18|21|28|41|51|52|71|99)(\d\d){0,2}$/, MED_TYPE_RULE)

export const chrgitmLvField = z.enum(['01', '02', '03', '04'])
export const levelField = z.literal([0, 1, 2, 3])

export const INSTITUTION_KINDS = ['community', 'hospital', 'pharmacy', 'clinic', 'other'] as const
export type InstitutionKind = (typeof INSTITUTION_KINDS)[number]
export const institutionKindField = z.enum(INSTITUTION_KINDS)

const COUNTER_NAME = /^[a-z][a-z0-9_]{0,39}$/
export const isCounterName = (name: string): boolean => COUNTER_NAME.test(name)

export const counterNameField = code(
  COUNTER_NAME,
  'must be a counter name: lower case letters, digits and _, such as "act_pay_dedc"'
)
