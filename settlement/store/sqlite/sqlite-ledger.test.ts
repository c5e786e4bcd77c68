import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { describeLedgerOfCentre } from '../../../test/contract/ledger-centre.contract.ts'
import { describeDispensedOf } from '../../../test/contract/ledger-dispensed.contract.ts'
import { sale } from '../../../test/contract/ledger-fixture.ts'
import { describeLedgerRestored } from '../../../test/contract/ledger-restore.contract.ts'
import { describeLedgerStore, value } from '../../../test/contract/ledger-store.contract.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { verifyLedger } from '../../verifier/verify-ledger.ts'
import { openLedger } from './open-ledger.ts'

const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
afterAll(() => rmSync(folder, { recursive: true }))

let ledgers = 0
function openEmpty(): Ledger {
  ledgers += 1
  return value(openLedger({ path: join(folder, `${ledgers}.db`), create: true }))
}

describeLedgerStore('SQLite', openEmpty)
describeLedgerRestored('SQLite', openEmpty)
describeLedgerOfCentre('SQLite', openEmpty)
describeDispensedOf('SQLite', openEmpty)

test('what a content takes outside the heap is given back at once: whoever kept it has nothing', () => {
  const ledger = openEmpty()
  value(ledger.hold(sale(1)))
  const kept: Uint8Array[] = []
  const lengths: number[] = []
  value(ledger.lendContents(0, 1, (content) => lengths.push(content.length) + kept.push(content) > 0))
  expect([lengths[0], kept[0]?.length]).toEqual([value(ledger.log(0, 1))[0]?.content.length, 0])
  ledger.close()
})

test('every ledger that the tests above have left verifies', () => {
  const paths = readdirSync(folder).filter((name) => name.endsWith('.db'))
  const findings = paths.flatMap((name) => value(verifyLedger(join(folder, name))).findings)
  expect(findings).toEqual([])
  expect(paths.length).toBeGreaterThan(50)
})
