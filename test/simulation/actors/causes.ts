/**
 * Why something may lawfully be refused: what the people of the plan do, what is the matter with the card, how the till stands,
 * and what the world did to it meanwhile. Each fault reaches so far into the time after it struck as it can still be felt.
 */

import { never } from '../../../base/invariant.ts'
import type { SimCard } from '../world/faces.ts'
import type { CardCondition } from '../world/card-conditions.ts'
import type { Struck } from '../world/observation.ts'
import type { FaultKind } from '../world/swarm.ts'
import type { Plan, TextFlaw } from './plan.ts'

export type Cause =
  // The holder.
  | 'wrong-pin' | 'pin-that-is-none' | 'no-pin' | 'pin-grown-old' | 'pulls-the-card' | 'swaps-the-card' | 'same-pin-again' | 'first-pin-again'
  // The cashier.
  | 'presses-twice' | 'edits-meanwhile' | 'old-screen' | 'other-cash' | 'no-reason' | 'refunds-again' | 'unknown-number' | 'wrong-pack'
  | 'counts-below-zero' | 'does-not-count' | 'does-not-resolve' | 'no-note' | 'old-day' | 'no-till-for-it'
  // The text that a hospital's system handed over.
  | `text-${TextFlaw}`
  // The pharmacist.
  | 'sells-a-sold-pack' | 'odd-prescription' | 'strange-code' | 'old-prescription' | 'refuses-the-prescription' | 'leaves-a-code-out'
  // The card and its holder.
  | 'card-expired' | 'holder-missing' | 'card-lost' | 'card-not-activated' | 'card-of-elsewhere' | 'card-locked' | 'card-at-its-last-try' | 'card-with-first-pin'
  | 'account-at-the-centre' | 'something-open-on-the-card' | 'counterfeit' | 'not-a-social-security-card' | 'blank-card' | 'card-blocked'
  // The till, and the time.
  | 'set-offline' | 'not-sent-yet' | 'midnight' | 'new-rules'
  // The world.
  | 'contact' | 'psam' | 'reader' | 'killed' | 'disk' | 'books-lost' | 'network' | 'centre' | 'centre-restored' | 'clock'
  /** Two things of one till happened at the same moment: it is asked again. */
  | 'at-the-same-moment'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const FOR_EVER = Number.MAX_SAFE_INTEGER

interface Reach {
  readonly cause: Cause
  /** ms after it struck. */
  readonly for: number
}

const at = (cause: Cause, reach: number): Reach => ({ cause, for: reach })

/** undefined: nobody at a till is refused anything for it. */
const REACH: Readonly<Record<FaultKind, Reach | undefined>> = {
  'card-cut-before': at('contact', MINUTE),
  'card-cut-inside': at('contact', MINUTE),
  'card-cut-after': at('contact', MINUTE),
  'card-mute': at('contact', MINUTE),
  'card-lost-answer': at('contact', MINUTE),
  'card-truncated': at('contact', MINUTE),
  'card-wrong-status': at('contact', MINUTE),
  'card-foreign-reset': at('contact', MINUTE),
  'card-swapped': at('swaps-the-card', 10 * MINUTE),
  'card-held': at('contact', 10 * MINUTE),
  'psam-mute': at('psam', 10 * MINUTE),
  'psam-lost-answer': at('psam', 10 * MINUTE),
  'psam-cut-inside': at('psam', 10 * MINUTE),
  'psam-reset': at('psam', 10 * MINUTE),
  'psam-missing': at('psam', DAY),
  'psam-locked': at('psam', DAY),
  'psam-exhausted': at('psam', DAY),
  'reader-gone': at('reader', DAY),
  'reader-process-gone': at('reader', DAY),
  'till-clock-ahead': at('clock', FOR_EVER),
  'till-clock-behind': at('clock', FOR_EVER),
  'centre-down': at('centre', DAY),
  'centre-restored': at('centre-restored', FOR_EVER),
  'link-down': at('network', DAY),
  'link-flapping': at('network', 3 * HOUR),
  'till-killed': at('killed', 2 * MINUTE),
  'till-killed-statement': at('killed', 2 * MINUTE),
  'till-killed-file': at('killed', 2 * MINUTE),
  'till-power-lost': at('killed', 2 * MINUTE),
  'disk-lied': at('books-lost', FOR_EVER),
  'disk-full': at('disk', HOUR),
  'disk-busy': at('disk', HOUR),
  'disk-error': at('disk', HOUR),
  'request-lost': at('network', HOUR),
  'reply-lost': at('network', HOUR),
  'request-twice': at('network', HOUR),
  'request-twice-at-once': at('network', HOUR),
  'request-late': at('network', HOUR),
  'reply-late': at('network', HOUR),
  'reply-malformed': at('network', HOUR),
  'reply-status': at('network', HOUR),
  // The till goes on with what it knows.
  'person-unheard': undefined,
  'centre-killed': at('centre', HOUR),
  'centre-disk-full': at('centre', HOUR),
  stranger: undefined,
  rogue: undefined
}

