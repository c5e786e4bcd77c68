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
  const [product, stated] = [price * quantity, amount * PRODUCT_PER_FEN]
  if (Math.abs(product) <= Number.MAX_SAFE_INTEGER / 2 && Math.abs(stated) <= Number.MAX_SAFE_INTEGER / 2) {
    return Math.abs(product - stated) <= PRODUCT_PER_FEN
  }
  const difference = BigInt(price) * BigInt(quantity) - BigInt(amount) * BigInt(PRODUCT_PER_FEN)
  const bound = BigInt(PRODUCT_PER_FEN)
  return difference <= bound && difference >= -bound
}

const MINUS = 0x2d
const WHOLE_DIGITS_MAX = 12

/** Digit by digit: a bill has dozens of them, and an expression costs four times as much. */
function parseScaled(text: string, places: number, signed: boolean): number | undefined {
  const start = text.charCodeAt(0) === MINUS ? 1 : 0
  if (start === 1 && !signed) return undefined
  const point = text.indexOf('.', start)
  const wholeEnd = point === -1 ? text.length : point
  if (wholeEnd === start || wholeEnd - start > WHOLE_DIGITS_MAX) return undefined
  const fractionLength = point === -1 ? 0 : text.length - point - 1
  if (point !== -1 && (fractionLength < 1 || fractionLength > places)) return undefined
  let scaled = 0
  for (let index = start; index < text.length; index += 1) {
    if (index === point) continue
    const digit = text.charCodeAt(index) - 0x30
    if (digit < 0 || digit > 9) return undefined
    scaled = scaled * 10 + digit
  }
  for (let missing = places - fractionLength; missing > 0; missing -= 1) scaled *= 10
  if (!Number.isSafeInteger(scaled)) return undefined
  return start === 1 && scaled !== 0 ? -scaled : scaled
}

function formatScaled(value: number, places: number, placesMin: number): string {
  const digits = Math.abs(value)
    .toString()
    .padStart(places + 1, '0')
  let fraction = digits.slice(-places)
  while (fraction.length > placesMin && fraction.endsWith('0')) fraction = fraction.slice(0, -1)
  return `${value < 0 ? '-' : ''}${digits.slice(0, -places)}${fraction === '' ? '' : `.${fraction}`}`
}
