/** A fact as its canonical bytes, and the JSON that stands in it or on a line: bounded before it is parsed. */

import { isAscii } from 'node:buffer'
import { textFromUtf8 } from '../../base/text-from-utf8.ts'
import { MalformedContent } from '../ledger/canonical.ts'
import { decodeContent } from '../ledger/fact-decoding.ts'
import type { BatchEntry } from './batch.ts'
import { checkFact } from './check-fact.ts'
import { Malformed } from './read-fields.ts'

/** Objects and lists within each other on one line; the deepest of ours, a donor's account in a claim, is at 5. */
export const DEPTH_MAX = 12
/** Shorter texts cannot nest deeply enough to matter. */
const LENGTH_UNSEEN_MAX = 65_536

export function readContent(hash: string, content: Uint8Array, sequence: number): BatchEntry {
  try {
    const { fact } = decodeContent(content)
    checkFact(fact)
    return { sequence, hash, content, fact }
  } catch (cause) {
    if (cause instanceof MalformedContent) throw new Malformed('content', undefined, cause.message)
    throw cause
  }
}

/** undefined where a ledger kept none, or none that is JSON: then nothing can be computed from it. */
export function claimOf(claim: Uint8Array): unknown {
  const text = utf8(claim)
  if (text === undefined || text === '') return undefined
  // As of everything that is readable at the centre's door.
  if (text.includes('\\u0000') || text.includes('"__proto__"')) return undefined
  try {
    return parsed(text)
  } catch (cause) {
    if (cause instanceof Malformed) return undefined
    throw cause
  }
}

export const utf8 = (bytes: Uint8Array): string | undefined =>
  isAscii(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1') : textFromUtf8(bytes, 0, bytes.length)

export function parsed(text: string): unknown {
  if (text.length > LENGTH_UNSEEN_MAX && isDeeperThan(text, DEPTH_MAX)) {
    throw new Malformed('', undefined, `must not nest deeper than ${DEPTH_MAX} levels`)
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new Malformed('', undefined, 'must be a JSON object')
    throw cause
  }
}

function isDeeperThan(text: string, depthMax: number): boolean {
  let depth = 0
  let isInText = false
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index]
    if (isInText) {
      if (sign === '\\') index += 1
      else if (sign === '"') isInText = false
    } else if (sign === '"') {
      isInText = true
    } else if (sign === '{' || sign === '[') {
      depth += 1
      if (depth > depthMax) return true
    } else if (sign === '}' || sign === ']') {
      depth -= 1
    }
  }
  return false
}
