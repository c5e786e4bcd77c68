/** Opening, from literal dialogues: what real cards do differently is here, one habit a test. */

import { describe, expect, it } from 'vitest'
import { dialogue, played } from '../../test/support/dialogue.ts'
import { scriptedModule } from '../../test/support/scripted-module.ts'
import type { ReplayReader } from '../reader/replay/replay-reader.ts'
import { fromHex } from '../bytes/hex.ts'
import { openCardSession } from './open-card-session.ts'
import type { PurchaseModule } from './ports.ts'
import { algorithmOf } from './identity.ts'

const ATR = '3B6D00000081544C348660510100000001'
const SELECT_SSSE = '00A404000F7378312E73682EC9E7BBE1B1A3D5CF'

const ITEMS = `
  00A4000002EF05    9000
  00B2010012        0110510100D15600000500000001E3D8C0799000   # identification code
  00B2030006        0304322E30309000                           # version 2.00
  00B2020003        0201339000                                 # class: adult
  00B2050006        0504202601019000                           # issued
  00B2060006        0604203601019000                           # expires`

const NUMBER = `
  ${SELECT_SSSE}    9000
  00A4000002EF05    9000
  00B207000B        07094131323334353637349000`

const GENUINE = `
  ${SELECT_SSSE}    9000
  008800001001020304050607080102030405060708  6108             # random and data of the terminal
  00C0000008        CED1FDBE1126B3059000`

const open = (reader: ReplayReader, psam?: PurchaseModule) =>
  openCardSession({
    reader,
    psam,
    entropy: { bytes: (length) => Uint8Array.from({ length }, (_, i) => i + 1) },
    today: '2026-03-15'
  })

async function outcome(reader: ReplayReader, psam?: PurchaseModule): Promise<unknown> {
  const opened = await open(reader, psam)
  return opened.ok ? 'opened' : opened.error
}

describe('opening a v2.00 card', () => {
  it('reads its identity by exact lengths, the SSSE answering a bare 9000', async () => {
    const reader = dialogue(ATR, `${SELECT_SSSE} 9000`, ITEMS, NUMBER)
    const opened = await open(reader)
    expect(played(reader)).toBe('all played')
    expect(opened.ok && opened.value.identity).toEqual({
      identificationCode: '510100D15600000500000001E3D8C079',
      version: '2.00',
      region: '510100',
      cardFactor: fromHex('8660510100000001'),
      atr: fromHex(ATR),
      resetInformation: '0081544C348660510100000001',
      cardNumber: 'A12345674',
      cardClass: '3',
      issueDate: '2026-01-01',
      expiryDate: '2036-01-01',
      expired: false,
      algorithm: 'DES'
    })
  })

  it.each(['6A82', '6A83'])('asks once more for an expiry date of which one answer says that it is not there (%s)', async (garbled) => {
    const once = ITEMS.replace('00B2060006        0604203601019000', `00B2060006 ${garbled}\n00B2060006 0604202601019000`)
    const reader = dialogue(ATR, `${SELECT_SSSE} 9000`, once, NUMBER)
    const opened = await open(reader)
    expect(opened.ok && [opened.value.identity.expiryDate, opened.value.identity.expired]).toEqual(['2026-01-01', true])
    expect(played(reader)).toBe('all played')
  })

  it('believes a card that says twice that it has none', async () => {
    const reader = dialogue(ATR, `${SELECT_SSSE} 9000`, ITEMS.replace('0604203601019000', '6A83\n00B2060006 6A83'), NUMBER)
    const opened = await open(reader)
    expect(opened.ok && [opened.value.identity.expiryDate, opened.value.identity.expired]).toEqual([undefined, false])
  })

  it('fetches the file control information that 61xx announces', async () => {
    const reader = dialogue(ATR, `${SELECT_SSSE} 6107`, '00C0000007 6F059F0C8601019000', ITEMS, NUMBER)
    expect(await outcome(reader)).toBe('opened')
    expect(played(reader)).toBe('all played')
  })

  it('corrects a length by 6Cxx, takes records without tag and records with filling', async () => {
    const habits = ITEMS.replace('0304322E30309000', '322E30309000')
      .replace('0201339000', '0201330000009000')
      .replace('0504202601019000', '6C06\n00B2050006 0504202601019000')
    const reader = dialogue(ATR, `${SELECT_SSSE} 9000`, habits, NUMBER)
    const opened = await open(reader)
    expect(played(reader)).toBe('all played')
    expect(opened.ok && opened.value.identity).toMatchObject({ version: '2.00', cardClass: '3', issueDate: '2026-01-01' })
  })

  it('lives without the optional items', async () => {
    const sparse = ITEMS.replace('0201339000', '6A83').replace('0504202601019000', '6A83').replace('0604203601019000', '0604FFFFFFFF9000')
    const reader = dialogue(ATR, `${SELECT_SSSE} 9000`, sparse, NUMBER.replace('07094131323334353637349000', '6A83'))
    const opened = await open(reader)
    expect(opened.ok && opened.value.identity).toMatchObject({
      cardClass: undefined,
      issueDate: undefined,
      expiryDate: undefined,
      expired: false,
      cardNumber: undefined
    })
  })

  it('says that a card has expired', async () => {
    const reader = dialogue(ATR, `${SELECT_SSSE} 9000`, ITEMS.replace('060420360101', '060420260314'), NUMBER)
    const opened = await open(reader)
    expect(opened.ok && opened.value.identity.expired).toBe(true)
  })

  it('proves it genuine with a PSAM: random and data in, the same cryptogram from both', async () => {
    const reader = dialogue(ATR, `${SELECT_SSSE} 9000`, ITEMS, GENUINE, NUMBER)
    expect(await outcome(reader, scriptedModule())).toBe('opened')
    expect(played(reader)).toBe('all played')
  })

  it('asks under key id 03 where 00 is unknown', async () => {
    const older = GENUINE.replace(/008800001\d+ +6108/, (line) => `${line.split(/\s/)[0]} 6A88\n${line.replace('00880000', '00880003')}`)
    const reader = dialogue(ATR, `${SELECT_SSSE} 9000`, ITEMS, older, NUMBER)
    expect(await outcome(reader, scriptedModule())).toBe('opened')
    expect(played(reader)).toBe('all played')
  })

  it('refuses a copy', async () => {
    const reader = dialogue(ATR, `${SELECT_SSSE} 9000`, ITEMS, GENUINE)
    expect(await outcome(reader, scriptedModule({ cryptogram: '0000000000000000' }))).toEqual({ kind: 'not-genuine' })
  })
})

