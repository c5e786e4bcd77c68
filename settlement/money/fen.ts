/**
 * Money: a whole number of fen (1/100 yuan), exact by construction. At most 2^53 / 10^4 in size, so that an amount times a
 * rate in ten-thousandths is still exact. Its only outside form is a decimal string with two places: "128.50".
 */

import { invariant } from '../../base/invariant.ts'

declare const FEN: unique symbol
export type Fen = number & { readonly [FEN]: true }

/** 900 719 925 474 fen, nine milliard yuan. */
export const FEN_MAX = Math.floor(Number.MAX_SAFE_INTEGER / 10_000)

export function fen(amount: number): Fen {
  // The message is only put together when it is needed: this line runs for every amount of every bill line.
  if (!Number.isSafeInteger(amount) || Math.abs(amount) > FEN_MAX) invariant(false, `${amount} is no amount in fen`)
  // -0 would print as "0.00" and still fail Object.is(0): there is one zero.
  return (amount === 0 ? 0 : amount) as Fen
}

export const ZERO = fen(0)

export const add = (left: Fen, right: Fen): Fen => fen(left + right)
export const subtract = (left: Fen, right: Fen): Fen => fen(left - right)
export const negate = (amount: Fen): Fen => fen(-amount)
export const least = (left: Fen, right: Fen): Fen => (left < right ? left : right)
export const greatest = (left: Fen, right: Fen): Fen => (left > right ? left : right)
export const sum = (amounts: readonly Fen[]): Fen => fen(amounts.reduce((total, amount) => total + amount, 0))

const YUAN_DIGITS_MAX = 10
const MINUS = 0x2d

/** "128.5" and "128.50" are 12850 fen; undefined for anything that is not a decimal with at most two places. */
export function parseFen(text: string): Fen | undefined {
  // Read digit by digit: a centre reads some sixty amounts a settlement, and an expression costs five times as much.
  const start = text.charCodeAt(0) === MINUS ? 1 : 0
  const point = text.indexOf('.', start)
  const yuanEnd = point === -1 ? text.length : point
  if (yuanEnd === start || yuanEnd - start > YUAN_DIGITS_MAX) return undefined
  const places = point === -1 ? 0 : text.length - point - 1
  if (point !== -1 && (places < 1 || places > 2)) return undefined
  let amount = 0
  for (let index = start; index < text.length; index += 1) {
    if (index === point) continue
    const digit = text.charCodeAt(index) - 0x30
    if (digit < 0 || digit > 9) return undefined
    amount = amount * 10 + digit
  }
  if (places < 2) amount *= places === 1 ? 10 : 100
  if (amount > FEN_MAX) return undefined
  return fen(start === 1 ? -amount : amount)
}

export function formatFen(amount: Fen): string {
  const digits = Math.abs(amount).toString().padStart(3, '0')
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
