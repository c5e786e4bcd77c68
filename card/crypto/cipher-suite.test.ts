import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../bytes/hex.ts'
import { Key } from '../secret/key.ts'
import { DES_SUITE, SM4_STAND_IN_SUITE } from './cipher-suite.ts'

const key16 = new Key('DPK', fromHex('0123456789ABCDEFFEDCBA9876543210'))

describe('cipher suites', () => {
  it('the stand-in uses the SM4 cipher itself: the vector of GB/T 32907-2016 A.1', () => {
    const block = fromHex('0123456789ABCDEFFEDCBA9876543210')
    const encrypted = SM4_STAND_IN_SUITE.encryptBlock(key16, block)
    expect(toHex(encrypted)).toBe('681EDF34D206965E86B3E94F536E4246')
    expect(toHex(SM4_STAND_IN_SUITE.decryptBlock(key16, encrypted))).toBe(toHex(block))
  })

  it('the stand-in MAC is the left of the last CBC block, padded to 16 bytes', () => {
    // One block of padding only: E(80 00 .. 00).
    const block = SM4_STAND_IN_SUITE.encryptBlock(key16, fromHex('80000000000000000000000000000000'))
    expect(SM4_STAND_IN_SUITE.mac(key16, new Uint8Array(0))).toEqual(block.slice(0, 4))
  })

  it.each([DES_SUITE, SM4_STAND_IN_SUITE])('$name derives keys that keep their name and their length', (suite) => {
    const child = suite.diversify(key16, fromHex('8660510100000001'))
    expect(child.length).toBe(16)
    expect(child.name).toBe('DPK')
    expect(child.equals(key16)).toBe(false)
    const session = suite.sessionKey(child, fromHex('A1B2C3D400050012'))
    expect(suite.mac(session, fromHex('00')).length).toBe(4)
    expect(suite.encryptBlock(session, new Uint8Array(suite.blockLength)).length).toBe(suite.blockLength)
  })

  it('a challenge of a whole block makes an SM4 session key as well', () => {
    const halves = SM4_STAND_IN_SUITE.sessionKey(key16, fromHex('0102030405060708'))
    const whole = SM4_STAND_IN_SUITE.sessionKey(key16, fromHex('01020304050607080102030405060708'))
    expect(halves.equals(whole)).toBe(true)
  })

  it('the TAC key folds DTK under DES', () => {
    const dtk = new Key('DTK', fromHex('C580F46DC3EFEAE2BFA7FDCC3D08D245'))
    expect(DES_SUITE.tacKey(dtk).equals(new Key('TAC', fromHex('7A2709A1FEE738A7')))).toBe(true)
  })
})
