/** Entries that the centre refused, as a close looks at them. */

import type { Result } from '../../../base/result.ts'
import type { ParkedEntries, ParkedEntry } from '../../../settlement/close/ports.ts'
import type { StoreFailure } from '../../../settlement/ledger/refusal.ts'
import { parkedReason } from '../../../settlement/sync/parked.ts'
import type { ParkedRow, ReadableSyncStore } from '../../../settlement/sync/sync-store.ts'

/** Rows read at a time. */
const PAGE = 200

export const parkedEntries = (store: ReadableSyncStore): ParkedEntries => ({
  waiting: () => allWaiting(store),
  isReversed: (sequence) => store.parked(sequence)?.state === 'reversed'
})

function allWaiting(store: ReadableSyncStore): Result<readonly ParkedEntry[], StoreFailure> {
  return store.read(() => {
    const entries: ParkedEntry[] = []
    for (let after = 0; ; ) {
      const page = store.parkedWaiting(after, PAGE)
      entries.push(...page.map(entryOf))
      const last = page.at(-1)
      if (last === undefined || page.length < PAGE) return entries
      after = last.sequence
    }
  })
}

const entryOf = ({ sequence, id, verdict, since, state, note }: ParkedRow): ParkedEntry => ({
  sequence,
  id,
  reason: parkedReason(verdict),
  since,
  handedOver: state === 'handed-over' ? note : undefined
})
