/**
 * Whose card lies in the reader. While the centre is there it is asked about that person at once (2001 asks the same): the list that
 * a till has is of people who were here before, and may be ten minutes old. Until it has answered, and when it does not, the list holds.
 */

import { ok } from '../../../base/result.ts'
import type { Told } from '../told-person.ts'
import { ToldPeople } from './centre-people.ts'
import { documentOf } from './centre-request.ts'
import { versionOfList } from './list-shape.ts'
import type { TillSync } from './till-sync.ts'

export class PersonAtCounter {
  readonly #sync: Pick<TillSync, 'ask' | 'person'>
  readonly #answered: () => void
  #citizenNumber: string | undefined
  #answer: ToldPeople | undefined

  /** `answered`: what is told of whoever is there may be another than before. */
  constructor(sync: Pick<TillSync, 'ask' | 'person'>, answered: () => void) {
    this.#sync = sync
    this.#answered = answered
  }

  /** undefined: nobody is there, or the card could not be read. */
  is(citizenNumber: string | undefined): void {
    if (citizenNumber === this.#citizenNumber) return
    this.#citizenNumber = citizenNumber
    this.#answer = undefined
    this.askAgain()
  }

  /** An answer from before the list is no news any more. */
  listChanged(): void {
    this.#answered()
    this.askAgain()
  }

  askAgain(): void {
    if (this.#citizenNumber !== undefined) void this.#ask(this.#citizenNumber)
  }

  readonly told: Told = (citizenNumber, insutype) => {
    const answer = citizenNumber === this.#citizenNumber ? this.#answer?.person(citizenNumber, insutype) : undefined
    return answer ?? this.#sync.person(citizenNumber, insutype)
  }

  async #ask(citizenNumber: string): Promise<void> {
    const answer = await this.#sync.ask?.({ method: 'GET', path: `/v1/entitlements?certno=${encodeURIComponent(citizenNumber)}` })
    if (answer?.ok !== true || this.#citizenNumber !== citizenNumber) return
    const people = documentOf(answer.value, (json) => {
      const list = versionOfList('entitlements', json)
      return list.ok ? ok(new ToldPeople(json)) : list
    })
    if (!people.ok) return
    this.#answer = people.value
    this.#answered()
  }
}
