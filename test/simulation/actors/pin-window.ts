/** A holder who comes for the PIN alone: to try it, or to change it at the counter. */

import { never } from '../../../base/invariant.ts'
import type { Outcome } from '../operation.ts'
import { givePin, isRefused, presenceOf, showCard } from './card-at-counter.ts'
import type { PinPlan } from './plan.ts'
import type { Undertaking } from './undertaking.ts'

/** The one that cards are issued with. */
const FIRST_PIN = '123456'

export async function comeForPin(op: Undertaking<PinPlan>): Promise<Outcome> {
  const shown = await showCard(op)
  if (!shown.ok) return shown.error
  const given = await givePin(op)
  if (!given.ok) return given.error
  op.people.hit('operation:pin-given')
  const { holder, plan } = op
  if (holder === undefined || plan.change === 'none') return { kind: 'done' }
  const right = holder.pin
  const to = chosenPin(op, plan.change, right)
  const changed = await changePin(op, right, to)
  if (changed.kind !== 'done') return changed
  op.people.hit('operation:pin-changed')
  return plan.change === 'and-back' ? changePin(op, to, right) : changed
}

/** A new one is as long as the old one: too long to be met by accident. */
function chosenPin(op: Undertaking<PinPlan>, change: Exclude<PinPlan['change'], 'none'>, right: string): string {
  switch (change) {
    case 'to-the-first':
      return FIRST_PIN
    case 'to-the-same':
      return right
    case 'and-back':
      return right.split('').toReversed().join('')
    case 'to-another': {
      const draw = op.draw.fork('new pin')
      return Array.from(right, (_, at) => (at === 0 ? draw.between(7, 9) : draw.below(10))).join('')
    }
    default:
      return never(change)
  }
}

async function changePin(op: Undertaking<PinPlan>, from: string, to: string): Promise<Outcome> {
  const { holder } = op
  const changed = await op.ask('card.change-pin', { presence: presenceOf(op), from, to, lastTry: true })
  if (changed.ok) {
    if (holder !== undefined) holder.pin = to
    return { kind: 'done' }
  }
  if (holder !== undefined && isRefused(changed.error, 'pin-changed-card-gone')) {
    holder.pin = to
    return changed.error
  }
  const isUntouched = isRefused(changed.error, 'pin-unchanged', 'first-pin-refused', 'no-card', 'card-changed')
  if (holder !== undefined && !isUntouched) {
    holder.triesSpent = true
    // The card may have taken the new one before it fell silent.
    holder.pinMaybe = to
  }
  return changed.error
}
