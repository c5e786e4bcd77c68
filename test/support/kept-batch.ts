/** A batch as the centre keeps one, of these contents and beginning at that fact of a terminal's chain. */

import { FRAMES_VERSION, NO_BATCH } from '../../settlement/batch/batch.ts'
import { batchHash } from '../../settlement/batch/encode-batch.ts'
import type { BatchRow } from '../../settlement/centre/store/schema.ts'
import { extend, type Head } from '../../settlement/ledger/chain.ts'
import { encodeBatch } from './encode-batch.ts'

const TIME = '20260315000000'

export function keptBatch(terminal: string, first: number, contents: readonly Uint8Array[]): BatchRow {
  const begin: Head = { sequence: first - 1, hash: new Uint8Array(32) }
  const end = contents.reduce(extend, begin)
  const head = { version: FRAMES_VERSION, terminal, number: 1, previous: NO_BATCH, first, count: contents.length, madeAt: TIME, chain: [NO_BATCH, Buffer.from(end.hash).toString('hex')] } as const
  const body = encodeBatch(head, contents)
  return { terminal, number: 1, hash: batchHash(body), first, count: contents.length, received_at: TIME, answer: '{}', signature: '', time: TIME, body }
}
