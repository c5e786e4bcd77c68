/**
 * Whether a card that could not be read is worth another look, without anybody's doing. Only in a reader that others may be
 * at: another program that holds the card lets go of it sooner or later, one that has just reset it may be done. What the card
 * itself refuses it would refuse again.
 */

import type { CounterRefusal } from '../counter-refusal.ts'

export const SECOND_LOOK_MS = 1_000
/** A reader that does not get on with a card never will; a program that holds it may hold it for long. */
const LOOKS_MAX = 5

export class SecondLook {
  readonly #later: (ms: number, work: () => void) => () => void
  #looks = 0
  #cancel = (): void => {}

  constructor(later: (ms: number, work: () => void) => () => void) {
    this.#later = later
  }

  /** Another card, or this one could be read. */
  reset(): void {
    this.#cancel()
    this.#looks = 0
  }

  after(refusal: CounterRefusal, look: () => void): void {
    this.#cancel()
    const passing = passingOf(refusal)
    if (passing === 'no') return
    if (passing === 'perhaps') this.#looks += 1
    if (this.#looks <= LOOKS_MAX) this.#cancel = this.#later(SECOND_LOOK_MS, look)
  }
}

function passingOf(refusal: CounterRefusal): 'surely' | 'perhaps' | 'no' {
  if (refusal.kind !== 'card-not-opened' && refusal.kind !== 'card-unreadable') return 'no'
  const { refusal: inner } = refusal
  if (inner.kind === 'session-ended') return inner.cause === 'card-reset' ? 'perhaps' : 'no'
  if (inner.kind !== 'reader-fault') return 'no'
  return 'trouble' in inner && inner.trouble?.kind === 'held-by-other' ? 'surely' : 'perhaps'
}
