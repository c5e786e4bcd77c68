/**
 * The centre's copy of the terminals' chains: each batch as it came, of which single facts are read when somebody asks for them.
 * A correction, a fact judged again or a reconciliation asks; what is booked every day does not.
 */

import { zstdDecompressSync } from 'node:zlib'
import { invariant } from '../../../base/invariant.ts'
import { BATCH_BYTES_MAX, type Batch, type ChainLink } from '../../batch/batch.ts'
import { decodeBatch, headOf, linksOf } from '../../batch/decode-batch.ts'
import { isFrames } from '../../batch/frames.ts'
import { decodeFact } from '../../ledger/fact-decoding.ts'
import type { Fact } from '../../ledger/fact.ts'
import type { CentreQueries } from '../store/centre-database.ts'

export interface KeptFact extends ChainLink {
  readonly fact: Fact
  /** Number of the batch that brought it. */
  readonly batch: number
}

interface OpenBatch {
  readonly terminal: string
  readonly number: number
  readonly first: number
  readonly links: readonly ChainLink[]
}

/** Remembers the batch that it has read last: facts are asked for one after the other. */
export class ChainCopy {
  readonly #db: CentreQueries
  #open: OpenBatch | undefined

  constructor(db: CentreQueries) {
    this.#db = db
  }

  /** undefined: that fact has not come. */
  async fact(terminal: string, sequence: number): Promise<KeptFact | undefined> {
    const batch = isIn(this.#open, terminal, sequence) ? this.#open : await this.#read(terminal, sequence)
    this.#open = batch ?? this.#open
    const link = batch?.links[sequence - batch.first]
    return batch === undefined || link === undefined ? undefined : { ...link, fact: decodeFact(link.content), batch: batch.number }
  }

  async #read(terminal: string, sequence: number): Promise<OpenBatch | undefined> {
    const row = await this.#db
      .selectFrom('batch')
      .select(['number', 'first', 'body'])
      .where('terminal', '=', terminal)
      .where('first', '<=', sequence)
      .orderBy('first', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row && { terminal, number: row.number, first: row.first, links: keptLinks(row.body) }
  }
}

function isIn(batch: OpenBatch | undefined, terminal: string, sequence: number): batch is OpenBatch {
  return batch !== undefined && batch.terminal === terminal && sequence >= batch.first && sequence < batch.first + batch.links.length
}

/** Of a body as it came. It was decoded before it was taken. */
export const keptHead = (body: Uint8Array): Batch['head'] => headOf(plain(body))

/** Likewise. */
export function keptLinks(body: Uint8Array): readonly ChainLink[] {
  const bytes = plain(body)
  if (isFrames(bytes)) return linksOf(bytes).links
  const batch = decodeBatch(bytes)
  invariant(batch.ok, 'the centre keeps a batch that is none')
  return batch.value.entries
}

const plain = (body: Uint8Array): Uint8Array => (isZstd(body) ? zstdDecompressSync(body, { maxOutputLength: BATCH_BYTES_MAX }) : body)

const ZSTD = [0x28, 0xb5, 0x2f, 0xfd] as const

const isZstd = (bytes: Uint8Array): boolean => ZSTD.every((byte, index) => bytes[index] === byte)
