/**
 * npm run package, npm run package:dir: the program as it is delivered. Where ELECTRON_OVERRIDE_DIST_PATH names an Electron it is
 * packaged with that one, and nothing is fetched.
 */

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build as buildPackage, Platform, type Configuration } from 'electron-builder'
import { build } from './build.ts'
import { electronBinary, overrideFolder } from './electron-binary.ts'
import { ROOT } from './project.ts'

/** An older Electron has no such fuse, and its packer refuses to set one that is not there. */
const FILE_PRIVILEGES_MAJOR_MIN = 29

await build()
const wantsFolderOnly = process.argv.includes('--dir')
await buildPackage({
  projectDir: ROOT,
  ...(wantsFolderOnly ? { targets: Platform.current().createTarget('dir') } : {}),
  config: localElectron()
})

function localElectron(): Configuration {
  const folder = overrideFolder()
  if (folder === undefined) return {}
  const version = versionIn(folder)
  return {
    electronDist: folder,
    electronVersion: version,
    async afterExtract({ appOutDir, packager: { config } }) {
      // A runtime that was laid out by hand may bring a program of its own.
      await rm(join(appOutDir, 'resources', 'app'), { recursive: true, force: true })
      if (Number.parseInt(version, 10) < FILE_PRIVILEGES_MAJOR_MIN) delete config.electronFuses?.grantFileProtocolExtraPrivileges
    }
  }
}

/** Electron writes its version beside its binary; a folder without that note is asked itself. */
function versionIn(folder: string): string {
  const note = join(folder, 'version')
  if (existsSync(note)) return readFileSync(note, 'utf8').trim().replace(/^v/, '')
  const binary = electronBinary()
  if (binary === undefined) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH "${folder}": holds no Electron`)
  return execFileSync(binary, ['-p', 'process.versions.electron'], { encoding: 'utf8', env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } }).trim()
}
