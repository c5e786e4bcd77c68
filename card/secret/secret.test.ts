import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { fromHex, toHex } from '../bytes/hex.ts'
import { Key } from './key.ts'
import { Pin } from './pin.ts'

function pin(digits: string): Pin {
  const parsed = Pin.parse(digits)
  if (!parsed.ok) throw new Error(parsed.error.kind)
  return parsed.value
}

it('a PIN of six digits is three packed bytes, an odd one ends in F', () => {
  expect(pin('123456').expose(toHex)).toBe('123456')
  expect(pin('12345').expose(toHex)).toBe('12345F')
})

it('a PIN cannot be printed in any of the usual ways', () => {
  const secret = pin('246813')
  const shown = [String(secret), JSON.stringify({ secret }), inspect({ secret }), secret.toString()].join(' ')
  expect(shown).not.toContain('246813')
  expect(shown).not.toContain('24')
  expect(JSON.stringify(secret)).toBe('"[PIN]"')
})

it('the refusal of a bad PIN never repeats it', () => {
  const refused = [Pin.parse('12a456'), Pin.parse('123'), Pin.parse('1234567890123')]
  expect(refused.every((result) => !result.ok)).toBe(true)
  expect(JSON.stringify(refused)).not.toContain('12a456')
  expect(refused[1]).toEqual({ ok: false, error: { kind: 'pin-wrong-length', digits: 3, min: 4, max: 12 } })
})

it('two PINs are equal only when every digit is', () => {
  expect([pin('123456').equals(pin('123456')), pin('123456').equals(pin('123457')), pin('1234').equals(pin('12345'))]).toEqual(
    [true, false, false]
  )
})

it('a wiped key is gone: using it is a broken invariant', () => {
  const key = new Key('SESPK', fromHex('AFB3F5CB5D8B97E5'))
  key.wipe()
  expect(() => key.expose(toHex)).toThrow('key SESPK was used after it was wiped')
})

it('a key is 8 or 16 bytes, and its refusal does not show it', () => {
  expect(() => new Key('DPK', fromHex('0102'))).toThrow('DPK has 2 bytes, not 8 or 16')
})
