/**
 * What an operation is meant to be. Drawn from a fork of the world's chance that is named for the operation, so that id and
 * purpose alone tell the plan, in this run and in every replay of it. Most people are honest and patient; each peculiar habit
 * has its own small share, in one table, so that each is met within some hundred operations.
 */

import { never } from '../../../base/invariant.ts'
import type { OperationId } from '../operation.ts'
import type { Random } from '../world/random.ts'

/** How the holder gives the PIN. */
export const PIN_HABITS = ['right', 'wrong-once', 'wrong-until-locked', 'forgot', 'malformed', 'too-slow', 'none'] as const
export type PinHabit = (typeof PIN_HABITS)[number]

/** What the holder's hands do with the card. `afterMs` counts from the moment that `during` names. */
export type Hands =
  | { readonly kind: 'waits' }
  | { readonly kind: 'pulls'; readonly during: 'reading' | 'pin' | 'taking'; readonly afterMs: number }
  /** Somebody else's card is in the slot before the first has answered. */
  | { readonly kind: 'swaps'; readonly during: 'pin' | 'taking'; readonly afterMs: number }

/** What becomes of a card that left while money was moving. */
export type Return = 'puts-it-back' | 'comes-another-day'

/** What the cashier does beside the bare work. */
export const CASHIER_HABITS = ['plain', 'presses-twice', 'walks-away', 'edits-meanwhile', 'stale-screen', 'logs-out-after', 'wrong-cash', 'explains', 'corrects-a-line'] as const
export type CashierHabit = (typeof CASHIER_HABITS)[number]

export interface AtTheCounter {
  readonly pin: PinHabit
  readonly hands: Hands
  readonly afterwards: Return
  readonly cashier: CashierHabit
  /** Prints the statement so often. */
  readonly prints: number
}

/** What a hospital's text says that it should not; undefined: nothing. */
export const TEXT_FLAWS = ['not-json', 'no-lines', 'unknown-item', 'other-person', 'later-day', 'settled-before', 'over-limit'] as const
export type TextFlaw = (typeof TEXT_FLAWS)[number]

export interface SettlePlan extends AtTheCounter {
  readonly kind: 'settle'
  /** Names the forks that the lines are drawn from. */
  readonly basket: number
  readonly flaw: TextFlaw | undefined
  readonly useAccount: '0' | '1' | '2'
}

export const SALE_HABITS = ['plain', 'own-pay', 'substitutes', 'sold-pack', 'missing-code', 'untraces', 'expired-paper', 'refused-review', 'strange-code'] as const
export type SaleHabit = (typeof SALE_HABITS)[number]

export interface SalePlan extends AtTheCounter {
  readonly kind: 'sale'
  readonly basket: number
  readonly habit: SaleHabit
  readonly useAccount: '0' | '1' | '2'
}

export interface RefundPlan {
  readonly kind: 'refund'
  readonly which: 'a-settled-one' | 'again' | 'unknown'
  readonly reason: 'said' | 'missing'
}

export interface ReturnPlan extends AtTheCounter {
  readonly kind: 'return'
  readonly how: 'one-pack' | 'everything' | 'wrong-code' | 'too-many'
}

export interface LoadPlan extends AtTheCounter {
  readonly kind: 'load'
  readonly which: 'owed' | 'unknown'
}

export interface PinPlan extends AtTheCounter {
  readonly kind: 'pin'
  readonly change: 'none' | 'to-the-same' | 'to-the-first' | 'and-back' | 'to-another'
}

export interface ClosePlan {
  readonly kind: 'close'
  readonly counts: 'right' | 'short' | 'over' | 'negative' | 'not-at-all'
  readonly resolves: 'everything' | 'nothing' | 'without-note'
  readonly reopens: 'no' | 'with-reason' | 'without-reason'
  readonly signs: 'what-was-seen' | 'an-older-day' | 'never'
}

export interface LinkPlan {
  readonly kind: 'link'
  readonly what: 'pauses' | 'resumes' | 'hurries' | 'retries' | 'hands-over'
}

export interface LookPlan {
  readonly kind: 'look'
  readonly at: 'records' | 'statement' | 'copy' | 'report' | 'explanation' | 'eligibility'
}

export interface HostilePlan {
  readonly kind: 'hostile'
  readonly attack: number
}

/** An earlier hold or load of this card is asked about: card in, PIN, card out. */
export interface ComeBackPlan extends AtTheCounter {
  readonly kind: 'come-back'
}

export type Plan = SettlePlan | SalePlan | RefundPlan | ReturnPlan | LoadPlan | PinPlan | ClosePlan | LinkPlan | LookPlan | HostilePlan | ComeBackPlan

export type CardPlan = Extract<Plan, AtTheCounter>
export type Purpose = Plan['kind']

