/**
 * The independent auditor. He keeps books of his own about everything that he can see, by code of his own, and says which promise
 * was broken as soon as it is. `step` looks at what is new; `day` makes everything anew from the first fact; `quiet` asks for
 * what must hold when nothing is on its way any more.
 */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CardBook } from './card-book.ts'
import { CentreWatch } from './centre-watch.ts'
import { CardWatch } from './card-watch.ts'
import type { Fact } from './fact.ts'
import { AuditFailure, Findings, type RuleName } from './failure.ts'
import { LedgerBook } from './ledger-book.ts'
import { LedgerRows } from './ledger-rows.ts'
import { checkAmounts } from './rules/amounts.ts'
import { checkAnswered } from './rules/answered.ts'
import { checkPacks } from './rules/packs.ts'
import { checkBarred, noteBarred } from './rules/barred.ts'
import { checkBalance } from './rules/card-balance.ts'
import { checkDebits } from './rules/card-debits.ts'
import { checkLoads } from './rules/card-loads.ts'
import { checkClose } from './rules/close.ts'
import { checkConfirmed } from './rules/confirmed.ts'
import { checkCardsOfRecord, checkCleared, checkLastClose, checkNamed, checkOpenHolds, checkOutbox, checkTotals } from './rules/quiet.ts'
import { checkRunningTables } from './rules/running-tables.ts'
import { checkLossNamed, linkIn } from './rules/loss.ts'
import { checkEvent, checkTold } from './rules/told.ts'
import { SecretWatch } from './secret-watch.ts'
import type { AuditView, Observation } from './view.ts'
import { WorldBooks, type TerminalBooks } from './world-books.ts'

const RESTORE = 'sync.restore'

export class Auditor {
  readonly #view: AuditView
  readonly #findings = new Findings('throw')
  readonly #books = new WorldBooks(this.#findings)
  readonly #cards: CardWatch
  readonly #centre: CentreWatch
  readonly #secrets: SecretWatch
  /** To be looked at in the next step. */
  readonly #dirty = new Set<CardBook>()
  #pending: AuditFailure | undefined

  /** When everything is made and nothing has happened. */
  constructor(view: AuditView) {
    this.#view = view
    this.#cards = new CardWatch(view, this.#books, this.#dirty)
    this.#centre = new CentreWatch(view, this.#books)
    this.#secrets = new SecretWatch(view, this.#findings)
    this.step()
  }

  /** How often each rule had something to look at. */
  get looked(): ReadonlyMap<RuleName, number> {
    return this.#findings.looked
  }

  /** Never throws: what is broken is told by the next step, not by the program under audit. */
  told(observation: Observation): void {
    try {
      this.#told(observation)
    } catch (cause) {
      if (!(cause instanceof AuditFailure)) throw cause
      this.#pending ??= cause
    }
  }

