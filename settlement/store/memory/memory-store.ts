/** The ledger store without a disk, for tests: the same promises, in arrays and maps. */

import { invariant } from '../../../base/invariant.ts'
import { ok } from '../../../base/result.ts'
import { GENESIS } from '../../ledger/chain.ts'
import { dayOfTime } from '../../calendar/written-time.ts'
import { mergeTotals, totalOf } from '../../ledger/day-totals.ts'
import type { CounterKey, Fact, FactOf, LoadPurpose, Visit } from '../../ledger/fact.ts'
import { decodeCounters } from '../../ledger/fact-decoding.ts'
import { encodeCounters } from '../../ledger/fact-encoding.ts'
import type { ChainedFact, Debt, Effects, Movement, ReadableStore, WritableStore } from '../../ledger/ledger-store.ts'
import type { DayTotal } from '../../ledger/ledger-views.ts'
import { memoryDispensed } from './memory-dispensed.ts'

export function memoryStore(): WritableStore {
  const facts: ChainedFact[] = []
  const accumulators = new Map<string, Uint8Array>()
  const movements: Movement[] = []
  const debts = new Map<number, Debt>()
  let totals: readonly DayTotal[] = []
  return {
    read: (work) => ok(work()),
    ask: (work) => ok(work()),
    transaction: (work) => {
      const before = { facts: facts.length, movements: movements.length, accumulators: [...accumulators], debts: [...debts], totals }
      try {
        return ok(work())
      } catch (cause) {
        takeBack(before)
        throw cause
      }
    },
    head: () => facts.at(-1) ?? GENESIS,
    contentAt: (sequence) => facts[sequence - 1],
    resultOf: (hold) => {
      const fact = facts[hold - 1]?.fact
      return fact?.kind === 'hold' ? fact.result : undefined
    },
    log: (after, limit) => facts.filter(({ sequence }) => sequence > after).slice(0, limit),
    lendContents: (after, limit, use) => void facts.slice(after, after + limit).every(({ content }) => use(content)),
    kinds: (after, limit) => facts.slice(after, after + limit).map(({ fact }) => fact.kind),
    ...settlements(facts),
    ...confirmations(facts),
    ...loads(facts),
    ...days(facts),
    ...memoryDispensed(facts),
    counters: (key) => {
      const stored = accumulators.get(keyText(key))
      return stored === undefined ? {} : decodeCounters(stored)
    },
    owing: (cardId) =>
      [...debts.values()]
        .filter((debt) => cardId === undefined || debt.cardId === cardId)
        .map(({ hold }) => hold)
        .toSorted((left, right) => left - right),
    dayTotals: (from, to) => totals.filter(({ day }) => day >= from && day <= to),
    provedTotals: (from, to) =>
      mergeTotals(movements.filter(({ at }) => dayOfTime(at) >= from && dayOfTime(at) <= to).map(totalOf)),
    append: (chained, effects) => append(chained, effects),
    appendConfirmations: (many) => many.forEach((chained) => append(chained, {})),
    close: () => undefined
  }

  function takeBack(before: { readonly facts: number; readonly movements: number; readonly accumulators: Iterable<[string, Uint8Array]>; readonly debts: Iterable<[number, Debt]>; readonly totals: readonly DayTotal[] }): void {
    facts.length = before.facts
    movements.length = before.movements
    accumulators.clear()
    for (const [key, counters] of before.accumulators) accumulators.set(key, counters)
    debts.clear()
    for (const [hold, debt] of before.debts) debts.set(hold, debt)
    ;({ totals } = before)
  }

  function append(chained: ChainedFact, { movement, debt }: Effects): void {
    invariant(chained.sequence === facts.length + 1, `fact ${chained.sequence} does not follow fact ${facts.length}`)
    facts.push(chained)
    if (movement !== undefined) {
      movements.push(movement)
      totals = mergeTotals([...totals, totalOf(movement)])
      accumulators.set(keyText(movement.terms), encodeCounters(movement.countersAfter))
    }
    if (debt === undefined) return
    if (debt.amount > 0) debts.set(debt.hold, debt)
    else debts.delete(debt.hold)
  }
}

type Settlements = Pick<
  ReadableStore,
  'holdOf' | 'openHolds' | 'holdOfVisit' | 'postingOf' | 'releaseOf' | 'correctionOf' | 'postedHolds' | 'correctionById'
>

