/** Personal accounts and the year's counters: read for many people at once, and moved. Under `lockPeople`. */

import type { Counters } from '../../calculation/counters.ts'
import { fen, type Fen } from '../../money/fen.ts'
import { addToRows } from '../store/add-to-rows.ts'
import { anyOf } from '../store/any-of.ts'
import type { CentreQueries } from '../store/centre-database.ts'
import { insertRows } from '../store/insert-rows.ts'
import type { AccumulatorRow, InsuranceRow } from '../store/schema.ts'
import { readCounters, writeCounters } from './counters-text.ts'

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
  return new Map(rows.map(({ counters, ...key }) => [counterKeyText(key), { ...key, counters: readCounters(counters) }]))
}

const NOTHING_KNOWN: ReadonlyMap<string, Counters> = new Map()

export interface CounterMove extends CounterKey {
  readonly counter: string
  /** fen */
  readonly amount: number
}

/**
 * Adds each amount to its counter, which begins at nothing. A row is written anew, for the people are locked; `known`: what was
 * read under the same lock, by `counterKeyText`, where nothing is an empty one. The others are read.
 */
export async function moveCounters(db: CentreQueries, moves: readonly CounterMove[], known: ReadonlyMap<string, Counters> = NOTHING_KNOWN): Promise<void> {
  const moved = moves.filter(({ amount }) => amount !== 0)
  if (moved.length === 0) return
  const unknown = new Set(moved.filter((move) => !known.has(counterKeyText(move))).map(({ psn_no }) => psn_no))
  const read = unknown.size === 0 ? undefined : await countersOf(db, [...unknown])
  const after = new Map<string, CounterKey & { readonly counters: Record<string, Fen> }>()
  for (const { psn_no, insutype, year, counter, amount } of moved) {
    const key = counterKeyText({ psn_no, insutype, year })
    let row = after.get(key)
    if (row === undefined) {
      row = { psn_no, insutype, year, counters: { ...(known.get(key) ?? read?.get(key)?.counters) } }
      after.set(key, row)
    }
    row.counters[counter] = fen((row.counters[counter] ?? 0) + amount)
  }
  await insertRows(
    db,
    'accumulator',
    [...after.values()].map(({ psn_no, insutype, year, counters }) => ({ psn_no, insutype, year, counters: writeCounters(counters) })),
    'on conflict (psn_no, insutype, year) do update set counters = excluded.counters'
  )
}

export type AccountMove = Pick<InsuranceRow, 'psn_no' | 'insutype' | 'insuplc_admdvs' | 'balc'>

/** fen that the personal accounts of record gain, or lose. */
export const moveAccounts = (db: CentreQueries, moves: readonly AccountMove[]): Promise<void> =>
  addToRows(db, { table: 'insurance', keys: ['psn_no', 'insutype', 'insuplc_admdvs'], column: 'balc' }, moves)
