import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import type { CentreDatabase } from '../../settlement/centre/store/centre-database.ts'
import { openCentre } from '../../settlement/centre/store/open-centre.ts'
import { reversalContract } from '../contract/reversal.contract.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'

let folder: string
let postgres: TestPostgres
let files = 0

beforeAll(async () => {
  folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'centre-reversal-'))
  postgres = await startPostgres()
})
afterAll(async () => {
  await postgres.stop()
  rmSync(folder, { recursive: true })
})

async function opened(url: string): Promise<CentreDatabase> {
  const centre = await openCentre(url)
  if (!centre.ok) throw new Error(JSON.stringify(centre.error))
  return centre.value
}

describe('on SQLite', () => {
  reversalContract(() => opened(`sqlite:${join(folder, `centre-${(files += 1)}.db`)}`))
})
describe('on PostgreSQL', () => {
  reversalContract(async () => opened(await postgres.url()))
})
