import { beforeEach, describe, expect, it } from 'vitest'
import { cardUnderTest, type CardUnderTest } from '../../../test/chip/card-under-test.ts'
import { SAMPLE_CARD, VERIFY_PIN } from '../../../test/chip/sample-card.ts'

let card: CardUnderTest

beforeEach(() => {
  card = cardUnderTest(SAMPLE_CARD)
  card.selectSsse()
})

/** The published sample personalisation of a fictitious holder. */
const SAMPLE_RECORDS = {
  EF05: [
    '0110510100D15600000500000001E3D8C079',
    '020133',
    '0304322E3030',
    '040C915600000251010051010001',
    '050420260101',
    '060420360101',
    '0709413132333435363734'
  ],
  EF06: [
    '0812303030303030313939303031303130303138',
    `091ED5C5C8FD${'00'.repeat(26)}`,
    `4E14${'00'.repeat(20)}`,
    '0A0131',
    '0B0101',
    '0C03510100',
    '0D0419900101'
  ]
}

const hexByte = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0')

describe('READ RECORD', () => {
  it.each(Object.entries(SAMPLE_RECORDS))('SSSE %s reads as the sample, by number and by tag', (file, records) => {
    card.send(`00A4000002${file}`)
    records.forEach((record, index) => {
      expect(card.send(`00B2${hexByte(index + 1)}0400`)).toBe(`${record}9000`)
      expect(card.send(`00B2${record.slice(0, 2)}00${hexByte(record.length / 2)}`)).toBe(`${record}9000`)
    })
    expect(card.send(`00B2${hexByte(records.length + 1)}0400`)).toBe('6A83')
    expect(card.send('00B2FF0000')).toBe('6A83')
  })

  it('medical basics read as the sample once the PIN is verified', () => {
    card.selectMedical()
    card.send('00A4000002EF05')
    expect(card.send('00B2810000')).toBe('6982')
    card.send(VERIFY_PIN)
    expect(card.send('00B281000A')).toBe('810833313030303030309000')
    expect(card.send('00B2840005')).toBe('84035101009000')
    expect(card.send('00B28C0003')).toBe('8C01119000')
    expect(card.send('00B2800006')).toBe('8004202601019000')
    expect(card.send('00B28F0003')).toBe('8F01329000')
    expect(card.send('00B2830000')).toBe(`8309${'00'.repeat(9)}9000`)
  })

  it('Le 00 gives all, any other wrong Le answers 6C and the length', () => {
    card.send('00A4000002EF05')
    expect(card.send('00B2020400')).toBe('0201339000')
    expect(card.send('00B20204')).toBe('0201339000')
    expect(card.send('00B2020403')).toBe('0201339000')
    expect(card.send('00B2020402')).toBe('6C03')
    expect(card.send('00B2020404')).toBe('6C03')
  })

  it('a short file identifier selects the file on the way', () => {
    expect(card.send('00B2022C00')).toBe('0201339000')
    expect(card.send('00B2020400')).toBe('0201339000')
    expect(card.send('00B20A3000')).toBe('0A01319000')
    expect(card.send('00B2014400')).toBe('6981')
    expect(card.send('00B2014C00')).toBe('6A82')
  })

  it('refuses without a file, on a transparent file and in an unknown mode', () => {
    expect(card.send('00B2010400')).toBe('6986')
    card.send('00A4000002EF08')
    expect(card.send('00B2010400')).toBe('6981')
    card.send('00A4000002EF05')
    expect(card.send('00B2010500')).toBe('6A86')
    expect(card.send('00B201FC00')).toBe('6A86')
  })

  it('offline information asks for PIN and RK1DF04, both', () => {
    card.selectMedical()
    card.send('00A4000002EF06')
    expect(card.send('00B2920000')).toBe('6982')
    card.send(VERIFY_PIN)
    expect(card.send('00B2920000')).toBe('6982')
    expect(card.authenticate('RK1DF04', '84')).toBe('9000')
    expect(card.send('00B2900003')).toBe('9001319000')
    expect(card.send('00B2920006')).toBe('92040FFFFFFF9000')
    expect(card.send('00B2930004')).toBe('930230309000')
    card.chip.reset()
    card.selectMedical()
    card.send('00A4000002EF06')
    card.authenticate('RK1DF04', '84')
    expect(card.send('00B2920000')).toBe('6982')
  })

  it('v3.00 names its holder and its number only after RKSSSE', () => {
    const third = cardUnderTest({ ...SAMPLE_CARD, version: '3.00' })
    third.selectSsse()
    expect(third.send('00B2012C00')).toMatch(/9000$/)
    expect(third.send('00B2072C00')).toBe('6982')
    expect(third.send('00B2093000')).toBe('6982')
  })

  it('v1.00 shows balance and totals from its purse, and keeps 10 log lines', () => {
    const first = cardUnderTest({
      ...SAMPLE_CARD,
      version: '1.00',
      offline: undefined,
      pin: { value: '1234' },
      purse: { balance: '128.50', ownPaymentTotal: '10.05' }
    })
    expect(first.send('00B24E3000')).toBe('6A83')
    first.send('00200000021234')
    first.selectMedical()
    first.send('00A4000002EF06')
    expect(first.send('00B2900006')).toBe('900412850FFF9000')
    expect(first.send('00B2920006')).toBe('92041005FFFF9000')
    expect(first.send('00B2930006')).toBe('93040FFFFFFF9000')
  })
})

