import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../bytes/hex.ts'
import {
  case1,
  case2Extended,
  case2Short,
  case3Extended,
  case3Short,
  case4Extended,
  case4Short,
  parseCommandApdu
} from './command-apdu.ts'

const HEADER = { cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x00 }
const DATA = fromHex('D15600000503')

describe('the seven cases of ISO 7816-4', () => {
  it.each([
    ['1', case1(HEADER), '00A40400'],
    ['2 short', case2Short(HEADER, 0x10), '00A4040010'],
    ['2 short with 256 coded 00', case2Short(HEADER, 256), '00A4040000'],
    ['3 short', case3Short(HEADER, DATA), '00A4040006D15600000503'],
    ['4 short', case4Short(HEADER, DATA, 256), '00A4040006D1560000050300'],
    ['2 extended', case2Extended(HEADER, 300), '00A4040000012C'],
    ['2 extended with 65536 coded 0000', case2Extended(HEADER, 65_536), '00A40400000000'],
    ['3 extended', case3Extended(HEADER, DATA), '00A40400000006D15600000503'],
    ['4 extended', case4Extended(HEADER, DATA, 300), '00A40400000006D15600000503012C']
  ])('case %s is written as the standard draws it', (_, bytes, hex) => {
    expect(toHex(bytes)).toBe(hex)
  })

  it.each([
    ['00A40400', 0, undefined, false],
    ['00A4040010', 0, 16, false],
    ['00A4040000', 0, 256, false],
    ['00A4040006D15600000503', 6, undefined, false],
    ['00A4040006D1560000050300', 6, 256, false],
    ['00A4040000012C', 0, 300, true],
    ['00A40400000000', 0, 65_536, true],
    ['00A40400000006D15600000503', 6, undefined, true],
    ['00A40400000006D15600000503012C', 6, 300, true]
  ])('%s is read back with %i bytes of data and Le %s', (hex, length, le, extended) => {
    const parsed = parseCommandApdu(fromHex(hex))
    expect(parsed.ok && [parsed.value.data.length, parsed.value.le, parsed.value.extended]).toEqual([
      length,
      le,
      extended
    ])
  })

  it.each(['', '00', '00A404', '00A4040006D156', '00A4040006D156000005031000', '00A404000000', '00A40400000000D1'])(
    'bytes "%s" are none of the seven cases',
    (hex) => {
      expect(parseCommandApdu(fromHex(hex))).toEqual({
        ok: false,
        error: { kind: 'malformed-apdu', length: hex.length / 2 }
      })
    }
  )

  it.each([
    ['case 2 with Le 0', () => case2Short(HEADER, 0)],
    ['case 2 with Le 257', () => case2Short(HEADER, 257)],
    ['case 3 without data', () => case3Short(HEADER, new Uint8Array(0))],
    ['case 3 with 256 bytes', () => case3Short(HEADER, new Uint8Array(256))],
    ['a header byte of 256', () => case1({ ...HEADER, ins: 256 })]
  ])('%s cannot be built', (_, build) => {
    expect(build).toThrow('is not')
  })
})
