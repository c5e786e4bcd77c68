import { describe, expect, it } from 'vitest'
import { PinKeys, REST_MS, type KeyVerdict } from './pin-keys.ts'

const BEGIN_MS = 1_000

/** What becomes of keys that follow each other so fast, the end of a line being Enter; a wipe takes all digits before it. */
function typed(text: string, every: number, keys = new PinKeys()): KeyVerdict[] {
  let digits = 0
  return Array.from(text).map((sign, index) => {
    const key = sign === '\n' ? 'Enter' : sign
    const verdict = keys.next(key, digits, BEGIN_MS + index * every)
    if (verdict === 'wipe') digits = 0
    else if (verdict === 'take' && /^\d$/.test(key)) digits += 1
    return verdict
  })
}

const takes = (count: number): KeyVerdict[] => Array.from({ length: count }, () => 'take')

describe('keys while a PIN is asked', () => {
  it.each([6, 180])('six digits and Enter, %i ms apart, are a PIN', (every) => {
    expect(typed('246810\n', every)).toEqual(takes(7))
  })

  it('thirteen digits and Enter are a barcode: all of it goes, the Enter too', () => {
    expect(typed('9990000000040\n', 6)).toEqual([...takes(12), 'wipe', 'swallow'])
  })

  it('twenty digits are a trace code: what comes after the thirteenth is no new PIN', () => {
    expect(typed('99900390000000000001\n', 6)).toEqual([...takes(12), 'wipe', ...Array.from({ length: 8 }, () => 'swallow')])
  })

  it('a code with letters is one from its second sign on', () => {
    expect(typed('CF2026\n', 6)).toEqual(['take', 'wipe', 'swallow', 'swallow', 'swallow', 'swallow', 'swallow'])
    expect(typed('20CF\n', 6)).toEqual(['take', 'take', 'wipe', 'swallow', 'swallow'])
  })

  it('a letter that a finger hits takes no digit away', () => {
    expect(typed('24q6', 180)).toEqual(takes(4))
  })

  it('after a pause a PIN is typed again', () => {
    const keys = new PinKeys()
    typed('9990000000040', 6, keys)
    const end = BEGIN_MS + 12 * 6
    expect(keys.next('Enter', 0, end + 300)).toBe('swallow')
    expect(keys.next('2', 0, end + 300 + REST_MS)).toBe('take')
  })

  it('and after a clock that went back', () => {
    const keys = new PinKeys()
    typed('9990000000040', 6, keys)
    expect(keys.next('2', 0, BEGIN_MS)).toBe('take')
  })
})
