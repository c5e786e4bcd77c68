/** Where an Electron is to be had on this machine, without fetching one. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './project.ts'

const PACKAGE = join(ROOT, 'node_modules', 'electron')

const PATH_IN_FOLDER: Partial<Record<NodeJS.Platform, string>> = {
  darwin: join('Electron.app', 'Contents', 'MacOS', 'Electron'),
  win32: 'electron.exe'
}

/** Folder with an Electron that somebody laid out by hand, as Electron's own tools name it. */
export const overrideFolder = (): string | undefined => process.env['ELECTRON_OVERRIDE_DIST_PATH'] || undefined

/** undefined: there is none. */
export function electronBinary(): string | undefined {
  const override = overrideFolder()
  const binary = override === undefined ? installedBinary() : join(override, PATH_IN_FOLDER[process.platform] ?? 'electron')
  return binary !== undefined && existsSync(binary) ? binary : undefined
}

/** The package of that name fetches its binary when it is first asked for, and notes where it is. */
function installedBinary(): string | undefined {
  const note = join(PACKAGE, 'path.txt')
  return existsSync(note) ? join(PACKAGE, 'dist', readFileSync(note, 'utf8')) : undefined
}