function settlements(facts: readonly ChainedFact[]): Settlements {
  const numberOf = (kind: 'posting' | 'release' | 'correction', hold: number): number | undefined =>
    find(facts, (fact) => fact.kind === kind && fact.hold === hold)
  const isOpen = (hold: number): boolean =>
    numberOf('posting', hold) === undefined && numberOf('release', hold) === undefined
  const personOf = (hold: number): string | undefined => {
    const fact = facts[hold - 1]?.fact
    return fact?.kind === 'hold' ? fact.personNo : undefined
  }
  return {
    holdOf: (id) => find(facts, (fact) => fact.kind === 'hold' && fact.settlementId === id),
    openHolds: () => numbersOf(facts, 'hold').filter(isOpen),
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
    correctionById: (id) => find(facts, (fact) => fact.kind === 'correction' && fact.correctionId === id)
  }
}

type Confirmations = Pick<ReadableStore, 'confirmationOf' | 'confirmed' | 'awaiting' | 'awaitingIds' | 'awaitingCount'>

function confirmations(facts: readonly ChainedFact[]): Confirmations {
  const confirmationOf = (target: number): number | undefined =>
    find(facts, (fact) => fact.kind === 'confirmation' && fact.target === target)
  const awaiting = (): number[] =>
    numbersOf(facts, 'posting', 'correction', 'load-posting').filter((sequence) => confirmationOf(sequence) === undefined)
  return {
    confirmationOf,
    confirmed: (from, to) =>
      facts
        .filter(({ fact }) => fact.kind === 'confirmation' && fact.setlTime >= from && fact.setlTime <= to)
        .map(({ sequence }) => sequence),
    awaiting: (after, limit) => awaiting().filter((sequence) => sequence > after).slice(0, limit),
    awaitingIds: (from, to) =>
      new Map(
        facts.slice(from - 1, to).flatMap(({ sequence, fact }): [number, string][] =>
          fact.kind === 'posting' && confirmationOf(sequence) === undefined ? [[sequence, fact.settlementId]] : []
        )
      ),
    awaitingCount: () => awaiting().length
  }
}

type Loads = Pick<ReadableStore, 'loadOf' | 'loadClosingOf' | 'openLoads' | 'openLoadOf' | 'loadsFor'>

function loads(facts: readonly ChainedFact[]): Loads {
  const closingOf = (hold: number): number | undefined =>
    find(facts, (fact) => (fact.kind === 'load-posting' || fact.kind === 'load-release') && fact.hold === hold)
  const loadsWhere = (matches: (load: FactOf<'load-hold'>) => boolean): number[] =>
    facts.filter(({ fact }) => fact.kind === 'load-hold' && matches(fact)).map(({ sequence }) => sequence)
  const isOpen = (hold: number): boolean => closingOf(hold) === undefined
  return {
    loadOf: (id) => loadsWhere(({ loadId }) => loadId === id)[0],
    loadClosingOf: closingOf,
    openLoads: () => loadsWhere(() => true).filter(isOpen),
    openLoadOf: (cardId) => loadsWhere(({ intent }) => intent.cardId === cardId).find(isOpen),
    loadsFor: (purpose) => loadsWhere((load) => purposeText(load.purpose) === purposeText(purpose))
  }
}

type Days = Pick<ReadableStore, 'closes' | 'lastClose' | 'isClose' | 'reopenOf'>

function days(facts: readonly ChainedFact[]): Days {
  const reopenOf = (close: number): number | undefined => find(facts, (fact) => fact.kind === 'reopen' && fact.close === close)
  return {
    closes: (limit) => numbersOf(facts, 'close').toReversed().slice(0, limit),
    lastClose: () => numbersOf(facts, 'close').findLast((sequence) => reopenOf(sequence) === undefined),
    isClose: (sequence) => facts[sequence - 1]?.fact.kind === 'close',
    reopenOf
  }
}

const find = (facts: readonly ChainedFact[], matches: (fact: Fact) => boolean): number | undefined =>
  facts.find(({ fact }) => matches(fact))?.sequence

const numbersOf = (facts: readonly ChainedFact[], ...kinds: readonly Fact['kind'][]): number[] =>
  facts.filter(({ fact }) => kinds.includes(fact.kind)).map(({ sequence }) => sequence)

const sameVisit = (left: Visit, right: Visit): boolean =>
  left.institution === right.institution && left.visitNo === right.visitNo

const purposeText = (purpose: LoadPurpose): string =>
  purpose.kind === 'refund' ? `refund ${purpose.settlementId}` : `credit ${purpose.creditId}`

const keyText = (key: CounterKey): string => JSON.stringify([key.personNo, key.insuranceType, key.policyYear])
