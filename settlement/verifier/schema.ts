/** The schema as the migrations make it, compared with the schema that the file has: text by text. */

import Database from 'better-sqlite3'
import type { Findings } from './finding.ts'
import { schemaOf } from './ledger-file.ts'

interface SchemaRow {
  readonly name: string
  readonly text: string
}

const OBJECTS = `
  SELECT name, type || ' ' || name || ' on ' || tbl_name || ': ' || coalesce(sql, '') AS text FROM sqlite_schema`

export function checkSchema(database: Database.Database, version: number, findings: Findings): void {
  const expected = expectedSchema(version)
  const found = new Map(rows(database))
  for (const [name, text] of expected) {
    if (!found.has(name)) findings.add({ kind: 'schema', object: name, problem: 'missing' })
    else if (found.get(name) !== text) findings.add({ kind: 'schema', object: name, problem: 'changed' })
  }
  for (const name of found.keys()) {
    if (!expected.has(name)) findings.add({ kind: 'schema', object: name, problem: 'unexpected' })
  }
}

/** Made once a version: the migrations of a running program do not change. */
const MODELS = new Map<number, ReadonlyMap<string, string>>()

function expectedSchema(version: number): ReadonlyMap<string, string> {
  const known = MODELS.get(version)
  if (known !== undefined) return known
  const model = new Database(':memory:')
  try {
    // A migration puts right the text of a table, which SQLite allows only to who asks for it.
    model.unsafeMode(true)
    model.exec(schemaOf(version))
    const schema = new Map(rows(model))
    MODELS.set(version, schema)
    return schema
  } finally {
    model.close()
  }
}

const rows = (database: Database.Database): (readonly [string, string])[] =>
  database.prepare<[], SchemaRow>(OBJECTS).all().map(({ name, text }) => [name, text] as const)
