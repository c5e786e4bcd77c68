/**
 * Ratio: a share between 0 and 1 in whole ten-thousandths (the standard's N5,4). An amount times a ratio stays below 2^53,
 * which is why Fen is bounded as it is.
 */

import { invariant } from '../../base/invariant.ts'
import { fen, type Fen } from './fen.ts'
import { roundQuotient, type Rounding } from './rounding.ts'

declare const RATIO: unique symbol
export type Ratio = number & { readonly [RATIO]: true }

export const RATIO_ONE = 10_000

export function ratio(tenThousandths: number): Ratio {
  const fits = Number.isInteger(tenThousandths) && tenThousandths >= 0 && tenThousandths <= RATIO_ONE
  invariant(fits, `${tenThousandths} is no ratio in ten-thousandths`)
  return tenThousandths as Ratio
}

const DECIMAL = /^([01])(?:\.(\d{1,4}))?$/

/** "0.65" is 6500; undefined for anything outside [0, 1] or with more than four places. */
export function parseRatio(text: string): Ratio | undefined {
  const match = DECIMAL.exec(text)
  if (match === null) return undefined
  const [, whole = '', places = ''] = match
  const value = Number.parseInt(whole, 10) * RATIO_ONE + Number.parseInt(places.padEnd(4, '0'), 10)
  return value > RATIO_ONE ? undefined : ratio(value)
}

/** The wire form, four places: "0.6500". */
export function formatRatio(value: Ratio): string {
  const digits = value.toString().padStart(5, '0')
  return `${digits.slice(0, 1)}.${digits.slice(1)}`
}

/** For sentences: "65 %", "67.5 %". */
export function formatPercent(value: Ratio): string {
  const places = (value % 100).toString().padStart(2, '0').replace(/0+$/, '')
  return `${Math.floor(value / 100)}${places === '' ? '' : `.${places}`} %`
}

export const shareOf = (amount: Fen, share: Ratio, rounding: Rounding): Fen =>
  fen(roundQuotient(amount * share, RATIO_ONE, rounding))
