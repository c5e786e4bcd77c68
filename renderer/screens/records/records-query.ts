import type { Params } from '../../../electron/contract/requests.ts'
import { daysFrom } from './day.ts'

export const RECORD_STATES = ['all', 'settled', 'in-doubt', 'refunded', 'owed'] as const
export type RecordsState = (typeof RECORD_STATES)[number]

export type RecordsQuery = Pick<Params<'records.search'>, 'from' | 'to' | 'text' | 'state'>

export const queryOf = (today: string): RecordsQuery => ({ from: today, to: today, text: '', state: 'all' })

export const nextState = (state: RecordsState): RecordsState => RECORD_STATES[(RECORD_STATES.indexOf(state) + 1) % RECORD_STATES.length] ?? 'all'

/** Ranges that are asked for most, as words and days from today. */
export const RANGES = [
  ['today', 0, 0],
  ['yesterday', -1, -1],
  ['week', -6, 0],
  ['month', -29, 0]
] as const

export const rangeOf = (today: string, [, from, to]: (typeof RANGES)[number]): Pick<RecordsQuery, 'from' | 'to'> => ({
  from: daysFrom(today, from),
  to: daysFrom(today, to)
})
