/** An Electron that can open a window here, or in a few words why there is none. */

import { spawn } from 'node:child_process'
import { lookup } from 'node:dns/promises'
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ok, refuse, type Result } from '../../base/result.ts'
import { electronBinary, overrideFolder } from '../build/electron-binary.ts'
import { DIST, ROOT } from '../build/project.ts'

const INSTALLER = join(ROOT, 'node_modules', 'electron', 'install.js')
/** Where the network gave no Electron it is not asked again on the same day: every start would wait for it. */
const FAILED_MARK = join(DIST, '.electron-not-fetched')
const ASK_AGAIN_MS = 24 * 60 * 60 * 1000
const FETCH_MS_MAX = 90_000
const LOOKUP_MS_MAX = 2_000

export async function findElectron(say: (line: string) => void): Promise<Result<string, string>> {
  const noScreen = missingScreen(process.platform, process.env)
  if (noScreen !== undefined) return refuse(noScreen)
  const binary = electronBinary()
  if (binary !== undefined) return ok(binary)
  if (overrideFolder() !== undefined) return refuse(`ELECTRON_OVERRIDE_DIST_PATH "${overrideFolder()}" holds no Electron`)
  if (!(await mayFetch())) return refuse('there is no Electron, and none can be fetched now')
  say('fetching Electron, once ...')
  await fetchElectron()
  const fetched = electronBinary()
  if (fetched !== undefined) return ok(fetched)
  mkdirSync(DIST, { recursive: true })
  writeFileSync(FAILED_MARK, '')
  return refuse('there is no Electron, and it could not be fetched')
}

/** undefined: there is one. */
export function missingScreen(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string | undefined {
  if (platform !== 'linux' || environment['DISPLAY'] || environment['WAYLAND_DISPLAY']) return undefined
  return 'there is no screen (DISPLAY and WAYLAND_DISPLAY are empty)'
}

async function mayFetch(): Promise<boolean> {
  if (!existsSync(INSTALLER)) return false
  const failed = statSync(FAILED_MARK, { throwIfNoEntry: false })
  if (failed !== undefined && Date.now() - failed.mtimeMs < ASK_AGAIN_MS) return false
  const answered = lookup(fetchedFrom(process.env)).then(
    () => true,
    () => false
  )
  return Promise.race([answered, new Promise<boolean>((late) => setTimeout(() => late(false), LOOKUP_MS_MAX).unref())])
}

/** The machine that Electron's own installer would ask, by the settings that it reads. */
export function fetchedFrom(environment: NodeJS.ProcessEnv): string {
  const mirror = environment['npm_config_electron_mirror'] || environment['NPM_CONFIG_ELECTRON_MIRROR'] || environment['ELECTRON_MIRROR']
  return (mirror !== undefined && URL.canParse(mirror) && new URL(mirror).hostname) || 'github.com'
}

const fetchElectron = (): Promise<void> =>
  new Promise((done) => {
    const installer = spawn(process.execPath, [INSTALLER], { stdio: 'ignore' })
    const late = setTimeout(() => installer.kill('SIGKILL'), FETCH_MS_MAX)
    const finish = (): void => {
      clearTimeout(late)
      done()
    }
    installer.on('exit', finish)
    installer.on('error', finish)
  })
