/**
 * Why something was not done, in the three answers that a person at the counter needs (the published service notices give
 * them): what is wrong, who can mend it, what the patient can do today. Never holds a PIN, a key or a whole card number.
 */

import type { Text } from './text.ts'

export interface RefusalView {
  /** The innermost reason, stable for scripts and tests: "wrong-pin", "card-expired". */
  readonly kind: string
  /** bad-input: what was typed or opened; refusal: card or rules; outside: disk, reader, process. */
  readonly blame: 'bad-input' | 'refusal' | 'outside'
  readonly what: Text
  readonly mend: Text | null
  readonly today: Text | null
  /** For whoever mends the terminal, in no words of a counter: a command, a row of the policy. */
  readonly detail?: string
  /** After a PIN: what the card says is left. */
  readonly triesLeft?: number
  /** The settlement that it speaks of: where a pack was sold before. */
  readonly settlementId?: string
}
