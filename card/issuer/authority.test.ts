/** The issuer's judgement against the worked vectors (domain notes 5.8) and against what simulated chips sign. */

import { beforeEach, describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../bytes/hex.ts'
import { cardUnderTest, testIssuerKeys, type CardUnderTest } from '../../test/chip/card-under-test.ts'
import { creditCommand, debit, loadInitCommand } from '../../test/chip/purse-terminal.ts'
import { SAMPLE_CARD, VERIFY_PIN } from '../../test/chip/sample-card.ts'
import { fixtureCard } from '../../test/card/terminal.ts'
import { SM4_STAND_IN_SUITE } from '../crypto/cipher-suite.ts'
import { CARDS_MAX, IssuerAuthority, type CardOfRecord, type InitialisedLoad, type SignedPurchase } from './authority.ts'

const CARD: CardOfRecord = { region: '510100', cardFactor: '8660510100000001', algorithm: 'DES', purse: 'SSC-LB002' }
const PURCHASE: SignedPurchase = {
  account: 0,
  own: 12_850,
  pooled: 10_000,
  terminalNo: '510100000001',
  terminalSerial: 0x12,
  time: '20260315093015'
}
const LOAD: InitialisedLoad = {
  balance: 10_000,
  amount: 5000,
  loadSerial: 3,
  keyVersion: 1,
  random: '0A0B0C0D',
  terminalNo: '510100000001'
}
const TIME = '20260315093015'

let authority: IssuerAuthority

beforeEach(() => {
  authority = new IssuerAuthority(testIssuerKeys())
})

describe('the TAC of a settlement', () => {
  it('is the worked one, in either case of its digits', () => {
    expect(authority.verifyPurchaseTac(CARD, PURCHASE, 'AF80675D')).toBe(true)
    expect(authority.verifyPurchaseTac(CARD, PURCHASE, 'af80675d')).toBe(true)
  })

  it('covers one amount of type 06 on a PBOC purse', () => {
    const purchase = { ...PURCHASE, account: 12_850, own: 999, pooled: 999 }
    expect(authority.verifyPurchaseTac({ ...CARD, purse: 'PBOC' }, purchase, '023E28AC')).toBe(true)
    expect(authority.verifyPurchaseTac(CARD, purchase, '023E28AC')).toBe(false)
  })

  it.each([
    ['the account amount', { account: 1 }],
    ['the own payment', { own: 12_851 }],
    ['the pooled payment', { pooled: 9999 }],
    ['the terminal', { terminalNo: '510100000002' }],
    ["the terminal's serial", { terminalSerial: 0x13 }],
    ['the time', { time: '20260315093016' }]
  ])('does not fit when %s is another', (_, changed) => {
    expect(authority.verifyPurchaseTac(CARD, { ...PURCHASE, ...changed }, 'AF80675D')).toBe(false)
  })

  it.each([
    ['another card', { cardFactor: '8660510100000002' }],
    ['another region', { region: '510200' }],
    ['another cipher', { algorithm: 'SM4' as const }]
  ])('does not fit %s', (_, changed) => {
    expect(authority.verifyPurchaseTac({ ...CARD, ...changed }, PURCHASE, 'AF80675D')).toBe(false)
  })

  it.each([
    ['a code too short', {}, 'AF80675'],
    ['a code too long', {}, 'AF80675D00'],
    ['a code that is none', {}, 'AF80675G'],
    ['no code', {}, ''],
    ['a negative amount', { own: -1 }, 'AF80675D'],
    ['an amount of more than four bytes', { own: 0x1_0000_0000 }, 'AF80675D'],
    ['half a fen', { own: 12_850.5 }, 'AF80675D'],
    ['a terminal of eleven digits', { terminalNo: '51010000001' }, 'AF80675D'],
    ['a time with a letter', { time: '2026031509301A' }, 'AF80675D'],
    ['a terminal serial of five bytes', { terminalSerial: 0x1_0000_0000 }, 'AF80675D']
  ])('%s is a wrong code and no exception', (_, changed, tac) => {
    expect(authority.verifyPurchaseTac(CARD, { ...PURCHASE, ...changed }, tac)).toBe(false)
  })

  it('a card of record that no card can be is a wrong code too', () => {
    expect(authority.verifyPurchaseTac({ ...CARD, region: '5101' }, PURCHASE, 'AF80675D')).toBe(false)
    expect(authority.verifyPurchaseTac({ ...CARD, cardFactor: '' }, PURCHASE, 'AF80675D')).toBe(false)
  })
})

describe('a load', () => {
  it('is asked for with the worked MAC1, let through with the worked MAC2 and closed with the worked TAC', () => {
    expect(authority.verifyLoadMac1(CARD, LOAD, '89E37B8F')).toBe(true)
    expect(toHex(authority.loadMac2(CARD, LOAD, TIME))).toBe('85A28E4A')
    expect(authority.verifyLoadTac(CARD, LOAD, TIME, '428C9B81')).toBe(true)
  })

  it.each([
    ['balance', { balance: 10_001 }],
    ['amount', { amount: 5001 }],
    ['serial', { loadSerial: 4 }],
    ['random', { random: '0A0B0C0E' }],
    ['key version', { keyVersion: 2 }],
    ['terminal', { terminalNo: '510100000002' }]
  ])('another %s has another MAC1', (_, changed) => {
    expect(authority.verifyLoadMac1(CARD, { ...LOAD, ...changed }, '89E37B8F')).toBe(false)
  })

  it.each([
    ['balance', { balance: 10_001 }, TIME],
    ['amount', { amount: 5001 }, TIME],
    ['serial', { loadSerial: 4 }, TIME],
    ['time', {}, '20260315093016']
  ])('another %s has another TAC', (_, changed, time) => {
    expect(authority.verifyLoadTac(CARD, { ...LOAD, ...changed }, time, '428C9B81')).toBe(false)
  })

  it.each([
    ['more than a card holds', { balance: 0xffff_ffff }],
    ['the last serial', { loadSerial: 0xffff }],
    ['a random of three bytes', { random: '0A0B0C' }]
  ])('%s was asked by no card, and is never signed', (_, changed) => {
    const load = { ...LOAD, ...changed }
    expect(authority.verifyLoadMac1(CARD, load, '89E37B8F')).toBe(false)
    expect(() => authority.loadMac2(CARD, load, TIME)).toThrow('no card can have asked for')
  })
})

const chips: readonly (readonly [string, () => CardUnderTest, CardOfRecord])[] = [
  ['a second-generation card', () => cardUnderTest(SAMPLE_CARD), CARD],
  [
    'a card with the bank purse',
    () => fixtureCard('pboc-profile'),
    { region: '999999', cardFactor: '866099990000000F', algorithm: 'DES', purse: 'PBOC' }
  ],
  [
    'a third-generation card under the SM4 stand-in',
    () => cardUnderTest({ ...SAMPLE_CARD, version: '3.00' }, SM4_STAND_IN_SUITE),
    { ...CARD, algorithm: 'SM4' }
  ]
]

/** 25.00 under the bank's commands: TAC and then MAC2. */
function pbocDebit(card: CardUnderTest): string {
  const init = card.sendAndFetch('805001020B01000009C4999999000001')
  const session = card.suite.sessionKey(card.key('DPK'), fromHex(`${init.slice(22, 30)}${init.slice(8, 12)}0012`))
  const mac1 = card.suite.mac(session, fromHex(`000009C406999999000001${TIME}`))
  return card.sendAndFetch(`805401000F00000012${TIME}${toHex(mac1)}`)
}

describe.each(chips)('%s and the issuer agree', (_, make, record) => {
  const enter = (): CardUnderTest => {
    const card = make()
    expect(card.atr.slice(-16)).toBe(record.cardFactor)
    card.selectSsse()
    card.send(record.region === '510100' ? VERIFY_PIN : '0020000003246810')
    card.selectMedical()
    return card
  }

  it('on a load', () => {
    const card = enter()
    const init = card.sendAndFetch(loadInitCommand(5000, record.purse))
    expect(init).toMatch(/9000$/)
    const asked: InitialisedLoad = {
      balance: Number.parseInt(init.slice(0, 8), 16),
      amount: 5000,
      loadSerial: Number.parseInt(init.slice(8, 12), 16),
      keyVersion: Number.parseInt(init.slice(12, 14), 16),
      random: init.slice(16, 24),
      terminalNo: '999999000001'
    }
    expect(authority.verifyLoadMac1(record, asked, init.slice(24, 32))).toBe(true)
    const credit = creditCommand(card, { init, amount: 5000, profile: record.purse })
    expect(credit.slice(-8)).toBe(toHex(authority.loadMac2(record, asked, TIME)))
    const tac = card.sendAndFetch(credit)
    expect(tac).toMatch(/^.{8}9000$/)
    expect(authority.verifyLoadTac(record, asked, TIME, tac.slice(0, 8))).toBe(true)
    expect(authority.verifyLoadTac(record, { ...asked, amount: 4999 }, TIME, tac.slice(0, 8))).toBe(false)
  })

  it('on a settlement', () => {
    const card = enter()
    const answer = record.purse === 'PBOC' ? pbocDebit(card) : debit(card, { account: 2500, own: 300, pooled: 45_000 })
    expect(answer).toMatch(/^.{16}9000$/)
    const tac = record.purse === 'PBOC' ? answer.slice(0, 8) : answer.slice(8, 16)
    const signed = { account: 2500, own: 300, pooled: 45_000, terminalNo: '999999000001', terminalSerial: 0x12, time: TIME }
    expect(authority.verifyPurchaseTac(record, signed, tac)).toBe(true)
    expect(authority.verifyPurchaseTac(record, { ...signed, account: 2501 }, tac)).toBe(false)
  })
})

describe('the keys it keeps', () => {
  it('judge alike before and after they were forgotten', () => {
    expect(authority.verifyPurchaseTac(CARD, PURCHASE, 'AF80675D')).toBe(true)
    for (let serial = 0; serial < CARDS_MAX; serial++) {
      const cardFactor = `86605101${toHex(fromHex((0x1000_0000 + serial).toString(16)))}`
      authority.verifyPurchaseTac({ ...CARD, cardFactor }, PURCHASE, 'AF80675D')
    }
    expect(authority.verifyPurchaseTac(CARD, PURCHASE, 'AF80675D')).toBe(true)
  })
})
