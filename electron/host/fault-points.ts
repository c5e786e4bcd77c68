/** Every moment that `CARESETTLE_KILL_AT` may name, in the order in which a card's payment passes them. A word that is none would kill nothing, and charge for real. */

import { LOAD_STEPS } from '../../settlement/case/load-card.ts'
import { SETTLE_STEPS } from '../../settlement/case/settle-visit.ts'
import { INTAKE_STEPS } from '../../settlement/centre/intake/steps.ts'
import type { SyncPoint } from '../../settlement/sync/ports.ts'

const SYNC_POINTS = ['sync-made', 'sync-sent', 'sync-answered', 'sync-applied'] as const satisfies readonly SyncPoint[]

/** Passed many times each: with "#3" behind it the third time is meant. */
const WRITES = ['card-write', 'psam-write'] as const
const DRIVER_POINTS = ['driver-debit-written', 'driver-debited'] as const

export const FAULT_POINTS: readonly string[] = [
  'pin-verified', 'recovered', 'calculated', ...SETTLE_STEPS, ...WRITES, ...LOAD_STEPS, ...SYNC_POINTS, ...INTAKE_STEPS, ...DRIVER_POINTS
]

/** One line: variable, value, rule. */
export function faultPointProblem(target: string): string | undefined {
  const name = /^([a-z-]+)(#[1-9]\d{0,5})?$/.exec(target)?.[1]
  if (name !== undefined && FAULT_POINTS.includes(name)) return undefined
  return `CARESETTLE_KILL_AT: "${target}" must be one of ${FAULT_POINTS.join(', ')}; NAME#3 is the third time that it is passed`
}
