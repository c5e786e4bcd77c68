/** Picks, for one set of facts, the first row of every parameter, and turns its texts into whole numbers. */

import { invariant } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import type { CalculationRefusal } from '../calculation/refusal.ts'
import { parseFen, type Fen } from '../money/fen.ts'
import { parseRatio, ratio, type Ratio } from '../money/ratio.ts'
import { decide, describeFacts, type Facts } from './facts.ts'
import { fundPayTypeOf } from './fund-pay-type.ts'
import type { Band, ClassRule, Deductible, Limit, OffSite, Parameters, RowReference, Supplement } from './parameters.ts'
import type { ChargeClass, LimitKind } from './policy-parts.ts'
import { baseCounter, baseParts, limitCounter, limitsOf } from './policy-counters.ts'
import type { Policy } from './policy-schema.ts'
import type { When } from './row-schema.ts'
import { stepCodes } from './step-codes.ts'

export function resolveParameters(policy: Policy, facts: Facts): Result<Parameters, CalculationRefusal> {
  try {
    return ok(resolve(policy, facts))
  } catch (thrown) {
    if (thrown instanceof Unresolved) return refuse(thrown.refusal)
    throw thrown
  }
}

/** Carries the one refusal out of the nested lookups; never leaves this file. */
class Unresolved extends Error {
  readonly refusal: CalculationRefusal

  constructor(refusal: CalculationRefusal) {
    super(refusal.kind)
    this.refusal = refusal
  }
}

interface AnyRow {
  readonly when?: When | undefined
  readonly source: string
  readonly certainty: string
}

interface Found<Row> {
  readonly row: Row
  readonly reference: RowReference
}

function resolve(policy: Policy, facts: Facts): Parameters {
  const bands = applicable(policy.bands, 'bands', facts)
  // That nobody shares the expense of these people must be written (a ratio of "0"), not fall out of a forgotten row.
  if (policy.bands.length > 0 && bands.length === 0) {
    throw new Unresolved({ kind: 'no-parameter', parameter: 'bands', facts: describeFacts(facts) })
  }
  const supplements = applicable(policy.supplements, 'supplements', facts)
  const offSite = offSiteOf(policy, facts)
  const points = offSite?.points ?? ratio(0)
  const codes = stepCodes([...bands, ...supplements].map(({ item }) => item.pays))
  return {
    prePayRounding: policy.rounding.pre_self_pay,
    fundRounding: policy.rounding.fund,
    classes: {
      '01': classRule(policy, facts, '01'),
      '02': classRule(policy, facts, '02'),
      '03': classRule(policy, facts, '03'),
      '04': classRule(policy, facts, '04')
    },
    deductible: deductibleOf(policy, facts),
    bands: bands.map(({ item, path }, index) => bandOf(item, path, codes[index] ?? item.pays, points, facts)),
    supplements: supplements.map(({ item, path }, index) =>
      supplementOf(item, path, codes[bands.length + index] ?? item.pays, facts)
    ),
    account: {
      isFirst: policy.account.order === 'account-first',
      // Of the account segment nobody asks whether this year's account may pay it: it has already paid.
      currentYearPays: new Set([...policy.account.current_year_pays, 'account-segment']),
      pastYearsPays: new Set(policy.account.past_years_pays),
      mutualAidPays: new Set(policy.account.mutual_aid_pays)
    },
    billMax:
      policy.limits.bill === undefined
        ? undefined
        : limitOf({ rows: policy.limits.bill, period: 'visit' }, 'payment', 'medfee_sumamt', 'limits.bill', facts),
    offSite,
    closed: NOTHING_CLOSED
  }
}

const NOTHING_CLOSED: Parameters['closed'] = []

/** That care elsewhere costs nothing more must be written, not fall out of a row that is not there. */
function offSiteOf({ off_site }: Policy, facts: Facts): OffSite | undefined {
  const { offSite: filing } = facts
  if (filing === undefined) return undefined
  for (const [index, row] of (off_site ?? []).entries()) {
    const at = `off_site[${index}]`
    if (!row.filing.includes(filing) || !holds(row.when, at, facts)) continue
    return { filing, points: share(row.points ?? '0'), prePay: share(row.pre_pay ?? '0'), row: referenceTo(row, at) }
  }
  throw new Unresolved({ kind: 'no-parameter', parameter: 'off_site', facts: describeFacts(facts) })
}

function deductibleOf({ deductible }: Policy, facts: Facts): Deductible | undefined {
  if (deductible === undefined) return undefined
  const { row, reference } = pick(deductible.rows, 'deductible.rows', facts)
  return {
    amount: yuan(row.amount),
    counter: row.counter ?? deductible.counter,
    isYearly: deductible.accumulation === 'year',
    row: reference
  }
}

function bandOf(band: Policy['bands'][number], path: string, code: string, points: Ratio, facts: Facts): Band {
  const { row, reference } = pick(band.ratio, `${path}.ratio`, facts)
  const limits = bandLimits(band, path, facts)
  const paidUnder = limits.filter(({ of }) => of === 'payment').map(({ counter }) => counter)
  return {
    pays: band.pays,
    fundPayType: band.fund_pay_type ?? fundPayTypeOf(band.pays, facts.insutype),
    code,
    ratio: less(share(row.ratio), points),
    limits,
    paidCounters: [...new Set([band.pays, ...paidUnder])],
    row: reference
  }
}

