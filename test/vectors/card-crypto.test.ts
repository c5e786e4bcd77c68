/**
 * The worked example of the domain notes, every intermediate value, and the published PBOC vector beside it. One row a
 * value: what it is, how this product computes it, what it must be. All keys are made up.
 */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bytesEqual, concat, writeUint } from '../../card/bytes/bytes.ts'
import { fromHex, toHex } from '../../card/bytes/hex.ts'
import { encryptBlock } from '../../card/crypto/block.ts'
import { DES_SUITE } from '../../card/crypto/cipher-suite.ts'
import { diversify, foldKey } from '../../card/crypto/diversify.ts'
import { cardFactor, cityFactor, provinceFactor } from '../../card/crypto/factors.ts'
import { desMac, tripleDesMac } from '../../card/crypto/mac.ts'
import { padIso7816 } from '../../card/crypto/padding.ts'
import { cardKey, cityKey, masterKey, parseIssuerKeys, provinceKey } from '../../card/issuer/issuer-keys.ts'
import type { KeyName } from '../../card/identifier/key-reference.ts'
import { Key } from '../../card/secret/key.ts'

type Row = readonly [name: string, compute: () => Uint8Array, expected: string]

const table = (rows: readonly Row[]): void => {
  it.each(rows)('%s', (_, compute, expected) => expect(toHex(compute())).toBe(expected.replace(/ /g, '')))
}

const parsed = parseIssuerKeys(JSON.parse(readFileSync('fixtures/keys/test-issuer.json', 'utf8')))
if (!parsed.ok) throw new Error(`${parsed.error.field} ${parsed.error.problem}`)
const issuer = parsed.value

const shown = (key: Key): Uint8Array => key.expose((bytes) => bytes.slice())
const keyOf = (hex: string): Key => new Key('test', fromHex(hex))
const fen = (amount: number): Uint8Array => writeUint(amount, 4)

/** Block by block in plain sight, unlike the MAC of the product: the value of the whole last block. */
function lastBlock(key: Key, message: Uint8Array): Uint8Array {
  const padded = padIso7816(message)
  let chained: Uint8Array = new Uint8Array(8)
  for (let offset = 0; offset < padded.length; offset += 8) {
    const before = chained
    chained = encryptBlock(key, before.map((byte, i) => byte ^ (padded[offset + i] ?? 0)))
  }
  return chained
}

const REGION = '510100'
const ATR = fromHex('3B6D0000 0081544C34 8660510100000001')
const fCard = cardFactor(ATR) ?? new Uint8Array(0)
const card = { region: REGION, cardFactor: fCard, suite: DES_SUITE }
const cardKeyOf = (name: KeyName): Key => cardKey(issuer, name, card)

const TERMINAL = fromHex('510100000001')
const TIME = fromHex('20260315093015')
const CHALLENGE = fromHex('D671B973D4033B01')

describe('published PBOC vector', () => {
  const key = keyOf('11223344556677888877665544332211')
  const load = DES_SUITE.sessionKey(key, fromHex('1122334400008000'))
  const purchase = DES_SUITE.sessionKey(key, fromHex('1122334400000001'))
  table([
    ['SESLK', () => shown(load), '9B1D924E05595603'],
    ['load MAC1', () => desMac(load, fromHex('00000000 00001000 01 001122334455')), '2988AE5A'],
    ['load MAC2', () => desMac(load, fromHex('00001000 01 001122334455 20111221 214822')), '3A845BF0'],
    ['SESPK', () => shown(purchase), '003238ABC57659DD'],
    ['purchase MAC1', () => desMac(purchase, fromHex('00001000 06 001122334455 20120229135100')), 'F15CAB75'],
    ['purchase MAC2', () => desMac(purchase, fromHex('00001000')), '56988A13']
  ])
})

describe('keys of one card', () => {
  table([
    ['f_province', () => provinceFactor(REGION), '3531303030307368'],
    ['f_city', () => cityFactor(REGION), '3531303130307378'],
    ['f_card', () => fCard, '8660510100000001'],
    ['DPK national', () => shown(masterKey(issuer, 'DPK')), '404142434445464748494A4B4C4D4E4F'],
    ['DPK province', () => shown(provinceKey(issuer, 'DPK', card)), '77D1ED05D6FEE5D4FED5299AEC75BF88'],
    ['DPK city', () => shown(cityKey(issuer, 'DPK', card)), 'CC05890EBF3BDC5569F66FA77A747F37'],
    ['DPK card', () => shown(cardKeyOf('DPK')), '1BC07407C9E4668EAAD1EA4CC2FE6A58'],
    ['DTK card', () => shown(cardKeyOf('DTK')), 'C580F46DC3EFEAE2BFA7FDCC3D08D245'],
    ['DTK left XOR right', () => shown(foldKey(cardKeyOf('DTK'))), '7A2709A1FEE738A7'],
    ['DLK card', () => shown(cardKeyOf('DLK')), 'DE592B98F4A32586C7D2F520C3AC8445'],
    ['IRK card', () => shown(cardKeyOf('IRK')), 'CE5C9A5B9C9ED1D7F7795695A9210B8F'],
    ['RK1DF04 card', () => shown(cardKeyOf('RK1DF04')), '426CA25C10C44B480E1D3EFF7E21E2EC'],
    ['STK card', () => shown(cardKeyOf('STK')), 'FB0BD0637C609CAD']
  ])
})

