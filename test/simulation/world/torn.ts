/**
 * What a power loss leaves of a write that was under way, by the 512 bytes that a drive writes at once: of what was not flushed
 * each such piece is the old one or the new one, one of them may be half of each, and a file that grew may have any length between.
 */

import type { Random } from './random.ts'

const SECTOR = 512
/** Magic, version, page size, counters, salts and checksum of a write-ahead log. */
const LOG_HEADER = 32

/** Any of its pieces may have landed, in any order. All old and all new are what happens most. */
export function torn(before: Uint8Array, after: Uint8Array, random: Random): Uint8Array {
  const mode = random.pick(['none', 'all', 'some', 'some', 'first'] as const)
  if (mode === 'none') return before.slice()
  if (mode === 'all') return after.slice()
  const length = random.between(Math.min(before.length, after.length), Math.max(before.length, after.length))
  const left = new Uint8Array(length)
  left.set(before.subarray(0, length))
  const first = random.below(Math.ceil(length / SECTOR) + 1) * SECTOR
  for (let at = 0; at < length; at += SECTOR) {
    const piece = after.subarray(at, Math.min(at + SECTOR, length))
    if (mode === 'first' ? at < first : random.below(2) === 0) left.set(piece, at)
    else if (mode === 'first' && at === first) left.set(piece.subarray(0, random.below(SECTOR)), at)
  }
  return left
}

/**
 * SQLite (synchronous FULL) flushes the header of a log that begins anew before it writes the first frame behind it: with an old or
 * a torn header no frame is new.
 */
export function tornLog(before: Uint8Array, after: Uint8Array, random: Random): Uint8Array {
  if (sameHeader(before, after) || before.length < LOG_HEADER || random.below(2) === 0) {
    const left = torn(before, after, random)
    left.set(after.subarray(0, Math.min(LOG_HEADER, left.length)))
    return left
  }
  const left = before.slice()
  left.set(after.subarray(0, random.below(LOG_HEADER + 1)))
  return left
}

function sameHeader(before: Uint8Array, after: Uint8Array): boolean {
  for (let at = 0; at < LOG_HEADER; at += 1) if (before[at] !== after[at]) return false
  return true
}
