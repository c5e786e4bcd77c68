/** All books together, and who has a claim on which transaction of which card. Rules read here; nothing of it is a rule. */

import type { Loading, Settling } from './books.ts'
import { CardBook } from './card-book.ts'
import type { CentreChains } from './centre-chains.ts'
import type { Fact, Intent } from './fact.ts'
import type { Findings } from './failure.ts'
import { LedgerBook } from './ledger-book.ts'
import type { LedgerRows } from './ledger-rows.ts'

export interface TerminalBooks {
  readonly name: string
  book: LedgerBook
  rows: LedgerRows | undefined
  /** What a disk that lied has lost: the first fact that is gone. */
  lostFrom: number | undefined
  /** The last fact that it had before: with that hash it has everything again. */
  lostTo: { readonly sequence: number; readonly hash: string | undefined } | undefined
  /** A disk has lied here; perhaps no fact was lost by it, and only what was kept beside them. */
  hasOlderBooks: boolean
  /** Its window fetches what it has lost. */
  isRestoring: boolean
  /** How it stands with its centre, as its screen said last. */
  link: string | undefined
  /** Number of the last batch whose answer was looked at. */
  answered: number
  /** By trace code: the settlement that sold it last. */
  packs: Map<string, Settling>
  /** Id of the card that lies in its reader and stood in its list of lost cards when it came. */
  barred: string | undefined
  /** As the world counted when the ledger was followed last. */
  writes: number | undefined
}

/** It and its centre no longer tell the same story, lawfully: the centre is not to be held against it. */
export const tellsAnother = ({ lostFrom }: TerminalBooks): boolean => lostFrom !== undefined

/** Places of facts that name one thing in the whole world. */
const ID_OF: Partial<Record<Fact['kind'], (fact: Fact) => string>> = {
  hold: (fact) => (fact.kind === 'hold' ? `settlement ${fact.settlementId}` : ''),
  correction: (fact) => (fact.kind === 'correction' ? `settlement ${fact.correctionId}` : ''),
  'load-hold': (fact) => (fact.kind === 'load-hold' ? `load ${fact.loadId}` : '')
}

export class WorldBooks {
  readonly findings: Findings
  readonly terminals = new Map<string, TerminalBooks>()
  readonly cards = new Map<string, CardBook>()
  readonly cardOfId = new Map<string, CardBook>()
  /** By card id, then by the serial before. */
  readonly debits = new Map<string, Map<number, Settling[]>>()
  readonly loads = new Map<string, Map<number, Loading[]>>()
  centre: CentreChains | undefined
  readonly #ids = new Map<string, string>()

  constructor(findings: Findings) {
    this.findings = findings
  }

  terminal(name: string): TerminalBooks {
    const known = this.terminals.get(name) ?? { name, book: new LedgerBook(name, this.findings), rows: undefined, lostFrom: undefined, lostTo: undefined, hasOlderBooks: false, isRestoring: false, link: undefined, answered: 0, packs: new Map<string, Settling>(), barred: undefined, writes: undefined }
    this.terminals.set(name, known)
    return known
  }

  addCard(name: string, image: Uint8Array): CardBook {
    const card = new CardBook(name, image, this.findings)
    this.cards.set(name, card)
    if (card.opening !== undefined) this.cardOfId.set(card.opening.cardId, card)
    return card
  }

  /** After the terminal's book has taken it. The card that it speaks of, if any. */
  index(terminal: TerminalBooks, fact: Fact, sequence: number): CardBook | undefined {
    this.#unique(terminal, fact, sequence)
    switch (fact.kind) {
      case 'hold': {
        const settling = terminal.book.settlings.get(sequence)
        if (settling !== undefined) add(this.debits, idOf(fact.intent.cardId), fact.intent.serialBefore, settling)
        return this.cardOfId.get(idOf(fact.intent.cardId))
      }
      case 'load-hold': {
        const loading = terminal.book.loadings.get(sequence)
        if (loading !== undefined) add(this.loads, idOf(fact.cardId), fact.serialBefore, loading)
        return this.cardOfId.get(idOf(fact.cardId))
      }
      case 'posting':
      case 'release':
      case 'correction':
        return this.#cardOf(terminal.book.settlings.get(fact.hold)?.hold.fact.intent.cardId)
      case 'load-posting':
      case 'load-release':
        return this.#cardOf(terminal.book.loadings.get(fact.hold)?.hold.fact.cardId)
      default:
        return undefined
    }
  }

