/** Who lives in a world: what is the matter with whose card, until when it is good, and which cards a till's PSAM has keys for. */

import { CARD_CONDITIONS, type CardCondition } from './card-conditions.ts'
import { dayAfter } from './day.ts'
import type { Cipher, SimCard } from './faces.ts'
import type { Random } from './random.ts'
import type { WorldOptions } from './swarm.ts'

/** One card in so many is good until a day of the run. */
const EXPIRING = 8
/** One till in so many has a PSAM for cards of the third generation, where there are some. */
const THIRD_GENERATION = 3

/** The first ones are ordinary people; then anybody. */
export function conditionOf(index: number, random: Random): CardCondition {
  const ordinary = CARD_CONDITIONS.slice(0, 5)
  if (index < 2) return random.pick(['in-service-32k', 'retired-32k'])
  return random.chance(2, 3) ? random.pick(ordinary) : random.pick(CARD_CONDITIONS)
}

/** YYYY-MM-DD; undefined: as its fixture says. */
export function lastDayOf(condition: CardCondition, { firstDay, days }: Pick<WorldOptions, 'firstDay' | 'days'>, random: Random): string | undefined {
  if (condition === 'expired' || !random.chance(1, EXPIRING)) return undefined
  return dayAfter(firstDay, random.below(days))
}

export const cipherOf = (cards: readonly Pick<SimCard, 'cipher'>[], random: Random): Cipher =>
  cards.some(({ cipher }) => cipher === 'SM4') && random.chance(1, THIRD_GENERATION) ? 'SM4' : 'DES'
