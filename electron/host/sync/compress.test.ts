import { expect, it } from 'vitest'
import { BATCH_BYTES_MAX } from '../../../settlement/batch/batch.ts'
import { compressZstd, decompressZstd } from './compress.ts'

it('a batch comes back as it was', async () => {
  const bytes = new TextEncoder().encode('测试'.repeat(1_000))
  expect(Uint8Array.from(decompressZstd(await compressZstd(bytes)) ?? [])).toEqual(bytes)
})

it('what is damaged, and what becomes more than a batch may have, does not come back', async () => {
  const body = await compressZstd(new Uint8Array(1_000))
  expect(decompressZstd(body.subarray(0, body.length - 1))).toBeUndefined()
  expect(decompressZstd(Uint8Array.of(1, 2, 3))).toBeUndefined()
  expect(decompressZstd(await compressZstd(new Uint8Array(BATCH_BYTES_MAX + 1)))).toBeUndefined()
})
