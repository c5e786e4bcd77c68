/**
 * After a quiet time, with everything mended and every card shown once more: nothing is open that could be closed, nothing waits
 * that could be sent, both sides come to the same, and what they do not agree upon has a name.
 */

import type { Loading, Settling } from '../books.ts'
import type { CardBook } from '../card-book.ts'
import type { ChipLine } from '../chip-image.ts'
import type { CentreData } from '../centre-rows.ts'
import { AMOUNTS, type Amounts } from '../fact.ts'
import { parkedIn, refusedIn } from '../ledger-rows.ts'
import { textOf, textOrNone, wholeOf, type Row } from '../row-source.ts'
import { idOf, tellsAnother, type TerminalBooks, type WorldBooks } from '../world-books.ts'
import { isCharged, isOf } from './card-debits.ts'
import { isLoadOf } from './card-loads.ts'
import { ownerOf } from './centre-copy.ts'

/** A card that was shown can prove, unless it is locked, lost for good or has forgotten: those are named by their hold on the screen. */
export function checkOpenHolds(books: WorldBooks, absent: ReadonlySet<string>): void {
  for (const { book, name } of books.terminals.values()) {
    for (const settling of book.settlings.values()) {
      const { state, hold } = settling
      if (state === 'open' && !isUndecidable(settling, book.settlings.values(), books)) checkCannotProve(books, name, hold.fact.intent.cardId, `visit ${hold.fact.visitNo} of ${hold.fact.intent.account} fen`, absent)
    }
    for (const { state, hold } of book.loadings.values()) {
      if (state === 'open' && !isPushedOut(books.cardOfId.get(idOf(hold.fact.cardId)), 'load', hold.fact.serialBefore)) checkCannotProve(books, name, hold.fact.cardId, `load ${hold.fact.loadId} of ${hold.fact.amount} fen`, absent)
    }
  }
  books.findings.looks('quiet-holds')
}

/** A log keeps ten to thirty lines: of a transaction whose line it had, and has no more, the card says nothing. */
function isPushedOut(card: CardBook | undefined, kind: ChipLine['kind'], serial: number): boolean {
  const line = (kind === 'debit' ? card?.debits : card?.loads)?.get(serial)
  return card !== undefined && line !== undefined && line.kind !== 'unseen' && !stands(card, kind, serial)
}

/**
 * Another terminal's debit has taken its serial. Whether the card writes the number before or after into its log is told by the line
 * of a debit that this terminal has booked; without one the balance has to tell, and it does no more: it was of as many fen, or a load
 * has come between. Such a hold stays, on the screen and in every close, until the card is used once more.
 */
function isUndecidable(settling: Settling, own: Iterable<Settling>, books: WorldBooks): boolean {
  const { cardId, serialBefore, balanceBefore, account } = settling.hold.fact.intent
  const card = books.cardOfId.get(idOf(cardId))
  if (isPushedOut(card, 'debit', serialBefore)) return true
  const line = card?.debits.get(serialBefore)
  if (card?.state === undefined || line === undefined || line.kind === 'unseen' || isOf(settling, line, card.opening?.signsOneAmount ?? false)) return false
  if ([...own].some((booked) => showsNumbering(booked, card, cardId))) return false
  return line.account === account || balanceBefore === undefined || card.state.balance !== balanceBefore - line.account
}

const stands = ({ state }: CardBook, kind: ChipLine['kind'], serial: number): boolean =>
  state?.log.some((line) => line.kind === kind && line.serial === serial) === true

const showsNumbering = (settling: Settling, card: CardBook, cardId: string): boolean => {
  const { intent } = settling.hold.fact
  return !settling.lost && isCharged(settling) && intent.cardId === cardId && stands(card, 'debit', intent.serialBefore)
}

function checkCannotProve(books: WorldBooks, terminal: string, cardId: string, what: string, absent: ReadonlySet<string>): void {
  const card = books.cardOfId.get(idOf(cardId))
  if (card === undefined || absent.has(card.name) || card.state?.pinTriesLeft === 0) return
  books.findings.broken('quiet-holds', `${terminal}: ${what} is still in doubt, and ${card.name} was shown`)
}

