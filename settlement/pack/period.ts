/** Periods of days, both ends included; `to` null: until further notice. */

import { date, dayAfter, daysInMonth, type BusinessDate } from '../calendar/business-date.ts'

export interface Period {
  readonly from: BusinessDate
  readonly to: BusinessDate | null
}

interface Dated {
  readonly effective: { readonly from: string; readonly to: string | null }
}

export const periodOf = ({ effective: { from, to } }: Dated): Period => ({ from: date(from), to: to === null ? null : date(to) })

export function dayBefore(on: BusinessDate): BusinessDate {
  const [year = 0, month = 0, day = 0] = on.split('-').map(Number)
  if (day > 1) return ymd(year, month, day - 1)
  return month > 1 ? ymd(year, month - 1, daysInMonth(year, month - 1)) : ymd(year - 1, 12, 31)
}

const ymd = (year: number, month: number, day: number): BusinessDate =>
  date([String(year), ...[month, day].map((part) => String(part).padStart(2, '0'))].join('-'))

const earlier = (left: BusinessDate | null, right: BusinessDate | null): BusinessDate | null =>
  left === null ? right : right === null ? left : left < right ? left : right

/** undefined: they share no day. */
export function commonDays(left: Period, right: Period): Period | undefined {
  const from = left.from > right.from ? left.from : right.from
  const to = earlier(left.to, right.to)
  return to === null || from <= to ? { from, to } : undefined
}

/** What is left of `period` without the days of `taken`: nothing, one piece or two. */
export function daysWithout(period: Period, taken: Period): readonly Period[] {
  const common = commonDays(period, taken)
  if (common === undefined) return [period]
  const before = period.from < common.from ? [{ from: period.from, to: dayBefore(common.from) }] : []
  const after = common.to === null || common.to === period.to ? [] : [{ from: dayAfter(common.to), to: period.to }]
  return [...before, ...after]
}

export const describePeriod = ({ from, to }: Period): string => `${from} to ${to ?? 'further notice'}`
