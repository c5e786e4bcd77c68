/** Two clocks, and how far they may differ: a terminal's against the centre's, both ways; as the national gateway allows. */

export const CLOCK_TOLERANCE_MS = 30 * 60 * 1000

const TIME = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/

/** Since 1970, as if it were UTC: only differences are asked for. undefined for what is no time. */
export function milliseconds(time: string): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = TIME.exec(time)?.slice(1).map((part) => Number.parseInt(part, 10)) ?? []
  const isTime = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 23 && minute <= 59 && second <= 59
  return isTime ? Date.UTC(year, month - 1, day, hour, minute, second) : undefined
}

/**
 * Time travel: what one clock says beyond another's `now`, and beyond what the two may differ by. Both 14 digits; what is later than now
 * and no time at all is ahead of everything.
 */
export function isAhead(time: string, { time: now }: { readonly time: string }): boolean {
  if (time <= now) return false
  const [then, here] = [milliseconds(time), milliseconds(now)]
  return then === undefined || here === undefined || then - here > CLOCK_TOLERANCE_MS
}
