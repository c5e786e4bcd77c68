/** The centre's running sums, made again from what it has booked: balances of record, serials of cards, what people have used. */

import type { CentreData, CentreOpening } from '../centre-rows.ts'
import type { Findings } from '../failure.ts'
import { textOf, wholeOf, type Row } from '../row-source.ts'
import type { Bookings } from './centre-bookings.ts'
import { sameCounters } from './running-tables.ts'
import { shortCard } from '../books.ts'

export function checkCentreSums(bookings: Bookings, data: CentreData, opening: CentreOpening, findings: Findings): void {
  checkBalances(bookings, data, findings)
  checkSerials(bookings, data, findings)
  // The national interface moves counters by rows of its own; a person who is settled there is left out.
  const national = new Set(data.settlements.filter((row) => textOf(row, 'source') !== 'terminal').map((row) => textOf(row, 'psn_no')))
  checkYears(bookings, data, opening, national, findings)
}

/** Taking back moves no purse: the card was debited, and what it is owed comes back by a load. */
function checkBalances({ postings }: Bookings, data: CentreData, findings: Findings): void {
  const moved = new Map<string, number>()
  const move = (card: string, fen: number): void => void moved.set(card, (moved.get(card) ?? 0) + fen)
  for (const { hold } of postings.values()) move(hold.intent.cardId, -hold.intent.account)
  for (const load of data.loads) if (textOf(load, 'state') === 'closed') move(textOf(load, 'card_id'), wholeOf(load, 'amount'))
  for (const card of data.cards) {
    const id = textOf(card, 'card_id')
    const expected = wholeOf(card, 'issued_balance') + (moved.get(id) ?? 0)
    const found = wholeOf(card, 'balance')
    findings.expect('centre-balance', expected === found, () => `centre: card ${shortCard(id)} comes to ${expected} fen of record, ${found} are kept`)
  }
}

function checkSerials({ postings }: Bookings, data: CentreData, findings: Findings): void {
  const expected = new Map([...postings.values()].map(({ hold }) => [`${hold.intent.cardId} ${hold.intent.serialBefore + 1}`, hold.settlementId]))
  for (const row of data.serials) {
    const key = `${textOf(row, 'card_id')} ${wholeOf(row, 'serial')}`
    const settlement = expected.get(key)
    findings.expect('debit-once', settlement === textOf(row, 'settlement_id'), () => `centre: serial ${wholeOf(row, 'serial')} of card ${shortCard(textOf(row, 'card_id'))} stands for ${textOf(row, 'settlement_id')}, booked is ${settlement ?? 'nothing'}`)
  }
  findings.expect('debit-once', expected.size === data.serials.length, () => `centre: ${expected.size} debits are booked, ${data.serials.length} serials are kept`)
}

function checkYears(bookings: Bookings, data: CentreData, opening: CentreOpening, without: ReadonlySet<string>, findings: Findings): void {
  const computed = byYear(opening.accumulators)
  const move = (setlId: string, sign: 1 | -1): void => {
    const booked = bookings.postings.get(setlId)
    if (booked === undefined) return
    const key = `${textOf(booked.row, 'psn_no')} ${booked.hold.insutype} ${booked.hold.year}`
    const used = computed.get(key) ?? new Map<string, number>()
    computed.set(key, used)
    for (const [name, fen] of booked.counters) used.set(name, (used.get(name) ?? 0) + sign * fen)
  }
  for (const setlId of bookings.postings.keys()) move(setlId, 1)
  for (const reverses of bookings.reversed.values()) move(reverses, -1)
  const stored = byYear(data.accumulators)
  for (const key of new Set([...computed.keys(), ...stored.keys()])) {
    if (without.has(key.slice(0, key.indexOf(' ')))) continue
    sameCounters(`centre: year ${key}`, computed.get(key), stored.get(key), findings)
  }
}

function byYear(rows: readonly Row[]): Map<string, Map<string, number>> {
  return new Map(
    rows.map((row) => [
      `${textOf(row, 'psn_no')} ${textOf(row, 'insutype')} ${wholeOf(row, 'year')}`,
      new Map(Object.entries(JSON.parse(textOf(row, 'counters')) as Readonly<Record<string, number>>))
    ])
  )
}
