/**
 * A batch to its bytes: each fact is its stored content in base64 on a line of its own. Nothing is read and written anew on the
 * way, so whatever a ledger has taken can be sent, and costs a terminal no more than copying it.
 */

import { hash } from 'node:crypto'
import { invariant } from '../../base/invariant.ts'
import type { BatchHead, ChainLink } from './batch.ts'

/** The links follow each other one by one from `head.first`. */
export function encodeBatch(head: BatchHead, links: readonly ChainLink[]): Uint8Array {
  for (const [index, link] of links.entries()) {
    invariant(link.sequence === head.first + index, `fact ${link.sequence} where ${head.first + index} belongs`)
  }
  return encodeLines(head, links.map(encodeLink))
}

/** `lines`: what `encodeLink` gave for each fact. */
export function encodeLines(head: BatchHead, lines: readonly string[]): Uint8Array {
  invariant(lines.length === head.count, `${lines.length} facts in a batch of ${head.count}`)
  const first = encoder.encode(`${JSON.stringify(head)}\n`)
  // Plain characters are bytes as they are, which needs no encoder.
  const all = Buffer.concat([first, Buffer.from(lines.join(''), 'latin1')])
  return new Uint8Array(all.buffer, all.byteOffset, all.length)
}

/** One line with its end, of plain characters: a byte each. */
export const encodeLink = ({ sequence, hash: link, content }: ChainLink): string =>
  `{"sequence":${sequence},"hash":"${link}","content":"${base64(content)}"}\n`

/** What the next batch names as `previous`: SHA-256 of the uncompressed bytes in hex. */
export const batchHash = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex')

const encoder = new TextEncoder()

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