  /** A disk that lied has taken the facts of `before` from that number on: lost, not forgotten. The terminal has a new book by now. */
  forget(terminal: TerminalBooks, before: LedgerBook, from: number): void {
    for (const index of [this.debits, this.loads]) {
      for (const ofCard of index.values()) {
        for (const [serial, claims] of ofCard) ofCard.set(serial, claims.filter(({ terminal: name, lost }) => name !== terminal.name || lost) as never)
      }
    }
    for (const book of [terminal.book, before]) {
      for (const settling of book.settlings.values()) {
        if (book === before && settling.hold.sequence < from) continue
        settling.lost = book === before
        const { cardId, serialBefore } = settling.hold.fact.intent
        add(this.debits, idOf(cardId), serialBefore, settling)
      }
      for (const loading of book.loadings.values()) {
        if (book === before && loading.hold.sequence < from) continue
        loading.lost = book === before
        add(this.loads, idOf(loading.hold.fact.cardId), loading.hold.fact.serialBefore, loading)
      }
    }
  }

  /** What was lost and is there again is not lost. */
  found({ name, book }: TerminalBooks): void {
    const isBack = ({ terminal, lost, hold: { fact, sequence } }: Settling | Loading): boolean => {
      const there = fact.kind === 'hold' ? book.bySettlement.get(fact.settlementId) : book.byLoad.get(fact.loadId)
      return lost && terminal === name && there?.hold.sequence === sequence
    }
    for (const index of [this.debits, this.loads]) {
      for (const ofCard of index.values()) {
        for (const [serial, claims] of ofCard) ofCard.set(serial, claims.filter((claim) => !isBack(claim)) as never)
      }
    }
  }

  debitsOf(card: CardBook): ReadonlyMap<number, readonly Settling[]> {
    return this.debits.get(card.opening?.cardId ?? '') ?? new Map()
  }

  loadsOf(card: CardBook): ReadonlyMap<number, readonly Loading[]> {
    return this.loads.get(card.opening?.cardId ?? '') ?? new Map()
  }

  #cardOf(cardId: string | undefined): CardBook | undefined {
    return cardId === undefined ? undefined : this.cardOfId.get(idOf(cardId))
  }

  #unique(terminal: TerminalBooks, fact: Fact, sequence: number): void {
    if (fact.kind === 'hold') this.#serialUnique(fact.intent, `${terminal.name} ${sequence}`)
    const id = ID_OF[fact.kind]?.(fact)
    if (id === undefined) return
    const other = this.#ids.get(id)
    // The same terminal's own doubles are its book's affair; after a lawful loss it may make a number again.
    this.findings.expect('ids-unique', other === undefined || other === terminal.name, () => `${id} was made by ${other} and by ${terminal.name}`)
    this.#ids.set(id, terminal.name)
  }

  /** A security module gives each number once, to a hold that comes to nothing too. */
  #serialUnique({ terminalNo, terminalSerial }: Intent, holder: string): void {
    const id = `serial ${terminalSerial} of security module ${terminalNo}`
    const other = this.#ids.get(id)
    this.findings.expect('ids-unique', other === undefined || other === holder, () => `${id} stands in two holds, ${other} and ${holder}`)
    this.#ids.set(id, holder)
  }
}

export const idOf = (cardId: string): string => cardId.toUpperCase()

function add<Value>(index: Map<string, Map<number, Value[]>>, card: string, serial: number, value: Value): void {
  const ofCard = index.get(card) ?? new Map<number, Value[]>()
  index.set(card, ofCard)
  const claims = ofCard.get(serial) ?? []
  ofCard.set(serial, claims)
  claims.push(value)
}
