/**
 * `npm run bench:sync:beside`: target 5 by itself, some seconds a round. The centre's files lie in memory where there is such a file
 * system: a till and its centre never share a disk. They do share this machine's two cores, so the ratio of elapsed times
 * counts only when nothing else runs; the processor times beside it hold on any.
 *
 * A number after the command is the number of rounds.
 */

import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { besideFigures, besideSync, besideText, type Contended } from './sync/beside-sync.ts'
import { fillTill, makeCentre } from './sync/offline-day.ts'
import { printTable } from './table.ts'

const ROUNDS = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 5)
const SETTLEMENTS = 15_000

const folder = mkdtempSync(join(tmpdir(), 'beside-bench-'))
const memory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : folder, 'beside-bench-'))
try {
  const full = join(folder, 'full.db')
  const keyPath = join(folder, 'key.pem')
  const publicKey = fillTill(full, keyPath, SETTLEMENTS)
  const rounds: Contended[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const till = join(folder, `till-${round}.db`)
    const url = `sqlite:${join(memory, `centre-${round}.db`)}`
    await makeCentre(url, publicKey)
    copyFileSync(full, till)
    rounds.push(await besideSync({ url, keyPath, till }))
  }
  printTable(besideFigures(rounds))
  console.log(`\n${besideText(rounds)}`)
} finally {
  rmSync(folder, { recursive: true })
  rmSync(memory, { recursive: true, force: true })
}