/** Nobody waits for a card of which the centre can tell: a hold whose serial another booked settlement has was never charged. */
export function checkCleared(terminal: TerminalBooks, { serials }: Pick<CentreData, 'serials'>, books: WorldBooks): void {
  if (tellsAnother(terminal)) return
  const users = new Map(serials.map((row) => [`${idOf(textOf(row, 'card_id'))} ${wholeOf(row, 'serial')}`, textOf(row, 'settlement_id')]))
  for (const { state, hold } of terminal.book.settlings.values()) {
    if (state !== 'open') continue
    const { settlementId, visitNo, intent } = hold.fact
    const user = users.get(`${idOf(intent.cardId)} ${(intent.serialBefore + 1) % 0x1_0000}`)
    books.findings.expect('quiet-holds', user === undefined || user === settlementId, () => `${terminal.name}: visit ${visitNo} is still in doubt, and the centre has settlement ${user} under its serial`)
  }
}

/** What a centre books is sent, and every batch is answered. */
export function checkOutbox(terminal: TerminalBooks, books: WorldBooks): void {
  const { book, rows, name } = terminal
  if (rows === undefined || tellsAnother(terminal)) return
  const [last] = rows.rows('SELECT number, first + count - 1 AS last FROM sync_batch ORDER BY number DESC LIMIT 1')
  const open = rows.rows('SELECT number FROM sync_batch WHERE answered_at IS NULL')
  books.findings.expect('quiet-outbox', open.length === 0, () => `${name}: ${open.length} batches have no answer, the first is ${open[0] === undefined ? 0 : wholeOf(open[0], 'number')}`)
  const sent = last === undefined ? 0 : wholeOf(last, 'last')
  const unsent = [...book.awaiting.keys()].filter((sequence) => sequence > sent)
  books.findings.expect('quiet-outbox', unsent.length === 0, () => `${name}: fact ${unsent[0]} and ${unsent.length - 1} more wait to be sent`)
}

/**
 * What no centre has confirmed lies among the parked entries, with the centre's reason; and of each of them both sides say the same:
 * resolved here and booked there, or waiting here and not booked there.
 */
export function checkNamed(terminal: TerminalBooks, data: CentreData, books: WorldBooks): void {
  const { book, rows, name } = terminal
  if (rows === undefined || tellsAnother(terminal)) return
  const parked = new Map(rows.rows('SELECT sequence, verdict, state FROM parked').map((row) => [wholeOf(row, 'sequence'), row]))
  const chain = [...(books.centre?.chains.values() ?? [])].find((candidate) => ownerOf(candidate, books) === terminal)
  const unbooked = new Set(data.unbooked.filter((row) => textOf(row, 'terminal') === chain?.terminal && kindOf(row) !== 'accepted').map((row) => wholeOf(row, 'sequence')))
  for (const sequence of book.awaiting.keys()) {
    const row = parked.get(sequence)
    const isNamed = row !== undefined && (textOf(row, 'verdict').includes('"kind"') || textOf(row, 'verdict').length > 2)
    books.findings.expect('quiet-named', isNamed, () => `${name}: fact ${sequence} is not confirmed, and nobody says why`)
    if (isNamed) books.findings.expect('quiet-named', unbooked.has(sequence), () => `${name}: fact ${sequence} is parked, the centre has no reason for it`)
  }
  for (const [sequence, row] of parked) checkAgreed(`${name}: fact ${sequence}`, row, unbooked.has(sequence), books)
}

function checkAgreed(fact: string, row: Row, isUnbooked: boolean, { findings }: WorldBooks): void {
  const state = textOf(row, 'state')
  if (state === 'resolved') findings.expect('quiet-named', !isUnbooked, () => `${fact} is resolved, and the centre has not booked it`)
  const isWaiting = state === 'open' || state === 'handed-over'
  if (isWaiting && kindOf(row) !== 'answer-differs') findings.expect('quiet-named', isUnbooked, () => `${fact} waits for somebody, and the centre has booked it`)
}

