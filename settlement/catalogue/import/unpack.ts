/**
 * The texts in a file: those of a ZIP, or the file itself. Unpacked piece by piece while they are read, so that a large text is
 * never in memory as a whole; a checksum can only be looked at behind the last piece.
 */

import { Inflate } from 'fflate'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { crc32 } from './crc32.ts'
import type { ImportRefusal } from './import-problem.ts'
import { FILE_BYTES_MAX, UNPACKED_BYTES_MAX } from './limits.ts'
import { isZip, zipMembers, type ZipMember } from './zip-directory.ts'

export interface ImportFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface ImportText {
  /** Of a member "catalogue.zip/1301.txt". */
  readonly name: string
  readonly size: number
  /** Once, and to its end: only then `failure` is known. */
  pieces(): Generator<Uint8Array>
  readonly failure: string | undefined
}

export function unpack({ name, bytes }: ImportFile): Result<readonly ImportText[], ImportRefusal> {
  if (bytes.length > FILE_BYTES_MAX) return refuse({ kind: 'file-too-large', file: name, bytes: bytes.length, bytesMax: FILE_BYTES_MAX })
  if (!isZip(bytes)) return ok([new PlainText(name, bytes)])
  const members = zipMembers(bytes)
  if (!members.ok) return refuse({ kind: 'zip-broken', file: name, detail: members.error })
  const size = members.value.reduce((sum, member) => sum + member.size, 0)
  if (size > UNPACKED_BYTES_MAX) return refuse({ kind: 'file-too-large', file: name, bytes: size, bytesMax: UNPACKED_BYTES_MAX })
  return ok(members.value.map((member) => new PackedText(name, member)))
}

const PIECE_BYTES = 64 * 1024

class PlainText implements ImportText {
  readonly name: string
  readonly failure = undefined
  readonly #bytes: Uint8Array

  constructor(name: string, bytes: Uint8Array) {
    this.name = name
    this.#bytes = bytes
  }

  get size(): number {
    return this.#bytes.length
  }

  *pieces(): Generator<Uint8Array> {
    yield* cut(this.#bytes)
  }
}

class PackedText implements ImportText {
  readonly name: string
  readonly #member: ZipMember
  #failure: string | undefined

  constructor(file: string, member: ZipMember) {
    this.name = `${file}/${member.name}`
    this.#member = member
  }

  get size(): number {
    return this.#member.size
  }

  get failure(): string | undefined {
    return this.#failure
  }

  *pieces(): Generator<Uint8Array> {
    const { name, packed, isDeflated, crc, size } = this.#member
    let [checksum, length] = [0, 0]
    try {
      for (const piece of isDeflated ? inflated(packed) : cut(packed)) {
        length += piece.length
        // More than it says of itself: nobody knows how much more.
        if (length > size) break
        checksum = crc32(piece, checksum)
        yield piece
      }
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause)) throw cause
      this.#failure = `${name} is damaged: ${cause.message}`
      return
    }
    if (length !== size || checksum !== crc) this.#failure = `${name} is damaged: its checksum differs`
  }
}

function* cut(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES)
}

function* inflated(packed: Uint8Array): Generator<Uint8Array> {
  let out: Uint8Array[] = []
  const inflate = new Inflate((piece) => out.push(piece))
  for (let at = 0; at < packed.length; at += PIECE_BYTES) {
    inflate.push(packed.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= packed.length)
    yield* out
    out = []
  }
}
