import { describe, expect, it } from 'vitest'
import { answered, bytesOf, meaningOf } from '../../test/support/command.ts'
import { fromHex } from '../bytes/hex.ts'
import { PBOC, SSC_LB002 } from '../session/purse-commands.ts'
import { creditForLoad } from './credit-for-load.ts'
import { debitForPurchase } from './debit-for-purchase.ts'
import { getBalance, getYearlyTotal } from './get-balance.ts'
import { getTransactionProve } from './get-transaction-prove.ts'
import { initializeForLoad } from './initialize-for-load.ts'
import { initializeForPurchase } from './initialize-for-purchase.ts'
import { terminalBytes } from './purse.ts'

const TERMINAL = '510100000001'
const AMOUNTS = { account: 0, own: 12850, pooled: 10000 }

describe('GET BALANCE', () => {
  it('asks for balance, yearly own payment and yearly pooled payment (LB002), or the balance (P2 5.2.5)', () => {
    expect(bytesOf(getBalance(SSC_LB002.balance))).toBe('B026000104')
    expect(bytesOf(getYearlyTotal({ cla: 0xb0, ins: 0x26, p1: 0, p2: 2 }))).toBe('B026000206')
    expect(SSC_LB002.yearlyPooledPayment).toEqual({ cla: 0xb0, ins: 0x26, p1: 0x00, p2: 0x03 })
    expect(bytesOf(getBalance(PBOC.balance))).toBe('805C000204')
  })

  it('gives fen', () => {
    expect(answered(getBalance(SSC_LB002.balance), '000032329000')).toEqual({ ok: true, value: 12850 })
    expect(answered(getYearlyTotal(SSC_LB002.balance), '0000323220269000')).toEqual({
      ok: true,
      value: { fen: 12850, year: '2026' }
    })
  })

  it('a balance of another length is no balance', () => {
    expect(meaningOf(getBalance(SSC_LB002.balance), '00329000')).toBe('malformed-answer')
  })

  it.each([
    ['6982', 'not-authorised', 'P2 5.2.5'],
    ['6901', 'invalid-state', 'LB002'],
    ['6D00', 'instruction-unsupported', 'ISO 7816-4'],
    ['6E00', 'instruction-unsupported', 'ISO 7816-4'],
    ['6A81', 'no-purse', 'P2 5.2.5'],
    ['6A82', 'no-purse', 'ISO 7816-4'],
    ['6985', 'application-blocked', 'P1 6.2.3'],
    ['9303', 'application-blocked', 'P2'],
    ['6581', 'memory-failure', 'LB002: write error']
  ])('%s means %s (%s)', (word, meaning) => expect(meaningOf(getBalance(SSC_LB002.balance), word)).toBe(meaning))
})

describe('loading', () => {
  const load = { keyIndex: 1, amountFen: 5000, terminalNo: TERMINAL }

  it('INITIALIZE FOR LOAD: as found in a field script (SSC) and P2 5.2.8', () => {
    expect(bytesOf(initializeForLoad({ ...load, header: SSC_LB002.initializeForLoad }))).toBe(
      'B02800010B010000138851010000000110'
    )
    expect(bytesOf(initializeForLoad({ ...load, header: PBOC.initializeForLoad }))).toBe('805000020B010000138851010000000110')
  })

  it('answers balance, serial, key version, algorithm, random and MAC1', () => {
    const command = initializeForLoad({ ...load, header: SSC_LB002.initializeForLoad })
    expect(answered(command, '00002710000301000A0B0C0D89E37B8F9000')).toEqual({
      ok: true,
      value: {
        balance: 10000,
        serial: 3,
        keyVersion: 1,
        algorithm: 0,
        random: fromHex('0A0B0C0D'),
        mac1: fromHex('89E37B8F')
      }
    })
  })

  it('CREDIT FOR LOAD carries host time and MAC2 (P2 5.2.2; the SSC bytes are a stand-in)', () => {
    const credit = { time: '20260315093015', mac2: fromHex('85A28E4A') }
    expect(bytesOf(creditForLoad({ ...credit, header: SSC_LB002.creditForLoad }))).toBe('B02A00000B2026031509301585A28E4A04')
    const pboc = creditForLoad({ ...credit, header: PBOC.creditForLoad })
    expect(bytesOf(pboc)).toBe('805200000B2026031509301585A28E4A04')
    expect(answered(pboc, '428C9B819000')).toEqual({ ok: true, value: fromHex('428C9B81') })
  })

  it.each([
    ['6901', 'refused', 'P2 table 1'],
    ['9302', 'wrong-mac', 'P2 5.2.2'],
    ['6982', 'not-authorised', 'P1 6.2.3'],
    ['6985', 'application-blocked', 'P1 6.2.3'],
    ['9303', 'application-blocked', 'P2'],
    ['6581', 'uncertain', 'P2 5.2.2: the write failed, nobody knows where'],
    ['6F00', 'uncertain', 'no diagnosis'],
    ['9000', 'uncertain', 'no TAC came with it'],
    ['428C9B9302', 'uncertain', 'a truncated success that ends like a refusal']
  ])('CREDIT FOR LOAD: %s means %s (%s)', (word, meaning) => {
    const command = creditForLoad({ header: PBOC.creditForLoad, time: '20260315093015', mac2: fromHex('00000000') })
    expect(meaningOf(command, word)).toBe(meaning)
  })
})

