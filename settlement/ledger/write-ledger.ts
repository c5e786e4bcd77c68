/**
 * The rules of writing. Each method decides inside one transaction, on what the store holds at that moment, and writes only
 * after the last reason to refuse has been ruled out: a refusal leaves nothing behind.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { Counters } from '../calculation/counters.ts'
import { fen, negate, subtract } from '../money/fen.ts'
import type { DebitEvidence } from '../payment/payment-device.ts'
import { extend } from './chain.ts'
import { checkHold, checkIdentifier, checkTime } from './check-hold.ts'
import type { CounterKey, Fact, FactOf, Hold, Posting, Terms } from './fact.ts'
import { encodeFact } from './fact-encoding.ts'
import { addCounters, entriesOf, reverse } from './journal.ts'
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
import { closingOf, factAt, holdStateOf, postingOf, readLedger } from './read-ledger.ts'
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

  const settled = store.postingOfVisit(visit)
  if (settled !== undefined) {
    return refuse({ kind: 'visit-already-settled', visit, settlementId: factAt(store, settled, 'posting').fact.settlementId })
  }
  const open = store.openHoldOfVisit(visit)
  if (open !== undefined) {
    return refuse({ kind: 'visit-in-doubt', visit, settlementId: factAt(store, open, 'hold').fact.settlementId })
  }
  if (earlier !== undefined) return refuse({ kind: 'id-conflict', id: settlementId })
  const counters = countersAfter(store, request, request.counters)
  if (!counters.ok) return counters
  return ok({ outcome: 'written', state: { hold: append(store, fact), closing: undefined } })
}

function writePosting(store: WritableStore, request: PostRequest): Result<Receipt<'posting'>, PostRefusal> {
  checkTime('postedAt', request.postedAt)
  const { settlementId, evidence } = request
  const held = store.holdOf(settlementId)
  if (held === undefined) return refuse({ kind: 'hold-unknown', settlementId })
  const closing = closingOf(store, held)
  if (closing?.fact.kind === 'release') return refuse({ kind: 'hold-not-open', settlementId, closedBy: 'release' })
  if (closing?.fact.kind === 'posting') {
    return sameProof(closing.fact.evidence, evidence)
      ? ok({ outcome: 'exists', recorded: { ...closing, fact: closing.fact } })
      : refuse({ kind: 'id-conflict', id: settlementId })
  }
  const { fact: intended } = factAt(store, held, 'hold')
  const contradiction = contradictionOf(intended, evidence)
  if (contradiction !== undefined) return refuse(contradiction)
  const counters = countersAfter(store, intended, intended.counters)
  if (!counters.ok) return counters
  const fact = { kind: 'posting', ...postingOfHold(intended, held, request) } as const
  return ok({ outcome: 'written', recorded: append(store, fact, counters.value) })
}

function writeRelease(store: WritableStore, request: ReleaseRequest): Result<Receipt<'release'>, ReleaseRefusal> {
  checkTime('releasedAt', request.releasedAt)
  const { settlementId, proof, releasedAt } = request
  const held = store.holdOf(settlementId)
  if (held === undefined) return refuse({ kind: 'hold-unknown', settlementId })
  const closing = closingOf(store, held)
  if (closing?.fact.kind === 'posting') return refuse({ kind: 'hold-not-open', settlementId, closedBy: 'posting' })
  if (closing?.fact.kind === 'release') {
    return closing.fact.proof === proof
      ? ok({ outcome: 'exists', recorded: { ...closing, fact: closing.fact } })
      : refuse({ kind: 'id-conflict', id: settlementId })
  }
  const fact = { kind: 'release', settlementId, hold: held, proof, releasedAt } as const
  return ok({ outcome: 'written', recorded: append(store, fact) })
}

function writeCorrection(store: WritableStore, request: CorrectRequest): Result<Receipt<'correction'>, CorrectRefusal> {
  checkTime('correctedAt', request.correctedAt)
  checkIdentifier('correctionId', request.correctionId)
  const { correctionId, settlementId, reason, correctedAt } = request
  const posting = postingOf(store, settlementId)
  if (posting === undefined) return refuse({ kind: 'settlement-unknown', settlementId })
  const earlier = store.correctionById(correctionId)
  if (earlier !== undefined) {
    const recorded = factAt(store, earlier, 'correction')
    return recorded.fact.settlementId === settlementId && recorded.fact.reason === reason
      ? ok({ outcome: 'exists', recorded })
      : refuse({ kind: 'id-conflict', id: correctionId })
  }
  const corrected = store.correctionOf(posting.sequence)
  if (corrected !== undefined) {
    const { fact } = factAt(store, corrected, 'correction')
    return refuse({ kind: 'already-corrected', settlementId, correctionId: fact.correctionId })
  }
  const terms = reverse(termsOf(posting.fact))
  const counters = countersAfter(store, terms, terms.counters)
  if (!counters.ok) return counters
  const { cardId, entries } = posting.fact
  const reversed = entries.map(({ account, amount }) => ({ account, amount: negate(amount) }))
  const fact = {
    kind: 'correction',
    correctionId,
    settlementId,
    posting: posting.sequence,
    ...terms,
    cardId,
    entries: reversed,
    reason,
    correctedAt
  } as const
  return ok({ outcome: 'written', recorded: append(store, fact, counters.value) })
}

function append<Kind extends Fact['kind']>(store: WritableStore, fact: FactOf<Kind>, counters?: Counters): Recorded<Kind> {
  const content = encodeFact(fact)
  const { sequence, hash } = extend(store.head(), content)
  store.append({ sequence, hash, content, fact }, counters)
  return { sequence, hash, fact }
}

function postingOfHold(hold: Hold, sequence: number, request: PostRequest): Posting {
  return {
    settlementId: hold.settlementId,
    hold: sequence,
    ...termsOf(hold),
    cardId: hold.intent.cardId,
    entries: entriesOf(hold.amounts),
    evidence: request.evidence,
    postedAt: request.postedAt
  }
}

const termsOf = (fact: Terms): Terms => ({
  visit: fact.visit,
  personNo: fact.personNo,
  insuranceType: fact.insuranceType,
  policyYear: fact.policyYear,
  policy: fact.policy,
  amounts: fact.amounts,
  lines: fact.lines,
  counters: fact.counters
})

function countersAfter(store: WritableStore, key: CounterKey, delta: Counters): Result<Counters, CounterOutOfRange> {
  const sums = addCounters(store.counters(key), delta)
  if (sums.ok) return sums
  const { personNo, insuranceType, policyYear } = key
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
