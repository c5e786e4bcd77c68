/**
 * Unit prices (N16,6) and quantities (N16,4) as whole numbers, and their product in fen. The product of the two is in
 * 10^-8 fen: it is exact as a double up to 900 000 yuan a line and taken in BigInt above, so no binary fraction ever
 * touches money.
 */

import { fen, type Fen } from './fen.ts'
import { roundBigQuotient, roundQuotient } from './rounding.ts'

declare const PRICE: unique symbol
/** Millionths of a yuan. */
export type Price = number & { readonly [PRICE]: true }
declare const QUANTITY: unique symbol
/** Ten-thousandths of a unit; negative for a return. */
export type Quantity = number & { readonly [QUANTITY]: true }

const PRODUCT_PER_FEN = 100_000_000

/** Undefined unless a decimal with at most six places, from 0 on. */
export const parsePrice = (text: string): Price | undefined => parseScaled(text, 6, false) as Price | undefined

/** Undefined unless a decimal with at most four places; "-2" is a return of two. */
export const parseQuantity = (text: string): Quantity | undefined => parseScaled(text, 4, true) as Quantity | undefined

export const formatPrice = (price: Price): string => formatScaled(price, 6, 2)
export const formatQuantity = (quantity: Quantity): string => formatScaled(quantity, 4, 0)

/** Half up to whole fen: the national rule for a line (N16,6 x N16,4 -> N16,2). */
export function priceTimesQuantity(price: Price, quantity: Quantity): Fen {
  const product = price * quantity
  if (Math.abs(product) <= Number.MAX_SAFE_INTEGER) return fen(roundQuotient(product, PRODUCT_PER_FEN, 'half-up'))
  return fen(roundBigQuotient(BigInt(price) * BigInt(quantity), BigInt(PRODUCT_PER_FEN), 'half-up'))
}

/** |price x quantity - amount| <= 0.01, exactly. */
export function isWithinOneFen(amount: Fen, price: Price, quantity: Quantity): boolean {
  const difference = BigInt(price) * BigInt(quantity) - BigInt(amount) * BigInt(PRODUCT_PER_FEN)
  const bound = BigInt(PRODUCT_PER_FEN)
  return difference <= bound && difference >= -bound
}

function parseScaled(text: string, places: number, signed: boolean): number | undefined {
  const match = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = ''] = match
  if (fraction.length > places || (sign === '-' && !signed)) return undefined
  const scaled = Number.parseInt(whole + fraction.padEnd(places, '0'), 10)
  if (!Number.isSafeInteger(scaled)) return undefined
  return sign === '-' && scaled !== 0 ? -scaled : scaled
}

function formatScaled(value: number, places: number, placesMin: number): string {
  const digits = Math.abs(value)
    .toString()
    .padStart(places + 1, '0')
  let fraction = digits.slice(-places)
  while (fraction.length > placesMin && fraction.endsWith('0')) fraction = fraction.slice(0, -1)
  return `${value < 0 ? '-' : ''}${digits.slice(0, -places)}${fraction === '' ? '' : `.${fraction}`}`
}
