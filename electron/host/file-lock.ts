/**
 * One process at a time may hold a card, a PSAM or another simulated chip: two terminals cannot have one card in their
 * readers. It is the ledger's own writer lock: freed by the operating system however the process ends.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { lockForWriting } from '../../settlement/store/sqlite/writer-lock.ts'

export interface FileLock {
  free(): void
}

export type FileInUse = { readonly kind: 'file-in-use'; readonly path: string }

/** Long enough for one of two that ask at the same moment to win, too short for anybody to wait for. */
const WAIT_MS = 100

export function lockFile(path: string): Result<FileLock, FileInUse> {
  const lock = lockForWriting(path, WAIT_MS)
  return lock === undefined ? refuse({ kind: 'file-in-use', path }) : ok(lock)
}
