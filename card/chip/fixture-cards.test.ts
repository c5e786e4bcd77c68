/** Every card file of the fixtures, proved against its own description: what a reader and a holder would find. */

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cardUnderTest, type CardUnderTest } from '../../test/chip/card-under-test.ts'
import { fromHex } from '../bytes/hex.ts'
import { decodeText } from '../bytes/text.ts'
import { SM4_STAND_IN_SUITE } from '../crypto/cipher-suite.ts'
import { parsePersonalisation } from './personalisation/parse.ts'

const FOLDER = new URL('../../fixtures/cards/', import.meta.url)

const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length))

const json = (name: string): object => JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'))

const insert = (name: string): CardUnderTest => cardUnderTest(json(name))

/** The value of an item of the current application, its tag and length stripped. */
function item(card: CardUnderTest, file: string, tag: string): string {
  card.send(`00A4000002${file}`)
  return card.send(`00B2${tag}0000`).slice(4, -4)
}

const text = (hex: string): string => decodeText(fromHex(hex))

/** Fen; verifies the PIN of the file. */
function balance(card: CardUnderTest, pin: string): number {
  expect(card.send(`0020000003${pin}`)).toBe('9000')
  card.selectMedical()
  return Number.parseInt(card.send('B026000104').slice(0, 8), 16)
}

describe('all fixture cards', () => {
  it('are at least twelve', () => expect(names.length).toBeGreaterThanOrEqual(12))

  it.each(names)('%s parses, personalises and answers to reset', (name) => {
    expect(insert(name).atr).toMatch(/^3B[68]/)
  })

  it.each(names)('%s is visibly fake', (name) => {
    const parsed = parsePersonalisation(json(name))
    if (!parsed.ok || parsed.value.kind !== 'social-security') return
    expect(parsed.value.holder.name).toMatch(/^测试/)
    expect(parsed.value.holder.socialSecurityNumber).toMatch(/^000000/)
    expect(parsed.value.region).toMatch(/^99/)
    expect(hasValidCheckDigit(parsed.value.holder.socialSecurityNumber)).toBe(true)
  })
})

/** GB 11643: weights 2^(17 - i) mod 11. */
function hasValidCheckDigit(number: string): boolean {
  const sum = Array.from(number.slice(0, 17), Number).reduce((total, digit, index) => total + digit * (2 ** (17 - index) % 11), 0)
  return number.charAt(17) === '10X98765432'.charAt(sum % 11)
}

