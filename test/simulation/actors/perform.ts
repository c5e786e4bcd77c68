/** One operation at one till, from its plan to its end; whoever brought a card takes it along again. */

import { never } from '../../../base/invariant.ts'
import type { Outcome } from '../operation.ts'
import type { SimCard } from '../world/faces.ts'
import { emptied } from './card-at-counter.ts'
import { closeDay } from './close-day.ts'
import { comeBack } from './come-back.ts'
import { load, refund, returnPacks } from './give-back.ts'
import { attack } from './hostile.ts'
import { tendLink } from './link.ts'
import { lookUp } from './look.ts'
import type { People } from './people.ts'
import { comeForPin } from './pin-window.ts'
import { planOf, type CardPlan, type Plan, type Purpose } from './plan.ts'
import { sell } from './sell.ts'
import { settleVisit } from './settle.ts'
import { tellResolutions } from './take-money.ts'
import { Undertaking } from './undertaking.ts'
import type { Window } from './window.ts'

/** A killed host is there again within this time. */
const AWAY_MS_MAX = 120_000

export interface Task {
  readonly window: Window
  readonly card?: SimCard | undefined
  /** Instead of the plan that its id names. */
  readonly plan?: Plan | undefined
}

/** undefined: the till is closed, or the card is at another counter. */
export async function perform(people: People, purpose: Purpose, { window, card, plan }: Task): Promise<Outcome | undefined> {
  const known = card === undefined ? undefined : people.of(card)
  if (known?.isBusy === true || (await isAway(window))) {
    people.hit(known?.isBusy === true ? 'state:holder-elsewhere' : 'state:till-away')
    return undefined
  }
  if (known !== undefined) known.isBusy = true
  try {
    const id = people.nextId()
    const op = new Undertaking(people, { id, plan: plan ?? planOf(people.world.random, id, purpose), window, card })
    const outcome = await work(op)
    if ('hands' in op.plan) await leave(op as Undertaking<CardPlan>)
    op.end(outcome)
    if ('cashier' in op.plan && op.plan.cashier === 'logs-out-after') await logOut(op)
    return outcome
  } finally {
    if (known !== undefined) known.isBusy = false
  }
}

async function isAway(window: Window): Promise<boolean> {
  if (window.till.alive) return false
  await window.until(() => (window.till.alive ? true : undefined), AWAY_MS_MAX)
  return !window.till.alive
}

function work(op: Undertaking): Promise<Outcome> {
  const { plan } = op
  switch (plan.kind) {
    case 'settle':
      return settleVisit(as(op, plan))
    case 'sale':
      return sell(as(op, plan))
    case 'refund':
      return refund(as(op, plan))
    case 'return':
      return returnPacks(as(op, plan))
    case 'load':
      return load(as(op, plan))
    case 'pin':
      return comeForPin(as(op, plan))
    case 'close':
      return closeDay(as(op, plan))
    case 'link':
      return tendLink(as(op, plan))
    case 'look':
      return lookUp(as(op, plan))
    case 'hostile':
      return attack(as(op, plan))
    case 'come-back':
      return comeBack(as(op, plan))
    default:
      return never(plan)
  }
}

/** The same operation, of which the kind of plan is known now. */
const as = <Planned extends Plan>(op: Undertaking, _plan: Planned): Undertaking<Planned> => op as Undertaking<Planned>

async function leave(op: Undertaking<CardPlan>): Promise<void> {
  await tellResolutions(op)
  await emptied(op)
}

const BREAK_MS = 60_000

async function logOut({ window, people }: Undertaking): Promise<void> {
  people.hit('operation:logged-out')
  await window.till.stop()
  window.panel = undefined
  await people.world.scheduler.sleep(BREAK_MS, `${window.till.name} is logged out`)
  await window.till.start()
}
