/** In-scope expense above the deductible fills band after band; what a limit keeps out flows to the next. */

import { fen, greatest, least, type Fen } from '../money/fen.ts'
import type { Band, Limit, Parameters } from '../policy/parameters.ts'
import { COUNTER } from '../policy/policy-parts.ts'
import { beyondPayment, isNothing, isWhole, nearestFen, payment, plus, splitAt, type Expense } from './expense.ts'
import type { LimitState, Step } from './step.ts'
import type { YearCounters } from './year-counters.ts'

export interface Payment {
  readonly payer: Pick<Band, 'pays' | 'fundPayType'>
  readonly paid: Fen
  /** What the payment limits still admitted before the settlement. */
  readonly availableBefore: Fen | undefined
}

export interface BandsInput {
  readonly inScope: Fen
  /** In-scope less deductible and account segment. */
  readonly segment: Fen
}

export interface BandsResult {
  readonly payments: readonly Payment[]
  /** Expense that no band takes. */
  readonly uncovered: Fen
}

export function fillBands(input: BandsInput, parameters: Parameters, counters: YearCounters, steps: Step[]): BandsResult {
  counters.record(COUNTER.inScope, input.inScope)
  counters.record(COUNTER.segmentExpense, input.segment)
  const payments: Payment[] = []
  let rest: Expense = input.segment
  for (const band of parameters.bands) {
    const filled = fillBand(band, rest, input, parameters, counters)
    if (!isNothing(rest)) steps.push(filled.step)
    payments.push(filled.payment)
    rest = filled.rest
  }
  return { payments, uncovered: nearestFen(rest) }
}

function fillBand(band: Band, expense: Expense, input: BandsInput, parameters: Parameters, counters: YearCounters) {
  const { ratio } = band
  const bounds = boundsOf(band, input, counters)
  const { within, beyond } = splitAt(expense, bounds.excess)
  const share = payment(within, ratio, parameters.fundRounding)
  const availableBefore = bounds.ofPayment?.available
  const paid = availableBefore === undefined ? share : least(share, availableBefore)
  const rest = paid < share ? plus(beyondPayment(within, paid, ratio), beyond) : beyond
  for (const counter of band.paidCounters) counters.add(counter, paid)
  const step: Step = {
    kind: 'band',
    code: band.code,
    fund: band.pays,
    expense: nearestFen(within),
    isExact: isWhole(within),
    ratio,
    paid,
    passedOn: nearestFen(rest),
    boundBy: boundBy(isNothing(beyond) ? undefined : bounds.ofExpense, paid < share ? bounds.ofPayment : undefined),
    row: band.row
  }
  return { step, rest, payment: { payer: band, paid, availableBefore } }
}

/** All limits of a band hold, so one of each kind decides. */
interface Bounds {
  /** The expense limit that keeps most of the visit's expense out, and how much that is: zero when none does. */
  readonly ofExpense: LimitState | undefined
  readonly excess: number
  /** The payment limit of which least is left; looked at after the share is known. */
  readonly ofPayment: LimitState | undefined
}

function boundsOf({ limits }: Band, input: BandsInput, counters: YearCounters): Bounds {
  let ofExpense: LimitState | undefined
  let excess = 0
  let ofPayment: LimitState | undefined
  for (const limit of limits) {
    if (limit.of === 'payment') {
      const state = paymentState(limit, counters)
      if (ofPayment === undefined || state.available < ofPayment.available) ofPayment = state
      continue
    }
    const counted = limit.of === 'expense' ? input.segment : input.inScope
    const used = limit.isYearly ? counters.before(limit.counter) : fen(0)
    counters.record(limit.counter, counted)
    const beyond = used + counted - limit.amount
    if (beyond <= excess) continue
    excess = beyond
    ofExpense = { limit, used, available: greatest(fen(limit.amount - used), fen(0)) }
  }
  return { ofExpense, excess, ofPayment }
}

/** Payments of this visit count as they are made: a second band on the counter sees the first one's. */
function paymentState(limit: Limit, counters: YearCounters): LimitState {
  const before = limit.isYearly ? counters.before(limit.counter) : 0
  const used = fen(before + counters.added(limit.counter))
  return { limit, used, available: greatest(fen(limit.amount - used), fen(0)) }
}

const NONE: readonly LimitState[] = []

function boundBy(ofExpense: LimitState | undefined, ofPayment: LimitState | undefined): readonly LimitState[] {
  if (ofExpense === undefined) return ofPayment === undefined ? NONE : [ofPayment]
  return ofPayment === undefined ? [ofExpense] : [ofExpense, ofPayment]
}
