/**
 * Who pays what of a bill, calculated once more from the claim and the published policy, by a model of the auditor's own:
 *
 *   lines -> in scope -> deductible -> bands -> supplements -> the person -> account -> cash
 *
 * It knows what the test region's rules use; asked for more it throws NotModelled and judges nothing.
 */

import { atLeastNothing, decimal, exact, fenExact, least, minus, over, plus, rounded, times, type Exact } from './exact.ts'
import { FUNDS, type AmountName } from './fact.ts'
import { firstFor, isFor, NotModelled, type BandDocument, type LimitDocument, type PolicyDocument, type Subject, type SupplementDocument } from './policy-document.ts'

export interface ClaimLine {
  readonly pric: string
  readonly cnt: string
  readonly det_item_fee_sumamt?: string
  readonly chrgitm_lv: string
  readonly selfpay_prop?: string
  readonly pric_uplmt_amt?: string
  readonly lmt_used_flag?: string
  readonly hosp_appr_flag?: string
}

export interface Claim {
  readonly insutype: string
  readonly psn_type: string
  readonly brdy?: string
  readonly psn_insu_stas?: string
  readonly fund_closed?: string
  readonly cvlserv_flag?: string
  readonly psn_idet_type?: string | readonly string[]
  readonly off_site?: unknown
  readonly institution: { readonly level?: number; readonly kind: string }
  readonly prescriber?: unknown
  readonly rx?: unknown
  readonly entitlements?: readonly { readonly fund_pay_type: string; readonly trt_enjymnt_flag: string }[]
  readonly med_type: string
  readonly begntime: string
  readonly acct_used_flag: string
  readonly account: { readonly current_year: string; readonly past_years: string; readonly mutual_aid: readonly unknown[] }
  readonly accumulators: Readonly<Record<string, string>>
  readonly lines: readonly ClaimLine[]
}

export interface Bill {
  /** Fen; those that the model leaves alone are not there. */
  readonly amounts: Readonly<Partial<Record<AmountName, number>>>
  /** What the visit adds to the year, by counter. */
  readonly counters: ReadonlyMap<string, number>
}

const NOTHING = exact(0)

/** Throws NotModelled. */
export function billOf(policy: PolicyDocument, claim: Claim): Bill {
  if (claim.off_site !== undefined || claim.account.mutual_aid.length > 0 || policy.rounding !== undefined) throw new NotModelled('off-site care, donors or another rounding')
  if (policy.account?.order !== 'personal-part' || policy.account.current_year_pays !== undefined) throw new NotModelled('the order of the account')
  if ((policy.pharmacy_ratio ?? policy.pharmacy_follows ?? 'own') !== 'own') throw new NotModelled('a pharmacy that follows another')
  const subject = subjectOf(claim)
  const sums = linesOf(policy, claim, subject)
  const inScope = sums.total - sums.ownPay - sums.overCeiling - sums.prePay
  const year = new Year(claim.accumulators)
  const paid = isClosed(policy, claim) ? { deductible: 0, funds: new Map<string, number>() } : fundsOf(policy, claim, subject, inScope, year)
  const fundPaid = [...paid.funds.values()].reduce((sum, more) => sum + more, 0)
  const personal = sums.total - fundPaid
  const balance = fen(claim.account.current_year) + fen(claim.account.past_years)
  const account = claim.acct_used_flag === '0' ? 0 : Math.max(0, Math.min(balance, personal))
  const funds = Object.fromEntries(FUNDS.map((fund) => [fund, paid.funds.get(fund) ?? 0]))
  return {
    amounts: {
      total: sums.total,
      own_pay: sums.ownPay,
      over_ceiling: sums.overCeiling,
      pre_pay: sums.prePay,
      in_scope: inScope,
      deductible: paid.deductible,
      ...funds,
      fund_paid: fundPaid,
      personal,
      account,
      mutual_aid: 0,
      cash: personal - account
    },
    counters: year.added
  }
}

