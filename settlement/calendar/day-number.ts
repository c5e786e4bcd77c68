/** Counting in days and months: a day as a whole number, and the day so many days or months from another. */

import { date, daysInMonth, type BusinessDate } from './business-date.ts'

const DAYS_BEFORE_1970 = 719_468
const DAYS_OF_400_YEARS = 146_097

/** Days since 1970-01-01, by the Gregorian calendar; years are counted from March, so that the leap day is the last. */
export function dayNumber(on: BusinessDate): number {
  const [year, month, day] = partsOf(on)
  const fromMarch = month > 2 ? year : year - 1
  const era = Math.floor(fromMarch / 400)
  const yearOfEra = fromMarch - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * DAYS_OF_400_YEARS + dayOfEra - DAYS_BEFORE_1970
}

export function dayOfNumber(number: number): BusinessDate {
  const shifted = number + DAYS_BEFORE_1970
  const era = Math.floor(shifted / DAYS_OF_400_YEARS)
  const dayOfEra = shifted - era * DAYS_OF_400_YEARS
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return written(year, month, dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1)
}

export const plusDays = (on: BusinessDate, days: number): BusinessDate => dayOfNumber(dayNumber(on) + days)

/** The same day so many months later (or earlier, when negative); the last of the month where it has no such day. */
export function plusMonths(on: BusinessDate, months: number): BusinessDate {
  const [year, month, day] = partsOf(on)
  const count = year * 12 + month - 1 + months
  const [newYear, newMonth] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1]
  return written(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)))
}

export const firstOfMonth = (on: BusinessDate): BusinessDate => date(`${on.slice(0, 7)}-01`)

const ZERO = '0'.charCodeAt(0)
const digitAt = (on: BusinessDate, index: number): number => on.charCodeAt(index) - ZERO

/** A business date is a day of the calendar, written YYYY-MM-DD: its digits need no second look. */
const partsOf = (on: BusinessDate): readonly [year: number, month: number, day: number] => [
  digitAt(on, 0) * 1000 + digitAt(on, 1) * 100 + digitAt(on, 2) * 10 + digitAt(on, 3),
  digitAt(on, 5) * 10 + digitAt(on, 6),
  digitAt(on, 8) * 10 + digitAt(on, 9)
]

/** Years from 1900 on, as every business date: four digits as they stand. */
const written = (year: number, month: number, day: number): BusinessDate =>
  `${year}${month < 10 ? '-0' : '-'}${month}${day < 10 ? '-0' : '-'}${day}` as BusinessDate
