import { describe, expect, it } from 'vitest'
import { createBurst, LENGTH_MAX, type Burst, type BurstVerdict } from './burst.ts'

const PASS: BurstVerdict = { key: 'pass', typed: '', scan: null }
const HOLD: BurstVerdict = { key: 'hold', typed: '', scan: null }

/** Characters from `from` ms on, one every `every` ms, into a text field. */
function keys(burst: Burst, text: string, { from = 1000, every, mayPass = true }: { from?: number; every: number; mayPass?: boolean }): BurstVerdict[] {
  return Array.from(text).map((character, index) => burst.key({ kind: 'character', character, mayPass }, from + index * every))
}

describe('a burst of keys', () => {
  it('of thirteen digits 10 ms apart with Enter after them is a scan; only the first digit has passed', () => {
    const burst = createBurst()
    expect(keys(burst, '6901234567892', { every: 10 })).toEqual([PASS, ...Array.from({ length: 12 }, () => HOLD)])
    expect(burst.key({ kind: 'end' }, 1130)).toEqual({ key: 'hold', typed: '', scan: { text: '6901234567892', firstPassed: true } })
    expect(burst.isOpen).toBe(false)
  })

  it('of the same digits 180 ms apart is typing, and so is its Enter', () => {
    const burst = createBurst()
    expect(keys(burst, '6901234567892', { every: 180 })).toEqual(Array.from({ length: 13 }, () => PASS))
    expect(burst.key({ kind: 'end' }, 1000 + 13 * 180)).toEqual(PASS)
  })

  it('at exactly 50 ms is a scan, at 51 ms is typing', () => {
    const fast = createBurst()
    keys(fast, '690123', { every: 50 })
    expect(fast.key({ kind: 'end' }, 1300).scan).toEqual({ text: '690123', firstPassed: true })
    const slow = createBurst()
    expect(keys(slow, '690123', { every: 51 })).toEqual(Array.from({ length: 6 }, () => PASS))
    expect(slow.key({ kind: 'end' }, 1306)).toEqual(PASS)
  })

  it('of five is too short: what was held back is typed before its Enter', () => {
    const burst = createBurst()
    keys(burst, '69012', { every: 10 })
    expect(burst.key({ kind: 'end' }, 1050)).toEqual({ key: 'pass', typed: '9012', scan: null })
  })

  it('without Enter ends with a pause, once', () => {
    const burst = createBurst()
    keys(burst, '690123456789', { every: 10 })
    expect(burst.isOpen).toBe(true)
    expect(burst.pause()).toEqual({ key: 'pass', typed: '', scan: { text: '690123456789', firstPassed: true } })
    expect(burst.pause()).toEqual(PASS)
  })

  it('is closed by an Enter that comes 300 ms later, which is the person’s own', () => {
    const burst = createBurst()
    keys(burst, '690123', { every: 10 })
    expect(burst.key({ kind: 'end' }, 1350)).toEqual({ key: 'pass', typed: '', scan: { text: '690123', firstPassed: true } })
  })

  it('where no text field has the focus holds back the first key too, and gives it back as typed', () => {
    const burst = createBurst()
    expect(keys(burst, '12', { every: 40, mayPass: false })).toEqual([HOLD, HOLD])
    expect(burst.pause()).toEqual({ key: 'pass', typed: '12', scan: null })
  })

  it('of two rolled fingers is handed out when the pause is over', () => {
    const burst = createBurst()
    expect(keys(burst, 'am', { every: 30 })).toEqual([PASS, HOLD])
    expect(burst.pause()).toEqual({ key: 'pass', typed: 'm', scan: null })
  })

  it('is broken by any other key: what was held back goes out before it', () => {
    const burst = createBurst()
    keys(burst, 'aml', { every: 20 })
    expect(burst.key({ kind: 'other' }, 1060)).toEqual({ key: 'pass', typed: 'ml', scan: null })
  })

  it('two scans in a row without Enter are two, even where the pause was not noticed', () => {
    const burst = createBurst()
    keys(burst, '6901234', { every: 10 })
    const [first] = keys(burst, '6909999', { from: 1400, every: 10 })
    expect(first).toEqual({ key: 'pass', typed: '', scan: { text: '6901234', firstPassed: true } })
    expect(burst.key({ kind: 'end' }, 1470).scan).toEqual({ text: '6909999', firstPassed: true })
  })

  it('is forgotten without a word when the PIN is asked meanwhile', () => {
    const burst = createBurst()
    keys(burst, '690123', { every: 10 })
    burst.forget()
    expect(burst.pause()).toEqual(PASS)
    expect(burst.isOpen).toBe(false)
  })

  it('ends at its longest', () => {
    const burst = createBurst()
    const verdicts = keys(burst, '9'.repeat(LENGTH_MAX + 1), { every: 1 })
    expect(verdicts.at(-1)).toEqual({ key: 'pass', typed: '', scan: { text: '9'.repeat(LENGTH_MAX), firstPassed: true } })
  })
})
