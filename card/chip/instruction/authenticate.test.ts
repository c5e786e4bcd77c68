import { beforeEach, describe, expect, it } from 'vitest'
import { SM4_STAND_IN_SUITE } from '../../crypto/cipher-suite.ts'
import { fromHex, toHex } from '../../bytes/hex.ts'
import { cardUnderTest, type CardUnderTest } from '../../../test/chip/card-under-test.ts'
import { SAMPLE_CARD } from '../../../test/chip/sample-card.ts'

let card: CardUnderTest

beforeEach(() => {
  card = cardUnderTest(SAMPLE_CARD)
  card.selectSsse()
})

describe('GET CHALLENGE', () => {
  it('gives 8 bytes, or 4 as bank programs ask; any other Le answers 6C08', () => {
    card.entropy.script('D671B973D4033B01', 'A1B2C3D4')
    expect(card.send('0084000008')).toBe('D671B973D4033B019000')
    expect(card.send('0084000004')).toBe('A1B2C3D49000')
    expect(card.send('0084000005')).toBe('6C08')
    expect(card.send('0084000000')).toBe('6C08')
    expect(card.send('00840000')).toBe('6C08')
    expect(card.send('0084000108')).toBe('6A86')
  })
})

describe('INTERNAL AUTHENTICATE', () => {
  it('answers the worked example', () => {
    expect(card.send('008800001001020304050607081112131415161718')).toBe('6108')
    expect(card.send('00C0000008')).toBe('BADD6528CD7C57489000')
  })

  it.each([
    ['P1', '008801001001020304050607081112131415161718', '6A86'],
    ['the length', '00880000080102030405060708', '6700'],
    ['a key that is not for it', '008800041001020304050607081112131415161718', '6A88'],
    ['an unknown key', '008800031001020304050607081112131415161718', '6A88']
  ])('refuses %s', (_, command, sw) => expect(card.send(command)).toBe(sw))

  it('a counterfeit answers something else', () => {
    const counterfeit = cardUnderTest({ ...SAMPLE_CARD, keys: { IRK: '00112233445566778899AABBCCDDEEFF' } })
    const answer = counterfeit.sendAndFetch('008800001001020304050607081112131415161718')
    expect(answer).toMatch(/^[0-9A-F]{16}9000$/)
    expect(answer).not.toBe('BADD6528CD7C57489000')
  })
})

describe('EXTERNAL AUTHENTICATE', () => {
  const CHALLENGE = 'D671B973D4033B01'
  const WORKED = '0082008410CED1FDBE1126B3050102030405060708'

  beforeEach(() => {
    card.selectMedical()
    card.entropy.script(CHALLENGE)
  })

  it('accepts the worked example', () => {
    card.send('0084000008')
    expect(card.send(WORKED)).toBe('9000')
  })

  it('accepts any check data: the challenge itself, as some drivers send', () => {
    card.send('0084000008')
    expect(card.send(`008200841071A85BB346FB6055${CHALLENGE}`)).toBe('9000')
  })

  it('a challenge serves the next command only', () => {
    card.send('0084000008')
    card.send('00A4000002EF05')
    expect(card.send(WORKED)).toBe('6984')
  })

  it('a challenge serves once', () => {
    card.send('0084000008')
    expect(card.send(WORKED)).toBe('9000')
    expect(card.send(WORKED)).toBe('6984')
  })

  it('knows the keys of the SSSE everywhere and the others in their own application only', () => {
    expect(card.authenticate('UKSSSE', '04')).toBe('9000')
    card.selectSsse()
    card.send('0084000008')
    expect(card.send(WORKED)).toBe('6A88')
  })

  it('does not open the keys of the purse, the MAC keys and IRK to it', () => {
    for (const id of ['00', '01', '02', '82', '87']) {
      card.send('0084000008')
      expect(card.send(`008200${id}10${'00'.repeat(16)}`)).toBe('6A88')
    }
  })

  it('refuses P1 and lengths', () => {
    card.send('0084000008')
    expect(card.send(WORKED.replace('008200', '008201'))).toBe('6A86')
    expect(card.send('0082008408CED1FDBE1126B305')).toBe('6700')
  })

  const wrong = (target: CardUnderTest): string => {
    target.send('0084000008')
    return target.send(`0082008410${'00'.repeat(16)}`)
  }

  it('counts wrong ones down to 63C0 and then answers 6983 for ever, right cryptogram or not', () => {
    const strict = cardUnderTest({ ...SAMPLE_CARD, keyTriesMax: 3 })
    strict.selectMedical()
    expect([wrong(strict), wrong(strict)]).toEqual(['63C2', '63C1'])
    expect(strict.authenticate('RK1DF04', '84')).toBe('9000')
    expect([wrong(strict), wrong(strict), wrong(strict)]).toEqual(['63C2', '63C1', '63C0'])
    expect(strict.authenticate('RK1DF04', '84')).toBe('6983')
    strict.powerCycle()
    strict.selectMedical()
    expect(strict.authenticate('RK1DF04', '84')).toBe('6983')
    expect(strict.authenticate('UK2DF04', '86')).toBe('9000')
  })

  it('a wrong one ends the right that an earlier one gave', () => {
    card.authenticate('RK1DF04', '84')
    card.send('00A4000002EF05')
    expect(card.send('00B28C0003')).toBe('8C01119000')
    wrong(card)
    expect(card.send('00B28C0003')).toBe('6982')
  })
})

describe('the SM4 stand-in of v3.00', () => {
  it('takes challenges, check data and answers of 16 bytes', () => {
    const third = cardUnderTest({ ...SAMPLE_CARD, version: '3.00' }, SM4_STAND_IN_SUITE)
    third.selectSsse()
    expect(third.send('0084000000')).toBe('6C10')
    const challenge = fromHex(third.send('0084000010').slice(0, 32))
    const data = fromHex('11'.repeat(16))
    const session = SM4_STAND_IN_SUITE.sessionKey(third.key('RKSSSE'), challenge)
    const proof = toHex(SM4_STAND_IN_SUITE.encryptBlock(session, data)) + toHex(data)
    expect(third.send(`0082000A20${proof}`)).toBe('9000')
    expect(third.send('00B20A3000')).toBe('0A01319000')
    expect(third.send(`0088000020${'22'.repeat(32)}`)).toBe('6110')
  })
})