const kindOf = (row: Row): string => (JSON.parse(textOf(row, 'verdict')) as { readonly kind: string }).kind

/** Settlement by settlement, and then by insurance and clearing class. */
export function checkTotals(terminal: TerminalBooks, data: CentreData, books: WorldBooks): void {
  if (tellsAnother(terminal)) return
  const chains = new Set([...(books.centre?.chains.values() ?? [])].filter((chain) => ownerOf(chain, books) === terminal).map((chain) => chain.terminal))
  const rows = new Map(data.settlements.filter((row) => chains.has(textOf(row, 'terminal'))).map((row) => [textOf(row, 'setl_id'), row]))
  const totals = new Map<string, number>()
  const named = terminal.rows === undefined ? new Set<number>() : parkedIn(terminal.rows)
  for (const settling of terminal.book.settlings.values()) {
    const { confirmation, correctionConfirmation } = settling
    const isNamed = [confirmation, correctionConfirmation].some((at) => at !== undefined && named.has(at.fact.target))
    // Judged otherwise by a centre that was put back from an older copy: parked, with an owner.
    if (isNamed) leaveOut(settling, rows)
    else addSettling(terminal, settling, rows, totals, books)
  }
  for (const row of rows.values()) addRow(totals, row, -1)
  for (const [key, rest] of totals) {
    books.findings.expect('quiet-totals', rest === 0, () => `${terminal.name}: ${key}: the terminal and the centre are ${rest} fen apart`)
  }
}

function leaveOut({ confirmation, correctionConfirmation }: Settling, rows: Map<string, Row>): void {
  for (const at of [confirmation, correctionConfirmation]) if (at !== undefined) rows.delete(at.fact.setlId)
}

function addSettling(terminal: TerminalBooks, settling: Settling, rows: ReadonlyMap<string, Row>, totals: Map<string, number>, books: WorldBooks): void {
  const { confirmation, correctionConfirmation, hold } = settling
  // Also where they came after a correction and moved nothing here: the centre books its own amounts, and takes those back.
  const amounts = (confirmation?.fact.ofRecord ?? hold.fact).amounts
  for (const [at, sign] of [[confirmation, 1], [correctionConfirmation, -1]] as const) {
    if (at === undefined) continue
    const row = rows.get(at.fact.setlId)
    books.findings.looks('quiet-totals')
    if (row === undefined) {
      books.findings.broken('quiet-totals', `${terminal.name}: visit ${hold.fact.visitNo} is confirmed as ${at.fact.setlId}, the centre has no such row`)
      continue
    }
    const isBack = textOrNone(row, 'reverses') !== undefined
    if (isBack !== (sign === -1)) books.findings.broken('quiet-totals', `${terminal.name}: ${at.fact.setlId} is a booking on one side and takes back on the other`)
    sameRow(terminal, hold.fact.visitNo, amounts, sign, row, books)
    addRow(totals, { ...row, ...signed(amounts, sign) }, 1)
  }
}

function sameRow(terminal: TerminalBooks, visitNo: string, amounts: Amounts, sign: 1 | -1, row: Row, books: WorldBooks): void {
  for (const name of AMOUNTS) {
    const [here, there] = [sign * amounts[name], wholeOf(row, name)]
    books.findings.expect('quiet-totals', here === there, () => `${terminal.name}: visit ${visitNo}: ${name} is ${here} fen here, ${there} at the centre`)
  }
}

const signed = (amounts: Amounts, sign: 1 | -1): Row => Object.fromEntries(AMOUNTS.map((name) => [name, sign * amounts[name]]))

const COMPARED = ['total', 'fund_paid', 'account', 'cash'] as const

