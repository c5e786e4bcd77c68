/** The centre's rows for the auditor, on connections that only read: each look is one view of the database, whatever the centre does meanwhile. */

import pg from 'pg'
import { openForReading, type Row, type RowSource } from '../auditor/row-source.ts'

export interface CentreSource {
  snapshot<Value>(look: (rows: RowSource) => Promise<Value>): Promise<Value>
  close(): Promise<void>
}

const SQLITE = 'sqlite:'

/** `db`: sqlite:FILE or postgres://... */
export async function openRows(db: string): Promise<CentreSource> {
  return db.startsWith(SQLITE) ? sqliteRows(db.slice(SQLITE.length)) : postgresRows(db)
}

function sqliteRows(path: string): CentreSource {
  return {
    snapshot: async (look) => {
      const database = openForReading(path)
      try {
        database.exec('BEGIN')
        return await look({ rows: (sql) => Promise.resolve(database.prepare(sql).safeIntegers().all() as Row[]) })
      } finally {
        database.close()
      }
    },
    close: () => Promise.resolve()
  }
}

const ignored = (): void => undefined

async function postgresRows(url: string): Promise<CentreSource> {
  const pool = new pg.Pool({ connectionString: url, max: 4 })
  // One that the server closed at its end is of no interest.
  pool.on('error', ignored)
  return {
    snapshot: async (look) => {
      const client = await pool.connect()
      client.on('error', ignored)
      try {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
        return await look({ rows: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows })
      } finally {
        await client.query('ROLLBACK')
        client.off('error', ignored)
        client.release()
      }
    },
    close: () => pool.end()
  }
}
