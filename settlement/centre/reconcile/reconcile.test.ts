import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { fillRecord, reconcileContract } from '../../../test/contract/reconcile.contract.ts'
import { startPostgres, type TestPostgres } from '../../../test/support/postgres.ts'
import type { CentreDatabase } from '../store/centre-database.ts'
import { openCentre } from '../store/open-centre.ts'

let folder: string
let postgres: TestPostgres

beforeAll(async () => {
  folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'reconcile-'))
  postgres = await startPostgres()
})
afterAll(async () => {
  await postgres.stop()
  rmSync(folder, { recursive: true })
})

/** Filled once a database; opened anew by each test. */
const filled = (urlOf: () => Promise<string>): (() => Promise<CentreDatabase>) => {
  let url: Promise<string> | undefined
  return async () => {
    const isNew = url === undefined
    url ??= urlOf()
    const centre = await openCentre(await url)
    if (!centre.ok) throw new Error(JSON.stringify(centre.error))
    if (isNew) await fillRecord(centre.value)
    return centre.value
  }
}

describe('on SQLite', () => {
  reconcileContract(filled(async () => `sqlite:${join(folder, 'centre.db')}`))
})
describe('on PostgreSQL', () => {
  reconcileContract(filled(() => postgres.url()))
})
