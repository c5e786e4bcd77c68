/**
 * Bytes to a batch, or what is wrong with them. Trusts nothing: every field has its type and its bounds, no field is unknown,
 * the lines are as many as the head says, the numbers follow each other. Costs memory in proportion to the bytes: a line that
 * is long enough to nest deeply is looked through before it is parsed.
 *
 * Whether an entry's hash is the chain's is for whoever knows the chain before it: `content` is what must come to it.
 */

import { isAscii } from 'node:buffer'
import { ok, refuse, type Result } from '../../base/result.ts'
import { MalformedContent } from '../ledger/canonical.ts'
import { decodeContent } from '../ledger/fact-decoding.ts'
import { encodeFact } from '../ledger/fact-encoding.ts'
import { shownValue } from '../wire/input-problem.ts'
import { BATCH_BYTES_MAX, BATCH_FACTS_MAX, BATCH_VERSION, type Batch, type BatchEntry, type BatchHead } from './batch.ts'
import type { BatchProblem } from './batch-problem.ts'
import { checkFact } from './check-fact.ts'
import { isOtherKind, readFact } from './fact-entry.ts'
import { HOLD_NAMES, readHold } from './hold-entry.ts'
import { fieldsOf, identifier, integer, Malformed, matching, time } from './read-fields.ts'

/** Between a hold's own fields and its claim; nothing else on a line of ours looks so, because texts escape their quotes. */
export const CLAIM_MARK = ',"claim":'
/** Objects and lists within each other on one line; the deepest of ours, a donor's account in a claim, is at 5. */
export const DEPTH_MAX = 12
/** Shorter lines cannot nest deeply enough to matter. */
const LINE_LENGTH_UNSEEN_MAX = 65_536

const HASH = /^[0-9a-f]{64}$/
const HASH_LENGTH = 64
const CONTENT_MARK = '","content":"'
const HASH_RULE = 'must be a SHA-256 of 64 hex digits'
/** A person, a card: never into a message. */
const NOBODYS_BUSINESS = /person|card|claim/i

const HEAD_NAMES: ReadonlySet<string> = new Set(['version', 'terminal', 'number', 'previous', 'first', 'count', 'madeAt'])
const CONTENT_NAMES: ReadonlySet<string> = new Set(['sequence', 'hash', 'content'])

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function decodeBatch(bytes: Uint8Array): Result<Batch, BatchProblem> {
  if (bytes.length > BATCH_BYTES_MAX) return refuse({ kind: 'too-large', bytes: bytes.length, bytesMax: BATCH_BYTES_MAX })
  const text = utf8(bytes)
  if (text === undefined) return refuse({ kind: 'not-utf-8' })
  let line = 1
  try {
    const lines = linesOf(text)
    const headLine = parsed(lines[0] ?? '')
    const newer = newerVersion(headLine)
    if (newer !== undefined) return refuse({ kind: 'version-unknown', version: newer, known: BATCH_VERSION })
    const head = readHead(headLine)
    if (lines.length !== head.count + 1) {
      throw new Malformed('count', head.count, `must be the number of facts that follow, ${lines.length - 1}`)
    }
    const entries: BatchEntry[] = []
    for (let index = 0; index < head.count; index += 1) {
      line = index + 2
      entries.push(readEntry(lines[index + 1] ?? '', head.first + index))
    }
    return ok({ head, entries })
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause
    return refuse(problemOf(cause, line))
  }
}

function problemOf({ field, value, rule }: Malformed, line: number): BatchProblem {
  const isHidden = value === undefined || NOBODYS_BUSINESS.test(field)
  return { kind: 'malformed', line, field, value: isHidden ? undefined : shownValue({ path: field, value, rule }), rule }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return isAscii(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1') : decoder.decode(bytes)
  } catch (cause) {
    if (cause instanceof TypeError) return undefined
    throw cause
  }
}

/** Each with its end taken off; no more than a batch may have. */
function linesOf(text: string): string[] {
  const lines: string[] = []
  let start = 0
  while (start < text.length) {
    if (lines.length > BATCH_FACTS_MAX) throw new Malformed('count', undefined, `must be at most ${BATCH_FACTS_MAX}`)
    const end = text.indexOf('\n', start)
    if (end === -1) throw new Malformed('', undefined, 'the last line does not end: the batch is cut short')
    lines.push(text.slice(start, end))
    start = end + 1
  }
  return lines
}

