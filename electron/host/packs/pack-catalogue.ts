/** The catalogue that a pack brought: a version of `catalogue.db`, made the one that is searched on the first day of its pack. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { CATALOGUE_FILE_NAME, describeFileRefusal } from '../../../settlement/catalogue/sqlite/catalogue-file.ts'
import { describeStoreRefusal, openCatalogueStore } from '../../../settlement/catalogue/sqlite/catalogue-store.ts'
import { openCatalogue } from '../../../settlement/catalogue/sqlite/sqlite-catalogue.ts'
import { periodsOfVersions } from '../../../settlement/pack/layers.ts'
import type { Manifest } from '../../../settlement/pack/manifest.ts'
import { commonDays } from '../../../settlement/pack/period.ts'
import type { ReadCatalogue } from '../../../settlement/pack/read-members.ts'
import { date, type BusinessDate } from '../../../settlement/calendar/business-date.ts'
import { packsFolder, type ActivePacks } from './active-packs.ts'
import { writeWhole, type FileSteps } from '../files/file-steps.ts'

export const catalogueVersion = (id: string, version: string): string => `${id} ${version}`

const storePath = (data: string): string => join(data, CATALOGUE_FILE_NAME)

/** Of the catalogue that is installed in the data folder; undefined: none is. */
export function installedCodes(data: string): ((prefix: string) => boolean) | undefined {
  if (!existsSync(storePath(data))) return undefined
  const catalogue = openCatalogue(storePath(data))
  if (!catalogue.ok) return undefined
  return catalogue.value.size === 0 ? undefined : (prefix) => catalogue.value.hasCodePrefix(prefix)
}

/** As a version that nobody searches yet. What an installation that was broken off left under its name is replaced. */
export async function installCatalogue(data: string, { id, version }: Manifest, items: ReadCatalogue['items'], at: string): Promise<Result<void, string>> {
  const store = openCatalogueStore({ path: storePath(data), create: true })
  if (!store.ok) return refuse(describeFileRefusal(store.error))
  try {
    const name = catalogueVersion(id, version)
    const install = () => store.value.install({ version: name, source: `pack ${name}`, at, items, activate: false })
    let installed = await install()
    if (!installed.ok && installed.error.kind === 'version-differs' && store.value.remove(name).ok) installed = await install()
    return installed.ok ? ok(undefined) : refuse(describeStoreRefusal(installed.error))
  } finally {
    store.value.close()
  }
}

/** Of a version that was taken back. */
export function removeCatalogue(data: string, id: string, version: string): void {
  if (!existsSync(storePath(data))) return
  const store = openCatalogueStore({ path: storePath(data), create: false })
  if (!store.ok) return
  store.value.remove(catalogueVersion(id, version))
  store.value.close()
}

/** `packs/catalogue.txt`: the pack's catalogue that was made active last. A person who activates another one afterwards is left alone. */
const markPath = (data: string): string => join(packsFolder(data), 'catalogue.txt')
const markOf = (data: string): string => (existsSync(markPath(data)) ? readFileSync(markPath(data), 'utf8') : '')

/** Makes the catalogue of the pack that is used today the one that is searched. One line when it cannot. */
export function followCatalogue(data: string, active: ActivePacks, today: BusinessDate, steps: FileSteps): Result<void, string> {
  const wanted = catalogueOn(active, today)
  if (wanted === markOf(data)) return ok(undefined)
  if (!existsSync(storePath(data))) return refuse(`${storePath(data)} is not there; install the pack anew`)
  const store = openCatalogueStore({ path: storePath(data), create: false })
  if (!store.ok) return refuse(describeFileRefusal(store.error))
  try {
    const changed = wanted === '' ? ok(store.value.deactivate()) : store.value.activate(wanted)
    if (!changed.ok) return refuse(describeStoreRefusal(changed.error))
    writeWhole(steps, markPath(data), new TextEncoder().encode(wanted))
    return ok(undefined)
  } finally {
    store.value.close()
  }
}

/** Of several packs with a catalogue the last one. Empty: none. */
function catalogueOn(active: ActivePacks, today: BusinessDate): string {
  const used = [...active].flatMap(([id, versions]) => {
    const periods = periodsOfVersions(versions)
    return versions.flatMap(({ version, catalogue }, index) => {
      const period = periods[index]
      const isUsed = period !== undefined && commonDays(period, { from: date(today), to: date(today) }) !== undefined
      return catalogue && isUsed ? [catalogueVersion(id, version)] : []
    })
  })
  return used.at(-1) ?? ''
}
