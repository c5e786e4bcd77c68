/**
 * Money put onto a card: held before the card is given it, posted on its proof. A card has one open load at most, and of a
 * refund no more is loaded than is owed, what is under way included.
 */

import { invariant } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import { add, subtract } from '../money/fen.ts'
import type { LoadEvidence } from '../payment/load-device.ts'
import { agree, append, sameContent } from './append-fact.ts'
import { checkIdentifier, checkTime } from './check-hold.ts'
import { debtOf } from './effective.ts'
import type { FactOf, LoadHold } from './fact.ts'
import { factAt, loadStateOf, optional, settlementOf } from './find-facts.ts'
import type { LoadReceipt, PostLoadRequest, Receipt, ReleaseLoadRequest } from './ledger.ts'
import type { LoadState } from './ledger-views.ts'
import type { Debt, WritableStore } from './ledger-store.ts'
import type { HoldLoadRefusal, PostLoadRefusal, ReleaseLoadRefusal } from './refusal.ts'

export function writeLoadHold(store: WritableStore, request: LoadHold): Result<LoadReceipt, HoldLoadRefusal> {
  checkLoadHold(request)
  const { loadId, intent } = request
  const fact: FactOf<'load-hold'> = { kind: 'load-hold', ...request }
  const earlier = loadOf(store, loadId)
  if (earlier !== undefined && sameContent(earlier.hold.fact, fact)) return ok({ outcome: 'exists', state: earlier })
  const open = optional(store.openLoadOf(intent.cardId), (hold) => factAt(store, hold, 'load-hold'))
  if (open !== undefined) return refuse({ kind: 'load-in-doubt', cardId: intent.cardId, loadId: open.fact.loadId })
  if (earlier !== undefined) return refuse({ kind: 'id-conflict', id: loadId })
  const refusal = whyNotDue(store, request)
  if (refusal !== undefined) return refuse(refusal)
  const hold = append(store, fact, {})
  return ok({ outcome: 'written', state: { hold, closing: undefined, confirmation: undefined } })
}

function checkLoadHold({ loadId, purpose, intent, heldAt }: LoadHold): void {
  checkTime('heldAt', heldAt)
  checkIdentifier('loadId', loadId)
  checkIdentifier('purpose', purpose.kind === 'refund' ? purpose.settlementId : purpose.creditId)
  checkIdentifier('intent.cardId', intent.cardId)
  invariant(intent.amount > 0, `a load of ${intent.amount} fen`)
}

function whyNotDue(store: WritableStore, { purpose, intent }: LoadHold): HoldLoadRefusal | undefined {
  if (purpose.kind === 'credit') {
    const done = store.loadsFor(purpose).map((hold) => loadStateOf(store, hold)).find(isLoadedOrOpen)
    return done === undefined ? undefined : { kind: 'credit-loaded', creditId: purpose.creditId, loadId: done.hold.fact.loadId }
  }
  const { settlementId } = purpose
  const settled = settlementOf(store, store.holdOf(settlementId))
  if (settled === undefined) return { kind: 'settlement-unknown', settlementId }
  if (settled.hold.fact.intent.cardId !== intent.cardId) return { kind: 'card-differs', settlementId }
  const { owed } = settled.owed
  if (owed === 0) return { kind: 'nothing-owed', settlementId }
  return intent.amount > owed ? { kind: 'more-than-owed', settlementId, owed, asked: intent.amount } : undefined
}

const isLoadedOrOpen = ({ closing }: LoadState): boolean => closing?.fact.kind !== 'load-release'

export function writeLoadPosting(store: WritableStore, request: PostLoadRequest): Result<Receipt<'load-posting'>, PostLoadRefusal> {
  checkTime('postedAt', request.postedAt)
  const { loadId, evidence, postedAt } = request
  const state = loadOf(store, loadId)
  if (state === undefined) return refuse({ kind: 'load-unknown', loadId })
  const { hold, closing } = state
  if (closing?.fact.kind === 'load-release') return refuse({ kind: 'load-not-open', loadId, closedBy: 'load-release' })
  if (closing?.fact.kind === 'load-posting') {
    return sameProof(closing.fact.evidence, evidence)
      ? ok({ outcome: 'exists', recorded: { ...closing, fact: closing.fact } })
      : refuse({ kind: 'id-conflict', id: loadId })
  }
  const balanceExpected = add(hold.fact.intent.balanceBefore, hold.fact.intent.amount)
  if (evidence.balanceAfter !== undefined && evidence.balanceAfter !== balanceExpected) {
    return refuse({ kind: 'evidence-contradicts', loadId, balanceExpected, balanceFound: evidence.balanceAfter })
  }
  const fact = { kind: 'load-posting', loadId, hold: hold.sequence, evidence, postedAt } as const
  const debt = debtAfter(store, hold.fact)
  return ok({ outcome: 'written', recorded: append(store, fact, debt === undefined ? {} : { debt }) })
}

/** undefined for a credit, which no settlement owes. */
function debtAfter(store: WritableStore, { purpose, intent }: FactOf<'load-hold'>): Debt | undefined {
  if (purpose.kind === 'credit') return undefined
  const settled = settlementOf(store, store.holdOf(purpose.settlementId))
  invariant(settled !== undefined, `a load was held for ${purpose.settlementId}, which was never posted`)
  const amount = subtract(subtract(debtOf(settled), settled.owed.loaded), intent.amount)
  return { hold: settled.hold.sequence, cardId: intent.cardId, amount }
}

export function writeLoadRelease(
  store: WritableStore,
  request: ReleaseLoadRequest
): Result<Receipt<'load-release'>, ReleaseLoadRefusal> {
  checkTime('releasedAt', request.releasedAt)
  const { loadId, proof, releasedAt } = request
  const state = loadOf(store, loadId)
  if (state === undefined) return refuse({ kind: 'load-unknown', loadId })
  const { hold, closing } = state
  if (closing?.fact.kind === 'load-posting') return refuse({ kind: 'load-not-open', loadId, closedBy: 'load-posting' })
  if (closing?.fact.kind === 'load-release') {
    return closing.fact.proof === proof
      ? ok({ outcome: 'exists', recorded: { ...closing, fact: closing.fact } })
      : refuse({ kind: 'id-conflict', id: loadId })
  }
  const fact = { kind: 'load-release', loadId, hold: hold.sequence, proof, releasedAt } as const
  return ok({ outcome: 'written', recorded: append(store, fact, {}) })
}

const loadOf = (store: WritableStore, loadId: string): LoadState | undefined =>
  optional(store.loadOf(loadId), (hold) => loadStateOf(store, hold))

const sameProof = (left: LoadEvidence, right: LoadEvidence): boolean =>
  left.serialAfter === right.serialAfter && agree(left.tac, right.tac) && agree(left.balanceAfter, right.balanceAfter)
