/**
 * The rules of writing. Each method decides inside one transaction, on what the store holds at that moment, and writes only
 * after the last reason to refuse has been ruled out: a refusal leaves nothing behind.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { Counters } from '../calculation/counters.ts'
import { fen, subtract } from '../money/fen.ts'
import type { DebitEvidence } from '../payment/payment-device.ts'
import { extend } from './chain.ts'
import { checkHold, checkIdentifier, checkTime } from './check-hold.ts'
import type { Fact, FactOf, Hold, Terms } from './fact.ts'
import { encodeFact } from './fact-encoding.ts'
import { addCounters, reverse } from './journal.ts'
import type {
  CorrectRequest,
  HoldReceipt,
  Ledger,
  PostRequest,
  Receipt,
  Recorded,
  ReleaseRequest
} from './ledger.ts'
import type { WritableStore } from './ledger-store.ts'
import { factAt, holdStateOf, readLedger, settlementOf } from './read-ledger.ts'
import type { CorrectRefusal, CounterOutOfRange, HoldRefusal, PostRefusal, ReleaseRefusal, StoreFailure } from './refusal.ts'

export function writeLedger(store: WritableStore): Ledger {
  return {
    ...readLedger(store),
    hold: (request) => flatten(store.transaction(() => writeHold(store, request))),
    post: (request) => flatten(store.transaction(() => writePosting(store, request))),
    release: (request) => flatten(store.transaction(() => writeRelease(store, request))),
    correct: (request) => flatten(store.transaction(() => writeCorrection(store, request)))
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
  const counters = countersAfter(store, request)
  if (!counters.ok) return counters
  return ok({ outcome: 'written', state: { hold: append(store, fact, fact), closing: undefined } })
}

function writePosting(store: WritableStore, request: PostRequest): Result<Receipt<'posting'>, PostRefusal> {
  checkTime('postedAt', request.postedAt)
  const { settlementId, evidence, postedAt } = request
  const state = holdStateOf(store, store.holdOf(settlementId))
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
  const counters = countersAfter(store, hold.fact)
  if (!counters.ok) return counters
  const fact = { kind: 'posting', settlementId, hold: hold.sequence, evidence, postedAt } as const
  return ok({ outcome: 'written', recorded: append(store, fact, hold.fact, counters.value) })
}

function writeRelease(store: WritableStore, request: ReleaseRequest): Result<Receipt<'release'>, ReleaseRefusal> {
  checkTime('releasedAt', request.releasedAt)
  const { settlementId, proof, releasedAt } = request
  const state = holdStateOf(store, store.holdOf(settlementId))
  if (state === undefined) return refuse({ kind: 'hold-unknown', settlementId })
  const { hold, closing } = state
  if (closing?.fact.kind === 'posting') return refuse({ kind: 'hold-not-open', settlementId, closedBy: 'posting' })
  if (closing?.fact.kind === 'release') {
    return closing.fact.proof === proof
      ? ok({ outcome: 'exists', recorded: { ...closing, fact: closing.fact } })
      : refuse({ kind: 'id-conflict', id: settlementId })
  }
  const fact = { kind: 'release', settlementId, hold: hold.sequence, proof, releasedAt } as const
  return ok({ outcome: 'written', recorded: append(store, fact, hold.fact) })
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
  const { hold } = settled
  const counters = countersAfter(store, reverse(hold.fact))
  if (!counters.ok) return counters
  const fact = { kind: 'correction', correctionId, settlementId, hold: hold.sequence, reason, correctedAt } as const
  return ok({ outcome: 'written', recorded: append(store, fact, hold.fact, counters.value) })
}

function append<Kind extends Fact['kind']>(
  store: WritableStore,
  fact: FactOf<Kind>,
  hold: Hold,
  counters?: Counters
): Recorded<Kind> {
  const content = encodeFact(fact)
  const { sequence, hash } = extend(store.head(), content)
  store.append({ sequence, hash, content, fact }, hold, counters)
  return { sequence, hash, fact }
}

function countersAfter(store: WritableStore, terms: Terms): Result<Counters, CounterOutOfRange> {
  const sums = addCounters(store.counters(terms), terms.counters)
  if (sums.ok) return sums
  const { personNo, insuranceType, policyYear } = terms
  return refuse({ kind: 'counter-out-of-range', key: { personNo, insuranceType, policyYear }, counter: sums.error })
}

function sameContent(left: Fact, right: Fact): boolean {
  const [one, other] = [encodeFact(left), encodeFact(right)]
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}

const agree = <Value>(one: Value | undefined, other: Value | undefined): boolean =>
  one === undefined || other === undefined || one === other

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

const flatten = <Value, Refusal>(
  outcome: Result<Result<Value, Refusal>, StoreFailure>
): Result<Value, Refusal | StoreFailure> => (outcome.ok ? outcome.value : outcome)
