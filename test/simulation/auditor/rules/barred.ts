/** A card that was reported lost is refused by every till that has heard of it. Which of them has, its own copy of the list says. */

import { shortCard } from '../books.ts'
import type { Fact } from '../fact.ts'
import { textOf } from '../row-source.ts'
import { idOf, type TerminalBooks, type WorldBooks } from '../world-books.ts'

/** `cardId`: of the card that is put in. */
export function noteBarred(terminal: TerminalBooks, cardId: string): void {
  terminal.barred = isListed(terminal, cardId) ? idOf(cardId) : undefined
}

/** It was listed when it came, and is still: a list that has come meanwhile may have come too late. */
export function checkBarred(terminal: TerminalBooks, fact: Fact, { findings }: WorldBooks): void {
  const card = fact.kind === 'hold' ? fact.intent.cardId : fact.kind === 'load-hold' ? fact.cardId : undefined
  if (card === undefined) return
  const isBarred = terminal.barred === idOf(card) && isListed(terminal, card)
  findings.expect('card-barred', !isBarred, () => `${terminal.name}: a ${fact.kind} for card ${shortCard(card)}, which stood in the till's list of lost cards when it was put in`)
}

function isListed({ rows }: TerminalBooks, cardId: string): boolean {
  const [list] = rows?.rows("SELECT document FROM download WHERE kind = 'lost-cards'") ?? []
  return list !== undefined && textOf(list, 'document').toUpperCase().includes(`"${idOf(cardId)}"`)
}
