/**
 * Every debit that a card has made has one owner: a posting, or a hold that is still to be seen; and every posting has its debit.
 * Which is which tells the card's own log: serial, terminal, time and amounts.
 */

import type { Settling } from '../books.ts'
import type { CardBook, Unseen } from '../card-book.ts'
import type { ChipLine } from '../chip-image.ts'
import type { WorldBooks } from '../world-books.ts'

export function checkDebits(card: CardBook, books: WorldBooks): void {
  const claims = books.debitsOf(card)
  for (const [serial, line] of card.debits) checkDebit(card, books, serial, line, claims.get(serial) ?? [])
  const tacs = new Map<string, Settling>()
  for (const settlings of claims.values()) {
    for (const settling of settlings) {
      checkPosting(card, books, settling)
      checkTacOnce(card, books, settling, tacs)
    }
  }
}

/** A proof of a card stands for one settlement, at whatever terminal. */
function checkTacOnce(card: CardBook, { findings }: WorldBooks, settling: Settling, tacs: Map<string, Settling>): void {
  const tac = settling.lost ? undefined : settling.posting?.fact.tac?.toUpperCase()
  if (tac === undefined) return
  const other = tacs.get(tac)
  findings.expect('debit-once', other === undefined, () => `${card.name}: TAC ${tac} stands for ${other?.hold.fact.settlementId} at ${other?.terminal} and for ${settling.hold.fact.settlementId} at ${settling.terminal}`)
  tacs.set(tac, settling)
}

/** Whether what the card has logged is what this hold asked it for. */
export function isOf({ hold }: Settling, line: ChipLine | Unseen, signsOneAmount: boolean): boolean {
  const { intent } = hold.fact
  if (line.kind === 'unseen') return true
  const isSame = line.terminalNo === intent.terminalNo && line.time === intent.time && line.account === intent.account
  return isSame && (signsOneAmount || (line.own === intent.own && line.pooled === intent.pooled))
}

export const isCharged = ({ state }: Settling): boolean => state === 'posted' || state === 'corrected'

function checkDebit(card: CardBook, { findings }: WorldBooks, serial: number, line: ChipLine | Unseen, settlings: readonly Settling[]): void {
  findings.looks('debit-once')
  findings.looks('charge-booked')
  if (card.foreign.has(serial)) return
  const own = settlings.filter((settling) => isOf(settling, line, card.opening?.signsOneAmount ?? false))
  const posted = own.filter((settling) => isCharged(settling) && !settling.lost)
  if (posted.length > 1) {
    const ids = posted.map(({ hold, terminal }) => `${hold.fact.settlementId} at ${terminal}`).join(' and ')
    findings.broken('debit-once', `${card.name}: debit ${serial} is booked as ${ids}`)
  }
  if (posted.length > 0 || own.some(({ state, lost }) => lost || state === 'open')) return
  const said = line.kind === 'unseen' ? 'some fen' : `${line.account} fen at ${line.time}`
  const released = own.find(({ state }) => state === 'released')
  findings.broken(
    'charge-booked',
    released === undefined
      ? `${card.name}: debit ${serial} of ${said} is neither posted nor held`
      : `${card.name}: debit ${serial} of ${said}; the hold of visit ${released.hold.fact.visitNo} was released at ${released.terminal}`
  )
}

function checkPosting(card: CardBook, { findings }: WorldBooks, settling: Settling): void {
  const { posting, hold, terminal } = settling
  if (posting === undefined || settling.lost || !isCharged(settling)) return
  const { serialBefore, account, balanceBefore } = hold.fact.intent
  const what = `${terminal}: visit ${hold.fact.visitNo} (${hold.fact.settlementId}) on ${card.name}, serial ${serialBefore}`
  const line = card.debits.get(serialBefore)
  findings.looks('posting-has-debit')
  if (line === undefined) {
    findings.broken('posting-has-debit', `${what}: posted ${account} fen; the card stands at serial ${card.state?.purchaseSerial}`)
  } else if (!isOf(settling, line, card.opening?.signsOneAmount ?? false) && line.kind !== 'unseen') {
    findings.broken('posting-has-debit', `${what}: posted ${account} fen of ${hold.fact.intent.time}; the card signed ${line.account} fen of ${line.time}`)
  }
  const tac = card.tacs.get(`debit ${serialBefore}`)
  const stated = posting.fact.tac?.toUpperCase()
  if (tac !== undefined && stated !== undefined && tac !== stated) findings.broken('posting-has-debit', `${what}: posted under TAC ${stated}, the card's is ${tac}`)
  if (posting.fact.serialAfter !== serialBefore + 1) findings.broken('posting-has-debit', `${what}: posted as serial ${posting.fact.serialAfter}`)
  const { balanceAfter } = posting.fact
  if (balanceBefore !== undefined && balanceAfter !== undefined && balanceAfter !== balanceBefore - account) {
    findings.broken('posting-has-debit', `${what}: ${balanceBefore} fen less ${account} were posted as ${balanceAfter}`)
  }
}
