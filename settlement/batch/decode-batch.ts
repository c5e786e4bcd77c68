/**
 * Bytes to a batch, or what is wrong with them. Trusts nothing: every field has its type and its bounds, no field is unknown,
 * the facts are as many as the head says, the numbers follow each other. Costs memory in proportion to the bytes: a line that
 * is long enough to nest deeply is looked through before it is parsed.
 *
 * Whether the chain is the terminal's is for whoever knows the chain before it: `content` is what must come to a line's hash.
 * Frames come to their own hashes already.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { encodeFact } from '../ledger/fact-encoding.ts'
import { shownValue } from '../wire/input-problem.ts'
import { BATCH_BYTES_MAX, BATCH_FACTS_MAX, FRAMES_VERSION, type Batch, type BatchEntry, type FramesHead } from './batch.ts'
import { HASH, HASH_RULE, newerVersion, readFramesHead, readHead } from './batch-head.ts'
import type { BatchProblem } from './batch-problem.ts'
import { isOtherKind, readFact } from './fact-entry.ts'
import { chained, framesOf, headLine, isFrames } from './frames.ts'
import { HOLD_NAMES, readHold } from './hold-entry.ts'
import { parsed, readContent, utf8 } from './read-content.ts'
import { fieldsOf, integer, Malformed, matching } from './read-fields.ts'

/** Between a hold's own fields and its claim; nothing else on a line of ours looks so, because texts escape their quotes. */
export const CLAIM_MARK = ',"claim":'

const HASH_LENGTH = 64
const CONTENT_MARK = '","content":"'
const HEAD_BYTES_MAX = 4_096
/** A person, a card: never into a message. */
const NOBODYS_BUSINESS = /person|card|claim/i

const CONTENT_NAMES: ReadonlySet<string> = new Set(['sequence', 'hash', 'content'])

const encoder = new TextEncoder()

/** `hashes`: of these same bytes, where they were computed before. */
export function decodeBatch(bytes: Uint8Array, hashes?: string): Result<Batch, BatchProblem> {
  if (bytes.length > BATCH_BYTES_MAX) return refuse({ kind: 'too-large', bytes: bytes.length, bytesMax: BATCH_BYTES_MAX })
  const place: Place = { line: 1 }
  try {
    return isFrames(bytes) ? ok(decodeFrames(bytes, place, hashes)) : decodeLines(bytes, place)
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause
    return refuse(problemOf(cause, place.line))
  }
}

/** What is being read: the head is line 1, the first fact line 2. */
interface Place {
  line: number
}

function decodeLines(bytes: Uint8Array, place: Place): Result<Batch, BatchProblem> {
  const text = utf8(bytes)
  if (text === undefined) return refuse({ kind: 'not-utf-8' })
  const lines = linesOf(text)
  const line = parsed(lines[0] ?? '')
  const newer = newerVersion(line)
  if (newer !== undefined) return refuse({ kind: 'version-unknown', version: newer, known: FRAMES_VERSION })
  const head = readHead(line)
  if (lines.length !== head.count + 1) {
    throw new Malformed('count', head.count, `must be the number of facts that follow, ${lines.length - 1}`)
  }
  const entries: BatchEntry[] = []
  for (let index = 0; index < head.count; index += 1) {
    place.line = index + 2
    entries.push(readEntry(lines[index + 1] ?? '', head.first + index))
  }
  return ok({ head, entries })
}

function decodeFrames(bytes: Uint8Array, place: Place, hashes: string | undefined): Batch {
  const { head, links } = linksOf(bytes, place, hashes)
  const entries = links.map(({ sequence, hash, content }, index) => {
    place.line = index + 2
    return readContent(hash, content, sequence)
  })
  return { head, entries }
}

/** Of bytes that were decoded before. Throws Malformed. */
export function headOf(bytes: Uint8Array): Batch['head'] {
  const head = parsed(utf8(headLine(bytes, HEAD_BYTES_MAX).line) ?? '')
  return isFrames(bytes) ? readFramesHead(head) : readHead(head)
}

/** What is in the frames, not read any further. Throws Malformed. */
export function linksOf(bytes: Uint8Array, place: Place = { line: 1 }, hashes?: string): { readonly head: FramesHead; readonly links: ReturnType<typeof chained> } {
  const { line, end } = headLine(bytes, HEAD_BYTES_MAX)
  const head = readFramesHead(parsed(utf8(line) ?? ''))
  const contents = framesOf(bytes, end, head.count, (index) => {
    place.line = index + 2
  })
  return { head, links: chained(head, contents, hashes) }
}

/**
 * What its facts come to, 64 digits each and nothing between: the one thing about a batch that takes long and is small. undefined for
 * lines, which state theirs, and for what cannot be read, of which `decodeBatch` says why.
 */
export function hashesOf(bytes: Uint8Array): string | undefined {
  if (!isFrames(bytes) || bytes.length > BATCH_BYTES_MAX) return undefined
  try {
    return linksOf(bytes).links.map(({ hash }) => hash).join('')
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause
    return undefined
  }
}

function problemOf({ field, value, rule }: Malformed, line: number): BatchProblem {
  const isHidden = value === undefined || NOBODYS_BUSINESS.test(field)
  return { kind: 'malformed', line, field, value: isHidden ? undefined : shownValue({ path: field, value, rule }), rule }
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

function readEntry(text: string, sequence: number): BatchEntry {
  const plain = plainContent(text, sequence)
  if (plain !== undefined) return readContent(plain.hash, bytesOf(plain.content), sequence)
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
  return { sequence, hash, content: encodeFact(fact), fact }
}

function readHoldEntry(line: unknown, claimText: string, sequence: number): BatchEntry {
  const hash = readPlace(line, sequence)
  if (kindOf(line) !== 'hold') throw new Malformed('claim', undefined, 'unknown field')
  const claim = parsed(claimText)
  const { fact, resultHash } = readHold(fieldsOf(line, '', HOLD_NAMES), encoder.encode(claimText), claim)
  return { sequence, hash, content: encodeFact(fact, resultHash), fact }
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
  readContent(hash, bytesOf(fieldsOf(line, '', CONTENT_NAMES)['content']), sequence)

/** Node leaves out what is no base64: then there are fewer bytes than there must be. Looking at every sign costs more. */
function bytesOf(value: unknown): Uint8Array {
  const text = typeof value === 'string' ? value : ''
  const bytes = Buffer.from(text, 'base64')
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  if (text === '' || bytes.length !== (text.length / 4) * 3 - padding) throw new Malformed('content', value, 'must be base64')
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
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
