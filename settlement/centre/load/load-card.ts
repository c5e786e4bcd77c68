/** The card that a load is for: whose it is, whether it may be given anything, and all of it under one lock. */

import { refuse, ok, type Result } from '../../../base/result.ts'
import { lockPeople, lockTerminal } from '../record/lock.ts'
import type { CentreTransaction } from '../store/centre-database.ts'
import type { RegisteredCardRow } from '../store/schema.ts'

type CardUnfit =
  | { readonly kind: 'card-unknown' }
  | { readonly kind: 'card-lost'; readonly since: string }
  | { readonly kind: 'card-not-activated' }

/** The terminal first and then the person, as everybody locks; the card is read under both. */
export async function lockCard(transaction: CentreTransaction, terminal: string, cardId: string): Promise<RegisteredCardRow | undefined> {
  const owner = await cardRow(transaction, cardId)
  await lockTerminal(transaction, terminal)
  if (owner === undefined) return undefined
  await lockPeople(transaction, [owner.psn_no])
  return cardRow(transaction, cardId)
}

const cardRow = (transaction: CentreTransaction, cardId: string): Promise<RegisteredCardRow | undefined> =>
  transaction.selectFrom('card').selectAll().where('card_id', '=', cardId).executeTakeFirst()

export function fitCard(card: RegisteredCardRow | undefined): Result<RegisteredCardRow, CardUnfit> {
  if (card === undefined) return refuse({ kind: 'card-unknown' })
  if (card.lost_since !== null) return refuse({ kind: 'card-lost', since: card.lost_since })
  return card.activated === 1 ? ok(card) : refuse({ kind: 'card-not-activated' })
}
