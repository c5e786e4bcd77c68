/**
 * Claim and policy in, who pays what out. Pure: no clock, no store; what the year has used comes with the claim.
 *
 *   lines -> in scope -> [off-site pre-pay] -> [account first] -> deductible -> bands -> supplements -> personal -> accounts -> cash
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { fen, formatFen, greatest, least, ZERO, type Fen } from '../money/fen.ts'
import { shareOf } from '../money/ratio.ts'
import { isInForce, periodOf } from '../policy/choose-policy.ts'
import type { CompiledPolicy } from '../policy/compile-policy.ts'
import type { Facts } from '../policy/facts.ts'
import { ACCOUNT_PAY_TYPE } from '../policy/fund-pay-type.ts'
import type { Parameters } from '../policy/parameters.ts'
import { payFromAccounts, type AccountPayment } from './account-payment.ts'
import { fillBands, type Payment } from './bands.ts'
import type { Calculation, FundRow } from './calculation.ts'
import type { Claim } from './claim.ts'
import { classifyLines, type Classified } from './classify-lines.ts'
import { closedBecause, closedStep, rulesFor, type Closed } from './closed-funds.ts'
import { assertIdentities } from './identities.ts'
import { open, type OpenPart } from './personal-parts.ts'
import { notePharmacy, rowFacts } from './pharmacy-sale.ts'
import type { CalculationRefusal } from './refusal.ts'
import { refuseReturns } from './returns.ts'
import type { Amounts, Fund } from './settlement-result.ts'
import type { Step } from './step.ts'
import { applySupplements } from './supplements.ts'
import { unknownCounters } from './unknown-counters.ts'
import { counterOf, YearCounters } from './year-counters.ts'

export function calculate(compiled: CompiledPolicy, claim: Claim): Result<Calculation, CalculationRefusal> {
  const facts = factsFor(compiled, claim)
  if (!facts.ok) return facts
  const closed = closedBecause(compiled, claim)
  const parameters = rulesFor(compiled, claim, closed).parametersFor(facts.value)
  if (!parameters.ok) return parameters
  const classified = classifyLines(claim.lines, parameters.value)
  if (!classified.ok) return classified
  const unlawful = refuseSums(classified.value, parameters.value)
  if (unlawful !== undefined) return refuse(unlawful)
  const calculation = settle(compiled, claim, parameters.value, classified.value, closed)
  assertIdentities(calculation)
  return ok(calculation)
}

/** The facts that rows are matched with, or why this policy does not rule this claim. */
function factsFor(compiled: CompiledPolicy, claim: Claim): Result<Facts, CalculationRefusal> {
  const { policy } = compiled
  const claimed = claim.insuplcAdmdvs
  if (claimed !== undefined && claimed !== policy.region) {
    return refuse({ kind: 'other-region', region: policy.region, claimed })
  }
  const { insutype } = claim.facts
  if (!policy.insutype.some((covered) => covered === insutype)) {
    return refuse({ kind: 'insurance-type-not-covered', insutype, covered: policy.insutype })
  }
  if (!isInForce(policy, claim.begins)) return refuse({ kind: 'not-in-force', date: claim.begins, period: periodOf(policy) })
  return rowFacts(compiled, claim)
}

function refuseSums(sums: Classified, { billMax }: Parameters): CalculationRefusal | undefined {
  if (billMax !== undefined && sums.total > billMax.amount) {
    return { kind: 'bill-over-limit', amount: formatFen(sums.total), limit: formatFen(billMax.amount) }
  }
  return refuseReturns(sums)
}

function settle(
  compiled: CompiledPolicy,
  claim: Claim,
  parameters: Parameters,
  sums: Classified,
  closed: Closed | undefined
): Calculation {
  const { total, ownPay, overCeiling, prePay, inScope } = sums
  const steps: Step[] = [{ kind: 'in-scope', total, ownPay, overCeiling, prePay, inScope }]
  const counters = new YearCounters(claim.accumulators)
  if (closed === undefined && claim.facts.kind === 'pharmacy') notePharmacy(compiled, claim, steps)
  const covered =
    closed === undefined
      ? payFunds(claim, parameters, sums, counters, steps)
      : payNoFund(claim, parameters, sums, closed, steps)
  const fundPaid = covered.payments.reduce((paid, { paid: more }) => fen(paid + more), ZERO)
  const personal = fen(total - fundPaid)
  steps.push({ kind: 'personal', total, fundPaid, personal })
  const account = payFromAccounts(claim, covered.parts, parameters.account, steps)
  const accountPaid = fen(account.own + account.mutualAid)
  const cash = fen(personal - accountPaid)
  steps.push({ kind: 'cash', personal, account: accountPaid, cash })
  noteUnknownCounters(compiled, claim, steps)
  const { mutualAid } = account
  const amounts: Amounts = {
    total,
    ownPay,
    overCeiling,
    prePay,
    inScope,
    deductible: covered.deductible,
    funds: fundsOf(covered.payments),
    fundPaid,
    personal,
    account: accountPaid,
    mutualAid,
    cash,
    hospital: ZERO
  }
  return {
    kind: 'settlement',
    region: compiled.policy.region,
    policyVersion: compiled.policy.version,
    claim,
    amounts,
    lines: sums.lines,
    fundRows: fundRowsOf(covered.payments, account),
    personalShares: account.shares,
    counters: counters.delta(),
    account: account.after,
    poolRatio: parameters.bands[0]?.ratio,
    steps
  }
}

interface Covered {
  readonly payments: readonly Payment[]
  readonly deductible: Fen
  readonly parts: readonly OpenPart[]
}

