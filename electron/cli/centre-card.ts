/** A card of a centre changed from the command line. */

import { ok, type Result } from '../../base/result.ts'
import type { CentreQueries } from '../../settlement/centre/store/centre-database.ts'
import { badInput, type Failure } from './failure.ts'
import { inCentre } from './in-centre.ts'

/** `change` gets the time of the change, 14 digits of the centre's clock; the result is that time. */
export async function changeCentreCard(
  url: string,
  cardId: string,
  change: (db: CentreQueries, time: string) => Promise<void>
): Promise<Result<string, Failure>> {
  return inCentre(url, async (database) => {
    const { findCards } = await import('../../settlement/centre/record/cards.ts')
    const { systemCentreClock } = await import('../centre/centre-clock.ts')
    const { time } = systemCentreClock()
    const [card] = await database.write(async (db) => {
      const found = await findCards(db, [cardId])
      await change(db, time)
      return found
    })
    return card === undefined ? badInput('card-unknown', '--card: this centre has issued no such card') : ok(time)
  })
}
