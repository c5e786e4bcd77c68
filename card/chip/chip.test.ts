import { beforeEach, describe, expect, it } from 'vitest'
import { cardUnderTest, type CardUnderTest } from '../../test/chip/card-under-test.ts'
import { SAMPLE_CARD, VERIFY_PIN } from '../../test/chip/sample-card.ts'

const SELECT_SSSE = '00A404000F7378312E73682EC9E7BBE1B1A3D5CF'
const FCI = '6F17840F7378312E73682EC9E7BBE1B1A3D5CFA5049F0C8601'

describe('the card over T=0', () => {
  let card: CardUnderTest

  beforeEach(() => {
    card = cardUnderTest(SAMPLE_CARD)
  })

  it('answers the whole ATR at power-on and at reset', () => {
    expect(card.atr).toBe('3B6D00000081544C348660510100000001')
    expect(Buffer.from(card.chip.reset()).toString('hex').toUpperCase()).toBe(card.atr)
  })

  describe('the answer to a command with data waits for GET RESPONSE', () => {
    it('case 3 and case 4 alike answer 61 and the length', () => {
      expect(card.send(SELECT_SSSE)).toBe('6119')
      expect(card.send(`${SELECT_SSSE}00`)).toBe('6119')
      expect(card.send('00C0000019')).toBe(`${FCI}9000`)
    })

    it('a wrong Le answers 6C and the length, and the data still wait', () => {
      card.send(SELECT_SSSE)
      expect(card.send('00C0000008')).toBe('6C19')
      expect(card.send('00C0000000')).toBe('6C19')
      expect(card.send('00C00000')).toBe('6C19')
      expect(card.send('00C0000019')).toBe(`${FCI}9000`)
    })

    it('they are handed out once', () => {
      card.sendAndFetch(SELECT_SSSE)
      expect(card.send('00C0000019')).toBe('6985')
    })

    it('any other command throws them away', () => {
      card.send(SELECT_SSSE)
      card.send('0084000008')
      expect(card.send('00C0000019')).toBe('6985')
    })

    it('GET RESPONSE takes no parameters and no data', () => {
      card.send(SELECT_SSSE)
      expect(card.send('00C0000119')).toBe('6A86')
      expect(card.send('00C0000001AA')).toBe('6700')
    })
  })

  it.each([
    ['an unknown class', 'A0A40000023F00', '6E00'],
    ['a class that has other instructions', '8020000003123456', '6E00'],
    ['the balance command of the other profile', '805C000204', '6D00'],
    ['an unknown instruction', '0012000000', '6D00'],
    ['less than a header', '00A404', '6700'],
    ['Lc beyond the data', '00A4040006D156', '6700'],
    ['Lc short of the data', '0020000002123456FF', '6700'],
    ['case 2 extended', '00B00000000100', '6700'],
    ['case 3 extended', '0020000000000312345600'.slice(0, 20), '6700'],
    ['case 4 extended', '00200000000003123456000A', '6700']
  ])('refuses %s', (_, command, sw) => {
    expect(card.send(command)).toBe(sw)
  })

  it('without its supply it has no answer', () => {
    card.chip.powerOff()
    expect(() => card.send(SELECT_SSSE)).toThrow('no supply')
    expect(() => card.chip.reset()).toThrow('no supply')
  })

  describe('a reset throws everything volatile away', () => {
    const verified = '00200000'

    it('the verified PIN', () => {
      card.send(VERIFY_PIN)
      expect(card.send(verified)).toBe('9000')
      card.chip.reset()
      expect(card.send(verified)).toBe('63C6')
    })

    it('rights, the selected file, the challenge, the waiting answer', () => {
      card.authenticate('RKSSSE', '0A')
      card.send('00A4000002EF08')
      expect(card.send('00B0000010')).toBe('00'.repeat(16) + '9000')
      card.chip.reset()
      expect(card.send('00B0000010')).toBe('6986')
      card.send('00A4000002EF08')
      expect(card.send('00B0000010')).toBe('6982')
      card.send('0084000008')
      card.chip.reset()
      expect(card.send(`0082000A10${'00'.repeat(16)}`)).toBe('6984')
      card.send(SELECT_SSSE)
      card.chip.reset()
      expect(card.send('00C0000019')).toBe('6985')
    })
  })
})

describe('cards that are no working social security card', () => {
  it('a bank card has another ATR and no SSSE', () => {
    const card = cardUnderTest({ kind: 'bank' })
    expect(card.atr).toBe('3B6C0000484453303031383630000001')
    expect(card.selectSsse()).toBe('6A82')
    expect(card.send('00B2010400')).toBe('6986')
  })

  it('a blank card has its files and no records in them', () => {
    const card = cardUnderTest({ kind: 'blank', version: '2.00', manufactured: '2026-01-15' })
    expect(card.atr).toBe('3B6D00000081544C348660260115000001')
    expect(card.selectSsse()).toBe(`${FCI}9000`)
    expect(card.send('00A4000002EF05')).toBe('9000')
    expect(card.send('00B2010400')).toBe('6A83')
    expect(card.send('0020000003123456')).toBe('6984')
  })

  it('a blocked card answers 6A81 to everything', () => {
    const card = cardUnderTest({ ...SAMPLE_CARD, blocked: { card: true } })
    expect(card.atr).toMatch(/^3B6D/)
    for (const command of [SELECT_SSSE, '0084000008', VERIFY_PIN, '00', '00C0000010']) {
      expect(card.send(command)).toBe('6A81')
    }
  })

  it('a blocked application can be selected with a warning and then answers 6985', () => {
    const card = cardUnderTest({ ...SAMPLE_CARD, blocked: { applications: { DF04: 'blocked' } } })
    card.send(VERIFY_PIN)
    expect(card.send('00A4040006D15600000503')).toBe('6283')
    expect(card.send('00A4000002EF05')).toBe('6985')
    expect(card.send('B026000104')).toBe('6985')
    expect(card.send('00A4040006D15600000502')).toBe('610A')
  })

  it('a locked application answers 9303 and is not selected', () => {
    const card = cardUnderTest({ ...SAMPLE_CARD, blocked: { applications: { DF04: 'locked' } } })
    expect(card.send('00A4040006D15600000503')).toBe('9303')
    expect(card.send('00A4000002EF06')).toBe('9000')
  })
})
