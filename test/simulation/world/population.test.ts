/** Every card that a run may draw can be made, whatever its first day. */

import { expect, test } from 'vitest'
import { parsePersonalisation } from '../../../card/chip/personalisation/parse.ts'
import { CARD_CONDITIONS } from './card-conditions.ts'
import { cardFile } from './chips.ts'
import { dayAfter } from './day.ts'
import { cipherOf, lastDayOf } from './population.ts'
import { Random } from './random.ts'
import { drawOptions } from './swarm.ts'

const FIRST_DAYS = [...new Set(Array.from({ length: 200 }, (_, seed) => drawOptions(new Random(`${seed}`)).firstDay))]

test('every condition of a card can end on every day on which a run can begin', () => {
  expect(FIRST_DAYS.length).toBeGreaterThan(4)
  const wrong = CARD_CONDITIONS.flatMap((condition, number) =>
    FIRST_DAYS.flatMap((day) => {
      const parsed = parsePersonalisation(cardFile(condition, number, new Random('1'), dayAfter(day, 1)))
      return parsed.ok ? [] : [`${condition} until ${day}: ${JSON.stringify(parsed.error)}`]
    })
  )
  expect(wrong).toEqual([])
})

test('one card in eight ends within the run, and one that has expired before never', () => {
  const run = { firstDay: '2025-12-30', days: 4 }
  const ends = Array.from({ length: 800 }, (_, seed) => lastDayOf('in-service-32k', run, new Random(`${seed}`)))
  expect(ends.filter((end) => end !== undefined).length).toBeGreaterThan(70)
  expect(ends.filter((end) => end !== undefined).length).toBeLessThan(130)
  expect(new Set(ends)).toEqual(new Set([undefined, '2025-12-30', '2025-12-31', '2026-01-01', '2026-01-02']))
  expect(Array.from({ length: 50 }, (_, seed) => lastDayOf('expired', run, new Random(`${seed}`))).every((end) => end === undefined)).toBe(true)
})

test('a till has keys for cards of the third generation only where there are some', () => {
  const drawn = (ciphers: readonly ('DES' | 'SM4')[]) => new Set(Array.from({ length: 60 }, (_, seed) => cipherOf(ciphers.map((cipher) => ({ cipher })), new Random(`${seed}`))))
  expect(drawn(['DES', 'DES'])).toEqual(new Set(['DES']))
  expect(drawn(['DES', 'SM4'])).toEqual(new Set(['DES', 'SM4']))
})