  /** After every step of the world. Throws AuditFailure. */
  step(): void {
    if (this.#pending !== undefined) throw this.#pending
    this.#cards.look()
    for (const { name } of this.#view.terminals) this.#follow(this.#books.terminal(name))
    for (const card of this.#dirty) this.#checkCard(card)
    this.#dirty.clear()
    this.#centre.follow()
  }

  /** From the first fact. Throws AuditFailure. */
  day(): void {
    this.step()
    for (const terminal of this.#books.terminals.values()) this.#again(terminal)
    for (const card of this.#books.cards.values()) this.#checkCard(card)
    this.#centre.again()
  }

  /** `absent`: cards that could not be shown at the end. Throws AuditFailure. */
  quiet(absent: ReadonlySet<string> = new Set()): void {
    this.day()
    const data = this.#centre.data()
    checkOpenHolds(this.#books, absent)
    for (const terminal of this.#books.terminals.values()) {
      if (data === undefined) continue
      checkLossNamed(terminal, this.#books)
      checkOutbox(terminal, this.#books)
      checkCleared(terminal, data, this.#books)
      checkNamed(terminal, data, this.#books)
      checkTotals(terminal, data, this.#books)
      checkLastClose(terminal, this.#books)
      checkConfirmed(terminal, data, this.#books)
    }
    if (data !== undefined) checkCardsOfRecord(this.#books, data)
    const ledgers = [...this.#books.terminals.values()].flatMap(({ rows }) => (rows === undefined ? [] : [rows.path]))
    this.#secrets.checkFolders(this.#view.terminals.map(({ folder }) => folder))
    this.#secrets.checkFiles([...ledgers, ...(this.#view.centre === undefined ? [] : [this.#view.centre.file])])
  }

  /** Lets go of every file. */
  close(): void {
    for (const terminal of this.#books.terminals.values()) this.#letGo(terminal)
    this.#centre.close()
  }

  #told(observation: Observation): void {
    this.#secrets.told(observation)
    this.#centre.told(observation)
    switch (observation.kind) {
      case 'card-exchange':
        return this.#cards.exchanged(observation, () => this.#followAll())
      case 'window-asked':
        if (observation.name === RESTORE) this.#restoring(this.#books.terminal(observation.terminal))
        return this.#cards.asked(observation)
      case 'window-answer': {
        const terminal = this.#books.terminal(observation.terminal)
        this.#cards.answered(observation)
        this.#follow(terminal)
        if (observation.name === RESTORE) terminal.isRestoring = false
        return checkTold(observation.name, observation.answer, terminal.book, this.#findings)
      }
      case 'window-event':
        return this.#heard(observation.terminal, observation.event)
      case 'pin-unblocked':
        return this.#cards.unblocked(observation.card)
      case 'card-in':
        return this.#cardIn(observation.terminal, observation.card)
      case 'foreign-debit':
        return this.#cards.foreignDebit(observation.card)
      case 'host-down':
        this.#cards.hostDown(observation.terminal)
        return this.#down(this.#books.terminal(observation.terminal))
      case 'lawful-loss':
        return this.#lose(this.#books.terminal(observation.terminal))
      case 'ledger-restored':
        return this.#find(this.#books.terminal(observation.terminal))
      case 'centre-down':
        return this.#centre.close()
      case 'centre-restored':
        return this.#centre.restored()
      default:
    }
  }

  #cardIn(name: string, card: string): void {
    const terminal = this.#books.terminal(name)
    this.#rowsOf(terminal)
    noteBarred(terminal, this.#books.cards.get(card)?.opening?.cardId ?? '')
  }

  #heard(name: string, event: unknown): void {
    if (typeof event !== 'object' || event === null || !('topic' in event)) return
    const terminal = this.#books.terminal(name)
    terminal.link = linkIn(event) ?? terminal.link
    if (event.topic !== 'resolved') return
    this.#follow(terminal)
    checkEvent(event, terminal.book, this.#findings)
  }

  #followAll(): void {
    for (const { name } of this.#view.terminals) this.#follow(this.#books.terminal(name))
  }

  /** The facts that are new in a terminal's ledger. */
  #follow(terminal: TerminalBooks): void {
    if (terminal.isRestoring) return this.#find(terminal)
    const { writes } = this.#view.terminals.find(({ name }) => name === terminal.name) ?? {}
    if (writes !== undefined && writes === terminal.writes) return
    const rows = this.#rowsOf(terminal)
    terminal.writes = writes
    if (rows === undefined || (writes === undefined && !rows.hasChanged())) return
    const { book } = terminal
    for (const row of rows.factsAfter(book.sequence)) {
      const fact = book.take(row)
      if (fact !== undefined) this.#taken(terminal, fact, row.sequence)
    }
    terminal.answered = checkAnswered(terminal, rows, terminal.answered, this.#books)
  }

  #taken(terminal: TerminalBooks, fact: Fact, sequence: number): void {
    checkAmounts(terminal.name, fact, this.#findings)
    const card = this.#books.index(terminal, fact, sequence)
    if (card !== undefined) this.#dirty.add(card)
    checkBarred(terminal, fact, this.#books)
    checkPacks(terminal, fact, this.#findings)
    if (fact.kind === 'close') checkClose(terminal.book, fact, sequence, this.#findings)
    this.#centre.taken(terminal.name, fact)
  }

  /** The ledger where the host has it now; what stood in the one before stands in it. */
  #rowsOf(terminal: TerminalBooks): LedgerRows | undefined {
    const folder = this.#view.terminals.find(({ name }) => name === terminal.name)?.folder ?? ''
    const path = join(folder, 'ledger.db')
    if (terminal.rows?.path === path) return terminal.rows
    this.#letGo(terminal)
    if (!existsSync(path)) return undefined
    terminal.rows = new LedgerRows(path)
    this.#checkStays(terminal, terminal.rows)
    return terminal.rows
  }

  #checkStays({ book, name }: TerminalBooks, rows: LedgerRows): void {
    const { sequence } = book
    const hash = sequence === 0 ? book.hashes[0] : Buffer.from(rows.hashAt(sequence) ?? []).toString('hex')
    this.#findings.expect('fact-stays', hash === book.hashes[sequence], () => `${name}: fact ${sequence} was durable and is ${hash === '' ? 'gone' : 'another'}`)
  }

  /** The whole ledger once more, on a fresh page; it must come to what was followed step by step. */
  #again(terminal: TerminalBooks): void {
    const rows = this.#rowsOf(terminal)
    if (rows === undefined) return
    const fresh = new LedgerBook(terminal.name, this.#findings)
    for (const row of rows.factsAfter(0)) {
      fresh.take(row)
      const known = terminal.book.hashes[row.sequence]
      this.#findings.expect('fact-stays', known === undefined || known === fresh.hashes[row.sequence], () => `${terminal.name}: fact ${row.sequence} is another than it was`)
    }
    this.#findings.expect('fact-stays', fresh.sequence >= terminal.book.sequence, () => `${terminal.name}: fact ${terminal.book.sequence} was there, the last is ${fresh.sequence}`)
    checkRunningTables(fresh, rows, this.#findings)
    this.#centre.checkYears(fresh)
  }

  /** A disk that lied: what is not there any more is remembered as lost, and the rest goes on. */
  #lose(terminal: TerminalBooks): void {
    this.#letGo(terminal)
    terminal.hasOlderBooks = true
    const before = terminal.book
    terminal.book = new LedgerBook(terminal.name, this.#findings)
    const rows = this.#rowsOfLoser(terminal)
    for (const row of rows) terminal.book.take(row)
    const from = terminal.book.sequence + 1
    if (from > before.sequence) {
      terminal.book = before
      return
    }
    terminal.answered = 0
    terminal.packs = new Map()
    terminal.lostFrom = Math.min(terminal.lostFrom ?? from, from)
    if (terminal.lostTo === undefined || terminal.lostTo.sequence <= before.sequence) terminal.lostTo = { sequence: before.sequence, hash: before.hashes[before.sequence] }
    this.#books.forget(terminal, before, from)
  }

  /** What stands in it now was written by itself; what comes until the answer, it has got back. */
  #restoring(terminal: TerminalBooks): void {
    this.#follow(terminal)
    terminal.isRestoring = true
  }

  #down(terminal: TerminalBooks): void {
    if (terminal.isRestoring) this.#find(terminal)
    terminal.isRestoring = false
    this.#letGo(terminal)
  }

  /** It has facts again that it had lost. They were judged when they came first; once more each must follow, and the whole come to what it was. */
  #find(terminal: TerminalBooks): void {
    this.#letGo(terminal)
    const { book } = terminal
    for (const row of this.#rowsOf(terminal)?.factsAfter(book.sequence) ?? []) {
      const fact = book.take(row)
      if (fact === undefined) continue
      checkAmounts(terminal.name, fact, this.#findings)
      checkPacks(terminal, fact, this.#findings)
      const card = this.#books.index(terminal, fact, row.sequence)
      if (card !== undefined) this.#dirty.add(card)
    }
    this.#books.found(terminal)
    const { lostFrom, lostTo } = terminal
    if (lostFrom === undefined || lostTo === undefined || book.sequence < lostFrom) return
    terminal.lostFrom = book.hashes[lostTo.sequence] === lostTo.hash ? undefined : book.sequence + 1
  }

  #rowsOfLoser(terminal: TerminalBooks) {
    const folder = this.#view.terminals.find(({ name }) => name === terminal.name)?.folder ?? ''
    const path = join(folder, 'ledger.db')
    if (!existsSync(path)) return []
    terminal.rows = new LedgerRows(path)
    return terminal.rows.factsAfter(0)
  }

  #letGo(terminal: TerminalBooks): void {
    terminal.rows?.close()
    terminal.rows = undefined
    terminal.writes = undefined
  }

  #checkCard(card: CardBook): void {
    checkDebits(card, this.#books)
    checkLoads(card, this.#books)
    checkBalance(card, this.#books)
  }
}
