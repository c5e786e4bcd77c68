/** npm start: builds what has changed, then opens the window; where there can be none, the same page in a browser. */

import { FIXTURES } from '../build/project.ts'
import { build } from '../build/build.ts'
import { beginPharmacy } from './begin-pharmacy.ts'
import { beginReader } from './begin-reader.ts'
import { findElectron } from './find-electron.ts'
import { parseOptions, surroundings, type StartOptions } from './options.ts'
import { runElectron } from './run-electron.ts'

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/** The exit code. */
export async function start(args: readonly string[]): Promise<number> {
  const options = parseOptions(args, surroundings())
  if (!options.ok) {
    process.stderr.write(`caresettle: ${options.error}\n`)
    return 2
  }
  const pharmacy = options.value.pharmacy ? beginPharmacy(options.value.data, FIXTURES) : undefined
  if (pharmacy?.ok === false) {
    process.stderr.write(`caresettle: ${pharmacy.error}\n`)
    return 2
  }
  const reader = options.value.reader === undefined ? undefined : await beginReader(options.value.data, FIXTURES, options.value.reader)
  if (reader?.ok === false) {
    process.stderr.write(`caresettle: ${reader.error}\n`)
    return 2
  }
  await build()
  if (!options.value.door) {
    const opened = await openWindow(options.value)
    if (opened !== undefined) return opened
  }
  // Only now: what serves a browser is not needed for a window.
  const { runDoor } = await import('./run-door.ts')
  return runDoor(options.value)
}

/** undefined: no window, and it was said why. */
async function openWindow({ data, electronArgs }: StartOptions): Promise<number | undefined> {
  const binary = await findElectron(say)
  const run = binary.ok ? await runElectron({ binary: binary.value, data, args: electronArgs }) : binary
  if (run.ok) return run.value
  say(`no window: ${run.error}; open it in a browser on this machine instead:`)
  return undefined
}
