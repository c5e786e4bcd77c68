/** The ledger store without a disk, for tests: the same promises, in arrays and maps. */

import { invariant } from '../../../base/invariant.ts'
import { ok } from '../../../base/result.ts'
import type { Counters } from '../../calculation/counters.ts'
import { GENESIS } from '../../ledger/chain.ts'
import type { CounterKey, Visit } from '../../ledger/fact.ts'
import { decodeCounters } from '../../ledger/fact-decoding.ts'
import { encodeCounters } from '../../ledger/fact-encoding.ts'
import type { ChainedFact, WritableStore } from '../../ledger/ledger-store.ts'

export function memoryStore(): WritableStore {
  const facts: ChainedFact[] = []
  const accumulators = new Map<string, Uint8Array>()
  const find = (matches: (chained: ChainedFact) => boolean): number | undefined => facts.find(matches)?.sequence
  const closingOf = (hold: number): number | undefined =>
    find(({ fact }) => (fact.kind === 'posting' || fact.kind === 'release') && fact.hold === hold)
  const openHolds = (): ChainedFact[] =>
    facts.filter(({ fact, sequence }) => fact.kind === 'hold' && closingOf(sequence) === undefined)

  return {
    read: (work) => ok(work()),
    // Every rule is decided before the first append, and an append cannot fail half-way: nothing to roll back.
    transaction: (work) => ok(work()),
    head: () => facts.at(-1) ?? GENESIS,
    contentAt: (sequence) => facts[sequence - 1],
    holdOf: (id) => find(({ fact }) => fact.kind === 'hold' && fact.settlementId === id),
    openHolds: () => openHolds().map(({ sequence }) => sequence),
    openHoldOfVisit: (visit) =>
      openHolds().find(({ fact }) => fact.kind === 'hold' && sameVisit(fact.visit, visit))?.sequence,
    closingOf,
    postingOfVisit: (visit) => find(({ fact }) => fact.kind === 'posting' && sameVisit(fact.visit, visit)),
    postings: ({ personNo, before, limit }) =>
      facts
        .filter(({ fact }) => fact.kind === 'posting' && (personNo === undefined || fact.personNo === personNo))
        .map(({ sequence }) => sequence)
        .filter((sequence) => before === undefined || sequence < before)
        .toReversed()
        .slice(0, limit),
    correctionOf: (posting) => find(({ fact }) => fact.kind === 'correction' && fact.posting === posting),
    correctionById: (id) => find(({ fact }) => fact.kind === 'correction' && fact.correctionId === id),
    counters: (key) => {
      const stored = accumulators.get(keyText(key))
      return stored === undefined ? {} : decodeCounters(stored)
    },
    outbox: (after, limit) =>
      facts
        .filter(({ sequence, fact }) => sequence > after && (fact.kind === 'posting' || fact.kind === 'correction'))
        .map(({ sequence }) => sequence)
        .slice(0, limit),
    append: (chained: ChainedFact, counters?: Counters) => {
      invariant(chained.sequence === facts.length + 1, `fact ${chained.sequence} does not follow fact ${facts.length}`)
      facts.push(chained)
      const { fact } = chained
      if (counters !== undefined && 'personNo' in fact) accumulators.set(keyText(fact), encodeCounters(counters))
    },
    close: () => undefined
  }
}

const sameVisit = (left: Visit, right: Visit): boolean =>
  left.institution === right.institution && left.visitNo === right.visitNo

const keyText = (key: CounterKey): string => JSON.stringify([key.personNo, key.insuranceType, key.policyYear])
