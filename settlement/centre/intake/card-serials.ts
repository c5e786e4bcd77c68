/**
 * Which purchase serials of cards have been used, and which are missing between them. PostgreSQL is asked for each key by itself
 * (`offset 0` keeps it from joining as it likes): it would read the whole table for a batch, as long as nobody has told it how large that is.
 */

import { sql } from 'kysely'
import type { CentreQueries } from '../store/centre-database.ts'
import { dialectOf } from '../store/centre-database.ts'
import type { CardSerialRow, CardSignatureRow } from '../store/schema.ts'
import type { DebitIntent } from '../../payment/payment-device.ts'
import { serialKey, signatureKey, type UsedSerial } from './knowledge.ts'

/** What no card signs twice: terminal number, time and terminal serial, all of them under its TAC. */
export const signedBy = ({ terminalNo, time, terminalSerial }: DebitIntent): string => `${terminalNo}${time}${terminalSerial}`

/** By `serialKey`, those of the asked ones that are used. */
export async function usedSerials(
  db: CentreQueries,
  asked: readonly { readonly cardId: string; readonly serial: number }[]
): Promise<Map<string, UsedSerial>> {
  if (asked.length === 0) return new Map()
  const rows =
    dialectOf(db) === 'postgres'
      ? sql<CardSerialRow>`select used.* from unnest(${asked.map(({ cardId }) => cardId)}::text[], ${asked.map(({ serial }) => serial)}::bigint[]) as asked (card_id, serial) cross join lateral (select * from card_serial where card_id = asked.card_id collate "C" and serial = asked.serial offset 0) as used`
      : sql<CardSerialRow>`select used.* from json_each(${JSON.stringify(asked.map(({ cardId, serial }) => [cardId, serial]))}) as asked cross join card_serial as used on used.card_id = asked.value ->> 0 and used.serial = asked.value ->> 1`
  const found = await rows.execute(db)
  return new Map(found.rows.map(({ card_id, serial, settlement_id }) => [serialKey(card_id, serial), { serial, settlementId: settlement_id }]))
}

/** By `signatureKey`, the settlements that those of the asked ones are known for. */
export async function usedSignatures(
  db: CentreQueries,
  asked: readonly { readonly cardId: string; readonly signed: string }[]
): Promise<Map<string, string>> {
  if (asked.length === 0) return new Map()
  const rows =
    dialectOf(db) === 'postgres'
      ? sql<CardSignatureRow>`select used.* from unnest(${asked.map(({ cardId }) => cardId)}::text[], ${asked.map(({ signed }) => signed)}::text[]) as asked (card_id, signed) cross join lateral (select * from card_signature where signed = asked.signed collate "C" and card_id = asked.card_id collate "C" offset 0) as used`
      : sql<CardSignatureRow>`select used.* from json_each(${JSON.stringify(asked.map(({ cardId, signed }) => [cardId, signed]))}) as asked cross join card_signature as used on used.card_id = asked.value ->> 0 and used.signed = asked.value ->> 1`
  const found = await rows.execute(db)
  return new Map(found.rows.map(({ card_id, signed, settlement_id }) => [signatureKey(card_id, signed), settlement_id]))
}

/** Serials that a card must have used, because it has used a later one, and that nobody has told of. */
export interface SerialGap {
  readonly cardId: string
  readonly first: number
  readonly last: number
}

/**
 * The open gaps, told by what is there: nothing is kept of them, so the missing one closes its gap by coming. A debit of a
 * terminal that has not been heard of yet, one that was refused and waits, or one that nobody will ever tell of.
 */
export async function serialGaps(db: CentreQueries, limit: number): Promise<SerialGap[]> {
  const gaps = await sql<SerialGap>`
    select card_id as "cardId", before + 1 as "first", serial - 1 as "last"
    from (
      select used.card_id, used.serial, coalesce(lag(used.serial) over (partition by used.card_id order by used.serial), card.issued_serial) as before
      from card_serial as used join card on card.card_id = used.card_id
    ) as steps
    where serial > before + 1
    order by card_id, serial
    limit ${limit}`.execute(db)
  return gaps.rows
}
