/** Somebody looks something up: records, an old statement, a copy of it, the day as it stands, what a drug would cost. */

import { never } from '../../../base/invariant.ts'
import type { Outcome } from '../operation.ts'
import type { LookPlan } from './plan.ts'
import type { Undertaking } from './undertaking.ts'

type Looking = Undertaking<LookPlan>

const PAGE = 20

export async function lookUp(op: Looking): Promise<Outcome> {
  switch (op.plan.at) {
    case 'records':
      return records(op)
    case 'statement':
    case 'copy':
      return statement(op)
    case 'report': {
      const report = await op.ask('close.report', { sequence: null })
      return report.ok ? { kind: 'done' } : report.error
    }
    case 'explanation': {
      const bill = await op.ask('bill.start', {})
      if (!bill.ok) return bill.error
      const closed = await op.ask('bill.close', {})
      return closed.ok ? { kind: 'done' } : closed.error
    }
    case 'eligibility': {
      const asked = await op.ask('eligibility.check', { code: 'XM01AEB090A001010199999', quantity: '1', days: null })
      return asked.ok ? { kind: 'done' } : asked.error
    }
    default:
      return never(op.plan.at)
  }
}

async function records(op: Looking): Promise<Outcome> {
  const state = op.draw.pick(['all', 'settled', 'in-doubt', 'refunded', 'owed'] as const)
  const found = await op.ask('records.search', { from: '2000-01-01', to: '2999-12-31', text: '', state, after: null, limit: PAGE })
  if (!found.ok) return found.error
  for (const { confirmation } of found.value.rows) op.people.hit(`state:record-${confirmation}`)
  return { kind: 'done' }
}

async function statement(op: Looking): Promise<Outcome> {
  const { statements } = op.memory
  if (statements.length === 0) return { kind: 'left', why: 'nothing-to-do' }
  const { settlementId } = op.draw.pick(statements).statement
  const opened = op.plan.at === 'copy' ? await op.ask('statement.print', { settlementId, format: 'a5' }) : await op.ask('records.open', { settlementId })
  if (!opened.ok) return opened.error
  const { confirmation } = opened.value
  if (confirmation.state === 'confirmed') {
    op.told.push({ kind: 'confirmed', settlementId, setlId: confirmation.setlId })
    op.people.hit('operation:seen-confirmed')
  }
  return { kind: 'done' }
}
