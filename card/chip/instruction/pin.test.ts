import { beforeEach, describe, expect, it } from 'vitest'
import { concat } from '../../bytes/bytes.ts'
import { fromHex, toHex } from '../../bytes/hex.ts'
import { DES_SUITE, SM4_STAND_IN_SUITE } from '../../crypto/cipher-suite.ts'
import { padIso7816 } from '../../crypto/padding.ts'
import { cardUnderTest, type CardUnderTest } from '../../../test/chip/card-under-test.ts'
import { SAMPLE_CARD, VERIFY_PIN } from '../../../test/chip/sample-card.ts'

const WRONG_PIN = '0020000003654321'
const QUERY = '00200000'

let card: CardUnderTest

beforeEach(() => {
  card = cardUnderTest(SAMPLE_CARD)
  card.selectSsse()
})

const lock = (): void => {
  for (let i = 0; i < 6; i++) card.send(WRONG_PIN)
}

describe('VERIFY', () => {
  it('counts wrong PINs down from the limit, and back up after a right one', () => {
    expect([card.send(WRONG_PIN), card.send(WRONG_PIN)]).toEqual(['63C5', '63C4'])
    expect(card.send(VERIFY_PIN)).toBe('9000')
    expect(card.send(WRONG_PIN)).toBe('63C5')
  })

  it('locks at 63C0: then 6983, even to the right PIN, also after a reset', () => {
    lock()
    expect(card.send(VERIFY_PIN)).toBe('6983')
    expect(card.send('805E010007123456FF246810')).toBe('6983')
    card.powerCycle()
    expect(card.send(VERIFY_PIN)).toBe('6983')
  })

  it('an empty body asks without trying', () => {
    expect(card.send(QUERY)).toBe('63C6')
    card.send(WRONG_PIN)
    expect([card.send(QUERY), card.send(`${QUERY}00`)]).toEqual(['63C5', '63C5'])
    card.send(VERIFY_PIN)
    expect(card.send(QUERY)).toBe('9000')
    lock()
    expect(card.send(QUERY)).toBe('6983')
  })

  it('a wrong PIN ends the verified state', () => {
    card.send(VERIFY_PIN)
    card.selectMedical()
    expect(card.send('B026000104')).toBe('000027109000')
    card.send(WRONG_PIN)
    expect(card.send('B026000104')).toBe('6982')
  })

  it('a length that no PIN has costs nothing, one that only this PIN has not costs a try', () => {
    expect(card.send('002000000112')).toBe('6700')
    expect(card.send('002000000712345678901234')).toBe('6700')
    expect(card.send('00200000021234')).toBe('63C5')
    expect(card.send('0020000008123456FFFFFFFFFF')).toBe('6700')
    expect(card.send('0020000006123456FFFFFF')).toBe('63C4')
  })

  it('refuses parameters', () => {
    expect(card.send('0020000103123456')).toBe('6A86')
    expect(card.send('0020010003123456')).toBe('6A86')
  })

  it('knows PINs of 4 to 12 digits, an odd last nibble F', () => {
    for (const [value, packed] of [
      ['1234567', '1234567F'],
      ['123456789012', '123456789012']
    ] as const) {
      const other = cardUnderTest({ ...SAMPLE_CARD, pin: { value } })
      expect(other.send(`0020000${packed.length === 8 ? '004' : '006'}${packed}`)).toBe('9000')
    }
  })
})

describe('CHANGE PIN', () => {
  const CHANGE = '805E010007123456FF246810'

  it('puts the new PIN in place of the old', () => {
    expect(card.send(CHANGE)).toBe('9000')
    expect(card.send(VERIFY_PIN)).toBe('63C5')
    expect(card.send('0020000003246810')).toBe('9000')
    card.powerCycle()
    expect(card.send('0020000003246810')).toBe('9000')
  })

  it('counts a wrong old PIN with the same counter as VERIFY', () => {
    card.send(WRONG_PIN)
    expect(card.send('805E010007654321FF246810')).toBe('63C4')
    expect(card.send(CHANGE)).toBe('9000')
    expect(card.send(QUERY)).toBe('63C6')
  })

  it.each([
    ['P1', '805E000007123456FF246810', '6A86'],
    ['P2', '805E010107123456FF246810', '6A86'],
    ['too short', '805E0100041234FF24', '6700'],
    ['too long', `805E01000E${'12'.repeat(6)}FF${'12'.repeat(7)}`, '6700'],
    ['no separator', '805E01000712345612246810', '6A80'],
    ['letters in the new PIN', '805E010007123456FF2468AB', '6A80'],
    ['filling inside the new PIN', '805E010007123456FF24F810', '6A80'],
    ['a new PIN of three digits', '805E010006123456FF123F', '6A80'],
    ['a new PIN of two digits', '805E010006123456FF1234'.replace('FF1234', 'FFFF12'), '6A80']
  ])('refuses %s without costing a try', (_, command, sw) => {
    expect(card.send(command)).toBe(sw)
    expect(card.send(QUERY)).toBe('63C6')
  })
})

