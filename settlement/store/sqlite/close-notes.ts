/** What is said while a day is being closed, in the ledger's own file. */

import type { Database } from 'better-sqlite3'
import { ok, type Result } from '../../../base/result.ts'
import type { CloseNote, CloseNotes, ReadableCloseNotes } from '../../close/ports.ts'
import { RESOLUTIONS, type Resolution } from '../../close/resolution.ts'
import { MalformedContent } from '../../ledger/canonical.ts'
import type { StoreFailure } from '../../ledger/refusal.ts'
import { fen } from '../../money/fen.ts'
import { sorted, within } from './sqlite-reader.ts'

type StoredNote = { readonly at: string } & (
  | { readonly kind: 'count'; readonly float: number; readonly counted: number; readonly collected: number }
  | { readonly kind: 'decision'; readonly item: string; readonly resolution: string; readonly decided_by: string; readonly person: string; readonly note: string }
)

export function sqliteCloseNotesReader(database: Database): ReadableCloseNotes {
  const count = database.prepare<[], number>('SELECT count(*) FROM close_note').pluck()
  const notes = database.prepare<[number], StoredNote>(
    'SELECT kind, at, float, counted, collected, item, resolution, decided_by, person, note FROM close_note WHERE after = ? ORDER BY number'
  )
  return {
    count: () => sorted(() => count.get() ?? 0),
    notes: (after) => sorted(() => notes.all(after).map(noteOf))
  }
}

export function sqliteCloseNotes(database: Database): CloseNotes {
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  const number = database.prepare<[], number>('SELECT coalesce(max(number), 0) + 1 FROM close_note').pluck()
  const insert = database.prepare('INSERT INTO close_note VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  return {
    ...sqliteCloseNotesReader(database),
    add: (after, note): Result<undefined, StoreFailure> => {
      const written = within(database, { begin, commit }, () => insert.run(number.get(), after, ...columnsOf(note)))
      return written.ok ? ok(undefined) : written
    }
  }
}

function columnsOf(note: CloseNote): (string | number | null)[] {
  if (note.kind === 'count') {
    const { float, counted, collected } = note.count
    return ['count', note.at, float, counted, collected, null, null, null, null, null]
  }
  const { item, resolution, by, person, note: words, at } = note.decision
  return ['decision', at, null, null, null, item, resolution, by, person, words]
}

function noteOf(stored: StoredNote): CloseNote {
  if (stored.kind === 'count') {
    const { float, counted, collected, at } = stored
    return { kind: 'count', count: { float: fen(float), counted: fen(counted), collected: fen(collected) }, at }
  }
  const { item, resolution, decided_by, person, note, at } = stored
  return { kind: 'decision', decision: { item, resolution: resolutionOf(resolution), by: decided_by, person, note, at } }
}

function resolutionOf(text: string): Resolution {
  const known = RESOLUTIONS.find((resolution) => resolution === text)
  if (known === undefined) throw new MalformedContent(`"${text}" is no resolution`)
  return known
}
