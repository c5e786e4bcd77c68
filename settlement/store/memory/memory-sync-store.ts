/** The sync store without a disk, for tests: the same promises, in arrays and maps. */

import { invariant } from '../../../base/invariant.ts'
import { ok } from '../../../base/result.ts'
import { NO_BATCH } from '../../batch/batch.ts'
import { DOWNLOAD_KINDS, type DownloadKind } from '../../sync/link.ts'
import { isWaiting, wasConfirmed } from '../../sync/parked.ts'
import type { Apart, BatchRow, ConfirmedBefore, Downloaded, DownloadRow, MadeBatch, ParkedCounts, ParkedRow, SyncStore } from '../../sync/sync-store.ts'

interface Kept {
  readonly batches: readonly { readonly row: BatchRow; readonly body: Uint8Array }[]
  readonly parked: ReadonlyMap<number, ParkedRow>
  readonly downloads: ReadonlyMap<DownloadKind, Downloaded>
  readonly apart: Apart | undefined
  readonly terminal: string | undefined
  readonly formerTo: number
}

export function memorySyncStore(): SyncStore {
  let kept: Kept = { batches: [], parked: new Map(), downloads: new Map(), apart: undefined, terminal: undefined, formerTo: 0 }
  const rows = (): readonly BatchRow[] => kept.batches.map(({ row }) => row)
  const parked = (): ParkedRow[] => [...kept.parked.values()].toSorted((left, right) => left.sequence - right.sequence)
  return {
    read: (work) => ok(work()),
    // Every change makes a new state, so that the old one is there to go back to.
    transaction: (work) => {
      const before = kept
      let done = false
      try {
        const outcome = work()
        done = outcome.ok
        return outcome
      } finally {
        if (!done) kept = before
      }
    },
    lastBatch: () => rows().at(-1),
    batch: (number) => rows().find((row) => row.number === number),
    body: (number) => kept.batches.find(({ row }) => row.number === number)?.body,
    answeredTo: () => (rows().find(({ answeredAt }) => answeredAt === undefined)?.number ?? kept.batches.length + 1) - 1,
    unanswered: () => {
      const open = rows().filter(({ answeredAt }) => answeredAt === undefined)
      return { batches: open.length, facts: sumOf(open, 'count'), bytes: sumOf(open, 'bytes') }
    },
    terminal: () => kept.terminal,
    formerTo: () => kept.formerTo,
    parked: (sequence) => kept.parked.get(sequence),
    parkedOf: (id) => parked().filter((row) => row.id === id),
    parkedWaiting: (after, limit) =>
      parked()
        .filter(({ sequence, state }) => sequence > after && isWaiting(state))
        .slice(0, limit),
    hasParked: () => kept.parked.size > 0,
    parkedCounts: () => countsOf(parked()),
    confirmedBefore: () => confirmedBefore(parked()),
    download: (kind) => kept.downloads.get(kind),
    downloads: () => DOWNLOAD_KINDS.flatMap((kind) => rowOf(kept.downloads.get(kind))),
    apart: () => kept.apart,
    enrolledAs: (terminal) => {
      kept = underName(kept, terminal)
    },
    addBatch: (made) => {
      invariant(follows(made, rows().at(-1)), `batch ${made.number} does not follow the last one`)
      const { body, ...rest } = made
      kept = { ...kept, batches: [...kept.batches, { row: { ...rest, bytes: body.length, answeredAt: undefined }, body }] }
    },
    answerBatch: (number, answeredAt) => {
      kept = withRows(kept, (row) => (row.number === number && row.answeredAt === undefined ? { ...row, answeredAt } : row))
    },
    forgetAnswers: (after) => {
      kept = withRows(kept, (row) => (row.number > after ? { ...row, answeredAt: undefined } : row))
    },
    putParked: (row) => {
      const since = kept.parked.get(row.sequence)?.since ?? row.since
      kept = { ...kept, parked: new Map([...kept.parked, [row.sequence, { ...row, since }]]) }
    },
    putDownload: (download) => {
      kept = { ...kept, downloads: new Map([...kept.downloads, [download.kind, download]]) }
    },
    checkedDownload: (kind, checkedAt) => {
      const known = kept.downloads.get(kind)
      if (known !== undefined) kept = { ...kept, downloads: new Map([...kept.downloads, [kind, { ...known, checkedAt }]]) }
    },
    setApart: (apart) => {
      kept = { ...kept, apart }
    }
  }
}

const follows = ({ number, previous, first }: MadeBatch, last: BatchRow | undefined): boolean =>
  number === (last?.number ?? 0) + 1 && previous === (last?.hash ?? NO_BATCH) && first === (last === undefined ? 1 : last.first + last.count)

function rowOf(download: Downloaded | undefined): DownloadRow[] {
  if (download === undefined) return []
  const { document: _, ...row } = download
  return [row]
}

const countsOf = (parked: readonly ParkedRow[]): ParkedCounts => ({
  waiting: parked.filter(({ state }) => isWaiting(state)).length,
  reversed: parked.filter(({ state }) => state === 'reversed').length
})

function underName(kept: Kept, terminal: string): Kept {
  const isAnew = kept.terminal !== undefined && kept.terminal !== terminal
  return isAnew ? { ...kept, batches: [], apart: undefined, formerTo: formerTo(kept), terminal } : { ...kept, terminal }
}

const formerTo = ({ batches, formerTo: before }: Kept): number =>
  batches.reduce((last, { row }) => (row.answeredAt === undefined ? last : Math.max(last, row.first + row.count - 1)), before)

const withRows = (kept: Kept, changed: (row: BatchRow) => BatchRow): Kept => ({
  ...kept,
  batches: kept.batches.map(({ row, body }) => ({ row: changed(row), body }))
})

const sumOf = (rows: readonly BatchRow[], name: 'count' | 'bytes'): number => rows.reduce((total, row) => total + row[name], 0)

function confirmedBefore(parked: readonly ParkedRow[]): ConfirmedBefore {
  const before = parked.filter(({ state, verdict }) => isWaiting(state) && wasConfirmed(verdict))
  return { count: before.length, first: before[0]?.sequence }
}
