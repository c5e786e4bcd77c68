/**
 * The lines of a text that comes in pieces, decoded one by one: a large file is never one text, and a line of another encoding is
 * told by its number.
 */

import { LINE_BYTES_MAX } from './limits.ts'

export interface TextLine {
  /** From 1. */
  readonly line: number
  /** As they stand, to be read by `cellOf`; undefined: it is not UTF-8, or too long. */
  readonly cells: readonly string[] | undefined
  readonly rule: string
  /** false: the text ends without an end of its last line. */
  readonly isEnded: boolean
}

const LF = 0x0a
const CR = 0x0d
/** How the interface's files write an empty cell (H 4.4). */
const EMPTY = 'null'

/** `number`: from 1. */
export function cellOf(cells: readonly string[], number: number): string {
  const cell = cells[number - 1] ?? ''
  return cell === EMPTY ? '' : cell.trim()
}

export function* textLines(pieces: Iterable<Uint8Array>): Generator<TextLine> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let [line, rest, isLong] = [1, new Uint8Array(0), false]
  for (const piece of pieces) {
    const bytes = joined(rest, piece)
    let start = line === 1 && beginsWithMark(bytes) ? MARK_BYTES : 0
    for (let end = bytes.indexOf(LF, start); end >= 0; end = bytes.indexOf(LF, start)) {
      const read = isLong ? tooLong(line, true) : lineOf(decoder, line, bytes.subarray(start, end), true)
      if (read !== undefined) yield read
      isLong = false
      line += 1
      start = end + 1
    }
    isLong ||= bytes.length - start > LINE_BYTES_MAX
    rest = isLong ? new Uint8Array(0) : bytes.slice(start)
  }
  const last = isLong ? tooLong(line, false) : lineOf(decoder, line, line === 1 && beginsWithMark(rest) ? rest.subarray(MARK_BYTES) : rest, false)
  if (last !== undefined) yield last
}

const MARK_BYTES = 3
const beginsWithMark = (bytes: Uint8Array): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf

function joined(rest: Uint8Array, piece: Uint8Array): Uint8Array {
  if (rest.length === 0) return piece
  const bytes = new Uint8Array(rest.length + piece.length)
  bytes.set(rest)
  bytes.set(piece, rest.length)
  return bytes
}

const tooLong = (line: number, isEnded: boolean): TextLine => ({ line, cells: undefined, rule: `must be at most ${LINE_BYTES_MAX} bytes long`, isEnded })

/** undefined: an empty line, which says nothing. */
function lineOf(decoder: TextDecoder, line: number, bytes: Uint8Array, isEnded: boolean): TextLine | undefined {
  const length = bytes[bytes.length - 1] === CR ? bytes.length - 1 : bytes.length
  if (length === 0) return undefined
  if (length > LINE_BYTES_MAX) return tooLong(line, isEnded)
  try {
    return { line, cells: decoder.decode(bytes.subarray(0, length)).split('\t'), rule: '', isEnded }
  } catch {
    return { line, cells: undefined, rule: 'must be UTF-8', isEnded }
  }
}
