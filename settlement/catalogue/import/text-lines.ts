/** The lines of a text file, decoded one by one: a large file is never one text, and a line of another encoding is told by its number. */

import { LINE_BYTES_MAX } from './limits.ts'

export interface TextLine {
  /** From 1. */
  readonly line: number
  /** undefined: it is not UTF-8, or too long. */
  readonly cells: readonly string[] | undefined
  readonly rule: string
}

const LF = 0x0a
const CR = 0x0d
/** How the interface's files write an empty cell (H 4.4). */
const EMPTY = 'null'

export function* textLines(bytes: Uint8Array): Generator<TextLine> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  for (let line = 1; start < bytes.length; line += 1) {
    const found = bytes.indexOf(LF, start)
    const end = found < 0 ? bytes.length : found
    const stop = end > start && bytes[end - 1] === CR ? end - 1 : end
    if (stop > start) yield lineOf(decoder, line, bytes.subarray(start, stop))
    start = end + 1
  }
}

function lineOf(decoder: TextDecoder, line: number, bytes: Uint8Array): TextLine {
  if (bytes.length > LINE_BYTES_MAX) return { line, cells: undefined, rule: `must be at most ${LINE_BYTES_MAX} bytes long` }
  try {
    return { line, cells: decoder.decode(bytes).split('\t').map((cell) => (cell === EMPTY ? '' : cell.trim())), rule: '' }
  } catch {
    return { line, cells: undefined, rule: 'must be UTF-8' }
  }
}