/** Shares of a thousand; what is left is the first of its kind. */
const PIN_SHARES: Readonly<Partial<Record<PinHabit, number>>> = { 'wrong-once': 50, 'wrong-until-locked': 12, forgot: 15, malformed: 10, 'too-slow': 10, none: 10 }
const CASHIER_SHARES: Readonly<Partial<Record<CashierHabit, number>>> = {
  'presses-twice': 40,
  'walks-away': 25,
  'edits-meanwhile': 20,
  'stale-screen': 20,
  'logs-out-after': 15,
  'wrong-cash': 15,
  explains: 60,
  'corrects-a-line': 40
}
const FLAW_SHARES: Readonly<Partial<Record<TextFlaw, number>>> = { 'not-json': 8, 'no-lines': 8, 'unknown-item': 15, 'other-person': 15, 'later-day': 10, 'settled-before': 30, 'over-limit': 10 }
const HABIT_SHARES: Readonly<Partial<Record<SaleHabit, number>>> = {
  'own-pay': 60,
  substitutes: 50,
  'sold-pack': 50,
  'missing-code': 40,
  untraces: 40,
  'expired-paper': 30,
  'refused-review': 25,
  'strange-code': 25
}
const THOUSAND = 1000

/** Within this time reading, PIN and debit have gone through every step, at the pace of a card. */
const MOMENTS_MS: Readonly<Record<'reading' | 'pin' | 'taking', number>> = { reading: 1500, pin: 500, taking: 950 }

export function planOf(chance: Random, id: OperationId, purpose: Purpose): Plan {
  const draw = chance.fork(id)
  switch (purpose) {
    case 'settle':
      return { kind: purpose, ...atTheCounter(draw), basket: draw.below(THOUSAND), flaw: shared(draw, FLAW_SHARES, undefined), useAccount: accountFlag(draw) }
    case 'sale':
      return { kind: purpose, ...atTheCounter(draw), basket: draw.below(THOUSAND), habit: shared(draw, HABIT_SHARES, 'plain'), useAccount: accountFlag(draw) }
    case 'refund':
      return { kind: purpose, which: shared<RefundPlan['which']>(draw, { again: 80, unknown: 30 }, 'a-settled-one'), reason: draw.chance(40, THOUSAND) ? 'missing' : 'said' }
    case 'return':
      return { kind: purpose, ...atTheCounter(draw), how: shared<ReturnPlan['how']>(draw, { everything: 250, 'wrong-code': 60, 'too-many': 60 }, 'one-pack') }
    case 'load':
      return { kind: purpose, ...atTheCounter(draw), which: draw.chance(30, THOUSAND) ? 'unknown' : 'owed' }
    case 'pin':
      return { kind: purpose, ...atTheCounter(draw), change: draw.pick(['none', 'to-the-same', 'to-the-first', 'and-back', 'to-another', 'to-another']) }
    case 'close':
      return {
        kind: purpose,
        counts: shared<ClosePlan['counts']>(draw, { short: 120, over: 100, negative: 30, 'not-at-all': 40 }, 'right'),
        resolves: shared<ClosePlan['resolves']>(draw, { nothing: 100, 'without-note': 60 }, 'everything'),
        reopens: shared<ClosePlan['reopens']>(draw, { 'with-reason': 120, 'without-reason': 30 }, 'no'),
        signs: shared<ClosePlan['signs']>(draw, { 'an-older-day': 60, never: 60 }, 'what-was-seen')
      }
    case 'link':
      return { kind: purpose, what: draw.pick(['pauses', 'resumes', 'resumes', 'hurries', 'retries', 'hands-over']) }
    case 'look':
      return { kind: purpose, at: draw.pick(['records', 'statement', 'copy', 'report', 'explanation', 'eligibility']) }
    case 'hostile':
      return { kind: purpose, attack: draw.below(THOUSAND) }
    case 'come-back':
      return { kind: purpose, ...honest() }
    default:
      return never(purpose)
  }
}

/** Nobody hurries, nobody errs: what is done in the quiet at the end. */
export const honest = (): AtTheCounter => ({ pin: 'right', hands: { kind: 'waits' }, afterwards: 'puts-it-back', cashier: 'plain', prints: 0 })

function atTheCounter(draw: Random): AtTheCounter {
  return {
    pin: shared(draw, PIN_SHARES, 'right'),
    hands: handsOf(draw),
    afterwards: draw.chance(600, THOUSAND) ? 'puts-it-back' : 'comes-another-day',
    cashier: shared(draw, CASHIER_SHARES, 'plain'),
    prints: draw.pick([0, 0, 0, 1, 1, 2])
  }
}

function handsOf(draw: Random): Hands {
  const kind = shared<Hands['kind']>(draw, { pulls: 100, swaps: 25 }, 'waits')
  const during = shared<'reading' | 'pin' | 'taking'>(draw, { reading: 120, pin: 130 }, 'taking')
  const afterMs = draw.below(MOMENTS_MS[during])
  if (kind === 'waits') return { kind }
  return kind === 'pulls' ? { kind, during, afterMs } : { kind, during: during === 'pin' ? 'pin' : 'taking', afterMs }
}

const accountFlag = (draw: Random): '0' | '1' | '2' => shared<'0' | '1' | '2'>(draw, { '0': 120, '2': 40 }, '1')

function shared<Habit extends string | undefined>(draw: Random, shares: Readonly<Partial<Record<Exclude<Habit, undefined>, number>>>, plain: Habit): Habit {
  let drawn = draw.below(THOUSAND)
  for (const [habit, share] of Object.entries<number | undefined>(shares)) {
    drawn -= share ?? 0
    if (drawn < 0) return habit as Habit
  }
  return plain
}
