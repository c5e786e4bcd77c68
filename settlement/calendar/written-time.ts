/** Days and times as they are written: 14 digits on cards and in ledgers, with dashes where people and the national interface read them. */

/** "20260315093015" as it is read: "2026-03-15 09:30:15". What is no time of 14 digits stays as it is. */
export const readableTime = (time: string): string => time.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3 $4:$5:$6')

/** "2026-03-15" of "20260315093015", and of "20260315". */
export const dayOfTime = (time: string): string => `${time.slice(0, 4)}-${time.slice(4, 6)}-${time.slice(6, 8)}`

/** "20260315" of a day or a time, in whichever way it is written: so that the two can be compared. */
export const dayDigits = (text: string): string => (text[4] === '-' ? `${text.slice(0, 4)}${text.slice(5, 7)}${text.slice(8, 10)}` : text.slice(0, 8))

const DAY_LENGTH = 10

/** 14 digits of a day or a time that is written with dashes; a day stands for its first second. */
export const timeDigits = (text: string): string =>
  text.length === DAY_LENGTH && text[4] === '-' ? `${dayDigits(text)}000000` : text.replaceAll(/\D/g, '').padEnd(14, '0')

/** Whether a day lies in a period, all of them however they are written. Without an end, and with an empty one, it goes on. */
export function isWithin(day: string, begins: string, ends: string | null | undefined): boolean {
  const on = dayDigits(day)
  return on >= dayDigits(begins) && (ends === null || ends === undefined || ends === '' || on <= dayDigits(ends))
}
