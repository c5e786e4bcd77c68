/** A document of the demonstration as if it were of these days: "{D}" is today, "{D-30}" thirty days before, "{DD}" today without dashes. */

import type { BusinessDate } from '../../../settlement/calendar/business-date.ts'
import { plusDays } from '../../../settlement/calendar/day-number.ts'

export const datedText = (text: string, today: BusinessDate): string =>
  text
    .replaceAll(/\{D([+-]\d{1,5})?\}/g, (_, days: string | undefined) => plusDays(today, Number.parseInt(days ?? '0', 10)))
    .replaceAll('{DD}', today.replaceAll('-', ''))
