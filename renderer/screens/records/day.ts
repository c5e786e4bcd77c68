/** Days as the contract writes them, YYYY-MM-DD: counted on the calendar alone, without a clock or a zone. */

const MS_PER_DAY = 86_400_000

export const daysFrom = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * MS_PER_DAY).toISOString().slice(0, 10)

export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text)
