/**
 * One terminal's ledger, folded from its facts as they come: the chain, what each fact may follow, who has used what of a year.
 * Made anew from the first fact it must come to the same.
 */

import { createHash } from 'node:crypto'
import type { At, Loading, Settling } from './books.ts'
import { debtOf, effectiveCounters } from './books.ts'
import { UnreadableContent } from './content-reader.ts'
import { readFact, type Close, type Confirmation, type Correction, type Counters, type Fact, type Hold, type LoadHold, type LoadPosting, type LoadRelease, type Posting, type Release } from './fact.ts'
import type { Findings } from './failure.ts'
import type { FactRow } from './ledger-rows.ts'

type Awaiting = { readonly of: 'posting' | 'correction'; readonly settling: Settling } | { readonly of: 'load'; readonly loading: Loading }

const NUMBER_BYTES = 8

export class LedgerBook {
  readonly terminal: string
  /** Hash of the chain at each fact, in hex; place 0 is what stands before the first. */
  readonly hashes: string[] = ['0'.repeat(64)]
  readonly settlings = new Map<number, Settling>()
  readonly bySettlement = new Map<string, Settling>()
  readonly loadings = new Map<number, Loading>()
  readonly byLoad = new Map<string, Loading>()
  /** Sequence of what no centre has confirmed. */
  readonly awaiting = new Map<number, Awaiting>()
  /** Key: person, insutype, year. */
  readonly years = new Map<string, Map<string, number>>()
  readonly closes: At<Close>[] = []
  readonly #visits = new Map<string, Settling>()
  readonly #correctionIds = new Set<string>()
  readonly #setlIds = new Map<string, number>()
  readonly #findings: Findings

  constructor(terminal: string, findings: Findings) {
    this.terminal = terminal
    this.#findings = findings
  }

  get sequence(): number {
    return this.hashes.length - 1
  }

  /** The fact, if it could be read. */
  take(row: FactRow): Fact | undefined {
    const findings = this.#findings
    const expected = this.sequence + 1
    findings.expect('sequence', row.sequence === expected, () => `${this.terminal}: fact ${row.sequence} follows fact ${expected - 1}`)
    const hash = this.#link(row)
    findings.expect('hash-chain', hash === hexOf(row.hash), () => `${this.terminal}: fact ${row.sequence} comes to another hash than the one that stands beside it`)
    this.hashes.push(hash)
    const fact = this.#read(row)
    if (fact !== undefined) this.#apply(fact, row.sequence)
    return fact
  }

