/**
 * What disks, cables and people do to a ledger's files, at random places. Each damage takes the file's bytes and gives the
 * damaged ones; `undefined` is a file that is gone.
 */

import type { Dice } from '../dice.ts'

export interface LedgerFiles {
  readonly database: Uint8Array
  /** Empty when there is none. */
  readonly log: Uint8Array
}

export interface Damage {
  readonly name: string
  /** Whether whole commits may be missing afterwards without a trace in the files: the end of a log looks as a crash leaves it. */
  readonly mayLoseCommits: boolean
  apply(files: LedgerFiles, dice: Dice): LedgerFiles
}

const PAGE = 4096
const FRAME = PAGE + 24
const LOG_HEADER = 32

export const DAMAGES: readonly Damage[] = [
  { name: 'bits flipped', mayLoseCommits: false, apply: (files, dice) => ({ ...files, database: flipped(files.database, dice) }) },
  { name: 'a page of noise', mayLoseCommits: false, apply: (files, dice) => ({ ...files, database: page(files.database, dice, (bytes) => bytes.map(() => dice.below(256))) }) },
  { name: 'a page of zeros', mayLoseCommits: false, apply: (files, dice) => ({ ...files, database: page(files.database, dice, (bytes) => bytes.fill(0)) }) },
  { name: 'half a page of an older write', mayLoseCommits: false, apply: (files, dice) => ({ ...files, database: page(files.database, dice, (bytes) => halfOf(files.database, bytes, dice)) }) },
  { name: 'two pages exchanged', mayLoseCommits: false, apply: exchanged },
  { name: 'the header changed', mayLoseCommits: false, apply: (files, dice) => ({ ...files, database: changed(files.database, dice.below(100), dice) }) },
  { name: 'cut short', mayLoseCommits: false, apply: (files, dice) => ({ ...files, database: files.database.slice(0, dice.below(files.database.length)) }) },
  { name: 'zeroed', mayLoseCommits: false, apply: (files) => ({ ...files, database: new Uint8Array(files.database.length) }) },
  { name: 'bits flipped in the log', mayLoseCommits: false, apply: (files, dice) => ({ ...files, log: flipped(files.log, dice) }) },
  { name: 'a frame of noise in the log', mayLoseCommits: false, apply: (files, dice) => ({ ...files, log: frame(files.log, dice) }) },
  { name: 'the log cut short', mayLoseCommits: true, apply: (files, dice) => ({ ...files, log: files.log.slice(0, dice.below(files.log.length)) }) },
  { name: 'the log gone', mayLoseCommits: true, apply: (files) => ({ ...files, log: new Uint8Array(0) }) }
]

function flipped(given: Uint8Array, dice: Dice): Uint8Array {
  const bytes = given.slice()
  for (let left = dice.below(4) + 1; left > 0; left -= 1) {
    const at = dice.below(bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << dice.below(8))
  }
  return bytes
}

function changed(given: Uint8Array, at: number, dice: Dice): Uint8Array {
  const bytes = given.slice()
  bytes[at] = dice.below(256)
  return bytes
}

function page(given: Uint8Array, dice: Dice, damage: (bytes: Uint8Array) => Uint8Array): Uint8Array {
  const bytes = given.slice()
  const at = dice.below(bytes.length / PAGE) * PAGE
  bytes.set(damage(bytes.slice(at, at + PAGE)), at)
  return bytes
}

function halfOf(database: Uint8Array, now: Uint8Array, dice: Dice): Uint8Array {
  const other = dice.below(database.length / PAGE) * PAGE
  const mixed = now.slice()
  mixed.set(database.subarray(other + PAGE / 2, other + PAGE), PAGE / 2)
  return mixed
}

function exchanged(files: LedgerFiles, dice: Dice): LedgerFiles {
  const database = files.database.slice()
  const [left, right] = [dice.below(database.length / PAGE) * PAGE, dice.below(database.length / PAGE) * PAGE]
  database.set(files.database.subarray(left, left + PAGE), right)
  database.set(files.database.subarray(right, right + PAGE), left)
  return { ...files, database }
}

function frame(given: Uint8Array, dice: Dice): Uint8Array {
  const bytes = given.slice()
  const frames = Math.floor((bytes.length - LOG_HEADER) / FRAME)
  const at = LOG_HEADER + dice.below(frames) * FRAME
  for (let offset = at; offset < at + FRAME; offset += 1) bytes[offset] = dice.below(256)
  return bytes
}
