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

type UsedRow = Pick<SettlementRow, 'medins_setl_id'> & { readonly card_ref: number; readonly card_serial: number; readonly card_signed: string }

const USED = sql.raw('used.card_ref, used.card_serial, used.card_signed, used.medins_setl_id')

export interface AskedSerial {
  readonly cardRef: number
  readonly serial: number
  readonly signed: string
}

/** By `serialKey`, the settlements that those of the asked ones are used for. */
export async function usedSerials(db: CentreQueries, asked: readonly AskedSerial[]): Promise<Map<string, string>> {
  if (asked.length === 0) return new Map()
  const rows =
    dialectOf(db) === 'postgres'
      ? sql<UsedRow>`select ${USED} from unnest(${asked.map(({ cardRef }) => cardRef)}::bigint[], ${asked.map(({ serial }) => serial)}::bigint[]) as asked (card_ref, serial) cross join lateral (select * from settlement where card_ref = asked.card_ref and card_serial = asked.serial offset 0) as used`
      : sql<UsedRow>`select ${USED} from json_each(${JSON.stringify(asked.map(({ cardRef, serial }) => [cardRef, serial]))}) as asked cross join settlement as used on used.card_ref = asked.value ->> 0 and used.card_serial = asked.value ->> 1`
  const found = await rows.execute(db)
  return new Map(found.rows.map(({ card_ref, card_serial, medins_setl_id }) => [serialKey(card_ref, card_serial), medins_setl_id]))
}

/** By `signatureKey`, the settlements that those of the asked ones are known for. */
export async function usedSignatures(db: CentreQueries, asked: readonly AskedSerial[]): Promise<Map<string, string>> {
  if (asked.length === 0) return new Map()
  const rows =
    dialectOf(db) === 'postgres'
      ? sql<UsedRow>`select ${USED} from unnest(${asked.map(({ cardRef }) => cardRef)}::bigint[], ${asked.map(({ signed }) => signed)}::text[]) as asked (card_ref, signed) cross join lateral (select * from settlement where card_signed = asked.signed collate "C" and card_ref = asked.card_ref offset 0) as used`
      : sql<UsedRow>`select ${USED} from json_each(${JSON.stringify(asked.map(({ cardRef, signed }) => [cardRef, signed]))}) as asked cross join settlement as used on used.card_ref = asked.value ->> 0 and used.card_signed = asked.value ->> 1`
  const found = await rows.execute(db)
  return new Map(found.rows.map(({ card_ref, card_signed, medins_setl_id }) => [signatureKey(card_ref, card_signed), medins_setl_id]))
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
      select card.card_id, used.card_serial as serial, coalesce(lag(used.card_serial) over (partition by used.card_ref order by used.card_serial), card.issued_serial) as before
      from settlement as used join card on card.card_ref = used.card_ref
      where used.card_serial is not null
    ) as steps
    where serial > before + 1
    order by card_id, serial
    limit ${limit}`.execute(db)
  return gaps.rows
}
