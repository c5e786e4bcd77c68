import { describe, expect, it } from 'vitest'
import { jsonFromUtf8, utf8 } from './utf8.ts'

const of = (...bytes: readonly number[]): Uint8Array => Uint8Array.from(bytes)

describe('bytes from outside', () => {
  it('are text without the mark in front, and none in another encoding', () => {
    expect(utf8(of(0xe6, 0xb5, 0x8b))).toBe('测')
    expect(utf8(of(0xef, 0xbb, 0xbf, 0x31))).toBe('1')
    expect(utf8(of())).toBe('')
    // GB 18030, and UTF-8 that ends too early.
    expect([utf8(of(0xb2, 0xe2)), utf8(of(0xe6, 0xb5))]).toEqual([undefined, undefined])
  })

  it('are JSON, or nothing', () => {
    expect(jsonFromUtf8(of(0x7b, 0x22, 0x61, 0x22, 0x3a, 0x31, 0x7d))).toEqual({ a: 1 })
    expect([jsonFromUtf8(of()), jsonFromUtf8(of(0x7b)), jsonFromUtf8(of(0x22, 0xb2, 0x22))]).toEqual([undefined, undefined, undefined])
  })
})
