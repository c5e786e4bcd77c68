/**
 * The write-ahead log by itself. SQLite ends a log at the first frame whose checksum fails and says nothing, so damage there
 * takes committed facts away and leaves a shorter ledger that is sound. Read from "The SQLite Database File Format",
 * section 4:
 *
 *   header, 32 bytes   magic | version | page size | checkpoint number | salt, 8 bytes | checksum of the 24 bytes before
 *   frame              page number | pages after a commit, or 0 | salt, 8 bytes | checksum so far | the page
 *
 * The salt changes whenever the log begins anew, so frames of an earlier round are told from those of this one. A
 * process that dies, or a power cut, leaves an end without a commit; a commit of this round behind a broken frame was
 * finished after it. (If the power goes in the middle of a flush, a disk that reorders may leave the very last commit so:
 * that one was told to nobody, and is reported all the same, because from the bytes it looks no different.)
 */

import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const HEADER_LENGTH = 32
const FRAME_HEADER_LENGTH = 24
const CHECKED_OF_HEADER = 24
const CHECKED_OF_FRAME = 8
const SALT_OFFSET = { header: 16, frame: 8 } as const
const SUM_OFFSET = { header: 24, frame: 16 } as const
const MAGIC = { littleEndian: 0x37_7f_06_82, bigEndian: 0x37_7f_06_83 } as const

interface Sum {
  first: number
  second: number
}

/**
 * Number of the frame, from 1, at which the log is broken although a commit follows; 0 for the log's header. undefined for
 * a log that is whole, torn at its end, empty or not there.
 */
export function brokenFrame(path: string): number | undefined {
  const found = findBroken(path)
  // Read while a till was writing, half a frame may look like it; a second look does not.
  return found !== undefined && findBroken(path) === found ? found : undefined
}

function findBroken(path: string): number | undefined {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw cause
  }
  try {
    return walk(file, fstatSync(file).size)
  } finally {
    closeSync(file)
  }
}

function walk(file: number, bytes: number): number | undefined {
  const header = readAt(file, 0, HEADER_LENGTH)
  if (header === undefined || bytes < HEADER_LENGTH + FRAME_HEADER_LENGTH) return undefined
  const littleEndian = header.getUint32(0) === MAGIC.littleEndian
  const sum = add({ first: 0, second: 0 }, header, 0, CHECKED_OF_HEADER, littleEndian)
  const isMagic = littleEndian || header.getUint32(0) === MAGIC.bigEndian
  if (!isMagic || !agrees(sum, header, SUM_OFFSET.header)) return 0

  const frameLength = FRAME_HEADER_LENGTH + header.getUint32(8)
  let broken: number | undefined
  for (let number = 1; HEADER_LENGTH + number * frameLength <= bytes; number += 1) {
    const at = HEADER_LENGTH + (number - 1) * frameLength
    const length = broken === undefined ? frameLength : FRAME_HEADER_LENGTH
    const frame = readAt(file, at, length)
    if (frame === undefined) return undefined
    const isOfThisRound = sameSalt(header, frame)
    if (broken === undefined) {
      add(sum, frame, 0, CHECKED_OF_FRAME, littleEndian)
      add(sum, frame, FRAME_HEADER_LENGTH, frameLength, littleEndian)
      if (!(isOfThisRound && agrees(sum, frame, SUM_OFFSET.frame))) broken = number
    } else if (isOfThisRound && frame.getUint32(4) !== 0) {
      return broken
    }
  }
  return undefined
}

/** undefined where the file ends before. */
function readAt(file: number, at: number, length: number): DataView | undefined {
  const bytes = new Uint8Array(length)
  return readSync(file, bytes, 0, length, at) === length ? new DataView(bytes.buffer) : undefined
}

/** Over pairs of 32-bit words, in the byte order that the magic names. */
function add(sum: Sum, bytes: DataView, from: number, to: number, littleEndian: boolean): Sum {
  for (let offset = from; offset < to; offset += 8) {
    sum.first = (sum.first + bytes.getUint32(offset, littleEndian) + sum.second) >>> 0
    sum.second = (sum.second + bytes.getUint32(offset + 4, littleEndian) + sum.first) >>> 0
  }
  return sum
}

/** Stored checksums are big-endian whatever the magic says. */
const agrees = ({ first, second }: Sum, bytes: DataView, offset: number): boolean =>
  bytes.getUint32(offset) === first && bytes.getUint32(offset + 4) === second

const sameSalt = (header: DataView, frame: DataView): boolean =>
  header.getUint32(SALT_OFFSET.header) === frame.getUint32(SALT_OFFSET.frame) &&
  header.getUint32(SALT_OFFSET.header + 4) === frame.getUint32(SALT_OFFSET.frame + 4)
