import { beforeEach, describe, expect, it } from 'vitest'
import { cardUnderTest, type CardUnderTest } from '../../../test/chip/card-under-test.ts'
import { SAMPLE_CARD, VERIFY_PIN, WORKED } from '../../../test/chip/sample-card.ts'
import { debit, debitCommand, initCommand, load } from '../../../test/chip/purse-terminal.ts'

const GET_BALANCE = 'B026000104'
const GET_OWN_TOTAL = 'B026000206'
const GET_POOLED_TOTAL = 'B026000306'

const ready = (json: object): CardUnderTest => {
  const card = cardUnderTest(json)
  card.selectSsse()
  card.send(VERIFY_PIN)
  card.selectMedical()
  return card
}

const withPurse = (purse: object): object => ({ ...SAMPLE_CARD, purse: { ...SAMPLE_CARD.purse, ...purse } })

let card: CardUnderTest

beforeEach(() => {
  card = ready(SAMPLE_CARD)
})

const settleAsWorked = (): string => {
  card.entropy.script(WORKED.purchaseRandom)
  card.sendAndFetch(WORKED.initializeForPurchase)
  return card.sendAndFetch(WORKED.debit)
}

const logRecord = (number: number): string => {
  card.send('00A4000002EF08')
  return card.send(`00B20${number}0400`)
}

describe('GET BALANCE', () => {
  it('shows the balance, and the yearly totals with their year', () => {
    expect(card.send(GET_BALANCE)).toBe('000027109000')
    expect(card.send(GET_OWN_TOTAL)).toBe('0000000020269000')
    expect(card.send(GET_POOLED_TOTAL)).toBe('0000000020269000')
  })

  it('asks for the PIN, for DF04 and for its parameters', () => {
    expect(card.send('B026000404')).toBe('6A86')
    expect(card.send('B026010104')).toBe('6A86')
    expect(card.send('B026000102')).toBe('6C04')
    card.selectSsse()
    expect(card.send(GET_BALANCE)).toBe('6985')
    card.chip.reset()
    card.selectMedical()
    expect(card.send(GET_BALANCE)).toBe('6982')
  })
})

describe('the worked settlement', () => {
  it('INITIALIZE FOR PURCHASE answers serial, version, algorithm, random', () => {
    card.entropy.script(WORKED.purchaseRandom)
    expect(card.send(WORKED.initializeForPurchase)).toBe('6108')
    expect(card.send('00C0000008')).toBe('00050100A1B2C3D49000')
  })

  it('DEBIT answers MAC2 and TAC', () => {
    expect(settleAsWorked()).toBe(`${WORKED.mac2}${WORKED.tac}9000`)
  })

  it('adds to the totals, leaves the balance, counts the serial, writes the log', () => {
    settleAsWorked()
    expect(card.send(GET_BALANCE)).toBe('000027109000')
    expect(card.send(GET_OWN_TOTAL)).toBe('0000323220269000')
    expect(card.send(GET_POOLED_TOTAL)).toBe('0000271020269000')
    expect(card.sendAndFetch(WORKED.initializeForPurchase)).toMatch(/^00060100/)
    expect(logRecord(1)).toBe(`${WORKED.logRecord}9000`)
    expect(logRecord(2)).toBe('6A83')
  })

  it('can be proved by the serial of INIT and by the one after, without a PIN, after the loss of power', () => {
    settleAsWorked()
    card.powerCycle()
    card.selectMedical()
    expect(card.sendAndFetch('B02E0032020005')).toBe(`${WORKED.mac2}${WORKED.tac}9000`)
    expect(card.sendAndFetch('B02E0032020006')).toBe(`${WORKED.mac2}${WORKED.tac}9000`)
    expect(card.send('B02E0032020004')).toBe('9406')
    expect(card.send('B02E0032020007')).toBe('9406')
    expect(card.send('B02E0031020005')).toBe('9406')
  })

  it('a newer INIT takes the later serial from the proof: that transaction may never have happened', () => {
    settleAsWorked()
    card.sendAndFetch(WORKED.initializeForPurchase)
    card.powerCycle()
    card.selectMedical()
    expect(card.send('B02E0032020006')).toBe('9406')
    expect(card.sendAndFetch('B02E0032020005')).toBe(`${WORKED.mac2}${WORKED.tac}9000`)
  })
})

