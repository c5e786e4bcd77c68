import { describe, expect, it } from 'vitest'
import { poweredPsam, testIssuer, type TestPsam } from '../../test/support/psam.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import { fromHex, toHex } from '../bytes/hex.ts'
import type { CardChannel, ChannelFailure } from '../channel/card-channel.ts'
import { DES_SUITE, SM4_STAND_IN_SUITE } from '../crypto/cipher-suite.ts'
import { cityFactor, provinceFactor } from '../crypto/factors.ts'
import { cardKey } from '../issuer/issuer-keys.ts'
import { KEY } from '../identifier/key-reference.ts'
import { Pin } from '../secret/pin.ts'
import type { PurchaseModule } from '../session/ports.ts'
import { openPsam, type PsamSession } from './psam-session.ts'
import type { PsamRefusal } from './psam-refusal.ts'
import type { SettlementPurchase } from './purchase.ts'

const CARD = '8660510100000001'
const CITY = '3531303130307378'
const PROVINCE = '3531303030307368'
const factors = { card: fromHex(CARD), city: fromHex(CITY), province: fromHex(PROVINCE) }
const challenge = fromHex('D671B973D4033B01')

const settlement: SettlementPurchase = {
  random4: fromHex('A1B2C3D4'),
  serial: 5,
  amounts: [0, 12_850, 10_000],
  type: 0x32,
  date: '20260315',
  time: '093015',
  keyVersion: 1,
  algorithm: 0,
  factors
}
const INIT_DATA = 'A1B2C3D4 0005 00000000 00003232 00002710 32 20260315 093015 01 00'

/** Opening a PSAM: MF, terminal information, public information, application. */
const OPENING: readonly Exchange[] = [
  ['00A40000023F00', '9000'],
  ['00B0960006', '5101000000019000'],
  ['00B095000F', '0199999900000000000002010100009000'],
  ['00A4000002DF01', '9000']
]

type Exchange = readonly [command: string, answer: string]
const plain = (text: string): string => text.replace(/ /g, '')

/** Plays a script; a command that differs from it fails the test with both. */
function scripted(...script: readonly Exchange[]): CardChannel & { readonly left: () => number } {
  let next = 0
  return {
    left: () => script.length - next,
    transmit(command) {
      const [expected, answer] = script[next++] ?? ['nothing more', '']
      expect(toHex(command)).toBe(plain(expected))
      return Promise.resolve(ok(fromHex(answer)))
    }
  }
}

const failing = (error: ChannelFailure): CardChannel => ({ transmit: () => Promise.resolve(refuse(error)) })

const bareChannel = ({ chip }: TestPsam): CardChannel => ({
  transmit: (command) => Promise.resolve(ok(chip.transmit(command)))
})

