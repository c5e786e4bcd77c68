/** The till and its centre: set offline and online again, hurried, and what the centre did not book retried or handed to somebody. */

import { never } from '../../../base/invariant.ts'
import type { Outcome } from '../operation.ts'
import { isRefused } from './card-at-counter.ts'
import type { LinkPlan } from './plan.ts'
import type { Undertaking } from './undertaking.ts'

export async function tendLink(op: Undertaking<LinkPlan>): Promise<Outcome> {
  switch (op.plan.what) {
    case 'pauses':
      return pause(op)
    case 'resumes':
      return resume(op)
    case 'hurries':
      return hurry(op)
    case 'retries':
    case 'hands-over':
      return tendParked(op)
    default:
      return never(op.plan.what)
  }
}

/** Whoever looks at that screen does first what it says. */
async function hurry(op: Undertaking<LinkPlan>): Promise<Outcome> {
  if (typeof op.window.sync?.lostBatches === 'number') {
    const fetched = await op.ask('sync.restore', {})
    if (!fetched.ok) return fetched.error
    op.people.hit('operation:fetched')
  }
  const hurried = await op.ask('sync.now', {})
  return hurried.ok ? { kind: 'done' } : hurried.error
}

async function pause(op: Undertaking<LinkPlan>): Promise<Outcome> {
  // Before it is asked: a host that dies over it may be offline when it comes back.
  op.memory.isPaused = true
  const paused = await op.ask('sync.pause', {})
  if (paused.ok) op.people.hit('operation:paused')
  return paused.ok ? { kind: 'done' } : paused.error
}

export async function resume(op: Undertaking<LinkPlan>): Promise<Outcome> {
  const resumed = await op.ask('sync.resume', {})
  if (resumed.ok) {
    op.memory.isPaused = false
    op.people.hit('operation:resumed')
  }
  return resumed.ok ? { kind: 'done' } : resumed.error
}

const PARKED_MAX = 50

async function tendParked(op: Undertaking<LinkPlan>): Promise<Outcome> {
  const state = await op.ask('terminal.state', {})
  if (!state.ok) return state.error
  const waiting = state.value.sync.parked.filter((row) => row.state === 'open')
  if (waiting.length === 0) return { kind: 'left', why: 'nothing-to-do' }
  for (const { sequence, kind, actions } of waiting.slice(0, PARKED_MAX)) {
    op.people.hit(`state:parked-${kind}`)
    if (op.plan.what === 'retries' && actions.includes('retry')) {
      const retried = await op.ask('sync.retry', { sequence })
      if (retried.ok) op.people.hit('operation:retried')
      else if (!isRefused(retried.error, 'not-parked')) return retried.error
    } else {
      const handed = await op.ask('sync.hand-over', { sequence, note: '交给李某' })
      if (handed.ok) op.people.hit('operation:handed-over')
      else if (!isRefused(handed.error, 'not-parked')) return handed.error
    }
  }
  return { kind: 'done' }
}
