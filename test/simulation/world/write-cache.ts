/**
 * The cache of a drive that says "flushed" at once and writes out later, in the order in which it was given things: a controller
 * whose battery is dead, a virtual disk whose host ignores barriers. While there is power nobody can tell. When it goes, what is
 * on the drive is all files together as they stood some commits ago, and perhaps a part of the one that was being written out.
 */

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyFolder } from './copy-folder.ts'
import type { Random } from './random.ts'
import { tornLog } from './torn.ts'

export interface CachePorts {
  /** Where what is on the drive is kept. */
  readonly folder: string
  readonly random: Random
  /** 14 digits, now. */
  readonly moment: () => string
}

interface Kept {
  readonly folder: string
  readonly moment: string
}

/** One commit in so many is a moment to which the drive can fall back. */
const COMMITS = 6
const MOMENTS_MAX = 8

export class WriteCache {
  readonly #ports: CachePorts
  #kept: Kept[] = []
  #number = 0

  constructor(ports: CachePorts) {
    this.#ports = ports
  }

  /** Something was committed in `live`. */
  committed(live: string): void {
    const { random, moment } = this.#ports
    if (!random.chance(1, COMMITS)) return
    this.#number += 1
    const folder = join(this.#ports.folder, `flushed-${this.#number}`)
    copyFolder(live, folder)
    this.#kept.push({ folder, moment: moment() })
    if (this.#kept.length > MOMENTS_MAX) this.#drop(this.#kept.shift())
  }

  /** Everything was written out: there is nothing to fall back to. */
  writtenOut(): void {
    for (const kept of this.#kept) this.#drop(kept)
    this.#kept = []
  }

  /** Puts what is on the drive into the place of `into`. The moment that it is of; undefined: nothing is lost. */
  fallBack(into: string): string | undefined {
    const { random } = this.#ports
    if (this.#kept.length === 0) return undefined
    const at = random.below(this.#kept.length)
    const [then, next] = [this.#kept[at], this.#kept[at + 1]]
    if (then === undefined) return undefined
    rmSync(into, { recursive: true, force: true })
    copyFolder(then.folder, into)
    if (next !== undefined && random.chance(1, 2)) tear(next.folder, into, random)
    return then.moment
  }

  #drop(kept: Kept | undefined): void {
    if (kept !== undefined) rmSync(kept.folder, { recursive: true, force: true })
  }
}

/** A part of what the log got next was written out too. A log that was begun anew since is another. */
function tear(next: string, into: string, random: Random): void {
  for (const name of ['ledger.db']) {
    const [database, log] = [join(into, name), join(into, `${name}-wal`)]
    if (![log, join(next, name), join(next, `${name}-wal`)].every((path) => existsSync(path))) continue
    if (!readFileSync(database).equals(readFileSync(join(next, name)))) continue
    writeFileSync(log, tornLog(new Uint8Array(readFileSync(log)), new Uint8Array(readFileSync(join(next, `${name}-wal`))), random))
  }
}
