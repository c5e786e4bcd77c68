/**
 * What a counter without a window works by: the rules of its files, and, when its ledger is a centre's, what the centre gave out. About
 * whoever the card names it is asked as for a window, and waited for a moment.
 */

import { ok, type Result } from '../../../base/result.ts'
import type { ReadableSyncStore } from '../../../settlement/sync/sync-store.ts'
import type { FileProblem } from '../files/file-problem.ts'
import type { Rules } from '../patient.ts'
import { systemSyncClock, type Clock } from '../system.ts'
import { readCentreFile, type CentreFile, type CentrePaths } from './centre-files.ts'
import { signedAsking, type AskSigned } from './centre-link.ts'
import { CentreRules } from './centre-rules.ts'
import { PersonAtCounter } from './person-at-counter.ts'
import { readTerminalKey } from './terminal-key.ts'

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
  const sync = { ask: askingOf(paths, centre.value), person: (certno: string, insutype: string) => known.person(certno, insutype), formerTo: store.formerTo() }
  const person = new PersonAtCounter(sync, SILENT)
  return ok({
    policies: named.policies ? rules.policies : known.policies(rules.policies),
    catalogue: named.catalogue ? rules.catalogue : (known.catalogue() ?? rules.catalogue),
    register: known.register(rules.register),
    told: person.told,
    learn: async (citizenNumber) => {
      await person.is(citizenNumber)
      return !person.isUnknown(citizenNumber)
    },
    centre: () => ({ ...known.answers, institution: institution.code, now: clock().cardTime }),
    terminal: () => terminal
  })
}

/** A counter that nobody looks at does not wait as long as sync does. */
const WAIT_MS = 3_000
const SILENT = { told: () => undefined, known: () => undefined }

/** undefined: it was set offline, or its key cannot be read, which sync says. */
function askingOf({ key: path }: CentrePaths, { url, terminal, certificate, paused }: CentreFile): AskSigned | undefined {
  const key = readTerminalKey(path)
  if (paused || !key.ok) return undefined
  return (question) => signedAsking({ url, terminal, key: key.value, clock: systemSyncClock, certificate, signal: AbortSignal.timeout(WAIT_MS) })(question)
}
