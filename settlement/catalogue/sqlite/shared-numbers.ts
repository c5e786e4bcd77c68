/** Barcodes and drug identification codes that stand on more than one item of a version. */

import type { Database as SqliteDatabase } from 'better-sqlite3'

export interface SharedNumber {
  readonly field: 'barcode' | 'drug_id'
  readonly number: string
  readonly codes: readonly string[]
}

export interface SharedNumbers {
  readonly count: number
  /** The first of them. */
  readonly first: readonly SharedNumber[]
}

const SHOWN_MAX = 20
const FIELDS = ['barcode', 'drug_id'] as const

/** `id` is SQLite's own number of the version. */
export function sharedNumbers(database: SqliteDatabase, id: number): SharedNumbers {
  const shared = FIELDS.flatMap((field) => {
    const numbers = database.prepare<[], string>(`SELECT ${field} FROM name_${id} WHERE ${field} IS NOT NULL GROUP BY ${field} HAVING count(*) > 1 ORDER BY ${field}`).pluck().all()
    return numbers.map((number) => ({ field, number }))
  })
  const first = shared.slice(0, SHOWN_MAX).map(({ field, number }) => {
    const codes = database.prepare<[string], string>(`SELECT code FROM name_${id} WHERE ${field} = ? ORDER BY code`).pluck().all(number)
    return { field, number, codes }
  })
  return { count: shared.length, first }
}
