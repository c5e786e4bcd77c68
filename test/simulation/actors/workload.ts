/**
 * People at work: every till's days are planned when the world begins, and in the end everything is given the time and the hands
 * to come right. Who listens hears of each operation as it begins and ends, and of what no plan and no fault explains.
 */

import type { OperationBegun, OperationEnded } from '../operation.ts'
import { dayAfter } from '../world/day.ts'
import type { World } from '../world/faces.ts'
import { forgetDrawers } from './losses.ts'
import { Patient } from './patient.ts'
import { People } from './people.ts'
import { comeRight } from './quiet.ts'
import { TillDays } from './till-day.ts'
import { planYearTurn } from './year-turn.ts'

export interface WorkloadListeners {
  readonly begun: (operation: OperationBegun) => void
  readonly ended: (operation: OperationEnded) => void
  /** Ends the run. */
  readonly unlawful: (detail: string) => void
}

export interface Workload {
  /** After the faults are off: lets virtual time go on until nothing is left to do. */
  quiet(): Promise<void>
  /** Operations that were begun. */
  readonly operations: number
}

const DAY_MS = 86_400_000
const CHINA_MS = 8 * 3_600_000

/** Of the day in China on which the world stands. */
const midnightBefore = (ms: number): number => ms - ((ms + CHINA_MS) % DAY_MS)

/** The world stands in the first morning. */
export function beginWorkload(world: World, { begun, ended, unlawful }: WorkloadListeners): Workload {
  let isStopped = false
  const people = new People(world, {
    tell: (news) => (news.kind === 'operation-begun' ? begun(news) : ended(news)),
    unlawful: (rule, detail) => {
      isStopped = true
      unlawful(rule === 'broken' ? `a person stumbled: ${detail}` : detail)
    }
  })
  forgetDrawers(people)
  const patients = world.cards.map((card) => new Patient(people, card))
  const tills: TillDays[] = people.windows.map((window) => new TillDays(people, window, patients, () => tills))
  const begins = midnightBefore(world.scheduler.now)
  for (let day = 0; day < world.options.days; day += 1) {
    const midnight = begins + day * DAY_MS
    planYearTurn(people, dayAfter(world.options.firstDay, day), midnight)
    for (const till of tills) till.plan(midnight)
    for (const patient of patients) world.scheduler.at(midnight + MORNING_MS, `${patient.card.name} gets up`, () => void patient.morning())
  }
  return {
    quiet: () => comeRight(people, tills, () => isStopped),
    get operations() {
      return people.operations
    }
  }
}

const MORNING_MS = 7 * 3_600_000
