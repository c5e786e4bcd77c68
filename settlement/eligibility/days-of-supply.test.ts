import { describe, expect, it } from 'vitest'
import { parseQuantity, type Quantity } from '../money/price.ts'
import { daysOfSupply, FREQUENCY_CODES, frequencyOf } from './days-of-supply.ts'

const q = (text: string): Quantity => parseQuantity(text) as Quantity

function days(packs: string, units: string, dose: string, frequency: string): number | undefined {
  const often = frequencyOf(frequency)
  return often === undefined ? undefined : daysOfSupply({ quantity: q(packs), unitsPerPack: q(units), dose: q(dose), frequency: often })
}

describe('days of supply', () => {
  it.each([
    ['one pack of 28, one a day', '1', '28', '1', 'qd', 28],
    ['two packs of 28, one twice a day', '2', '28', '1', '12', 28],
    ['30 tablets, half of one a day', '1', '30', '0.5', '11', 60],
    ['24 capsules, two three times a day', '1', '24', '2', 'tid', 4],
    ['25 capsules, two three times a day: rounded down', '1', '25', '2', 'TID', 4],
    ['10 tablets, 1.5 four times a day', '1', '10', '1.5', 'qid', 1],
    ['4 once a week', '1', '4', '1', 'qw', 28],
    ['4 three times a week', '1', '4', '1', '23', 9],
    ['6 every other day', '1', '6', '1', 'qod', 12],
    ['12 every 8 hours', '1', '12', '1', 'q8h', 4],
    ['12 every 4 hours', '1', '12', '1', '33', 2],
    ['24 every hour', '1', '24', '1', 'qh', 1],
    ['a pack that is less than a day', '1', '1', '1', 'bid', 0],
    ['0.1 a day of 1: no binary fraction', '1', '1', '0.1', 'qd', 10],
    ['the most there is', '100000000', '100000000', '0.0001', 'qod', 200_000_000_000_000_000_000]
  ])('%s', (_, packs, units, dose, frequency, expected) => {
    expect(days(packs, units, dose, frequency)).toBe(expected)
  })

  it.each(['st', '61', 'prn', '62', 'whenever', ''])('"%s" says nothing of days', (frequency) => {
    expect(days('1', '28', '1', frequency)).toBeUndefined()
  })

  it('does not know the days of a dose of nothing, or of a return', () => {
    const frequency = { times: 1, days: 1 }
    expect(daysOfSupply({ quantity: q('1'), unitsPerPack: q('28'), dose: 0 as Quantity, frequency })).toBeUndefined()
    expect(daysOfSupply({ quantity: q('-1'), unitsPerPack: q('28'), dose: q('1'), frequency })).toBeUndefined()
  })

  it('knows every code of the national list that has times a day', () => {
    expect(FREQUENCY_CODES.filter((code) => /^\d/.test(code))).toEqual(['11', '12', '13', '14', '21', '22', '23', '31', '33', '35', '36', '37', '41', '42'])
  })
})
