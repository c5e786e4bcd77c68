const DAY_MS = 86_400_000

/** YYYY-MM-DD; `days` may be negative. */
export const dayAfter = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, day.length)