function payFunds(claim: Claim, parameters: Parameters, sums: Classified, counters: YearCounters, steps: Step[]): Covered {
  for (const { fund, fundPayType } of parameters.closed) steps.push({ kind: 'fund-not-enjoyed', fund, fundPayType })
  const offSite = payOffSite(parameters, sums.inScope, steps)
  const atHome = fen(sums.inScope - offSite)
  const accountSegment = payAccountFirst(claim, parameters, atHome, steps)
  const afterAccount = fen(atHome - accountSegment)
  const deductible = payDeductible(afterAccount, parameters, counters, steps)
  const segment = fen(afterAccount - deductible)
  const bands = fillBands({ inScope: sums.inScope, segment }, parameters, counters, steps)
  const paidByBands = bands.payments.reduce((total, { paid }) => total + paid, 0)
  const parts: OpenPart[] = []
  open(parts, 'account-segment', accountSegment)
  open(parts, 'deductible', deductible)
  open(parts, 'co-pay', fen(segment - paidByBands - bands.uncovered))
  open(parts, 'uncovered', bands.uncovered)
  open(parts, 'off-site-pre-pay', offSite)
  openOutOfScope(parts, sums)
  const supplements = applySupplements(parts, parameters, counters, steps)
  return { payments: supplements.length === 0 ? bands.payments : [...bands.payments, ...supplements], deductible, parts }
}

function openOutOfScope(parts: OpenPart[], sums: Classified): void {
  open(parts, 'pre-self-pay', sums.prePay)
  open(parts, 'over-ceiling', sums.overCeiling)
  open(parts, 'own-pay', sums.ownPay)
}

/**
 * The funds are closed (arrears, suspension, termination, a stated reason, no prescription), the account is not: it pays what it always may,
 * the person's share being all of the in-scope expense. Nothing counts towards the year.
 */
function payNoFund(claim: Claim, parameters: Parameters, sums: Classified, closed: Closed, steps: Step[]): Covered {
  const { inScope } = sums
  steps.push(closedStep(claim, closed, inScope))
  const accountSegment = payAccountFirst(claim, parameters, inScope, steps)
  const parts: OpenPart[] = []
  open(parts, 'account-segment', accountSegment)
  open(parts, 'co-pay', fen(inScope - accountSegment))
  openOutOfScope(parts, sums)
  return { payments: [], deductible: ZERO, parts }
}

/** Rounded once, of the whole in-scope sum: the lines stay what they are, wherever the person falls ill. */
function payOffSite({ offSite, prePayRounding }: Parameters, inScope: Fen, steps: Step[]): Fen {
  if (offSite === undefined) return ZERO
  const { filing, points, prePay, row } = offSite
  const paid = shareOf(inScope, prePay, prePayRounding)
  steps.push({ kind: 'off-site', filing, points, prePay, before: inScope, paid, left: fen(inScope - paid), row })
  return paid
}

/** Three-segment places: this year's account pays in-scope expense before the self segment, and does not fill it. */
function payAccountFirst(claim: Claim, { account }: Parameters, inScope: Fen, steps: Step[]): Fen {
  if (!account.isFirst || claim.acctUsedFlag === '0') return ZERO
  const balance = claim.account.currentYear
  const paid = least(balance, inScope)
  if (paid > 0) steps.push({ kind: 'account-first', before: inScope, balance, paid, left: fen(inScope - paid) })
  return paid
}

/** Cumulative top-up: what is left is the amount at this level less what the year's counter already holds. */
function payDeductible(expense: Fen, { deductible }: Parameters, counters: YearCounters, steps: Step[]): Fen {
  if (deductible === undefined) return ZERO
  const used = deductible.isYearly ? counters.before(deductible.counter) : ZERO
  const remaining = greatest(fen(deductible.amount - used), ZERO)
  const paid = least(expense, remaining)
  counters.add(deductible.counter, paid)
  const { amount, row } = deductible
  steps.push({ kind: 'deductible', before: expense, amount, used, paid, left: fen(expense - paid), row })
  return paid
}

function fundsOf(payments: readonly Payment[]): Readonly<Record<Fund, Fen>> {
  const funds: Record<Fund, Fen> = {
    hifp_pay: ZERO,
    hifob_pay: ZERO,
    hifmi_pay: ZERO,
    hifes_pay: ZERO,
    cvlserv_pay: ZERO,
    hifdm_pay: ZERO,
    maf_pay: ZERO,
    oth_pay: ZERO
  }
  for (const { payer, paid } of payments) funds[payer.pays] = fen(funds[payer.pays] + paid)
  return funds
}

/** One row a fund and code that paid; the own account's row last. */
function fundRowsOf(payments: readonly Payment[], account: AccountPayment): FundRow[] {
  const rows: FundRow[] = []
  for (const { payer, paid, availableBefore } of payments) {
    if (paid === 0) continue
    const { fundPayType, pays: fund } = payer
    const index = rows.length === 0 ? -1 : rows.findIndex((row) => row.fundPayType === fundPayType && row.fund === fund)
    const earlier = rows[index]
    if (earlier === undefined) rows.push({ fundPayType, fund, paid, availableBefore })
    else rows[index] = { ...earlier, paid: fen(earlier.paid + paid) }
  }
  if (account.own > 0)
    rows.push({ fundPayType: ACCOUNT_PAY_TYPE, fund: undefined, paid: account.own, availableBefore: undefined })
  return rows
}

/** The result says which accumulators it had no use for, instead of passing them over. */
function noteUnknownCounters(compiled: CompiledPolicy, claim: Claim, steps: Step[]): void {
  for (const counter of unknownCounters(compiled, claim)) {
    steps.push({ kind: 'counter-unused', counter, amount: counterOf(claim.accumulators, counter) })
  }
}
