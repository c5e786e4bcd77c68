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

export interface Tells {
  /** What is told of whoever is there may be another than before. */
  readonly told: () => void
  /** Whether the centre has that person at all is another than before. */
  readonly known: () => void
}

export class PersonAtCounter {
  readonly #sync: Pick<TillSync, 'ask' | 'person' | 'formerTo'>
  readonly #tells: Tells
  #citizenNumber: string | undefined
  #answer: ToldPeople | undefined

  constructor(sync: Pick<TillSync, 'ask' | 'person' | 'formerTo'>, tells: Tells) {
    this.#sync = sync
    this.#tells = tells
  }

  /** undefined: nobody is there, or the card could not be read. Fulfils when the centre has answered, or has not. */
  async is(citizenNumber: string | undefined): Promise<void> {
    if (citizenNumber === this.#citizenNumber) return
    this.#citizenNumber = citizenNumber
    this.#answer = undefined
    await this.askAgain()
  }

  /** An answer from before the list is no news any more. */
  listChanged(): void {
    this.#tells.told()
    void this.askAgain()
  }

  async askAgain(): Promise<void> {
    if (this.#citizenNumber !== undefined) await this.#ask(this.#citizenNumber)
  }

  readonly told: Told = (citizenNumber, insutype) => {
    const answer = citizenNumber === this.#citizenNumber ? this.#answer?.person(citizenNumber, insutype) : undefined
    return answer ?? this.#sync.person(citizenNumber, insutype)
  }

  /** The centre has answered about this person, and has nobody of that number. That the list has nobody says only who was never here. */
  isUnknown(citizenNumber: string): boolean {
    return citizenNumber === this.#citizenNumber && this.#answer?.lacks(citizenNumber) === true
  }

  async #ask(citizenNumber: string): Promise<void> {
    const answer = await this.#sync.ask?.({ method: 'GET', path: `/v1/entitlements?certno=${encodeURIComponent(citizenNumber)}` })
    if (answer?.ok !== true || this.#citizenNumber !== citizenNumber) return
    const people = documentOf(answer.value, (json) => {
      const list = versionOfList('entitlements', json)
      return list.ok ? ok(new ToldPeople(json, this.#sync.formerTo)) : list
    })
    if (!people.ok) return
    const wasUnknown = this.isUnknown(citizenNumber)
    this.#answer = people.value
    if (this.isUnknown(citizenNumber) !== wasUnknown) this.#tells.known()
    this.#tells.told()
  }
}
