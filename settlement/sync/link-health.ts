/**
 * How the link to the centre does, for whoever asks next and for the screen: what failed, how often in a row, and when it may
 * be tried again. Network down and centre down are different things, and different people mend them.
 */

import { never } from '../../base/invariant.ts'
import type { Result } from '../../base/result.ts'
import { waitMs, WAIT_MAX_MS } from './backoff.ts'
import type { LinkFailure } from './link.ts'
import type { SyncEntropy, SyncMoment } from './ports.ts'

export type HealthState = 'untried' | 'up' | 'network-down' | 'centre-down' | 'refused'

export class LinkHealth {
  readonly #entropy: SyncEntropy
  #state: HealthState = 'untried'
  #failures = 0
  #failure: LinkFailure | undefined
  #nextAtMs = 0
  #failedAtMs = 0
  #lastContact: string | undefined

  constructor(entropy: SyncEntropy) {
    this.#entropy = entropy
  }

  get state(): HealthState {
    return this.#state
  }

  /** Tries in a row that came to nothing. */
  get failures(): number {
    return this.#failures
  }

  get failure(): LinkFailure | undefined {
    return this.#failure
  }

  /** Before then nothing is asked, unless a person wants it. ms since 1970. */
  get nextAtMs(): number {
    return this.#nextAtMs
  }

  /** 14 digits; undefined: never. */
  get lastContact(): string | undefined {
    return this.#lastContact
  }

  answered(now: SyncMoment): void {
    this.#state = 'up'
    this.#failures = 0
    this.#failure = undefined
    this.#nextAtMs = 0
    this.#lastContact = now.time
  }

  failed(failure: LinkFailure, now: SyncMoment): void {
    this.#failures += 1
    this.#failure = failure
    this.#failedAtMs = now.epochMs
    this.#nextAtMs = now.epochMs + this.#waitMs(failure)
    this.#state = stateOf(failure)
    if (this.#state === 'up' || this.#state === 'refused') this.#lastContact = now.time
  }

  /** Of a question beside the batches: a centre that says no to it, or does not know it, is there all the same. */
  heard(answer: Result<unknown, LinkFailure>, now: SyncMoment): void {
    if (answer.ok || answer.error.kind === 'refused') this.answered(now)
    else this.failed(answer.error, now)
  }

  /** A clock that stands before the try that failed was set back: the wait from then is none any more. */
  isDue({ epochMs }: SyncMoment): boolean {
    return epochMs >= this.#nextAtMs || epochMs < this.#failedAtMs
  }

  /** A person wants it tried now. */
  hurry(): void {
    this.#nextAtMs = 0
  }

  #waitMs(failure: LinkFailure): number {
    if (failure.kind === 'clock-skew') return WAIT_MAX_MS
    return waitMs(this.#failures, this.#entropy, failure.kind === 'too-many' ? failure.retryAfterMs : 0)
  }
}

function stateOf(failure: LinkFailure): HealthState {
  switch (failure.kind) {
    case 'network-down':
    case 'centre-down':
    case 'refused':
      return failure.kind
    case 'clock-skew':
      return 'refused'
    case 'too-many':
      return 'up'
    default:
      return never(failure)
  }
}
