/** Every area of the centre beside the app's own routes. */

import { setTimeout as sleep } from 'node:timers/promises'
import { ok, type Result } from '../../base/result.ts'
import { intakeWith } from '../../settlement/centre/intake/routes.ts'
import { registerLoads } from '../../settlement/centre/load/routes.ts'
import { registerNational } from '../../settlement/centre/national/routes.ts'
import { registerReconcile } from '../../settlement/centre/reconcile/routes.ts'
import type { Register } from '../../settlement/centre/serve/centre-app.ts'
import { killAt, type FaultPoint } from '../host/fault-point.ts'
import type { FileProblem } from '../host/files/file-problem.ts'
import { readProfiles } from './national-profiles.ts'

export interface NationalOptions {
  /** Calls without a gateway signature are taken. */
  readonly unsigned: boolean
  /** Lets its owner order faults; undefined: nobody. */
  readonly adminToken: string | undefined
}

/** Default: the process's own. */
export interface AreaPorts {
  /** Passed between any two statements of a batch. */
  readonly faultPoint?: FaultPoint
  readonly wait?: (milliseconds: number) => Promise<void>
}

const sleeping = (milliseconds: number): Promise<void> => sleep(milliseconds)

export function readAreas(fixtures: string, national: NationalOptions, ports: AreaPorts = {}): Result<readonly Register[], FileProblem> {
  // A tester may have the centre killed.
  const { faultPoint = killAt(process.env['CARESETTLE_KILL_AT']), wait = sleeping } = ports
  const profiles = readProfiles(fixtures)
  if (!profiles.ok) return profiles
  return ok([
    intakeWith(faultPoint),
    registerLoads,
    registerReconcile,
    (app, centre) => registerNational(app, { ...centre, ...national, profiles: profiles.value, wait })
  ])
}
