/** A centre's database for one command: by whoever keeps the centre, beside the program that serves it. */

import type { Result } from '../../base/result.ts'
import type { CentreDatabase } from '../../settlement/centre/store/centre-database.ts'
import { centreFailure } from './centre-failure.ts'
import type { Failure } from './failure.ts'

interface Opening {
  /** Begins a centre where there is none. */
  readonly create: boolean
}

/** Opened for `work` and closed after it, whatever comes of it. */
export async function inCentre<Value>(
  url: string,
  work: (database: CentreDatabase) => Promise<Result<Value, Failure>>,
  { create }: Opening = { create: false }
): Promise<Result<Value, Failure>> {
  // Read when it is needed: no other command waits for a database driver.
  const { openCentre } = await import('../../settlement/centre/store/open-centre.ts')
  const database = await openCentre(url, { create })
  if (!database.ok) return centreFailure(database.error)
  try {
    return await work(database.value)
  } finally {
    await database.value.close()
  }
}
