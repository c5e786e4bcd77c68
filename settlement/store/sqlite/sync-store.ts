/** What a terminal keeps of its centre, in the ledger's own file and, where it matters, in the ledger's own transactions. */

import type { Database } from 'better-sqlite3'
import { refuse, type Result } from '../../../base/result.ts'
import type { StoreFailure } from '../../ledger/refusal.ts'
import { DOWNLOAD_KINDS, type DownloadKind } from '../../sync/link.ts'
import type { ParkedVerdict } from '../../sync/parked.ts'
import type {
  Apart,
  BatchRow,
  Downloaded,
  DownloadRow,
  MadeBatch,
  ParkedCounts,
  ParkedRow,
  ReadableSyncStore,
  SyncStore,
  Unanswered
} from '../../sync/sync-store.ts'
import { within } from './sqlite-reader.ts'

const BATCH = 'number, previous, hash, first, count, made_at AS madeAt, bytes, answered_at AS answeredAt'
const PARKED = 'sequence, kind, id, verdict, since, state, retries, changed_at AS changedAt, note'
const DOWNLOAD = 'kind, version, etag, fetched_at AS fetchedAt, checked_at AS checkedAt'

type StoredBatch = Omit<BatchRow, 'answeredAt'> & { readonly answeredAt: string | null }
type StoredParked = Omit<ParkedRow, 'verdict'> & { readonly verdict: string }

export function sqliteSyncReader(database: Database): ReadableSyncStore {
  const begin = database.prepare('BEGIN')
  const commit = database.prepare('COMMIT')
  const lastBatch = database.prepare<[], StoredBatch>(`SELECT ${BATCH} FROM sync_batch ORDER BY number DESC LIMIT 1`)
  const batch = database.prepare<[number], StoredBatch>(`SELECT ${BATCH} FROM sync_batch WHERE number = ?`)
  const body = database.prepare<[number], Uint8Array>('SELECT body FROM sync_body WHERE number = ?').pluck()
  const answeredTo = database
    .prepare<[], number>(
      `SELECT coalesce((SELECT min(number) - 1 FROM sync_batch WHERE answered_at IS NULL), (SELECT max(number) FROM sync_batch), 0)`
    )
    .pluck()
  const unanswered = database.prepare<[], Unanswered>(
    `SELECT count(*) AS batches, coalesce(sum(count), 0) AS facts, coalesce(sum(bytes), 0) AS bytes
     FROM sync_batch WHERE answered_at IS NULL`
  )
  const parked = database.prepare<[number], StoredParked>(`SELECT ${PARKED} FROM parked WHERE sequence = ?`)
  const parkedOf = database.prepare<[string], StoredParked>(`SELECT ${PARKED} FROM parked WHERE id = ? ORDER BY sequence`)
  const waiting = database.prepare<[number, number], StoredParked>(
    `SELECT ${PARKED} FROM parked WHERE state IN ('open', 'handed-over') AND sequence > ? ORDER BY sequence LIMIT ?`
  )
  const counts = database.prepare<[], ParkedCounts>(
    `SELECT (SELECT count(*) FROM parked WHERE state IN ('open', 'handed-over')) AS waiting,
       (SELECT count(*) FROM parked WHERE state = 'reversed') AS reversed`
  )
  const before = database.prepare<[], { readonly count: number; readonly first: number | null }>(
    `SELECT count(*) AS count, min(sequence) AS first FROM parked
     WHERE state IN ('open', 'handed-over') AND json_extract(verdict, '$.wasConfirmed')`
  )
  const hasParked = database.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM parked)').pluck()
  const download = database.prepare<[DownloadKind], Downloaded>(`SELECT ${DOWNLOAD}, document FROM download WHERE kind = ?`)
  const downloads = database.prepare<[], DownloadRow>(`SELECT ${DOWNLOAD} FROM download`)
  const apart = database.prepare<[], Apart>('SELECT kind, batch FROM sync_apart')
  return {
    read: (work) => within(database, { begin, commit }, work),
    lastBatch: () => batchRow(lastBatch.get()),
    batch: (number) => batchRow(batch.get(number)),
    body: (number) => plain(body.get(number)),
    answeredTo: () => answeredTo.get() ?? 0,
    unanswered: () => unanswered.get() ?? { batches: 0, facts: 0, bytes: 0 },
    ...readNames(database),
    parked: (sequence) => parkedRow(parked.get(sequence)),
    parkedOf: (id) => parkedOf.all(id).flatMap((row) => parkedRow(row) ?? []),
    parkedWaiting: (after, limit) => waiting.all(after, limit).flatMap((row) => parkedRow(row) ?? []),
    parkedCounts: () => counts.get() ?? { waiting: 0, reversed: 0 },
    confirmedBefore: () => {
      const row = before.get()
      return { count: row?.count ?? 0, first: row?.first ?? undefined }
    },
    hasParked: () => hasParked.get() === 1,
    download: (kind) => download.get(kind),
    downloads: () => {
      const rows = downloads.all()
      return DOWNLOAD_KINDS.flatMap((kind) => rows.find((row) => row.kind === kind) ?? [])
    },
    apart: () => apart.get()
  }
}

