/** Every load that a card has taken was held before, and is posted once; every load that is posted was taken. */

import type { Loading } from '../books.ts'
import type { CardBook, Unseen } from '../card-book.ts'
import type { ChipLine } from '../chip-image.ts'
import type { WorldBooks } from '../world-books.ts'

export function checkLoads(card: CardBook, books: WorldBooks): void {
  const claims = books.loadsOf(card)
  for (const [serial, line] of card.loads) checkLoad(card, books, serial, line, claims.get(serial) ?? [])
  for (const loadings of claims.values()) for (const loading of loadings) checkPosted(card, books, loading)
}

export function isLoadOf({ hold }: Loading, line: ChipLine | Unseen): boolean {
  const { terminalNo, time, amount } = hold.fact
  return line.kind === 'unseen' || (line.terminalNo === terminalNo && line.time === time && line.account === amount)
}

function checkLoad(card: CardBook, { findings }: WorldBooks, serial: number, line: ChipLine | Unseen, loadings: readonly Loading[]): void {
  findings.looks('load-once')
  const own = loadings.filter((loading) => isLoadOf(loading, line))
  const posted = own.filter(({ state, lost }) => state === 'posted' && !lost)
  const said = line.kind === 'unseen' ? 'some fen' : `${line.account} fen at ${line.time}`
  if (posted.length > 1) findings.broken('load-once', `${card.name}: load ${serial} of ${said} is booked ${posted.length} times`)
  if (posted.length > 0 || own.some(({ state, lost }) => lost || state === 'open')) return
  const released = own.some(({ state }) => state === 'released')
  findings.broken('load-once', `${card.name}: load ${serial} of ${said} ${released ? 'was given up in the ledger' : 'is neither posted nor held'}`)
}

function checkPosted(card: CardBook, { findings }: WorldBooks, loading: Loading): void {
  if (loading.state !== 'posted' || loading.lost) return
  findings.looks('load-once')
  const { loadId, serialBefore, amount, balanceBefore } = loading.hold.fact
  const what = `${loading.terminal}: load ${loadId} of ${amount} fen onto ${card.name}, serial ${serialBefore}`
  const line = card.loads.get(serialBefore)
  if (line === undefined) findings.broken('load-once', `${what}: posted; the card stands at serial ${card.state?.loadSerial}`)
  else if (!isLoadOf(loading, line) && line.kind !== 'unseen') findings.broken('load-once', `${what}: posted; the card took ${line.account} fen of ${line.time}`)
  const { balanceAfter } = loading.posting?.fact ?? {}
  if (balanceAfter !== undefined && balanceAfter !== balanceBefore + amount) findings.broken('load-once', `${what}: ${balanceBefore} fen and ${amount} were posted as ${balanceAfter}`)
}
