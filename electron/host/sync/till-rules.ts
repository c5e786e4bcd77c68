/**
 * What the till works by: what it was delivered with, until a centre publishes something else. One list for everybody who
 * works by it; what is published takes the place of what it holds.
 */

import type { Policy } from '../../../settlement/policy/policy-schema.ts'
import { institutionDivision } from '../patient.ts'
import type { Clock } from '../system.ts'
import { centreAnswerDaysMax, type CentreAge } from '../visit-claim.ts'
import type { TillSync } from './till-sync.ts'

export class TillRules {
  readonly policies: Policy[] = []
  readonly #delivered: Policy[]
  readonly #institution: string
  readonly #clock: Clock
  #sync: Pick<TillSync, 'policies' | 'answers'> | undefined

  constructor(delivered: readonly Policy[], institution: string, clock: Clock) {
    this.#delivered = [...delivered]
    this.#institution = institution
    this.#clock = clock
  }

  follow(sync: Pick<TillSync, 'policies' | 'answers'>): void {
    this.#sync = sync
    this.published()
  }

  /** More regions that the terminal was delivered with. */
  add(delivered: readonly Policy[]): void {
    this.#delivered.push(...delivered)
    this.published()
  }

  /** The centre has other rules than before. */
  published(): void {
    this.policies.splice(0, this.policies.length, ...(this.#sync?.policies(this.#delivered) ?? this.#delivered))
  }

  /** How old what is known of the centre is; undefined for a till that is connected to none. */
  get centre(): CentreAge | undefined {
    const answers = this.#sync?.answers
    return answers && { ...answers, now: this.#clock().cardTime }
  }

  /** Days that the region lets that be. */
  get daysMax(): number | undefined {
    return centreAnswerDaysMax(this.policies, institutionDivision(this.#institution), this.#clock().today)
  }
}
