/**
 * The data items a terminal reads: tag, length and coding, one line an item (S37 tables 9 and 42-52; v1.00 after XJ).
 * Lengths matter because an exact Le is the only form that every card takes.
 */

import { concat } from '../bytes/bytes.ts'
import { unpackDecimal } from '../bytes/packed-decimal.ts'
import { decodeText } from '../bytes/text.ts'
import { HOLDER_ITEM, ISSUER_ITEM, MEDICAL_ITEM, OFFLINE_ITEM, V1_ACCOUNT_ITEM } from '../identifier/data-item.ts'

export interface DataItem {
  readonly tag: number
  /** Bytes of the value alone. */
  readonly length: number
  /** Without it the card would be taken for a better one: that it is not there must be said twice. */
  readonly isDecisive?: true
}

const item = (tag: number, length: number): DataItem => ({ tag, length })
const decisive = (tag: number, length: number): DataItem => ({ tag, length, isDecisive: true })

export const ISSUER = {
  identificationCode: item(ISSUER_ITEM.IDENTIFICATION_CODE, 16),
  cardClass: item(ISSUER_ITEM.CARD_CLASS, 1),
  version: item(ISSUER_ITEM.VERSION, 4),
  issueDate: item(ISSUER_ITEM.ISSUE_DATE, 4),
  expiryDate: decisive(ISSUER_ITEM.EXPIRY_DATE, 4),
  cardNumber: item(ISSUER_ITEM.CARD_NUMBER, 9)
} as const

export const HOLDER = {
  socialSecurityNumber: item(HOLDER_ITEM.SOCIAL_SECURITY_NUMBER, 18),
  name: item(HOLDER_ITEM.NAME, 30),
  nameContinued: item(HOLDER_ITEM.NAME_CONTINUED, 20),
  sex: item(HOLDER_ITEM.SEX, 1),
  ethnicGroup: item(HOLDER_ITEM.ETHNIC_GROUP, 1),
  birthplace: item(HOLDER_ITEM.BIRTHPLACE, 3),
  birthDate: item(HOLDER_ITEM.BIRTH_DATE, 4)
} as const

export const MEDICAL = {
  insuranceType: item(MEDICAL_ITEM.INSURANCE_TYPE, 8),
  insuredRegion: decisive(MEDICAL_ITEM.INSURED_REGION, 3),
  healthRecord: item(MEDICAL_ITEM.HEALTH_RECORD, 17),
  personClass: item(MEDICAL_ITEM.PERSON_CLASS, 1),
  accountOpened: item(MEDICAL_ITEM.ACCOUNT_OPENED, 4),
  accountNumber: item(MEDICAL_ITEM.ACCOUNT_NUMBER, 29),
  /** v1.00 keeps a shorter one under the same tag. */
  accountNumberV1: item(MEDICAL_ITEM.ACCOUNT_NUMBER, 10),
  medicalCertificate: item(MEDICAL_ITEM.MEDICAL_CERTIFICATE, 15),
  useMode: decisive(MEDICAL_ITEM.USE_MODE, 1)
} as const

export const OFFLINE = {
  allowed: item(OFFLINE_ITEM.ALLOWED, 1),
  amount: item(OFFLINE_ITEM.AMOUNT, 4),
  count: item(OFFLINE_ITEM.COUNT, 2)
} as const

export const V1_ACCOUNT = {
  balance: item(V1_ACCOUNT_ITEM.BALANCE, 4),
  yearlyOwnPayment: item(V1_ACCOUNT_ITEM.YEARLY_OWN_PAYMENT, 4),
  yearlyPooledPayment: item(V1_ACCOUNT_ITEM.YEARLY_POOLED_PAYMENT, 4)
} as const

/**
 * The value of an item's record. Cards answer with tag and length before it, some with filling after it, some with the
 * bare value; undefined when it is none of these. Lengths are fixed, so a record as long as its value is the bare value
 * even when it happens to begin like a tag (92 00 0F FF is an amount of 920.00 yuan under tag 92).
 */
export function valueOf({ tag, length }: DataItem, record: Uint8Array): Uint8Array | undefined {
  if (record.length === length) return record
  const [first, second] = record
  if (first !== tag || second === undefined || second + 2 > record.length) return undefined
  return record.slice(2, 2 + second)
}

/** `an`, undefined when empty. */
export function textOf(value: Uint8Array | undefined): string | undefined {
  const text = value === undefined ? '' : decodeText(value).trim()
  return text === '' ? undefined : text
}

/** A text whose bytes continue in a second item: joined before decoding, for a character may straddle the two. */
export const joinedTextOf = (value: Uint8Array | undefined, continued: Uint8Array | undefined): string | undefined =>
  value === undefined ? undefined : textOf(concat(beforeZero(value), continued ?? new Uint8Array(0)))

/** `cn`, undefined when empty or no decimal. */
export function digitsOf(value: Uint8Array | undefined): string | undefined {
  const digits = value === undefined ? undefined : unpackDecimal(unfilled(value))
  return digits === '' ? undefined : digits
}

/** cn YYYYMMDD as YYYY-MM-DD. */
export function dateOf(value: Uint8Array | undefined): string | undefined {
  const match = /^(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.exec(digitsOf(value) ?? '')
  return match === null ? undefined : `${match[1]}-${match[2]}-${match[3]}`
}

/** cn 4 in fen, 128.50 yuan is 12 85 0F FF. Zero is 0F FF FF FF or 00 00 00 00: both are met. */
export function fenOf(value: Uint8Array | undefined): number | undefined {
  const digits = digitsOf(value)
  return digits === undefined ? undefined : Number(digits)
}

const beforeZero = (value: Uint8Array): Uint8Array => {
  const end = value.indexOf(0)
  return end === -1 ? value : value.subarray(0, end)
}

/** A v1.00 item rewritten with its v2.00 meaning is filled up with E nibbles on the right (S37 appendix C). */
function unfilled(value: Uint8Array): Uint8Array {
  let end = value.length
  while (end > 0 && value[end - 1] === 0xee) end -= 1
  return value.subarray(0, end)
}
