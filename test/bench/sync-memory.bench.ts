/**
 * `npm run bench:sync:memory`: what a till keeps in memory over a ledger of a million settlements, 50 000 of them unsynced,
 * beside one of those 50 000 alone. Making the ledger takes some minutes and 2 GB of the temporary folder.
 */

import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median } from './figure.ts'
import { fillLongLedger } from './sync/long-ledger.ts'
import { next, numberIn, started } from './sync/two-processes.ts'
import { printTable } from './table.ts'

const UNSYNCED = 50_000
const MEBIBYTE = 1024 * 1024
/** When garbage is collected differs from run to run: once in a few the most is a fifth more. */
const TURNS = 3
/** What a process that collects its garbage when it likes differs by from run to run. */
const FLAT = 1.15

const folder = mkdtempSync(join(tmpdir(), 'sync-memory-'))
try {
  const short = await memoryOf(0)
  const long = await memoryOf(950_000)
  printTable(
    (['opened', 'most'] as const).map((part) => ({
      target: part === 'opened' ? 'memory of a till, ledger opened' : 'memory of a till, at its most while the outbox goes',
      ours: `${long[part].toFixed(0)} MB over ${(long.file / 1024).toFixed(1)} GB`,
      against: `${short[part].toFixed(0)} MB over ${(short.file / 1024).toFixed(1)} GB`,
      ratio: long[part] / short[part],
      bound: `at most ${FLAT}`,
      met: long[part] / short[part] <= FLAT
    }))
  )
} finally {
  rmSync(folder, { recursive: true })
}

/** In MB. */
interface Memory {
  readonly opened: number
  readonly most: number
  readonly file: number
}

async function memoryOf(confirmed: number): Promise<Memory> {
  const path = join(folder, `${confirmed}.db`)
  fillLongLedger(path, { confirmed, unsynced: UNSYNCED })
  const said: string[] = []
  for (let turn = 0; turn < TURNS; turn += 1) said.push(await drained(path))
  const of = (name: string): number => median(said.map((each) => numberIn(each, name))) / MEBIBYTE
  return { opened: of('openedBytes'), most: of('mostBytes'), file: statSync(path).size / MEBIBYTE }
}

/** A copy of it, for an outbox goes once. */
async function drained(path: string): Promise<string> {
  const copy = `${path}.copy`
  copyFileSync(path, copy)
  const till = started(['till-memory.ts', copy])
  const said = await next(till.lines)
  await till.ended
  for (const end of ['', '-wal', '-shm', '-writer']) rmSync(`${copy}${end}`, { force: true })
  return said
}
