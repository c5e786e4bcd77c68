/** Where rows come from: a file that the auditor opens for himself, or somebody who asks another database in his place. */

import Database from 'better-sqlite3'

export type Row = Readonly<Record<string, unknown>>

/** Plain SELECTs without parameters. */
export interface RowSource {
  rows(sql: string): Promise<readonly Row[]>
}

/** A connection that can only read. */
export const openForReading = (path: string): Database.Database => new Database(path, { readonly: true, fileMustExist: true })

/** Drivers give whole numbers as number, bigint or digits. NaN, where there is none, is equal to nothing. */
export function wholeOf(row: Row, column: string): number {
  const value = row[column]
  if (typeof value === 'number') return value
  return typeof value === 'bigint' || typeof value === 'string' ? Number(value) : Number.NaN
}

export const textOf = (row: Row, column: string): string => {
  const value = row[column]
  return typeof value === 'string' ? value : ''
}

export const textOrNone = (row: Row, column: string): string | undefined => {
  const value = row[column]
  return typeof value === 'string' ? value : undefined
}

export const bytesOf = (row: Row, column: string): Uint8Array => {
  const value = row[column]
  return value instanceof Uint8Array ? value : new Uint8Array(0)
}
