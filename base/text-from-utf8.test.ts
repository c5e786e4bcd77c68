import { expect, it } from 'vitest'
import { textFromUtf8 } from './text-from-utf8.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (bytes: Uint8Array) => textFromUtf8(bytes, 0, bytes.length)

it('reads the text between two places, the first time and again', () => {
  const line = bytesOf('"阿司匹林肠溶片"')
  for (const time of [1, 2]) expect(textFromUtf8(line, 1, line.length - 1), `time ${time}`).toBe('阿司匹林肠溶片')
})

it('reads every text as itself, also where there are more than it remembers', () => {
  const texts = Array.from({ length: 20_000 }, (_, index) => `测试药品${index}号`)
  const heldOnce = texts.map((text) => read(bytesOf(text)))
  const heldTwice = texts.map((text) => read(bytesOf(text)))
  expect(heldOnce).toEqual(texts)
  expect(heldTwice).toEqual(texts)
})

it('tells texts apart whose beginnings are the same', () => {
  expect(['', '药', '药品', '药品\u0000', '\ufeff药品'].map((text) => read(bytesOf(text)))).toEqual(['', '药', '药品', '药品\u0000', '\ufeff药品'])
})

it('keeps what it has read when the bytes are written over', () => {
  const bytes = bytesOf('布洛芬缓释胶囊')
  read(bytes)
  bytes.set(bytesOf('阿莫西林'))
  expect(read(bytes)).toBe('阿莫西林释胶囊')
  expect(read(bytesOf('布洛芬缓释胶囊'))).toBe('布洛芬缓释胶囊')
})

it.each([
  ['half a character', [0xe8, 0x8d]],
  ['a byte that begins none', [0xff]],
  ['half a surrogate pair', [0xed, 0xa0, 0x80]],
  ['a character written too long', [0xc0, 0x80]]
])('reads nothing from %s', (_, bytes) => {
  expect(read(new Uint8Array(bytes))).toBeUndefined()
})

it('reads a text that is too long to be a name', () => {
  const text = '阿司匹林'.repeat(100)
  expect([read(bytesOf(text)), read(bytesOf(text))]).toEqual([text, text])
  expect(read(new Uint8Array([...bytesOf(text), 0xff]))).toBeUndefined()
})
