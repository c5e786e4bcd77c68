/**
 * The commands of one operation, with other programs kept off the card meanwhile. Between operations the card is anybody's:
 * what another program did to it shows in the reset that it made, and the operation that finds it ends the session.
 *
 *   initialise a debit [INITIALIZE ...      the hold is kept, for the caller does nothing but write its own hold down
 *   debit                         ... DEBIT, GET RESPONSE]
 *
 * Nobody waits for a person: a PIN is asked for outside, and a hold that is kept for nothing ends by itself.
 */

import type { CardHold } from '../reader/card-reader.ts'
import type { Conversation } from './conversation.ts'
import type { TalkFault } from './fault.ts'

export class Burst {
  readonly #hold: CardHold | undefined
  readonly #conversation: Conversation
  #isKept = false

  constructor(hold: CardHold | undefined, conversation: Conversation) {
    this.#hold = hold
    this.#conversation = conversation
  }

  /** `refused` says how the operation answers when it could not begin: nothing was sent then. */
  async run<Outcome>(
    operation: () => Promise<Outcome>,
    refused: (fault: TalkFault) => Outcome,
    keepsAfter: (outcome: Outcome) => boolean = () => false
  ): Promise<Outcome> {
    const hold = this.#hold
    // A conversation that has ended sends nothing: its operations say so themselves.
    if (hold === undefined || this.#conversation.ended !== undefined) return operation()
    const begun = await hold.begin()
    if (!begun.ok) return refused(this.#faultOf(begun.error))
    const wasKept = this.#isKept
    this.#isKept = false
    try {
      const outcome = await operation()
      this.#isKept = keepsAfter(outcome)
      return outcome
    } finally {
      if (!this.#isKept) await hold.end()
      if (wasKept) await hold.end()
    }
  }

  #faultOf(failure: { readonly kind: string; readonly detail?: string }): TalkFault {
    const { kind } = failure
    if (kind === 'card-removed' || kind === 'card-reset') return this.#conversation.end(kind)
    return { kind: 'reader-fault', detail: failure.detail ?? 'the card did not answer' }
  }
}
