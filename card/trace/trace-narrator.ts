/**
 * Tells one conversation, with a card or with a PSAM, from its reset on: it remembers what is selected, so that "00B2 0900"
 * is the name and not a tag. Made anew for every card.
 */

import { redactAnswer } from '../channel/trace.ts'
import { describeCommand, describeExchange, type Exchange } from './describe-exchange.ts'
import { AT_RESET, type Place } from './place.ts'
import { placeAfter, type Answer } from './place-after.ts'
import { parseTraced } from './traced-command.ts'

export interface NarratedExchange extends Exchange {
  /** Hex with stars; empty when nothing came. */
  readonly answer: string
}

export class TraceNarrator {
  #place: Place

  constructor(slot: Place['slot']) {
    this.#place = AT_RESET[slot]
  }

  /** `command` is hex with the PIN starred, as `redactCommand` shows it; the answer is whole and leaves starred. */
  describe(command: string, answer: Answer): NarratedExchange {
    const shown = answer.ok ? redactAnswer(command, answer.value) : ''
    const exchange = describeExchange(command, answer.ok ? shown : answer.error, this.#place)
    const parsed = parseTraced(command)
    if (parsed !== undefined) this.#place = placeAfter(this.#place, parsed, answer, describeCommand(command, this.#place))
    return { answer: shown, ...exchange }
  }
}
