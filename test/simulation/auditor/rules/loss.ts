/**
 * What a disk that lied has taken is gone lawfully; that it is gone must be said. A centre that holds facts which its terminal has no
 * more, or has otherwise, makes two stories of one ledger: the terminal's screen must say that the two do not agree. One that still has
 * them all, and has lost what it kept beside them, finds its centre again by itself.
 */

import type { TerminalBooks, WorldBooks } from '../world-books.ts'
import { ownerOf } from './centre-copy.ts'

/** The state of the link in an event of the topic "sync". */
export function linkIn(event: object): string | undefined {
  if (!('sync' in event) || typeof event.sync !== 'object' || event.sync === null || !('link' in event.sync)) return undefined
  return typeof event.sync.link === 'string' ? event.sync.link : undefined
}

/** When everything has been sent that can be. */
export function checkLossNamed(terminal: TerminalBooks, books: WorldBooks): void {
  const { book, name, hasOlderBooks, link } = terminal
  if (!hasOlderBooks) return
  for (const chain of books.centre?.chains.values() ?? []) {
    if (ownerOf(chain, books) !== terminal) continue
    const last = chain.hashes.length - 1
    const isSame = book.hashes[last] === chain.hashes[last]
    books.findings.expect('quiet-outbox', !isSame || link !== 'refused', () => `${name}: a disk has lied and it has all ${last} facts that the centre has of it, and does not find back to it`)
    books.findings.expect('quiet-named', isSame || link === 'refused', () => `${name}: the centre has ${last} facts of it that are not its own since a disk lied, and its link says ${link ?? 'nothing'}`)
  }
}
