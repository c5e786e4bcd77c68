/** The centre's copies of the terminals' chains, made again from the batches as they came, fact by fact beside the terminals' own. */

import { createHash } from 'node:crypto'
import { readBatch, readVerdicts, UnreadableBatch, type BatchBody, type Verdict } from './batch-body.ts'
import { UnreadableContent } from './content-reader.ts'
import { readFact, type Fact } from './fact.ts'
import type { Findings } from './failure.ts'
import { bytesOf, textOf, wholeOf, type Row } from './row-source.ts'

export interface CentreChain {
  /** As enrolled. */
  readonly terminal: string
  /** Place 0 is what stands before the first fact. */
  readonly hashes: string[]
  readonly facts: (Fact | undefined)[]
  /** As they were answered first. */
  readonly verdicts: Map<number, Verdict>
  batch: number
  batchHash: string
}

const NUMBER_BYTES = 8
const NOTHING = '0'.repeat(64)

export class CentreChains {
  readonly chains = new Map<string, CentreChain>()
  readonly #findings: Findings

  constructor(findings: Findings) {
    this.#findings = findings
  }

  /** The numbers of its facts; undefined when it could not be read. */
  take(row: Row): { readonly chain: CentreChain; readonly first: number; readonly last: number } | undefined {
    const terminal = textOf(row, 'terminal')
    const what = `centre: batch ${wholeOf(row, 'number')} of ${terminal}`
    const body = this.#read(row, what)
    if (body === undefined) return undefined
    const chain = this.#chain(terminal)
    this.#checkPlace(row, what, body, chain)
    body.contents.forEach((content) => this.#extend(chain, content, what))
    this.#expect(chain.hashes.at(-1) === body.end, () => `${what}: its facts do not come to the hash that it states`)
    chain.batch = body.number
    chain.batchHash = body.hash
    for (const [sequence, verdict] of readVerdicts(textOf(row, 'answer'))) chain.verdicts.set(sequence, verdict)
    return { chain, first: body.first, last: chain.hashes.length - 1 }
  }

  #read(row: Row, what: string): BatchBody | undefined {
    this.#findings.looks('batch-chain')
    try {
      return readBatch(bytesOf(row, 'body'))
    } catch (cause) {
      if (!(cause instanceof UnreadableBatch)) throw cause
      this.#findings.broken('batch-chain', `${what}: ${cause.message}`)
      return undefined
    }
  }

  #chain(terminal: string): CentreChain {
    const known = this.chains.get(terminal) ?? { terminal, hashes: [NOTHING], facts: [undefined], verdicts: new Map<number, Verdict>(), batch: 0, batchHash: NOTHING }
    this.chains.set(terminal, known)
    return known
  }

  #checkPlace(row: Row, what: string, body: BatchBody, chain: CentreChain): void {
    this.#expect(body.terminal === chain.terminal, () => `${what}: it says that it is of ${body.terminal}`)
    this.#expect(body.number === chain.batch + 1 && wholeOf(row, 'number') === body.number, () => `${what}: it follows batch ${chain.batch}`)
    this.#expect(body.previous === chain.batchHash, () => `${what}: it names another batch before it`)
    this.#expect(body.hash === textOf(row, 'hash'), () => `${what}: its bytes are not those of its hash`)
    this.#expect(body.first === chain.hashes.length && wholeOf(row, 'first') === body.first, () => `${what}: it begins at fact ${body.first}, fact ${chain.hashes.length} was next`)
    this.#expect(wholeOf(row, 'count') === body.contents.length, () => `${what}: it has ${body.contents.length} facts`)
    this.#expect(body.before === chain.hashes.at(-1), () => `${what}: it goes on from another chain`)
  }

  #extend(chain: CentreChain, content: Uint8Array, what: string): void {
    const sequence = chain.hashes.length
    const number = Buffer.alloc(NUMBER_BYTES)
    number.writeBigUInt64BE(BigInt(sequence))
    chain.hashes.push(createHash('sha256').update(chain.hashes.at(-1) ?? '', 'hex').update(number).update(content).digest('hex'))
    try {
      chain.facts.push(readFact(content))
    } catch (cause) {
      if (!(cause instanceof UnreadableContent)) throw cause
      chain.facts.push(undefined)
      this.#findings.broken('fact-readable', `${what}: fact ${sequence}: ${cause.message}`)
    }
  }

  #expect(holds: boolean, detail: () => string): void {
    this.#findings.expect('batch-chain', holds, detail)
  }
}
