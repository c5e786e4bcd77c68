import { randomBytes } from 'node:crypto'
import { zstdCompressSync } from 'node:zlib'
import { afterEach, expect, it } from 'vitest'
import { BATCH_BYTES_MAX } from '../../../settlement/batch/batch.ts'
import { unpackWhole } from '../../../settlement/centre/serve/unpack.ts'
import { unpackBeside, type UnpackBeside } from './beside.ts'

let beside: UnpackBeside
afterEach(() => beside.close())

/** Which zstd leaves as large as a batch that is worth a thread. */
const dense = (seed: number): Buffer => Buffer.from(Array.from({ length: 30_000 }, (_, index) => ((index * seed) % 104_729).toString(36)).join(''))

it('unpacks on its thread as in one piece, each body for itself and in any number', async () => {
  beside = unpackBeside()
  const bodies = [dense(7_919), dense(7_927), dense(7_933)].map((bytes) => zstdCompressSync(bytes))
  expect(bodies.every(({ length }) => length > 16 * 1024)).toBe(true)
  expect(await Promise.all(bodies.map((body) => beside.unpack(body)))).toEqual(bodies.map((body) => unpackWhole(body)))
})

it('says by a code what is wrong with one body, and goes on with the next', async () => {
  beside = unpackBeside()
  const good = zstdCompressSync(dense(7_919))
  const damaged = Buffer.concat([good.subarray(0, 40), Buffer.from('damaged'), good.subarray(47)])
  const tooLarge = zstdCompressSync(randomBytes(BATCH_BYTES_MAX + 1))
  const [first, second, third] = await Promise.all([damaged, tooLarge, good].map((body) => beside.unpack(body)))
  expect(first).toMatch(/^ZSTD_error/)
  expect(second).toBe('ERR_BUFFER_TOO_LARGE')
  expect(third).toEqual(unpackWhole(good))
})

it('a small body does not make the way', async () => {
  beside = unpackBeside()
  expect(await beside.unpack(zstdCompressSync(Buffer.from('{}')))).toEqual({ bytes: Buffer.from('{}') })
})

it('a thread that ends fails what it had, and what comes then has another one', async () => {
  beside = unpackBeside()
  const body = zstdCompressSync(dense(7_919))
  const lost = beside.unpack(body)
  await beside.close()
  await expect(lost).rejects.toThrow('the thread that unpacks batches has ended')
  expect(await beside.unpack(body)).toEqual(unpackWhole(body))
})
