/**
 * The card's lasting memory with all-or-none updates (P2 5.6: data survive the loss of power at any point).
 *
 * A unit of work collects writes, then:
 *
 *   1  write length, checksum and entries into the journal     power lost here: mark is still 00, the unit never was
 *   2  write the commit mark, one byte                         the unit exists from this byte on
 *   3  write the entries to their places, in order             power lost here: the next power-up repeats step 3
 *   4  clear the mark
 *
 *   journal   mark 1 | length 2 | CRC-32 4 | entries: offset 2, length 2, bytes
 *
 * Step 3 only sets bytes to given values, so it may be repeated any number of times, also when recovery itself is cut.
 * Reads come from a mirror in RAM, loaded at power-up: it changes only after the medium took the bytes.
 */

import { invariant } from '../../base/invariant.ts'
import { readUint } from '../bytes/bytes.ts'
import type { NonvolatileMedium } from '../ports.ts'
import { crc32 } from './image/crc32.ts'

export interface JournalArea {
  /** Bytes from the beginning of the medium. */
  readonly offset: number
  /** Bytes, header included. */
  readonly size: number
}

/** Why a journal cannot be believed: the medium was changed by something that is not a card. */
export type JournalRefusal = { readonly kind: 'journal-damaged'; readonly reason: string }

const MARK_CLEAR = Uint8Array.of(0x00)
const MARK_COMMITTED = Uint8Array.of(0xa5)
const LENGTH_AT = 1
const CHECKSUM_AT = 3
export const JOURNAL_HEADER_LENGTH = 7
const ENTRY_HEADER_LENGTH = 4

export class Nonvolatile {
  readonly #medium: NonvolatileMedium
  readonly #journal: JournalArea
  readonly #mirror: Uint8Array
  /** Journal content under construction, without the mark. */
  readonly #draft: Uint8Array
  #draftLength = JOURNAL_HEADER_LENGTH
  #open = false

  /** Loads the mirror and finishes or drops a unit that lost its power. */
  constructor(medium: NonvolatileMedium, journal: JournalArea) {
    this.#medium = medium
    this.#journal = journal
    this.#mirror = medium.read(0, medium.size)
    this.#draft = new Uint8Array(journal.size)
    this.#recover()
  }

  byte(offset: number): number {
    const value = this.#mirror[offset]
    invariant(value !== undefined, `address ${offset} is outside the card's memory`)
    return value
  }

