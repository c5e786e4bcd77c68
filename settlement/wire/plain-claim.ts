/**
 * The short way past the schema for claims that nothing is wrong with. A centre reads every claim of every batch, and the schema
 * takes longer than all of the judging: what is well-formed is recognised here, by hand; whatever is not, or might not be, is
 * left to the schema, which says what and why. So this file refuses nothing, and may only take what the schema takes: the test
 * beside it holds the two against each other.
 */

import type { z } from 'zod'
import { parseDate } from '../calendar/business-date.ts'
import { parseFen } from '../money/fen.ts'
import { parsePrice, parseQuantity } from '../money/price.ts'
import { parseRatio } from '../money/ratio.ts'
import { OFF_SITE_FILINGS } from '../policy/policy-parts.ts'
import { ENTITLEMENTS_MAX, PRESCRIPTION_KINDS } from './benefit-fields.ts'
import { DONORS_MAX, LINES_MAX, type ClaimDocument } from './claim-schema.ts'
import { AMOUNT_MAX, INSTITUTION_KINDS, insutypeField, isCounterName } from './fields.ts'
import { TRACE_CODES_MAX } from './line-schema.ts'

type Fields = Readonly<Record<string, unknown>>
type LineDocument = ClaimDocument['lines'][number]
type Guard<Value> = (value: unknown) => value is Value

type Benefits = Pick<ClaimDocument, 'off_site' | 'entitlements' | 'fund_closed' | 'rx'>

const NONE: Benefits = {}
const NOT_SET = { current_year: '0.00', past_years: '0.00', mutual_aid: [] }

/** undefined: ask the schema. */
export function plainClaim(json: unknown): ClaimDocument | undefined {
  const isBare = isPlain(json, CLAIM_NAMES)
  if (!isBare && !isPlain(json, SALE_NAMES)) return undefined
  const person = plainPerson(json)
  const place = plainPlace(json)
  const benefits = isBare ? NONE : plainBenefits(json)
  const lines = plainList(json['lines'], LINES_MAX, plainLine)
  const account = json['account'] === undefined ? NOT_SET : plainAccount(json['account'])
  const accumulators = json['accumulators'] === undefined ? {} : plainCounters(json['accumulators'])
  const { medfee_sumamt, note, $schema } = json
  if (!isMaybe(medfee_sumamt, isSignedAmount) || !isMaybe(note, isNote) || $schema !== undefined) return undefined
  if (person === undefined || place === undefined || lines === undefined || lines.length === 0) return undefined
  if (account === undefined || accumulators === undefined || benefits === undefined) return undefined
  return { ...person, ...place, ...benefits, account, accumulators, medfee_sumamt, note, lines }
}

/** Of a document, or of what was found of one: each field what it is stated to be, or undefined. */
export function plainPerson(json: Fields) {
  const { psn_no, insutype = '310', psn_type, brdy, age, retired_on, psn_insu_stas = '1', cvlserv_flag = '0', insuplc_admdvs } = json
  if (!isMaybe(psn_no, isText30) || !isInsutype(insutype) || !isPsnType(psn_type) || !isMaybe(brdy, isDay)) return undefined
  if (!isMaybe(age, isAge) || !isMaybe(retired_on, isDay) || !isStatus(psn_insu_stas) || !isFlag(cvlserv_flag)) return undefined
  if (!isMaybe(insuplc_admdvs, isDivision)) return undefined
  const psn_idet_type = plainTexts(json['psn_idet_type'], 6)
  const tags = plainTexts(json['tags'], 40)
  if (psn_idet_type === undefined || tags === undefined) return undefined
  return { psn_no, insutype, psn_type, brdy, age, retired_on, psn_insu_stas, cvlserv_flag, insuplc_admdvs, psn_idet_type, tags }
}

export function plainPlace(json: Fields) {
  const { mdtrt_id, fixmedins_code, med_type = '11', dise_codg, begntime, acct_used_flag = '1' } = json
  if (!isMaybe(mdtrt_id, isText30) || !isMaybe(fixmedins_code, isInstitutionCode) || !isMedType(med_type)) return undefined
  if (!isMaybe(dise_codg, isText30) || !isDayOrTime(begntime) || !isThreeWay(acct_used_flag)) return undefined
  const institution = json['institution'] === undefined ? { kind: 'hospital' as const } : plainInstitution(json['institution'])
  const prescriber = json['prescriber'] === undefined ? undefined : plainInstitution(json['prescriber'])
  if (institution === undefined || (json['prescriber'] !== undefined && prescriber === undefined)) return undefined
  return { mdtrt_id, fixmedins_code, med_type, dise_codg, begntime, acct_used_flag, institution, prescriber }
}