/** `struck`: newest last. `card`: the one that the plan is about; a fault of a card goes with it from till to till. */
export function causesOfWorld(struck: readonly Struck[], since: number, terminal: string, card: string | undefined): Set<Cause> {
  const causes = new Set<Cause>()
  for (const { kind, at: when, terminal: where, card: which } of struck) {
    const reach = REACH[kind]
    if (reach === undefined || when + reach.for < since) continue
    const isHere = where === terminal || (where === undefined && which === undefined) || (which !== undefined && which === card)
    if (isHere) causes.add(reach.cause)
  }
  return causes
}

const OF_CONDITION: Readonly<Partial<Record<CardCondition, readonly Cause[]>>> = {
  lost: ['card-lost'],
  'not-activated': ['card-not-activated', 'card-with-first-pin'],
  'other-region': ['card-of-elsewhere'],
  'pin-locked': ['card-locked'],
  'low-tries': ['card-at-its-last-try'],
  'online-mode': ['account-at-the-centre'],
  'application-blocked': ['card-blocked'],
  counterfeit: ['counterfeit'],
  'bank-card': ['not-a-social-security-card'],
  blank: ['blank-card']
}

export const causesOfCard = ({ condition }: Pick<SimCard, 'condition'>): readonly Cause[] => OF_CONDITION[condition] ?? []

export function causesOfPlan(plan: Plan): Cause[] {
  const causes: Cause[] = 'hands' in plan ? causesAtTheCounter(plan) : []
  switch (plan.kind) {
    case 'settle':
      return plan.flaw === undefined ? causes : [...causes, `text-${plan.flaw}`]
    case 'sale':
      return [...causes, ...OF_SALE[plan.habit]]
    case 'refund':
      return [...causes, ...(plan.reason === 'missing' ? (['no-reason'] as const) : []), ...(plan.which === 'again' ? (['refunds-again'] as const) : []), ...(plan.which === 'unknown' ? (['unknown-number'] as const) : [])]
    case 'return':
      return plan.how === 'wrong-code' || plan.how === 'too-many' ? [...causes, 'wrong-pack'] : causes
    case 'load':
      return plan.which === 'unknown' ? [...causes, 'unknown-number'] : causes
    case 'pin':
      return [...causes, ...OF_CHANGE[plan.change]]
    case 'close':
      return [...causes, ...causesOfClose(plan)]
    case 'link':
    case 'look':
    case 'hostile':
    case 'come-back':
      return causes
    default:
      return never(plan)
  }
}

const OF_SALE: Readonly<Record<Extract<Plan, { kind: 'sale' }>['habit'], readonly Cause[]>> = {
  plain: [],
  'own-pay': [],
  substitutes: [],
  untraces: [],
  'sold-pack': ['sells-a-sold-pack'],
  'missing-code': ['leaves-a-code-out'],
  'expired-paper': ['old-prescription'],
  'refused-review': ['refuses-the-prescription'],
  'strange-code': ['strange-code']
}

const OF_CHANGE: Readonly<Record<Extract<Plan, { kind: 'pin' }>['change'], readonly Cause[]>> = {
  none: [],
  'and-back': [],
  'to-another': [],
  'to-the-same': ['same-pin-again'],
  'to-the-first': ['first-pin-again']
}

function causesOfClose({ counts, resolves, reopens, signs }: Extract<Plan, { kind: 'close' }>): Cause[] {
  const causes: Cause[] = []
  if (counts === 'negative') causes.push('counts-below-zero')
  if (counts === 'not-at-all') causes.push('does-not-count')
  if (resolves === 'nothing') causes.push('does-not-resolve')
  if (resolves === 'without-note') causes.push('no-note')
  if (reopens === 'without-reason') causes.push('no-reason')
  if (signs === 'an-older-day') causes.push('old-day')
  return causes
}

function causesAtTheCounter({ pin, hands, cashier }: Pick<Extract<Plan, { hands: unknown }>, 'pin' | 'hands' | 'cashier'>): Cause[] {
  const causes: Cause[] = []
  if (pin === 'wrong-once' || pin === 'wrong-until-locked' || pin === 'forgot') causes.push('wrong-pin')
  if (pin === 'malformed') causes.push('pin-that-is-none')
  if (pin === 'none') causes.push('no-pin')
  if (pin === 'too-slow') causes.push('pin-grown-old')
  if (hands.kind === 'pulls') causes.push('pulls-the-card')
  if (hands.kind === 'swaps') causes.push('swaps-the-card', 'pulls-the-card')
  if (cashier === 'presses-twice') causes.push('presses-twice')
  if (cashier === 'edits-meanwhile') causes.push('edits-meanwhile')
  if (cashier === 'stale-screen') causes.push('old-screen')
  if (cashier === 'wrong-cash') causes.push('other-cash')
  return causes
}
