/**
 * Every command that writes into the card's lasting memory, with what has to happen before it: what a loss of supply is tried at.
 *
 * A right PIN, key or unblocking MAC costs a try until it has been found right (`tries`): a card must let its counter fall before
 * it compares.
 */

import { fromHex, toHex } from '../../card/bytes/hex.ts'
import { CardUnderTest, cardUnderTest } from './card-under-test.ts'
import { FIRST_PIN, SECOND_PIN, type Observation } from './observe.ts'
import { creditCommand, debit, debitCommand, initCommand, load, loadInitCommand } from './purse-terminal.ts'
import { SAMPLE_CARD } from './sample-card.ts'

const PURCHASE = { account: 2500, own: 300, pooled: 45_000 }
const PURCHASE_AMOUNTS = '000009C40000012C0000AFC8'
const WRONG_PIN = '0020000003999999'

/** Everything before the command under test, after the SSSE was selected; gives its bytes. */
type Prepare = (card: CardUnderTest) => string

const enterPurse = (card: CardUnderTest): void => {
  card.send(`0020000003${FIRST_PIN}`)
  card.selectMedical()
}

const authentic = (card: CardUnderTest, header: string, body = ''): string => {
  const challenge = fromHex(card.send('0084000008').slice(0, 16))
  const session = card.suite.sessionKey(card.key('STK'), challenge)
  const block = body === '' ? '' : toHex(card.suite.encryptBlock(session, fromHex(body)))
  const covered = `${header}${toHex(Uint8Array.of(block.length / 2 + 4))}${block}`
  return covered + toHex(card.suite.mac(session, fromHex(covered)))
}

const lockPin = (card: CardUnderTest): void => {
  for (let i = 0; i < 6; i++) card.send(WRONG_PIN)
}

const proofOf = (card: CardUnderTest, name: 'RKSSSE' | 'PUK', id: string): string => {
  const challenge = fromHex(card.send('0084000008').slice(0, 16))
  const data = fromHex('0102030405060708')
  const cryptogram = card.suite.encryptBlock(card.suite.sessionKey(card.key(name), challenge), data)
  return `008200${id}10${toHex(cryptogram)}${toHex(data)}`
}

export interface WritingCommand {
  readonly prepare: Prepare
  readonly sw: RegExp
  /** A counter of this name may be found one lower. */
  readonly tries?: string
}

export const WRITING_COMMANDS: Readonly<Record<string, WritingCommand>> = {
  'INITIALIZE FOR PURCHASE after a settlement': {
    prepare(card) {
      enterPurse(card)
      debit(card, PURCHASE)
      return initCommand(PURCHASE)
    },
    sw: /^6108$/
  },
  'DEBIT FOR PURCHASE': {
    prepare(card) {
      enterPurse(card)
      return debitCommand(card, { init: card.sendAndFetch(initCommand(PURCHASE)), amounts: PURCHASE_AMOUNTS })
    },
    sw: /^6108$/
  },
  'DEBIT FOR PURCHASE after others, in a new payment year': {
    prepare(card) {
      enterPurse(card)
      debit(card, PURCHASE)
      load(card, 900)
      const init = card.sendAndFetch(initCommand(PURCHASE))
      return debitCommand(card, { init, amounts: PURCHASE_AMOUNTS, time: '20270101080000' })
    },
    sw: /^6108$/
  },
  'CREDIT FOR LOAD': {
    prepare(card) {
      enterPurse(card)
      return creditCommand(card, { init: card.sendAndFetch(loadInitCommand(5000)), amount: 5000 })
    },
    sw: /^6104$/
  },
  'VERIFY with a wrong PIN': { prepare: () => WRONG_PIN, sw: /^63C5$/ },
  'VERIFY with the wrong PIN that locks': {
    prepare(card) {
      for (let i = 0; i < 5; i++) card.send(WRONG_PIN)
      return WRONG_PIN
    },
    sw: /^63C0$/
  },
  'VERIFY with the right PIN': { prepare: () => `0020000003${FIRST_PIN}`, sw: /^9000$/, tries: 'PIN tries' },
  'VERIFY with the right PIN after wrong ones': {
    prepare(card) {
      card.send(WRONG_PIN)
      card.send(WRONG_PIN)
      return `0020000003${FIRST_PIN}`
    },
    sw: /^9000$/,
    tries: 'PIN tries'
  },
  'CHANGE PIN': { prepare: () => `805E010007${FIRST_PIN}FF${SECOND_PIN}`, sw: /^9000$/, tries: 'PIN tries' },
  'CHANGE PIN with a wrong old one': { prepare: () => `805E010007999999FF${SECOND_PIN}`, sw: /^63C5$/ },
  'PIN UNBLOCK': {
    prepare(card) {
      lockPin(card)
      card.authenticate('PUK', '06')
      return authentic(card, '84240000')
    },
    sw: /^9000$/
  },
  'RELOAD PIN': {
    prepare(card) {
      lockPin(card)
      card.authenticate('PUK', '06')
      return authentic(card, '84240001', `03${SECOND_PIN}80000000`)
    },
    sw: /^9000$/
  },
  'the third wrong PIN UNBLOCK': {
    prepare(card) {
      lockPin(card)
      card.authenticate('PUK', '06')
      for (let i = 0; i < 2; i++) {
        card.send('0084000008')
        card.send('842400000400000000')
      }
      card.send('0084000008')
      return '842400000400000000'
    },
    sw: /^9303$/
  },
  'EXTERNAL AUTHENTICATE': { prepare: (card) => proofOf(card, 'RKSSSE', '0A'), sw: /^9000$/, tries: 'RKSSSE tries' },
  'EXTERNAL AUTHENTICATE that fails': {
    prepare(card) {
      card.send('0084000008')
      return `0082000610${'00'.repeat(16)}`
    },
    sw: /^63CE$/
  },
  'UPDATE RECORD': {
    prepare(card) {
      card.selectMedical()
      card.authenticate('UK2DF04', '86')
      card.send('00A4000002EF06')
      return '00DC920006920412850FFF'
    },
    sw: /^9000$/
  },
  'APPEND RECORD': {
    prepare(card) {
      card.selectMedical()
      card.authenticate('UK2DF04', '86')
      card.send('00A4000002EF15')
      card.send('00E2000003000431')
      return '00E2000003000532'
    },
    sw: /^9000$/
  },
  'UPDATE BINARY': {
    prepare(card) {
      card.authenticate('UKSSSE', '04')
      card.send('00A4000002EF08')
      return `00D6000010${'FFD8'.repeat(8)}`
    },
    sw: /^9000$/
  },
  'APPLICATION BLOCK': {
    prepare(card) {
      card.authenticate('BK', '05')
      return authentic(card, '841E0000')
    },
    sw: /^9000$/
  },
  'CARD BLOCK': {
    prepare(card) {
      card.authenticate('BK', '05')
      return authentic(card, '84160000')
    },
    sw: /^9000$/
  }
}

const IMAGE = cardUnderTest(SAMPLE_CARD).medium.snapshot()

export const freshCard = (): CardUnderTest => new CardUnderTest(IMAGE, { region: SAMPLE_CARD.region })

/** The command's bytes; the card is ready for it, and has all its supply. */
export function prepare(card: CardUnderTest, { prepare: begin }: WritingCommand): string {
  card.selectSsse()
  return begin(card)
}

/** One try fewer than `before`, otherwise alike. */
export const spent = (before: Observation, tries: string): Observation => {
  const left = Number.parseInt((before[tries] ?? '').slice(-1), 16)
  return { ...before, [tries]: `63C${(left - 1).toString(16).toUpperCase()}` }
}