function plainBenefits(json: Fields): Benefits | undefined {
  const { off_site, fund_closed } = json
  if (!isMaybe(off_site, isOffSite) || !isMaybe(fund_closed, isText60)) return undefined
  const entitlements = maybe(json['entitlements'], (value) => plainList(value, ENTITLEMENTS_MAX, plainEntitlement))
  const rx = maybe(json['rx'], plainPrescription)
  return entitlements === null || rx === null ? undefined : { off_site, fund_closed, entitlements, rx }
}

/** undefined: absent; null: not plain. */
const maybe = <Value>(value: unknown, read: (value: unknown) => Value | undefined): Value | undefined | null =>
  value === undefined ? undefined : (read(value) ?? null)

function plainEntitlement(value: unknown): NonNullable<ClaimDocument['entitlements']>[number] | undefined {
  if (!isPlain(value, ENTITLEMENT_NAMES)) return undefined
  const { fund_pay_type, trt_enjymnt_flag } = value
  return isFundPayType(fund_pay_type) && isFlag(trt_enjymnt_flag) ? { fund_pay_type, trt_enjymnt_flag } : undefined
}

function plainPrescription(value: unknown): ClaimDocument['rx'] {
  if (!isPlain(value, PRESCRIPTION_NAMES)) return undefined
  const { rxno, kind, rx_circ_flag, rxfixmedins_code, issued_on } = value
  if (!isText30(rxno) || !isMaybe(kind, isPrescriptionKind) || !isMaybe(rx_circ_flag, isFlag)) return undefined
  if (!isMaybe(rxfixmedins_code, isInstitutionCode) || !isMaybe(issued_on, isDay)) return undefined
  return { rxno, kind, rx_circ_flag, rxfixmedins_code, issued_on }
}

function plainPack(value: unknown): NonNullable<LineDocument['drug_trac_info']>[number] | undefined {
  if (!isPlain(value, PACK_NAMES)) return undefined
  const { drug_trac_codg, trdn_flag } = value
  return isText(drug_trac_codg, 100) && isFlag(trdn_flag) ? { drug_trac_codg, trdn_flag } : undefined
}

/** What a line of a sale has more than others. */
function plainSupply(line: Fields) {
  const { rxno, rx_circ_flag, prd_days, sin_dos_dscr, used_frqu_dscr, return_of } = line
  if (!isMaybe(rxno, isText30) || !isMaybe(rx_circ_flag, isFlag) || !isMaybe(prd_days, isDays)) return undefined
  if (!isMaybe(sin_dos_dscr, isText200) || !isMaybe(used_frqu_dscr, isText200) || !isMaybe(return_of, isText30)) return undefined
  const drug_trac_info = maybe(line['drug_trac_info'], (value) => plainList(value, TRACE_CODES_MAX, plainPack))
  return drug_trac_info === null ? undefined : { rxno, rx_circ_flag, prd_days, sin_dos_dscr, used_frqu_dscr, return_of, drug_trac_info }
}

function plainInstitution(value: unknown): ClaimDocument['institution'] | undefined {
  if (!isPlain(value, INSTITUTION_NAMES)) return undefined
  const { level, kind = 'hospital', hosp_lv } = value
  return isMaybe(level, isLevel) && isKind(kind) && hosp_lv === undefined ? { level, kind } : undefined
}

function plainAccount(value: unknown): ClaimDocument['account'] | undefined {
  if (!isPlain(value, ACCOUNT_NAMES)) return undefined
  const { current_year = '0.00', past_years = '0.00', mutual_aid = [] } = value
  const donors = plainList(mutual_aid, DONORS_MAX, plainDonor)
  return isAmount(current_year) && isAmount(past_years) && donors !== undefined ? { current_year, past_years, mutual_aid: donors } : undefined
}

function plainDonor(value: unknown): ClaimDocument['account']['mutual_aid'][number] | undefined {
  if (!isPlain(value, DONOR_NAMES)) return undefined
  const { donor, balance } = value
  return isText30(donor) && isAmount(balance) ? { donor, balance } : undefined
}

