/** Personal accounts and the year's counters: read for many people at once, and moved. Under `lockPeople`. */

import type { Counters } from '../../calculation/counters.ts'
import { counterOf } from '../../calculation/year-counters.ts'
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

/** What a terminal is told of years: they hold its own ledger up to that fact. */
export interface YearsForTerminal {
  /** Of the terminal's last booked batch; 0: none. */
  readonly sequence: number
  readonly years: readonly YearCounters[]
}

/** One question, so that no batch is booked between the years and how far they have been booked. */
export async function yearsForTerminal(db: CentreQueries, terminal: string, psnNos: readonly string[]): Promise<YearsForTerminal> {
  const rows = await db
    .selectFrom('terminal')
    .leftJoin('accumulator', (join) => join.on(anyOf(db, 'accumulator.psn_no', psnNos)))
    .select(['sequence', 'psn_no', 'insutype', 'year', 'counters'])
    .where('terminal', '=', terminal)
    .orderBy('psn_no')
    .orderBy('insutype')
    .orderBy('year')
    .execute()
  const years = rows.flatMap(({ psn_no, insutype, year, counters }) =>
    psn_no === null || insutype === null || year === null || counters === null ? [] : [{ psn_no, insutype, year, counters: readCounters(counters) }]
  )
  return { sequence: rows[0]?.sequence ?? 0, years }
}

export interface YearMove extends CounterKey {
  /** What is added to each of its counters. */
  readonly moved: Counters
  /** What it had used, read under the lock that is still held; nothing is an empty one. undefined: it is read. */
  readonly before: Counters | undefined
}

/** Adds to the counters of years, each of them once. A row is written anew, for the people are locked. */
export async function moveYears(db: CentreQueries, years: readonly YearMove[]): Promise<void> {
  const moving = years.filter(({ moved }) => movesAny(moved))
  if (moving.length === 0) return
  const unknown = new Set(moving.filter(({ before }) => before === undefined).map(({ psn_no }) => psn_no))
  const read = unknown.size === 0 ? undefined : await countersOf(db, [...unknown])
  await insertRows(
    db,
    'accumulator',
    moving.map((year) => ({ psn_no: year.psn_no, insutype: year.insutype, year: year.year, counters: writeCounters(sumOf(year.before ?? read?.get(counterKeyText(year))?.counters ?? {}, year.moved)) })),
    'on conflict (psn_no, insutype, year) do update set counters = excluded.counters'
  )
}

export const movesAny = (moved: Counters): boolean => {
  for (const counter in moved) if (moved[counter] !== 0) return true
  return false
}

/** A counter begins at nothing. */
function sumOf(before: Counters, moved: Counters): Counters {
  const after: Record<string, Fen> = { ...before }
  for (const [counter, amount] of Object.entries(moved)) {
    if (amount !== 0) after[counter] = fen(counterOf(before, counter) + amount)
  }
  return after
}

export interface CounterMove extends CounterKey {
  readonly counter: string
  /** fen */
  readonly amount: number
}

/** Single counters, which may come more than once. */
export async function moveCounters(db: CentreQueries, moves: readonly CounterMove[]): Promise<void> {
  const years = new Map<string, CounterKey & { readonly moved: Record<string, Fen> }>()
  for (const { psn_no, insutype, year, counter, amount } of moves) {
    const key = counterKeyText({ psn_no, insutype, year })
    const moved: Record<string, Fen> = years.get(key)?.moved ?? {}
    moved[counter] = fen((moved[counter] ?? 0) + amount)
    years.set(key, { psn_no, insutype, year, moved })
  }
  await moveYears(
    db,
    [...years.values()].map((year) => ({ ...year, before: undefined }))
  )
}

export type AccountMove = Pick<InsuranceRow, 'psn_no' | 'insutype' | 'insuplc_admdvs' | 'balc'>

/** fen that the personal accounts of record gain, or lose. */
export const moveAccounts = (db: CentreQueries, moves: readonly AccountMove[]): Promise<void> =>
  addToRows(db, { table: 'insurance', keys: ['psn_no', 'insutype', 'insuplc_admdvs'], column: 'balc' }, moves)