describe('opening a v3.00 card', () => {
  const v3 = ITEMS.replace('322E3030', '332E3030')

  it('shows RKSSSE before the card number; over contactless Le travels', async () => {
    const reader = dialogue(
      '3B8D80010081544C3486605101000000014E',
      `${SELECT_SSSE} 9000`,
      v3,
      `${SELECT_SSSE}    9000
       00880000100102030405060708010203040506070808    CED1FDBE1126B3059000
       ${SELECT_SSSE}    9000
       0084000008        D671B973D4033B019000
       0082000A10CED1FDBE1126B3050102030405060708      9000
       00A4000002EF05    9000
       00B207000B        07094131323334353637349000`
    )
    const opened = await open(reader, scriptedModule())
    expect(played(reader)).toBe('all played')
    expect(opened.ok && opened.value.identity.cardNumber).toBe('A12345674')
  })

  it('without a PSAM the number stays unknown and nothing is asked for it', async () => {
    const reader = dialogue(ATR, `${SELECT_SSSE} 9000`, v3, `${SELECT_SSSE} 9000`)
    const opened = await open(reader)
    expect(played(reader)).toBe('all played')
    expect(opened.ok && opened.value.identity.cardNumber).toBeUndefined()
  })
})

describe('a card that does not open', () => {
  it.each([
    ['a bank card', `${SELECT_SSSE} 6A82`, { kind: 'not-a-social-security-card', statusWord: '6A82' }],
    ['a card without SELECT', `${SELECT_SSSE} 6E00`, { kind: 'not-a-social-security-card', statusWord: '6E00' }],
    ['a card with another 6A81', `${SELECT_SSSE} 6A81\n0084000008 01020304050607089000`, { kind: 'not-a-social-security-card', statusWord: '6A81' }],
    ['a blocked card', `${SELECT_SSSE} 6A81\n0084000008 6A81`, { kind: 'card-blocked', statusWord: '6A81' }],
    ['a blocked application', `${SELECT_SSSE} 6283`, { kind: 'application-blocked', statusWord: '6283' }],
    ['a locked application', `${SELECT_SSSE} 9303`, { kind: 'application-blocked', statusWord: '9303' }],
    ['a blank card without EF05', `${SELECT_SSSE} 9000\n00A4000002EF05 6A82`, { kind: 'blank-card' }],
    ['a blank card without record 1', `${SELECT_SSSE} 9000\n00A4000002EF05 9000\n00B2010012 6A83`, { kind: 'blank-card' }],
    ['a blank card full of FF', `${SELECT_SSSE} 9000\n00A4000002EF05 9000\n00B2010012 0110${'FF'.repeat(16)}9000`, { kind: 'blank-card' }],
    ['an unknown version', `${SELECT_SSSE} 9000\n${ITEMS.replace('322E3030', '342E3030')}`, { kind: 'unsupported-version', version: '4.00' }],
    ['a malformed region', `${SELECT_SSSE} 9000\n${ITEMS.replace('0110510100', '01105101AA')}`, { kind: 'identification-malformed' }],
    ['a card pulled at once', `${SELECT_SSSE} card-removed`, { kind: 'session-ended', cause: 'card-removed' }],
    ['a card that falls silent', `${SELECT_SSSE} 9000\n00A4000002EF05 no-answer\n00A4000002EF05 no-answer`, { kind: 'reader-fault', detail: 'no answer to 00A4' }]
  ])('%s', async (_, exchanges, refusal) => {
    const reader = dialogue(ATR, exchanges)
    expect(await outcome(reader)).toEqual(refusal)
    expect(played(reader)).toBe('all played')
  })

  it('an ATR too short for a card factor is no social security card', async () => {
    const reader = dialogue('3B660000010203040506', `${SELECT_SSSE} 9000`)
    expect(await outcome(reader)).toMatchObject({ kind: 'not-a-social-security-card' })
  })
})

describe('the algorithm', () => {
  it.each([
    ['6F059F0C860101', 'DES'],
    ['6F059F0C860201', 'SSF33'],
    ['6F049F0C0103', 'SM4'],
    ['', 'DES'],
    ['9F0C', 'DES']
  ])('file control information %s: %s', (fci, algorithm) => {
    expect(algorithmOf(fromHex(fci), fromHex('510100'))).toBe(algorithm)
  })

  it('an identification code that begins with 11 is SSF33 where nothing else says', () => {
    expect(algorithmOf(new Uint8Array(0), fromHex('110100'))).toBe('SSF33')
  })
})