describe('INITIALIZE FOR PURCHASE', () => {
  const ssc = initializeForPurchase({ purse: SSC_LB002, keyIndex: 1, amounts: AMOUNTS, terminalNo: TERMINAL })
  const pboc = initializeForPurchase({ purse: PBOC, keyIndex: 1, amounts: { ...AMOUNTS, account: 12850 }, terminalNo: TERMINAL })

  it('SSC: key index, three amounts, terminal (inferred from S38 and PSG; CLA INS a stand-in)', () => {
    expect(bytesOf(ssc)).toBe('B0280101130100000000000032320000271051010000000108')
  })

  it('PBOC: key index, the account amount, terminal (P2 5.2.9)', () => {
    expect(bytesOf(pboc)).toBe('805001020B01000032325101000000010F')
  })

  it('reads serial, key version, algorithm and random; PBOC has balance and overdraft too', () => {
    const common = { serial: 5, keyVersion: 1, algorithm: 0, random: fromHex('A1B2C3D4') }
    expect(answered(ssc, '00050100A1B2C3D49000')).toEqual({ ok: true, value: { ...common, balance: undefined } })
    expect(answered(pboc, '0000271000050000000100A1B2C3D49000')).toEqual({
      ok: true,
      value: { ...common, balance: 10000 }
    })
  })

  it('an answer of the other world is refused, not misread', () => {
    expect(meaningOf(ssc, '0000271000050000000100A1B2C3D49000')).toBe('malformed-answer')
  })

  it.each([
    ['6982', 'not-authorised', 'P2: PIN'],
    ['6901', 'invalid-state', 'P2 table 1'],
    ['9401', 'insufficient-balance', 'P2 5.2.9'],
    ['9402', 'counter-at-maximum', 'P2 5.2.9'],
    ['9403', 'key-version-unknown', 'S38'],
    ['6A81', 'no-purse', 'P2'],
    ['6985', 'application-blocked', 'P1 6.2.3'],
    ['9303', 'application-blocked', 'P2']
  ])('%s means %s (%s)', (word, meaning) => expect(meaningOf(ssc, word)).toBe(meaning))
})

