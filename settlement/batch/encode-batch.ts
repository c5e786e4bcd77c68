/**
 * A batch to its bytes. What the readable form cannot say exactly (a fact of encoding 1, a hold without a claim, a claim that
 * takes more than one line) goes as its content: a fact that a ledger has taken can always be sent.
 */

import { hash } from 'node:crypto'
import { invariant } from '../../base/invariant.ts'
import { decodeContent, type DecodedFact } from '../ledger/fact-decoding.ts'
import type { BatchHead, ChainLink } from './batch.ts'
import { writeFact } from './fact-entry.ts'
import { writeHold } from './hold-entry.ts'

/** Between a hold's own fields and its claim; nothing else on a line of ours looks so, because texts escape their quotes. */
export const CLAIM_MARK = ',"claim":'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The links follow each other one by one from `head.first`. */
export function encodeBatch(head: BatchHead, links: readonly ChainLink[]): Uint8Array {
  invariant(links.length === head.count, `${links.length} facts in a batch of ${head.count}`)
  let text = `${JSON.stringify(head)}\n`
  for (const [index, link] of links.entries()) {
    invariant(link.sequence === head.first + index, `fact ${link.sequence} where ${head.first + index} belongs`)
    text += `${encodeEntry(link)}\n`
  }
  return encoder.encode(text)
}

/** What the next batch names as `previous`: SHA-256 of the uncompressed bytes in hex. */
export const batchHash = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex')

/** One line without its end. `decoded`: what the content says, where that is known already. */
export function encodeEntry(link: ChainLink, decoded: DecodedFact = decodeContent(link.content)): string {
  const { encoding, fact, resultHash } = decoded
  const place = { sequence: link.sequence, hash: link.hash }
  if (encoding === 2 && fact.kind !== 'hold') return JSON.stringify({ ...place, ...writeFact(fact) })
  if (fact.kind === 'hold' && resultHash !== undefined) {
    const claim = readableClaim(fact.claim)
    if (claim !== undefined) {
      const fields = JSON.stringify({ ...place, kind: 'hold', ...writeHold(fact, resultHash, claim.document) })
      return `${fields.slice(0, -1)}${CLAIM_MARK}${claim.text}}`
    }
  }
  return JSON.stringify({ ...place, content: Buffer.from(link.content).toString('base64') })
}

/** undefined: no JSON object on one line. */
function readableClaim(bytes: Uint8Array): { readonly text: string; readonly document: object } | undefined {
  try {
    const text = decoder.decode(bytes)
    if (text.includes('\n')) return undefined
    const document: unknown = JSON.parse(text)
    return typeof document === 'object' && document !== null ? { text, document } : undefined
  } catch (cause) {
    // Bytes that are not UTF-8, or text that is not JSON.
    if (cause instanceof TypeError || cause instanceof SyntaxError) return undefined
    throw cause
  }
}
