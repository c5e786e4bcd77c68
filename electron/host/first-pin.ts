/** The PIN that a card was issued with: known to everybody, so a place may refuse it, and nobody may change back to it. */

import { Pin } from '../../card/secret/pin.ts'
import type { CardRules } from '../../settlement/policy/policy-schema.ts'

export function isFirstPin(pin: Pin, { first_pins: firstPins }: CardRules, cardNumber: string | undefined): boolean {
  return firstPins.some((rule) => {
    const first = Pin.parse(rule === 'last-6-of-card-number' ? (cardNumber?.slice(-6) ?? '') : rule)
    return first.ok && first.value.equals(pin)
  })
}
