/** A data folder of its own for every program that a test opens. */

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface DataFolder {
  readonly path: string
  remove(): void
}

/** In memory where the machine has such a place: what is tested is the window, and every byte of a chip is synced to its disk. */
const MEMORY = '/dev/shm'
const parent = (): string => (process.platform === 'linux' && existsSync(MEMORY) ? MEMORY : tmpdir())

export function dataFolder(): DataFolder {
  const path = mkdtempSync(join(parent(), 'caresettle-window-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) }
}
