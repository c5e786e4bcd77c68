/** Credits: money that the centre grants a card, the yearly payment into a personal account for one, and that waits for a load. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { Fen } from '../../money/fen.ts'
import type { CentrePorts } from '../ports.ts'
import type { CentreQueries } from '../store/centre-database.ts'
import type { CreditRow } from '../store/schema.ts'

export const CREDIT_REASON_LENGTH_MAX = 200
/** Four bytes of fen. */
const CARD_AMOUNT_MAX = 0xffff_ffff

export interface Grant {
  /** Hex of item 01. */
  readonly cardId: string
  readonly amount: Fen
  readonly reason: string
}

export type GrantRefusal =
  | { readonly kind: 'card-unknown'; readonly cardId: string }
  | { readonly kind: 'amount-invalid'; readonly amount: Fen }
  /** Empty, too long, or with control characters. */
  | { readonly kind: 'reason-invalid'; readonly length: number; readonly lengthMax: number }

/** Answers the credit's number. */
export async function grantCredit(
  { database, clock, entropy }: Pick<CentrePorts, 'database' | 'clock' | 'entropy'>,
  { cardId, amount, reason }: Grant
): Promise<Result<string, GrantRefusal>> {
  const words = reason.trim()
  if (words === '' || words.length > CREDIT_REASON_LENGTH_MAX || /\p{Cc}/u.test(words)) {
    return refuse({ kind: 'reason-invalid', length: words.length, lengthMax: CREDIT_REASON_LENGTH_MAX })
  }
  if (amount <= 0 || amount > CARD_AMOUNT_MAX) return refuse({ kind: 'amount-invalid', amount })
  const card = await database.db.selectFrom('card').select('card_id').where('card_id', '=', cardId.toUpperCase()).executeTakeFirst()
  if (card === undefined) return refuse({ kind: 'card-unknown', cardId })
  const chance = Array.from(entropy.bytes(6), (byte) => byte % 10).join('')
  const row: CreditRow = { credit_id: `C${clock().time}${chance}`, card_id: card.card_id, amount, reason: words, state: 'waiting' }
  await database.db.insertInto('credit').values(row).execute()
  return ok(row.credit_id)
}

/** Those that are not on the card yet, oldest first. */
export const creditsOf = (db: CentreQueries, cardId: string): Promise<readonly CreditRow[]> =>
  db
    .selectFrom('credit')
    .selectAll()
    .where('card_id', '=', cardId)
    .where('state', 'in', ['waiting', 'signed'])
    .orderBy('credit_id')
    .execute()
