/**
 * The rules of writing. Each method decides inside one transaction, on what the store holds at that moment, and writes only
 * after the last reason to refuse has been ruled out: a refusal leaves nothing behind.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { fen, subtract } from '../money/fen.ts'
import type { DebitEvidence } from '../payment/payment-device.ts'
import { agree, append, countersAfter, flatten, sameContent } from './append-fact.ts'
import { checkHold, checkIdentifier, checkTime } from './check-hold.ts'
import { dispensedBy } from './dispensed.ts'
import type { FactOf, Hold } from './fact.ts'
import { closingOf, factAt, holdStateOf, settlementOf } from './find-facts.ts'
import { negateAmounts, negateCounters } from './journal.ts'
import type { CorrectRequest, HoldReceipt, Ledger, PostRequest, Receipt, ReleaseRequest } from './ledger.ts'
import type { WritableStore } from './ledger-store.ts'
import { readLedger } from './read-ledger.ts'
import { restoreFacts } from './restore-facts.ts'
import { soldBefore } from './sold-before.ts'
import type { CorrectRefusal, HoldRefusal, PostRefusal, ReleaseRefusal } from './refusal.ts'
import { writeClose, writeReopen } from './write-close.ts'
import { writeConfirmation, writeConfirmations } from './write-confirmation.ts'
import { writeLoadHold, writeLoadPosting, writeLoadRelease } from './write-load.ts'

export function writeLedger(store: WritableStore): Ledger {
  return {
    ...readLedger(store),
    hold: (request) => flatten(store.transaction(() => writeHold(store, request))),
    post: (request) => flatten(store.transaction(() => writePosting(store, request))),
    release: (request) => flatten(store.transaction(() => writeRelease(store, request))),
    correct: (request) => flatten(store.transaction(() => writeCorrection(store, request))),
    confirm: (request) => flatten(store.transaction(() => writeConfirmation(store, request))),
    confirmAll: (requests, isEnough) => store.transaction(() => writeConfirmations(store, requests, isEnough)),
    holdLoad: (request) => flatten(store.transaction(() => writeLoadHold(store, request))),
    postLoad: (request) => flatten(store.transaction(() => writeLoadPosting(store, request))),
    releaseLoad: (request) => flatten(store.transaction(() => writeLoadRelease(store, request))),
    closeDay: (request) => flatten(store.transaction(() => writeClose(store, request))),
    reopenDay: (request) => flatten(store.transaction(() => writeReopen(store, request))),
    restore: (links) => restoreFacts(store, links, writeLedger)
  }
}

function writeHold(store: WritableStore, request: Hold): Result<HoldReceipt, HoldRefusal> {
  checkHold(request)
  const { settlementId, visit } = request
  const fact: FactOf<'hold'> = { kind: 'hold', ...request }
  const earlier = holdStateOf(store, store.holdOf(settlementId))
  if (earlier !== undefined && sameContent(earlier.hold.fact, fact)) return ok({ outcome: 'exists', state: earlier })

  const other = holdStateOf(store, store.holdOfVisit(visit))
  if (other !== undefined) {
    const kind = other.closing === undefined ? 'visit-in-doubt' : 'visit-already-settled'
    return refuse({ kind, visit, settlementId: other.hold.fact.settlementId })
  }
  if (earlier !== undefined) return refuse({ kind: 'id-conflict', id: settlementId })
  const dispensed = dispensedBy(request)
  const taken = dispensed === undefined ? undefined : soldBefore(store, request, dispensed.packs)
  if (taken !== undefined) return refuse(taken)
  const counters = countersAfter(store, request, request.counters)
  if (!counters.ok) return counters
  const effects = dispensed === undefined ? {} : { dispensed }
  return ok({ outcome: 'written', state: { hold: append(store, fact, effects), closing: undefined } })
}

function writePosting(store: WritableStore, request: PostRequest): Result<Receipt<'posting'>, PostRefusal> {
  checkTime('postedAt', request.postedAt)
  const { settlementId, evidence, postedAt } = request
  const state = openingOf(store, settlementId)
  if (state === undefined) return refuse({ kind: 'hold-unknown', settlementId })
  const { hold, closing } = state
  if (closing?.fact.kind === 'release') return refuse({ kind: 'hold-not-open', settlementId, closedBy: 'release' })
  if (closing?.fact.kind === 'posting') {
    return sameProof(closing.fact.evidence, evidence)
      ? ok({ outcome: 'exists', recorded: { ...closing, fact: closing.fact } })
      : refuse({ kind: 'id-conflict', id: settlementId })
  }
  const contradiction = contradictionOf(hold.fact, evidence)
  if (contradiction !== undefined) return refuse(contradiction)
  const counters = countersAfter(store, hold.fact, hold.fact.counters)
  if (!counters.ok) return counters
  const fact = { kind: 'posting', settlementId, hold: hold.sequence, evidence, postedAt } as const
  const movement = {
    kind: 'settlement',
    hold: hold.sequence,
    terms: hold.fact,
    at: postedAt,
    amounts: hold.fact.amounts,
    countersAfter: counters.value
  } as const
  return ok({ outcome: 'written', recorded: append(store, fact, { hold: hold.fact, movement }) })
}

function writeRelease(store: WritableStore, request: ReleaseRequest): Result<Receipt<'release'>, ReleaseRefusal> {
  checkTime('releasedAt', request.releasedAt)
  const { settlementId, proof, releasedAt } = request
  const state = openingOf(store, settlementId)
  if (state === undefined) return refuse({ kind: 'hold-unknown', settlementId })
  const { hold, closing } = state
  if (closing?.fact.kind === 'posting') return refuse({ kind: 'hold-not-open', settlementId, closedBy: 'posting' })
  if (closing?.fact.kind === 'release') {
    return closing.fact.proof === proof
      ? ok({ outcome: 'exists', recorded: { ...closing, fact: closing.fact } })
      : refuse({ kind: 'id-conflict', id: settlementId })
  }
  const fact = { kind: 'release', settlementId, hold: hold.sequence, proof, releasedAt } as const
  return ok({ outcome: 'written', recorded: append(store, fact, { hold: hold.fact }) })
}

function writeCorrection(store: WritableStore, request: CorrectRequest): Result<Receipt<'correction'>, CorrectRefusal> {
  checkTime('correctedAt', request.correctedAt)
  checkIdentifier('correctionId', request.correctionId)
  const { correctionId, settlementId, reason, correctedAt } = request
  const settled = settlementOf(store, store.holdOf(settlementId))
  if (settled === undefined) return refuse({ kind: 'settlement-unknown', settlementId })
  const earlier = store.correctionById(correctionId)
  if (earlier !== undefined) {
    const recorded = factAt(store, earlier, 'correction')
    return recorded.fact.settlementId === settlementId && recorded.fact.reason === reason
      ? ok({ outcome: 'exists', recorded })
      : refuse({ kind: 'id-conflict', id: correctionId })
  }
  if (settled.correction !== undefined) {
    return refuse({ kind: 'already-corrected', settlementId, correctionId: settled.correction.fact.correctionId })
  }
  const { hold, effective, owed } = settled
  const counters = countersAfter(store, hold.fact, negateCounters(effective.counters))
  if (!counters.ok) return counters
  const fact = { kind: 'correction', correctionId, settlementId, hold: hold.sequence, reason, correctedAt } as const
  const movement = {
    kind: 'correction',
    hold: hold.sequence,
    terms: hold.fact,
    at: correctedAt,
    amounts: negateAmounts(effective.amounts),
    countersAfter: counters.value
  } as const
  // Everything that the card paid is owed to it now, less what loads have brought back already.
  const { account } = hold.fact.intent.amounts
  const debt = { hold: hold.sequence, cardId: hold.fact.intent.cardId, amount: subtract(account, owed.loaded) }
  return ok({ outcome: 'written', recorded: append(store, fact, { movement, debt }) })
}

/** The hold without its result, which closing it does not need, and what has closed it. */
function openingOf(store: WritableStore, settlementId: string) {
  const sequence = store.holdOf(settlementId)
  if (sequence === undefined) return undefined
  return { hold: factAt(store, sequence, 'hold'), closing: closingOf(store, sequence) }
}

/** The log proves a debit without TAC and MAC2, so what one of the two proofs lacks is not compared. */
function sameProof(left: DebitEvidence, right: DebitEvidence): boolean {
  return (
    left.serialAfter === right.serialAfter &&
    agree(left.tac, right.tac) &&
    agree(left.mac2, right.mac2) &&
    agree(left.balanceAfter, right.balanceAfter)
  )
}

function contradictionOf(hold: Hold, evidence: DebitEvidence): PostRefusal | undefined {
  const { balanceBefore, amounts } = hold.intent
  if (balanceBefore === undefined || evidence.balanceAfter === undefined) return undefined
  const balanceExpected = subtract(balanceBefore, amounts.account)
  if (evidence.balanceAfter === balanceExpected) return undefined
  const { settlementId } = hold
  return { kind: 'evidence-contradicts', settlementId, balanceExpected, balanceFound: fen(evidence.balanceAfter) }
}