function plainCounters(value: unknown): Record<string, string> | undefined {
  if (!isObject(value)) return undefined
  const counters: Record<string, string> = {}
  for (const [name, amount] of Object.entries(value)) {
    if (!isCounterName(name) || !isAmount(amount)) return undefined
    counters[name] = amount
  }
  return counters
}

function plainLine(value: unknown): LineDocument | undefined {
  if (isPlain(value, LINE_NAMES)) return plainCharge(value)
  if (!isPlain(value, SALE_LINE_NAMES)) return undefined
  const charge = plainCharge(value)
  const supply = plainSupply(value)
  return charge === undefined || supply === undefined ? undefined : { ...charge, ...supply }
}

function plainCharge(value: Fields): LineDocument | undefined {
  const { feedetl_sn, name, cnt, det_item_fee_sumamt, selfpay_prop, pric_uplmt_amt, med_list_codg, pric } = value
  const { lmt_used_flag, hosp_appr_flag = '0', med_chrgitm_type, chrgitm_lv } = value
  if (!isMaybe(feedetl_sn, isText30) || !isMaybe(name, isText200) || !isQuantity(cnt) || !isPrice(pric)) return undefined
  if (!isMaybe(det_item_fee_sumamt, isSignedAmount) || !isMaybe(selfpay_prop, isRatio)) return undefined
  if (!isMaybe(pric_uplmt_amt, isPrice) || !isMaybe(med_list_codg, isText50)) return undefined
  if (!isMaybe(lmt_used_flag, isFlag) || !isThreeWay(hosp_appr_flag) || !isMaybe(med_chrgitm_type, isChargeType)) return undefined
  if (!isChargeClass(chrgitm_lv)) return undefined
  return {
    feedetl_sn,
    name,
    cnt,
    det_item_fee_sumamt,
    selfpay_prop,
    pric_uplmt_amt,
    lmt_used_flag,
    hosp_appr_flag,
    med_chrgitm_type,
    med_list_codg,
    chrgitm_lv,
    pric
  }
}

const CLAIM_NAMES: ReadonlySet<string> = new Set([
  '$schema', 'note', 'psn_no', 'insutype', 'psn_type', 'brdy', 'age', 'retired_on', 'psn_insu_stas', 'cvlserv_flag',
  'psn_idet_type', 'tags', 'insuplc_admdvs', 'mdtrt_id', 'fixmedins_code', 'institution', 'prescriber', 'med_type', 'dise_codg',
  'begntime', 'acct_used_flag', 'account', 'accumulators', 'medfee_sumamt', 'lines'
])
/** Most claims and most lines are of no sale, and are not asked for what only a sale has. */
const SALE_NAMES: ReadonlySet<string> = new Set([...CLAIM_NAMES, 'off_site', 'entitlements', 'fund_closed', 'rx'])
const INSTITUTION_NAMES: ReadonlySet<string> = new Set(['level', 'kind', 'hosp_lv'])
const ACCOUNT_NAMES: ReadonlySet<string> = new Set(['current_year', 'past_years', 'mutual_aid'])
const DONOR_NAMES: ReadonlySet<string> = new Set(['donor', 'balance'])
const LINE_NAMES: ReadonlySet<string> = new Set([
  'feedetl_sn', 'name', 'cnt', 'det_item_fee_sumamt', 'selfpay_prop', 'pric_uplmt_amt', 'lmt_used_flag', 'hosp_appr_flag',
  'med_chrgitm_type', 'med_list_codg', 'chrgitm_lv', 'pric'
])
const SALE_LINE_NAMES: ReadonlySet<string> = new Set([
  ...LINE_NAMES, 'rxno', 'rx_circ_flag', 'prd_days', 'sin_dos_dscr', 'used_frqu_dscr', 'drug_trac_info', 'return_of'
])
const ENTITLEMENT_NAMES: ReadonlySet<string> = new Set(['fund_pay_type', 'trt_enjymnt_flag'])
const PRESCRIPTION_NAMES: ReadonlySet<string> = new Set(['rxno', 'kind', 'rx_circ_flag', 'rxfixmedins_code', 'issued_on'])
const PACK_NAMES: ReadonlySet<string> = new Set(['drug_trac_codg', 'trdn_flag'])

const isObject: Guard<Fields> = (value): value is Fields =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

function isPlain(value: unknown, names: ReadonlySet<string>): value is Fields {
  if (!isObject(value)) return false
  for (const name of Object.keys(value)) if (!names.has(name)) return false
  return true
}