function subjectOf({ psn_type, insutype, brdy = '', begntime, institution, med_type, cvlserv_flag = '0', psn_idet_type = [] }: Claim): Subject {
  const day = begntime.slice(0, 10)
  const years = Number(day.slice(0, 4)) - Number(brdy.slice(0, 4))
  return {
    psnType: psn_type,
    insutype,
    age: day.slice(5) >= brdy.slice(5) ? years : years - 1,
    level: institution.level ?? 0,
    kind: institution.kind,
    medType: med_type,
    isCivilServant: cvlserv_flag,
    identities: [psn_idet_type].flat()
  }
}

interface Sums {
  readonly total: number
  readonly ownPay: number
  readonly overCeiling: number
  readonly prePay: number
}

function linesOf(policy: PolicyDocument, { lines }: Claim, subject: Subject): Sums {
  const parts = lines.map((line) => lineOf(policy, line, subject))
  const sum = (name: keyof Sums): number => parts.reduce((all, part) => all + part[name], 0)
  return { total: sum('total'), ownPay: sum('ownPay'), overCeiling: sum('overCeiling'), prePay: sum('prePay') }
}

function lineOf(policy: PolicyDocument, line: ClaimLine, subject: Subject): Sums {
  const [price, quantity] = [number(line.pric), number(line.cnt)]
  const total = line.det_item_fee_sumamt === undefined ? rounded(fenExact(times(price, quantity))) : fen(line.det_item_fee_sumamt)
  const row = policy.classes?.find((one) => one.chrgitm_lv === line.chrgitm_lv && isFor(one, subject))
  if (isOwnPay(line, row)) return { total, ownPay: total, overCeiling: 0, prePay: 0 }
  const ceiling = line.pric_uplmt_amt === undefined ? price : number(line.pric_uplmt_amt)
  const above = rounded(fenExact(times(atLeastNothing(minus(price, ceiling)), quantity)))
  const overCeiling = Math.abs(above) > Math.abs(total) ? total : above
  const share = line.selfpay_prop ?? row?.selfpay_prop ?? '0'
  return { total, ownPay: 0, overCeiling, prePay: rounded(times(exact(total - overCeiling), number(share))) }
}

/** Class C; a restricted item without approval; an item whose approval was refused. */
function isOwnPay({ chrgitm_lv, lmt_used_flag = '0', hosp_appr_flag = '0' }: ClaimLine, row: NonNullable<PolicyDocument['classes']>[number] | undefined): boolean {
  const byClass = row?.pays === undefined ? chrgitm_lv === '03' && row?.selfpay_prop === undefined : row.pays === 'own-pay'
  return byClass || (lmt_used_flag === '1' ? hosp_appr_flag !== '1' : hosp_appr_flag === '2')
}

function isClosed({ pooling_needs_prescription = false }: PolicyDocument, { psn_insu_stas = '1', fund_closed, institution, rx, prescriber }: Claim): boolean {
  if (psn_insu_stas !== '1' || fund_closed !== undefined) return true
  return pooling_needs_prescription && institution.kind === 'pharmacy' && rx === undefined && prescriber === undefined
}

