/** Personal accounts and the year's counters: read for many people at once, and moved, never set. Under `lockPeople`. */

import type { Counters } from '../../calculation/counters.ts'
import { fen, type Fen } from '../../money/fen.ts'
import { addToRows } from '../store/add-to-rows.ts'
import { anyOf } from '../store/any-of.ts'
import type { CentreQueries } from '../store/centre-database.ts'
import { insertRows } from '../store/insert-rows.ts'
import type { AccumulatorRow, InsuranceRow } from '../store/schema.ts'

export type CounterKey = Pick<AccumulatorRow, 'psn_no' | 'insutype' | 'year'>

export const counterKeyText = ({ psn_no, insutype, year }: CounterKey): string => `${psn_no} ${insutype} ${year}`

export interface YearCounters extends CounterKey {
  readonly counters: Counters
}

/** What these people have used, of every insurance and year, by `counterKeyText`. Absent: nothing. */
export async function countersOf(db: CentreQueries, psnNos: readonly string[]): Promise<ReadonlyMap<string, YearCounters>> {
  const rows = await db
    .selectFrom('accumulator')
    .selectAll()
    .where(anyOf(db, 'accumulator.psn_no', psnNos))
    .orderBy('psn_no')
    .orderBy('insutype')
    .orderBy('year')
    .execute()
  const found = new Map<string, CounterKey & { readonly counters: Record<string, Fen> }>()
  for (const { psn_no, insutype, year, counter, amount } of rows) {
    const key = counterKeyText({ psn_no, insutype, year })
    const known = found.get(key) ?? { psn_no, insutype, year, counters: {} }
    known.counters[counter] = fen(amount)
    found.set(key, known)
  }
  return found
}

/** Adds each amount to its counter, which begins at nothing. */
export async function moveCounters(db: CentreQueries, moves: readonly AccumulatorRow[]): Promise<void> {
  const merged = new Map<string, AccumulatorRow>()
  for (const move of moves) {
    const key = `${counterKeyText(move)} ${move.counter}`
    merged.set(key, { ...move, amount: fen(move.amount + (merged.get(key)?.amount ?? 0)) })
  }
  await insertRows(
    db,
    'accumulator',
    [...merged.values()].filter(({ amount }) => amount !== 0),
    'on conflict (psn_no, insutype, year, counter) do update set amount = accumulator.amount + excluded.amount'
  )
}

export type AccountMove = Pick<InsuranceRow, 'psn_no' | 'insutype' | 'insuplc_admdvs' | 'balc'>

/** fen that the personal accounts of record gain, or lose. */
export const moveAccounts = (db: CentreQueries, moves: readonly AccountMove[]): Promise<void> =>
  addToRows(db, { table: 'insurance', keys: ['psn_no', 'insutype', 'insuplc_admdvs'], column: 'balc' }, moves)
