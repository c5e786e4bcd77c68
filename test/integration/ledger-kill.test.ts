/** kill -9 of a process that writes the ledger: whatever it had said to be durable is there, and nothing is half there. */

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import { verifyLedger } from '../../settlement/verifier/verify-ledger.ts'
import { value } from '../contract/ledger-store.contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'kill-'))
const path = join(folder, 'ledger.db')
afterAll(() => rmSync(folder, { recursive: true }))

const CHILD = new URL('ledger-kill-child.ts', import.meta.url).pathname

/** How many facts a child may write before it is killed: early, around a checkpoint of the log, late. */
const KILL_AFTER = [1, 2, 3, 37, 118, 119, 121, 250, 391]

test('after each kill the ledger holds every fact that was said to be durable, whole, and verifies', async () => {
  let written = 0
  for (const [round, count] of KILL_AFTER.entries()) {
    const said = await killAfter(count, (round + 1) * 100_000)
    expect(said).toBeGreaterThan(written)
    const report = value(verifyLedger(path))
    expect(report.findings).toEqual([])
    // One more than it said, when the kill came between the commit and the word.
    expect([said, said + 1]).toContain(report.head.sequence)
    written = report.head.sequence
    const ledger = value(openLedger({ path, create: false }))
    expect(value(ledger.openHolds())).toHaveLength(report.openHolds)
    for (const { fact } of value(ledger.openHolds())) {
      const { settlementId } = fact
      value(ledger.release({ settlementId, proof: 'killed before the debit', releasedAt: '20230915100000' }))
      written += 1
    }
    for (const { hold } of value(ledger.openLoads())) {
      value(ledger.releaseLoad({ loadId: hold.fact.loadId, proof: 'killed before the load', releasedAt: '20230916110000' }))
      written += 1
    }
    expect(value(ledger.unconfirmed()).count).toBe(report.awaiting)
    expect(value(ledger.provedTotals('2023-09-15', '2023-09-16'))).toEqual(value(ledger.dayTotals('2023-09-15', '2023-09-16')))
    ledger.close()
  }
  expect(written).toBeGreaterThan(1000)
}, 60_000)

/** Kills the child when it has said `count` facts; gives the last sequence number that it said. */
async function killAfter(count: number, firstVisit: number): Promise<number> {
  const child = spawn(process.execPath, [CHILD, path, String(firstVisit)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (chunk: string) => {
    text += chunk
    if (text.split('\n').length > count) child.kill('SIGKILL')
  })
  await new Promise((resolve) => {
    child.on('close', resolve)
  })
  return Number(text.slice(0, text.lastIndexOf('\n')).split('\n').at(-1))
}
