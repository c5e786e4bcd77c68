/**
 * The records of a till: settlements and holds in doubt, newest first, a page at a time. The ledger may hold a million of
 * them and the counter serves while somebody searches, so one call looks at a bounded number and rests in between; `next`
 * goes on where it stopped, also when a page is not full.
 *
 *   to      found by halving: holds are in the order of the chain, and the till's clock goes forward
 *   from    a stretch of older ones ends the search; a single one may be a clock that was wrong for a moment
 */

import { ok, type Result } from '../../../base/result.ts'
import type { LedgerReader, Recorded } from '../../../settlement/ledger/ledger.ts'
import type { StoreFailure } from '../../../settlement/ledger/refusal.ts'
import { ZERO } from '../../../settlement/money/fen.ts'
import type { Params } from '../../contract/requests.ts'
import type { RecordRow, RecordsPage } from '../../contract/settlement-view.ts'
import { recordRow } from './record-row.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import { heldVisit, owedOf, settledVisit, stateOf, type RecordedVisit } from './recorded-visit.ts'
import { readSettledPerson, type SettledPerson } from './settled-document.ts'

export type RecordsQuery = Params<'records.search'>

export interface Rest {
  /** ms; only differences count. */
  readonly now: () => number
  /** Lets everything else of the process have its turn. */
  readonly rest: () => Promise<void>
}

/** Settlements that one call looks at. */
export const LOOKED_AT_MAX = 2_000
/** How long it looks before it rests. One bill more may be read after that: 500 lines take a few ms. */
const BUSY_MS = 5
/** Older ones in a row that end the search. */
const OLDER_MAX = 50

export async function searchRecords(ledger: LedgerReader, query: RecordsQuery, turn: Rest): Promise<Result<RecordsPage, StoreFailure>> {
  const open = query.state === 'settled' || query.state === 'refunded' || query.state === 'owed' ? ok([]) : ledger.openHolds()
  if (!open.ok) return open
  const start = query.after === null ? endOf(ledger, query.to) : ok(query.after)
  if (!start.ok) return start
  const newest = new NewestFirst(ledger, open.value, query.state === 'in-doubt' ? 0 : start.value, query.after ?? Infinity)
  const rows: RecordRow[] = []
  let older = 0
  let since = turn.now()
  for (let lookedAt = 0; lookedAt < LOOKED_AT_MAX && rows.length < query.limit; lookedAt += 1) {
    const found = newest.next()
    if (!found.ok) return found
    if (found.value === undefined || older === OLDER_MAX) return ok({ rows, next: null })
    older = dayOf(found.value.hold) < query.from ? older + 1 : 0
    const row = matching(found.value, query)
    if (row !== undefined) rows.push(row)
    if (turn.now() - since >= BUSY_MS) {
      await turn.rest()
      since = turn.now()
    }
  }
  return ok({ rows, next: newest.position })
}

/** Settlements and open holds as one row of records, by the number of the hold. */
class NewestFirst {
  readonly #ledger: LedgerReader
  readonly #open: Recorded<'hold'>[]
  #before: number
  #ahead: RecordedVisit | undefined
  /** Everything that was handed out has a larger number, or this one. */
  position: number

  constructor(ledger: LedgerReader, open: readonly Recorded<'hold'>[], before: number, openBefore: number) {
    this.#ledger = ledger
    this.#open = open.filter(({ sequence }) => sequence < openBefore)
    this.#before = before
    this.position = before
  }

  next(): Result<RecordedVisit | undefined, StoreFailure> {
    if (this.#ahead === undefined && this.#before > 0) {
      const settled = this.#ledger.settlements({ before: this.#before, limit: 1 })
      if (!settled.ok) return settled
      this.#ahead = settled.value.map(settledVisit)[0]
      if (this.#ahead === undefined) this.#before = 0
    }
    const [settled, held] = [this.#ahead, this.#open.at(-1)]
    if (held !== undefined && (settled === undefined || held.sequence > settled.hold.sequence)) {
      this.#open.pop()
      return ok(this.#at(heldVisit(held)))
    }
    if (settled === undefined) return ok(undefined)
    this.#ahead = undefined
    this.#before = settled.hold.sequence
    return ok(this.#at(settled))
  }

  #at(visit: RecordedVisit): RecordedVisit {
    this.position = visit.hold.sequence
    return visit
  }
}

const dayOf = ({ fact: { heldAt } }: Recorded<'hold'>): string => readableTime(heldAt).slice(0, 10)

/** A number that every hold up to the end of `to` lies below; of the later ones as few as halving finds. */
function endOf(ledger: LedgerReader, to: string): Result<number, StoreFailure> {
  const head = ledger.head()
  if (!head.ok) return head
  let [low, high] = [0, head.value.sequence + 1]
  // The newest first: most searches are for today.
  for (let probe = high; low < high; probe = low + Math.ceil((high - low) / 2)) {
    const newest = ledger.settlements({ before: probe, limit: 1 })
    if (!newest.ok) return newest
    const [settlement] = newest.value
    if (settlement === undefined || dayOf(settlement.hold) <= to) low = probe
    else high = settlement.hold.sequence
  }
  return ok(high)
}

function matching(visit: RecordedVisit, { from, to, text, state }: RecordsQuery): RecordRow | undefined {
  const day = dayOf(visit.hold)
  if (day < from || day > to || !isIn(state, visit)) return undefined
  const sought = text.trim().toLowerCase()
  if (sought === '') return recordRow(visit)
  const { settlementId, visit: stated, result } = visit.hold.fact
  const isNumber = [settlementId, stated.visitNo].some((number) => number.toLowerCase().includes(sought))
  const person = readSettledPerson(result)
  return isNumber || isPerson(person, sought) ? recordRow(visit, person) : undefined
}

const isPerson = ({ name, cardNumber }: SettledPerson, sought: string): boolean =>
  name.toLowerCase().includes(sought) || cardNumber.toLowerCase().includes(sought)

function isIn(state: RecordsQuery['state'], visit: RecordedVisit): boolean {
  if (state === 'all') return true
  return state === 'owed' ? owedOf(visit) > ZERO : stateOf(visit) === state
}
