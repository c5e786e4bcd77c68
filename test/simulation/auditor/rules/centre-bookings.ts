/**
 * What the centre has booked, against what it has told: each accepted fact is one row with the amounts of that fact, or those of
 * record that were told, and no row stands that nobody was told of.
 */

import type { Verdict } from '../batch-body.ts'
import type { CentreChain } from '../centre-chains.ts'
import type { CentreData } from '../centre-rows.ts'
import { AMOUNTS, type AmountName, type Counters, type Fact, type Hold } from '../fact.ts'
import type { Findings } from '../failure.ts'
import { textOf, textOrNone, wholeOf, type Row } from '../row-source.ts'
import { fenOf } from './told.ts'

/** What was booked, and what it has moved. */
export interface Booked {
  readonly row: Row
  readonly hold: Hold
  readonly counters: Counters
}

export interface Bookings {
  /** By setl_id; of postings, reversals have theirs beside them. */
  readonly postings: ReadonlyMap<string, Booked>
  /** setl_id of rows that take back, and what they take back. */
  readonly reversed: ReadonlyMap<string, string>
}

export function checkBookings(chains: Iterable<CentreChain>, data: CentreData, findings: Findings): Bookings {
  const rows = new Map(data.settlements.map((row) => [textOf(row, 'setl_id'), row]))
  const judged = new Map(data.unbooked.map((row) => [`${textOf(row, 'terminal')} ${wholeOf(row, 'sequence')}`, JSON.parse(textOf(row, 'verdict')) as Verdict]))
  const books = new BookingsUnderCheck(data, rows, findings)
  for (const chain of chains) {
    chain.facts.forEach((fact, sequence) => {
      const verdict = judged.get(`${chain.terminal} ${sequence}`) ?? chain.verdicts.get(sequence)
      if (fact !== undefined && verdict?.kind === 'accepted') books.accepted(chain, sequence, fact, verdict)
    })
  }
  books.finish()
  return books
}

class BookingsUnderCheck implements Bookings {
  readonly postings = new Map<string, Booked>()
  readonly reversed = new Map<string, string>()
  readonly #data: CentreData
  readonly #rows: ReadonlyMap<string, Row>
  readonly #findings: Findings
  readonly #ids = new Set<string>()

  constructor(data: CentreData, rows: ReadonlyMap<string, Row>, findings: Findings) {
    this.#data = data
    this.#rows = rows
    this.#findings = findings
  }

  accepted(chain: CentreChain, sequence: number, fact: Fact, verdict: Verdict): void {
    const setlId = verdict.setlId ?? ''
    const what = `centre: fact ${sequence} of ${chain.terminal}, booked as ${setlId}`
    this.#findings.expect('setl-id', !this.#ids.has(setlId), () => `${what}: another fact is booked under it`)
    this.#ids.add(setlId)
    if (fact.kind === 'load-posting') return this.#load(what, fact.loadId, setlId)
    const row = this.#rows.get(setlId)
    const isThere = row !== undefined && textOf(row, 'terminal') === chain.terminal && wholeOf(row, 'sequence') === sequence
    this.#findings.expect('centre-books', isThere, () => `${what}: there is no such row`)
    if (row === undefined || !isThere) return
    if (fact.kind === 'posting') this.#posting(what, chain, row, fact.hold, verdict)
    else if (fact.kind === 'correction') this.reversed.set(setlId, textOf(row, 'reverses'))
    else this.#findings.broken('centre-books', `${what}: a ${fact.kind} has nothing to book`)
  }

