/** Finding facts in SQLite: every question is one prepared statement over one index. */

import type { Database } from 'better-sqlite3'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { MalformedContent } from '../../ledger/canonical.ts'
import { decodeCounters } from '../../ledger/fact-decoding.ts'
import type { NumberedContent, ReadableStore, StoredContent } from '../../ledger/ledger-store.ts'
import type { Head } from '../../ledger/chain.ts'
import type { Fact } from '../../ledger/fact.ts'
import type { StoreFailure } from '../../ledger/refusal.ts'
import { confirmations, days, loads, type PrepareNumber } from './centre-readings.ts'
import { dispensedReadings } from './dispensed-rows.ts'
import { storeFailure } from './failure.ts'
import { hourTotals } from './hour-totals.ts'

/** The row of `standing` that is the end of the chain. */
export const END = "institution = '' AND visit_no = ''"

export function sqliteReader(database: Database): ReadableStore {
  const number: PrepareNumber = (sql) => database.prepare<unknown[], number>(sql).pluck()
  const totals = hourTotals(database)
  const begin = database.prepare('BEGIN')
  const commit = database.prepare('COMMIT')
  return {
    read: (work) => within(database, { begin, commit }, work),
    ask: sorted,
    ...facts(database),
    ...settlements(number),
    counters: counters(database),
    ...confirmations(database, number),
    ...loads(number),
    ...days(number),
    ...dispensedReadings(database),
    dayTotals: totals.kept,
    provedTotals: totals.proved,
    close: () => database.close()
  }
}

function facts(database: Database): Pick<ReadableStore, 'head' | 'contentAt' | 'resultOf' | 'log' | 'lendContents' | 'kinds'> {
  const head = database.prepare<[], Head>(`SELECT sequence, hash FROM standing WHERE ${END}`)
  const fact = database.prepare<[number], StoredContent>('SELECT content, hash FROM fact WHERE sequence = ?')
  const log = database.prepare<[number, number], NumberedContent>(
    'SELECT sequence, content, hash FROM fact WHERE sequence > ? ORDER BY sequence LIMIT ?'
  )
  const contents = database
    .prepare<[number, number], Uint8Array>('SELECT content FROM fact WHERE sequence > ? ORDER BY sequence LIMIT ?')
    .pluck()
  const kinds = database
    .prepare<[number, number], Fact['kind']>('SELECT kind FROM fact WHERE sequence > ? ORDER BY sequence LIMIT ?')
    .pluck()
  const result = database.prepare<[number], Uint8Array>('SELECT document FROM result WHERE hold = ?').pluck()
  return {
    head: () => {
      const row = head.get()
      if (row === undefined) throw new MalformedContent('the head of the chain is missing')
      return { sequence: row.sequence, hash: plain(row.hash) }
    },
    contentAt: (sequence) => {
      const row = fact.get(sequence)
      return row === undefined ? undefined : { content: plain(row.content), hash: plain(row.hash) }
    },
    log: (after, limit) =>
      log.all(after, limit).map(({ sequence, content, hash }) => ({ sequence, content: plain(content), hash: plain(hash) })),
    lendContents: (after, limit, use) => {
      for (const content of contents.all(after, limit)) {
        if (!use(plain(content))) return
        letGo(content)
      }
    },
    kinds: (after, limit) => kinds.all(after, limit),
    resultOf: (hold) => {
      const document = result.get(hold)
      return document === undefined ? undefined : plain(document)
    }
  }
}

type Settlements = Pick<
  ReadableStore,
  'holdOf' | 'openHolds' | 'holdOfVisit' | 'postingOf' | 'releaseOf' | 'correctionOf' | 'postedHolds' | 'correctionById'
>

function settlements(number: PrepareNumber): Settlements {
  const holdOf = number(
    `SELECT sequence FROM standing WHERE settlement_id = ?
     UNION ALL SELECT hold FROM posting WHERE settlement_id = ? UNION ALL SELECT hold FROM release WHERE settlement_id = ?`
  )
  const openHolds = number('SELECT sequence FROM standing WHERE hash IS NULL ORDER BY sequence')
  const holdOfVisit = number(
    `SELECT sequence FROM standing WHERE institution = ? AND visit_no = ?
     UNION ALL SELECT hold FROM posting WHERE institution = ? AND visit_no = ?`
  )
  const posting = number('SELECT sequence FROM posting WHERE hold = ?')
  const release = number('SELECT sequence FROM release WHERE hold = ?')
  const posted = number('SELECT hold FROM posting WHERE hold < ? ORDER BY hold DESC LIMIT ?')
  const postedOfPerson = number(
    'SELECT hold FROM posting WHERE person_no = ? AND hold < ? ORDER BY hold DESC LIMIT ?'
  )
  const correction = number('SELECT sequence FROM correction WHERE hold = ?')
  const correctionById = number('SELECT sequence FROM correction WHERE correction_id = ?')
  return {
    holdOf: (settlementId) => holdOf.get(settlementId, settlementId, settlementId),
    openHolds: () => openHolds.all(),
    holdOfVisit: ({ institution, visitNo }) => holdOfVisit.get(institution, visitNo, institution, visitNo),
    postingOf: (hold) => posting.get(hold),
    releaseOf: (hold) => release.get(hold),
    correctionOf: (hold) => correction.get(hold),
    postedHolds: ({ personNo, before = Number.MAX_SAFE_INTEGER, limit }) =>
      personNo === undefined ? posted.all(before, limit) : postedOfPerson.all(personNo, before, limit),
    correctionById: (correctionId) => correctionById.get(correctionId)
  }
}

function counters(database: Database): ReadableStore['counters'] {
  const accumulator = database
    .prepare<unknown[], Uint8Array>(
      'SELECT counters FROM accumulator WHERE person_no = ? AND insurance_type = ? AND policy_year = ?'
    )
    .pluck()
  return ({ personNo, insuranceType, policyYear }) => {
    const stored = accumulator.get(personNo, insuranceType, policyYear)
    return stored === undefined ? {} : decodeCounters(plain(stored))
  }
}

/**
 * The driver hands out Buffers, whose `slice` shares memory where a Uint8Array's copies; and null where a damaged file has no bytes in
 * a column that is never without.
 */
function plain(buffer: Uint8Array | null): Uint8Array {
  if (buffer === null) throw new MalformedContent('bytes are missing')
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}

/**
 * The collector counts what lies outside its heap until it has run: a batch's contents had it go through everything that a till remembers
 * at every second batch.
 */
function letGo({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}

interface Bounds {
  readonly begin: { run(): unknown }
  readonly commit: { run(): unknown }
}

/**
 * Runs `work` between `begin` and `commit`. Work that is already inside a transaction joins it, which is how many
 * settlements become durable with one flush.
 */
export function within<Value>(database: Database, bounds: Bounds, work: () => Value): Result<Value, StoreFailure> {
  if (database.inTransaction) return ok(work())
  return sorted(() => {
    try {
      bounds.begin.run()
      const value = work()
      bounds.commit.run()
      return value
    } catch (cause) {
      if (database.inTransaction) database.exec('ROLLBACK')
      throw cause
    }
  })
}

/** Gives SQLite's failures as values; a fault of this program goes on as it came. */
export function sorted<Value>(work: () => Value): Result<Value, StoreFailure> {
  try {
    return ok(work())
  } catch (cause) {
    const failure = storeFailure(cause)
    if (failure === undefined) throw cause
    return refuse(failure)
  }
}
