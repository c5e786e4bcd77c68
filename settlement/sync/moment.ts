/** Times as the ledger writes them, 14 digits YYYYMMDDhhmmss in China's time, as numbers that can be subtracted. */

const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000
export const DAY_MS = 24 * 60 * 60 * 1000

/** ms since 1970. */
export function epochMsOf(time: string): number {
  const part = (from: number, to: number): number => Number.parseInt(time.slice(from, to), 10)
  return Date.UTC(part(0, 4), part(4, 6) - 1, part(6, 8), part(8, 10), part(10, 12), part(12, 14)) - CHINA_OFFSET_MS
}
