/** The shelf of a terminal: the folder it was delivered with, and the packs of its data folder. */

import { readFileSync, statSync } from 'node:fs'
import { ok, type Result } from '../../../base/result.ts'
import { readPoliciesOf } from '../files/delivered.ts'
import type { FileProblem } from '../files/file-problem.ts'
import { activePath } from './active-packs.ts'
import { readRulesOf } from './delivered-rules.ts'
import { loadPacks } from './load-packs.ts'
import { RuleShelf } from './rule-shelf.ts'

export interface ShelfRequest {
  readonly fixtures: string
  /** undefined: a counter without a data folder has no packs. */
  readonly data: string | undefined
  readonly division: string
  /** One line: what is not used, and why. */
  readonly warn: (line: string) => void
}

export interface OpenedShelf {
  readonly shelf: RuleShelf
  /** true: other packs are installed than when it was last asked. */
  readonly reload: () => boolean
}

export function openShelf({ fixtures, data, division, warn }: ShelfRequest): Result<OpenedShelf, FileProblem> {
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
    const now = data === undefined ? undefined : listOf(data)
    if (data === undefined || now === seen) return false
    seen = now
    const packs = loadPacks(data)
    for (const line of packs.problems) warn(line)
    shelf.use(packs)
    return true
  }
  reload()
  return ok({ shelf, reload })
}

/** What stands in active.json; undefined: nothing was ever installed. */
function listOf(data: string): string | undefined {
  const path = activePath(data)
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path, 'utf8') : undefined
}
