/** Whether the bundles are those of the sources on the disk: by path, size and time of every file that may go into one. */

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DIST, HOST_BUILT, ROOT } from './project.ts'

const SOURCES = ['base', 'card', 'electron', 'renderer', 'settlement', 'package-lock.json'] as const
const MARK = join(DIST, '.built-from')
const OUTPUTS = [join(DIST, 'main', 'main.js'), join(DIST, 'preload', 'preload.js'), HOST_BUILT, join(DIST, 'reader', 'process.js'), join(DIST, 'renderer', 'index.html')]

/** A fingerprint of the sources as they are at this moment. */
export function sourcesNow(root: string = ROOT): string {
  const hash = createHash('sha256')
  for (const source of SOURCES) addTo(hash, root, source)
  return hash.digest('hex')
}

function addTo(hash: ReturnType<typeof createHash>, root: string, path: string): void {
  const found = statSync(join(root, path), { throwIfNoEntry: false })
  if (found === undefined) return
  if (found.isDirectory()) {
    for (const name of readdirSync(join(root, path)).toSorted()) addTo(hash, root, `${path}/${name}`)
    return
  }
  if (!/\.test\.tsx?$/.test(path)) hash.update(`${path}\n${found.size}\n${found.mtimeMs}\n`)
}

export const isFresh = (sources: string): boolean => OUTPUTS.every((path) => existsSync(path)) && existsSync(MARK) && readFileSync(MARK, 'utf8') === sources

export const markFresh = (sources: string): void => writeFileSync(MARK, sources)
