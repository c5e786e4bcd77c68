/** The reading half of the port over a store. */

import { decodeContent } from './fact-decoding.ts'
import { factAt, holdAt, holdStateOf, loadStateOf, optional, settlementOf } from './find-facts.ts'
import type { LedgerReader } from './ledger.ts'
import { readDispensed } from './read-dispensed.ts'
import type { CloseState, Unconfirmed } from './ledger-views.ts'
import type { ReadableStore } from './ledger-store.ts'

export function readLedger(store: ReadableStore): LedgerReader {
  return {
    head: () => store.ask(() => store.head()),
    log: (after, limit) =>
      store.ask(() => store.log(after, limit).map((entry) => ({ ...entry, ...decodeContent(entry.content) }))),
    links: (after, limit) => store.ask(() => store.log(after, limit)),
    lendContents: (after, limit, use) =>
      store.ask(() => {
        store.lendContents(after, limit, use)
        return null
      }),
    kinds: (after, limit) => store.ask(() => store.kinds(after, limit)),
    openHolds: () => store.read(() => store.openHolds().map((sequence) => holdAt(store, sequence))),
    holdState: (settlementId) => store.read(() => holdStateOf(store, store.holdOf(settlementId))),
    holdByVisit: (visit) => store.read(() => holdStateOf(store, store.holdOfVisit(visit))),
    counters: (key) => store.ask(() => store.counters(key)),
    settlement: (settlementId) => store.read(() => settlementOf(store, store.holdOf(settlementId))),
    settlements: (query) =>
      store.read(() => store.postedHolds(query).flatMap((hold) => settlementOf(store, hold) ?? [])),
    ...readDispensed(store),
    ...readConfirmations(store),
    ...readLoads(store),
    ...readDays(store),
    close: () => store.close()
  }
}

type Confirmations = Pick<LedgerReader, 'unconfirmed' | 'awaiting' | 'confirmed'>
type Loads = Pick<LedgerReader, 'load' | 'openLoads' | 'loadsOf' | 'loadsOfCredit' | 'owedToCard' | 'owing'>
type Days = Pick<LedgerReader, 'lastClose' | 'closes' | 'openPeriod' | 'dayTotals' | 'provedTotals'>

const readConfirmations = (store: ReadableStore): Confirmations => ({
  unconfirmed: () => store.read(() => unconfirmedOf(store)),
  awaiting: (limit, after = 0) => store.read(() => store.awaiting(after, limit).map((sequence) => confirmableAt(store, sequence))),
  confirmed: (from, to) => store.read(() => store.confirmed(from, to).map((sequence) => factAt(store, sequence, 'confirmation')))
})

const readLoads = (store: ReadableStore): Loads => ({
  load: (loadId) => store.read(() => optional(store.loadOf(loadId), (hold) => loadStateOf(store, hold))),
  openLoads: () => store.read(() => store.openLoads().map((hold) => loadStateOf(store, hold))),
  loadsOf: (settlementId) =>
    store.read(() => store.loadsFor({ kind: 'refund', settlementId }).map((hold) => loadStateOf(store, hold))),
  loadsOfCredit: (creditId) =>
    store.read(() => store.loadsFor({ kind: 'credit', creditId }).map((hold) => loadStateOf(store, hold))),
  owedToCard: (settlementId) => store.read(() => settlementOf(store, store.holdOf(settlementId))?.owed),
  owing: (cardId) => store.read(() => store.owing(cardId).flatMap((hold) => settlementOf(store, hold) ?? []))
})

const readDays = (store: ReadableStore): Days => ({
  lastClose: () => store.read(() => optional(store.lastClose(), (sequence) => factAt(store, sequence, 'close'))),
  closes: (limit) => store.read(() => store.closes(limit).map((sequence) => closeStateOf(store, sequence))),
  openPeriod: () => store.read(() => ({ after: store.lastClose() ?? 0, to: store.head().sequence })),
  dayTotals: (from, to) => store.ask(() => store.dayTotals(from, to)),
  provedTotals: (from, to) => store.read(() => store.provedTotals(from, to))
})

const confirmableAt = (store: ReadableStore, sequence: number) => factAt(store, sequence, 'posting', 'correction', 'load-posting')

function unconfirmedOf(store: ReadableStore): Unconfirmed {
  const [oldest] = store.awaiting(0, 1)
  if (oldest === undefined) return { count: 0, since: undefined }
  const { fact } = confirmableAt(store, oldest)
  return { count: store.awaitingCount(), since: fact.kind === 'correction' ? fact.correctedAt : fact.postedAt }
}

const closeStateOf = (store: ReadableStore, sequence: number): CloseState => ({
  close: factAt(store, sequence, 'close'),
  reopen: optional(store.reopenOf(sequence), (number) => factAt(store, number, 'reopen'))
})
