/** The centre keeps times as 14 digits; the national interface writes yyyy-MM-dd HH:mm:ss. */

import { parseDate } from '../../../calendar/business-date.ts'
import { dayOfTime } from '../../../calendar/written-time.ts'

const pad = (value: number, length: number): string => String(value).padStart(length, '0')

/** Seconds since year 0 of a proleptic calendar, for differences between two times of one clock. */
export function secondsOf(time: string): number {
  const [year, month, day] = [Number(time.slice(0, 4)), Number(time.slice(4, 6)), Number(time.slice(6, 8))]
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const days = era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return days * 86_400 + Number(time.slice(8, 10)) * 3600 + Number(time.slice(10, 12)) * 60 + Number(time.slice(12, 14))
}

/** yyyyMMddHHmmssSSS */
export const wireTime17 = ({ time, epochMs }: { readonly time: string; readonly epochMs: number }): string =>
  `${time}${pad(Math.floor(epochMs) % 1000, 3)}`

/** 14 digits that are a time of the calendar. */
export const isTime14 = (text: string): boolean =>
  /^\d{8}([01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(text) && parseDate(dayOfTime(text)) !== undefined