describe('the worked load', () => {
  it('reproduces MAC1 and TAC, and puts the money on the card', () => {
    card.entropy.script(WORKED.loadRandom)
    expect(card.send(WORKED.initializeForLoad)).toBe('6110')
    expect(card.send('00C0000010')).toBe('00002710000301000A0B0C0D89E37B8F9000')
    expect(card.sendAndFetch(WORKED.credit)).toBe(`${WORKED.loadTac}9000`)
    expect(card.send(GET_BALANCE)).toBe('00003A989000')
    expect(logRecord(1)).toBe('000331510100000001202603150930150000138800000000000000009000')
    expect(card.sendAndFetch('B02E0031020003')).toBe(`85A28E4A${WORKED.loadTac}9000`)
  })

  it('a wrong MAC2 changes nothing and ends the transaction', () => {
    card.entropy.script(WORKED.loadRandom)
    card.sendAndFetch(WORKED.initializeForLoad)
    expect(card.send(WORKED.credit.replace('85A28E4A', '85A28E4B'))).toBe('9302')
    expect(card.send(WORKED.credit)).toBe('6901')
    expect(card.send(GET_BALANCE)).toBe('000027109000')
  })
})

describe('what the purse refuses', () => {
  it.each([
    ['an unknown key version', WORKED.initializeForPurchase.replace('1301', '1302'), '9403'],
    ['more than the balance', `B028010113010000271100000000${'0'.repeat(8)}510100000001`, '9401'],
    ['a wrong length', 'B02801010B0100001388510100000001', '6700'],
    ['other parameters', WORKED.initializeForPurchase.replace('B0280101', 'B0280201'), '6A86'],
    ['an unknown load key', WORKED.initializeForLoad.replace('0B01', '0B04'), '9403']
  ])('%s', (_, command, sw) => {
    expect(card.send(command)).toBe(sw)
    expect(card.send(WORKED.debit)).toBe('6901')
  })

  it('a serial at its end', () => {
    expect(ready(withPurse({ purchaseSerial: 0xffff })).send(WORKED.initializeForPurchase)).toBe('9402')
    expect(ready(withPurse({ loadSerial: 0xffff })).send(WORKED.initializeForLoad)).toBe('9402')
  })

  it('a wrong MAC1: nothing changes and the transaction is over', () => {
    card.entropy.script(WORKED.purchaseRandom)
    card.sendAndFetch(WORKED.initializeForPurchase)
    expect(card.send(WORKED.debit.replace('A6B1F0A8', 'A6B1F0A9'))).toBe('9302')
    expect(card.send(WORKED.debit)).toBe('6901')
    expect(card.send(GET_OWN_TOTAL)).toBe('0000000020269000')
    expect(card.sendAndFetch(WORKED.initializeForPurchase)).toMatch(/^0005/)
    expect(logRecord(1)).toBe('6A83')
  })

  it('a debit without INIT, without PIN, after a load\'s INIT, of another length, at no time', () => {
    expect(card.send(WORKED.debit)).toBe('6901')
    card.sendAndFetch(WORKED.initializeForLoad)
    expect(card.send(WORKED.debit)).toBe('6901')
    card.sendAndFetch(WORKED.initializeForPurchase)
    expect(card.send(`${WORKED.debit.slice(0, 8)}0E${WORKED.debit.slice(10, -2)}`)).toBe('6700')
    card.sendAndFetch(WORKED.initializeForPurchase)
    expect(card.send(WORKED.debit.replace('20260315', '2026AB15'))).toBe('6A80')
    card.powerCycle()
    card.selectMedical()
    card.entropy.script(WORKED.purchaseRandom)
    card.sendAndFetch(WORKED.initializeForPurchase)
    expect(card.send(WORKED.debit)).toBe('6982')
  })

  it('any amount from the account, and any load, in online mode', () => {
    const online = ready(withPurse({ useMode: 'online', balance: '0.00' }))
    expect(online.send(WORKED.initializeForLoad)).toBe('6985')
    expect(online.send('B02801011301000000010000000000000000510100000001')).toBe('6985')
    online.entropy.script(WORKED.purchaseRandom)
    online.sendAndFetch(WORKED.initializeForPurchase)
    expect(online.sendAndFetch(WORKED.debit)).toBe(`${WORKED.mac2}${WORKED.tac}9000`)
  })

  it('a load that would overflow the balance', () => {
    const full = ready({ ...withPurse({ balance: '999999.99' }), version: '1.00', offline: undefined })
    expect(full.send(WORKED.initializeForLoad)).toBe('6985')
  })
})

