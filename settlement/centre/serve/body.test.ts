import { zstdCompressSync } from 'node:zlib'
import fastify from 'fastify'
import { describe, expect, it, test } from 'vitest'
import { depthOf, letGoOfBody, readBodies } from './body.ts'

test.each([
  ['""', 0],
  ['{"a":[{"b":1}]}', 3],
  ['[[],[],[[]]]', 3],
  ['"[[[["', 0],
  [String.raw`"\"[["`, 0],
  [String.raw`"\\"[[`, 2],
  ['{"a":1}\n{"a":[1]}\n', 2],
  [']]]][', 0],
  [`"${'x'.repeat(100)}[",[]`, 1],
  [String.raw`"${'x'.repeat(100)}\"[[",[[]]`, 2],
  [String.raw`"${'x'.repeat(100)}\\"[[`, 2],
  [`"${'x'.repeat(100)}[[[`, 0],
  [`"${String.raw`\"`.repeat(100)}[[[",[]`, 1]
])('%s is nested %i deep', (text, depth) => {
  expect(depthOf(Buffer.from(text))).toBe(depth)
})

describe('a body that nobody reads any more', () => {
  const looked = async (body: Uint8Array, encoding: string) => {
    const app = fastify()
    app.decorateRequest('caller')
    readBodies(app)
    app.post('/', (request) => {
      const { bytes, body: packed } = request.received
      letGoOfBody(request)
      letGoOfBody(request)
      const isGone = ({ buffer }: Uint8Array): boolean => buffer instanceof ArrayBuffer && buffer.detached
      return { gone: [isGone(bytes), isGone(packed)], left: [request.received.bytes.length, request.received.body.length], length: request.received.length }
    })
    const answer = await app.inject({ method: 'POST', url: '/', headers: { 'content-type': 'application/x-ndjson', 'content-encoding': encoding }, payload: Buffer.from(body) })
    await app.close()
    return answer.json()
  }
  const LONG = Buffer.from('"'.padEnd(200_000, 'x'))
  /** Which zstd cannot make smaller. */
  const DENSE = Buffer.from(`"${Array.from({ length: 30_000 }, (_, index) => ((index * 7_919) % 104_729).toString(36)).join('')}`)

  it('gives its memory back, packed and unpacked, and is still known by its length', async () => {
    expect(await looked(zstdCompressSync(DENSE), 'zstd')).toEqual({ gone: [true, true], left: [0, 0], length: DENSE.length })
    expect(await looked(LONG, 'identity')).toEqual({ gone: [true, true], left: [0, 0], length: 200_000 })
  })

  it('keeps memory that is too small to be its own', async () => {
    expect(await looked(Buffer.from('{}'), 'identity')).toEqual({ gone: [false, false], left: [0, 0], length: 2 })
  })
})
