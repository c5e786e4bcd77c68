/**
 * What a centre has told a terminal of the years of single people: used anywhere, with the terminal's own facts as far as it had booked
 * them. A till may go by any of it that it may have heard while the card lay there, with its own facts behind that.
 */

import { effectiveCounters } from './books.ts'
import type { LedgerBook } from './ledger-book.ts'
import { fenOf } from './rules/told.ts'
import type { Observation } from './view.ts'

type Counters = ReadonlyMap<string, number>

interface ToldAnswer {
  /** The terminal's last fact that is in it. */
  readonly sequence: number
  /** By insutype and year. */
  readonly years: ReadonlyMap<string, Counters>
}

const ASKED = '/v1/entitlements?certno='

export class ToldYears {
  /** Whom an exchange asks about. */
  readonly #asked = new Map<number, string>()
  /** By terminal and citizen number, each answer once. */
  readonly #answers = new Map<string, Map<string, ToldAnswer>>()

  told(observation: Observation): void {
    switch (observation.kind) {
      case 'http-request':
        if (observation.exchange !== undefined && observation.path.startsWith(ASKED)) this.#asked.set(observation.exchange, decodeURIComponent(observation.path.slice(ASKED.length)))
        return
      case 'http-answered':
        return this.#answered(observation)
      default:
    }
  }

  /** What that year may have been taken for, besides what the ledger alone has of it. The book ends with what the till knew. */
  possible(book: LedgerBook, { personNo, insutype, year }: { readonly personNo: string; readonly insutype: string; readonly year: number }): readonly Counters[] {
    const answers = [...(this.#answers.get(`${book.terminal} ${personNo}`)?.values() ?? [])]
    return answers.map(({ sequence, years }) => sumOf(years.get(`${insutype} ${year}`) ?? new Map(), movedSince(book, `${personNo} ${insutype} ${year}`, sequence)))
  }

  #answered({ exchange, terminal, body }: Extract<Observation, { kind: 'http-answered' }>): void {
    const certno = exchange === undefined ? undefined : this.#asked.get(exchange)
    const text = certno === undefined ? '' : new TextDecoder().decode(body)
    if (certno === undefined || !text.startsWith('{"version"')) return
    const key = `${terminal} ${certno}`
    const known = this.#answers.get(key) ?? new Map<string, ToldAnswer>()
    this.#answers.set(key, known.set(text, answerIn(text, certno)))
  }
}

interface Told {
  readonly sequence: number
  readonly people: readonly { readonly certno: string; readonly accumulators: readonly { readonly insutype: string; readonly year: number; readonly counters: Readonly<Record<string, string>> }[] }[]
}

function answerIn(text: string, certno: string): ToldAnswer {
  const { sequence, people } = JSON.parse(text) as Told
  const rows = people.find((person) => person.certno === certno)?.accumulators ?? []
  const years = rows.map(({ insutype, year, counters }) => [`${insutype} ${year}`, new Map(Object.entries(counters).map(([name, yuan]) => [name, fenOf(yuan)]))] as const)
  return { sequence, years: new Map(years) }
}

/** By the ledger's own facts: what stands since then, less what stood before, was confirmed, and has been taken back since. */
function movedSince(book: LedgerBook, key: string, sequence: number): Counters {
  let moved: Counters = new Map()
  for (const settling of book.settlings.values()) {
    const { hold: { fact }, state, posting, correction, confirmation } = settling
    if (`${fact.personNo} ${fact.insutype} ${fact.year}` !== key || posting === undefined) continue
    const isSince = posting.sequence > sequence
    if (state === 'posted' && isSince) moved = sumOf(moved, effectiveCounters(settling))
    const isGivenBack = correction !== undefined && correction.sequence > sequence && confirmation !== undefined && !isSince
    if (isGivenBack) moved = sumOf(moved, new Map([...effectiveCounters(settling)].map(([name, fen]) => [name, -fen])))
  }
  return moved
}

const sumOf = (one: Counters, other: Counters): Counters =>
  new Map([...new Set([...one.keys(), ...other.keys()])].map((name) => [name, (one.get(name) ?? 0) + (other.get(name) ?? 0)]))
