/**
 * The same rules over what is left on disk of real processes: ledgers in folders, memories of cards in files, a centre on whatever
 * database. Nothing is followed here, everything is read from its beginning; what is broken is gathered and not thrown.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CentreChains } from './centre-chains.ts'
import { openingOf, readCentreFrom, type CentreData, type CentreOpening } from './centre-rows.ts'
import { Findings, type AuditFailure } from './failure.ts'
import { LedgerRows } from './ledger-rows.ts'
import type { RowSource } from './row-source.ts'
import { checkAmounts } from './rules/amounts.ts'
import { checkAnswered } from './rules/answered.ts'
import { Caps } from './rules/caps.ts'
import { checkBalance } from './rules/card-balance.ts'
import { checkDebits } from './rules/card-debits.ts'
import { checkLoads } from './rules/card-loads.ts'
import { checkBookings } from './rules/centre-bookings.ts'
import { checkCopy } from './rules/centre-copy.ts'
import { checkCredits } from './rules/centre-credits.ts'
import { checkStanding } from './rules/centre-standing.ts'
import { checkCentreSums } from './rules/centre-sums.ts'
import { checkClose } from './rules/close.ts'
import { checkConfirmed } from './rules/confirmed.ts'
import { checkPrints } from './rules/prints.ts'
import { checkCardsOfRecord, checkNamed, checkOpenHolds, checkOutbox, checkTotals } from './rules/quiet.ts'
import { checkRefused } from './rules/refused.ts'
import { checkRunningTables } from './rules/running-tables.ts'
import { SecretSearch } from './secrets.ts'
import type { NamedKey } from './view.ts'
import { WorldBooks } from './world-books.ts'

export interface FoldersView {
  /** ledger.db with its log, prints and whatever else a till writes lie in the folder. Its host may be alive. */
  readonly tills: readonly { readonly name: string; readonly folder: string }[]
  readonly cards: readonly CardFile[]
  readonly centre: RowSource | undefined
  /** What `centreOpening` said when the run began. */
  readonly opening?: CentreOpening | undefined
  readonly told: readonly ToldOfFolders[]
  readonly secrets: { readonly pins: readonly string[]; readonly keys: readonly NamedKey[] }
  /** Every card was shown and everything was sent. */
  readonly isQuiet: boolean
  /** Names of cards that could not be shown. */
  readonly absent?: readonly string[]
}

export interface CardFile {
  readonly name: string
  /** Its file as it is now; read before the ledgers are. */
  readonly image: Uint8Array
  /** And as it was when the run began. */
  readonly opening: Uint8Array
}

/** What a window was told, amounts in fen. */
export interface ToldOfFolders {
  readonly till: string
  readonly kind: 'settled' | 'refunded' | 'loaded'
  /** Of the settlement, or of the load. */
  readonly id: string
  readonly account: number
  readonly total: number
}

export const centreOpening = async (source: RowSource): Promise<CentreOpening> => openingOf(await readCentreFrom(source))

/** Nothing: everything is as it should be. */
export async function auditFolders(view: FoldersView): Promise<readonly AuditFailure[]> {
  const findings = new Findings('gather')
  const books = new WorldBooks(findings)
  // A live centre may go on while it is read: it is read first, so that every ledger is at least as far.
  const data = view.centre === undefined ? undefined : await readCentreFrom(view.centre)
  for (const { name, opening } of view.cards) books.addCard(name, opening)
  try {
    for (const till of view.tills) readTill(till, books)
    for (const { name, image } of view.cards) books.cards.get(name)?.look(image)
    checkCards(books)
    for (const told of view.told) checkToldHere(told, books)
    if (data !== undefined) checkCentre(data, view, books)
    if (view.isQuiet) checkQuiet(data, view, books)
    checkFiles(view, findings)
  } finally {
    for (const { rows } of books.terminals.values()) rows?.close()
  }
  return findings.failures
}

