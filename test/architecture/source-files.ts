/** The project's own TypeScript files, with their paths from the root in forward slashes. */

import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, sep } from 'node:path'

export interface SourceFile {
  readonly path: string
  readonly text: string
}

const ROOT = join(import.meta.dirname, '..', '..')
const SOURCE_FOLDERS = ['base', 'card', 'settlement', 'electron', 'renderer', 'test'] as const

export function sourceFiles(): SourceFile[] {
  return SOURCE_FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => posix.join(folder, path.split(sep).join('/')))
      .filter((path) => /\.tsx?$/.test(path))
      .toSorted()
      .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
  )
}

export const isTest = (path: string): boolean => /\.(test|contract|bench)\.tsx?$/.test(path) || path.startsWith('test/')

const IMPORT = /(?:\bfrom\s+|\bimport\s+|\bimport\s*\(\s*)'([^']+)'/g

/** What a file imports: paths from the root for its own files, package or `node:` names for others. */
export function importsOf({ path, text }: SourceFile): string[] {
  return [...text.matchAll(IMPORT)].map(([, target = '']) =>
    target.startsWith('.') ? posix.join(posix.dirname(path), target) : target
  )
}
