/** The shelf of a terminal: the folder it was delivered with, and the packs of its data folder. */

import { readFileSync, statSync } from 'node:fs'
import type { BusinessDate } from '../../../settlement/calendar/business-date.ts'
import { ok, type Result } from '../../../base/result.ts'
import { readPoliciesOf } from '../files/delivered.ts'
import type { FileProblem } from '../files/file-problem.ts'
import { activePath } from './active-packs.ts'
import { readRulesOf } from './delivered-rules.ts'
import { diskSteps, type FileSteps } from '../files/file-steps.ts'
import { followCatalogue } from './pack-catalogue.ts'
import { loadPacks } from './load-packs.ts'
import { RuleShelf } from './rule-shelf.ts'

export interface ShelfRequest {
  readonly fixtures: string
  /** undefined: a counter without a data folder has no packs. */
  readonly data: string | undefined
  readonly division: string
  readonly today: () => BusinessDate
  /** Default: this computer's. */
  readonly files?: FileSteps
  /** One line: what is not used, and why. */
  readonly warn: (line: string) => void
}

export interface OpenedShelf {
  readonly shelf: RuleShelf
  /** true: other packs are installed than when it was last asked. To be called now and then, and after midnight. */
  readonly reload: () => boolean
}

export function openShelf({ fixtures, data, division, today, files = diskSteps, warn }: ShelfRequest): Result<OpenedShelf, FileProblem> {
  const policies = readPoliciesOf(fixtures, division)
  if (!policies.ok) return policies
  const orWarn = <Item>(read: () => Result<readonly Item[], FileProblem>) => (): readonly Item[] => {
    const found = read()
    if (found.ok) return found.value
    warn(found.error.message)
    return []
  }
  const rules = readRulesOf(fixtures, division)
  const shelf = new RuleShelf({
    division,
    policies: { near: policies.value.near, far: orWarn(policies.value.far) },
    rules: { near: orWarn(rules.near), far: orWarn(rules.far) }
  })
  let seen: string | undefined
  const reload = (): boolean => {
    if (data === undefined) return false
    const now = listOf(data)
    const isOther = now !== seen
    if (isOther) usePacks(data)
    seen = now
    follow(data)
    return isOther
  }
  const usePacks = (folder: string): void => {
    const packs = loadPacks(folder)
    for (const line of packs.problems) warn(line)
    shelf.use(packs)
  }
  let followed = ''
  /** A catalogue begins to be searched on the first day of its pack. */
  const follow = (folder: string): void => {
    const day = `${today()} ${seen ?? ''}`
    if (seen === undefined || day === followed) return
    followed = day
    const done = followCatalogue(folder, shelf.packs.active, today(), files)
    if (!done.ok) warn(`catalogue.db: ${done.error}`)
  }
  reload()
  return ok({ shelf, reload })
}

/** What stands in active.json; undefined: nothing was ever installed. */
function listOf(data: string): string | undefined {
  const path = activePath(data)
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path, 'utf8') : undefined
}
