/** Entries that the centre refused, as a close looks at them. */

import type { Result } from '../../../base/result.ts'
import type { ParkedEntries, ParkedEntry } from '../../../settlement/close/ports.ts'
import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import type { StoreFailure } from '../../../settlement/ledger/refusal.ts'
import { subjectOf } from '../../../settlement/sync/fact-subject.ts'
import { parkedReason } from '../../../settlement/sync/parked.ts'
import type { ParkedRow, ReadableSyncStore } from '../../../settlement/sync/sync-store.ts'

/** Rows read at a time. */
const PAGE = 200

type Log = Pick<LedgerReader, 'log'>

export const parkedEntries = (ledger: Log, store: ReadableSyncStore): ParkedEntries => ({
  waiting: () => allWaiting(ledger, store),
  isReversed: (sequence) => store.parked(sequence)?.state === 'reversed'
})

function allWaiting(ledger: Log, store: ReadableSyncStore): Result<readonly ParkedEntry[], StoreFailure> {
  return store.read(() => {
    const entries: ParkedEntry[] = []
    for (let after = 0; ; ) {
      const page = store.parkedWaiting(after, PAGE)
      entries.push(...page.map((row) => entryOf(ledger, row)))
      const last = page.at(-1)
      if (last === undefined || page.length < PAGE) return entries
      after = last.sequence
    }
  })
}

const entryOf = (ledger: Log, { sequence, id, verdict, since, state, note }: ParkedRow): ParkedEntry => ({
  sequence,
  id,
  reason: parkedReason(verdict),
  // Not since it was parked: that a centre had its first word late makes the money no younger.
  since: writtenAt(ledger, sequence) ?? since,
  handedOver: state === 'handed-over' ? note : undefined
})

function writtenAt(ledger: Log, sequence: number): string | undefined {
  const facts = ledger.log(sequence - 1, 1)
  const fact = facts.ok ? facts.value[0]?.fact : undefined
  return fact && subjectOf(fact).time
}
