/** Part 10, byte by byte, against pads that a script plays. */

import { describe, expect, it } from 'vitest'
import { invariant } from '../../../../base/invariant.ts'
import { ScriptedPcsc } from '../../../../test/support/scripted-pcsc.ts'
import { fromHex, toHex } from '../../../bytes/hex.ts'
import type { Delay } from '../delay.ts'
import { PCSC } from '../pcsc-codes.ts'
import { PcscReader } from '../pcsc-reader.ts'
import type { TroubleSystem } from '../reader-trouble.ts'
import { featureRequest, parseFeatures, parsePinProperties, parseTlvProperties, PLAIN_PAD, type PadProperties } from './features.ts'
import { modifyStructure, verifyStructure } from './pin-structures.ts'

const VERIFY = { header: fromHex('00200000'), digits: { min: 6, max: 6 } }
const MODIFY = { header: fromHex('805E0100'), digits: 6, separator: fromHex('FF') }
const DISPLAY: PadProperties = { ...PLAIN_PAD, hasDisplay: true, hasSecondTimeOut: true }

const joined = (hex: string): string => hex.replaceAll(' ', '')

describe('PIN_VERIFY', () => {
  it('of six digits for a pad with a display', () => {
    // bTimerOut bTimerOut2 | bmFormatString bmPINBlockString bmPINLengthFormat | wPINMaxExtraDigit | bEntryValidationCondition |
    // bNumberMessage | wLangId | bMsgIndex | bTeoPrologue | ulDataLength | abData
    expect(toHex(verifyStructure(VERIFY, { timeOutSeconds: 30, language: 'zh', properties: DISPLAY }))).toBe(
      joined('1E1E 810300 0606 02 01 0408 00 000000 08000000 0020000003FFFFFF')
    )
  })

  it('for a pad without one asks for no message, and measures one time only', () => {
    expect(toHex(verifyStructure(VERIFY, { timeOutSeconds: 30, language: 'en', properties: PLAIN_PAD }))).toBe(
      joined('1E00 810300 0606 02 00 0904 00 000000 08000000 0020000003FFFFFF')
    )
  })

  it('of four to twelve digits leaves length and digits to the pad', () => {
    const structure = verifyStructure({ ...VERIFY, digits: { min: 4, max: 12 } }, { timeOutSeconds: 15, language: 'zh', properties: PLAIN_PAD })
    expect(toHex(structure)).toBe(joined('0F00 810000 0C04 02 00 0408 00 000000 05000000 0020000000'))
  })

  it('ends by the last digit where the pad has no key OK', () => {
    const structure = verifyStructure(VERIFY, { timeOutSeconds: 30, language: 'zh', properties: { ...PLAIN_PAD, entryEndsBy: 0x01 } })
    expect(structure[7]).toBe(0x01)
  })
})

describe('PIN_MODIFY', () => {
  it('of six digits: the old PIN at 0, the new one after old and FF, typed twice', () => {
    // ... bInsertionOffsetOld bInsertionOffsetNew | wPINMaxExtraDigit | bConfirmPIN bEntryValidationCondition | bNumberMessage ...
    expect(toHex(modifyStructure(MODIFY, { timeOutSeconds: 30, language: 'zh', properties: DISPLAY }))).toBe(
      joined('1E1E 810300 0004 0606 0302 03 0408 000102 000000 0C000000 805E010007FFFFFFFFFFFFFF')
    )
  })
})

describe('features', () => {
  it('are asked for by the number of the system', () => {
    const systems: readonly TroubleSystem[] = ['linux', 'darwin', 'win32']
    expect(systems.map((system) => featureRequest(system).toString(16))).toEqual(['42000d48', '42000d48', '313520'])
  })

  it('are control codes, highest byte first', () => {
    expect(parseFeatures(fromHex(joined('060442330006 070442330007 0A0442330000 120442330012')))).toEqual({
      verifyDirect: 0x42330006,
      modifyDirect: 0x42330007,
      pinProperties: 0x42330000,
      tlvProperties: 0x42330012
    })
  })

  it.each(['', '06', '0604423300', '0602FFFF'])('that are cut off ("%s") are none', (answer) => {
    expect(parseFeatures(fromHex(answer)).verifyDirect).toBeUndefined()
  })

  it('properties of the pad', () => {
    expect(parsePinProperties(fromHex('10020701'))).toEqual({
      hasDisplay: true,
      entryEndsBy: 7,
      hasSecondTimeOut: true,
      digitsMin: undefined,
      digitsMax: undefined
    })
    expect(parsePinProperties(fromHex('0000'))).toEqual(PLAIN_PAD)
    expect(parseTlvProperties(fromHex(joined('01021002 020102 030100 060104 070108')))).toEqual({
      hasDisplay: true,
      entryEndsBy: 2,
      hasSecondTimeOut: false,
      digitsMin: 4,
      digitsMax: 8
    })
  })
})