describe('the states of the purse', () => {
  it('GET BALANCE and GET TRANSACTION PROVE keep an open purchase', () => {
    settleAsWorked()
    const purchase = { account: 0, own: 1, pooled: 0 }
    const init = card.sendAndFetch(initCommand(purchase))
    expect(card.send(GET_BALANCE)).toBe('000027109000')
    expect(card.sendAndFetch('B02E0032020005')).toBe(`${WORKED.mac2}${WORKED.tac}9000`)
    expect(card.send(debitCommand(card, { init, amounts: '000000000000000100000000' }))).toBe('6108')
  })

  it('a proof that does not exist ends it, as any refusal', () => {
    card.sendAndFetch(WORKED.initializeForPurchase)
    expect(card.send('B02E0032020005')).toBe('9406')
    expect(card.send(WORKED.debit)).toBe('6901')
  })

  it('a refused command and a SELECT end it', () => {
    for (const ending of ['00B2010700', '00A4040006D15600000503', '0012000000']) {
      card.entropy.script(WORKED.purchaseRandom)
      card.sendAndFetch(WORKED.initializeForPurchase)
      card.send(ending)
      expect(card.send(WORKED.debit)).toBe('6901')
    }
  })
})

describe('offline mode', () => {
  it('spends the balance', () => {
    expect(debit(card, { account: 2500, own: 100, pooled: 0 })).toMatch(/9000$/)
    expect(card.send(GET_BALANCE)).toBe('00001D4C9000')
  })

  it('a settlement in a new payment year starts the totals anew, one of an older year leaves the year', () => {
    const july = ready(withPurse({ year: 2025, yearBegins: '07-01', ownPaymentTotal: '500.00', pooledPaymentTotal: '80.00' }))
    debit(july, { account: 0, own: 100, pooled: 0, time: '20260630235959' })
    expect(july.send(GET_OWN_TOTAL)).toBe('0000C3B420259000')
    debit(july, { account: 0, own: 100, pooled: 7, time: '20260701000000' })
    expect(july.send(GET_OWN_TOTAL)).toBe('0000006420269000')
    expect(july.send(GET_POOLED_TOTAL)).toBe('0000000720269000')
    debit(july, { account: 0, own: 1, pooled: 0, time: '20260101000000' })
    expect(july.send(GET_OWN_TOTAL)).toBe('0000006520269000')
  })

  it('the log keeps the last 30, the newest first; v1.00 the last 10', () => {
    for (let i = 0; i < 31; i++) debit(card, { account: 1, own: i, pooled: 0 })
    card.send('00A4000002EF08')
    expect(card.send('00B2010400').slice(0, 4)).toBe('0023')
    expect(card.send('00B21E0400').slice(0, 4)).toBe('0006')
    expect(card.send('00B21F0400')).toBe('6A83')
    const first = ready({ ...SAMPLE_CARD, version: '1.00', offline: undefined })
    for (let i = 0; i < 11; i++) debit(first, { account: 1, own: 0, pooled: 0 })
    first.send('00A4000002EF08')
    expect(first.send('00B20A0400')).toMatch(/9000$/)
    expect(first.send('00B20B0400')).toBe('6A83')
  })

  it('loads with the account\'s money are logged as type 1', () => {
    expect(load(card, 100)).toMatch(/9000$/)
    expect(card.send(GET_BALANCE)).toBe('000027749000')
  })
})

describe('profile PBOC', () => {
  const pboc = (): CardUnderTest => ready(withPurse({ profile: 'PBOC', balance: '500.00' }))

  it('signs one amount: the worked values 12850 fen under type 06', () => {
    const bank = pboc()
    bank.entropy.script(WORKED.purchaseRandom)
    expect(bank.sendAndFetch('805001020B0100003232510100000001')).toBe('0000C35000050000000100A1B2C3D49000')
    expect(bank.sendAndFetch('805401000F0000001220260315093015EB4D02F8')).toBe('023E28AC5E25D80F9000')
    expect(bank.send('805C000204')).toBe('0000911E9000')
    expect(bank.sendAndFetch('805A0006020005')).toBe('5E25D80F023E28AC9000')
  })

  it('knows no class B0', () => {
    expect(pboc().send(GET_BALANCE)).toBe('6E00')
  })

  it('loads with type 02', () => {
    const bank = pboc()
    expect(load(bank, 1000, 'PBOC')).toMatch(/9000$/)
    expect(bank.send('805C000204')).toBe('0000C7389000')
  })
})

it('the published PBOC purchase comes out of the card: MAC1 F15CAB75 is accepted, MAC2 is 56988A13', () => {
  const bank = ready({
    ...withPurse({ profile: 'PBOC', balance: '100.00', purchaseSerial: 0 }),
    keys: { DPK: '11223344556677888877665544332211' }
  })
  bank.entropy.script('11223344')
  bank.sendAndFetch('805001020B0100001000001122334455')
  expect(bank.sendAndFetch('805401000F0000000120120229135100F15CAB75').slice(8, 16)).toBe('56988A13')
})
