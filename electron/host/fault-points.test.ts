import { expect, it } from 'vitest'
import { FAULT_POINTS, faultPointProblem } from './fault-points.ts'

it.each([...FAULT_POINTS, 'card-write#18', 'psam-write#2', 'intake-batch#8'])('%s may be named', (target) => {
  expect(faultPointProblem(target)).toBeUndefined()
})

it.each(['bogus', 'charged', 'card-writ#4', 'card-write#', 'card-write#0', 'card-write#-1', 'card-write#x', 'card-write#1#2', 'held ', 'HELD'])('"%s" may not', (target) => {
  expect(faultPointProblem(target)).toContain(`CARESETTLE_KILL_AT: "${target}" must be one of pin-verified, recovered, calculated, initialised, held, debited, posted, card-write,`)
})
