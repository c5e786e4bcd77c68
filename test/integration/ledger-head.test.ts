/** A statement's chain line against the ledger: what `ledger verify DB --head` tells whoever kept the statement. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import { sale } from '../contract/ledger-fixture.ts'
import { value } from '../contract/ledger-store.contract.ts'
import { caresettle } from '../support/command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'head-'))
const path = join(folder, 'ledger.db')
let head = ''
afterAll(() => rmSync(folder, { recursive: true }))

beforeAll(() => {
  const ledger = value(openLedger({ path, create: true }))
  value(ledger.hold(sale(1)))
  head = Buffer.from(value(ledger.head()).hash).toString('hex')
  ledger.close()
})

const verify = (text: string) => caresettle(['ledger', 'verify', path, '--head', text])

test('a fact and hash that the ledger holds, as printed or in full', () => {
  expect(verify(`1:${head.slice(0, 16)}`).exit).toBe(0)
  expect(verify(`1:${head.toUpperCase()}`).exit).toBe(0)
})

test('a fact that the ledger has lost, or has with another hash, is unsound', () => {
  const later = verify(`2:${head.slice(0, 16)}`)
  expect(later.exit).toBe(3)
  expect(later.stderr).toContain('the chain ends at fact 1, not where its end was recorded elsewhere')
  expect(verify(`1:${'0'.repeat(16)}`).exit).toBe(3)
})

test.each(['1', '1:', `0:${'0'.repeat(16)}`, `1:${'0'.repeat(14)}`, `1:${'0'.repeat(17)}`, `x:${'0'.repeat(16)}`, `1:${'g'.repeat(16)}`])(
  '%j is no head',
  (text) => {
    const run = verify(text)
    expect(run.exit).toBe(2)
    expect(run.stderr).toMatch(/^caresettle: --head ".*" is not NUMBER:HASH/)
  }
)
