/**
 * `npm run bench:sync:beside`: target 5 by itself, some seconds a round. The centre takes no core that anybody else wants, but other
 * programs do, so the elapsed times count only when nothing else runs: a flush waits for the kernel's own threads, too. The
 * processor times beside them hold on any machine. `--memory` keeps the till's ledger in memory as well: nothing is flushed,
 * and what is left is what sync itself does to a commit.
 *
 * A number after the command is the number of rounds.
 */

import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { besideFigures, besideSync, besideText, type Contended } from './sync/beside-sync.ts'
import { fillTill } from './sync/offline-day.ts'
import { printTable } from './table.ts'

const ROUNDS = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 5)
const SETTLEMENTS = 15_000
const isInMemory = process.argv.includes('--memory') && existsSync('/dev/shm')

const folder = mkdtempSync(join(isInMemory ? '/dev/shm' : tmpdir(), 'beside-bench-'))
try {
  const full = join(folder, 'full.db')
  const keyPath = join(folder, 'key.pem')
  const publicKey = fillTill(full, keyPath, SETTLEMENTS)
  const rounds: Contended[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const till = join(folder, `till-${round}.db`)
    copyFileSync(full, till)
    rounds.push(await besideSync({ publicKey, keyPath, till }))
  }
  printTable(besideFigures(rounds))
  console.log(`\n${besideText(rounds)}`)
} finally {
  rmSync(folder, { recursive: true })
}
