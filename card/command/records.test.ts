import { describe, expect, it } from 'vitest'
import { answered, bytesOf, meaningOf } from '../../test/support/command.ts'
import { fromHex } from '../bytes/hex.ts'
import { appendRecord } from './append-record.ts'
import { readBinary } from './read-binary.ts'
import { readRecordByNumber, readRecordByTag } from './read-record.ts'
import { updateRecordByTag } from './update-record.ts'

describe('READ RECORD', () => {
  it('by tag, with the exact length of tag, length byte and value (WAPP iReadRecord)', () => {
    expect(bytesOf(readRecordByTag(0x08, 0x12 + 2))).toBe('00B2080014')
  })

  it('by number: the newest line of the transaction log (S37 table 9: 28 bytes)', () => {
    expect(bytesOf(readRecordByNumber(1, 28))).toBe('00B201041C')
  })

  it('gives the record whole', () => {
    expect(answered(readRecordByTag(0x0a, 3), '0A01319000')).toEqual({ ok: true, value: fromHex('0A0131') })
  })

  it('takes what there is when the record is shorter than asked (6282, ISO 7816-4)', () => {
    expect(answered(readRecordByTag(0x0a, 9), '0A01316282')).toEqual({ ok: true, value: fromHex('0A0131') })
    expect(meaningOf(readRecordByTag(0x0a, 9), '6282')).toBe('card-refused')
  })

  it.each([
    ['6A82', 'not-found', 'ISO 7816-4: no file'],
    ['6A83', 'not-found', 'ISO 7816-4: no record, no tag'],
    ['6982', 'not-authorised', 'ISO 7816-4: PIN or key not shown'],
    ['6985', 'application-blocked', 'P1 6.2.3'],
    ['9303', 'application-blocked', 'P2'],
    ['6981', 'wrong-file-type', 'ISO 7816-4'],
    ['6B00', 'card-refused', 'not listed']
  ])('%s means %s (%s)', (word, meaning) => expect(meaningOf(readRecordByNumber(1, 28), word)).toBe(meaning))
})

describe('UPDATE RECORD and APPEND RECORD', () => {
  it('writes tag, length and value under the tag (WAPP)', () => {
    expect(bytesOf(updateRecordByTag(0x92, fromHex('12850FFF')))).toBe('00DC920006920412850FFF')
  })

  it('appends a raw record: serial 5, maternity (S37: EF15)', () => {
    expect(bytesOf(appendRecord(fromHex('000532')))).toBe('00E2000003000532')
  })

  it.each([
    ['9000', 'ok', ''],
    ['6581', 'memory-failure', 'ISO 7816-4'],
    ['6982', 'not-authorised', 'ISO 7816-4'],
    ['6985', 'application-blocked', 'P1 6.2.3'],
    ['9303', 'application-blocked', 'P2'],
    ['6A82', 'not-found', 'ISO 7816-4'],
    ['6A83', 'not-found', 'ISO 7816-4'],
    ['6981', 'wrong-file-type', 'ISO 7816-4'],
    ['6A84', 'no-space', 'ISO 7816-4']
  ])('%s means %s (%s)', (word, meaning) => {
    expect(meaningOf(updateRecordByTag(0x93, fromHex('3031')), word)).toBe(meaning)
    expect(meaningOf(appendRecord(fromHex('000532')), word)).toBe(meaning)
  })
})

describe('READ BINARY', () => {
  it('carries the offset in P1 and P2, 240 bytes a piece (WAPP)', () => {
    expect(bytesOf(readBinary(0x01e0, 0xf0))).toBe('00B001E0F0')
  })

  it('256 bytes are coded 00', () => {
    expect(bytesOf(readBinary(0, 256))).toBe('00B0000000')
  })

  it.each([
    ['6B00', 'offset-outside', 'ISO 7816-4: the end of a file of unknown size'],
    ['6282', 'offset-outside', 'ISO 7816-4, without data'],
    ['6982', 'not-authorised', 'S37 table 3: photo and fingerprint want RKSSSE'],
    ['6A82', 'not-found', 'ISO 7816-4'],
    ['6981', 'wrong-file-type', 'ISO 7816-4'],
    ['6985', 'application-blocked', 'P1 6.2.3'],
    ['9303', 'application-blocked', 'P2']
  ])('%s means %s (%s)', (word, meaning) => expect(meaningOf(readBinary(0, 16), word)).toBe(meaning))
})
