import { describe, expect, it } from 'vitest'
import { numberedName, safeName } from './file-name.ts'
import { pagesOf, rollFor, sizeInInches, sizeInMicrons } from './paper.ts'
import { parsePrintRequest } from './print-request.ts'

describe('the name of a PDF', () => {
  it.each([
    ['S20260305-0001', 'S20260305-0001'],
    ['../../etc/passwd', 'etc-passwd'],
    ['C:\\Windows\\x', 'C-Windows-x'],
    ['测试一', 'statement'],
    ['', 'statement'],
    ['..', 'statement'],
    ['a/b\0c', 'a-b-c'],
    ['x'.repeat(300), 'x'.repeat(80)]
  ])('%j becomes %s', (name, safe) => {
    expect(safeName(name)).toBe(safe)
  })

  it('gets a number when it is taken', () => {
    expect([1, 2, 3].map((count) => numberedName('S1', count))).toEqual(['S1.pdf', 'S1-2.pdf', 'S1-3.pdf'])
  })
})

describe('the paper', () => {
  it('of a sheet is A5: 148 by 210 mm', () => {
    expect(sizeInMicrons({ kind: 'a5' })).toEqual({ width: 148_000, height: 210_000 })
    expect(sizeInInches({ kind: 'a5' }).width).toBeCloseTo(5.8268, 4)
  })

  it('of a roll is 80 mm wide and as long as its text', () => {
    expect(sizeInMicrons({ kind: 'roll', lengthMm: 120 })).toEqual({ width: 80_000, height: 120_000 })
    expect(sizeInInches({ kind: 'roll', lengthMm: 254 }).height).toBe(10)
  })

  it('of a roll is cut behind the text, to the next centimetre, in few tries', async () => {
    for (const [textMm, cut] of [[10, 60], [60, 60], [61, 70], [295, 300], [300, 300], [301, 310], [1_500, 1_500]] as const) {
      let tries = 0
      const length = await rollFor((lengthMm) => {
        tries += 1
        return Promise.resolve(Math.ceil(textMm / lengthMm))
      })
      expect(length, `text of ${textMm} mm`).toBe(cut)
      expect(tries, `text of ${textMm} mm`).toBeLessThanOrEqual(11)
    }
  })

  it('of a roll ends at 2.4 m: what is longer goes on a second piece', async () => {
    expect(await rollFor((lengthMm) => Promise.resolve(Math.ceil(9_000 / lengthMm)))).toBe(2_400)
  })

  it('counts the pages of a PDF by its page tree', () => {
    expect(pagesOf(Buffer.from('%PDF-1.4\n5 0 obj\n<</Type /Pages\n/Count 3\n/Kids [1 0 R 2 0 R]>>\nendobj'))).toBe(3)
  })
})

describe('a request to print', () => {
  it('is three fields', () => {
    expect(parsePrintRequest({ format: 'a5', to: 'pdf', name: 'S1' })).toEqual({ format: 'a5', to: 'pdf', name: 'S1' })
  })

  it.each([
    null,
    'a5',
    {},
    { format: 'a4', to: 'pdf', name: 'S1' },
    { format: 'a5', to: 'mail', name: 'S1' },
    { format: 'a5', to: 'pdf', name: 7 },
    { format: 'a5', to: 'pdf', name: 'x'.repeat(201) },
    { format: 'a5', to: 'pdf', name: 'S1', folder: '/etc' }
  ])('is not %j', (request) => {
    expect(parsePrintRequest(request)).toBeUndefined()
  })
})
