/**
 * Bodies as they come in. A batch is lines of JSON or frames, under zstd or plain; everything else is JSON. The bytes are kept as
 * they are after decompression, for the caller's signature is over them. Whatever follows may take all but frames for UTF-8 text
 * whose nesting is bounded, and in which no character is one that PostgreSQL cannot store; frames are read byte by byte
 * (settlement/batch).
 */

import { isUtf8 } from 'node:buffer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { BATCH_BYTES_MAX } from '../../batch/batch.ts'
import { isFrames } from '../../batch/frames.ts'
import { JSON_BYTES_MAX, JSON_DEPTH_MAX } from './limits.ts'
import { refusal, RequestRefused } from './refusal.ts'
import { Turns } from './turns.ts'
import { unpackOnPool, type Unpack, type Unpacked } from './unpack.ts'

/** A request's body. */
export interface ReceivedBody extends Unpacked {
  /** As it came: under zstd or not. */
  readonly body: Uint8Array
  /** Of `bytes`, also when they are gone. */
  readonly length: number
}

declare module 'fastify' {
  interface FastifyRequest {
    received: ReceivedBody
  }
}

/** Lines or frames under the second: which of them, the head says. */
export const BATCH_TYPES: ReadonlySet<string> = new Set(['application/x-ndjson', 'application/vnd.caresettle.batch'])

const NOTHING = new Uint8Array(0)
const NO_BODY: ReceivedBody = { bytes: NOTHING, body: NOTHING, length: 0 }

export function readBodies(app: FastifyInstance, unpack: Unpack = unpackOnPool): void {
  app.removeAllContentTypeParsers()
  app.decorateRequest('received')
  app.addHook('onRequest', async (request) => {
    request.received = NO_BODY
  })
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: JSON_BYTES_MAX }, readJson)
  const turns = new Turns()
  app.addContentTypeParser([...BATCH_TYPES], { parseAs: 'buffer', bodyLimit: BATCH_BYTES_MAX }, (request: FastifyRequest, body: Buffer) =>
    // A smaller batch would be there before the one that it follows. A body has its turn when it is complete: whoever only says that
    // he is this terminal holds it up no longer than his own takes.
    turns.take(request.caller?.terminal.terminal ?? '', () => readBatch(request, body, unpack))
  )
}

async function readJson(request: FastifyRequest, body: Buffer): Promise<unknown> {
  if (request.headers['content-encoding'] !== undefined) throw new RequestRefused(ENCODING_UNKNOWN)
  request.received = { bytes: checked(body), body, length: body.length }
  return parsed(body)
}

async function readBatch(request: FastifyRequest, body: Buffer, unpack: Unpack): Promise<unknown> {
  const unpacked = await decoded(body, request.headers['content-encoding'], unpack)
  const { bytes } = unpacked
  if (!isFrames(bytes)) checked(bytes)
  request.received = { ...unpacked, body, length: bytes.length }
  return bytes
}

/**
 * Of a batch that was taken or refused, and that nobody reads any more. What lies outside its heap V8 counts until it has collected
 * everything, and collects everything because of it: a batch and its body leave more than a megabyte.
 */
export function letGoOfBody(request: FastifyRequest): void {
  const { bytes, body } = request.received
  for (const { buffer } of [bytes, body]) {
    // Smaller ones may lie in memory that Node shares out.
    if (buffer instanceof ArrayBuffer && !buffer.detached && buffer.byteLength > Buffer.poolSize) buffer.transfer(0)
  }
  request.received = { ...request.received, bytes: NOTHING, body: NOTHING }
}

const ENCODING_UNKNOWN = refusal(415, 'encoding-unknown', 'Content-Encoding: a batch may come as zstd or plain, everything else plain')

async function decoded(body: Uint8Array, encoding: string | undefined, unpack: Unpack): Promise<Unpacked> {
  if (encoding === undefined || encoding === 'identity') return { bytes: body }
  if (encoding !== 'zstd') throw new RequestRefused(ENCODING_UNKNOWN)
  const outcome = await unpack(body)
  if (typeof outcome !== 'string') return outcome
  if (outcome === 'ERR_BUFFER_TOO_LARGE') {
    throw new RequestRefused(refusal(413, 'body-too-large', `body: at most ${BATCH_BYTES_MAX} bytes uncompressed`, { bytesMax: BATCH_BYTES_MAX }))
  }
  throw new RequestRefused(refusal(400, 'body-damaged', 'body: cannot be read as zstd', { detail: outcome }))
}

function checked(body: Uint8Array): Uint8Array {
  const rule = brokenRule(body)
  if (rule !== undefined) throw new RequestRefused(refusal(400, 'json-malformed', `body: ${rule}`))
  return body
}

function brokenRule(body: Uint8Array): string | undefined {
  if (!isUtf8(body)) return 'must be UTF-8'
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  if (bytes.includes('\\u0000')) return 'no character may be U+0000'
  if (bytes.includes('"__proto__"')) return 'no field may be called __proto__'
  return depthOf(body) > JSON_DEPTH_MAX ? `at most ${JSON_DEPTH_MAX} objects and lists within each other` : undefined
}

// Each by itself: of a name that is taken from a list the compiler makes no constant, and this looks at every byte.
const QUOTE = 0x22
const BACKSLASH = 0x5c
const OBJECT = 0x7b
const LIST = 0x5b
const OBJECT_END = 0x7d
const LIST_END = 0x5d

/** Of JSON or NDJSON, before anything is built from it. What is not JSON is left to the parser. */
export function depthOf(bytes: Uint8Array): number {
  const texts = new Texts(bytes)
  let depth = 0
  let deepest = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === QUOTE) at = texts.endFrom(at + 1)
    else if (byte === OBJECT || byte === LIST) {
      depth++
      if (depth > deepest) deepest = depth
    } else if (byte === OBJECT_END || byte === LIST_END) depth--
  }
  return deepest
}

/** From here on a text is long, and worth a search that looks at many bytes at once. */
const SHORT_TEXT = 48

/** Where texts end: most bytes are in texts, so the least is asked of each. */
class Texts {
  readonly #bytes: Buffer
  /** The first backslash from where it was last looked for. */
  #backslash = -1

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  endFrom(from: number): number {
    const bytes = this.#bytes
    let at = from
    for (; at < from + SHORT_TEXT; at += 1) {
      const byte = bytes[at]
      if (byte === QUOTE || byte === undefined) return at
      if (byte === BACKSLASH) at += 1
    }
    for (;;) {
      const quote = this.#next(QUOTE, at)
      if (this.#backslash < at) this.#backslash = this.#next(BACKSLASH, at)
      if (quote < this.#backslash || quote === bytes.length) return quote
      at = this.#backslash + 2
    }
  }

  #next(byte: number, from: number): number {
    const at = this.#bytes.indexOf(byte, from)
    return at === -1 ? this.#bytes.length : at
  }
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    throw new RequestRefused(refusal(400, 'json-malformed', 'body: is not JSON'))
  }
}
