import { createHash } from 'node:crypto'
import { zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { framesBatch } from '../../../test/support/readable-batch.ts'
import { BATCH_BYTES_MAX, NO_BATCH } from '../../batch/batch.ts'
import { extendHex } from '../../ledger/chain.ts'
import { encodeFact } from '../../ledger/fact-encoding.ts'
import { unpackOnPool, unpackWhole, type Unpacked } from './unpack.ts'

const RELEASE = encodeFact({ kind: 'release', settlementId: 'P99999900001000001', hold: 1, proof: 'the card has no such purchase', releasedAt: '20230915093000' })
const LINK = { sequence: 1, hash: extendHex(NO_BATCH, 1, RELEASE), content: RELEASE }
const FRAMES = framesBatch({ version: 1, terminal: 'H99999900001-01', number: 1, previous: NO_BATCH, first: 1, count: 1, madeAt: '20260315101500' }, [LINK])

const ways = [
  ['on the thread pool', unpackOnPool],
  ['in one piece', (body: Uint8Array) => Promise.resolve(unpackWhole(body))]
] as const

describe.each(ways)('a body under zstd, unpacked %s', (_, unpack) => {
  it('is the bytes that were compressed, of one piece and of several', async () => {
    for (const length of [0, 1, 30_000, 3_000_000]) {
      const bytes = Uint8Array.from({ length }, (__, index) => index % 251)
      const unpacked = (await unpack(zstdCompressSync(bytes))) as Unpacked
      expect(Buffer.compare(unpacked.bytes, bytes)).toBe(0)
    }
  })

  it.each([
    ['is no zstd', Buffer.from('{}'), 'ZSTD_error_prefix_unknown'],
    ['becomes more than a batch may have', zstdCompressSync(Buffer.alloc(BATCH_BYTES_MAX + 1)), 'ERR_BUFFER_TOO_LARGE'],
    ['is cut short', zstdCompressSync(Buffer.alloc(1000)).subarray(0, -3), 'Z_BUF_ERROR']
  ])('says by a code that it %s', async (__, body, code) => {
    expect(await unpack(body)).toBe(code)
  })
})

it('in one piece it comes with all that follows from its bytes: their SHA-256, and the hashes of its facts', () => {
  const unpacked = unpackWhole(zstdCompressSync(FRAMES)) as Unpacked
  expect(unpacked.digest).toBe(createHash('sha256').update(FRAMES).digest('hex'))
  expect(unpacked.hashes).toBe(LINK.hash)
})
