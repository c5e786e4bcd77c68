/**
 * Verifies a ledger file, or a copy of one with its write-ahead log, against its own log of facts. Opens it for reading
 * only. Whatever bytes the file holds, this returns: damage is a finding, and a file that is no ledger is a refusal.
 */

import Database from 'better-sqlite3'
import { ok, refuse, type Result } from '../../base/result.ts'
import { Findings, type Finding } from './finding.ts'
import { logOf, versionOfFile, type LedgerFileRefusal } from './ledger-file.ts'
import { brokenFrame } from './log-file.ts'
import { Replay, type FactRow } from './replay.ts'
import { checkSchema } from './schema.ts'
import { equalBytes, ExpectedTables } from './tables.ts'

export interface VerifyReport {
  readonly sound: boolean
  readonly findings: readonly Finding[]
  /** All of them; `findings` keeps the first thousand. */
  readonly findingCount: number
  readonly holds: number
  readonly postings: number
  readonly releases: number
  readonly corrections: number
  readonly confirmations: number
  readonly loads: number
  readonly closes: number
  readonly openHolds: number
  /** Postings, corrections and loads that no centre has confirmed. */
  readonly awaiting: number
  /** Holds that were restored from a centre, which has no results: their statements show less. */
  readonly resultsLost: number
  readonly head: { readonly sequence: number; readonly hash: Uint8Array }
}

export type VerifyRefusal = LedgerFileRefusal

export interface HeadElsewhere {
  readonly sequence: number
  readonly hash: Uint8Array
}

const HEAD_HASH_BYTES_MIN = 8

export interface VerifyOptions {
  /**
   * A fact's number and hash as somebody else knows them: facts cut off behind it cannot be missed. Of the hash at least
   * the first 8 bytes, as a statement prints them.
   */
  readonly headElsewhere?: HeadElsewhere
}

export function verifyLedger(path: string, options: VerifyOptions = {}): Result<VerifyReport, VerifyRefusal> {
  const version = versionOfFile(path)
  if (!version.ok) return version
  let database: Database.Database
  try {
    database = new Database(path, { readonly: true, fileMustExist: true })
  } catch (cause) {
    return refuse({ kind: 'cannot-open', path, detail: messageOf(cause) })
  }
  try {
    return ok(verify(database, { path, version: version.value, ...options }))
  } finally {
    database.close()
  }
}

interface Verified extends VerifyOptions {
  readonly path: string
  readonly version: number
}

function verify(database: Database.Database, { path, version, headElsewhere }: Verified): VerifyReport {
  const findings = new Findings()
  const attempt = (step: string, work: () => void): void => {
    try {
      work()
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause)) throw cause
      findings.add({ kind: 'unreadable', step, detail: `${String(cause.code)}: ${cause.message}` })
    }
  }
  // One view of the ledger for all steps, even while a till writes on.
  attempt('a snapshot', () => database.exec('BEGIN; SELECT 1 FROM sqlite_schema'))
  attempt('the write-ahead log', () => checkLog(path, findings))
  attempt('the schema', () => checkSchema(database, version, findings))
  attempt('the structure', () => checkStructure(database, findings))
  const tables = new ExpectedTables(database, findings, version)
  const replay = new Replay(findings, tables, (sequence) => contentOf(database, sequence))
  attempt('the facts', () => walk(database, replay))
  attempt('the tables', () => replay.finish())
  attempt('the head', () => checkHead(database, replay, findings))
  attempt('the entries', () => checkBalance(database, findings))
  const head = { sequence: Number(replay.sequence), hash: replay.hash }
  if (headElsewhere !== undefined && !holdsHead(database, headElsewhere)) {
    findings.add({ kind: 'head', recorded: 'elsewhere', sequence: head.sequence })
  }
  const { hold, posting, release, correction, confirmation, load, close, resultLost } = replay.counts
  return {
    sound: findings.count === 0,
    findings: findings.list,
    findingCount: findings.count,
    holds: hold,
    postings: posting,
    releases: release,
    corrections: correction,
    confirmations: confirmation,
    loads: load,
    closes: close,
    openHolds: replay.openHoldCount,
    awaiting: replay.awaitingCount,
    resultsLost: resultLost,
    head
  }
}

function checkLog(path: string, findings: Findings): void {
  const frame = brokenFrame(logOf(path))
  if (frame !== undefined) findings.add({ kind: 'log-damaged', frame })
}

/** Names given anew: in a damaged schema a column may be called `Hash`. */
const FACTS = `
  SELECT sequence AS sequence, kind AS kind, content AS content, hash AS hash FROM fact ORDER BY sequence`

function walk(database: Database.Database, replay: Replay): void {
  for (const fact of database.prepare<[], FactRow>(FACTS).safeIntegers().iterate()) replay.step(fact)
}

const contentOf = (database: Database.Database, sequence: bigint): Uint8Array | undefined =>
  database.prepare<[bigint], Uint8Array>('SELECT content FROM fact WHERE sequence = ?').pluck().get(sequence)

function checkStructure(database: Database.Database, findings: Findings): void {
  for (const detail of database.prepare<[], string>('PRAGMA integrity_check').pluck().all()) {
    if (detail !== 'ok') findings.add({ kind: 'structure', detail })
  }
  for (const { table } of database.prepare<[], { table: string }>('PRAGMA foreign_key_check').all()) {
    findings.add({ kind: 'structure', detail: `a row of ${table} names a row that is not there` })
  }
}

interface HeadRow {
  readonly sequence: unknown
  readonly hash: unknown
}

const HEAD = "SELECT sequence AS sequence, hash AS hash FROM standing WHERE institution = '' AND visit_no = ''"

function checkHead(database: Database.Database, replay: Replay, findings: Findings): void {
  const head = database.prepare<[], HeadRow>(HEAD).safeIntegers().get()
  const isEnd = head?.sequence === replay.sequence && sameBytes(head.hash, replay.hash)
  if (!isEnd) findings.add({ kind: 'head', recorded: 'in the ledger', sequence: Number(replay.sequence) })
}

/** The entries once more, by SQL's own sums and without knowing what they should be. */
function checkBalance(database: Database.Database, findings: Findings): void {
  const sums = database.prepare<[], number>('SELECT fact FROM entry GROUP BY fact HAVING sum(amount) <> 0').pluck()
  for (const sequence of sums.all()) findings.add({ kind: 'unbalanced', sequence })
}

function holdsHead(database: Database.Database, head: HeadElsewhere): boolean {
  if (head.sequence === 0) return true
  if (head.hash.length < HEAD_HASH_BYTES_MIN) return false
  try {
    const hash = database.prepare('SELECT hash FROM fact WHERE sequence = ?').pluck().get(head.sequence)
    return hash instanceof Uint8Array && sameBytes(hash.subarray(0, head.hash.length), head.hash)
  } catch (cause) {
    if (cause instanceof Database.SqliteError) return false
    throw cause
  }
}

const sameBytes = (stored: unknown, expected: Uint8Array): boolean =>
  stored instanceof Uint8Array && equalBytes(stored, expected)

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
