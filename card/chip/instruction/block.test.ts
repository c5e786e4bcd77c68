import { beforeEach, describe, expect, it } from 'vitest'
import { cardUnderTest, type CardUnderTest } from '../../../test/chip/card-under-test.ts'
import { SAMPLE_CARD, VERIFY_PIN } from '../../../test/chip/sample-card.ts'

let card: CardUnderTest

beforeEach(() => {
  card = cardUnderTest(SAMPLE_CARD)
  card.selectMedical()
})

describe('APPLICATION BLOCK', () => {
  it('P2 00 blocks the current application until it is unblocked', () => {
    card.authenticate('BK', '05')
    expect(card.sendAuthentic('841E0000', '', 'STKDF04')).toBe('9000')
    expect(card.send('00A4000002EF05')).toBe('6985')
    card.powerCycle()
    expect(card.selectMedical()).toBe('6283')
    expect(card.send('B026000104')).toBe('6985')
    expect(card.authenticate('LKDF04', '83')).toBe('9000')
    expect(card.sendAuthentic('84180000', '', 'STKDF04')).toBe('9000')
    expect(card.send('00A4000002EF05')).toBe('9000')
  })

  it('P2 01 locks it for good', () => {
    card.authenticate('BK', '05')
    expect(card.sendAuthentic('841E0001', '', 'STKDF04')).toBe('9000')
    expect(card.send('00A4000002EF05')).toBe('9303')
    card.powerCycle()
    expect(card.selectMedical()).toBe('9303')
    expect(card.sendAndFetch('00A4040006D15600000502')).toMatch(/9000$/)
  })

  it('asks for the right, for a challenge and for the MAC', () => {
    expect(card.sendAuthentic('841E0000', '', 'STKDF04')).toBe('6982')
    card.authenticate('BK', '05')
    expect(card.send('841E00000400000000')).toBe('6984')
    card.send('0084000008')
    expect(card.send('841E00000400000000')).toBe('6988')
    expect(card.sendAuthentic('841E0002', '', 'STKDF04')).toBe('6A86')
    expect(card.send('841E000001AA')).toBe('6700')
    expect(card.send('00A4000002EF05')).toBe('9000')
  })

  it('a working application cannot be unblocked', () => {
    card.authenticate('BK', '05')
    expect(card.sendAuthentic('84180000', '', 'STKDF04')).toBe('6985')
  })
})

describe('CARD BLOCK', () => {
  it('answers 6A81 to everything from then on', () => {
    card.selectSsse()
    card.authenticate('BK', '05')
    expect(card.sendAuthentic('84160000')).toBe('9000')
    expect(card.send(VERIFY_PIN)).toBe('6A81')
    card.powerCycle()
    expect(card.selectSsse()).toBe('6A81')
  })
})
