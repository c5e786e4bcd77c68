/**
 * How many days a quantity lasts: quantity x units per pack / (dose x times a day), rounded down, in whole numbers. The
 * times a day come from the national frequency codes (used_frqu) or their usual letters.
 */

import type { Quantity } from '../money/price.ts'

/** So many times in so many days. */
export interface Frequency {
  readonly times: number
  readonly days: number
}

const ONCE_A_DAY: Frequency = { times: 1, days: 1 }

/** used_frqu 11 qd ... 62 prn. What has no times a day (st: once; prn: when needed) says nothing of days. */
const FREQUENCIES: ReadonlyMap<string, Frequency> = new Map<string, Frequency>([
  ['11', ONCE_A_DAY],
  ['qd', ONCE_A_DAY],
  ['12', { times: 2, days: 1 }],
  ['bid', { times: 2, days: 1 }],
  ['13', { times: 3, days: 1 }],
  ['tid', { times: 3, days: 1 }],
  ['14', { times: 4, days: 1 }],
  ['qid', { times: 4, days: 1 }],
  ['21', { times: 1, days: 7 }],
  ['qw', { times: 1, days: 7 }],
  ['22', { times: 2, days: 7 }],
  ['biw', { times: 2, days: 7 }],
  ['23', { times: 3, days: 7 }],
  ['tiw', { times: 3, days: 7 }],
  ['31', { times: 24, days: 1 }],
  ['qh', { times: 24, days: 1 }],
  ['33', { times: 6, days: 1 }],
  ['q4h', { times: 6, days: 1 }],
  ['35', { times: 4, days: 1 }],
  ['q6h', { times: 4, days: 1 }],
  ['36', { times: 3, days: 1 }],
  ['q8h', { times: 3, days: 1 }],
  ['37', { times: 2, days: 1 }],
  ['q12h', { times: 2, days: 1 }],
  ['41', ONCE_A_DAY],
  ['qn', ONCE_A_DAY],
  ['42', { times: 1, days: 2 }],
  ['qod', { times: 1, days: 2 }]
])

/** The codes and letters that say how often a day. */
export const FREQUENCY_CODES: readonly string[] = [...FREQUENCIES.keys()]

/** By code or letters, in any case; undefined: not known, or it says nothing of days (st, prn). */
export const frequencyOf = (text: string): Frequency | undefined => FREQUENCIES.get(text.trim().toLowerCase())

export interface Dosage {
  /** Packs, in ten-thousandths. */
  readonly quantity: Quantity
  /** Units in one pack, in ten-thousandths. */
  readonly unitsPerPack: Quantity
  /** Units at a time, in ten-thousandths: half a tablet is 5000. */
  readonly dose: Quantity
  readonly frequency: Frequency
}

const UNIT = 10_000n

/** Whole days; undefined where dose or quantity is not above zero. */
export function daysOfSupply({ quantity, unitsPerPack, dose, frequency }: Dosage): number | undefined {
  if (quantity <= 0 || unitsPerPack <= 0 || dose <= 0) return undefined
  // quantity/10^4 x units/10^4 / (dose/10^4 x times/days)
  const units = BigInt(quantity) * BigInt(unitsPerPack) * BigInt(frequency.days)
  return Number(units / (UNIT * BigInt(dose) * BigInt(frequency.times)))
}
