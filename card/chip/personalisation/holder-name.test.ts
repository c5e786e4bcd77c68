import { describe, expect, it } from 'vitest'
import { decodeText } from '../../bytes/text.ts'
import { cardNumberCheck } from './card-number.ts'
import { splitName } from './holder-name.ts'

describe('a holder\'s name', () => {
  it('stays in item 09 up to 30 bytes', () => {
    expect(splitName('试'.repeat(15), 20)).toMatchObject({ name: { length: 30 }, continued: { length: 0 } })
  })

  it('goes on in item 4E, and no character is cut in two', () => {
    const name = `${'测'.repeat(14)}𠮷䶮`
    const split = splitName(name, 20)
    expect(split).toMatchObject({ name: { length: 28 }, continued: { length: 6 } })
    expect(decodeText(split?.name ?? new Uint8Array(0))).toBe('测'.repeat(14))
    expect(decodeText(split?.continued ?? new Uint8Array(0))).toBe('𠮷䶮')
  })

  it('is refused when both are full', () => {
    expect(splitName('试'.repeat(25), 20)).toBeDefined()
    expect(splitName('试'.repeat(26), 20)).toBeUndefined()
    expect(splitName('试'.repeat(16), 0)).toBeUndefined()
  })
})

describe('the check character of a card number', () => {
  it.each([
    ['D2143569', 'X'],
    ['A1234567', '4']
  ])('of %s is %s', (body, check) => expect(cardNumberCheck(body)).toBe(check))
})
