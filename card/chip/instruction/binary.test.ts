import { beforeEach, describe, expect, it } from 'vitest'
import { cardUnderTest, type CardUnderTest } from '../../../test/chip/card-under-test.ts'
import { SAMPLE_CARD } from '../../../test/chip/sample-card.ts'

let card: CardUnderTest

beforeEach(() => {
  card = cardUnderTest(SAMPLE_CARD)
  card.selectSsse()
  card.send('00A4000002EF08')
})

describe('the photo, a transparent file of 4096 bytes', () => {
  it('is read after RKSSSE and written after UKSSSE', () => {
    expect(card.send('00B0000010')).toBe('6982')
    expect(card.send('00D6000002FFD8')).toBe('6982')
    expect(card.authenticate('UKSSSE', '04')).toBe('9000')
    expect(card.send('00D6000002FFD8')).toBe('9000')
    expect(card.send('00B0000002')).toBe('6982')
    expect(card.authenticate('RKSSSE', '0A')).toBe('9000')
    expect(card.send('00B0000004')).toBe('FFD800009000')
  })

  describe('once both rights are there', () => {
    beforeEach(() => {
      card.authenticate('UKSSSE', '04')
      card.authenticate('RKSSSE', '0A')
    })

    it('chunks of 80 written come back in chunks of F0', () => {
      for (let chunk = 0; chunk < 2; chunk++) {
        expect(card.send(`00D600${chunk === 0 ? '00' : '80'}80${`0${chunk + 1}`.repeat(128)}`)).toBe('9000')
      }
      expect(card.send('00B00000F0')).toBe(`${'01'.repeat(128)}${'02'.repeat(112)}9000`)
      expect(card.send('00B000F010')).toBe(`${'02'.repeat(16)}9000`)
    })

    it('Le 00 gives 256 bytes', () => expect(card.send('00B0000000')).toBe(`${'00'.repeat(256)}9000`))

    it('6282 with what there is when Le passes the end, 6B00 from the end on', () => {
      expect(card.send('00B00FFF01')).toBe('009000')
      expect(card.send('00B00FF0F0')).toBe(`${'00'.repeat(16)}6282`)
      expect(card.send('00B00FF000')).toBe(`${'00'.repeat(16)}9000`)
      expect(card.send('00B0100001')).toBe('6B00')
      expect(card.send('00D6100001AA')).toBe('6B00')
    })

    it('an update that passes the end changes nothing', () => {
      expect(card.send('00D60FFF02AAAA')).toBe('6A84')
      expect(card.send('00B00FFF01')).toBe('009000')
    })

    it('P1 from 80 on is a short file identifier', () => {
      expect(card.send('00D6870502BEEF')).toBe('9000')
      expect(card.send('00B0870403')).toBe('00BEEF9000')
      expect(card.send('00B0890001')).toBe('6A82')
      expect(card.send('00B0A70001')).toBe('6A86')
    })
  })

  it('the fingerprint has 300 hexadecimal bytes', () => {
    card.authenticate('RKSSSE', '0A')
    card.send('00A4000002EF07')
    expect(card.send('00B002FF01')).toBe('009000')
    expect(card.send('00B0030001')).toBe('6B00')
  })

  it('refuses record files, data on a read, and an update without data', () => {
    card.authenticate('RKSSSE', '0A')
    expect(card.send('00B0000001AA')).toBe('6700')
    expect(card.send('00D60000')).toBe('6700')
    card.send('00A4000002EF05')
    expect(card.send('00B0000001')).toBe('6981')
    expect(card.send('00D6000001AA')).toBe('6981')
  })
})
