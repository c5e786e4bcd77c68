/** Reading and the PIN, from literal dialogues that no simulated chip of ours has written. */

import { describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { dialogue, played } from '../../test/support/dialogue.ts'
import { scriptedModule } from '../../test/support/scripted-module.ts'
import type { ReplayReader } from '../reader/replay/replay-reader.ts'
import { Pin } from '../secret/pin.ts'
import type { CardSession } from './card-session.ts'
import { openCardSession } from './open-card-session.ts'

const ATR = '3B6D00000081544C348660510100000001'
const SSSE = '00A404000F7378312E73682EC9E7BBE1B1A3D5CF 9000'
const DF04 = '00A4040006D15600000503 9000'
const SHOW_RK1DF04 = `
  0084000008    D671B973D4033B019000
  0082008410CED1FDBE1126B3050102030405060708    9000`

const opening = (version: string): string => `
  ${SSSE}
  00A4000002EF05    9000
  00B2010012        0110510100D15600000500000001E3D8C0799000
  00B2030006        0304${version}9000
  00B2020003        6A83
  00B2050006        6A83
  00B2060006        6A83
  00B2060006        6A83
  ${SSSE}
  008800001000000000000000000000000000000000  6108
  00C0000008        CED1FDBE1126B3059000
  ${SSSE}
  00A4000002EF05    9000
  00B207000B        6A83`

const V1 = opening('312E3030')
const V2 = opening('322E3030')

async function session(...parts: string[]): Promise<{ card: CardSession; reader: ReplayReader }> {
  const reader = dialogue(ATR, ...parts)
  const opened = await openCardSession({
    reader,
    psam: scriptedModule(),
    entropy: { bytes: (length) => new Uint8Array(length) },
    today: '2026-03-15'
  })
  invariant(opened.ok, `opens: ${JSON.stringify(opened)}`)
  return { card: opened.value, reader }
}

function pin(digits: string): Pin {
  const parsed = Pin.parse(digits)
  invariant(parsed.ok, 'digits')
  return parsed.value
}

describe('a v1.00 card', () => {
  it.each([
    ['900486040FFF', 86_040],
    ['90040FFFFFFF', 0],
    ['900400000000', 0],
    ['00000000', 0]
  ])('keeps its balance in EF06 under tag 90: %s is %i fen', async (record, fen) => {
    const { card, reader } = await session(V1, DF04, SHOW_RK1DF04, `00A4000002EF06 9000\n00B2900006 ${record}9000`)
    expect(await card.readBalance()).toEqual({ ok: true, value: fen })
    expect(played(reader)).toBe('all played')
  })

  it('has yearly totals beside it, and no offline counters', async () => {
    const { card, reader } = await session(
      V1,
      DF04,
      SHOW_RK1DF04,
      `00A4000002EF06 9000
       00B2920006     9204133200009000
       00B2930006     930441000FFF9000`
    )
    expect(await card.readYearlyTotals()).toEqual({ ok: true, value: { own: 13_320_000, pooled: 41_000, year: undefined } })
    expect(await card.readOfflineCounters()).toEqual({ ok: false, error: { kind: 'not-on-card' } })
    expect(played(reader)).toBe('all played')
  })
})

describe('the transaction log', () => {
  const RECORD = '00053251010000000120260315093015000000000000323200002710'

  it('is read by record number until the card has no more', async () => {
    const { card, reader } = await session(V2, DF04, `00A4000002EF08 9000\n00B201041C ${RECORD}9000\n00B202041C 6A83`)
    expect(await card.readTransactionLog()).toEqual({
      ok: true,
      value: [
        {
          serial: 5,
          type: 'settlement',
          terminalNo: '510100000001',
          time: '20260315093015',
          amounts: { account: 0, own: 12850, pooled: 10000 }
        }
      ]
    })
    expect(played(reader)).toBe('all played')
  })

  it('ends at a record that was never written', async () => {
    const { card } = await session(V2, DF04, `00A4000002EF08 9000\n00B201041C ${RECORD}9000\n00B202041C ${'FF'.repeat(28)}9000`)
    const log = await card.readTransactionLog()
    expect(log.ok && log.value.length).toBe(1)
  })

  it('of a card that never ends is read 30 deep', async () => {
    const lines = Array.from({ length: 30 }, (_, i) => `00B2${(i + 1).toString(16).padStart(2, '0').toUpperCase()}041C ${RECORD}9000`)
    const { card, reader } = await session(V2, DF04, '00A4000002EF08 9000', lines.join('\n'))
    const log = await card.readTransactionLog()
    expect(log.ok && log.value.length).toBe(30)
    expect(played(reader)).toBe('all played')
  })

  it('wants the PIN', async () => {
    const { card } = await session(V2, DF04, '00A4000002EF08 9000\n00B201041C 6982')
    expect(await card.readTransactionLog()).toEqual({ ok: false, error: { kind: 'pin-not-verified' } })
  })
})

describe('the PIN', () => {
  const VERIFIED = `${SSSE}\n0020000003******  9000`
  const MEDICAL_FILE = `${DF04}\n00A4000002EF05 9000\n00B281000A 810833313030303030309000`
  const REGION = '00B2840005 84035101009000'
  const USE_MODE = '00B28F0003 8F01319000'
  const BETWEEN = '00B2870013 6A83\n00B28C0003 8C01119000\n00B2800006 6A83\n00B28B001F 6A83\n00B28A0011 6A83'
  const READ = { ok: true, value: { insuranceType: '310', insuredRegion: '510100', personClass: '11', useMode: 'online' } }

  it.each([
    ['is verified at the SSSE, and the medical file then opens without a key', [REGION], [USE_MODE]],
    ['and where it is insured and how it is used is asked once more when one answer says that it is not there', ['00B2840005 6A82', REGION], ['00B28F0003 6A83', USE_MODE]]
  ])('%s', async (_, region, useMode) => {
    const { card, reader } = await session(V2, VERIFIED, MEDICAL_FILE, ...region, BETWEEN, ...useMode)
    expect(await card.verifyPin(pin('123456'))).toEqual({ ok: true, value: null })
    expect(await card.readMedical()).toMatchObject(READ)
    expect(played(reader)).toBe('all played')
  })

  it.each([
    ['63C5', { kind: 'wrong-pin', triesLeft: 5 }],
    ['63C0', { kind: 'pin-locked' }],
    ['6983', { kind: 'pin-locked' }],
    ['6984', { kind: 'pin-unusable', statusWord: '6984' }],
    ['6700', { kind: 'pin-length-refused' }],
    ['9303', { kind: 'card-blocked', statusWord: '9303' }],
    ['6D00', { kind: 'card-refused', step: '0020', statusWord: '6D00' }],
    ['no-answer', { kind: 'reader-fault', detail: 'no answer to 0020' }],
    ['card-removed', { kind: 'session-ended', cause: 'card-removed' }]
  ])('answer %s, after exactly one VERIFY', async (word, refusal) => {
    const { card, reader } = await session(V2, `${SSSE}\n0020000003123456 ${word}`)
    expect(await card.verifyPin(pin('123456'))).toEqual({ ok: false, error: refusal })
    expect(played(reader)).toBe('all played')
  })

  it.each([
    ['63C6', 6],
    ['6983', 0],
    ['9000', 'verified'],
    ['6A86', 'unknown']
  ])('asked without a try: %s', async (word, state) => {
    const { card, reader } = await session(V2, `${SSSE}\n00200000 ${word}`)
    expect(await card.pinTriesLeft()).toEqual({ ok: true, value: state })
    expect(played(reader)).toBe('all played')
  })

  it('is unblocked with PUK on one challenge and a MAC on a second (WAPP PerPINUnLock)', async () => {
    const { card, reader } = await session(
      V2,
      `${SSSE}
       0084000008      D671B973D4033B019000
       0082000610CED1FDBE1126B3050102030405060708   9000
       0084000008      0A0B0C0D0E0F00019000
       8424000004AC6748B4   9000`
    )
    expect(await card.unblockPin()).toEqual({ ok: true, value: null })
    expect(played(reader)).toBe('all played')
  })

  it('is reloaded enciphered, with its MAC behind it', async () => {
    const { card, reader } = await session(
      V2,
      `${SSSE}
       0084000008      D671B973D4033B019000
       0082000610CED1FDBE1126B3050102030405060708   9000
       0084000008      0A0B0C0D0E0F00019000
       842400010C3984092959AED276AC6748B4   9000`
    )
    expect(await card.reloadPin(pin('654321'))).toEqual({ ok: true, value: null })
    expect(played(reader)).toBe('all played')
  })

  it('a key that fails is not tried again', async () => {
    const { card, reader } = await session(
      V2,
      `${SSSE}\n0084000008 D671B973D4033B019000\n0082000610CED1FDBE1126B3050102030405060708 63C2`
    )
    expect(await card.unblockPin()).toEqual({ ok: false, error: { kind: 'card-refused', step: '0082', statusWord: '63C2' } })
    expect(played(reader)).toBe('all played')
  })
})

describe('offline counters', () => {
  it('are read with PIN and RK1DF04, and written with UK2DF04: 128.50 once', async () => {
    const { card, reader } = await session(
      V2,
      DF04,
      SHOW_RK1DF04,
      `00A4000002EF06 9000
       00B2900003     9001319000
       00B2920006     92040FFFFFFF9000
       00B2930004     930230309000
       ${DF04}
       0084000008     D671B973D4033B019000
       0082008610CED1FDBE1126B3050102030405060708   9000
       00A4000002EF06 9000
       00DC920006920412850FFF   9000
       00DC93000493023031       9000`
    )
    expect(await card.readOfflineCounters()).toEqual({ ok: true, value: { allowed: true, amount: 0, count: 0 } })
    expect(await card.writeOfflineCounters({ amount: 12850, count: 1 })).toEqual({ ok: true, value: null })
    expect(played(reader)).toBe('all played')
  })
})

describe('the fingerprint, a file of a size that nobody tells', () => {
  const SHOW_RKSSSE = '0084000008 D671B973D4033B019000\n0082000A10CED1FDBE1126B3050102030405060708 9000'
  const chunk = 'AB'.repeat(0xf0)

  it.each([
    ['the offset behind the end (6B00)', `00B000F0F0 6B00`, 0xf0],
    ['a correct length (6C10)', `00B000F0F0 6C10\n00B000F010 ${'CD'.repeat(0x10)}9000`, 0x100],
    ['a shorter answer (6282)', `00B000F0F0 ${'CD'.repeat(4)}6282`, 0xf4]
  ])('ends at %s', async (_, end, length) => {
    const { card, reader } = await session(V2, SSSE, SHOW_RKSSSE, `00A4000002EF07 9000\n00B00000F0 ${chunk}9000\n${end}`)
    const fingerprint = await card.readFingerprint()
    expect(fingerprint.ok && fingerprint.value.length).toBe(length)
    expect(played(reader)).toBe('all played')
  })
})