describe.each(['1.00', '2.00', '3.00'])('a card of version %s takes PINs of 4 to 12 digits', (version) => {
  const PINS = ['1234', '12345F', '123456', '1234567F', '12345678', '123456789F', '1234567890', '12345678901F', '123456789012']
  const suite = version === '3.00' ? SM4_STAND_IN_SUITE : DES_SUITE
  const size = (hex: string): string => toHex(Uint8Array.of(hex.length / 2))
  const json = { ...SAMPLE_CARD, version, offline: undefined }

  it.each(PINS)('%s personalised, by CHANGE PIN and by RELOAD PIN', (packed) => {
    const made = cardUnderTest({ ...json, pin: { value: packed.replace('F', '') } }, suite)
    expect(made.send(`00200000${size(packed)}${packed}`)).toBe('9000')

    const other = cardUnderTest({ ...json, pin: { value: '999999' } }, suite)
    const change = `999999FF${packed}`
    expect(other.send(`805E0100${size(change)}${change}`)).toBe('9000')
    expect(other.send(`00200000${size(packed)}${packed}`)).toBe('9000')

    const forgotten = cardUnderTest({ ...json, pin: { value: '999999', triesLeft: 0 } }, suite)
    forgotten.authenticate('PUK', '06')
    expect(reload(forgotten, packed)).toBe('9000')
    expect(forgotten.send(`00200000${size(packed)}${packed}`)).toBe('9000')
  })

  it.each(['123F', '12', '12345678901234'])('and not %s', (packed) => {
    const other = cardUnderTest({ ...json, pin: { value: '999999' } }, suite)
    other.authenticate('PUK', '06')
    const change = `999999FF${packed}`
    expect(other.send(`805E0100${size(change)}${change}`)).toMatch(/^(6700|6A80)$/)
    if (packed.length / 2 < suite.blockLength - 1) expect(reload(other, packed)).toBe('6A80')
    expect(other.send('0020000003999999')).toBe('9000')
  })
})

/** RELOAD PIN with a block of length | PIN, padded. */
function reload(other: CardUnderTest, packed: string): string {
  const { suite } = other
  const challenge = fromHex(other.send(`00840000${suite.blockLength === 16 ? '10' : '08'}`).slice(0, -4))
  const session = suite.sessionKey(other.key('STK'), challenge)
  const plain = padIso7816(concat(Uint8Array.of(packed.length / 2), fromHex(packed)), suite.blockLength)
  const covered = `84240001${toHex(Uint8Array.of(suite.blockLength + 4))}${toHex(suite.encryptBlock(session, plain))}`
  return other.send(covered + toHex(suite.mac(session, fromHex(covered))))
}

describe('PIN UNBLOCK and RELOAD PIN', () => {
  const permit = (): void => {
    expect(card.authenticate('PUK', '06')).toBe('9000')
  }

  it('the worked example: MAC 4C8D0EF9 unlocks', () => {
    lock()
    permit()
    card.entropy.script('D671B973D4033B01')
    card.send('0084000008')
    expect(card.send('84240000044C8D0EF9')).toBe('9000')
    expect(card.send(QUERY)).toBe('63C6')
    expect(card.send(VERIFY_PIN)).toBe('9000')
  })

  it('the worked example: MAC AC6748B4 reloads 123456', () => {
    card = cardUnderTest({ ...SAMPLE_CARD, pin: { value: '246810', triesLeft: 0 } })
    permit()
    card.entropy.script('D671B973D4033B01')
    card.send('0084000008')
    expect(card.send('842400010C3984092959AED276AC6748B4')).toBe('9000')
    expect(card.send(VERIFY_PIN)).toBe('9000')
  })

  it('unblocks only a locked PIN', () => {
    permit()
    expect(card.sendAuthentic('84240000')).toBe('6985')
  })

  it('asks for PUK first and for a challenge of its own', () => {
    lock()
    expect(card.sendAuthentic('84240000')).toBe('6982')
    permit()
    expect(card.send('84240000044C8D0EF9')).toBe('6984')
    expect(card.send('842400000144')).toBe('6700')
    expect(card.send('842400020444444444')).toBe('6A86')
  })

  it('the third wrong MAC locks the card for good', () => {
    lock()
    permit()
    const wrong = (): string => {
      card.send('0084000008')
      return card.send('842400000400000000')
    }
    expect([wrong(), wrong(), wrong()]).toEqual(['6988', '6988', '9303'])
    expect(card.send(VERIFY_PIN)).toBe('9303')
    card.powerCycle()
    expect(card.selectSsse()).toBe('9303')
    expect(card.selectMedical()).toBe('9303')
  })

  it('a right one gives the three back', () => {
    lock()
    permit()
    for (let i = 0; i < 2; i++) {
      card.send('0084000008')
      card.send('842400000400000000')
    }
    expect(card.sendAuthentic('84240000')).toBe('9000')
    lock()
    card.send('0084000008')
    expect(card.send('842400000400000000')).toBe('6988')
  })

  it('a block that holds no PIN changes nothing', () => {
    permit()
    const challenge = fromHex(card.send('0084000008').slice(0, 16))
    const session = card.suite.sessionKey(card.key('STK'), challenge)
    const block = toHex(card.suite.encryptBlock(session, fromHex('0912345680000000')))
    const covered = `842400010C${block}`
    expect(card.send(covered + toHex(card.suite.mac(session, fromHex(covered))))).toBe('6A80')
    expect(card.send(VERIFY_PIN)).toBe('9000')
  })
})
