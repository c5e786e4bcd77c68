/** Claim document -> claim: the schema, then what no schema says: lines add up, serial numbers differ, sums stay in range. */

import { invariant } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import type { Account, Claim, ClaimLine, ClaimPrescription, Pack } from '../calculation/claim.ts'
import type { Counters } from '../calculation/counters.ts'
import { ageOn, date } from '../calendar/business-date.ts'
import { formatFen, parseFen, type Fen } from '../money/fen.ts'
import { isWithinOneFen, parsePrice, parseQuantity, priceTimesQuantity, type Price, type Quantity } from '../money/price.ts'
import { parseRatio } from '../money/ratio.ts'
import { withKey, type Facts } from '../policy/facts.ts'
import { claimSchema, type ClaimDocument } from './claim-schema.ts'
import { AMOUNT_MAX } from './fields.ts'
import { checkDocument, type InputProblem } from './input-problem.ts'
import { packProblems } from './pack-problems.ts'
import { levelOf } from './person-fields.ts'
import { plainClaim } from './plain-claim.ts'

export const parseClaim = (json: unknown): Result<Claim, InputProblem[]> => parsed(json, plainClaim(json))

/** By the schema alone: what the short way is held against. */
export const parseClaimBySchema = (json: unknown): Result<Claim, InputProblem[]> => parsed(json, undefined)

function parsed(json: unknown, plain: ClaimDocument | undefined): Result<Claim, InputProblem[]> {
  const document = plain === undefined ? checkDocument(claimSchema, json) : ok(plain)
  if (!document.ok) return document
  const problems = [
    ...birthdayProblems(document.value),
    ...lineProblems(document.value),
    ...packProblems(document.value),
    ...institutionProblems(document.value)
  ]
  if (problems.length > 0) return refuse(problems)
  const lines = document.value.lines.map(claimLine)
  const { medfee_sumamt } = document.value
  const sums = sumProblems(medfee_sumamt, medfee_sumamt === undefined ? undefined : yuan(medfee_sumamt), lines)
  if (sums.length > 0) return refuse(sums)
  return ok(claimOf(document.value, { account: accountOf(document.value), accumulators: accumulatorsOf(document.value), lines }))
}

export type ClaimHead = Omit<ClaimDocument, 'lines' | 'account' | 'accumulators' | 'medfee_sumamt'>

/** What of a claim is numbers. */
export interface ClaimNumbers extends Pick<Claim, 'account' | 'accumulators' | 'lines'> {
  /** medfee_sumamt */
  readonly total: Fen | undefined
}

/** Of lines that were found to be right already, and sell or bring back no packs; undefined where anything is wrong with the whole. */
export function claimWithLines(head: ClaimHead, numbers: ClaimNumbers): Claim | undefined {
  const { total, lines } = numbers
  if (birthdayProblems(head).length > 0 || sumProblems('', total, lines).length > 0) return undefined
  return claimOf(head, numbers)
}

/** The sign of the quantity, and within a fen of price times quantity. */
export const isAmountOf = (amount: Fen, price: Price, quantity: Quantity): boolean =>
  (amount === 0 || amount < 0 === quantity < 0) && isWithinOneFen(amount, price, quantity)

function claimOf(document: ClaimHead, { account, accumulators, lines }: Omit<ClaimNumbers, 'total'>): Claim {
  const { prescriber } = document
  return {
    psnNo: document.psn_no,
    mdtrtId: document.mdtrt_id,
    fixmedinsCode: document.fixmedins_code,
    insuplcAdmdvs: document.insuplc_admdvs,
    begins: date(document.begntime.slice(0, 10)),
    insuranceStatus: document.psn_insu_stas,
    facts: factsOf(document),
    prescriber: prescriber && { level: levelOf(prescriber), kind: prescriber.kind },
    prescription: document.rx && prescriptionOf(document.rx),
    closedFunds: document.entitlements === undefined ? NONE : closedFunds(document.entitlements),
    fundClosed: document.fund_closed,
    acctUsedFlag: document.acct_used_flag,
    account,
    accumulators,
    lines
  }
}

const NONE: readonly never[] = []

const prescriptionOf = ({ rxno, kind, rxfixmedins_code, issued_on }: NonNullable<ClaimDocument['rx']>): ClaimPrescription => ({
  number: rxno,
  kind,
  institution: rxfixmedins_code,
  issuedOn: issued_on === undefined ? undefined : date(issued_on)
})

const closedFunds = (entitlements: NonNullable<ClaimDocument['entitlements']>): readonly string[] =>
  entitlements.filter(({ trt_enjymnt_flag }) => trt_enjymnt_flag === '0').map(({ fund_pay_type }) => fund_pay_type)

function factsOf(document: ClaimHead): Facts {
  const begins = date(document.begntime.slice(0, 10))
  return withKey({
    psnType: document.psn_type,
    insutype: document.insutype,
    age: document.brdy === undefined ? document.age : ageOn(date(document.brdy), begins),
    retiredOn: document.retired_on === undefined ? undefined : date(document.retired_on),
    level: levelOf(document.institution),
    kind: document.institution.kind,
    medType: document.med_type,
    cvlservFlag: document.cvlserv_flag,
    psnIdetTypes: document.psn_idet_type,
    diseCodg: document.dise_codg,
    tags: document.tags,
    offSite: document.off_site
  })
}

/** Of what `accumulatorsSchema` has read. */
export const accumulatorsOf = ({ accumulators }: Pick<ClaimDocument, 'accumulators'>): Counters =>
  Object.fromEntries(Object.entries(accumulators).map(([counter, amount]) => [counter, yuan(amount)]))

