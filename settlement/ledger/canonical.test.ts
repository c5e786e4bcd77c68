import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CanonicalReader, CanonicalWriter, MalformedContent } from './canonical.ts'

const hex = (write: (writer: CanonicalWriter) => unknown): string => {
  const writer = new CanonicalWriter()
  write(writer)
  return Buffer.from(writer.finish()).toString('hex')
}

const reader = (bytes: string): CanonicalReader => new CanonicalReader(Uint8Array.from(Buffer.from(bytes, 'hex')))

describe('the bytes of', () => {
  test.each([
    [0, '0100'],
    [1, '010101'],
    [-1, '0101ff'],
    [127, '01017f'],
    [128, '01020080'],
    [-128, '010180'],
    [-129, '0102ff7f'],
    [10_000, '01022710'],
    [Number.MAX_SAFE_INTEGER, '01071fffffffffffff'],
    [Number.MIN_SAFE_INTEGER, '0107e0000000000001']
  ])('the integer %d', (value, bytes) => {
    expect(hex((writer) => writer.integer(value))).toBe(bytes)
    expect(reader(bytes).integer()).toBe(value)
  })

  test('text, bytes, absent, and a list', () => {
    expect(hex((writer) => writer.text('cash'))).toBe('02010463617368')
    expect(hex((writer) => writer.text(''))).toBe('0200')
    expect(hex((writer) => writer.text('元'))).toBe('020103e58583')
    expect(hex((writer) => writer.bytes(Uint8Array.of(1, 2)))).toBe('0301020102')
    expect(hex((writer) => writer.optional(undefined, () => undefined))).toBe('00')
    expect(hex((writer) => writer.list([1, 2], (item) => writer.integer(item)))).toBe('040102010101010102')
  })
})

describe('a reader refuses what no writer makes', () => {
  test.each([
    ['a number longer than it need be', '01020001'],
    ['a negative number longer than it need be', '0102ffff'],
    ['a zero with a byte', '010100'],
    ['an integer beyond 2^53', '010720000000000000'],
    ['eight bytes', '01080000000000000001'],
    ['half a number', '0102ff'],
    ['nothing at all', '']
  ])('%s', (_, bytes) => {
    expect(() => reader(bytes).integer()).toThrow(MalformedContent)
  })

  test('text that is not UTF-8, a text longer than the content, a list longer than the content, bytes left over', () => {
    expect(() => reader('020101ff').text()).toThrow('text that is not UTF-8')
    expect(() => reader('02010461').text()).toThrow('a length beyond the content')
    expect(() => reader('04010561').list(() => 0)).toThrow('a length beyond the content')
    expect(() => reader('0100').end()).toThrow('bytes after the last value')
  })
})

test('half a surrogate pair and a fraction are no values', () => {
  expect(() => hex((writer) => writer.text('a\ud800'))).toThrow('half a surrogate pair')
  expect(() => hex((writer) => writer.integer(1.5))).toThrow('no safe integer')
})

test('what is written is read back, across the growth of the buffer', () => {
  const values = fc.array(fc.tuple(fc.maxSafeInteger(), fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 5000 })))
  fc.assert(
    fc.property(values, (rows) => {
      const writer = new CanonicalWriter()
      writer.list(rows, ([integer, text, bytes]) => writer.integer(integer).text(text).bytes(bytes))
      const source = new CanonicalReader(writer.finish())
      const read = source.list(() => [source.integer(), source.text(), source.bytes()] as const)
      source.end()
      expect(read).toEqual(rows.map(([integer, text, bytes]) => [integer === 0 ? 0 : integer, text, new Uint8Array(bytes)]))
    }),
    { numRuns: 200 }
  )
})
