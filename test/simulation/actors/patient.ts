/** A holder between the counters: what he comes for, what he does about a locked or a lost card, what money is granted to him. */

import type { SimCard, SimTerminal } from '../world/faces.ts'
import type { Random } from '../world/random.ts'
import type { People } from './people.ts'
import type { Purpose } from './plan.ts'
import { Registration } from './registration.ts'

const HUNDRED = 100

/** Shares of a hundred. */
const AT_HOSPITAL: readonly (readonly [Purpose, number])[] = [
  ['settle', 60],
  ['load', 18],
  ['refund', 13],
  ['pin', 7],
  ['come-back', 2]
]
const AT_PHARMACY: readonly (readonly [Purpose, number])[] = [
  ['sale', 60],
  ['return', 13],
  ['load', 13],
  ['refund', 6],
  ['pin', 6],
  ['come-back', 2]
]

const mainPurpose = ({ kind }: SimTerminal): Purpose => (kind === 'hospital' ? 'settle' : 'sale')

export class Patient {
  readonly card: SimCard
  readonly #people: People
  readonly #draw: Random
  readonly #registration: Registration

  constructor(people: People, card: SimCard) {
    this.#people = people
    this.card = card
    this.#draw = people.world.random.fork('patient').fork(card.name)
    this.#registration = new Registration(people, card)
  }

  /** He has had enough of this till, or of the way there. */
  avoids(till: SimTerminal): boolean {
    const { staysAway } = this.#people.of(this.card)
    return (staysAway.get(till.name) ?? 0) > this.#people.world.scheduler.now
  }

  staysAwayFrom(till: SimTerminal, ms: number): void {
    const { world } = this.#people
    this.#people.of(this.card).staysAway.set(till.name, world.scheduler.now + ms)
    this.#people.hit('state:holder-stays-away')
  }

  /** What he comes for; what is open at this till comes first, mostly. */
  purposeAt(till: SimTerminal): Purpose {
    const isOpenHere = this.#people.at(till).doubts.some(({ card }) => card === this.card.name)
    if (isOpenHere && this.#draw.chance(60, HUNDRED)) return 'come-back'
    const purpose = this.#drawn(till)
    // Who comes for a load knows that something is owed to him, mostly.
    const isIdle = purpose === 'load' && !this.#people.isOwed(this.card) && this.#draw.chance(80, HUNDRED)
    return isIdle ? mainPurpose(till) : purpose
  }

  #drawn(till: SimTerminal): Purpose {
    let drawn = this.#draw.below(HUNDRED)
    for (const [purpose, share] of till.kind === 'hospital' ? AT_HOSPITAL : AT_PHARMACY) {
      drawn -= share
      if (drawn < 0) return purpose
    }
    return mainPurpose(till)
  }

  /** Once a day, before he goes anywhere. */
  async morning(): Promise<void> {
    const { world } = this.#people
    const known = this.#people.of(this.card)
    if (known.isLocked && this.#draw.chance(70, HUNDRED) && world.office.unblockPin(this.card)) {
      known.isLocked = false
      known.triesSpent = false
      this.#people.hit('operation:pin-unblocked')
    }
    if (known.isInactive && this.#draw.chance(40, HUNDRED) && (await world.office.activate(this.card))) {
      known.isInactive = false
      this.#people.hit('operation:activated')
    }
    if (!known.isReported && this.#draw.chance(3, HUNDRED)) {
      known.isReported = true
      known.wasLost = true
      this.#people.hit('operation:reported-lost')
      await world.office.reportLost(this.card)
    } else if (known.isReported && this.#draw.chance(50, HUNDRED)) {
      known.isReported = false
      this.#people.hit('operation:found-again')
      await world.office.found(this.card)
    }
    if (this.#draw.chance(14, HUNDRED)) {
      const credit = await world.office.credit(this.card, 100 * (1 + this.#draw.below(300)), '年度划入')
      if (credit !== undefined) this.#people.hit('operation:credit-granted')
      known.isGranted ||= credit !== undefined
    }
    await this.#registration.morning()
  }
}