  #posting(what: string, chain: CentreChain, row: Row, holdAt: number, { ofRecord, setlId = '', setlTime }: Verdict): void {
    const hold = chain.facts[holdAt]
    if (hold?.kind !== 'hold') return this.#findings.broken('centre-books', `${what}: it names no hold`)
    this.#findings.expect('centre-books', textOf(row, 'medins_setl_id') === hold.settlementId, () => `${what}: the row is of ${textOf(row, 'medins_setl_id')}, the fact of ${hold.settlementId}`)
    this.#findings.expect('centre-books', textOf(row, 'setl_time') === setlTime, () => `${what}: it was told for ${setlTime}, the row says ${textOf(row, 'setl_time')}`)
    if (ofRecord === undefined) this.#sameAmounts(what, row, (name) => hold.amounts[name])
    else this.#sameAmounts(what, row, (name) => toldAmount(ofRecord.amounts, name))
    const account = wholeOf(row, 'account') - wholeOf(row, 'mutual_aid')
    this.#findings.expect('centre-books', account <= hold.intent.account, () => `${what}: the account pays ${account} fen of it, the card was debited ${hold.intent.account}`)
    const counters = ofRecord === undefined ? hold.counters : new Map(Object.entries(ofRecord.counters).map(([name, yuan]) => [name, fenOf(yuan)]))
    this.postings.set(setlId, { row, hold, counters })
  }

  #sameAmounts(what: string, row: Row, amount: (name: AmountName) => number | undefined): void {
    for (const name of AMOUNTS) {
      const [told, booked] = [amount(name) ?? 0, wholeOf(row, name)]
      this.#findings.expect('centre-books', told === booked, () => `${what}: ${name} is ${told} fen, ${booked} are booked`)
    }
  }

  #load(what: string, loadId: string, setlId: string): void {
    const row = this.#data.loads.find((load) => textOf(load, 'load_id') === loadId)
    const isClosed = row !== undefined && textOf(row, 'state') === 'closed' && textOf(row, 'setl_id') === setlId
    this.#findings.expect('centre-books', isClosed, () => `${what}: load ${loadId} is ${row === undefined ? 'unknown' : textOf(row, 'state')}`)
  }

  finish(): void {
    for (const reversal of this.#data.reversals) {
      this.reversed.set(textOf(reversal, 'setl_id'), textOf(reversal, 'reverses'))
      this.#ids.add(textOf(reversal, 'setl_id'))
    }
    for (const [setlId, row] of this.#rows) {
      if (textOf(row, 'source') !== 'terminal') continue
      this.#findings.expect('centre-books', this.#ids.has(setlId), () => `centre: ${setlId} is booked, and nobody was told`)
    }
    for (const [by, reverses] of this.reversed) this.#pair(by, reverses)
    this.#visits()
  }

  #pair(by: string, reverses: string): void {
    const [back, booked] = [this.#rows.get(by), this.#rows.get(reverses)]
    if (back === undefined || booked === undefined) return this.#findings.broken('centre-books', `centre: ${by} takes back ${reverses}, one of them is not there`)
    this.#findings.expect('centre-books', textOrNone(booked, 'reversed_by') === by, () => `centre: ${reverses} was taken back by ${by} and does not say so`)
    for (const name of AMOUNTS) {
      const rest = wholeOf(back, name) + wholeOf(booked, name)
      this.#findings.expect('centre-books', rest === 0, () => `centre: ${by} leaves ${rest} fen of ${name} in ${reverses}`)
    }
  }

  #visits(): void {
    const visits = new Map<string, string>()
    for (const [setlId, row] of this.#rows) {
      if (textOf(row, 'source') !== 'terminal' || textOrNone(row, 'reverses') !== undefined) continue
      const visit = `${textOf(row, 'institution')} ${textOf(row, 'visit_no')}`
      const other = visits.get(visit)
      this.#findings.expect('visit-once', other === undefined, () => `centre: visit ${visit} is booked as ${other} and as ${setlId}`)
      visits.set(visit, setlId)
    }
  }
}

/** Funds stand in an object of their own on this wire, zeros are left out. */
export function toldAmount(amounts: Readonly<Record<string, unknown>>, name: AmountName): number {
  const funds = amounts['funds']
  const camel = name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  const inFunds = typeof funds === 'object' && funds !== null ? (funds as Readonly<Record<string, unknown>>)[name] : undefined
  const said = amounts[camel] ?? amounts[name] ?? inFunds
  return said === undefined ? 0 : fenOf(said)
}
