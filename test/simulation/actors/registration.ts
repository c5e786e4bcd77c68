/**
 * A holder's entry in the centre's register. In some worlds it is mistaken for days: he is not there under his number, his insurance is
 * suspended, or he does not enjoy the pool. A till hears of it when his card comes while the centre is there, and settles nothing with
 * who is not there; without the centre it hears of the pool alone, or of nothing: then the centre refuses what he settles, or books it
 * with other amounts, until somebody puts it right.
 */

import type { Registered, SimCard } from '../world/faces.ts'
import type { Random } from '../world/random.ts'
import type { People } from './people.ts'

const HUNDRED = 100
const MISTAKES: readonly Exclude<Registered, 'right'>[] = ['unknown', 'suspended', 'without-pool', 'without-pool-at-pharmacies']

export class Registration {
  readonly #people: People
  readonly #card: SimCard
  readonly #draw: Random
  /** A morning, of a hundred. */
  readonly #mistakes: number
  #isRight = true

  constructor(people: People, card: SimCard) {
    const chance = people.world.random.fork('registration')
    this.#people = people
    this.#card = card
    this.#draw = chance.fork(card.name)
    this.#mistakes = chance.pick([0, 0, 3, 10])
  }

  async morning(): Promise<void> {
    if (this.#isRight) {
      if (this.#draw.chance(this.#mistakes, HUNDRED)) await this.#becomes(this.#draw.pick(MISTAKES))
    } else if (this.#draw.chance(50, HUNDRED)) await this.#becomes('right')
  }

  async #becomes(registered: Registered): Promise<void> {
    if (!(await this.#people.world.office.register(this.#card, registered))) return
    this.#isRight = registered === 'right'
    if (registered === 'unknown') this.#people.of(this.#card).wasMissing = true
    this.#people.hit(`operation:registered-${registered}`)
  }
}
