/** What the centre holds of a terminal is that terminal's chain: equal hashes at a place are equal bytes up to there. */

import type { CentreChain } from '../centre-chains.ts'
import type { TerminalBooks, WorldBooks } from '../world-books.ts'

/** Whose chain it is, by what was written first; undefined: nobody's here. */
export function ownerOf(chain: CentreChain, books: WorldBooks): TerminalBooks | undefined {
  return [...books.terminals.values()].find(({ book }) => chain.hashes.length > 1 && book.hashes[1] === chain.hashes[1])
}

export function checkCopy(chain: CentreChain, first: number, last: number, books: WorldBooks): void {
  const { findings } = books
  findings.looks('centre-copy')
  const owner = ownerOf(chain, books)
  const mayBeLost = [...books.terminals.values()].some(({ lostFrom }) => lostFrom !== undefined)
  if (owner === undefined) {
    if (!mayBeLost) findings.broken('centre-copy', `centre: the chain of ${chain.terminal} is no terminal's`)
    return
  }
  for (let sequence = first; sequence <= last; sequence += 1) {
    if (owner.lostFrom !== undefined && sequence >= owner.lostFrom) return
    const own = owner.book.hashes[sequence]
    if (own === chain.hashes[sequence]) continue
    const words = own === undefined ? `the terminal has no fact after ${owner.book.sequence}` : 'the terminal has another fact there'
    findings.broken('centre-copy', `centre: fact ${sequence} of ${chain.terminal} (${owner.name}): ${words}`)
    return
  }
}
