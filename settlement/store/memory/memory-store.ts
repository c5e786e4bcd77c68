/** The ledger store without a disk, for tests: the same promises, in arrays and maps. */

import { invariant } from '../../../base/invariant.ts'
import { ok } from '../../../base/result.ts'
import { GENESIS } from '../../ledger/chain.ts'
import type { CounterKey, Visit } from '../../ledger/fact.ts'
import { decodeCounters } from '../../ledger/fact-decoding.ts'
import { encodeCounters } from '../../ledger/fact-encoding.ts'
import type { ChainedFact, WritableStore } from '../../ledger/ledger-store.ts'

export function memoryStore(): WritableStore {
  const facts: ChainedFact[] = []
  const accumulators = new Map<string, Uint8Array>()
  const find = (matches: (chained: ChainedFact) => boolean): number | undefined => facts.find(matches)?.sequence
  const numberOf = (kind: 'posting' | 'release' | 'correction', hold: number): number | undefined =>
    find(({ fact }) => fact.kind === kind && fact.hold === hold)
  const isOpen = (hold: number): boolean =>
    numberOf('posting', hold) === undefined && numberOf('release', hold) === undefined
  const personOf = (hold: number): string | undefined => {
    const fact = facts[hold - 1]?.fact
    return fact?.kind === 'hold' ? fact.personNo : undefined
  }
  return {
    read: (work) => ok(work()),
    ask: (work) => ok(work()),
    // Every rule is decided before the first append, and an append cannot fail half-way: nothing to roll back.
    transaction: (work) => ok(work()),
    head: () => facts.at(-1) ?? GENESIS,
    contentAt: (sequence) => facts[sequence - 1],
    holdOf: (id) => find(({ fact }) => fact.kind === 'hold' && fact.settlementId === id),
    openHolds: () =>
      facts.filter(({ fact, sequence }) => fact.kind === 'hold' && isOpen(sequence)).map(({ sequence }) => sequence),
    holdOfVisit: (visit) =>
      facts
        .filter(({ fact }) => fact.kind === 'hold' && sameVisit(fact.visit, visit))
        .findLast(({ sequence }) => numberOf('release', sequence) === undefined)?.sequence,
    postingOf: (hold) => numberOf('posting', hold),
    releaseOf: (hold) => numberOf('release', hold),
    correctionOf: (hold) => numberOf('correction', hold),
    postedHolds: ({ personNo, before, limit }) =>
      facts
        .flatMap(({ fact }) => (fact.kind === 'posting' ? [fact.hold] : []))
        .filter((hold) => personNo === undefined || personOf(hold) === personNo)
        .filter((hold) => before === undefined || hold < before)
        .toSorted((left, right) => right - left)
        .slice(0, limit),
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
    append: (chained, hold, countersAfter) => {
      invariant(chained.sequence === facts.length + 1, `fact ${chained.sequence} does not follow fact ${facts.length}`)
      facts.push(chained)
      if (countersAfter !== undefined) accumulators.set(keyText(hold), encodeCounters(countersAfter))
    },
    close: () => undefined
  }
}

const sameVisit = (left: Visit, right: Visit): boolean =>
  left.institution === right.institution && left.visitNo === right.visitNo

const keyText = (key: CounterKey): string => JSON.stringify([key.personNo, key.insuranceType, key.policyYear])