describe('UPDATE RECORD', () => {
  beforeEach(() => {
    card.selectMedical()
    card.send('00A4000002EF06')
  })

  it('asks for the file\'s own key', () => {
    card.send(VERIFY_PIN)
    expect(card.send('00DC920006920412850FFF')).toBe('6982')
    card.authenticate('RK1DF04', '84')
    expect(card.send('00DC920006920412850FFF')).toBe('6982')
    card.authenticate('UK1DF04', '85')
    expect(card.send('00DC920006920412850FFF')).toBe('6982')
    expect(card.authenticate('UK2DF04', '86')).toBe('9000')
    expect(card.send('00DC920006920412850FFF')).toBe('9000')
    expect(card.send('00B2920006')).toBe('920412850FFF9000')
  })

  it('by number and by tag, and only whole records of the right tag and length', () => {
    card.authenticate('UK2DF04', '86')
    expect(card.send('00DC03040493023031')).toBe('9000')
    expect(card.send('00DC93000493023032')).toBe('9000')
    expect(card.send('00DC930003930130')).toBe('6700')
    expect(card.send('00DC93000492023032')).toBe('6A80')
    expect(card.send('00DC93000493013032')).toBe('6A80')
    expect(card.send('00DC94000494023032')).toBe('6A83')
    expect(card.send('00DC04040493023032')).toBe('6A83')
    card.send(VERIFY_PIN)
    card.authenticate('RK1DF04', '84')
    expect(card.send('00B2930004')).toBe('930230329000')
  })

  it('a chain of items goes by its number', () => {
    card.send('00A4040006D15600000500')
    card.authenticate('UK6DF01', '89')
    const degree = `403457034130315803010203592843${'00'.repeat(39)}`
    expect(card.send(`00DC03AC36${degree}`)).toBe('9000')
    card.send(VERIFY_PIN)
    expect(card.send('00B203AC00')).toBe(`${degree}9000`)
    expect(card.send('00B202AC00')).toMatch(/^40345703000000/)
  })

  it('survives the loss of power after its answer', () => {
    card.authenticate('UK2DF04', '86')
    card.send('00DC93000493023037')
    card.powerCycle()
    card.send(VERIFY_PIN)
    card.selectMedical()
    card.authenticate('RK1DF04', '84')
    card.send('00A4000002EF06')
    expect(card.send('00B2930004')).toBe('930230379000')
  })
})

describe('APPEND RECORD', () => {
  beforeEach(() => {
    card.send(VERIFY_PIN)
    card.selectMedical()
    card.send('00A4000002EF15')
  })

  it('record 1 is the newest, the ninth makes the first go', () => {
    expect(card.send('00B2010400')).toBe('6A83')
    expect(card.send('00E2000003000531')).toBe('6982')
    card.authenticate('UK2DF04', '86')
    for (let serial = 1; serial <= 9; serial++) expect(card.send(`00E200000300${hexByte(serial)}32`)).toBe('9000')
    expect(card.send('00B2010403')).toBe('0009329000')
    expect(card.send('00B2080403')).toBe('0002329000')
    expect(card.send('00B2090403')).toBe('6A83')
  })

  it('refuses another length, other parameters, and files that are not cyclic', () => {
    card.authenticate('UK2DF04', '86')
    expect(card.send('00E20000020005')).toBe('6700')
    expect(card.send('00E2010003000531')).toBe('6A86')
    expect(card.send('00E2002803000531')).toBe('6981')
  })

  it('the transaction log is written by the card alone', () => {
    card.authenticate('UK2DF04', '86')
    expect(card.send(`00E200401C${'00'.repeat(28)}`)).toBe('6982')
    expect(card.send('00DC010403000531')).toBe('6981')
  })
})