function addRow(totals: Map<string, number>, row: Row, sign: 1 | -1): void {
  for (const name of COMPARED) {
    const key = `insutype ${textOf(row, 'insutype')}, clr_type ${textOf(row, 'clr_type')}, ${name}`
    totals.set(key, (totals.get(key) ?? 0) + sign * wholeOf(row, name))
  }
}

/** The last day was closed when everybody could be reached and nothing was on its way: what the centre sums up is what it lists. */
export function checkLastClose({ name, book }: TerminalBooks, books: WorldBooks): void {
  const [close] = book.closes.slice(-1)
  if (close === undefined) return
  const { centre } = JSON.parse(Buffer.from(close.fact.report).toString('utf8')) as { readonly centre?: { readonly reason?: string } }
  books.findings.expect('quiet-totals', centre?.reason !== 'details-differ', () => `${name}: close of ${close.fact.day}: the centre's totals are not what its details come to`)
}

/** The centre's balance of a card is what lies on it, less what is still on its way there by name. */
export function checkCardsOfRecord(books: WorldBooks, data: CentreData): void {
  const booked = new Set([
    ...data.settlements.filter((row) => textOrNone(row, 'reverses') === undefined).map((row) => textOf(row, 'medins_setl_id')),
    ...data.loads.filter((row) => textOf(row, 'state') === 'closed').map((row) => textOf(row, 'load_id'))
  ])
  for (const row of data.cards) {
    const card = books.cardOfId.get(idOf(textOf(row, 'card_id')))
    if (card?.state === undefined || card.foreign.size > 0) continue
    const unbooked = unbookedOf(card, books, booked)
    const expected = wholeOf(row, 'balance') + unbooked
    const { balance } = card.state
    books.findings.expect('fen-conserved', expected === balance, () => `${card.name}: ${balance} fen on it; of record are ${wholeOf(row, 'balance')}, and ${unbooked} are named as not booked, or were lost with a disk`)
  }
}

/** Fen by which debits and loads that no centre has confirmed, or that no ledger has any more, have moved the card. `booked`: their numbers at the centre. */
function unbookedOf(card: CardBook, books: WorldBooks, booked: ReadonlySet<string>): number {
  let fen = 0
  const refused = new Map([...books.terminals.values()].map(({ name, rows }) => [name, rows === undefined ? new Set<number>() : refusedIn(rows)]))
  const isConfirmed = (id: string, { confirmation, terminal, lost }: Settling | Loading): boolean => {
    // What a ledger has lost it cannot send again to a centre that was put back, and it may have lost the confirmation: the centre is asked.
    const owner = books.terminals.get(terminal)
    if (lost || (owner !== undefined && tellsAnother(owner))) return booked.has(id)
    // What was confirmed, a centre that was put back from an older copy may have refused when it came once more.
    return confirmation !== undefined && refused.get(terminal)?.has(confirmation.fact.target) !== true
  }
  for (const [serial, settlings] of books.debitsOf(card)) {
    const line = card.debits.get(serial)
    const own = settlings.filter((settling) => settling.posting !== undefined || (line !== undefined && isOf(settling, line, card.opening?.signsOneAmount ?? false)))
    for (const settling of standing(own)) {
      const { settlementId, intent } = settling.hold.fact
      if (!isConfirmed(settlementId, settling)) fen -= intent.account
    }
  }
  for (const [serial, loadings] of books.loadsOf(card)) {
    const line = card.loads.get(serial)
    const own = loadings.filter((loading) => loading.state === 'posted' || (line !== undefined && isLoadOf(loading, line)))
    for (const loading of standing(own)) {
      const { loadId, amount } = loading.hold.fact
      if (!isConfirmed(loadId, loading)) fen += amount
    }
  }
  return fen
}

/** Of one transaction: what was released owns nothing, and what was lost only what nobody has written again. */
function standing<Claim extends Settling | Loading>(claims: readonly Claim[]): readonly Claim[] {
  const kept = claims.filter(({ state, lost }) => !lost && state !== 'released')
  return kept.length > 0 ? kept : claims.filter(({ lost }) => lost).slice(0, 1)
}