function fundsOf(policy: PolicyDocument, claim: Claim, subject: Subject, inScope: number, year: Year): { readonly deductible: number; readonly funds: Map<string, number> } {
  const closed = new Set((claim.entitlements ?? []).filter(({ trt_enjymnt_flag }) => trt_enjymnt_flag === '0').map(({ fund_pay_type }) => fund_pay_type))
  const isShut = ({ pays, fund_pay_type }: BandDocument | SupplementDocument): boolean => closed.has(fund_pay_type ?? '') || closed.has(usualType(pays, subject.insutype))
  const deductible = deductibleOf(policy, subject, inScope, year)
  const segment = inScope - deductible
  year.count('inscp_scp_amt', inScope)
  year.count('segment_expense', segment)
  const funds = new Map<string, number>()
  const pay = (fund: string, paid: number): void => void funds.set(fund, (funds.get(fund) ?? 0) + paid)
  let rest = exact(segment)
  for (const band of policy.bands.filter((one) => isFor(one, subject))) {
    const filled = fill(band, isShut(band), { rest, inScope, segment, subject, year })
    pay(band.pays, filled.paid)
    rest = filled.rest
  }
  const uncovered = rounded(rest)
  const coPay = segment - [...funds.values()].reduce((sum, paid) => sum + paid, 0) - uncovered
  const open = new Map([['deductible', deductible], ['co-pay', coPay], ['uncovered', uncovered]])
  for (const supplement of (policy.supplements ?? []).filter((one) => isFor(one, subject) && !isShut(one))) pay(supplement.pays, relieve(supplement, subject, open, year))
  return { deductible, funds }
}

function deductibleOf({ deductible }: PolicyDocument, subject: Subject, expense: number, year: Year): number {
  if (deductible === undefined) return 0
  const row = firstFor(deductible.rows, subject)
  if (row === undefined) throw new NotModelled('nobody of the deductible')
  const counter = row.counter ?? deductible.counter ?? 'act_pay_dedc'
  const used = deductible.accumulation === 'year' ? year.before(counter) : 0
  const paid = Math.min(expense, Math.max(0, fen(row.amount) - used))
  year.add(counter, paid)
  return paid
}

interface Filling {
  readonly rest: Exact
  readonly inScope: number
  readonly segment: number
  readonly subject: Subject
  readonly year: Year
}

/** The share of a band, and what flows on to the next. */
function fill(band: BandDocument, isShut: boolean, { rest, inScope, segment, subject, year }: Filling): { readonly paid: number; readonly rest: Exact } {
  const limits = [band.limit ?? []].flat().flatMap((limit) => boundOf(limit, band.pays, subject))
  let excess = 0
  for (const { limit, amount, counter } of limits.filter(({ limit: { of } }) => of !== undefined && of !== 'payment')) {
    const counted = limit.of === 'expense' ? segment : inScope
    excess = Math.max(excess, (limit.period === 'visit' ? 0 : year.before(counter)) + counted - amount)
    year.count(counter, counted)
  }
  const beyond = least(rest, exact(excess))
  const within = minus(rest, beyond)
  const row = firstFor(band.ratio, subject)
  const ratio = isShut ? NOTHING : number(row?.ratio ?? '')
  const share = rounded(times(within, ratio))
  const payments = limits.filter(({ limit: { of = 'payment' } }) => of === 'payment')
  const available = payments.map(({ limit, amount, counter }) => Math.max(0, amount - (limit.period === 'visit' ? 0 : year.before(counter)) - (year.added.get(counter) ?? 0)))
  const paid = Math.min(share, ...available)
  for (const counter of new Set([band.pays, ...payments.map((one) => one.counter)])) year.add(counter, paid)
  if (paid >= share) return { paid, rest: beyond }
  const used = paid === 0 ? NOTHING : over(exact(paid), ratio)
  return { paid, rest: plus(minus(within, used), beyond) }
}

interface Bound {
  readonly limit: LimitDocument
  readonly amount: number
  readonly counter: string
}

const COUNTED = { payment: undefined, expense: 'segment_expense', 'in-scope-expense': 'inscp_scp_amt' } as const

function boundOf(limit: LimitDocument, pays: string, subject: Subject): readonly Bound[] {
  const row = firstFor(limit.rows, subject)
  if (row === undefined) throw new NotModelled('nobody of a limit')
  return row.amount === null ? [] : [{ limit, amount: fen(row.amount), counter: row.counter ?? limit.counter ?? COUNTED[limit.of ?? 'payment'] ?? pays }]
}

const WITHIN_INSURANCE = ['deductible', 'co-pay', 'uncovered'] as const