function valueOf<Value>(result: Result<Value, PsamRefusal>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** A session over a script that begins with the opening. */
async function sessionOver(...script: readonly Exchange[]): Promise<{ readonly psam: PsamSession; readonly left: () => number }> {
  const channel = scripted(...OPENING, ...script)
  return { psam: valueOf(await openPsam(channel)), left: channel.left }
}

describe('opening a PSAM', () => {
  it('reads terminal number and public information', async () => {
    const { psam, left } = await sessionOver()
    expect(psam.terminalNumber).toBe('510100000001')
    expect(psam.info).toEqual({ issuer: 1, serialNumber: '99999900000000000002', version: 1, keyCardType: 1 })
    expect(left()).toBe(0)
  })

  it('takes an application that answers SELECT with 61xx', async () => {
    const channel = scripted(...OPENING.slice(0, 3), ['00A4000002DF01', '610A'], ['00C000000A', '6F088406D156000005909000'])
    expect((await openPsam(channel)).ok).toBe(true)
    expect(channel.left()).toBe(0)
  })

  it('an empty slot is no PSAM', async () => {
    expect(await openPsam(failing({ kind: 'card-removed' }))).toEqual(refuse({ kind: 'no-psam' }))
  })

  it.each([
    ['without the purchase application', [...OPENING.slice(0, 3), ['00A4000002DF01', '6A82']]],
    ['without terminal information', [...OPENING.slice(0, 1), ['00B0960006', '6A82']]]
  ] as [string, Exchange[]][])('a card %s is no PSAM', async (_, script) => {
    expect(await openPsam(scripted(...script))).toEqual(refuse({ kind: 'no-psam' }))
  })

  it('a reader that fails is told apart from a missing PSAM', async () => {
    const failure: ChannelFailure = { kind: 'reader-fault', detail: 'unplugged' }
    expect(await openPsam(failing(failure))).toEqual(refuse({ kind: 'psam-unreachable', failure }))
  })

  it('a terminal number that is no number is refused', async () => {
    expect(await openPsam(scripted(['00A40000023F00', '9000'], ['00B0960006', 'FFFFFFFFFFFF9000']))).toEqual(
      refuse({ kind: 'psam-answer-malformed', step: '00B0', length: 6 })
    )
  })

  it('a locked PSAM says so', async () => {
    const locked = await openPsam(bareChannel(poweredPsam('worked-example', { state: 'application-locked' })))
    expect(locked).toEqual(refuse({ kind: 'psam-locked', step: '00A4', statusWord: '9303' }))
    const dead = await openPsam(bareChannel(poweredPsam('worked-example', { state: 'card-locked' })))
    expect(dead).toEqual(refuse({ kind: 'psam-locked', step: '00A4', statusWord: '6A81' }))
  })
})

describe('initialising a purchase, byte by byte', () => {
  const three: Exchange = [`8070010034 ${INIT_DATA} ${CARD} ${CITY} ${PROVINCE}`, '6108']
  const two: Exchange = [`807001002C ${INIT_DATA} ${CARD} ${CITY}`, '6108']
  const one: Exchange = [`8070010024 ${INIT_DATA} ${CARD}`, '6108']
  const fetched: Exchange = ['00C0000008', '00000012A6B1F0A89000']
  const signed = { terminalSerial: fromHex('00000012'), mac1: fromHex('A6B1F0A8') }
  const wrongCount = (exchange: Exchange): Exchange => [exchange[0], '6A80']

  it('asks with three factors first', async () => {
    const { psam } = await sessionOver(three, fetched)
    expect(await psam.initialisePurchase(settlement)).toEqual(ok(signed))
  })

  it('takes an answer that comes at once', async () => {
    const { psam } = await sessionOver([three[0], '00000012A6B1F0A89000'])
    expect(await psam.initialisePurchase(settlement)).toEqual(ok(signed))
  })

  it('on 6A80 asks with two, then with one, and remembers', async () => {
    const { psam, left } = await sessionOver(wrongCount(three), wrongCount(two), one, fetched, one, fetched)
    expect(await psam.initialisePurchase(settlement)).toEqual(ok(signed))
    expect(await psam.initialisePurchase(settlement)).toEqual(ok(signed))
    expect(left()).toBe(0)
  })

  it('remembers for each key version apart', async () => {
    const { psam, left } = await sessionOver(wrongCount(three), two, fetched, [three[0].replace('01 00 8660', '02 00 8660'), '6A88'])
    await psam.initialisePurchase(settlement)
    expect(await psam.initialisePurchase({ ...settlement, keyVersion: 2 })).toEqual(
      refuse({ kind: 'psam-key-missing', step: '8070', statusWord: '6A88' })
    )
    expect(left()).toBe(0)
  })

  it('asks again in full when what worked works no more', async () => {
    const { psam } = await sessionOver(wrongCount(three), two, fetched, wrongCount(two), three, fetched)
    await psam.initialisePurchase(settlement)
    expect(await psam.initialisePurchase(settlement)).toEqual(ok(signed))
  })

  it('gives up when no number of factors fits', async () => {
    const { psam } = await sessionOver(wrongCount(three), wrongCount(two), wrongCount(one))
    expect(await psam.initialisePurchase(settlement)).toEqual(
      refuse({ kind: 'psam-refused', step: '8070', statusWord: '6A80' })
    )
  })

  it.each([
    ['6A88', 'psam-key-missing'],
    ['9403', 'psam-key-missing'],
    ['9303', 'psam-locked'],
    ['6A81', 'psam-locked'],
    ['9402', 'psam-counter-exhausted'],
    ['6985', 'psam-refused']
  ])('%s is %s, asked once', async (statusWord, kind) => {
    const { psam, left } = await sessionOver([three[0], statusWord])
    expect(await psam.initialisePurchase(settlement)).toEqual(refuse({ kind, step: '8070', statusWord }))
    expect(left()).toBe(0)
  })

  it('an answer of another length is refused', async () => {
    const { psam } = await sessionOver([three[0], '00000012A6B19000'])
    expect(await psam.initialisePurchase(settlement)).toEqual(
      refuse({ kind: 'psam-answer-malformed', step: '8070', length: 6 })
    )
  })

  it('the PBOC form carries one amount', async () => {
    const { psam } = await sessionOver(
      [`807000002C A1B2C3D4 0005 00003232 06 20260315 093015 01 00 ${CARD} ${CITY} ${PROVINCE}`, '6108'],
      ['00C0000008', '00000012EB4D02F89000']
    )
    expect(await psam.initialisePbocPurchase({ ...settlement, type: 0x06, amount: 12_850 })).toEqual(
      ok({ terminalSerial: fromHex('00000012'), mac1: fromHex('EB4D02F8') })
    )
  })

  it('an amount that does not fit four bytes or a time that is none is a fault of the caller', async () => {
    const { psam } = await sessionOver()
    await expect(psam.initialisePurchase({ ...settlement, amounts: [0, 2 ** 32, 0] })).rejects.toThrow('does not fit')
    await expect(psam.initialisePurchase({ ...settlement, time: '0930' })).rejects.toThrow('is not YYYYMMDD hhmmss')
  })
})

describe('checking MAC2', () => {
  it.each([
    ['9000', ok(null)],
    ['9302', refuse({ kind: 'psam-mac2-wrong', step: '8072', statusWord: '9302' })],
    ['63CF', refuse({ kind: 'psam-mac2-wrong', step: '8072', statusWord: '63CF' })],
    ['6901', refuse({ kind: 'psam-refused', step: '8072', statusWord: '6901' })],
    ['9303', refuse({ kind: 'psam-locked', step: '8072', statusWord: '9303' })]
  ])('%s', async (statusWord, outcome) => {
    const { psam } = await sessionOver(['80720000045C338336', statusWord])
    expect(await psam.verifyMac2(fromHex('5C338336'))).toEqual(outcome)
  })
})

describe('session keys, byte by byte', () => {
  it('internal authentication: usage 67 is asked with three factors', async () => {
    const { psam } = await sessionOver(
      [`BFDE670820 ${CARD} ${CITY} ${PROVINCE} 0102030405060708`, '9000'],
      ['80FA000008 1112131415161718', '6108'],
      ['00C0000008', 'BADD6528CD7C57489000']
    )
    const input = { key: KEY.IRK, factors, challenge: fromHex('0102030405060708'), data: fromHex('1112131415161718') }
    expect(await psam.encryptChallenge(input)).toEqual(ok(fromHex('BADD6528CD7C5748')))
  })

  it('a key of another level than its usage byte says is found by trial', async () => {
    const { psam } = await sessionOver(
      [`BFDE481018 ${CARD} ${CITY} D671B973D4033B01`, '6A80'],
      [`BFDE481020 ${CARD} ${CITY} ${PROVINCE} D671B973D4033B01`, '9000'],
      ['80FA000008 0102030405060708', '00112233445566779000']
    )
    const input = { key: KEY.PUK, factors, challenge, data: fromHex('0102030405060708') }
    expect(await psam.encryptChallenge(input)).toEqual(ok(fromHex('0011223344556677')))
  })

  it('PIN unblock: STK is asked as 46, then as the field carries it, and remembered', async () => {
    const deliver = `BFDE480918 ${CARD} ${CITY} D671B973D4033B01`
    const { psam, left } = await sessionOver(
      [`BFDE460918 ${CARD} ${CITY} D671B973D4033B01`, '6A88'],
      [deliver, '9000'],
      ['80FA050010 0000000000000000 8424000004800000', '6108'],
      ['00C0000008', '4C8D0EF9000000009000'],
      [deliver, '9000'],
      ['80FA050010 0000000000000000 8424000004800000', '4C8D0EF9000000009000']
    )
    const input = { key: KEY.STK, factors, challenge, message: fromHex('8424000004') }
    expect(await psam.commandMac(input)).toEqual(ok(fromHex('4C8D0EF9')))
    expect(await psam.commandMac(input)).toEqual(ok(fromHex('4C8D0EF9')))
    expect(left()).toBe(0)
  })

  it('a key in no usage at all is missing', async () => {
    const { psam } = await sessionOver(
      [`BFDE460918 ${CARD} ${CITY} D671B973D4033B01`, '6A88'],
      [`BFDE480918 ${CARD} ${CITY} D671B973D4033B01`, '6A88'],
      [`BFDE260910 ${CARD} D671B973D4033B01`, '6A88']
    )
    expect(await psam.commandMac({ key: KEY.STK, factors, challenge, message: fromHex('8424000004') })).toEqual(
      refuse({ kind: 'psam-key-missing', step: 'BFDE', statusWord: '6A88' })
    )
  })

  it('a long message is signed in pieces of 40 bytes', async () => {
    const message = Uint8Array.from({ length: 0x78 }, (_, i) => i)
    const padded = `${toHex(message)}8000000000000000`
    const { psam } = await sessionOver(
      [`BFDE460918 ${CARD} ${CITY} D671B973D4033B01`, '9000'],
      [`80FA070040 0000000000000000 ${padded.slice(0, 0x70)}`, '9000'],
      [`80FA030040 ${padded.slice(0x70, 0xf0)}`, '9000'],
      [`80FA010008 ${padded.slice(0xf0)}`, '11223344556677889000']
    )
    expect(await psam.commandMac({ key: KEY.STK, factors, challenge, message })).toEqual(ok(fromHex('11223344')))
  })

  it('a MAC answer of 4 bytes instead of a block is refused', async () => {
    const { psam } = await sessionOver(
      [`BFDE460918 ${CARD} ${CITY} D671B973D4033B01`, '9000'],
      ['80FA050010 0000000000000000 8424000004800000', '4C8D0EF99000']
    )
    expect(await psam.commandMac({ key: KEY.STK, factors, challenge, message: fromHex('8424000004') })).toEqual(
      refuse({ kind: 'psam-answer-malformed', step: '80FA', length: 4 })
    )
  })
})

describe('a PSAM session', () => {
  it('is the security module that a card session asks for', async () => {
    const module: PurchaseModule = (await sessionOver()).psam
    expect(module.terminalNumber).toBe('510100000001')
  })
})

describe('with the simulated PSAM, over its bare T=0 bytes', () => {
  const open = async (...parameters: Parameters<typeof poweredPsam>): Promise<PsamSession> =>
    valueOf(await openPsam(bareChannel(poweredPsam(...parameters))))

  it('reproduces the worked example: purchase, MAC2, authentication, unblock, reload', async () => {
    const psam = await open('worked-example')
    expect(valueOf(await psam.initialisePurchase(settlement))).toEqual({
      terminalSerial: fromHex('00000012'),
      mac1: fromHex('A6B1F0A8')
    })
    expect(await psam.verifyMac2(fromHex('5C338336'))).toEqual(ok(null))
    const data = fromHex('0102030405060708')
    expect(toHex(valueOf(await psam.encryptChallenge({ key: KEY.RK1DF04, factors, challenge, data })))).toBe('CED1FDBE1126B305')
    const stk = { key: KEY.STK, factors, challenge }
    expect(toHex(valueOf(await psam.commandMac({ ...stk, message: fromHex('8424000004') })))).toBe('4C8D0EF9')
    const pin = Pin.parse('123456')
    if (!pin.ok) throw new Error(pin.error.kind)
    const encrypted = valueOf(await psam.encryptPinBlock({ ...stk, pin: pin.value }))
    expect(toHex(encrypted)).toBe('3984092959AED276')
    const reload = fromHex(`842400010C${toHex(encrypted)}`)
    expect(toHex(valueOf(await psam.commandMac({ ...stk, message: reload })))).toBe('AC6748B4')
  })

  it('a terminal with keys of its province signs for a card of another city of it', async () => {
    const psam = await open('terminal-v2')
    const region = '990100'
    const ours = { card: factors.card, city: cityFactor(region), province: provinceFactor(region) }
    const purchase = valueOf(await psam.initialisePurchase({ ...settlement, factors: ours }))
    expect(toHex(purchase.terminalSerial)).toBe('00000001')
    const dpk = cardKey(testIssuer(), 'DPK', { region, cardFactor: factors.card, suite: DES_SUITE })
    const session = DES_SUITE.sessionKey(dpk, fromHex('A1B2C3D4 0005 0001'))
    const signed = fromHex('00000000 00003232 00002710 32 999999000001 20260315093015')
    expect(purchase.mac1).toEqual(DES_SUITE.mac(session, signed))
    expect(await psam.verifyMac2(DES_SUITE.mac(session, fromHex('00000000 00003232 00002710')))).toEqual(ok(null))
  })

  it('gives every purchase a terminal serial of its own', async () => {
    const psam = await open('terminal-v2')
    const serials: string[] = []
    for (let i = 0; i < 3; i++) serials.push(toHex(valueOf(await psam.initialisePurchase(settlement)).terminalSerial))
    expect(serials).toEqual(['00000001', '00000002', '00000003'])
  })

  it('every key the cross table gives to a PSAM and this one holds makes a session key', async () => {
    const psam = await open('terminal-v2')
    for (const key of [KEY.IRK, KEY.PUK, KEY.BK, KEY.UKSSSE, KEY.RKSSSE, KEY.RK1DF01, KEY.RK1DF02, KEY.RK1DF03, KEY.UK2DF04]) {
      const encrypted = await psam.encryptChallenge({ key, factors, challenge, data: new Uint8Array(8) })
      expect(encrypted.ok).toBe(true)
    }
  })

  it('a PSAM that holds STK for MACs alone encrypts no PIN', async () => {
    const psam = await open('worked-example', { keys: [{ key: 'STK', usage: '46', id: '09' }] })
    const pin = Pin.parse('123456')
    if (!pin.ok) throw new Error(pin.error.kind)
    expect(await psam.encryptPinBlock({ key: KEY.STK, factors, challenge, pin: pin.value })).toEqual(
      refuse({ kind: 'psam-refused', step: '80FA', statusWord: '6985' })
    )
  })

  it('wrong MAC2s lock it, and the session says so', async () => {
    const psam = await open('worked-example', { wrongMac2Limit: 1 })
    await psam.initialisePurchase(settlement)
    expect(await psam.verifyMac2(new Uint8Array(4))).toEqual(
      refuse({ kind: 'psam-mac2-wrong', step: '8072', statusWord: '9302' })
    )
    expect(await psam.initialisePurchase(settlement)).toEqual(
      refuse({ kind: 'psam-locked', step: '8070', statusWord: '9303' })
    )
  })

  it('an exhausted counter is named', async () => {
    const psam = await open('worked-example', { nextTerminalSerial: 0xffff_ffff })
    expect(await psam.initialisePurchase(settlement)).toEqual(
      refuse({ kind: 'psam-counter-exhausted', step: '8070', statusWord: '9402' })
    )
  })

  it('under the SM4 stand-in blocks and challenges have 16 bytes', async () => {
    const psam = await open('terminal-v3-stand-in')
    const long = fromHex('000102030405060708090A0B0C0D0E0F')
    const where = { region: '999999', cardFactor: factors.card, suite: SM4_STAND_IN_SUITE }
    const ours = { card: factors.card, city: fromHex('3939393939397378'), province: fromHex('3939303030307368') }
    const session = SM4_STAND_IN_SUITE.sessionKey(cardKey(testIssuer(), 'PUK', where), long)
    const encrypted = await psam.encryptChallenge({ key: KEY.PUK, factors: ours, challenge: long, data: long })
    expect(encrypted).toEqual(ok(SM4_STAND_IN_SUITE.encryptBlock(session, long)))
    const stk = SM4_STAND_IN_SUITE.sessionKey(cardKey(testIssuer(), 'STK', where), long)
    const message = fromHex('8424000004')
    const mac = await psam.commandMac({ key: KEY.STK, factors: ours, challenge: long, message })
    expect(mac).toEqual(ok(SM4_STAND_IN_SUITE.mac(stk, message)))
    expect((await psam.initialisePurchase({ ...settlement, algorithm: 0x03, factors: ours })).ok).toBe(true)
    expect(await psam.initialisePurchase({ ...settlement, factors: ours })).toEqual(
      refuse({ kind: 'psam-key-missing', step: '8070', statusWord: '6A88' })
    )
  })
})
