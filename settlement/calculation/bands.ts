/** In-scope expense above the deductible fills band after band; what a limit keeps out flows to the next. */

import { fen, greatest, type Fen } from '../money/fen.ts'
import type { Band, Limit, Parameters } from '../policy/parameters.ts'
import { COUNTER } from '../policy/policy-parts.ts'
import { beyondPayment, isNothing, nearestFen, payment, splitAt, type Expense } from './expense.ts'
import type { LimitState, Step } from './step.ts'
import type { YearCounters } from './year-counters.ts'

export interface Payment {
  readonly payer: Pick<Band, 'pays' | 'fundPayType'>
  readonly paid: Fen
  /** What a payment limit still admitted before the settlement. */
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
  const { limit, ratio } = band
  const state = limit && limitState(limit, input, counters)
  const { within, beyond } = splitAt(expense, excessOver(limit, state, input))
  const share = payment(within, ratio, parameters.fundRounding)
  const isPaymentCapped = limit?.of === 'payment' && state !== undefined && share > state.available
  const paid = isPaymentCapped ? state.available : share
  const rest = isPaymentCapped ? beyondPayment(within, paid, ratio) : beyond
  countPayment(band, paid, counters)
  const step: Step = {
    kind: 'band',
    code: band.code,
    fund: band.pays,
    expense: nearestFen(within),
    ratio,
    paid,
    passedOn: nearestFen(rest),
    limit: state,
    isCapped: isPaymentCapped || !isNothing(beyond),
    row: band.row
  }
  const availableBefore = limit?.of === 'payment' ? state?.available : undefined
  return { step, rest, payment: { payer: band, paid, availableBefore } }
}

function limitState(limit: Limit, input: BandsInput, counters: YearCounters): LimitState {
  const before = limit.isYearly ? counters.before(limit.counter) : fen(0)
  // Payments of this visit count as they are made; its expense is set against the limit as a whole, below.
  const used = limit.of === 'payment' ? fen(before + counters.added(limit.counter)) : before
  if (limit.of !== 'payment') {
    counters.record(limit.counter, limit.of === 'expense' ? input.segment : input.inScope)
  }
  return { limit, used, available: greatest(fen(limit.amount - used), fen(0)) }
}

/** How much of the visit's expense lies beyond an expense limit; a payment limit is looked at after the share is known. */
function excessOver(limit: Limit | undefined, state: LimitState | undefined, input: BandsInput): number {
  if (limit === undefined || state === undefined || limit.of === 'payment') return 0
  return state.used + (limit.of === 'expense' ? input.segment : input.inScope) - limit.amount
}

/** Under the fund's own name always, for the year's statement; under a counter of the limit's own besides. */
function countPayment(band: Band, paid: Fen, counters: YearCounters): void {
  counters.add(band.pays, paid)
  if (band.limit?.of === 'payment' && band.limit.counter !== band.pays) counters.add(band.limit.counter, paid)
}
