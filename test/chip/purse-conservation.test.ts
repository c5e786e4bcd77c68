/**
 * Money is neither made nor lost on the card: under random histories of loads, settlements, refusals, resets and cuts of the
 * supply, the balance is what was there, plus every credit, minus every debit that the card itself can prove.
 */

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { never } from '../../base/invariant.ts'
import { PowerLost } from '../../card/ports.ts'
import { CardUnderTest, cardUnderTest } from './card-under-test.ts'
import { creditCommand, debitCommand, initCommand, loadInitCommand, type Purchase } from './purse-terminal.ts'
import { SAMPLE_CARD } from './sample-card.ts'

const INITIAL = { balance: 10_000, loadSerial: 3, purchaseSerial: 5 }

/** Fen and serials, as a bookkeeper beside the card keeps them. */
interface Books {
  balance: number
  own: number
  pooled: number
  loadSerial: number
  purchaseSerial: number
}

type Event =
  | { readonly kind: 'debit'; readonly purchase: Purchase; readonly cut: number | undefined }
  | { readonly kind: 'load'; readonly amount: number; readonly cut: number | undefined }
  | { readonly kind: 'wrong-mac' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'reopen' }

const cut = fc.option(fc.nat(120), { nil: undefined, freq: 2 })
const events: fc.Arbitrary<Event[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('debit' as const),
      purchase: fc.record({ account: fc.nat(6000), own: fc.nat(5000), pooled: fc.nat(90_000) }),
      cut
    }),
    fc.record({ kind: fc.constant('load' as const), amount: fc.nat(8000), cut }),
    fc.constantFrom<Event>({ kind: 'wrong-mac' }, { kind: 'reset' }, { kind: 'reopen' })
  ),
  { maxLength: 25 }
)

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(8, '0')

function enter(card: CardUnderTest): void {
  card.send('0020000003123456')
  card.selectMedical()
}

/** Whether the answer came. */
function answered(card: CardUnderTest, command: string, cutAfter: number | undefined): boolean {
  if (cutAfter !== undefined) card.medium.cutAfter(cutAfter)
  try {
    return card.send(command).startsWith('61')
  } catch (fault) {
    if (fault instanceof PowerLost) return false
    throw fault
  } finally {
    card.medium.restorePower()
  }
}

/** The card's word on whether a transaction happened that got no answer. */
function proved(card: CardUnderTest, type: '31' | '32', serial: number): boolean {
  card.powerCycle()
  enter(card)
  return card.sendAndFetch(`B02E00${type}02${hex(serial).slice(4)}`).endsWith('9000')
}

function settle(card: CardUnderTest, books: Books, { purchase, cut: cutAfter }: Extract<Event, { kind: 'debit' }>): void {
  const init = card.sendAndFetch(initCommand(purchase))
  expect(init.endsWith('9000') ? '9000' : init).toBe(purchase.account > books.balance ? '9401' : '9000')
  if (purchase.account > books.balance) return
  const amounts = hex(purchase.account) + hex(purchase.own) + hex(purchase.pooled)
  const command = debitCommand(card, { init, amounts })
  if (!answered(card, command, cutAfter) && !proved(card, '32', books.purchaseSerial)) return
  books.balance -= purchase.account
  books.own += purchase.own
  books.pooled += purchase.pooled
  books.purchaseSerial += 1
}

function credit(card: CardUnderTest, books: Books, { amount, cut: cutAfter }: Extract<Event, { kind: 'load' }>): void {
  const init = card.sendAndFetch(loadInitCommand(amount))
  const command = creditCommand(card, { init, amount })
  if (!answered(card, command, cutAfter) && !proved(card, '31', books.loadSerial)) return
  books.balance += amount
  books.loadSerial += 1
}

function debitWithWrongMac(card: CardUnderTest): void {
  const init = card.sendAndFetch(initCommand({ account: 0, own: 0, pooled: 0 }))
  expect([init.slice(-4), card.send(`B02C01000F0000001220260315093015${'00'.repeat(4)}`)]).toEqual(['9000', '9302'])
}

/** The card afterwards: another object when it was taken up again from its bytes. */
function happen(card: CardUnderTest, books: Books, event: Event): CardUnderTest {
  switch (event.kind) {
    case 'debit':
      settle(card, books, event)
      return card
    case 'load':
      credit(card, books, event)
      return card
    case 'wrong-mac':
      debitWithWrongMac(card)
      return card
    case 'reset':
      card.chip.reset()
      enter(card)
      return card
    case 'reopen': {
      const again = new CardUnderTest(card.medium.snapshot())
      enter(again)
      return again
    }
    default:
      return never(event)
  }
}

function check(card: CardUnderTest, books: Books): void {
  expect(card.send('B026000104')).toBe(`${hex(books.balance)}9000`)
  expect(card.send('B026000206')).toBe(`${hex(books.own)}20269000`)
  expect(card.send('B026000306')).toBe(`${hex(books.pooled)}20269000`)
  const transactions = books.loadSerial + books.purchaseSerial - INITIAL.loadSerial - INITIAL.purchaseSerial
  card.send('00A4000002EF08')
  const lineExists = (number: number): boolean => card.send(`00B2${hex(number).slice(6)}0400`).endsWith('9000')
  expect([lineExists(transactions), lineExists(transactions + 1)]).toEqual([transactions > 0, false])
}

it('balance = initial + credits - debits, whatever happens to the supply', () => {
  let torn = 0
  fc.assert(
    fc.property(events, (history) => {
      let card = cardUnderTest({ ...SAMPLE_CARD, region: '999999' })
      const books: Books = { ...INITIAL, own: 0, pooled: 0 }
      enter(card)
      for (const event of history) {
        card = happen(card, books, event)
        if ('cut' in event && event.cut !== undefined) torn += 1
        check(card, books)
      }
    }),
    { numRuns: 300, seed: 20_260_315 }
  )
  expect(torn).toBeGreaterThan(300)
})
