/** A data folder of its own for every program that a test opens. */

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface DataFolder {
  readonly path: string
  remove(): void
}

/** Where a machine has one: what is tested there is the window, not the disk to which every write of a chip is synced. */
const MEMORY = '/dev/shm'

/** On the disk, unless nothing is to be learnt from it. */
export function dataFolder(place: 'disk' | 'memory' = 'disk'): DataFolder {
  const parent = place === 'memory' && process.platform === 'linux' && existsSync(MEMORY) ? MEMORY : tmpdir()
  const path = mkdtempSync(join(parent, 'caresettle-window-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) }
}