describe('the cards a counter meets', () => {
  it('in-service-32k: employee, 2760.00 yuan, temporary offline allowed, two log lines', () => {
    const card = insert('in-service-32k')
    expect(text(item(card, 'EF05', '03'))).toBe('2.00')
    expect(text(item(card, 'EF06', '09'))).toBe('测试一')
    expect(balance(card, '246810')).toBe(276_000)
    expect(text(item(card, 'EF05', '81'))).toBe('31001000')
    expect(item(card, 'EF05', '8C')).toBe('11')
    card.send('00A4000002EF08')
    expect(card.send('00B2010400')).toBe('00043299999900000120260211101230000011D0000011D0000028009000')
    expect(card.send('00B2020400')).toMatch(/^000231/)
    expect(card.send('00B2030400')).toBe('6A83')
    card.authenticate('RK1DF04', '84')
    expect(text(item(card, 'EF06', '90'))).toBe('1')
  })

  it('retired-32k: retired, approved for chronic disease', () => {
    const card = insert('retired-32k')
    expect(balance(card, '246810')).toBe(512_035)
    expect(text(item(card, 'EF05', '81'))).toBe('31001100')
    expect(item(card, 'EF05', '8C')).toBe('21')
  })

  it('resident-adult and child: the residents\' scheme, a child\'s card class and birth date', () => {
    const adult = insert('resident-adult')
    expect(balance(adult, '246810')).toBe(12_000)
    expect(text(item(adult, 'EF05', '81'))).toMatch(/^390/)
    const child = insert('child')
    expect(text(item(child, 'EF05', '02'))).toBe('1')
    expect(item(child, 'EF06', '0D')).toBe('20190915')
    expect(balance(child, '135790')).toBe(0)
  })

  it('in-service-16k: version 1.00, PIN 1234, balance readable as an item', () => {
    const card = insert('in-service-16k')
    expect(text(item(card, 'EF05', '03'))).toBe('1.00')
    expect(card.send('00200000021234')).toBe('9000')
    card.selectMedical()
    expect(item(card, 'EF06', '90')).toBe('86040FFF')
    expect(item(card, 'EF06', '92')).toBe('13320FFF')
  })

  it('v3-contactless: an ATR built from an ATS, SM4 announced, the holder behind RKSSSE', () => {
    const card = cardUnderTest(json('v3-contactless'), SM4_STAND_IN_SUITE)
    expect(card.atr).toMatch(/^3B8D8001/)
    expect(card.atr).toHaveLength(2 * 18)
    expect(card.selectSsse()).toContain('9F0C8603')
    expect(text(item(card, 'EF05', '03'))).toBe('3.00')
    card.send('00A4000002EF06')
    expect(card.send('00B2090000')).toBe('6982')
    expect(balance(card, '246810')).toBe(93_000)
  })

  it('expired: item 06 lies in the past', () => {
    expect(item(insert('expired'), 'EF05', '06')).toBe('20241231')
  })

  it('other-region: item 84 and item 01 name 990100', () => {
    const card = insert('other-region')
    expect(item(card, 'EF05', '01')).toMatch(/^990100D156000005/)
    balance(card, '246810')
    expect(item(card, 'EF05', '84')).toBe('990100')
  })

  it('empty-purse: nothing to spend', () => {
    const card = insert('empty-purse')
    expect(balance(card, '246810')).toBe(0)
    expect(card.send('B02801011301000000010000000000000000999999000001')).toBe('9401')
  })

  it('rare-name: overflows into item 4E and reads back whole', () => {
    const card = insert('rare-name')
    const name = text(item(card, 'EF06', '09')) + text(item(card, 'EF06', '4E'))
    expect(name).toBe('测试𠮷䶮𡋤㛃测试𠮷䶮𡋤㛃')
    expect(text(item(card, 'EF06', '4E'))).not.toBe('')
  })

  it('online-mode: keeps no account', () => {
    const card = insert('online-mode')
    expect(balance(card, '246810')).toBe(0)
    expect(text(item(card, 'EF05', '8F'))).toBe('1')
    expect(card.send('B02801011301000000010000000000000000999999000001')).toBe('6985')
  })

  it('pboc-profile: class 80 and no class B0', () => {
    const card = insert('pboc-profile')
    expect(card.send('0020000003246810')).toBe('9000')
    card.selectMedical()
    expect(card.send('805C000204')).toBe('000186A09000')
    expect(card.send('B026000104')).toBe('6E00')
  })
})

describe('the cards a counter cannot serve', () => {
  it('pin-locked: 6983 to the right PIN', () => expect(insert('pin-locked').send('0020000003246810')).toBe('6983'))

  it('low-tries: one wrong PIN locks it', () => {
    const card = insert('low-tries')
    expect(card.send('00200000')).toBe('63C1')
    expect(card.send('0020000003111111')).toBe('63C0')
    expect(card.send('0020000003246810')).toBe('6983')
  })

  it('not-activated: still the first PIN; the back office knows, the chip does not', () => {
    expect(insert('not-activated').send('0020000003123456')).toBe('9000')
    expect(parsePersonalisation(json('not-activated'))).toMatchObject({ value: { backOffice: { activated: false } } })
  })

  it('lost: answers like any other card, only the back office knows', () => {
    expect(balance(insert('lost'), '246810')).toBe(221_000)
    expect(parsePersonalisation(json('lost'))).toMatchObject({ value: { backOffice: { lost: 'formal' } } })
  })

  it('application-blocked: 6283 on selecting DF04', () => {
    expect(insert('application-blocked').selectMedical()).toBe('6283')
  })

  it('counterfeit: reads as genuine, and fails internal authentication', () => {
    const card = insert('counterfeit')
    const session = card.suite.sessionKey(card.key('IRK'), fromHex('0102030405060708'))
    const genuine = Buffer.from(card.suite.encryptBlock(session, fromHex('1112131415161718'))).toString('hex').toUpperCase()
    expect(card.sendAndFetch('008800001001020304050607081112131415161718')).not.toContain(genuine)
  })

  it('blank: SSSE is there, EF05 has no first record', () => {
    const card = insert('blank')
    expect(card.selectSsse()).toMatch(/9000$/)
    card.send('00A4000002EF05')
    expect(card.send('00B2010400')).toBe('6A83')
  })

  it('bank-card: another ATR, no SSSE', () => {
    const card = insert('bank-card')
    expect(card.atr).toMatch(/^3B6C0000/)
    expect(card.selectSsse()).toBe('6A82')
  })
})
