/** What every writing connection must be told: SQLite's defaults, and the driver's, promise less. */

import type { Database } from 'better-sqlite3'

export function keepPromises(database: Database): void {
  // The driver is built with NORMAL for WAL, which may lose the last commits when the power goes.
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  // Without it REPLACE deletes a row and asks no delete trigger.
  database.pragma('recursive_triggers = ON')
}
