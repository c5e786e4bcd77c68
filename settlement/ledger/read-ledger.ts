/** Finds and decodes facts. What is found under a number but says something else is damage, not a refusal. */

import type { Visit, Fact } from './fact.ts'
import { MalformedContent } from './canonical.ts'
import { decodeFact } from './fact-decoding.ts'
import type { HoldState, LedgerReader, OutboxItem, Recorded, SettlementState } from './ledger.ts'
import type { ReadableStore } from './ledger-store.ts'

export function readLedger(store: ReadableStore): LedgerReader {
  return {
    head: () => store.read(() => store.head()),
    openHolds: () => store.read(() => store.openHolds().map((sequence) => factAt(store, sequence, 'hold'))),
    holdState: (settlementId) => store.read(() => holdStateOf(store, store.holdOf(settlementId))),
    holdByVisit: (visit) => store.read(() => holdStateOf(store, holdOfVisit(store, visit))),
    counters: (key) => store.read(() => store.counters(key)),
    settlement: (settlementId) => store.read(() => settlementOf(store, settlementId)),
    settlements: (query) =>
      store.read(() => store.postings(query).map((sequence) => settlementState(store, sequence))),
    outbox: (after, limit) =>
      store.read(() => store.outbox(after, limit).map((sequence) => outboxItem(store, sequence))),
    close: () => store.close()
  }
}

export function factAt<Kind extends Fact['kind']>(store: ReadableStore, sequence: number, ...kinds: Kind[]): Recorded<Kind> {
  const stored = store.contentAt(sequence)
  if (stored === undefined) throw new MalformedContent(`fact ${sequence} is missing`)
  const fact = decodeFact(stored.content)
  if (!isOneOf(fact, kinds)) throw new MalformedContent(`fact ${sequence} is a ${fact.kind}`)
  return { sequence, hash: stored.hash, fact }
}

export function holdStateOf(store: ReadableStore, sequence: number | undefined): HoldState | undefined {
  if (sequence === undefined) return undefined
  return { hold: factAt(store, sequence, 'hold'), closing: closingOf(store, sequence) }
}

export function closingOf(store: ReadableStore, hold: number): Recorded<'posting' | 'release'> | undefined {
  const sequence = store.closingOf(hold)
  return sequence === undefined ? undefined : factAt(store, sequence, 'posting', 'release')
}

function holdOfVisit(store: ReadableStore, visit: Visit): number | undefined {
  const open = store.openHoldOfVisit(visit)
  if (open !== undefined) return open
  const posting = store.postingOfVisit(visit)
  return posting === undefined ? undefined : factAt(store, posting, 'posting').fact.hold
}

export function postingOf(store: ReadableStore, settlementId: string): Recorded<'posting'> | undefined {
  const hold = store.holdOf(settlementId)
  const closing = hold === undefined ? undefined : closingOf(store, hold)
  return closing?.fact.kind === 'posting' ? { ...closing, fact: closing.fact } : undefined
}

function settlementOf(store: ReadableStore, settlementId: string): SettlementState | undefined {
  const posting = postingOf(store, settlementId)
  return posting === undefined ? undefined : settlementState(store, posting.sequence)
}

function settlementState(store: ReadableStore, sequence: number): SettlementState {
  const correction = store.correctionOf(sequence)
  return {
    posting: factAt(store, sequence, 'posting'),
    correction: correction === undefined ? undefined : factAt(store, correction, 'correction'),
    provisional: true
  }
}

function outboxItem(store: ReadableStore, sequence: number): OutboxItem {
  const stored = store.contentAt(sequence)
  if (stored === undefined) throw new MalformedContent(`fact ${sequence} is missing`)
  const { fact } = factAt(store, sequence, 'posting', 'correction')
  return { sequence, kind: fact.kind, hash: stored.hash, document: stored.content }
}

const isOneOf = <Kind extends Fact['kind']>(fact: Fact, kinds: readonly Kind[]): fact is Extract<Fact, { kind: Kind }> =>
  (kinds as readonly string[]).includes(fact.kind)
