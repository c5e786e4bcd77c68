/**
 * What callers asked the card to sign, durable before the card is asked: a caller that got no answer asks again with the same
 * key and gets the same one. A file of its own: these debits belong to another program's bills, not to the till's ledger.
 *
 *   nothing -> open -> debited | not debited
 */

import type { Database } from 'better-sqlite3'
import { invariant } from '../../../base/invariant.ts'
import type { DebitEvidence, DebitIntent } from '../../../card/session/debit-intent.ts'
import { openDatabase, type OpenDatabase } from '../../../settlement/store/sqlite/open-database.ts'

export interface DebitKey {
  readonly caller: string
  /** The caller's own name for this debit. */
  readonly key: string
}

export interface DebitRow extends DebitKey {
  /** The parameters as they came: a key serves one debit only. */
  readonly request: string
  readonly intent: DebitIntent
  readonly state: 'open' | 'debited' | 'not-debited'
  readonly evidence: DebitEvidence | undefined
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS debit (
    caller TEXT NOT NULL,
    key TEXT NOT NULL,
    request TEXT NOT NULL,
    card_id TEXT NOT NULL,
    intent TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'debited', 'not-debited')),
    evidence TEXT,
    opened_at TEXT NOT NULL,
    PRIMARY KEY (caller, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS debit_open ON debit (card_id) WHERE state = 'open';`

interface Stored {
  readonly caller: string
  readonly key: string
  readonly request: string
  readonly intent: string
  readonly state: DebitRow['state']
  readonly evidence: string | null
}

export class DebitJournal {
  readonly #db: Database

  /** Throws when the file is no database of ours: nothing is signed that cannot be written down. */
  constructor(path: string, open: OpenDatabase = openDatabase) {
    this.#db = open(path)
    this.#db.pragma('journal_mode = WAL')
    this.#db.pragma('synchronous = FULL')
    this.#db.exec(SCHEMA)
  }

  find({ caller, key }: DebitKey): DebitRow | undefined {
    const row = this.#db.prepare<[string, string], Stored>('SELECT * FROM debit WHERE caller = ? AND key = ?').get(caller, key)
    return row && rowOf(row)
  }

  /** Of one card, oldest first. */
  openOf(cardId: string): DebitRow[] {
    return this.#db.prepare<[string], Stored>("SELECT * FROM debit WHERE card_id = ? AND state = 'open' ORDER BY opened_at").all(cardId).map(rowOf)
  }

  /** Durable when it returns. A key whose debit did not happen may be tried again; `at` is the till's own time. */
  open({ caller, key }: DebitKey, request: string, intent: DebitIntent, at: string): void {
    const { changes } = this.#db
      .prepare(
        `INSERT INTO debit (caller, key, request, card_id, intent, state, evidence, opened_at) VALUES (?, ?, ?, ?, ?, 'open', NULL, ?)
         ON CONFLICT (caller, key) DO UPDATE SET card_id = excluded.card_id, intent = excluded.intent, state = 'open', opened_at = excluded.opened_at
         WHERE state = 'not-debited' AND request = excluded.request`
      )
      .run(caller, key, request, intent.cardId, JSON.stringify(intent), at)
    invariant(changes === 1, 'a debit was opened twice')
  }

  close({ caller, key }: DebitKey, evidence: DebitEvidence | undefined): void {
    this.#db
      .prepare("UPDATE debit SET state = ?, evidence = ? WHERE caller = ? AND key = ? AND state = 'open'")
      .run(evidence === undefined ? 'not-debited' : 'debited', evidence === undefined ? null : JSON.stringify(evidence), caller, key)
  }

  end(): void {
    this.#db.close()
  }
}

const rowOf = ({ caller, key, request, intent, state, evidence }: Stored): DebitRow => ({
  caller,
  key,
  request,
  intent: JSON.parse(intent) as DebitIntent,
  state,
  evidence: evidence === null ? undefined : (JSON.parse(evidence) as DebitEvidence)
})
