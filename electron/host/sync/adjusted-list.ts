/**
 * The settlements that the centre booked with other amounts since the last close. Found in the ledger once, some facts at a
 * time while nobody waits, and then added to as answers come.
 */

import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'

const SLICE_FACTS = 256

export class AdjustedList {
  readonly #ledger: Pick<LedgerReader, 'log' | 'openPeriod'>
  /** The close behind which was looked, and how far. */
  #after: number | undefined
  #lookedTo = 0
  #found: string[] = []

  constructor(ledger: Pick<LedgerReader, 'log' | 'openPeriod'>) {
    this.#ledger = ledger
  }

  /** Oldest first. */
  get settlements(): readonly string[] {
    return this.#found
  }

  /** Looks through some facts more; whether others follow. */
  look(): boolean {
    const period = this.#ledger.openPeriod()
    if (!period.ok) return false
    if (this.#after !== period.value.after) {
      this.#after = period.value.after
      this.#lookedTo = period.value.after
      this.#found = []
    }
    if (this.#lookedTo >= period.value.to) return false
    const facts = this.#ledger.log(this.#lookedTo, SLICE_FACTS)
    if (!facts.ok) return false
    for (const { sequence, fact } of facts.value) {
      this.#lookedTo = sequence
      if (fact.kind === 'confirmation' && fact.ofRecord !== undefined) this.#found.push(fact.id)
    }
    return facts.value.length > 0
  }
}
