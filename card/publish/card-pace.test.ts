import { describe, expect, it } from 'vitest'
import { fromHex } from '../bytes/hex.ts'
import { cardPace, type ExchangeSize } from './card-pace.ts'
import { wireTerms } from './wire-terms.ts'

const SOCIAL_SECURITY = '3B6D00000081544C348660999900000001'
const CONTACTLESS = '3B8D80010081544C34866099990000000173'

describe('what an answer to reset says of the wire', () => {
  it.each([
    ['a social security card: 9600 baud, T=0', SOCIAL_SECURITY, { protocol: 0, cyclesPerUnit: 372, unitsPerByte: 12, needsPps: false }],
    ['TA1 of 18: 31 cycles an etu', '3B1018', { protocol: 0, cyclesPerUnit: 31, unitsPerByte: 12, needsPps: true }],
    ['TA1 of 96: 512 over 32', '3B1096', { protocol: 0, cyclesPerUnit: 16, unitsPerByte: 12, needsPps: true }],
    ['TA2: that rate from the start', '3B90181080', { protocol: 0, cyclesPerUnit: 31, unitsPerByte: 12, needsPps: false }],
    ['TC1 of 10: guard time', '3B400A', { protocol: 0, cyclesPerUnit: 372, unitsPerByte: 22, needsPps: false }],
    ['T=1 with the shortest guard time', '3BC0FF01', { protocol: 1, cyclesPerUnit: 372, unitsPerByte: 11, needsPps: false }],
    ['no contacts', CONTACTLESS, { protocol: 'contactless', cyclesPerUnit: 372, unitsPerByte: 12, needsPps: false }],
    ['an answer that ends too soon', '3BF0', { protocol: 0, cyclesPerUnit: 372, unitsPerByte: 12, needsPps: false }]
  ] as const)('%s', (_, atr, terms) => {
    expect(wireTerms(fromHex(atr))).toEqual(terms)
  })
})

describe('the pace of a real card', () => {
  const ms = (atr: string, exchange: ExchangeSize): string => cardPace(fromHex(atr)).exchangeMs(exchange).toFixed(2)

  it('9600 baud are 1.25 ms a byte: a command of 7 with its status word, and 64 bytes read', () => {
    expect(ms(SOCIAL_SECURITY, { command: 7, answer: 2, writes: 0 })).toBe('12.50')
    expect(ms(SOCIAL_SECURITY, { command: 5, answer: 66, writes: 0 })).toBe('90.00')
  })

  it('a command without P3 takes five bytes all the same, and no procedure byte when nothing moves', () => {
    expect(ms(SOCIAL_SECURITY, { command: 4, answer: 2, writes: 0 })).toBe('8.75')
  })

  it('a write into the memory costs 3 ms', () => {
    expect(ms(SOCIAL_SECURITY, { command: 4, answer: 2, writes: 7 })).toBe('29.75')
  })

  it('twelve times the rate, a twelfth of the time', () => {
    expect(ms('3B1018', { command: 7, answer: 2, writes: 0 })).toBe('1.04')
  })

  it('without contacts a byte is 85 us', () => {
    expect(ms(CONTACTLESS, { command: 7, answer: 2, writes: 0 })).toBe('1.61')
  })

  it('an answer to reset of 17 bytes takes 21 ms, and a PPS 8 bytes more', () => {
    expect(cardPace(fromHex(SOCIAL_SECURITY)).resetMs.toFixed(2)).toBe('21.25')
    expect(cardPace(fromHex('3B1018')).resetMs.toFixed(2)).toBe('13.75')
  })
})
