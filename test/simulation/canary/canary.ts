/**
 * The list of planted bugs, and the way in which one of them gets into a process: before anything of the program is loaded,
 * `registerCanary` puts itself between Node and the files that it changes.
 */

import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { BILL_PLANTS } from './bill-plants.ts'
import { CARD_PLANTS } from './card-plants.ts'
import { CENTRE_PLANTS } from './centre-plants.ts'
import { COUNTER_PLANTS } from './counter-plants.ts'
import { LEDGER_PLANTS } from './ledger-plants.ts'
import { movedText, plantedFiles, PROJECT, type Plant } from './plant.ts'

export const CANARIES: readonly Plant[] = [...COUNTER_PLANTS, ...CARD_PLANTS, ...LEDGER_PLANTS, ...BILL_PLANTS, ...CENTRE_PLANTS]

export const CANARY_NAMES: readonly string[] = CANARIES.map(({ name }) => name)

export interface Registered {
  readonly plant: Plant
  /** Whether every file that it changes was loaded with the change. */
  readonly isPlanted: () => boolean
}

/**
 * Files that are loaded from now on have the bug. Throws when there is no such canary, or when its place is gone; a process
 * that has loaded the program without the bug, because something had loaded it before, says so at its end and ends with 3.
 */
export function registerCanary(name: string): Registered {
  const plant = CANARIES.find((each) => each.name === name)
  if (plant === undefined) throw new RangeError(`--canary ${name}: must be one of ${CANARY_NAMES.join(', ')}`)
  const files = plantedFiles(plant)
  if (!files.ok) throw new Error(movedText(files.error))
  const sources = new Map([...files.value].map(([file, source]) => [urlOf(file), source]))
  const loaded = new Set<string>()
  let isProgramLoaded = false
  registerHooks({
    load(url, context, next) {
      isProgramLoaded ||= PROGRAM.some((folder) => url.startsWith(folder))
      const shipped = next(url, context)
      const source = sources.get(url)
      if (source === undefined) return shipped
      loaded.add(url)
      return { ...shipped, source }
    }
  })
  const isPlanted = (): boolean => loaded.size === sources.size
  process.once('exit', () => {
    if (isProgramLoaded && !isPlanted()) endUnplanted(name)
  })
  return { plant, isPlanted }
}

const urlOf = (path: string): string => pathToFileURL(join(PROJECT, path)).href

/** A run that has loaded nothing of these has tried nothing. */
const PROGRAM = ['card', 'settlement', 'electron/host'].map((folder) => `${urlOf(folder)}/`)

export const UNPLANTED = 3

function endUnplanted(name: string): void {
  process.stderr.write(`canary ${name}: a file was loaded before the bug was in it: this run has proved nothing\n`)
  process.exitCode = UNPLANTED
}
