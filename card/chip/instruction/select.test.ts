import { beforeEach, describe, expect, it } from 'vitest'
import { cardUnderTest, type CardUnderTest } from '../../../test/chip/card-under-test.ts'
import { SAMPLE_CARD, VERIFY_PIN } from '../../../test/chip/sample-card.ts'

let card: CardUnderTest

beforeEach(() => {
  card = cardUnderTest(SAMPLE_CARD)
})

describe('SELECT', () => {
  it.each([
    ['DF01', 'D15600000500'],
    ['DF02', 'D15600000501'],
    ['DF03', 'D15600000502'],
    ['DF04', 'D15600000503'],
    ['DF07', 'D15600000504']
  ])('finds %s by name', (_, aid) => {
    expect(card.sendAndFetch(`00A4040006${aid}`)).toBe(`6F088406${aid}9000`)
    expect(card.send(`00A4040C06${aid}`)).toBe('9000')
  })

  it('takes whole names only', () => {
    expect(card.send('00A4040005D156000005')).toBe('6A82')
    expect(card.send('00A4040006D15600000590')).toBe('6A82')
    expect(card.send('00A40400')).toBe('6700')
  })

  it('announces the algorithm after 9F0C86: 01 DES, 03 the SM4 stand-in', () => {
    expect(card.selectSsse()).toContain('9F0C8601')
    expect(cardUnderTest({ ...SAMPLE_CARD, version: '3.00' }).selectSsse()).toContain('9F0C8603')
  })

  it('finds directories by file identifier, the root also as 3F00 and without data', () => {
    expect(card.sendAndFetch('00A4000002DF04')).toBe('6F088406D156000005039000')
    expect(card.sendAndFetch('00A4000002DF05')).toBe('6F048402DF059000')
    expect(card.send('00A40000023F00')).toBe('6119')
    expect(card.send('00A4000002DDF1')).toBe('6119')
    expect(card.send('00A4000019')).toBe(card.selectSsse())
  })

  it('finds files of the current directory with P1 00 and 02', () => {
    expect(card.send('00A4000002EF05')).toBe('9000')
    expect(card.send('00A4020002EF06')).toBe('9000')
    expect(card.send('00A4020002DF04')).toBe('6A82')
    expect(card.send('00A4000002EF15')).toBe('6A82')
    card.selectMedical()
    expect(card.send('00A4000002EF15')).toBe('9000')
  })

  it.each([
    ['P1', '00A4010002EF05', '6A86'],
    ['P2', '00A4000102EF05', '6A86'],
    ['length', '00A4000003EF0500', '6700']
  ])('refuses a wrong %s', (_, command, sw) => expect(card.send(command)).toBe(sw))

  it('keeps the PIN while moving among the directories, and drops the rights of the one it leaves', () => {
    card.send(VERIFY_PIN)
    card.selectMedical()
    expect(card.authenticate('RK1DF04', '84')).toBe('9000')
    card.send('00A4000002EF06')
    expect(card.send('00B2900003')).toBe('9001319000')
    card.selectSsse()
    card.selectMedical()
    card.send('00A4000002EF06')
    expect(card.send('00B2900003')).toBe('6982')
    expect(card.send('00200000')).toBe('9000')
  })

  it('a failed SELECT leaves the selection alone', () => {
    card.selectMedical()
    card.send(VERIFY_PIN)
    card.send('00A4000002EF05')
    expect(card.send('00A4040006D15600000599')).toBe('6A82')
    expect(card.send('00B28C0003')).toBe('8C01119000')
  })
})
