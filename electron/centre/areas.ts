/** Every area of the centre beside the app's own routes. */

import { setTimeout as sleep } from 'node:timers/promises'
import { ok, type Result } from '../../base/result.ts'
import { intakeWith } from '../../settlement/centre/intake/routes.ts'
import { registerLoads } from '../../settlement/centre/load/routes.ts'
import { registerNational } from '../../settlement/centre/national/routes.ts'
import { registerReconcile } from '../../settlement/centre/reconcile/routes.ts'
import type { Register } from '../../settlement/centre/serve/centre-app.ts'
import { killAt } from '../host/fault-point.ts'
import type { FileProblem } from '../host/files/file-problem.ts'
import { readProfiles } from './national-profiles.ts'

export interface NationalOptions {
  /** Calls without a gateway signature are taken. */
  readonly unsigned: boolean
  /** Lets its owner order faults; undefined: nobody. */
  readonly adminToken: string | undefined
}

const wait = (milliseconds: number): Promise<void> => sleep(milliseconds)

export function readAreas(fixtures: string, national: NationalOptions): Result<readonly Register[], FileProblem> {
  const profiles = readProfiles(fixtures)
  if (!profiles.ok) return profiles
  return ok([
    // A tester may have the centre killed between any two statements of a batch.
    intakeWith(killAt(process.env['CARESETTLE_KILL_AT'])),
    registerLoads,
    registerReconcile,
    (app, ports) => registerNational(app, { ...ports, ...national, profiles: profiles.value, wait })
  ])
}
