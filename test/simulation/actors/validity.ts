/** Nothing is settled with a card whose last day is over, nor at a till whose PSAM has no keys for it. */

import type { Cause } from './causes.ts'
import { cardOf, type AtCounter } from './card-at-counter.ts'

/** What makes another card, or another day, of what people saw. */
const OTHERWISE: readonly Cause[] = ['clock', 'swaps-the-card', 'pulls-the-card']

export function mustBeValid(op: AtCounter, settlementId: string): void {
  const { expiresOn, cipher, name } = cardOf(op)
  if (OTHERWISE.some((cause) => op.causes.has(cause))) return
  const wrong = expiresOn !== undefined && expiresOn < op.day ? `was good until ${expiresOn}` : cipher === op.window.till.cipher ? undefined : `has keys of ${cipher}`
  if (wrong !== undefined) op.people.listeners.unlawful('unlawful', `${op.id}: ${settlementId} was settled with ${name}, which ${wrong}`)
  if (expiresOn === op.day) op.people.hit('operation:settled-on-the-last-day')
}
