/**
 * The card's memory as bytes at rest: what a file of a simulated card holds. Reading one believes nothing: magic, format,
 * size and checksums are looked at before any other byte means something, and what cannot have a checksum, because it
 * changes, must at least be a state that a card can be in. A chip on top of it then has nothing left to be surprised by.
 *
 *   magic 8 | format 2 | kind 1 | generation 1 | size 4 | map checksum 4 | fixed parts' checksum 4 | 00 4 | header checksum 4
 */

import { concat, readUint, writeUint, bytesEqual } from '../../bytes/bytes.ts'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { NonvolatileMedium } from '../../ports.ts'
import { GENERATIONS, VERSIONS, type Generation, type Version } from '../file-system/generation.ts'
import { recovered } from '../nonvolatile.ts'
import { crc32 } from './crc32.ts'
import { fixedChecksum } from './fixed-parts.ts'
import { HEADER_LENGTH, JOURNAL, layOut, type Layout } from './layout.ts'
import { implausibleState } from './plausible-state.ts'

/** A social security card; one that was made and never personalised; or another bank's card, for the "wrong card" case. */
export const CARD_KINDS = ['social-security', 'blank', 'bank'] as const
export type CardKind = (typeof CARD_KINDS)[number]

export const IMAGE_FORMAT = 2
/** "SSCCARD" and a zero byte. Bytes, so that whoever only knows of chips need not load the tables of GB18030. */
const MAGIC = Uint8Array.of(0x53, 0x53, 0x43, 0x43, 0x41, 0x52, 0x44, 0x00)
const FORMAT_AT = 8
const KIND_AT = 10
const GENERATION_AT = 11
const SIZE_AT = 12
const MAP_CHECKSUM_AT = 16
const FIXED_CHECKSUM_AT = 20
const HEADER_CHECKSUM_AT = 28

export interface CardImage {
  readonly kind: CardKind
  readonly generation: Generation
  readonly layout: Layout
}

export type ImageRefusal =
  | { readonly kind: 'not-a-card-image' }
  | { readonly kind: 'image-of-other-format'; readonly format: number; readonly expected: number }
  | { readonly kind: 'image-truncated'; readonly size: number; readonly expected: number }
  | { readonly kind: 'image-damaged'; readonly reason: string }
  /** Made by a program whose file tables differ from these. */
  | { readonly kind: 'image-of-other-layout'; readonly version: Version }

const layouts = new Map<Version, Layout>()

/** Computed once for each version: tables do not change while the program runs. */
export function layoutOf(generation: Generation): Layout {
  const known = layouts.get(generation.version) ?? layOut(generation)
  layouts.set(generation.version, known)
  return known
}

/** Writes the header over a finished image: its checksums are of what stands there now. */
export function seal(image: Uint8Array, kind: CardKind, generation: Generation): void {
  const layout = layoutOf(generation)
  const header = concat(
    MAGIC,
    writeUint(IMAGE_FORMAT, 2),
    Uint8Array.of(CARD_KINDS.indexOf(kind), VERSIONS.indexOf(generation.version)),
    writeUint(layout.size, 4),
    writeUint(layout.checksum, 4),
    writeUint(fixedChecksum(image, layout), 4),
    new Uint8Array(HEADER_CHECKSUM_AT - FIXED_CHECKSUM_AT - 4)
  )
  image.set(concat(header, writeUint(crc32(header), 4)))
}

export function readImage(memory: NonvolatileMedium): Result<CardImage, ImageRefusal> {
  if (memory.size < HEADER_LENGTH) return refuse({ kind: 'not-a-card-image' })
  const header = memory.read(0, HEADER_LENGTH)
  if (!bytesEqual(header.subarray(0, MAGIC.length), MAGIC)) return refuse({ kind: 'not-a-card-image' })
  const format = readUint(header, FORMAT_AT, 2)
  if (format !== IMAGE_FORMAT) return refuse({ kind: 'image-of-other-format', format, expected: IMAGE_FORMAT })
  if (readUint(header, HEADER_CHECKSUM_AT, 4) !== crc32(header.subarray(0, HEADER_CHECKSUM_AT))) {
    return refuse({ kind: 'image-damaged', reason: 'header checksum differs' })
  }
  const kind = CARD_KINDS[readUint(header, KIND_AT, 1)]
  const version = VERSIONS[readUint(header, GENERATION_AT, 1)]
  if (kind === undefined || version === undefined) return refuse({ kind: 'image-damaged', reason: 'unknown kind or version' })
  const expected = readUint(header, SIZE_AT, 4)
  if (memory.size !== expected) return refuse({ kind: 'image-truncated', size: memory.size, expected })
  const generation = GENERATIONS[version]
  const layout = layoutOf(generation)
  if (readUint(header, MAP_CHECKSUM_AT, 4) !== layout.checksum || expected !== layout.size) {
    return refuse({ kind: 'image-of-other-layout', version })
  }
  const image: CardImage = { kind, generation, layout }
  const damage = damageIn(memory.read(0, memory.size), image)
  return damage === undefined ? ok(image) : refuse({ kind: 'image-damaged', reason: damage })
}

/** Looks at the memory as power-up will find it: a unit torn half way is whole again by then. */
function damageIn(bytes: Uint8Array, image: CardImage): string | undefined {
  const memory = recovered(bytes, JOURNAL)
  if (!(memory instanceof Uint8Array)) return `journal: ${memory.reason}`
  if (readUint(memory, FIXED_CHECKSUM_AT, 4) !== fixedChecksum(memory, image.layout)) {
    return 'checksum of what personalisation fixed differs'
  }
  return implausibleState(memory, image)
}

/** A medium over bytes that are only looked at, such as a file's content. */
export const asMedium = (bytes: Uint8Array): NonvolatileMedium => ({
  size: bytes.length,
  read: (offset, length) => bytes.slice(offset, offset + length),
  write: () => undefined
})

export const openImage = (bytes: Uint8Array): Result<CardImage, ImageRefusal> => readImage(asMedium(bytes))
