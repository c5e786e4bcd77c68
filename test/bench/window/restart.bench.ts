/** Target 7: from kill -9 of the host to a host that can settle again, beside its clean start; every settlement still there. */

import { fork, type ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../../electron/build/project.ts'
import { openLedgerForReading } from '../../../settlement/store/sqlite/open-ledger.ts'
import { dataFolder } from '../../e2e/support/data-folder.ts'
import { complete, hold, must, openTill } from '../commit-settlement.ts'
import { median, type Figure } from '../figure.ts'

const ROUNDS = 11
const SETTLEMENTS = 500
const PER_ROUND = 20

export async function restartBenchmark(): Promise<Figure[]> {
  const data = dataFolder()
  const path = join(data.path, 'ledger.db')
  mkdirSync(data.path, { recursive: true })
  let settled = 0
  const settle = (count: number): void => {
    const ledger = openTill(path)
    for (const end = settled + count; settled < end; settled += 1) {
      hold(ledger, settled + 1)
      complete(ledger, settled + 1)
    }
    ledger.close()
  }
  settle(SETTLEMENTS)
  const [clean, killed]: [number[], number[]] = [[], []]
  await start(data.path, 'SIGTERM')
  for (let round = 0; round < ROUNDS; round += 1) {
    clean.push(await start(data.path, 'SIGTERM'))
    await dieWriting(path, settled, PER_ROUND)
    settled += PER_ROUND
    killed.push(await start(data.path, 'SIGKILL'))
    // The kill itself left a log too; the clean start of the next round begins from a closed ledger.
    await start(data.path, 'SIGTERM')
  }
  const reader = must(openLedgerForReading(path))
  const found = must(reader.settlements({ limit: 10_000 })).length
  reader.close()
  data.remove()
  if (found !== settled) throw new Error(`${settled} settlements were committed and ${found} are there`)
  const [ours, against] = [median(killed), median(clean)]
  return [
    {
      target: '7 kill -9 to ready',
      ours: `${ours.toFixed(0)} ms, all ${settled} settlements there`,
      against: `clean start of the host ${against.toFixed(0)} ms`,
      ratio: ours / against,
      bound: 'at most 1.3',
      met: ours <= 1.3 * against
    }
  ]
}

/** ms from the start of the process to its word that it can answer. */
async function start(data: string, end: NodeJS.Signals): Promise<number> {
  const began = performance.now()
  const host = fork(join(ROOT, 'dist', 'host', 'process.js'), ['--data', data, '--fixtures', join(ROOT, 'fixtures')])
  await new Promise<void>((ready) => {
    host.on('message', (message: { event?: { topic: string } }) => {
      if (message.event?.topic === 'host') ready()
    })
  })
  const ms = performance.now() - began
  await ended(host, end)
  return ms
}

/** Commits settlements as a till does, and is killed with all of them in the log. */
async function dieWriting(path: string, settled: number, count: number): Promise<void> {
  const writer = fork(join(import.meta.dirname, 'write-and-die.ts'), [path, String(settled + 1), String(count)])
  await new Promise((gone) => writer.once('exit', gone))
}

function ended(process: ChildProcess, signal: NodeJS.Signals): Promise<unknown> {
  const gone = new Promise((resolve) => process.once('exit', resolve))
  process.kill(signal)
  return gone
}