  uint(offset: number, count: number): number {
    return readUint(this.#mirror, offset, count)
  }

  /** A copy. */
  read(offset: number, length: number): Uint8Array {
    invariant(offset >= 0 && offset + length <= this.#mirror.length, `${length} bytes at ${offset} are outside`)
    return this.#mirror.slice(offset, offset + length)
  }

  /** Everything that `collect` writes through `write` lands as one unit, in the order of the calls. */
  unit(collect: () => void): void {
    invariant(!this.#open, 'a unit of work is already open')
    this.#open = true
    this.#draftLength = JOURNAL_HEADER_LENGTH
    collect()
    this.#open = false
    this.#commit()
  }

  /** Within `unit` only: a read still sees the old bytes until the unit has ended. */
  write(offset: number, bytes: Uint8Array): void {
    invariant(this.#open, 'a write outside a unit of work')
    invariant(offset + bytes.length <= this.#mirror.length, `${bytes.length} bytes at ${offset} are outside`)
    const at = this.#draftLength
    invariant(at + ENTRY_HEADER_LENGTH + bytes.length <= this.#draft.length, 'the unit of work outgrows the journal')
    this.#draft[at] = offset >> 8
    this.#draft[at + 1] = offset & 0xff
    this.#draft[at + 2] = bytes.length >> 8
    this.#draft[at + 3] = bytes.length & 0xff
    this.#draft.set(bytes, at + ENTRY_HEADER_LENGTH)
    this.#draftLength = at + ENTRY_HEADER_LENGTH + bytes.length
  }

  #commit(): void {
    if (this.#draftLength === JOURNAL_HEADER_LENGTH) return
    const length = this.#draftLength - JOURNAL_HEADER_LENGTH
    const entries = this.#draft.subarray(JOURNAL_HEADER_LENGTH, this.#draftLength)
    const checksum = crc32(entries)
    this.#draft[LENGTH_AT] = length >> 8
    this.#draft[LENGTH_AT + 1] = length & 0xff
    for (let i = 0; i < 4; i++) this.#draft[CHECKSUM_AT + i] = (checksum >>> (24 - 8 * i)) & 0xff
    this.#medium.write(this.#journal.offset + LENGTH_AT, this.#draft.subarray(LENGTH_AT, this.#draftLength))
    this.#medium.write(this.#journal.offset, MARK_COMMITTED)
    this.#apply(entries)
    this.#medium.write(this.#journal.offset, MARK_CLEAR)
  }

  #apply(entries: Uint8Array): void {
    eachEntry(entries, (offset, bytes) => {
      this.#medium.write(offset, bytes)
      this.#mirror.set(bytes, offset)
    })
  }

  #recover(): void {
    const entries = committedEntries(this.#mirror, this.#journal)
    if (entries === undefined) return
    invariant(entries instanceof Uint8Array, 'a damaged journal is refused before power-up')
    this.#apply(entries)
    this.#medium.write(this.#journal.offset, MARK_CLEAR)
    this.#mirror.set(MARK_CLEAR, this.#journal.offset)
  }
}

function eachEntry(entries: Uint8Array, visit: (offset: number, bytes: Uint8Array) => void): void {
  for (let at = 0; at < entries.length; ) {
    const end = at + ENTRY_HEADER_LENGTH + readUint(entries, at + 2, 2)
    visit(readUint(entries, at, 2), entries.subarray(at + ENTRY_HEADER_LENGTH, end))
    at = end
  }
}

/** The memory as the next power-up will make it: a committed unit carried out. */
export function recovered(image: Uint8Array, journal: JournalArea): Uint8Array | JournalRefusal {
  const entries = committedEntries(image, journal)
  if (entries === undefined) return image
  if (!(entries instanceof Uint8Array)) return entries
  const after = image.slice()
  eachEntry(entries, (offset, bytes) => after.set(bytes, offset))
  return after
}

/** The entries of a unit that was committed and perhaps not carried out; undefined when there is none. */
export function committedEntries(image: Uint8Array, journal: JournalArea): Uint8Array | JournalRefusal | undefined {
  const mark = image[journal.offset]
  if (mark === MARK_CLEAR[0]) return undefined
  if (mark !== MARK_COMMITTED[0]) return { kind: 'journal-damaged', reason: `commit mark is ${mark}` }
  const length = readUint(image, journal.offset + LENGTH_AT, 2)
  if (JOURNAL_HEADER_LENGTH + length > journal.size) return { kind: 'journal-damaged', reason: `length is ${length}` }
  const start = journal.offset + JOURNAL_HEADER_LENGTH
  const entries = image.slice(start, start + length)
  if (readUint(image, journal.offset + CHECKSUM_AT, 4) !== crc32(entries)) {
    return { kind: 'journal-damaged', reason: 'checksum differs' }
  }
  return areWithin(entries, image.length) ? entries : { kind: 'journal-damaged', reason: 'an entry leaves the memory' }
}

function areWithin(entries: Uint8Array, size: number): boolean {
  for (let at = 0; at < entries.length; ) {
    if (at + ENTRY_HEADER_LENGTH > entries.length) return false
    const length = readUint(entries, at + 2, 2)
    if (readUint(entries, at, 2) + length > size) return false
    at += ENTRY_HEADER_LENGTH + length
    if (at > entries.length) return false
  }
  return true
}