describe('settlement: account 0.00, own payment 128.50, pooled 100.00', () => {
  const amounts = concat(fen(0), fen(12_850), fen(10_000))
  const session = (): Key => DES_SUITE.sessionKey(cardKeyOf('DPK'), fromHex('A1B2C3D4 0005 0012'))
  const mac1Data = concat(amounts, fromHex('32'), TERMINAL, TIME)
  const tacKey = (): Key => DES_SUITE.tacKey(cardKeyOf('DTK'))
  const tacData = concat(amounts, fromHex('32'), TERMINAL, fromHex('00000012'), TIME)
  table([
    ['SESPK', () => shown(session()), 'AFB3F5CB5D8B97E5'],
    ['MAC1 blocks', () => padIso7816(mac1Data), '0000000000003232 0000271032510100 0000012026031509 3015800000000000'],
    ['MAC1 last block', () => lastBlock(session(), mac1Data), 'A6B1F0A8783081D1'],
    ['MAC1', () => desMac(session(), mac1Data), 'A6B1F0A8'],
    ['MAC2 blocks', () => padIso7816(amounts), '0000000000003232 0000271080000000'],
    ['MAC2 last block', () => lastBlock(session(), amounts), '5C338336B257CD25'],
    ['MAC2', () => desMac(session(), amounts), '5C338336'],
    ['TAC blocks', () => padIso7816(tacData), '0000000000003232 0000271032510100 0000010000001220 2603150930158000'],
    ['TAC last block', () => lastBlock(tacKey(), tacData), 'AF80675D4A948060'],
    ['TAC', () => desMac(tacKey(), tacData), 'AF80675D']
  ])

  it('signs the length the HSM frames name: 1A bytes', () => expect(mac1Data.length).toBe(0x1a))
})

describe('the same session key over plain PBOC data, one amount of 128.50', () => {
  const session = (): Key => DES_SUITE.sessionKey(cardKeyOf('DPK'), fromHex('A1B2C3D4 0005 0012'))
  const tail = concat(fromHex('06'), TERMINAL)
  table([
    ['MAC1', () => desMac(session(), concat(fen(12_850), tail, TIME)), 'EB4D02F8'],
    ['MAC2', () => desMac(session(), fen(12_850)), '5E25D80F'],
    ['TAC', () => desMac(foldKey(cardKeyOf('DTK')), concat(fen(12_850), tail, fromHex('00000012'), TIME)), '023E28AC']
  ])
})

describe('load of 50.00 onto a balance of 100.00', () => {
  const session = (): Key => DES_SUITE.sessionKey(cardKeyOf('DLK'), fromHex('0A0B0C0D 0003 8000'))
  const mac1Data = concat(fen(10_000), fen(5_000), fromHex('31'), TERMINAL)
  const mac2Data = concat(fen(5_000), fromHex('31'), TERMINAL, TIME)
  const tacData = concat(fen(15_000), fromHex('0003'), fen(5_000), fromHex('31'), TERMINAL, TIME)
  table([
    ['SESLK', () => shown(session()), 'DE923DA13556A14B'],
    ['MAC1 blocks', () => padIso7816(mac1Data), '0000271000001388 3151010000000180'],
    ['MAC1', () => desMac(session(), mac1Data), '89E37B8F'],
    ['MAC2 blocks', () => padIso7816(mac2Data), '0000138831510100 0000012026031509 3015800000000000'],
    ['MAC2', () => desMac(session(), mac2Data), '85A28E4A'],
    ['TAC blocks', () => padIso7816(tacData), '00003A9800030000 1388315101000000 0120260315093015 8000000000000000'],
    ['TAC', () => desMac(foldKey(cardKeyOf('DTK')), tacData), '428C9B81']
  ])
})

describe('authentication', () => {
  const internal = (): Key => DES_SUITE.sessionKey(cardKeyOf('IRK'), fromHex('0102030405060708'))
  const external = (): Key => DES_SUITE.sessionKey(cardKeyOf('RK1DF04'), CHALLENGE)
  table([
    ['internal: session', () => shown(internal()), 'FE2270518BA487AD'],
    ['internal: answer', () => encryptBlock(internal(), fromHex('1112131415161718')), 'BADD6528CD7C5748'],
    ['external: session', () => shown(external()), 'C0E10667BAC840E1'],
    ['external: cryptogram of 01..08', () => encryptBlock(external(), fromHex('0102030405060708')), 'CED1FDBE1126B305'],
    ['external: cryptogram of the challenge', () => encryptBlock(external(), CHALLENGE), '71A85BB346FB6055'],
    ['item 01: authentication code', () => tripleDesMac(cardKeyOf('IRK'), fromHex('510100D15600000500000001')), 'E3D8C079']
  ])
})

describe('PIN unblock and reload', () => {
  const session = (): Key => DES_SUITE.sessionKey(cardKeyOf('STK'), CHALLENGE)
  const pinBlock = fromHex('0312345680000000')
  const reload = (): Uint8Array => concat(fromHex('842400010C'), encryptBlock(session(), pinBlock))
  table([
    ['session', () => shown(session()), '1EB5CB718C069D4E'],
    ['unblock: MAC block', () => padIso7816(fromHex('8424000004')), '8424000004800000'],
    ['unblock: MAC', () => desMac(session(), fromHex('8424000004')), '4C8D0EF9'],
    ['reload: PIN block', () => padIso7816(fromHex('03123456')), '0312345680000000'],
    ['reload: Enc', () => encryptBlock(session(), pinBlock), '3984092959AED276'],
    ['reload: MAC blocks', () => padIso7816(reload()), '842400010C398409 2959AED276800000'],
    ['reload: MAC', () => desMac(session(), reload()), 'AC6748B4']
  ])
})

describe('diversification itself', () => {
  it('right half comes from the inverted factor', () => {
    const child = diversify(masterKey(issuer, 'DPK'), provinceFactor(REGION))
    const inverted = provinceFactor(REGION).map((byte) => byte ^ 0xff)
    expect(bytesEqual(shown(child).slice(8), encryptBlock(masterKey(issuer, 'DPK'), inverted))).toBe(true)
  })
})
