import { describe, expect, it } from 'vitest'
import { numberedName, safeName } from './file-name.ts'
import { micronsOf, usualInches } from './paper.ts'
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
  it('is A5 or a roll of 80 mm where the page says nothing of its size', () => {
    expect(usualInches('a5').width).toBeCloseTo(5.8268, 4)
    expect(usualInches('80mm').width).toBeCloseTo(3.1496, 4)
  })

  it('that the page asked for is read from the PDF, for a printer in thousandths of a millimetre', () => {
    const pdf = Buffer.from('%PDF-1.4\n3 0 obj\n<</Type /Page\n/MediaBox [0 0 226.8 1054.08]\n/Contents 4 0 R>>\nendobj')
    expect(micronsOf(pdf)).toEqual({ width: 80_010, height: 371_856 })
  })

  it('is unknown of something that is no PDF', () => {
    expect(micronsOf(Buffer.from('hello'))).toBeUndefined()
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
    { format: 'a3', to: 'pdf', name: 'S1' },
    { format: 'a5', to: 'mail', name: 'S1' },
    { format: 'a5', to: 'pdf', name: 7 },
    { format: 'a5', to: 'pdf', name: 'x'.repeat(201) },
    { format: 'a5', to: 'pdf', name: 'S1', folder: '/etc' }
  ])('is not %j', (request) => {
    expect(parsePrintRequest(request)).toBeUndefined()
  })
})