  #link({ sequence, content }: FactRow): string {
    const number = Buffer.alloc(NUMBER_BYTES)
    number.writeBigUInt64BE(BigInt(sequence))
    return createHash('sha256').update(this.hashes.at(-1) ?? '', 'hex').update(number).update(content).digest('hex')
  }

  #read(row: FactRow): Fact | undefined {
    this.#findings.looks('fact-readable')
    try {
      const fact = readFact(row.content)
      if (fact.kind === row.kind) return fact
      this.#findings.broken('fact-readable', `${this.terminal}: fact ${row.sequence} is a ${fact.kind} and stands as a ${row.kind}`)
    } catch (cause) {
      if (!(cause instanceof UnreadableContent)) throw cause
      this.#findings.broken('fact-readable', `${this.terminal}: fact ${row.sequence}: ${cause.message}`)
    }
    return undefined
  }

  #apply(fact: Fact, sequence: number): void {
    switch (fact.kind) {
      case 'hold':
        return this.#hold(fact, sequence)
      case 'posting':
        return this.#posting(fact, sequence)
      case 'release':
        return this.#release(fact, sequence)
      case 'correction':
        return this.#correction(fact, sequence)
      case 'confirmation':
        return this.#confirmation(fact, sequence)
      case 'load-hold':
        return this.#loadHold(fact, sequence)
      case 'load-posting':
      case 'load-release':
        return this.#loadEnd(fact, sequence)
      case 'close':
        this.closes.push({ sequence, fact })
        return
      case 'reopen':
        this.#order(sequence, this.closes.at(-1)?.sequence === fact.close, 'opens a day again that is not the last closed one')
        this.closes.pop()
        return
    }
  }

  #hold(fact: Hold, sequence: number): void {
    this.#unique(!this.bySettlement.has(fact.settlementId), `settlement ${fact.settlementId} is held twice`)
    this.#once(fact, 'is held')
    const settling: Settling = {
      terminal: this.terminal,
      hold: { sequence, fact },
      state: 'open',
      posting: undefined,
      correction: undefined,
      confirmation: undefined,
      correctionConfirmation: undefined,
      ofRecord: undefined,
      lost: false
    }
    this.settlings.set(sequence, settling)
    this.bySettlement.set(fact.settlementId, settling)
  }

  #posting(fact: Posting, sequence: number): void {
    const settling = this.#openOf(fact, sequence)
    if (settling === undefined) return
    const { fact: hold } = settling.hold
    this.#once(hold, 'is charged')
    this.#visits.set(visitKey(hold), settling)
    settling.state = 'posted'
    settling.posting = { sequence, fact }
    this.awaiting.set(sequence, { of: 'posting', settling })
    this.#move(hold, hold.counters, 1)
  }

  #release(fact: Release, sequence: number): void {
    const settling = this.#openOf(fact, sequence)
    if (settling !== undefined) settling.state = 'released'
  }

  #correction(fact: Correction, sequence: number): void {
    const settling = this.settlings.get(fact.hold)
    const isPosted = settling?.state === 'posted' && settling.hold.fact.settlementId === fact.settlementId
    this.#order(sequence, isPosted, `takes back settlement ${fact.settlementId}, which is not posted`)
    this.#unique(!this.#correctionIds.has(fact.correctionId), `correction ${fact.correctionId} was written twice`)
    this.#correctionIds.add(fact.correctionId)
    if (settling === undefined || !isPosted) return
    this.#move(settling.hold.fact, effectiveCounters(settling), -1)
    settling.state = 'corrected'
    settling.correction = { sequence, fact }
    this.awaiting.set(sequence, { of: 'correction', settling })
  }

  #confirmation(fact: Confirmation, sequence: number): void {
    const awaited = this.awaiting.get(fact.target)
    this.#order(sequence, awaited !== undefined, `confirms fact ${fact.target}, which does not wait for it`)
    const other = this.#setlIds.get(fact.setlId)
    this.#findings.expect('setl-id', other === undefined, () => `${this.terminal}: setl_id ${fact.setlId} confirms fact ${other} and fact ${fact.target}`)
    this.#setlIds.set(fact.setlId, fact.target)
    if (awaited === undefined) return
    this.awaiting.delete(fact.target)
    const at = { sequence, fact }
    if (awaited.of === 'load') awaited.loading.confirmation = at
    else if (awaited.of === 'correction') awaited.settling.correctionConfirmation = at
    else this.#confirmPosting(awaited.settling, at)
  }

  /** What was taken back before its amounts of record were known has nothing left to adjust. */
  #confirmPosting(settling: Settling, at: At<Confirmation>): void {
    settling.confirmation = at
    const { ofRecord } = at.fact
    if (ofRecord === undefined || settling.state === 'corrected') return
    settling.ofRecord = ofRecord
    this.#move(settling.hold.fact, settling.hold.fact.counters, -1)
    this.#move(settling.hold.fact, ofRecord.counters, 1)
  }

  #loadHold(fact: LoadHold, sequence: number): void {
    this.#unique(!this.byLoad.has(fact.loadId), `load ${fact.loadId} is held twice`)
    const isFree = [...this.loadings.values()].every(({ hold, state }) => state !== 'open' || hold.fact.cardId !== fact.cardId)
    this.#order(sequence, isFree, 'loads a card that has an open load')
    this.#findings.looks('load-once')
    if (fact.amount <= 0) this.#findings.broken('load-once', `${this.terminal}: load ${fact.loadId} is of ${fact.amount} fen`)
    const due = this.#due(fact)
    if (due !== undefined && fact.amount > due) {
      this.#findings.broken('load-once', `${this.terminal}: load ${fact.loadId} puts ${fact.amount} fen onto a card, ${due} fen are due of ${fact.purpose} ${fact.purposeId}`)
    }
    const loading: Loading = { terminal: this.terminal, hold: { sequence, fact }, state: 'open', posting: undefined, confirmation: undefined, lost: false }
    this.loadings.set(sequence, loading)
    this.byLoad.set(fact.loadId, loading)
  }

  /** Fen that a refund still owes; of a credit nothing once it was loaded. undefined: how much it is stands at the centre. */
  #due({ purpose, purposeId, cardId }: LoadHold): number | undefined {
    const earlier = this.#loadsOf(purpose, purposeId)
    if (purpose === 'credit') return earlier.length > 0 ? 0 : undefined
    const settling = this.bySettlement.get(purposeId)
    if (settling === undefined || settling.hold.fact.intent.cardId !== cardId) return 0
    return debtOf(settling) - earlier.reduce((sum, { hold }) => sum + hold.fact.amount, 0)
  }

  /** That are not given up. */
  #loadsOf(purpose: string, purposeId: string): Loading[] {
    return [...this.loadings.values()].filter(
      ({ hold, state }) => state !== 'released' && hold.fact.purpose === purpose && hold.fact.purposeId === purposeId
    )
  }

  /** Fen that a settlement still owes its card: what `owed` must say. */
  owedBy(settling: Settling): number {
    const loaded = this.#loadsOf('refund', settling.hold.fact.settlementId).filter(({ state }) => state === 'posted')
    return debtOf(settling) - loaded.reduce((sum, { hold }) => sum + hold.fact.amount, 0)
  }

  /** Fen that are on their way back to its card. */
  heldFor(settling: Settling): number {
    const held = this.#loadsOf('refund', settling.hold.fact.settlementId).filter(({ state }) => state === 'open')
    return held.reduce((sum, { hold }) => sum + hold.fact.amount, 0)
  }

  #loadEnd(fact: LoadPosting | LoadRelease, sequence: number): void {
    const loading = this.loadings.get(fact.hold)
    const isOpen = loading?.state === 'open' && loading.hold.fact.loadId === fact.loadId
    this.#order(sequence, isOpen, `ends load ${fact.loadId}, which is not open`)
    if (loading === undefined || !isOpen) return
    if (fact.kind === 'load-release') {
      loading.state = 'released'
      return
    }
    loading.state = 'posted'
    loading.posting = { sequence, fact }
    this.awaiting.set(sequence, { of: 'load', loading })
  }

  #openOf({ hold, settlementId, kind }: Posting | Release, sequence: number): Settling | undefined {
    const settling = this.settlings.get(hold)
    const isOpen = settling?.state === 'open' && settling.hold.fact.settlementId === settlementId
    this.#order(sequence, isOpen, `is a ${kind} of settlement ${settlementId}, whose hold is not open`)
    return isOpen ? settling : undefined
  }

  #once(hold: Hold, verb: string): void {
    const other = this.#visits.get(visitKey(hold))
    this.#findings.expect('visit-once', other === undefined, () => `${this.terminal}: visit ${hold.visitNo} ${verb} as ${hold.settlementId}, and was charged as ${other?.hold.fact.settlementId}`)
  }

  #move({ personNo, insutype, year }: Hold, counters: Counters, sign: 1 | -1): void {
    const key = `${personNo} ${insutype} ${year}`
    const used = this.years.get(key) ?? new Map<string, number>()
    this.years.set(key, used)
    for (const [name, fen] of counters) used.set(name, (used.get(name) ?? 0) + sign * fen)
  }

  #order(sequence: number, holds: boolean, words: string): void {
    this.#findings.expect('fact-order', holds, () => `${this.terminal}: fact ${sequence} ${words}`)
  }

  #unique(holds: boolean, words: string): void {
    this.#findings.expect('ids-unique', holds, () => `${this.terminal}: ${words}`)
  }
}

export const visitKey = ({ institution, visitNo }: Hold): string => `${institution} ${visitNo}`

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