function parsed(text: string): unknown {
  if (text.length > LINE_LENGTH_UNSEEN_MAX && isDeeperThan(text, DEPTH_MAX)) {
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

/** Looked for before anything else: what a newer version may have besides is not known here. */
function newerVersion(head: unknown): number | undefined {
  if (typeof head !== 'object' || head === null || !('version' in head)) return undefined
  const { version } = head
  return typeof version === 'number' && Number.isSafeInteger(version) && version > BATCH_VERSION ? version : undefined
}

function readHead(value: unknown): BatchHead {
  const fields = fieldsOf(value, '', HEAD_NAMES)
  const version = integer(fields, 'version', '', BATCH_VERSION)
  if (version !== BATCH_VERSION) throw new Malformed('version', version, `must be ${BATCH_VERSION}`)
  const head = {
    version: BATCH_VERSION,
    terminal: identifier(fields, 'terminal', ''),
    number: integer(fields, 'number', '', 1),
    previous: matching(fields, 'previous', '', HASH, HASH_RULE),
    first: integer(fields, 'first', '', 1),
    count: integer(fields, 'count', '', 1),
    madeAt: time(fields, 'madeAt', '')
  } as const
  if (head.count > BATCH_FACTS_MAX) throw new Malformed('count', head.count, `must be at most ${BATCH_FACTS_MAX}`)
  if (!Number.isSafeInteger(head.first + head.count)) throw new Malformed('first', head.first, 'must leave numbers for the facts')
  return head
}

function readEntry(text: string, sequence: number): BatchEntry {
  const plain = plainContent(text, sequence)
  if (plain !== undefined) return readContent(plain.hash, plain.content, sequence)
  const mark = text.indexOf(CLAIM_MARK)
  if (mark !== -1 && text.endsWith('}')) {
    const claimText = text.slice(mark + CLAIM_MARK.length, -1)
    return readHoldEntry(parsed(`${text.slice(0, mark)}}`), claimText, sequence)
  }
  const line = parsed(text)
  const hash = readPlace(line, sequence)
  if (typeof line === 'object' && line !== null && 'content' in line) return readContentEntry(line, hash, sequence)
  const kind = kindOf(line)
  if (!isOtherKind(kind)) {
    throw kind === 'hold' ? new Malformed('claim', undefined, 'is missing') : new Malformed('kind', kind, 'must be a kind of fact')
  }
  const fact = readFact(kind, line)
  return { sequence, hash, content: encodeFact(fact), fact, claim: undefined }
}

function readHoldEntry(line: unknown, claimText: string, sequence: number): BatchEntry {
  const hash = readPlace(line, sequence)
  if (kindOf(line) !== 'hold') throw new Malformed('claim', undefined, 'unknown field')
  const claim = parsed(claimText)
  const { fact, resultHash } = readHold(fieldsOf(line, '', HOLD_NAMES), encoder.encode(claimText), claim)
  return { sequence, hash, content: encodeFact(fact, resultHash), fact, claim }
}

/** A line exactly as `encodeLink` writes it, with nothing to be unescaped; undefined for every other, which a parser looks at. */
function plainContent(text: string, sequence: number): { readonly hash: string; readonly content: string } | undefined {
  const start = `{"sequence":${sequence},"hash":"`
  const hashEnd = start.length + HASH_LENGTH
  const from = hashEnd + CONTENT_MARK.length
  if (!text.startsWith(start) || !text.startsWith(CONTENT_MARK, hashEnd)) return undefined
  if (text.indexOf('"', from) !== text.length - 2 || !text.endsWith('"}') || text.includes('\\', from)) return undefined
  const hash = text.slice(start.length, hashEnd)
  return HASH.test(hash) ? { hash, content: text.slice(from, -2) } : undefined
}

/** A fact as its canonical bytes. */
const readContentEntry = (line: object, hash: string, sequence: number): BatchEntry =>
  readContent(hash, fieldsOf(line, '', CONTENT_NAMES)['content'], sequence)

function readContent(hash: string, base64: unknown, sequence: number): BatchEntry {
  const content = bytesOf(base64)
  try {
    const { fact } = decodeContent(content)
    checkFact(fact)
    return { sequence, hash, content, fact, claim: fact.kind === 'hold' ? claimOf(fact.claim) : undefined }
  } catch (cause) {
    if (cause instanceof MalformedContent) throw new Malformed('content', undefined, cause.message)
    throw cause
  }
}

/** Node leaves out what is no base64: then there are fewer bytes than there must be. Looking at every sign costs more. */
function bytesOf(value: unknown): Uint8Array {
  const text = typeof value === 'string' ? value : ''
  const bytes = Buffer.from(text, 'base64')
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  if (text === '' || bytes.length !== (text.length / 4) * 3 - padding) throw new Malformed('content', value, 'must be base64')
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
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

/** The entry's hash, once its number is the one that comes next. */
function readPlace(line: unknown, sequence: number): string {
  if (typeof line !== 'object' || line === null || Array.isArray(line)) throw new Malformed('', line, 'must be a JSON object')
  const fields = line as Readonly<Record<string, unknown>>
  const found = integer(fields, 'sequence', '', 1)
  if (found !== sequence) throw new Malformed('sequence', found, `must be ${sequence}, the number after the one before`)
  return matching(fields, 'hash', '', HASH, HASH_RULE)
}

const kindOf = (line: unknown): unknown =>
  typeof line === 'object' && line !== null && 'kind' in line ? line.kind : undefined