describe('a pad in use', () => {
  const NAME = 'Pad 00 00'
  const delay: Delay = { after: () => () => {} }
  const FEATURES = fromHex('060442330006070442330007')

  async function padOf(answer: (structure: string) => string | number, features: Uint8Array | number = FEATURES) {
    const service = new ScriptedPcsc()
    const asked: string[] = []
    service.plug(NAME)
    service.insert(NAME, {
      atr: fromHex('3B00'),
      protocol: 'T=0',
      transmit: () => fromHex('9000'),
      control: (code, data) => {
        if (code === 0x42000d48) return features
        asked.push(`${code.toString(16)} ${toHex(data)}`)
        const answered = answer(toHex(data))
        return typeof answered === 'number' ? answered : fromHex(answered)
      }
    })
    const connected = await new PcscReader({ module: service, name: NAME, delay, system: 'linux' }).connect()
    invariant(connected.ok, 'the card answers')
    return { service, asked, connection: connected.value, pad: connected.value.pinPad }
  }

  it('sends the structure to the code that the reader named, and hands back two bytes', async () => {
    const { pad, asked } = await padOf(() => '63C5')
    const typed = await pad?.verify(VERIFY)
    expect(typed?.ok && toHex(typed.value)).toBe('63C5')
    expect(asked).toEqual([`42330006 ${joined('1E00 810300 0606 02 00 0408 00 000000 08000000 0020000003FFFFFF')}`])
  })

  it.each([
    ['6400', { kind: 'pad-timeout' }],
    ['6401', { kind: 'pad-cancelled' }],
    ['6402', { kind: 'pad-entries-differ' }],
    ['6403', { kind: 'pad-length' }],
    ['6B80', { kind: 'pad-refused', statusWord: '6B80' }]
  ])('%s is the pad speaking, not the card', async (word, error) => {
    const { pad } = await padOf(() => word)
    expect(await pad?.verify(VERIFY)).toEqual({ ok: false, error })
    expect(await pad?.modify?.(MODIFY)).toEqual({ ok: false, error })
  })

  it('a card pulled while the holder types ends the connection', async () => {
    const { pad, connection } = await padOf(() => PCSC.REMOVED_CARD)
    expect(await pad?.verify(VERIFY)).toEqual({ ok: false, error: { kind: 'card-removed' } })
    expect(await connection.transmit(fromHex('00A40000'))).toEqual({ ok: false, error: { kind: 'card-removed' } })
  })

  it('a card that was unlocked at the pad is reset when it is let go', async () => {
    const { pad, service, connection } = await padOf(() => '9000')
    await pad?.verify(VERIFY)
    await connection.disconnect()
    expect(service.calls).toContain('SCardDisconnect warm')
  })

  it('does not ask a pad for more digits than it takes', async () => {
    const features = fromHex('060442330006120442330012')
    const { pad, asked } = await padOf(() => '070104', features)
    expect(await pad?.verify(VERIFY)).toEqual({ ok: false, error: { kind: 'pad-refused', statusWord: '6B80' } })
    expect(asked).toEqual(['42330012 '])
  })

  it.each([
    ['a reader without features', PCSC.UNSUPPORTED_FEATURE],
    ['a reader with others', fromHex('120442330012')]
  ])('%s is no pad', async (_, features) => {
    expect((await padOf(() => '9000', features)).pad).toBeUndefined()
  })

  it('a pad that only verifies cannot change', async () => {
    const { pad } = await padOf(() => '9000', fromHex('060442330006'))
    expect(pad?.modify).toBeUndefined()
  })
})