function bandLimits(band: Policy['bands'][number], path: string, facts: Facts): Limit[] {
  const isList = Array.isArray(band.limit)
  return limitsOf(band).flatMap((limit, index) => {
    const at = isList ? `${path}.limit[${index}].rows` : `${path}.limit.rows`
    return limitOf(limit, limit.of, band.pays, at, facts) ?? []
  })
}

function supplementOf(supplement: Policy['supplements'][number], path: string, code: string, facts: Facts): Supplement {
  const { row, reference } = pick(supplement.rows, `${path}.rows`, facts)
  return {
    pays: supplement.pays,
    fundPayType: supplement.fund_pay_type ?? fundPayTypeOf(supplement.pays, facts.insutype),
    code,
    of: baseParts(supplement),
    counter: baseCounter(supplement),
    isYearly: supplement.period === 'year',
    tiers: row.tiers.map((tier) => ({ above: yuan(tier.above), ratio: share(tier.ratio) })),
    limit: supplement.limit && limitOf(supplement.limit, 'payment', supplement.pays, `${path}.limit.rows`, facts),
    row: reference
  }
}

interface LimitDocument {
  readonly rows: NonNullable<Policy['limits']['bill']>
  readonly counter?: string | undefined
  readonly period: 'year' | 'visit'
}

function limitOf(limit: LimitDocument, of: LimitKind, payer: string, path: string, facts: Facts): Limit | undefined {
  const { row, reference } = pick(limit.rows, path, facts)
  if (row.amount === null) return undefined
  const counter = row.counter ?? limitCounter(limit, of, payer)
  return { of, amount: yuan(row.amount), counter, isYearly: limit.period === 'year', row: reference }
}

function classRule(policy: Policy, facts: Facts, chargeClass: ChargeClass): ClassRule {
  const rows = policy.classes.map((row, index) => ({ row, index })).filter(({ row }) => row.chrgitm_lv === chargeClass)
  for (const { row, index } of rows) {
    if (!holds(row.when, `classes[${index}]`, facts)) continue
    const prePay = row.selfpay_prop === undefined ? WITHOUT_ROW[chargeClass].prePay : share(row.selfpay_prop)
    const isOwnPay = paysOf(row) === 'own-pay'
    const reason = isOwnPay && chargeClass !== '03' ? 'own-pay-by-policy' : WITHOUT_ROW[chargeClass].reason
    return { isOwnPay, reason, prePay, row: referenceTo(row, `classes[${index}]`) }
  }
  return WITHOUT_ROW[chargeClass]
}

/** A row that only names class C leaves it what it is. */
const paysOf = ({ pays, chrgitm_lv, selfpay_prop }: Policy['classes'][number]): 'in-scope' | 'own-pay' =>
  pays ?? (chrgitm_lv === '03' && selfpay_prop === undefined ? 'own-pay' : 'in-scope')

const WITHOUT_ROW: Readonly<Record<ChargeClass, ClassRule>> = {
  '01': { isOwnPay: false, reason: 'class-a', prePay: ratio(0), row: undefined },
  '02': { isOwnPay: false, reason: 'class-b', prePay: undefined, row: undefined },
  '03': { isOwnPay: true, reason: 'class-c', prePay: ratio(0), row: undefined },
  '04': { isOwnPay: false, reason: 'class-payable-c', prePay: undefined, row: undefined }
}

function applicable<Item extends { readonly when?: When | undefined }>(items: readonly Item[], path: string, facts: Facts) {
  return items
    .map((item, index) => ({ item, path: `${path}[${index}]` }))
    .filter(({ item, path: at }) => holds(item.when, at, facts))
}

function pick<Row extends AnyRow>(rows: readonly Row[], path: string, facts: Facts): Found<Row> {
  for (const [index, row] of rows.entries()) {
    const at = `${path}[${index}]`
    if (holds(row.when, at, facts)) return { row, reference: referenceTo(row, at) }
  }
  throw new Unresolved({ kind: 'no-parameter', parameter: path, facts: describeFacts(facts) })
}

function holds(when: When | undefined, path: string, facts: Facts): boolean {
  const verdict = decide(when, facts)
  if (verdict === 'holds') return true
  if (verdict === 'fails') return false
  throw new Unresolved({ kind: 'fact-missing', parameter: path, field: verdict })
}

const referenceTo = (row: AnyRow, parameter: string): RowReference => ({
  parameter,
  source: row.source,
  certainty: row.certainty
})

function yuan(text: string): Fen {
  const amount = parseFen(text)
  invariant(amount !== undefined, `a checked policy holds no amount "${text}"`)
  return amount
}

const less = (whole: Ratio, points: Ratio): Ratio => ratio(Math.max(0, whole - points))

function share(text: string): Ratio {
  const parsed = parseRatio(text)
  invariant(parsed !== undefined, `a checked policy holds no ratio "${text}"`)
  return parsed
}
