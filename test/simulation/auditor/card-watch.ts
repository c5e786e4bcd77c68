/**
 * What passes over the contacts: PINs against those that people have entered, debits and loads against the holds that must be durable
 * before they leave. And the cards themselves, read again whenever something was written to them.
 */

import type { CardBook } from './card-book.ts'
import { checkEntered, checkPinAtRest, checkPinTried, pinCommandIn } from './rules/pin.ts'
import { isOf } from './rules/card-debits.ts'
import { isLoadOf } from './rules/card-loads.ts'
import type { AuditView, CardExchange, CardUnderAudit, WindowAnswer, WindowAsked } from './view.ts'
import type { WorldBooks } from './world-books.ts'

const PIN_REQUESTS: ReadonlySet<string> = new Set(['card.verify-pin', 'card.change-pin', 'card.verify-pin-on-pad', 'card.change-pin-on-pad'])
/** DEBIT FOR PURCHASE and CREDIT FOR LOAD of both dialects: class and instruction. */
const DEBITS: ReadonlySet<string> = new Set(['b02c', '8054'])
const CREDITS: ReadonlySet<string> = new Set(['b02a', '8052'])

/** Entered and not answered yet: each may become one command. */
interface AtTerminal {
  unused: number
}

export class CardWatch {
  readonly #view: AuditView
  readonly #books: WorldBooks
  readonly #dirty: Set<CardBook>
  readonly #written = new Map<string, number>()
  readonly #unblocked = new Set<string>()
  readonly #pins = new Map<string, AtTerminal>()

  constructor(view: AuditView, books: WorldBooks, dirty: Set<CardBook>) {
    this.#view = view
    this.#books = books
    this.#dirty = dirty
  }

  /** Reads the cards that were written to. */
  look(): void {
    for (const card of this.#view.cards) {
      const book = this.#books.cards.get(card.name)
      if (book === undefined) {
        this.#dirty.add(this.#books.addCard(card.name, card.image()))
        this.#written.set(card.name, card.written)
      } else if (this.#written.get(card.name) !== card.written) {
        const before = book.state
        this.#lookAt(card, book)
        if (before !== undefined) checkPinAtRest(book, before, this.#unblocked.has(card.name), this.#books.findings)
        this.#unblocked.delete(card.name)
      }
    }
  }

  asked({ terminal, name }: WindowAsked): void {
    if (PIN_REQUESTS.has(name)) this.#at(terminal).unused += 1
  }

  /** What was not needed is no leave to try that PIN later. */
  answered({ terminal, name }: WindowAnswer): void {
    const at = this.#at(terminal)
    if (PIN_REQUESTS.has(name)) at.unused = Math.max(0, at.unused - 1)
  }

  hostDown(terminal: string): void {
    this.#at(terminal).unused = 0
  }

  unblocked(card: string): void {
    this.#unblocked.add(card)
  }

  /** Its last debit has an owner elsewhere. */
  foreignDebit(card: string): void {
    this.look()
    const book = this.#books.cards.get(card)
    if (book?.state !== undefined) book.foreign.add(book.state.purchaseSerial - 1)
  }

  /** `follow`: reads what the ledgers say at this moment. */
  exchanged({ terminal, slot, card, command, answer }: CardExchange, follow: () => void): void {
    const seen = this.#view.cards.find(({ name }) => name === card)
    const book = card === undefined ? undefined : this.#books.cards.get(card)
    if (slot !== 'counter' || seen === undefined || book === undefined) return
    const instruction = Buffer.from(command.subarray(0, 2)).toString('hex')
    if (DEBITS.has(instruction) || CREDITS.has(instruction)) this.#moved(seen, book, follow)
    const pin = pinCommandIn(command)
    if (pin === undefined) return
    const before = book.state
    this.#lookAt(seen, book)
    const { findings } = this.#books
    if (before !== undefined && book.state !== undefined) checkPinTried({ card: book, command: pin, before, after: book.state, status: statusOf(answer) }, findings)
    if (pin.kind === 'unblock') return
    const at = this.#at(terminal)
    checkEntered(terminal, book.name, at.unused > 0, findings)
    at.unused -= 1
  }

  /** The transaction that has just happened, if it has, must have its hold open at this very moment. */
  #moved(seen: CardUnderAudit, book: CardBook, follow: () => void): void {
    const before = book.state
    this.#lookAt(seen, book)
    const { state } = book
    if (before === undefined || state === undefined) return
    follow()
    const { findings } = this.#books
    if (state.purchaseSerial > before.purchaseSerial) {
      const line = book.debits.get(before.purchaseSerial) ?? { kind: 'unseen' }
      const claims = this.#books.debitsOf(book).get(before.purchaseSerial) ?? []
      const isHeld = claims.some((settling) => settling.state === 'open' && isOf(settling, line, state.signsOneAmount))
      findings.expect('hold-before-debit', isHeld || book.foreign.has(before.purchaseSerial), () => `${book.name}: debit ${before.purchaseSerial} was made, and no hold for it was durable`)
    }
    if (state.loadSerial > before.loadSerial) {
      const line = book.loads.get(before.loadSerial) ?? { kind: 'unseen' }
      const claims = this.#books.loadsOf(book).get(before.loadSerial) ?? []
      const isHeld = claims.some((loading) => loading.state === 'open' && isLoadOf(loading, line))
      findings.expect('hold-before-debit', isHeld, () => `${book.name}: load ${before.loadSerial} was made, and no hold for it was durable`)
    }
  }

  #lookAt(card: CardUnderAudit, book: CardBook): void {
    this.#written.set(card.name, card.written)
    if (book.look(card.image())) this.#dirty.add(book)
  }

  #at(terminal: string): AtTerminal {
    const at = this.#pins.get(terminal) ?? { unused: 0 }
    this.#pins.set(terminal, at)
    return at
  }
}

const statusOf = (answer: Uint8Array | undefined): number | undefined =>
  answer === undefined || answer.length < 2 ? undefined : ((answer.at(-2) ?? 0) << 8) | (answer.at(-1) ?? 0)
