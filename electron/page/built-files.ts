/**
 * The files of the built page, by the exact path under which each is served. What is not in this list does not exist:
 * no path from outside is ever joined to a folder.
 */

import { readdirSync } from 'node:fs'
import { extname, join } from 'node:path'

export interface BuiltFile {
  readonly file: string
  readonly contentType: string
}

export type BuiltFiles = ReadonlyMap<string, BuiltFile>

export const INDEX_PATH = '/index.html'

/** Kinds of file that a page is made of. Source maps and notes beside them are not served. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2'
}

export const builtFiles = (folder: string): BuiltFiles => new Map(filesIn(folder, '/'))

/** Step by step: the recursive reading of folders is younger than the oldest Node that this runs on. */
function filesIn(folder: string, path: string): [string, BuiltFile][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, BuiltFile][] => {
    const file = join(folder, entry.name)
    if (entry.isDirectory()) return filesIn(file, `${path}${entry.name}/`)
    const contentType = CONTENT_TYPES[extname(entry.name)]
    return contentType === undefined ? [] : [[`${path}${entry.name}`, { file, contentType }]]
  })
}

/** undefined: not a path of the page. The address is compared as it came, so that no way of writing it is a second name. */
export const builtFile = (files: BuiltFiles, path: string): BuiltFile | undefined => files.get(path === '/' ? INDEX_PATH : path)
