import { afterAll, beforeAll, expect, it } from 'vitest'
import { mkdirSync } from 'node:fs'
import { ok } from '../../base/result.ts'
import { caresettleHere, fixture, temporaryFolder } from '../../test/support/command-line.ts'
import { openLedger } from '../../settlement/store/sqlite/open-ledger.ts'

const folder = temporaryFolder()
const data = folder.path('data')
const ledger = folder.path('data/ledger.db')
const card = folder.path('card')
const VISIT = fixture('visits', 'outpatient-demo.json')
const SETTLE = ['settle', '--visit', VISIT, '--card', card, '--pin-stdin', '--ledger', ledger]
const PIN = { stdin: '246810\n' }

/** Of the ledger that the centre was heard to be two batches ahead of. */
const head = (): number => {
  const opened = openLedger({ path: ledger, create: false })
  if (!opened.ok) throw new Error(opened.error.kind)
  const at = opened.value.head()
  opened.value.close()
  return at.ok ? at.value.sequence : -1
}

beforeAll(async () => {
  mkdirSync(data)
  expect((await caresettleHere(['card', 'new', '--from', fixture('cards', 'in-service-32k.json'), '--out', card])).exit).toBe(0)
  expect((await caresettleHere(SETTLE, PIN)).exit).toBe(0)
  const opened = openLedger({ path: ledger, create: false })
  if (!opened.ok) throw new Error(opened.error.kind)
  const { sync } = opened.value
  sync.transaction<null, never>(() => {
    sync.setApart({ kind: 'facts-missing', batch: 2 })
    return ok(null)
  })
  opened.value.close()
})
afterAll(() => folder.remove())

it.each([
  ['settle', SETTLE],
  ['recover', ['recover', '--card', card, '--ledger', ledger]],
  ['ledger refund', ['ledger', 'refund', ledger, '--settlement', 'X', '--reason', '退药']],
  ['ledger return', ['ledger', 'return', ledger, '--settlement', 'X', '--pack', '1=1', '--reason', '退药', '--out', folder.path('out.json')]],
  ['day close', ['day', 'close', '--data', data, '--drawer', '0.00']],
  ['day reopen', ['day', 'reopen', '--data', data, '--reason', '漏记']]
])('%s writes nothing to a ledger that was put back from an older copy, and says what brings it back', async (_, words) => {
  const run = await caresettleHere([...words, '--json'], PIN)
  expect([run.exit, (JSON.parse(run.stdout) as { error: { kind: string } }).error.kind]).toEqual([3, 'ledger-older'])
  expect(run.stderr).toContain('batches: 2')
  expect(run.stderr).toContain('caresettle ledger restore')
  expect(head()).toBe(2)
})

it('what only reads goes on', async () => {
  expect((await caresettleHere(['ledger', 'show', ledger])).exit).toBe(0)
  expect((await caresettleHere(['ledger', 'verify', ledger])).exit).toBe(0)
})
