/** Finds and decodes facts. What is found under a number but says something else is damage, not a refusal. */

import { MalformedContent } from './canonical.ts'
import { effectiveOf, isAdjusted, owedOf } from './effective.ts'
import { decodeContent, decodeFact } from './fact-decoding.ts'
import { resultHash } from './fact-encoding.ts'
import type { Fact } from './fact.ts'
import type { HoldState, Recorded, SettlementState } from './ledger.ts'
import type { LoadState, OwedToCard } from './ledger-views.ts'
import type { ReadableStore, StoredContent } from './ledger-store.ts'
import { ZERO } from '../money/fen.ts'

/** A hold found so has no result: whoever shows or prints it takes `holdAt`. */
export function factAt<Kind extends Fact['kind']>(store: ReadableStore, sequence: number, ...kinds: Kind[]): Recorded<Kind> {
  const stored = storedAt(store, sequence)
  const fact = decodeFact(stored.content)
  if (!isOneOf(fact, kinds)) throw new MalformedContent(`fact ${sequence} is a ${fact.kind}`)
  return { sequence, hash: stored.hash, fact }
}

/** With its result from beside the chain, which must be the one that the chain covers; none where the hold was restored. */
export function holdAt(store: ReadableStore, sequence: number): Recorded<'hold'> {
  const stored = storedAt(store, sequence)
  const { fact, resultHash: expected } = decodeContent(stored.content)
  if (fact.kind !== 'hold') throw new MalformedContent(`fact ${sequence} is a ${fact.kind}`)
  if (expected === undefined) return { sequence, hash: stored.hash, fact }
  const result = store.resultOf(sequence)
  if (result === undefined) throw new MalformedContent(`the result of hold ${sequence} is missing`)
  if (result.length > 0 && !sameBytes(resultHash(result), expected)) throw new MalformedContent(`hold ${sequence} had another result`)
  return { sequence, hash: stored.hash, fact: { ...fact, result } }
}

export const holdStateOf = (store: ReadableStore, sequence: number | undefined): HoldState | undefined =>
  sequence === undefined ? undefined : { hold: holdAt(store, sequence), closing: closingOf(store, sequence) }

export function closingOf(store: ReadableStore, hold: number): Recorded<'posting' | 'release'> | undefined {
  const sequence = store.postingOf(hold) ?? store.releaseOf(hold)
  return sequence === undefined ? undefined : factAt(store, sequence, 'posting', 'release')
}

/** undefined unless the hold was posted. */
export function settlementOf(store: ReadableStore, hold: number | undefined): SettlementState | undefined {
  const sequence = hold === undefined ? undefined : store.postingOf(hold)
  if (hold === undefined || sequence === undefined) return undefined
  const correction = optional(store.correctionOf(hold), (number) => factAt(store, number, 'correction'))
  const settling = { hold: holdAt(store, hold), correction, confirmation: confirmationOf(store, sequence) }
  return {
    ...settling,
    posting: factAt(store, sequence, 'posting'),
    correctionConfirmation: optional(correction?.sequence, (number) => confirmationOf(store, number)),
    provisional: settling.confirmation === undefined,
    effective: effectiveOf(settling),
    owed: correction === undefined && !isAdjusted(settling) ? NOTHING_OWED : owedOf(settling, refundLoads(store, settling.hold))
  }
}

const NOTHING_OWED: OwedToCard = { owed: ZERO, held: ZERO, loaded: ZERO }

const refundLoads = (store: ReadableStore, { fact: { settlementId } }: Recorded<'hold'>): LoadState[] =>
  store.loadsFor({ kind: 'refund', settlementId }).map((load) => loadStateOf(store, load))

export function loadStateOf(store: ReadableStore, hold: number): LoadState {
  const closing = optional(store.loadClosingOf(hold), (number) => factAt(store, number, 'load-posting', 'load-release'))
  return {
    hold: factAt(store, hold, 'load-hold'),
    closing,
    confirmation: optional(closing?.sequence, (number) => confirmationOf(store, number))
  }
}

export const confirmationOf = (store: ReadableStore, target: number): Recorded<'confirmation'> | undefined =>
  optional(store.confirmationOf(target), (number) => factAt(store, number, 'confirmation'))

export const optional = <Found>(sequence: number | undefined, find: (sequence: number) => Found): Found | undefined =>
  sequence === undefined ? undefined : find(sequence)

export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index])

function storedAt(store: ReadableStore, sequence: number): StoredContent {
  const stored = store.contentAt(sequence)
  if (stored === undefined) throw new MalformedContent(`fact ${sequence} is missing`)
  return stored
}

const isOneOf = <Kind extends Fact['kind']>(fact: Fact, kinds: readonly Kind[]): fact is Extract<Fact, { kind: Kind }> =>
  (kinds as readonly string[]).includes(fact.kind)
