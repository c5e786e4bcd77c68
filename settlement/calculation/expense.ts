/**
 * Expense on its way through the bands. Whole fen, until a band's payment limit is reached: the expense which that limit
 * used up is limit / ratio, rarely a whole fen, and what goes on is then kept as an exact fraction. So two funds with one
 * ratio and limits a and b together pay exactly min(round(expense x ratio), a + b).
 */

import { fen, type Fen } from '../money/fen.ts'
import { RATIO_ONE, shareOf, type Ratio } from '../money/ratio.ts'
import { roundBigQuotient, type Rounding } from '../money/rounding.ts'

interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

export type Expense = Fen | Fraction

const ONE = BigInt(RATIO_ONE)

const asFraction = (expense: Expense): Fraction =>
  typeof expense === 'number' ? { numerator: BigInt(expense), denominator: 1n } : expense

export function payment(expense: Expense, ratio: Ratio, rounding: Rounding): Fen {
  if (typeof expense === 'number') return shareOf(expense, ratio, rounding)
  return fen(roundBigQuotient(expense.numerator * BigInt(ratio), expense.denominator * ONE, rounding))
}

/** What is left of `expense` when a share `ratio` of it was paid only up to `paid`. */
export function beyondPayment(expense: Expense, paid: Fen, ratio: Ratio): Expense {
  if (paid === 0) return expense
  const { numerator, denominator } = asFraction(expense)
  const share = BigInt(ratio)
  return { numerator: numerator * share - BigInt(paid) * ONE * denominator, denominator: denominator * share }
}

/** Splits off what lies beyond an expense limit: the last `excess` fen of the visit, none when it is zero or below. */
export function splitAt(expense: Expense, excess: number): { readonly within: Expense; readonly beyond: Expense } {
  const none = fen(0)
  if (excess <= 0) return { within: expense, beyond: none }
  if (typeof expense === 'number') {
    return expense <= excess ? { within: none, beyond: expense } : { within: fen(expense - excess), beyond: fen(excess) }
  }
  const within = expense.numerator - BigInt(excess) * expense.denominator
  if (within <= 0n) return { within: none, beyond: expense }
  return { within: { numerator: within, denominator: expense.denominator }, beyond: fen(excess) }
}

export function plus(expense: Expense, more: Expense): Expense {
  if (isNothing(more)) return expense
  if (typeof expense === 'number' && typeof more === 'number') return fen(expense + more)
  const [left, right] = [asFraction(expense), asFraction(more)]
  return {
    numerator: left.numerator * right.denominator + right.numerator * left.denominator,
    denominator: left.denominator * right.denominator
  }
}

/** Whether it is a whole number of fen: `nearestFen` of it is then exact. */
export const isWhole = (expense: Expense): boolean =>
  typeof expense === 'number' || expense.numerator % expense.denominator === 0n

export const isNothing = (expense: Expense): boolean =>
  typeof expense === 'number' ? expense === 0 : expense.numerator === 0n

/** To the nearest fen: for amounts that are shown, and for what nobody takes. */
export const nearestFen = (expense: Expense): Fen =>
  typeof expense === 'number' ? expense : fen(roundBigQuotient(expense.numerator, expense.denominator, 'half-up'))