function readNames(database: Database): Pick<ReadableSyncStore, 'terminal' | 'formerTo'> {
  const terminal = database.prepare<[], string>('SELECT terminal FROM sync_terminal').pluck()
  const formerTo = database.prepare<[], number>('SELECT coalesce(max(first + count - 1), 0) FROM former_batch WHERE answered_at IS NOT NULL').pluck()
  return { terminal: () => terminal.get(), formerTo: () => formerTo.get() ?? 0 }
}

export function sqliteSyncStore(database: Database): SyncStore {
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  const insert = prepareInserts(database)
  const reader = sqliteSyncReader(database)
  return {
    ...reader,
    transaction: (work) => undoneWhenRefused((undo) => within(database, { begin, commit }, () => undo(work()))),
    enrolledAs: (terminal) => {
      const before = reader.terminal()
      if (before !== undefined && before !== terminal) leave(insert, before)
      insert.enrolled.run(terminal)
    },
    addBatch: (made) => addBatch(insert, made),
    answerBatch: (number, answeredAt) => {
      insert.answer.run(answeredAt, number)
    },
    forgetAnswers: (after) => {
      insert.forget.run(after)
    },
    putParked: ({ sequence, kind, id, verdict, since, state, retries, changedAt, note }) => {
      insert.parked.run(sequence, kind, id, JSON.stringify(verdict), since, state, retries, changedAt, note)
    },
    putDownload: ({ kind, version, etag, fetchedAt, checkedAt, document }) => {
      insert.download.run(kind, version, etag, fetchedAt, checkedAt, document)
    },
    checkedDownload: (kind, checkedAt) => {
      insert.checked.run(checkedAt, kind)
    },
    setApart: (apart) => {
      if (apart === undefined) insert.together.run()
      else insert.apart.run(apart.kind, apart.batch)
    }
  }
}

type Inserts = ReturnType<typeof prepareInserts>

function prepareInserts(database: Database) {
  return {
    batch: database.prepare('INSERT INTO sync_batch VALUES (?, ?, ?, ?, ?, ?, ?, NULL)'),
    body: database.prepare('INSERT INTO sync_body VALUES (?, ?)'),
    answer: database.prepare('UPDATE sync_batch SET answered_at = ? WHERE number = ? AND answered_at IS NULL'),
    forget: database.prepare('UPDATE sync_batch SET answered_at = NULL WHERE number > ? AND answered_at IS NOT NULL'),
    parked: database.prepare(
      `INSERT INTO parked VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
         verdict = excluded.verdict, state = excluded.state, retries = excluded.retries,
         changed_at = excluded.changed_at, note = excluded.note`
    ),
    download: database.prepare(
      `INSERT INTO download VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
         version = excluded.version, etag = excluded.etag, fetched_at = excluded.fetched_at,
         checked_at = excluded.checked_at, document = excluded.document`
    ),
    checked: database.prepare('UPDATE download SET checked_at = ? WHERE kind = ?'),
    apart: database.prepare('INSERT INTO sync_apart VALUES (1, ?, ?) ON CONFLICT DO UPDATE SET kind = excluded.kind, batch = excluded.batch'),
    together: database.prepare('DELETE FROM sync_apart'),
    enrolled: database.prepare('INSERT INTO sync_terminal VALUES (1, ?) ON CONFLICT DO UPDATE SET terminal = excluded.terminal'),
    former: database.prepare(
      'INSERT INTO former_batch SELECT hash, ?, number, previous, first, count, made_at, bytes, answered_at FROM sync_batch'
    ),
    noBodies: database.prepare('DELETE FROM sync_body'),
    noBatches: database.prepare('DELETE FROM sync_batch')
  }
}

function addBatch(insert: Inserts, { number, previous, hash, first, count, madeAt, body }: MadeBatch): void {
  insert.batch.run(number, previous, hash, first, count, madeAt, body.length)
  insert.body.run(number, body)
}

function leave(insert: Inserts, terminal: string): void {
  insert.former.run(terminal)
  insert.noBodies.run()
  insert.noBatches.run()
  insert.together.run()
}

/** Takes a refusal through the driver's rollback, which only an exception makes. */
class Undone<Refusal> extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super('the transaction was refused')
    this.refusal = refusal
  }
}

function undoneWhenRefused<Value, Refusal>(
  run: (undo: (outcome: Result<Value, Refusal>) => Value) => Result<Value, StoreFailure>
): Result<Value, Refusal | StoreFailure> {
  const refusals: Undone<Refusal>[] = []
  try {
    return run((outcome) => {
      if (outcome.ok) return outcome.value
      const undone = new Undone(outcome.error)
      refusals.push(undone)
      throw undone
    })
  } catch (cause) {
    const own = refusals.find((undone) => undone === cause)
    if (own === undefined) throw cause
    return refuse(own.refusal)
  }
}

function batchRow(row: StoredBatch | undefined): BatchRow | undefined {
  return row && { ...row, answeredAt: row.answeredAt ?? undefined }
}

/** The verdict was written by this program, and the schema keeps it JSON. */
function parkedRow(row: StoredParked | undefined): ParkedRow | undefined {
  if (row === undefined) return undefined
  const verdict: ParkedVerdict = JSON.parse(row.verdict)
  return { ...row, verdict }
}

const plain = (buffer: Uint8Array | undefined): Uint8Array | undefined =>
  buffer && new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
