/** What a counter without a window works by: the rules of its files, and, when its ledger is a centre's, what the centre gave out. */

import { ok, type Result } from '../../../base/result.ts'
import type { ReadableSyncStore } from '../../../settlement/sync/sync-store.ts'
import type { FileProblem } from '../files/file-problem.ts'
import type { Rules } from '../patient.ts'
import type { Clock } from '../system.ts'
import { readCentreFile, type CentrePaths } from './centre-files.ts'
import { CentreRules } from './centre-rules.ts'

export interface RulesRequest {
  readonly paths: CentrePaths
  readonly store: ReadableSyncStore
  readonly clock: Clock
  /** Somebody has named the files to work by: they stay. */
  readonly named: { readonly policies: boolean; readonly catalogue: boolean }
}

export function connectedRules(rules: Rules, { paths, store, clock, named }: RulesRequest): Result<Rules, FileProblem> {
  const centre = readCentreFile(paths)
  if (!centre.ok) return centre
  if (centre.value === undefined) return ok(rules)
  const { terminal, institution } = centre.value
  const known = new CentreRules(store, centre.value)
  return ok({
    policies: named.policies ? rules.policies : known.policies(rules.policies),
    catalogue: named.catalogue ? rules.catalogue : (known.catalogue() ?? rules.catalogue),
    register: known.register(rules.register),
    told: (citizenNumber, insutype) => known.person(citizenNumber, insutype),
    centre: () => ({ ...known.answers, institution: institution.code, now: clock().cardTime }),
    terminal: () => terminal
  })
}
