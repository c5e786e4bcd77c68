/**
 * A batch of frames: one head line as in a batch of lines, then for each fact the length of its content, 4 bytes big-endian,
 * and the content as the ledger keeps it.
 *
 *   {"version":2,"terminal":..,"chain":["<before>","<end>"]} LF | 00 00 07 a1 | content | 00 00 00 5c | content
 *
 * The hashes of the facts are not sent: they follow from the contents and from the hash before the first. The hash at the last
 * one is, so a fact that was changed on the way is found out here.
 */

import { extendHex } from '../ledger/chain.ts'
import type { ChainLink, FramesHead } from './batch.ts'
import { Malformed } from './read-fields.ts'

const LENGTH_BYTES = 4
const BYTE = 256
const HASH_DIGITS = 64
const LINE_END = 0x0a
const START = Buffer.from('{"version":2,')

/** Whether these bytes are frames, if they are a batch at all. */
export const isFrames = (bytes: Uint8Array): boolean => START.equals(bytes.subarray(0, START.length))

/** The head line without its end, and where the frames begin. Throws Malformed where there is none within `lengthMax`. */
export function headLine(bytes: Uint8Array, lengthMax: number): { readonly line: Uint8Array; readonly end: number } {
  const end = bytes.subarray(0, lengthMax).indexOf(LINE_END)
  if (end === -1) throw new Malformed('', undefined, 'the head line does not end')
  return { line: bytes.subarray(0, end), end: end + 1 }
}

/** Views of the bytes and no copies. `onFact` is told before each which one it is. Throws Malformed. */
export function framesOf(bytes: Uint8Array, from: number, count: number, onFact: (index: number) => void): Uint8Array[] {
  const contents: Uint8Array[] = []
  let at = from
  for (let index = 0; index < count; index += 1) {
    onFact(index)
    const begin = at + LENGTH_BYTES
    if (begin > bytes.length) throw new Malformed('', undefined, 'the batch is cut short')
    const end = begin + lengthAt(bytes, at)
    if (end > bytes.length) throw new Malformed('', undefined, 'the batch is cut short')
    contents.push(bytes.subarray(begin, end))
    at = end
  }
  if (at !== bytes.length) throw new Malformed('count', count, 'must be the number of facts that follow')
  return contents
}

const lengthAt = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] ?? 0) * BYTE + (bytes[at + 1] ?? 0)) * BYTE + (bytes[at + 2] ?? 0)) * BYTE + (bytes[at + 3] ?? 0)

/**
 * Each with the hash that follows from those before it; Malformed when the last is not the one that is stated. `known`: those hashes,
 * where somebody has computed them from the same frames.
 */
export function chained({ first, chain: [before, end] }: FramesHead, contents: readonly Uint8Array[], known?: string): ChainLink[] {
  let hash = before
  const links = contents.map((content, index) => {
    const sequence = first + index
    hash = known?.slice(index * HASH_DIGITS, (index + 1) * HASH_DIGITS) ?? extendHex(hash, sequence, content)
    return { sequence, hash, content }
  })
  if (hash !== end) throw new Malformed('chain', undefined, 'must be the hash that the facts come to')
  return links
}