function readTill({ name, folder }: FoldersView['tills'][number], books: WorldBooks): void {
  const path = join(folder, 'ledger.db')
  if (!existsSync(path)) return
  const terminal = books.terminal(name)
  const { findings } = books
  terminal.rows = new LedgerRows(path)
  terminal.rows.snapshot(() => {
    if (terminal.rows === undefined) return
    for (const row of terminal.rows.factsAfter(0)) {
      const fact = terminal.book.take(row)
      if (fact === undefined) continue
      checkAmounts(name, fact, findings)
      books.index(terminal, fact, row.sequence)
      if (fact.kind === 'close') checkClose(terminal.book, fact, row.sequence, findings)
    }
    checkRunningTables(terminal.book, terminal.rows, findings)
    checkAnswered(terminal, terminal.rows, 0, books)
  })
  checkPrints(folder, terminal.book, findings)
}

function checkCards(books: WorldBooks): void {
  for (const card of books.cards.values()) {
    checkDebits(card, books)
    checkLoads(card, books)
    checkBalance(card, books)
  }
}

function checkToldHere({ till, kind, id, account, total }: ToldOfFolders, books: WorldBooks): void {
  const { book } = books.terminal(till)
  const settling = book.bySettlement.get(id)
  const loading = book.byLoad.get(id)
  const amounts = settling?.hold.fact.amounts
  const isSettled = (settling?.state === 'posted' || settling?.state === 'corrected') && amounts?.account === account && amounts.total === total
  const isThere = { settled: isSettled, refunded: settling?.state === 'corrected', loaded: loading?.state === 'posted' && loading.hold.fact.amount === account }[kind]
  const found = settling === undefined ? (loading?.state ?? 'in no ledger') : `${settling.state}, ${amounts?.total} fen of which the account pays ${amounts?.account}`
  books.findings.expect('told-is-durable', isThere, () => `${till}: ${id} was told as ${kind}, ${total} fen of which the account pays ${account}; it is ${found}`)
}

function checkCentre(data: CentreData, { opening }: FoldersView, books: WorldBooks): void {
  const { findings } = books
  const chains = new CentreChains(findings)
  books.centre = chains
  for (const row of data.batches) {
    const taken = chains.take(row)
    if (taken !== undefined) checkCopy(taken.chain, taken.first, taken.last, books)
  }
  checkStanding(chains, data, findings)
  const bookings = checkBookings(chains.chains.values(), data, findings)
  checkRefused(chains.chains.values(), data, findings)
  checkCredits(data, findings)
  if (opening !== undefined) checkCentreSums(bookings, data, opening, findings)
  const holds = [...books.terminals.values()].flatMap(({ name, book }) => [...book.settlings.values()].map(({ hold }) => ({ name, hold: hold.fact })))
  const caps = new Caps(data.policies, new Set(holds.map(({ hold }) => hold.policyId)))
  for (const { name, hold } of holds) caps.checkHold(name, hold, findings)
  for (const { name, book } of books.terminals.values()) for (const [key, used] of book.years) caps.checkYear(name, key, used, findings)
}

function checkQuiet(data: CentreData | undefined, { absent = [] }: FoldersView, books: WorldBooks): void {
  checkOpenHolds(books, new Set(absent))
  if (data === undefined) return
  for (const terminal of books.terminals.values()) {
    checkOutbox(terminal, books)
    checkNamed(terminal, data, books)
    checkTotals(terminal, data, books)
    checkConfirmed(terminal, data, books)
  }
  checkCardsOfRecord(books, data)
}

/** Keys of the till's own and the memories of chips are files of secrets, and no business of this. */
const SECRET_FILES = /\.(?:pem|psam|psam-sm4|card|chip)$/

function checkFiles({ tills, secrets }: FoldersView, findings: Findings): void {
  // Nothing to look for: a till's files are large.
  if (secrets.pins.length + secrets.keys.length === 0) return
  const search = new SecretSearch(secrets.keys)
  const pins = new Set(secrets.pins)
  for (const { name, folder } of tills) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !SECRET_FILES.test(entry.name))
    for (const file of files) {
      const path = join(file.parentPath, file.name)
      const found = existsSync(path) ? search.inBytes(readFileSync(path), pins) : undefined
      findings.expect('nothing-secret', found === undefined, () => `${found} stands in ${file.name} of ${name}`)
    }
  }
}
