/**
 * The real program in a real Electron, under Playwright. What a machine does to run it as root stands here and only here: the
 * program itself never weakens its sandbox.
 */

import { existsSync } from 'node:fs'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { electronBinary } from '../../../electron/build/electron-binary.ts'
import { ROOT } from '../../../electron/build/project.ts'
import { built } from './built.ts'
import { dataFolder } from './data-folder.ts'
import { openDisplay } from './display.ts'

export interface OpenApp {
  readonly app: ElectronApplication
  readonly page: Page
  readonly data: string
  /** Screen on which it stands, as DISPLAY names it. */
  readonly display: string
  /** What the program and its host wrote to stderr so far. */
  readonly output: () => string
  /** Closes the program; a data folder that was made for it goes too. */
  close(): Promise<void>
}

export interface AppOptions {
  /** Folder of an earlier run, to start again on what it left; kept on close. */
  readonly data?: string
  readonly environment?: Readonly<Record<string, string>>
  /** Host in place of the built one, a TypeScript file. */
  readonly host?: string
  readonly args?: readonly string[]
}

/** To run, and then to show a window: far more than either takes, and together less than a test may, so that it is told which it was. */
const STAGE_MS_MAX = 40_000

/** Chromium refuses its own sandbox to root. */
export const LAUNCHER_ARGS = process.getuid?.() === 0 ? ['--no-sandbox'] : []

export function electronPath(): string {
  const path = electronBinary()
  if (path === undefined || !existsSync(path)) {
    throw new Error(
      'no Electron binary: these tests need one. Set ELECTRON_OVERRIDE_DIST_PATH to a folder with it, or run "npx install-electron"'
    )
  }
  return path
}

export async function openApp({ data, environment = {}, host, args = [] }: AppOptions = {}): Promise<OpenApp> {
  electronPath()
  await built()
  const display = await openDisplay()
  const folder = data === undefined ? dataFolder('memory') : { path: data, remove: () => {} }
  const tidyUp = (): void => {
    display.close()
    folder.remove()
  }
  const app = await _electron
    .launch({
      // Named no program, Playwright finds Electron as npm does, and holds its window back until it is itself attached. Attached while a
      // window's page is just being shown, it misses that, and waits for it for ever: one start in thirty, with other programs beside it.
      args: [...LAUNCHER_ARGS, ROOT, `--data=${folder.path}`, ...args],
      cwd: ROOT,
      timeout: STAGE_MS_MAX,
      env: { ...inherited(), DISPLAY: display.name, ...(host === undefined ? {} : { CARESETTLE_DEV_HOST: host }), ...environment }
    })
    .catch((cause: unknown) => {
      tidyUp()
      throw cause
    })
  let output = ''
  app.process().stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const page = await app.firstWindow({ timeout: STAGE_MS_MAX }).catch((cause: unknown) => {
    app.process().kill('SIGKILL')
    tidyUp()
    throw new Error(`the program runs and shows no window; it wrote: ${output === '' ? 'nothing' : output}`, { cause })
  })
  return {
    app,
    page,
    data: folder.path,
    display: display.name,
    output: () => output,
    async close() {
      await app.close()
      tidyUp()
    }
  }
}

function inherited(): Record<string, string> {
  const { NODE_OPTIONS: _, ELECTRON_RUN_AS_NODE: __, ...others } = process.env
  return Object.fromEntries(Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