describe('DEBIT FOR PURCHASE', () => {
  const debit = { terminalSerial: 0x12, time: '20260315093015', mac1: fromHex('A6B1F0A8') }
  const command = debitForPurchase({ ...debit, header: SSC_LB002.debitForPurchase })

  it('carries terminal serial, time and MAC1 (P2 5.2.3; the SSC CLA INS is a stand-in)', () => {
    expect(bytesOf(command)).toBe('B02C01000F0000001220260315093015A6B1F0A808')
    expect(bytesOf(debitForPurchase({ ...debit, header: PBOC.debitForPurchase }))).toBe(
      '805401000F0000001220260315093015A6B1F0A808'
    )
  })

  it('gives the two codes as they came, in their order', () => {
    expect(answered(command, '5C338336AF80675D9000')).toEqual({
      ok: true,
      value: [fromHex('5C338336'), fromHex('AF80675D')]
    })
  })

  it.each([
    ['9302', 'wrong-mac', 'P2 5.2.3: MAC1'],
    ['9401', 'insufficient-balance', 'P2 5.2.3'],
    ['9402', 'counter-at-maximum', 'P2'],
    ['9403', 'key-version-unknown', 'P2'],
    ['6982', 'not-authorised', 'ISO 7816-4'],
    ['6983', 'not-authorised', 'ISO 7816-4: PIN locked'],
    ['6901', 'refused', 'P2 table 1: no INITIALIZE before'],
    ['6400', 'refused', 'ISO 7816-4: memory unchanged'],
    ['6700', 'refused', 'ISO 7816-4'],
    ['6900', 'refused', 'P1 annex A'],
    ['6984', 'refused', 'ISO 7816-4'],
    ['6986', 'refused', 'ISO 7816-4'],
    ['6987', 'refused', 'ISO 7816-4'],
    ['6988', 'refused', 'ISO 7816-4'],
    ['6A80', 'refused', 'ISO 7816-4'],
    ['6A82', 'refused', 'ISO 7816-4'],
    ['6A86', 'refused', 'ISO 7816-4'],
    ['6A88', 'refused', 'ISO 7816-4'],
    ['6B00', 'refused', 'ISO 7816-4'],
    ['6D00', 'refused', 'ISO 7816-4'],
    ['6E00', 'refused', 'ISO 7816-4'],
    ['6985', 'application-blocked', 'P1 6.2.3'],
    ['9303', 'application-blocked', 'P2'],
    ['6A81', 'card-blocked', 'P1 6.2.5'],
    ['6581', 'uncertain', 'ISO 7816-4: memory may have changed'],
    ['6F00', 'uncertain', 'ISO 7816-4: no diagnosis'],
    ['6300', 'uncertain', 'ISO 7816-4: a warning, state changed'],
    ['9000', 'uncertain', 'success without the two codes']
  ])('%s means %s (%s)', (word, meaning) => expect(meaningOf(command, word)).toBe(meaning))

  it('a truncated success whose last bytes look like a refusal is uncertain', () => {
    expect(meaningOf(command, '5C3383369302')).toBe('uncertain')
    expect(meaningOf(command, '5C338336AF9000')).toBe('uncertain')
  })
})

describe('GET TRANSACTION PROVE', () => {
  const command = getTransactionProve({ purse: PBOC, of: 'purchase', serial: 5 })

  it('asks by type and serial (P2 5.2.6; the SSC CLA INS is a stand-in)', () => {
    expect(bytesOf(command)).toBe('805A000602000508')
    expect(bytesOf(getTransactionProve({ purse: SSC_LB002, of: 'purchase', serial: 5 }))).toBe('B02E003202000508')
    expect(bytesOf(getTransactionProve({ purse: SSC_LB002, of: 'load', serial: 3 }))).toBe('B02E003102000308')
    expect(bytesOf(getTransactionProve({ purse: PBOC, of: 'load', serial: 3 }))).toBe('805A000202000308')
  })

  it('answers MAC then TAC, unlike the PBOC debit', () => {
    expect(answered(command, '5C338336AF80675D9000')).toEqual({
      ok: true,
      value: { mac: fromHex('5C338336'), tac: fromHex('AF80675D') }
    })
  })

  it.each([
    ['9406', 'no-proof', 'P2 5.2.6'],
    ['6D00', 'prove-missing', 'ISO 7816-4'],
    ['6E00', 'prove-missing', 'ISO 7816-4'],
    ['6A81', 'prove-missing', 'ISO 7816-4'],
    ['6A86', 'prove-missing', 'ISO 7816-4'],
    ['6985', 'application-blocked', 'P1 6.2.3']
  ])('%s means %s (%s)', (word, meaning) => expect(meaningOf(command, word)).toBe(meaning))
})

describe('a terminal number', () => {
  it('is 12 digits, or the caller is broken', () => {
    expect(() => terminalBytes('51010000001')).toThrow('terminal number "51010000001" is not 12 digits')
  })
})
