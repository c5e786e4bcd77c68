/**
 * One process at a time may hold a card, a PSAM or another simulated chip: two terminals cannot have one card in their
 * readers. It is the ledger's own writer lock: freed by the operating system however the process ends.
 */

import { refuse, type Result } from '../../base/result.ts'
import { lockForWriting } from '../../settlement/store/sqlite/writer-lock.ts'

export interface FileLock {
  free(): void
}

export type FileInUse =
  | { readonly kind: 'file-in-use'; readonly path: string }
  /** The folder takes no lock file, or its disk fails. */
  | { readonly kind: 'file-not-lockable'; readonly path: string; readonly detail: string }

/** Long enough for one of two that ask at the same moment to win, too short for anybody to wait for. */
const WAIT_MS = 100

export function lockFile(path: string): Result<FileLock, FileInUse> {
  const lock = lockForWriting(path, WAIT_MS)
  if (lock.ok) return lock
  return lock.error.kind === 'in-use'
    ? refuse({ kind: 'file-in-use', path })
    : refuse({ kind: 'file-not-lockable', path, detail: lock.error.detail })
}
