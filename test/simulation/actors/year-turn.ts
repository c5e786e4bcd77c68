/** On the first day of a year every account gets its credit: all of them in one night, and each waits at the centre for a load. */

import type { People } from './people.ts'

const FIRST_DAY = '-01-01'
const AT_NIGHT_MS = 2 * 3_600_000
const AGAIN_MS = 20 * 60_000
const TRIES = 12
const YUAN = 100
const YUAN_LEAST = 240
const YUAN_MOST = 1_200

/** `midnight`: ms, when `day` begins; YYYY-MM-DD. */
export function planYearTurn(people: People, day: string, midnight: number): void {
  if (!day.endsWith(FIRST_DAY)) return
  const { scheduler } = people.world
  if (midnight < scheduler.now) return
  scheduler.at(midnight + AT_NIGHT_MS, 'credits of the year', () => void grantAll(people, day))
}

async function grantAll(people: People, day: string): Promise<void> {
  const { world } = people
  const draw = world.random.fork('year').fork(day)
  for (const card of world.cards.filter(({ cardId }) => cardId !== '')) {
    const fen = YUAN * draw.between(YUAN_LEAST, YUAN_MOST)
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const credit = await world.office.credit(card, fen, '年度划入')
      if (credit !== undefined) {
        people.hit('operation:credit-of-the-year')
        people.of(card).isGranted = true
        break
      }
      // An account that the centre does not know gets none, however often it is asked for.
      if (world.centre.alive) break
      await world.scheduler.sleep(AGAIN_MS, 'the centre is away')
    }
  }
}
