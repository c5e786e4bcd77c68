/** A card of a centre changed from the command line: by whoever keeps the centre, beside the program that serves it. */

import { ok, type Result } from '../../base/result.ts'
import type { CentreQueries } from '../../settlement/centre/store/centre-database.ts'
import { centreFailure } from './centre-failure.ts'
import { badInput, type Failure } from './failure.ts'

/** `change` gets the time of the change, 14 digits of the centre's clock; the result is that time. */
export async function changeCentreCard(
  url: string,
  cardId: string,
  change: (db: CentreQueries, time: string) => Promise<void>
): Promise<Result<string, Failure>> {
  // Read when they are needed: no other command waits for a database driver.
  const { openCentre } = await import('../../settlement/centre/store/open-centre.ts')
  const { findCards } = await import('../../settlement/centre/record/cards.ts')
  const { systemCentreClock } = await import('../centre/centre-clock.ts')
  const database = await openCentre(url, { create: false })
  if (!database.ok) return centreFailure(database.error)
  try {
    const { time } = systemCentreClock()
    const [card] = await database.value.write(async (db) => {
      const found = await findCards(db, [cardId])
      await change(db, time)
      return found
    })
    return card === undefined ? badInput('card-unknown', '--card: this centre has issued no such card') : ok(time)
  } finally {
    await database.value.close()
  }
}