/** What a fund takes of the person's share, above its thresholds; `open` is what is left of each part. */
function relieve({ pays, of = WITHIN_INSURANCE, counter, period = 'year', rows, limit }: SupplementDocument, subject: Subject, open: Map<string, number>, year: Year): number {
  if (of.some((part) => !open.has(part))) throw new NotModelled(`a supplement of ${of.join(', ')}`)
  const base = of.reduce((sum, part) => sum + (open.get(part) ?? 0), 0)
  const counted = counter ?? (of === WITHIN_INSURANCE ? 'personal_in_scope' : `${pays}_base`)
  const used = period === 'year' ? year.before(counted) : 0
  const tiers = firstFor(rows, subject)?.tiers
  if (tiers === undefined) throw new NotModelled('nobody of a supplement')
  let share = NOTHING
  tiers.forEach(({ above, ratio }, at) => {
    const next = tiers[at + 1]
    const upTo = next === undefined ? used + base : Math.min(used + base, fen(next.above))
    share = plus(share, times(exact(Math.max(0, upTo - Math.max(used, fen(above)))), number(ratio)))
  })
  const [bound] = limit === undefined ? [] : boundOf({ of: 'payment', ...limit }, pays, subject)
  const left = bound === undefined ? Number.POSITIVE_INFINITY : Math.max(0, bound.amount - (limit?.period === 'visit' ? 0 : year.before(bound.counter)) - (year.added.get(bound.counter) ?? 0))
  const paid = Math.min(rounded(share), left)
  takeOff(open, of, paid)
  year.count(counted, base)
  for (const name of new Set([pays, bound?.counter ?? pays])) year.add(name, paid)
  return paid
}

/** From the last to the first: what lies above a threshold arose last. */
function takeOff(open: Map<string, number>, of: readonly string[], paid: number): void {
  let left = paid
  for (const part of [...open.keys()].filter((name) => of.includes(name)).toReversed()) {
    const taken = Math.min(left, open.get(part) ?? 0)
    open.set(part, (open.get(part) ?? 0) - taken)
    left -= taken
  }
}

/** What the year had used before, and what this visit adds. */
class Year {
  readonly added = new Map<string, number>()
  readonly #before: Readonly<Record<string, string>>
  readonly #counted = new Set<string>()

  constructor(before: Readonly<Record<string, string>>) {
    this.#before = before
  }

  before(counter: string): number {
    const yuan = Object.hasOwn(this.#before, counter) ? this.#before[counter] : undefined
    return yuan === undefined ? 0 : fen(yuan)
  }

  add(counter: string, fens: number): void {
    if (fens !== 0) this.added.set(counter, (this.added.get(counter) ?? 0) + fens)
  }

  /** A quantity of the whole visit: once, whoever counts it. */
  count(counter: string, fens: number): void {
    if (this.#counted.has(counter)) return
    this.#counted.add(counter)
    this.add(counter, fens)
  }
}

/** By which an entitlement closes a fund that the policy gives no code of its own. */
function usualType(fund: string, insutype: string): string {
  const ofResidents: Readonly<Record<string, string>> = { hifp_pay: '390100', hifmi_pay: '390200' }
  if (insutype.startsWith('39') && ofResidents[fund] !== undefined) return ofResidents[fund]
  const usual: Readonly<Record<string, string>> = { hifp_pay: '310100', hifob_pay: '330100', hifmi_pay: '310300', hifes_pay: '370100', cvlserv_pay: '320100', hifdm_pay: '350100', maf_pay: '610100', oth_pay: '999997' }
  return usual[fund] ?? ''
}

function number(text: string): Exact {
  const value = decimal(text)
  if (value === undefined) throw new NotModelled(`"${text}"`)
  return value
}

/** Whole fen of an amount in yuan. */
function fen(yuan: string): number {
  const value = fenExact(number(yuan))
  if (value.n % value.d !== 0n) throw new NotModelled(`"${yuan}" yuan`)
  return Number(value.n / value.d)
}
