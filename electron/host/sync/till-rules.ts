/**
 * What the till works by: what it was delivered with and the packs that are installed, until a centre publishes something
 * else. One list for everybody who works by it; what is published takes the place of what it holds.
 */

import type { Result } from '../../../base/result.ts'
import type { BusinessDate } from '../../../settlement/calendar/business-date.ts'
import type { Policy } from '../../../settlement/policy/policy-schema.ts'
import type { RulesRefusal } from '../../../settlement/rules/choose-rules.ts'
import type { CompiledRules } from '../../../settlement/rules/compiled-rules.ts'
import type { RuleShelf } from '../packs/rule-shelf.ts'
import { institutionDivision } from '../patient.ts'
import type { Clock } from '../system.ts'
import { centreAnswerDaysMax, type CentreAge } from '../visit-claim.ts'
import type { TillSync } from './till-sync.ts'

export class TillRules {
  readonly policies: Policy[] = []
  readonly #shelf: RuleShelf
  readonly #institution: string
  readonly #clock: Clock
  #sync: Pick<TillSync, 'policies' | 'answers'> | undefined

  constructor(shelf: RuleShelf, institution: string, clock: Clock) {
    this.#shelf = shelf
    this.#institution = institution
    this.#clock = clock
  }

  follow(sync: Pick<TillSync, 'policies' | 'answers'>): void {
    this.#sync = sync
    this.published()
  }

  /** More regions that the terminal was delivered with. */
  readTheRest(): void {
    this.#shelf.readTheRest()
    this.published()
  }

  /** The centre has other rules than before, or other packs are installed. */
  published(): void {
    const own = this.#shelf.policies
    this.policies.splice(0, this.policies.length, ...(this.#sync?.policies(own) ?? own))
  }

  /** Rules of eligibility at a place (6 digits: where the institution stands) on a day of service. */
  rulesFor(region: string, on: BusinessDate): Result<CompiledRules, RulesRefusal> {
    return this.#shelf.rulesFor(region, on)
  }

  /** How old what is known of the centre is; undefined for a till that is connected to none. */
  get centre(): CentreAge | undefined {
    const answers = this.#sync?.answers
    return answers && { ...answers, institution: this.#institution, now: this.#clock().cardTime }
  }

  /** Days that the region lets that be. */
  get daysMax(): number | undefined {
    return centreAnswerDaysMax(this.policies, institutionDivision(this.#institution), this.#clock().today)
  }
}
