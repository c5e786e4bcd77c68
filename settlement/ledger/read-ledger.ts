/** Finds and decodes facts. What is found under a number but says something else is damage, not a refusal. */

import type { Fact } from './fact.ts'
import { MalformedContent } from './canonical.ts'
import { encodeDocument } from './fact-encoding.ts'
import { decodeFact } from './fact-decoding.ts'
import type { HoldState, LedgerReader, OutboxItem, Recorded, SettlementState } from './ledger.ts'
import type { ReadableStore, StoredContent } from './ledger-store.ts'

export function readLedger(store: ReadableStore): LedgerReader {
  return {
    head: () => store.ask(() => store.head()),
    openHolds: () => store.read(() => store.openHolds().map((sequence) => factAt(store, sequence, 'hold'))),
    holdState: (settlementId) => store.read(() => holdStateOf(store, store.holdOf(settlementId))),
    holdByVisit: (visit) => store.read(() => holdStateOf(store, store.holdOfVisit(visit))),
    counters: (key) => store.ask(() => store.counters(key)),
    settlement: (settlementId) => store.read(() => settlementOf(store, store.holdOf(settlementId))),
    settlements: (query) =>
      store.read(() => store.postedHolds(query).flatMap((hold) => settlementOf(store, hold) ?? [])),
    outbox: (after, limit) =>
      store.read(() => store.outbox(after, limit).map((sequence) => outboxItem(store, sequence))),
    close: () => store.close()
  }
}

export function factAt<Kind extends Fact['kind']>(store: ReadableStore, sequence: number, ...kinds: Kind[]): Recorded<Kind> {
  const stored = storedAt(store, sequence)
  const fact = decodeFact(stored.content)
  if (!isOneOf(fact, kinds)) throw new MalformedContent(`fact ${sequence} is a ${fact.kind}`)
  return { sequence, hash: stored.hash, fact }
}

export function holdStateOf(store: ReadableStore, sequence: number | undefined): HoldState | undefined {
  if (sequence === undefined) return undefined
  return { hold: factAt(store, sequence, 'hold'), closing: closingOf(store, sequence) }
}

export function closingOf(store: ReadableStore, hold: number): Recorded<'posting' | 'release'> | undefined {
  const sequence = store.postingOf(hold) ?? store.releaseOf(hold)
  return sequence === undefined ? undefined : factAt(store, sequence, 'posting', 'release')
}

/** undefined unless the hold was posted. */
export function settlementOf(store: ReadableStore, hold: number | undefined): SettlementState | undefined {
  const posting = hold === undefined ? undefined : store.postingOf(hold)
  if (hold === undefined || posting === undefined) return undefined
  const correction = store.correctionOf(hold)
  return {
    hold: factAt(store, hold, 'hold'),
    posting: factAt(store, posting, 'posting'),
    correction: correction === undefined ? undefined : factAt(store, correction, 'correction'),
    provisional: true
  }
}

function outboxItem(store: ReadableStore, sequence: number): OutboxItem {
  const { hash, fact } = factAt(store, sequence, 'posting', 'correction')
  const parts = fact.kind === 'posting' ? [fact.hold, sequence] : [sequence]
  return { sequence, kind: fact.kind, hash, document: encodeDocument(parts.map((part) => storedAt(store, part).content)) }
}

function storedAt(store: ReadableStore, sequence: number): StoredContent {
  const stored = store.contentAt(sequence)
  if (stored === undefined) throw new MalformedContent(`fact ${sequence} is missing`)
  return stored
}

const isOneOf = <Kind extends Fact['kind']>(fact: Fact, kinds: readonly Kind[]): fact is Extract<Fact, { kind: Kind }> =>
  (kinds as readonly string[]).includes(fact.kind)