const isMaybe = <Value>(value: unknown, is: Guard<Value>): value is Value | undefined => value === undefined || is(value)

function plainList<Item>(value: unknown, lengthMax: number, read: (item: unknown) => Item | undefined): Item[] | undefined {
  if (!Array.isArray(value) || value.length > lengthMax) return undefined
  const items: Item[] = []
  for (const each of value as readonly unknown[]) {
    const item = read(each)
    if (item === undefined) return undefined
    items.push(item)
  }
  return items
}

const plainTexts = (value: unknown, lengthMax: number): string[] | undefined =>
  value === undefined ? [] : plainList(value, Infinity, (item) => (isText(item, lengthMax) ? item : undefined))

/** Of characters of one unit: of others, which are rare, the schema says whether they are whole. */
export function isText(value: unknown, lengthMax: number): value is string {
  if (typeof value !== 'string' || value.length < 1 || value.length > lengthMax) return false
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index)
    if (code < 0x20 || (code >= 0x7f && code <= 0x9f) || (code >= 0xd800 && code <= 0xdfff)) return false
  }
  return true
}
const isText30: Guard<string> = (value): value is string => isText(value, 30)
const isText50: Guard<string> = (value): value is string => isText(value, 50)
const isText60: Guard<string> = (value): value is string => isText(value, 60)
const isText200: Guard<string> = (value): value is string => isText(value, 200)
const isNote: Guard<string> = (value): value is string => isText(value, 2000)

const isAmount: Guard<string> = (value): value is string => isSignedAmount(value) && !value.startsWith('-')

function isSignedAmount(value: unknown): value is string {
  const amount = typeof value === 'string' ? parseFen(value) : undefined
  return amount !== undefined && Math.abs(amount) <= AMOUNT_MAX
}

/** Digits before the point, which the schema counts and the parsers are more generous with. */
const wholeDigits = (text: string): number => {
  const point = text.indexOf('.')
  return (point === -1 ? text.length : point) - (text.startsWith('-') ? 1 : 0)
}

function isPrice(value: unknown): value is string {
  if (typeof value !== 'string' || wholeDigits(value) > 10) return false
  return (parsePrice(value) ?? Infinity) <= 1e15
}

function isQuantity(value: unknown): value is string {
  if (typeof value !== 'string' || wholeDigits(value) > 9) return false
  const quantity = parseQuantity(value)
  return quantity !== undefined && quantity !== 0 && Math.abs(quantity) <= 1e12
}

const isRatio: Guard<string> = (value): value is string => typeof value === 'string' && parseRatio(value) !== undefined
const isDay: Guard<string> = (value): value is string => typeof value === 'string' && parseDate(value) !== undefined
const isDayOrTime: Guard<string> = (value): value is string =>
  typeof value === 'string' && (value.length === 10 || TIME_OF_DAY.test(value.slice(10))) && isDay(value.slice(0, 10))

const isAge: Guard<number> = (value): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 150 && !Object.is(value, -0)

const TIME_OF_DAY = /^ ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/

const matching =
  (pattern: RegExp): Guard<string> =>
  (value): value is string =>
    typeof value === 'string' && pattern.test(value)
const isPsnType = matching(/^(11|12|13|14|15|16|99)(\d\d)?$/)
const isMedType = matching(/^(11|12|13|14|18|21|28|41|51|52|71|99)(\d\d){0,2}$/)
const isDivision = matching(/^\d{6}$/)
const isInstitutionCode = matching(/^[HP]\d{11}$/)
const isFundPayType = matching(/^\d{6}$/)
const isDays = matching(/^\d{1,3}(\.\d{1,2})?$/)
const isChargeType = matching(/^(0[1-9]|1[0-4])$/)

const oneOf =
  <const Member>(...members: readonly Member[]): Guard<Member> =>
  (value): value is Member =>
    members.some((member) => member === value)
const isInsutype: Guard<z.output<typeof insutypeField>> = oneOf(...insutypeField.options)
const isStatus = oneOf('0', '1', '2', '3', '4')
const isFlag = oneOf('0', '1')
const isThreeWay = oneOf('0', '1', '2')
const isChargeClass = oneOf('01', '02', '03', '04')
const isLevel = oneOf(0, 1, 2, 3)
const isKind = oneOf(...INSTITUTION_KINDS)
const isOffSite = oneOf(...OFF_SITE_FILINGS)
const isPrescriptionKind = oneOf(...PRESCRIPTION_KINDS)
