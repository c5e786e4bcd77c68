/** Prices spread as prices are: many small, few large, each doubling about as likely as the last. Whole fen all the way. */

import type { Random } from './random.ts'

/** 2^(n/16) in 65536ths. */
const SIXTEENTHS = [65_536, 68_438, 71_468, 74_632, 77_936, 81_386, 84_990, 88_752, 92_682, 96_785, 101_070, 105_545, 110_218, 115_098, 120_194, 125_515] as const
const ONE = 65_536
const FEN_MIN = 5
const FEN_MAX = 5_000_000

/** `median` fen; `spread`: sixteenths of a doubling to the standard deviation. */
export function drawnPrice(random: Random, median: number, spread: number): number {
  const exponent = Math.round((random.bell() * spread) / 1_000)
  const doublings = Math.floor(exponent / 16)
  const fraction = SIXTEENTHS[exponent - doublings * 16] ?? ONE
  const scaled = Math.floor((median * fraction) / ONE)
  const fen = doublings >= 0 ? scaled * 2 ** doublings : Math.floor(scaled / 2 ** -doublings)
  return Math.min(FEN_MAX, Math.max(FEN_MIN, fen))
}

/** "25.39" */
export const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

/** A share of a price, in percent. */
export const percentOf = (fen: number, percent: number): number => Math.max(1, Math.floor((fen * percent) / 100))
