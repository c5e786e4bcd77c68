import { describe, expect, it } from 'vitest'
import { formatFen } from './fen.ts'
import {
  formatPrice,
  formatQuantity,
  isWithinOneFen,
  parsePrice,
  parseQuantity,
  priceTimesQuantity,
  type Price,
  type Quantity
} from './price.ts'
import { fen } from './fen.ts'

const price = (text: string): Price => parsePrice(text) ?? (Number.NaN as Price)
const quantity = (text: string): Quantity => parseQuantity(text) ?? (Number.NaN as Quantity)
const product = (pric: string, cnt: string): string => formatFen(priceTimesQuantity(price(pric), quantity(cnt)))

describe('price times quantity', () => {
  it.each([
    ['12.00', '3', '36.00'],
    ['0.005', '1', '0.01'],
    ['0.004999', '1', '0.00'],
    ['1.005', '1', '1.01'],
    ['0.615', '1', '0.62'],
    ['8.456', '2', '16.91'],
    ['0.125', '260', '32.50'],
    ['33.333333', '0.3333', '11.11'],
    ['0.000001', '5000', '0.01'],
    ['0.000001', '4999.9999', '0.00']
  ])('%s x %s is %s, half up', (pric, cnt, amount) => expect(product(pric, cnt)).toBe(amount))

  it('gives the exact negative for a return', () => {
    expect(product('0.005', '-1')).toBe('-0.01')
    expect(product('1.005', '-1')).toBe('-1.01')
  })

  it('stays exact beyond 2^53', () => {
    expect(product('999999999.999999', '1.0001')).toBe('1000100000.00')
    expect(product('123456789.123455', '7.0001')).toBe('864209869.54')
  })
})

describe('the stated amount of a line', () => {
  it('may differ from price x quantity by one fen, not by more', () => {
    expect(isWithinOneFen(fen(1690), price('8.455'), quantity('2'))).toBe(true)
    expect(isWithinOneFen(fen(1692), price('8.455'), quantity('2'))).toBe(true)
    expect(isWithinOneFen(fen(1693), price('8.455'), quantity('2'))).toBe(false)
    expect(isWithinOneFen(fen(1692), price('8.454999'), quantity('2'))).toBe(false)
  })
})

describe('prices and quantities as text', () => {
  it('refuses what the interface has no places for', () => {
    for (const text of ['1.0000001', '-1', '1,5', '', '1.', '.5', '1e3', ' 1']) expect(parsePrice(text)).toBeUndefined()
    for (const text of ['1.00001', '--1', '+1']) expect(parseQuantity(text)).toBeUndefined()
  })

  it('prints what it read', () => {
    expect(formatPrice(price('12'))).toBe('12.00')
    expect(formatPrice(price('0.125000'))).toBe('0.125')
    expect(formatQuantity(quantity('-2.50'))).toBe('-2.5')
    expect(formatQuantity(quantity('3'))).toBe('3')
  })
})
