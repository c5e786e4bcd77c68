/** What a pass of sync has to say of single settlements: booked otherwise, or not booked. */

import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import type { ReadableSyncStore } from '../../../settlement/sync/sync-store.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import { adjustedRow, parkedView } from '../../host/sync/sync-view.ts'

export interface SyncLine {
  readonly text: string
  readonly json: unknown
}

/** `sequences`: of postings. */
export function adjustedLines(ledger: LedgerReader, sequences: readonly number[]): readonly SyncLine[] {
  return sequences.flatMap((sequence) => {
    const facts = ledger.log(sequence - 1, 1)
    const fact = facts.ok ? facts.value[0]?.fact : undefined
    const settled = fact?.kind === 'posting' ? ledger.settlement(fact.settlementId) : undefined
    const row = settled?.ok === true && settled.value !== undefined ? adjustedRow(settled.value) : undefined
    if (row === undefined) return []
    const { settlementId, stated, booked, due, reason } = row
    const change = `基金 funds ${stated.fundPaid} -> ${booked.fundPaid}, 账户 account ${stated.account} -> ${booked.account}, 现金 cash ${stated.cash} -> ${booked.cash}`
    return {
      text: `已调整 adjusted ${settlementId}: ${change}; ${reason.en} (${reason.zh})`,
      json: { medins_setl_id: settlementId, stated, booked, due, reason }
    }
  })
}

export function parkedLines(ledger: LedgerReader, store: ReadableSyncStore, sequences: readonly number[]): readonly SyncLine[] {
  return sequences.flatMap((sequence) => {
    const row = store.parked(sequence)
    if (row === undefined) return []
    const view = parkedView(ledger, row)
    const { settlementId, what, owner, next, since, note } = view
    return {
      text: `待处理 parked ${sequence} ${settlementId}: ${what.en} (${what.zh}); ${turnOf(view, readableTime(row.changedAt))}`,
      json: { sequence, kind: row.kind, medins_setl_id: settlementId, since, state: row.state, note, verdict: row.verdict, what, owner, next }
    }
  })
}

/** Once a person has taken it over, that is what there is to know of it. */
const turnOf = ({ state, note, owner, next }: ReturnType<typeof parkedView>, changedAt: string): string =>
  state === 'handed-over' ? `已转交 handed over ${changedAt}: ${note ?? ''}` : `${owner.en}: ${next.en} (${owner.zh}：${next.zh})`
