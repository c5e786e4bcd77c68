/**
 * One byte of a card's file changed by something that is no card: either the file is refused with a reason, or the card in
 * it still answers every command. What a chip must never do is throw at a terminal in the middle of a settlement.
 *
 * The system area and the purse are tried byte by byte, the rest by samples; EVERY_BYTE=1 tries all of it.
 */

import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../../card/bytes/hex.ts'
import { SPECIAL_SETTLEMENT_RECORD_LENGTH } from '../../card/identifier/data-item.ts'
import { openImage } from '../../card/chip/image/image.ts'
import { PURSE, SYSTEM } from '../../card/chip/image/layout.ts'
import firstGeneration from '../../fixtures/cards/in-service-16k.json' with { type: 'json' }
import secondGeneration from '../../fixtures/cards/in-service-32k.json' with { type: 'json' }
import bankDialect from '../../fixtures/cards/pboc-profile.json' with { type: 'json' }
import { cardUnderTest, CardUnderTest } from './card-under-test.ts'
import { debit, load } from './purse-terminal.ts'

const STEP = process.env['EVERY_BYTE'] === undefined ? 7 : 1
const TERMINAL = '999999000001'

const CARDS = [
  { name: 'version 1.00', json: firstGeneration, verify: '00200000021234', change: '805E0100051234FF4321' },
  { name: 'version 2.00', json: secondGeneration, verify: '0020000003246810', change: '805E010007246810FF135790' },
  { name: 'bank dialect', json: bankDialect, verify: '0020000003246810', change: '805E010007246810FF135790' }
]

type Step = (card: CardUnderTest) => string

function bankDebit(card: CardUnderTest): string {
  const init = card.sendAndFetch(`805001020B0100000064${TERMINAL}`)
  const [serial, random] = [init.slice(8, 12), init.slice(22, 30)]
  const session = card.suite.sessionKey(card.key('DPK'), fromHex(`${random}${serial}0012`))
  const mac = card.suite.mac(session, fromHex(`0000006406${TERMINAL}20260315093015`))
  return card.sendAndFetch(`805401000F0000001220260315093015${toHex(mac)}`)
}

/** What a card meets in its life, each step ending in 9000 on a card that is whole. */
function life({ name, verify, change }: { readonly name: string; readonly verify: string; readonly change: string }): Step[] {
  const bank = name === 'bank dialect'
  const prove = bank ? '805A000602' : 'B02E003202'
  const serial = bank ? '0001' : name === 'version 1.00' ? '000C' : '0005'
  return [
    (card) => card.selectSsse(),
    (card) => card.send('00B2010500') && card.send('00B2013400'),
    (card) => card.sendAndFetch(`0088000010${'11'.repeat(16)}`),
    (card) => card.authenticate('RKSSSE', '0A'),
    (card) => card.send('00B0880020'),
    (card) => card.send(verify),
    (card) => card.selectMedical(),
    (card) => card.send(bank ? '805C000204' : 'B026000104'),
    (card) => (bank ? card.send('805C000204') : card.send('B026000206') && card.send('B026000306')),
    (card) => card.authenticate('RK1DF04', '84'),
    (card) => ['90', '92', '93'].map((tag) => card.send(`00B2${tag}3000`)).at(-1) ?? '',
    (card) => load(card, 100, bank ? 'PBOC' : 'SSC-LB002'),
    (card) => (bank ? bankDebit(card) : debit(card, { account: 100, own: 100, pooled: 200 })),
    (card) => card.sendAndFetch(`${prove}${serial}`),
    (card) => ['0A', '02', '01'].map((record) => card.send(`00B2${record}4400`)).at(-1) ?? '',
    (card) => card.authenticate('UK2DF04', '86'),
    (card) => card.send(`00E200A8${lengthByte(SETTLEMENT)}${SETTLEMENT}`),
    (card) => card.authenticate('LKDF04', '83'),
    (card) => card.sendAuthentic('841E0000', '', 'STKDF04'),
    (card) => card.sendAuthentic('84180000', '', 'STKDF04'),
    (card) => card.send(change),
    (card) => Array.from({ length: 6 }, () => card.send('0020000003999999')).at(-1)?.replace('63C0', '9000') ?? '',
    (card) => card.authenticate('PUK', '06'),
    (card) => card.sendAuthentic('84240000')
  ]
}

const SETTLEMENT = '00'.repeat(SPECIAL_SETTLEMENT_RECORD_LENGTH)
const lengthByte = (hex: string): string => toHex(Uint8Array.of(hex.length / 2))

/** Refused at the door, or answered to the end; what the chip threw when it did. */
function outcomeOf(image: Uint8Array, steps: readonly Step[]): string {
  const opened = openImage(image)
  if (!opened.ok) return opened.error.kind
  let card: CardUnderTest | undefined
  try {
    card = new CardUnderTest(image)
  } catch (fault) {
    return `${THREW} ${String(fault)}`
  }
  for (const step of steps) {
    try {
      step(card)
    } catch (fault) {
      // A terminal may stumble over a refusal. A chip that threw has no supply any more.
      if (!isAlive(card)) return `${THREW} ${String(fault)}`
    }
  }
  return 'answered'
}

const THREW = 'the chip threw'

function isAlive(card: CardUnderTest): boolean {
  try {
    return card.send('00A40000023F00').length >= 4
  } catch {
    return false
  }
}

describe.each(CARDS)('a card of $name with one byte changed', ({ json, ...script }) => {
  const fresh = cardUnderTest(json).medium.snapshot()
  const steps = life(script)

  it('lives its life when it is whole', () => {
    const card = new CardUnderTest(fresh)
    expect(steps.map((step, index) => `${index} ${step(card).slice(-4)}`)).toEqual(steps.map((_, index) => `${index} 9000`))
  })

  it('is refused, or answers', () => {
    const tried = (image: Uint8Array, offsets: readonly number[]): string[] =>
      offsets.flatMap((offset) => [0x01, 0xff].map((mask) => outcomeOf(changed(image, offset, mask), steps)))
    const used = new CardUnderTest(fresh)
    for (const step of steps.slice(0, STEPS_WITH_FIRST_PIN)) step(used)
    const outcomes = [
      ...tried(fresh, everywhere(fresh)),
      ...tried(used.medium.snapshot(), everywhere(fresh).filter((offset) => offset < PURSE.end))
    ]
    expect(outcomes.filter((outcome) => outcome.startsWith(THREW))).toEqual([])
    expect(outcomes).toEqual(expect.arrayContaining(['image-damaged', 'answered']))
  }, 120_000)
})

const STEPS_WITH_FIRST_PIN = 20

function changed(image: Uint8Array, offset: number, mask: number): Uint8Array {
  const damaged = image.slice()
  damaged[offset] = (damaged[offset] ?? 0) ^ mask
  return damaged
}

const everywhere = (image: Uint8Array): number[] =>
  Array.from(image.keys()).filter((offset) => offset % STEP === 0 || (offset >= SYSTEM.atrLength && offset < PURSE.end))
