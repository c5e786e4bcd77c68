/**
 * A simulated chip - card or PSAM - in a file: opened by one process at a time, its memory the file's bytes. A file that
 * holds no such chip is refused and stays as it is.
 */

import { closeSync, fsyncSync, openSync, readFileSync, realpathSync, statSync, writeSync } from 'node:fs'
import { ok, refuse, type Result } from '../../base/result.ts'
import { MemoryMedium } from '../../card/chip/memory-medium.ts'
import type { NonvolatileMedium } from '../../card/ports.ts'
import type { FaultPoint } from './fault-point.ts'
import { lockFile, type FileInUse } from './file-lock.ts'
import { FileMedium } from './file-medium.ts'

export type ChipFileRefusal =
  | { readonly kind: 'no-such-file'; readonly path: string }
  | { readonly kind: 'not-a-file'; readonly path: string }
  /** Hard links: the lock, which goes by name, would let each name in. */
  | { readonly kind: 'several-names'; readonly path: string; readonly names: number }
  | FileInUse
  /** A chip counts its tries and serials in every session: one that cannot be written serves nobody. */
  | { readonly kind: 'file-not-writable'; readonly path: string; readonly detail: string }
  /** `reason` says what is wrong with its bytes. */
  | { readonly kind: 'not-a-chip-file'; readonly path: string; readonly reason: string }

export interface ChipFile<Chip> {
  readonly chip: Chip
  close(): void
}

const CHIP_BYTES_MAX = 1024 * 1024

/** What makes a chip of the bytes of a file, or the reason why they are none. */
export interface ChipKind<Chip> {
  /** Fault points that each write into its memory passes: "card-write", "psam-write". */
  readonly writes: string
  build(memory: NonvolatileMedium): Result<Chip, string>
}

export function openChipFile<Chip>(
  given: string,
  kind: ChipKind<Chip>,
  faultPoint: FaultPoint
): Result<ChipFile<Chip>, ChipFileRefusal> {
  const found = statSync(given, { throwIfNoEntry: false })
  if (found === undefined) return refuse({ kind: 'no-such-file', path: given })
  if (!found.isFile()) return refuse({ kind: 'not-a-file', path: given })
  if (found.nlink > 1) return refuse({ kind: 'several-names', path: given, names: found.nlink })
  // One chip, one lock, also when it is reached through a link.
  const path = realpathSync(given)
  if (found.size > CHIP_BYTES_MAX) return refuse({ kind: 'not-a-chip-file', path, reason: `${found.size} bytes are too many` })
  // Looked at before it is locked: a lock would leave its own file beside one that is not ours.
  const looked = kind.build(new MemoryMedium(readFileSync(path)))
  if (!looked.ok) return refuse({ kind: 'not-a-chip-file', path, reason: looked.error })
  const lock = lockFile(path)
  if (!lock.ok) return lock
  const opened = openMedium(path, kind.writes, faultPoint)
  if (!opened.ok) {
    lock.value.free()
    return opened
  }
  const medium = opened.value
  const close = (): void => {
    medium.close()
    lock.value.free()
  }
  const chip = kind.build(medium)
  if (chip.ok) return ok({ chip: chip.value, close })
  close()
  return refuse({ kind: 'not-a-chip-file', path, reason: chip.error })
}

function openMedium(path: string, writes: string, faultPoint: FaultPoint): Result<FileMedium, ChipFileRefusal> {
  try {
    return ok(new FileMedium(path, writes, faultPoint))
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause
    return refuse({ kind: 'file-not-writable', path, detail: cause.message })
  }
}

export type CreateRefusal = { readonly kind: 'file-exists'; readonly path: string }

/** Writes a new image; a file that is already there is never overwritten. */
export function createChipFile(path: string, image: Uint8Array): Result<null, CreateRefusal> {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return refuse({ kind: 'file-exists', path })
  const descriptor = openSync(path, 'wx')
  writeSync(descriptor, image)
  fsyncSync(descriptor)
  closeSync(descriptor)
  return ok(null)
}
