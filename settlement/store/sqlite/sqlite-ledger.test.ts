import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { describeLedgerStore, value } from '../../../test/contract/ledger-store.contract.ts'
import { openLedger } from './open-ledger.ts'

const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
afterAll(() => rmSync(folder, { recursive: true }))

let ledgers = 0
describeLedgerStore('SQLite', () => {
  ledgers += 1
  return value(openLedger({ path: join(folder, `${ledgers}.db`), create: true }))
})
