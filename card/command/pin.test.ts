import { describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { answered, bytesOf, meaningOf } from '../../test/support/command.ts'
import { fromHex, toHex } from '../bytes/hex.ts'
import { Pin } from '../secret/pin.ts'
import { changePin } from './change-pin.ts'
import { reloadMacInput, reloadPin, unblockMacInput, unblockPin } from './unblock-pin.ts'
import { queryPin, verifyPin } from './verify-pin.ts'

function pin(digits: string): Pin {
  const parsed = Pin.parse(digits)
  invariant(parsed.ok, 'digits')
  return parsed.value
}

describe('VERIFY', () => {
  it.each([
    ['123456', '0020000003123456', 'six digits are three bytes, not filled to eight (WAPP)'],
    ['1234', '00200000021234', 'the first PIN of a 16K card'],
    ['12345', '002000000312345F', 'an odd count ends in a nibble F (P1 6.2.16)']
  ])('%s is sent as %s: %s', (digits, bytes) => expect(bytesOf(verifyPin(pin(digits)))).toBe(bytes))

  it('a wrong try tells how many are left', () => {
    expect(answered(verifyPin(pin('123456')), '63C5')).toEqual({ ok: false, error: { kind: 'wrong-pin', triesLeft: 5 } })
  })

  it.each([
    ['9000', 'ok', ''],
    ['63C1', 'wrong-pin', 'P1 6.2.16'],
    ['63C0', 'pin-locked', 'P1 6.2.16: the try that locked it'],
    ['6983', 'pin-locked', 'P1 6.2.16'],
    ['6984', 'pin-unusable', 'P1: reference data invalid'],
    ['6A88', 'pin-unusable', 'P1: no reference data'],
    ['6700', 'pin-length-refused', 'P1'],
    ['6581', 'memory-failure', 'P1'],
    ['6985', 'application-blocked', 'P1 6.2.3'],
    ['9303', 'application-blocked', 'P2'],
    ['6A86', 'card-refused', 'not listed'],
    ['6D00', 'card-refused', 'not listed'],
    ['6E00', 'card-refused', 'not listed']
  ])('%s means %s (%s)', (word, meaning) => {
    expect(meaningOf(verifyPin(pin('123456')), word)).toBe(meaning)
    expect(meaningOf(changePin({ from: pin('123456'), to: pin('654321') }), word)).toBe(meaning)
  })
})

describe('asking for the tries left', () => {
  it('is a VERIFY without a body (ISO 7816-4 7.5.6)', () => expect(bytesOf(queryPin())).toBe('00200000'))

  it.each([
    ['63C6', 6],
    ['63C0', 0],
    ['6983', 0],
    ['9000', 'verified'],
    ['6700', 'unknown'],
    ['6A86', 'unknown'],
    ['6D00', 'unknown'],
    ['6984', 'unknown']
  ])('%s says %s', (word, state) => expect(answered(queryPin(), word)).toEqual({ ok: true, value: state }))
})

describe('CHANGE PIN', () => {
  it('carries old FF new without a MAC (P2 5.2.1; WAPP)', () => {
    expect(bytesOf(changePin({ from: pin('123456'), to: pin('654321') }))).toBe('805E010007123456FF654321')
  })
})

describe('PIN UNBLOCK and RELOAD PIN', () => {
  it('unblock: the MAC is over the header alone', () => {
    expect(toHex(unblockMacInput())).toBe('8424000004')
    expect(bytesOf(unblockPin(fromHex('4C8D0EF9')))).toBe('84240000044C8D0EF9')
  })

  it('reload: the MAC is over header and enciphered PIN (HSMJ)', () => {
    const encipheredPin = fromHex('3984092959AED276')
    expect(toHex(reloadMacInput(encipheredPin))).toBe('842400010C3984092959AED276')
    expect(bytesOf(reloadPin({ encipheredPin, mac: fromHex('AC6748B4') }))).toBe('842400010C3984092959AED276AC6748B4')
  })

  it.each([
    ['9000', 'ok', ''],
    ['6985', 'pin-not-locked', 'P1 6.2.10'],
    ['6984', 'no-challenge', 'P1 6.2.10'],
    ['6982', 'not-authorised', 'ISO 7816-4: PUK not shown'],
    ['6988', 'wrong-mac', 'P1 6.2.10'],
    ['9303', 'application-blocked', 'P2 5.5.9.5: three wrong ones'],
    ['9403', 'key-not-found', 'HDM'],
    ['6581', 'memory-failure', 'P1']
  ])('%s means %s (%s)', (word, meaning) => {
    expect(meaningOf(unblockPin(fromHex('00000000')), word)).toBe(meaning)
  })
})
