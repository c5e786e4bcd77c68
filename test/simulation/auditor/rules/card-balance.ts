/**
 * What is on a card, told twice: by the card's own log, and by the ledgers of all terminals. Both must come to the balance that
 * the chip says.
 */

import type { Loading, Settling } from '../books.ts'
import type { CardBook } from '../card-book.ts'
import type { WorldBooks } from '../world-books.ts'
import { isOf } from './card-debits.ts'
import { isLoadOf } from './card-loads.ts'

export function checkBalance(card: CardBook, books: WorldBooks): void {
  const { opening, state } = card
  if (opening === undefined || state === undefined) return
  const { findings } = books
  const byLedgers = ledgersSay(card, books)
  findings.expect('fen-conserved', byLedgers === undefined || byLedgers === state.balance, () => `${card.name}: the ledgers leave ${byLedgers} fen on it, there are ${state.balance}`)
  const lines = [...card.debits.values(), ...card.loads.values()]
  const byLog = lines.reduce((sum, line) => (line.kind === 'unseen' ? Number.NaN : line.kind === 'load' ? sum + line.account : sum - line.account), opening.balance)
  findings.expect('card-balance', Number.isNaN(byLog) || byLog === state.balance, () => `${card.name}: its log leaves ${byLog} fen on it, there are ${state.balance}`)
}

/** Opening, less what was debited, plus what was loaded, in the words of the holds; undefined where another program took part. */
export function ledgersSay(card: CardBook, books: WorldBooks): number | undefined {
  if (card.opening === undefined || card.foreign.size > 0) return undefined
  let fen = card.opening.balance
  const debits = books.debitsOf(card)
  for (const [serial, line] of card.debits) {
    const owner = ownerOf((debits.get(serial) ?? []).filter((settling) => isOf(settling, line, card.opening?.signsOneAmount ?? false)))
    fen -= owner?.hold.fact.intent.account ?? 0
  }
  const loads = books.loadsOf(card)
  for (const [serial, line] of card.loads) {
    const owner = ownerOf((loads.get(serial) ?? []).filter((loading) => isLoadOf(loading, line)))
    fen += owner?.hold.fact.amount ?? 0
  }
  return fen
}

/** Posted before held; what was released owns nothing. */
const ownerOf = <Claim extends Settling | Loading>(claims: readonly Claim[]): Claim | undefined =>
  claims.find(({ state }) => state === 'posted' || state === 'corrected') ?? claims.find(({ state, lost }) => state === 'open' || lost)
