import { describe, expect, it } from 'vitest'
import { answered, bytesOf, meaningOf } from '../../test/support/command.ts'
import { fromHex } from '../bytes/hex.ts'
import { externalAuthenticate } from './external-authenticate.ts'
import { getChallenge } from './get-challenge.ts'
import { internalAuthenticate } from './internal-authenticate.ts'

describe('GET CHALLENGE', () => {
  it('asks for 8 bytes under DES and 16 under SM4', () => {
    expect(bytesOf(getChallenge(8))).toBe('0084000008')
    expect(bytesOf(getChallenge(16))).toBe('0084000010')
  })

  it('gives the challenge, and refuses one of another length', () => {
    expect(answered(getChallenge(8), 'D671B973D4033B019000')).toEqual({ ok: true, value: fromHex('D671B973D4033B01') })
    expect(answered(getChallenge(8), 'D671B9739000')).toEqual({
      ok: false,
      error: { kind: 'malformed-answer', step: '0084', length: 4 }
    })
  })

  it.each([
    ['6A81', 'card-blocked', 'P1 6.2.5: a blocked card to everything'],
    ['6985', 'application-blocked', 'P1 6.2.3']
  ])('%s means %s (%s)', (word, meaning) => expect(meaningOf(getChallenge(8), word)).toBe(meaning))
})

describe('INTERNAL AUTHENTICATE', () => {
  const command = internalAuthenticate({
    keyId: 0x00,
    random: fromHex('0102030405060708'),
    data: fromHex('1112131415161718')
  })

  it('carries random and data and asks for one block: 00 88 00 00 10, answered by 61 08', () => {
    expect(bytesOf(command)).toBe('00880000100102030405060708111213141516171808')
  })

  it('gives the cryptogram', () => {
    expect(answered(command, 'BADD6528CD7C57489000')).toEqual({ ok: true, value: fromHex('BADD6528CD7C5748') })
  })

  it.each([
    ['6A88', 'key-not-found', 'ISO 7816-4'],
    ['9403', 'key-not-found', 'P2: key index unknown'],
    ['6985', 'application-blocked', 'P1 6.2.3'],
    ['9303', 'application-blocked', 'P2']
  ])('%s means %s (%s)', (word, meaning) => expect(meaningOf(command, word)).toBe(meaning))
})

describe('EXTERNAL AUTHENTICATE', () => {
  const command = externalAuthenticate({
    keyId: 0x84,
    cryptogram: fromHex('CED1FDBE1126B305'),
    data: fromHex('0102030405060708')
  })

  it('carries cryptogram and data for RK1DF04', () => {
    expect(bytesOf(command)).toBe('0082008410CED1FDBE1126B3050102030405060708')
  })

  it.each([
    ['9000', 'ok', ''],
    ['63C2', 'authentication-failed', 'ISO 7816-4: the key loses a try'],
    ['6300', 'authentication-failed', 'ISO 7816-4'],
    ['6983', 'key-locked', 'P1: for ever'],
    ['6984', 'no-challenge', 'P1: no GET CHALLENGE before'],
    ['6A88', 'key-not-found', 'ISO 7816-4'],
    ['9403', 'key-not-found', 'P2'],
    ['6985', 'application-blocked', 'P1 6.2.3'],
    ['9303', 'application-blocked', 'P2']
  ])('%s means %s (%s)', (word, meaning) => expect(meaningOf(command, word)).toBe(meaning))
})
