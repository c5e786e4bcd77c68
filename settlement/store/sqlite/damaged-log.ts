/**
 * Whether a write-ahead log has lost commits that were durable. SQLite ends a log at the first frame whose checksum fails
 * and says nothing; a till would open the shorter ledger, write over what came behind, and nobody would know of the
 * settlements in it. So it is looked at before SQLite may. Layout: "The SQLite Database File Format", section 4:
 *
 *   header, 32 bytes   magic | version | page size | checkpoint number | salt, 8 bytes | checksum of the 24 bytes before
 *   frame              page number | pages after a commit, or 0 | salt, 8 bytes | checksum so far | the page
 *
 * What a crash leaves must not be taken for damage. A transaction is flushed before the next one begins, so when the power
 * goes only the last can be torn, wherever its frames lie: damage is what has two commits of this round from the broken
 * frame on. Frames by which a log is grown (write-ahead-log.ts) are not flushed, and are told by what they write: page 1 and
 * nothing else. The verifier has a reading of its own, which is stricter: it shares nothing with what it verifies.
 */

import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const HEADER_LENGTH = 32
const FRAME_HEADER_LENGTH = 24
/** Of a header, and of a frame's header, what its checksum covers. */
const SUMMED = { header: 24, frame: 8 } as const
const MAGIC = { littleEndian: 0x37_7f_06_82, bigEndian: 0x37_7f_06_83 } as const
const PAGE_BYTES = { min: 512, max: 65_536 } as const
const TORN_COMMITS_MAX = 1

/**
 * Number of the frame, from 1, that is broken although more was committed behind it than a crash can tear; 0 for the log's
 * header. undefined for a log that is whole, torn at its end, empty or not there.
 */
export function damagedFrame(path: string): number | undefined {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw cause
  }
  try {
    return look(file, fstatSync(file).size)
  } finally {
    closeSync(file)
  }
}

function look(file: number, bytes: number): number | undefined {
  const header = Buffer.alloc(HEADER_LENGTH)
  if (bytes < HEADER_LENGTH + FRAME_HEADER_LENGTH) return undefined
  readSync(file, header, 0, HEADER_LENGTH, 0)
  const frameLength = FRAME_HEADER_LENGTH + pageBytes(header)
  const sum = new Sum(header.readUInt32BE(0) === MAGIC.littleEndian)
  sum.add(header, 0, SUMMED.header)
  const isHeaderWhole = (header.readUInt32BE(0) & ~1) >>> 0 === MAGIC.littleEndian && sum.agrees(header, SUMMED.header)
  const frame = Buffer.alloc(frameLength)
  let salt = header.toString('latin1', 16, 24)
  let broken = isHeaderWhole ? undefined : 0
  let commits = 0
  for (let number = 1; HEADER_LENGTH + number * frameLength <= bytes; number += 1) {
    readSync(file, frame, 0, broken === undefined ? frameLength : FRAME_HEADER_LENGTH, HEADER_LENGTH + (number - 1) * frameLength)
    // A header that is broken tells no salt; the first frame has that of its round.
    if (broken === 0 && number === 1) salt = frame.toString('latin1', 8, 16)
    const isOfThisRound = frame.toString('latin1', 8, 16) === salt
    if (broken === undefined && !(isOfThisRound && sum.follows(frame, frameLength))) broken = number
    if (broken === undefined || !isOfThisRound || !isCommit(frame)) continue
    commits += 1
    if (commits > TORN_COMMITS_MAX) return broken
  }
  return undefined
}

/** Of what a settlement or anything else has written; growing the log commits page 1 alone. */
const isCommit = (frame: Buffer): boolean => frame.readUInt32BE(4) !== 0 && frame.readUInt32BE(0) !== 1

function pageBytes(header: Buffer): number {
  const said = header.readUInt32BE(8)
  const isSize = said >= PAGE_BYTES.min && said <= PAGE_BYTES.max && (said & (said - 1)) === 0
  return isSize ? said : 4096
}

/** Over pairs of 32-bit words, in the byte order that the magic names; stored big-endian whatever it says. */
class Sum {
  readonly #littleEndian: boolean
  #first = 0
  #second = 0

  constructor(littleEndian: boolean) {
    this.#littleEndian = littleEndian
  }

  add(bytes: Buffer, from: number, to: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (let offset = from; offset < to; offset += 8) {
      this.#first = (this.#first + view.getUint32(offset, this.#littleEndian) + this.#second) >>> 0
      this.#second = (this.#second + view.getUint32(offset + 4, this.#littleEndian) + this.#first) >>> 0
    }
  }

  agrees(bytes: Buffer, offset: number): boolean {
    return bytes.readUInt32BE(offset) === this.#first && bytes.readUInt32BE(offset + 4) === this.#second
  }

  /** Takes a frame in. */
  follows(frame: Buffer, length: number): boolean {
    this.add(frame, 0, SUMMED.frame)
    this.add(frame, FRAME_HEADER_LENGTH, length)
    return this.agrees(frame, 16)
  }
}
