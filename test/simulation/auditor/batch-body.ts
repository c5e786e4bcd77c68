/**
 * A batch as it travels and as the centre keeps it: perhaps under zstd, a head line of JSON, then each fact behind four bytes of
 * length. Read from the documented format.
 */

import { createHash } from 'node:crypto'
import { zstdDecompressSync } from 'node:zlib'

export class UnreadableBatch extends Error {
  override readonly name = 'UnreadableBatch'
}

export interface BatchBody {
  /** SHA-256 of the uncompressed bytes, in hex. */
  readonly hash: string
  readonly terminal: string
  readonly number: number
  readonly previous: string
  readonly first: number
  /** Hash of the chain before the first fact and at the last, in hex. */
  readonly before: string
  readonly end: string
  readonly contents: readonly Uint8Array[]
}

const LENGTH_BYTES = 4
const FRAMES = 2
const LINE_END = 0x0a
const ZSTD_MAGIC = 0xfd2fb528

export function unpacked(body: Uint8Array): Buffer {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  return bytes.length >= LENGTH_BYTES && bytes.readUInt32LE(0) === ZSTD_MAGIC ? zstdDecompressSync(bytes) : bytes
}

/** Throws UnreadableBatch. */
export function readBatch(body: Uint8Array): BatchBody {
  const bytes = unpacked(body)
  const end = bytes.indexOf(LINE_END)
  if (end === -1) throw new UnreadableBatch('no head line')
  const head = JSON.parse(bytes.toString('utf8', 0, end)) as Readonly<Record<string, unknown>>
  if (head['version'] !== FRAMES) throw new UnreadableBatch(`version ${String(head['version'])}`)
  const [before, after] = Array.isArray(head['chain']) ? (head['chain'] as readonly unknown[]) : []
  const contents: Uint8Array[] = []
  for (let at = end + 1; at < bytes.length; ) {
    if (at + LENGTH_BYTES > bytes.length) throw new UnreadableBatch('cut short')
    const begin = at + LENGTH_BYTES
    at = begin + bytes.readUInt32BE(at)
    if (at > bytes.length) throw new UnreadableBatch('cut short')
    contents.push(bytes.subarray(begin, at))
  }
  if (contents.length !== head['count']) throw new UnreadableBatch(`${contents.length} facts, ${String(head['count'])} are announced`)
  return {
    hash: createHash('sha256').update(bytes).digest('hex'),
    terminal: String(head['terminal']),
    number: Number(head['number']),
    previous: String(head['previous']),
    first: Number(head['first']),
    before: String(before),
    end: String(after),
    contents
  }
}

export interface Verdict {
  readonly kind: string
  readonly setlId?: string
  readonly setlTime?: string
  readonly ofRecord?: { readonly amounts: Readonly<Record<string, unknown>>; readonly counters: Readonly<Record<string, string>> }
  /** Of `exists`: what it got then. */
  readonly verdict?: Verdict
}

const SEQUENCE_DIGITS = 12

/** What the centre answered, by sequence; what is not mentioned is noted. */
export function readVerdicts(answer: string): ReadonlyMap<number, Verdict> {
  const said = JSON.parse(answer) as {
    readonly first?: number
    readonly count?: number
    readonly booked?: { readonly setlIdPrefix: string; readonly setlTime: string; readonly facts: string }
    readonly others?: readonly Said[]
    readonly verdicts?: readonly Said[]
  }
  const verdicts = new Map<number, Verdict>()
  const { first = 1, count = 0, booked } = said
  const bits = Buffer.from(booked?.facts ?? '', 'base64')
  for (let index = 0; index < count; index += 1) {
    if (booked === undefined || ((bits[index >> 3] ?? 0) & (1 << (index & 7))) === 0) continue
    const sequence = first + index
    const setlId = booked.setlIdPrefix + String(sequence).padStart(SEQUENCE_DIGITS, '0')
    verdicts.set(sequence, { kind: 'accepted', setlId, setlTime: booked.setlTime })
  }
  for (const { sequence, verdict } of [...(said.others ?? []), ...(said.verdicts ?? [])]) verdicts.set(sequence, verdict)
  return verdicts
}

interface Said {
  readonly sequence: number
  readonly verdict: Verdict
}
