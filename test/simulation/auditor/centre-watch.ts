/** The centre as it goes: each batch that it takes is held against the terminal's own chain at once, its sums once a day. */

import { existsSync } from 'node:fs'
import { CentreChains, type CentreChain } from './centre-chains.ts'
import { CentreFile, openingOf, type CentreData, type CentreOpening } from './centre-rows.ts'
import type { Fact, Hold } from './fact.ts'
import type { LedgerBook } from './ledger-book.ts'
import { parkedIn } from './ledger-rows.ts'
import type { PolicyDocument } from './policy-document.ts'
import { textOf, wholeOf } from './row-source.ts'
import { checkBill } from './rules/bills.ts'
import { Caps } from './rules/caps.ts'
import { checkBookings } from './rules/centre-bookings.ts'
import { checkCopy } from './rules/centre-copy.ts'
import { checkCredits } from './rules/centre-credits.ts'
import { checkStanding } from './rules/centre-standing.ts'
import { checkRefused } from './rules/refused.ts'
import { checkCentreSums } from './rules/centre-sums.ts'
import { PolicyWatch } from './policy-watch.ts'
import { ToldYears } from './told-years.ts'
import type { AuditView, Observation } from './view.ts'
import type { WorldBooks } from './world-books.ts'

export class CentreWatch {
  readonly #view: AuditView
  readonly #books: WorldBooks
  readonly #regions = new Set<string>()
  #file: CentreFile | undefined
  #opening: CentreOpening | undefined
  #caps: Caps | undefined
  readonly #rules = new Map<string, PolicyDocument>()
  readonly #policies = new PolicyWatch()
  readonly #years = new ToldYears()
  #mayFallBack = false
  /** As the world counted when the centre was followed last. */
  #writes: number | undefined

  constructor(view: AuditView, books: WorldBooks) {
    this.#view = view
    this.#books = books
  }

  /** New batches. */
  follow(): void {
    const writes = this.#view.centre?.writes
    if (writes !== undefined && writes === this.#writes) return
    const file = this.#current()
    this.#writes = writes
    if (file === undefined || (writes === undefined && !file.hasChanged())) return
    this.#take(file, this.#books.centre ?? new CentreChains(this.#books.findings))
  }

  /** All of it, from the first batch. */
  again(): void {
    const data = this.data()
    if (data === undefined) return
    const { findings } = this.#books
    const chains = new CentreChains(findings)
    for (const row of data.batches) chains.take(row)
    checkStanding(chains, data, findings)
    const bookings = checkBookings(chains.chains.values(), data, findings)
    checkRefused(chains.chains.values(), data, findings)
    checkCredits(data, findings)
    checkCentreSums(bookings, data, this.#opening ?? openingOf(data), findings)
    this.#caps = new Caps(data.policies, this.#regions)
    for (const row of data.accumulators) {
      const used = new Map(Object.entries(JSON.parse(textOf(row, 'counters')) as Record<string, number>))
      this.#caps.checkYear('centre', `${textOf(row, 'psn_no')} ${textOf(row, 'insutype')} ${wholeOf(row, 'year')}`, used, findings)
    }
  }

  data(): CentreData | undefined {
    return this.#current()?.read()
  }

  taken(terminal: string, fact: Fact): void {
    if (fact.kind !== 'hold') return
    if (!this.#regions.has(fact.policyId)) {
      this.#regions.add(fact.policyId)
      this.#caps = undefined
    }
    const caps = this.#knownCaps()
    caps?.checkHold(terminal, fact, this.#books.findings)
    if (this.#policies.isBound(terminal)) caps?.checkVersion(terminal, fact, this.#books.findings)
    const rules = this.#rulesOf(fact)
    const { book } = this.#books.terminal(terminal)
    if (rules !== undefined) checkBill(book, fact, rules, this.#years.possible(book, fact), this.#books.findings)
  }

  /** As they were published; what is not known yet was published since. */
  #rulesOf(hold: Hold): PolicyDocument | undefined {
    const key = rulesKey(hold)
    if (!this.#rules.has(key)) {
      for (const row of this.#current()?.policies() ?? []) {
        const document = JSON.parse(textOf(row, 'document')) as PolicyDocument
        for (const insutype of document.insutype ?? []) this.#rules.set(rulesKey({ policyId: textOf(row, 'region'), policyVersion: textOf(row, 'version'), insutype }), document)
      }
    }
    return this.#rules.get(key)
  }

  told(observation: Observation): void {
    this.#policies.told(observation)
    this.#years.told(observation)
    if (observation.kind === 'policies-published') this.#caps = undefined
  }

  checkYears(book: LedgerBook): void {
    const { rows } = this.#books.terminal(book.terminal)
    const open = unjudged(book, rows === undefined ? new Set() : parkedIn(rows))
    for (const [key, used] of book.years) if (!open.has(key)) this.#knownCaps()?.checkYear(book.terminal, key, used, this.#books.findings)
  }

  restored(): void {
    this.close()
    this.#mayFallBack = true
  }

  close(): void {
    this.#file?.close()
    this.#file = undefined
    this.#writes = undefined
  }

  #knownCaps(): Caps | undefined {
    if (this.#caps === undefined) {
      const data = this.data()
      if (data !== undefined) this.#caps = new Caps(data.policies, this.#regions)
    }
    return this.#caps
  }

  /** A file that is opened anew is read from its beginning, and must go on from what it was. */
  #current(): CentreFile | undefined {
    const path = this.#view.centre?.file
    if (path === undefined || this.#file?.path === path) return this.#file
    this.close()
    if (!existsSync(path)) return undefined
    const file = new CentreFile(path)
    this.#file = file
    this.#opening ??= openingOf(file.read())
    const before = this.#books.centre?.chains
    this.#take(file, new CentreChains(this.#books.findings))
    if (before !== undefined && !this.#mayFallBack) this.#checkStays(before)
    this.#mayFallBack = false
    return file
  }

  #take(file: CentreFile, chains: CentreChains): void {
    this.#books.centre = chains
    for (const row of file.newBatches()) {
      const taken = chains.take(row)
      if (taken !== undefined) checkCopy(taken.chain, taken.first, taken.last, this.#books)
    }
  }

  #checkStays(before: ReadonlyMap<string, CentreChain>): void {
    for (const { terminal, batch, batchHash } of before.values()) {
      const now = this.#books.centre?.chains.get(terminal)
      const isStill = now !== undefined && (now.batch > batch || (now.batch === batch && now.batchHash === batchHash))
      this.#books.findings.expect('fact-stays', isStill, () => `centre: batch ${batch} of ${terminal} was answered and is gone`)
    }
  }
}

const rulesKey = ({ policyId, policyVersion, insutype }: Pick<Hold, 'policyId' | 'policyVersion' | 'insutype'>): string => `${policyId} ${policyVersion} ${insutype}`

/**
 * Years of which the centre has not judged every settlement: one that it refused for the time being was left out of what it booked of
 * the next, and both stand here until it has looked at it again.
 */
/** `parked`: a centre that was put back has another word for them, or none, and went by that when it judged what came after. */
const unjudged = (book: LedgerBook, parked: ReadonlySet<number>): ReadonlySet<string> =>
  new Set(
    [...book.settlings.values()]
      .filter(({ state, posting, confirmation }) => state === 'posted' && (confirmation === undefined || (posting !== undefined && parked.has(posting.sequence))))
      .map(({ hold: { fact } }) => `${fact.personNo} ${fact.insutype} ${fact.year}`)
  )
