/**
 * Which purchase serials of cards have been used, and which are missing between them. PostgreSQL is asked for each key by itself
 * (`offset 0` keeps it from joining as it likes): it would read the whole table for a batch, as long as nobody has told it how large that is.
 */

import { sql } from 'kysely'
import type { CentreQueries } from '../store/centre-database.ts'
import { dialectOf } from '../store/centre-database.ts'
import type { SettlementRow } from '../store/schema.ts'
import type { DebitIntent } from '../../payment/payment-device.ts'
import { serialKey, signatureKey } from './knowledge.ts'

/** What no card signs twice: terminal number, time and terminal serial, all of them under its TAC. */
export const signedBy = ({ terminalNo, time, terminalSerial }: DebitIntent): string => `${terminalNo}${time}${terminalSerial}`

type UsedRow = Pick<SettlementRow, 'medins_setl_id'> & { readonly card_id: string; readonly card_serial: number; readonly card_signed: string }

const USED = sql.raw('used.card_id, used.card_serial, used.card_signed, used.medins_setl_id')

/** By `serialKey`, the settlements that those of the asked ones are used for. */
export async function usedSerials(
  db: CentreQueries,
  asked: readonly { readonly cardId: string; readonly serial: number }[]
): Promise<Map<string, string>> {
  if (asked.length === 0) return new Map()
  const rows =
    dialectOf(db) === 'postgres'
      ? sql<UsedRow>`select ${USED} from unnest(${asked.map(({ cardId }) => cardId)}::text[], ${asked.map(({ serial }) => serial)}::bigint[]) as asked (card_id, serial) cross join lateral (select * from settlement where card_id = asked.card_id collate "C" and card_serial = asked.serial offset 0) as used`
      : sql<UsedRow>`select ${USED} from json_each(${JSON.stringify(asked.map(({ cardId, serial }) => [cardId, serial]))}) as asked cross join settlement as used on used.card_id = asked.value ->> 0 and used.card_serial = asked.value ->> 1`
  const found = await rows.execute(db)
  return new Map(found.rows.map(({ card_id, card_serial, medins_setl_id }) => [serialKey(card_id, card_serial), medins_setl_id]))
}

/** By `signatureKey`, the settlements that those of the asked ones are known for. */
export async function usedSignatures(
  db: CentreQueries,
  asked: readonly { readonly cardId: string; readonly signed: string }[]
): Promise<Map<string, string>> {
  if (asked.length === 0) return new Map()
  const rows =
    dialectOf(db) === 'postgres'
      ? sql<UsedRow>`select ${USED} from unnest(${asked.map(({ cardId }) => cardId)}::text[], ${asked.map(({ signed }) => signed)}::text[]) as asked (card_id, signed) cross join lateral (select * from settlement where card_signed = asked.signed collate "C" and card_id = asked.card_id collate "C" offset 0) as used`
      : sql<UsedRow>`select ${USED} from json_each(${JSON.stringify(asked.map(({ cardId, signed }) => [cardId, signed]))}) as asked cross join settlement as used on used.card_id = asked.value ->> 0 and used.card_signed = asked.value ->> 1`
  const found = await rows.execute(db)
  return new Map(found.rows.map(({ card_id, card_signed, medins_setl_id }) => [signatureKey(card_id, card_signed), medins_setl_id]))
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
      select used.card_id, used.card_serial as serial, coalesce(lag(used.card_serial) over (partition by used.card_id order by used.card_serial), card.issued_serial) as before
      from settlement as used join card on card.card_id = used.card_id
      where used.card_serial is not null
    ) as steps
    where serial > before + 1
    order by card_id, serial
    limit ${limit}`.execute(db)
  return gaps.rows
}
