/** Cards as the centre knows them: whose, with which keys, lost or not. */

import type { IssuedCard } from '../ports.ts'
import { anyOf } from '../store/any-of.ts'
import type { CentreQueries } from '../store/centre-database.ts'
import { addToRows } from '../store/add-to-rows.ts'
import { insertRows } from '../store/insert-rows.ts'
import type { CardRow, RegisteredCardRow } from '../store/schema.ts'

/** Cards that are not there yet, under the next numbers. Of two who register at once the second is refused by the unique index. */
export async function registerCards(db: CentreQueries, cards: readonly CardRow[]): Promise<void> {
  const last = await db.selectFrom('card').select('card_ref').orderBy('card_ref', 'desc').limit(1).executeTakeFirst()
  const first = (last?.card_ref ?? 0) + 1
  await insertRows(db, 'card', cards.map((card, index) => ({ ...card, card_ref: first + index })))
}

export const findCards = (db: CentreQueries, cardIds: readonly string[]): Promise<RegisteredCardRow[]> =>
  db.selectFrom('card').selectAll().where(anyOf(db, 'card.card_id', cardIds)).orderBy('card_id').execute()

export const cardsOf = (db: CentreQueries, psnNos: readonly string[]): Promise<RegisteredCardRow[]> =>
  db.selectFrom('card').selectAll().where(anyOf(db, 'card.psn_no', psnNos)).orderBy('card_id').execute()

/** Those that no terminal may serve: lost, or not activated yet. */
export const barredCards = (db: CentreQueries): Promise<RegisteredCardRow[]> =>
  db
    .selectFrom('card')
    .selectAll()
    .where('lost', 'is not', null)
    // Two questions, each with an index of its own.
    .union(db.selectFrom('card').selectAll().where('activated', '=', 0))
    .orderBy('card_id')
    .execute()

/** What the card authority is asked about. */
export const issuedCard = ({ card_id, region, card_factor, algorithm, purse }: CardRow): IssuedCard => ({
  cardId: card_id,
  region,
  cardFactor: card_factor,
  algorithm,
  purse
})

export interface LossReport {
  readonly cardId: string
  readonly lost: 'temporary' | 'formal'
  /** 14 digits. */
  readonly since: string
}

export async function reportLost(db: CentreQueries, { cardId, lost, since }: LossReport): Promise<void> {
  await db.updateTable('card').set({ lost, lost_since: since }).where('card_id', '=', cardId).execute()
}

/** It settles again; what was refused meanwhile may be judged again. */
export async function reportFound(db: CentreQueries, cardId: string): Promise<void> {
  await db.updateTable('card').set({ lost: null, lost_since: null }).where('card_id', '=', cardId).execute()
}

/** The holder has had it put into use (启用), or it is as it was handed out. */
export async function setActivated(db: CentreQueries, cardId: string, activated: boolean): Promise<void> {
  await db.updateTable('card').set({ activated: activated ? 1 : 0 }).where('card_id', '=', cardId).execute()
}

/** fen that the purses of record gain, or lose. */
export const moveCardBalances = (db: CentreQueries, moves: readonly { readonly card_id: string; readonly balance: number }[]): Promise<void> =>
  addToRows(db, { table: 'card', keys: ['card_id'], column: 'balance' }, moves)
