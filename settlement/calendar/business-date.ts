/**
 * Days as the rules see them: "YYYY-MM-DD", no time zone, no clock. Compared as text. Policy years may begin on any day
 * (Shanghai: 1 July), so "the year" of a date is asked for with its beginning.
 */

import { invariant } from '../../base/invariant.ts'

declare const DATE: unique symbol
export type BusinessDate = string & { readonly [DATE]: true }

/** undefined unless the text is a day of the Gregorian calendar from year 1900 on. */
export function parseDate(text: string): BusinessDate | undefined {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return undefined
  // Digit by digit: a centre reads four days a settlement, and an expression costs ten times as much.
  const [year, month, day] = [digitsAt(text, 0, 4), digitsAt(text, 5, 7), digitsAt(text, 8, 10)]
  const exists = year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  return exists ? (text as BusinessDate) : undefined
}

/** NaN where one of the signs is no digit. */
function digitsAt(text: string, from: number, to: number): number {
  let number = 0
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 0x30
    if (digit < 0 || digit > 9) return Number.NaN
    number = number * 10 + digit
  }
  return number
}

export function date(text: string): BusinessDate {
  const parsed = parseDate(text)
  invariant(parsed !== undefined, `"${text}" is not a day YYYY-MM-DD`)
  return parsed
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Whole years lived on `on`. Someone born on 29 February has the birthday on 1 March of a common year. */
export function ageOn(birth: BusinessDate, on: BusinessDate): number {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4))
  return on.slice(5) >= birth.slice(5) ? years : years - 1
}

/**
 * The policy year that `on` falls in, named by the calendar year it begins in: with a beginning of "07-01",
 * 2024-03-01 lies in 2023.
 */
export function policyYear(on: BusinessDate, begins: string): number {
  const year = Number(on.slice(0, 4))
  return on.slice(5) >= begins ? year : year - 1
}

export function dayAfter(on: BusinessDate): BusinessDate {
  const [year = 0, month = 0, day = 0] = on.split('-').map(Number)
  const isLastOfMonth = day === daysInMonth(year, month)
  const isLastOfYear = isLastOfMonth && month === 12
  const next = [isLastOfYear ? year + 1 : year, isLastOfYear ? 1 : isLastOfMonth ? month + 1 : month, isLastOfMonth ? 1 : day + 1]
  return date(next.map((part) => String(part).padStart(2, '0')).join('-'))
}