const accountOf = ({ account }: ClaimDocument): Account => ({
  currentYear: yuan(account.current_year),
  pastYears: yuan(account.past_years),
  mutualAid: account.mutual_aid.map(({ donor, balance }) => ({ donor, balance: yuan(balance) }))
})

type LineDocument = ClaimDocument['lines'][number]

function claimLine(line: LineDocument, index: number): ClaimLine {
  const price = checked(parsePrice(line.pric))
  const quantity = checked(parseQuantity(line.cnt))
  const ceiling = line.pric_uplmt_amt === undefined ? undefined : checked(parsePrice(line.pric_uplmt_amt))
  return {
    lineNo: lineNo(line, index),
    medListCodg: line.med_list_codg,
    name: line.name,
    medChrgitmType: line.med_chrgitm_type,
    chargeClass: line.chrgitm_lv,
    price,
    quantity,
    amount: line.det_item_fee_sumamt === undefined ? priceTimesQuantity(price, quantity) : yuan(line.det_item_fee_sumamt),
    prePay: line.selfpay_prop === undefined ? undefined : checked(parseRatio(line.selfpay_prop)),
    // The national interface writes an absent number as 0.
    ceiling: ceiling === 0 ? undefined : ceiling,
    isRestricted: line.lmt_used_flag === '1',
    approval: line.hosp_appr_flag,
    prescriptionNo: line.rxno,
    days: line.prd_days,
    packs: line.drug_trac_info === undefined ? NONE : line.drug_trac_info.map(packOf),
    returnOf: line.return_of
  }
}

const packOf = ({ drug_trac_codg, trdn_flag }: NonNullable<LineDocument['drug_trac_info']>[number]): Pack => ({
  traceCode: drug_trac_codg,
  isSplit: trdn_flag === '1'
})

const lineNo = (line: LineDocument, index: number): string => line.feedetl_sn ?? String(index + 1)

function lineProblems({ lines }: ClaimDocument): InputProblem[] {
  const problems: InputProblem[] = []
  const seen = new Set<string>()
  for (const [index, line] of lines.entries()) {
    const no = lineNo(line, index)
    const path = `lines[${index}]`
    if (seen.has(no))
      problems.push({ path: `${path}.feedetl_sn`, value: no, rule: 'must be unique among the lines of the claim' })
    seen.add(no)
    problems.push(...amountProblems(line, path))
  }
  return problems
}

function amountProblems(line: LineDocument, path: string): InputProblem[] {
  const price = checked(parsePrice(line.pric))
  const quantity = checked(parseQuantity(line.cnt))
  if (isTooLarge(price, quantity)) {
    return [
      { path: `${path}.pric`, value: line.pric, rule: `price x quantity must be at most ${formatFen(AMOUNT_MAX as Fen)}` }
    ]
  }
  const stated = line.det_item_fee_sumamt
  if (stated === undefined) return []
  const amount = yuan(stated)
  const field = `${path}.det_item_fee_sumamt`
  if (isAmountOf(amount, price, quantity)) return []
  if (amount !== 0 && amount < 0 !== quantity < 0) return [{ path: field, value: stated, rule: 'must have the sign of cnt' }]
  const product = formatFen(priceTimesQuantity(price, quantity))
  return [{ path: field, value: stated, rule: `must be within 0.01 of pric x cnt, ${product}` }]
}

/** As doubles: the bound leaves more room than their error. */
export const isTooLarge = (price: Price, quantity: Quantity): boolean =>
  Math.abs((price / 1_000_000) * (quantity / 10_000)) * 100 > AMOUNT_MAX

/** `stated`: medfee_sumamt, as the claim writes it and in fen. */
function sumProblems(text: string | undefined, stated: Fen | undefined, lines: readonly ClaimLine[]): InputProblem[] {
  const turnover = lines.reduce((sum, { amount }) => sum + Math.abs(amount), 0)
  if (turnover > AMOUNT_MAX) {
    return [
      { path: 'lines', value: `${lines.length} lines`, rule: `must add up to at most ${formatFen(AMOUNT_MAX as Fen)}` }
    ]
  }
  const total = lines.reduce((sum, { amount }) => sum + amount, 0) as Fen
  if (stated === undefined || stated === total) return []
  return [{ path: 'medfee_sumamt', value: text, rule: `must be the sum of the lines, ${formatFen(total)}` }]
}

function birthdayProblems({ brdy, begntime }: ClaimHead): InputProblem[] {
  const begins = begntime.slice(0, 10)
  if (brdy === undefined || brdy <= begins) return []
  return [{ path: 'brdy', value: brdy, rule: `must not lie after begntime, ${begins}` }]
}

function institutionProblems({ institution, prescriber }: ClaimDocument): InputProblem[] {
  return Object.entries({ institution, prescriber }).flatMap(([path, stated]) => {
    if (stated?.level === undefined || stated.hosp_lv === undefined) return []
    const { level, ...coded } = stated
    const rule = `must agree with hosp_lv "${stated.hosp_lv}", which is level ${levelOf(coded)}`
    return levelOf(coded) === level ? [] : [{ path: `${path}.level`, value: level, rule }]
  })
}

const yuan = (text: string): Fen => checked(parseFen(text))

function checked<Value>(value: Value | undefined): Value {
  invariant(value !== undefined, 'a checked document holds a text that does not parse')
  return value
}
