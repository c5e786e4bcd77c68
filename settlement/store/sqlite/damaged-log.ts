/**
 * Whether a write-ahead log has lost commits that were durable. SQLite ends a log at the first frame whose checksum fails
 * and says nothing; a till would open the shorter ledger, write over what came behind, and nobody would know of the
 * settlements in it. So it is looked at before SQLite may. Layout: "The SQLite Database File Format", section 4:
 *
 *   header, 32 bytes   magic | version | page size | checkpoint number | salt, 8 bytes | checksum of the 24 bytes before
 *   frame              page number | pages after a commit, or 0 | salt, 8 bytes | checksum so far | the page
 *
 * What a crash leaves must not be taken for damage: a header that was torn when a log that was moved began anew (moved-log.ts), and
 * the last transaction. Each is flushed before the next one begins, so when the power
 * goes only the last can be torn, wherever its frames lie: damage is what has two commits of this round from the broken
 * frame on. Frames by which a log is grown (write-ahead-log.ts) are not flushed, and are told by what they write: page 1 and
 * nothing else. Behind this round lie frames of older ones, as far as the log was ever grown, and they are not read to their end.
 * The verifier has a reading of its own, which is stricter: it shares nothing with what it verifies.
 */

import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'
import { isMoved, type LogFrame } from './moved-log.ts'

const HEADER_LENGTH = 32
const FRAME_HEADER_LENGTH = 24
/** Of a header, and of a frame's header, what its checksum covers. */
const SUMMED = { header: 24, frame: 8 } as const
const MAGIC = { littleEndian: 0x37_7f_06_82, bigEndian: 0x37_7f_06_83 } as const
const PAGE_BYTES = { min: 512, max: 65_536 } as const
const TORN_COMMITS_MAX = 1
/** Read at once: a call to the system for each frame costs more than the frame. */
const FRAMES_READ = 64
/** Each round's first salt is one more than that of the round before. */
const ROUNDS_BACK_MAX = 1_000_000
/** After so many frames in a row that older rounds have left, a megabyte of them, this round is not looked for any more. */
const OLDER_FRAMES_MAX = 256

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
    const { size } = fstatSync(file)
    const damaged = look(file, size)
    return damaged === 0 && isMovedLog(path, file, size) ? undefined : damaged
  } finally {
    closeSync(file)
  }
}

function look(file: number, bytes: number): number | undefined {
  const header = Buffer.alloc(HEADER_LENGTH)
  if (bytes < HEADER_LENGTH + FRAME_HEADER_LENGTH) return undefined
  readSync(file, header, 0, HEADER_LENGTH, 0)
  const sum = new Sum(header.readUInt32BE(0) === MAGIC.littleEndian)
  sum.add(header, 0, SUMMED.header)
  const isHeaderWhole = (header.readUInt32BE(0) & ~1) >>> 0 === MAGIC.littleEndian && sum.agrees(header, SUMMED.header)
  let round = isHeaderWhole ? saltOf(header, 16) : undefined
  let broken = isHeaderWhole ? undefined : 0
  let commits = 0
  let older = 0
  let number = 0
  for (const frame of frames(file, bytes, FRAME_HEADER_LENGTH + pageBytes(header))) {
    number += 1
    const salt = saltOf(frame, 8)
    // A header that is broken tells no salt; the first frame has that of its round.
    round ??= salt
    const isOfThisRound = salt.first === round.first && salt.second === round.second
    if (broken === undefined && !(isOfThisRound && sum.follows(frame))) broken = number
    if (broken === undefined) continue
    older = isOlder(salt, round) ? older + 1 : 0
    if (older === OLDER_FRAMES_MAX) return undefined
    if (!isOfThisRound || !isCommit(frame)) continue
    commits += 1
    if (commits > TORN_COMMITS_MAX) return broken
  }
  return undefined
}

/** A log is moved before it begins anew: what is torn then is a header that nobody reads any more. */
function isMovedLog(path: string, file: number, bytes: number): boolean {
  const database = path.replace(/-wal$/, '')
  return database !== path && existsSync(database) && isMoved(database, firstRound(file, bytes))
}

/** Frames with the salt of the first. */
function* firstRound(file: number, bytes: number): Generator<LogFrame> {
  const header = Buffer.alloc(HEADER_LENGTH)
  readSync(file, header, 0, HEADER_LENGTH, 0)
  let round: Salt | undefined
  for (const frame of frames(file, bytes, FRAME_HEADER_LENGTH + pageBytes(header))) {
    const salt = saltOf(frame, 8)
    round ??= salt
    if (salt.first !== round.first || salt.second !== round.second) return
    yield { page: frame.readUInt32BE(0), pagesAfter: frame.readUInt32BE(4), bytes: frame.subarray(FRAME_HEADER_LENGTH) }
  }
}

function* frames(file: number, bytes: number, length: number): Generator<Buffer> {
  const read = Buffer.alloc(FRAMES_READ * length)
  for (let at = HEADER_LENGTH; at + length <= bytes; at += read.length) {
    const got = readSync(file, read, 0, read.length, at)
    for (let offset = 0; offset + length <= got; offset += length) yield read.subarray(offset, offset + length)
  }
}

interface Salt {
  readonly first: number
  readonly second: number
}

const saltOf = (bytes: Buffer, offset: number): Salt => ({ first: bytes.readUInt32BE(offset), second: bytes.readUInt32BE(offset + 4) })

function isOlder(salt: Salt, round: Salt): boolean {
  const rounds = (round.first - salt.first) >>> 0
  return rounds > 0 && rounds <= ROUNDS_BACK_MAX
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
  readonly #isHostOrder: boolean
  #first = 0
  #second = 0

  constructor(littleEndian: boolean) {
    this.#isHostOrder = littleEndian === HOST_IS_LITTLE_ENDIAN
  }

  add(bytes: Buffer, from: number, to: number): void {
    if (!this.#isHostOrder) return this.#add(wordsOf(Buffer.from(bytes.subarray(from, to)).swap32()))
    this.#add(wordsOf(bytes.subarray(from, to)))
  }

  agrees(bytes: Buffer, offset: number): boolean {
    return bytes.readInt32BE(offset) === this.#first && bytes.readInt32BE(offset + 4) === this.#second
  }

  /** Takes a frame in. */
  follows(frame: Buffer): boolean {
    this.add(frame, 0, SUMMED.frame)
    this.add(frame, FRAME_HEADER_LENGTH, frame.length)
    return this.agrees(frame, 16)
  }

  #add(words: Int32Array): void {
    let [first, second] = [this.#first, this.#second]
    for (let at = 0; at < words.length; at += 2) {
      first = (first + (words[at] ?? 0) + second) | 0
      second = (second + (words[at + 1] ?? 0) + first) | 0
    }
    this.#first = first
    this.#second = second
  }
}

const HOST_IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/** Frames and headers begin at whole words of what was read. */
const wordsOf = (bytes: Buffer): Int32Array => new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / Int32Array.BYTES_PER_ELEMENT)
