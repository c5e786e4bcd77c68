/** The folders of this project, from this file. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..', '..')
export const DIST = join(ROOT, 'dist')
export const RENDERER = join(ROOT, 'renderer')
export const FIXTURES = join(ROOT, 'fixtures')
export const HOST_SOURCE = join(ROOT, 'electron', 'host', 'process.ts')
export const HOST_BUILT = join(DIST, 'host', 'process.js')

export const projectVersion = (): string => {
  const { version }: { readonly version: string } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  return version
}
