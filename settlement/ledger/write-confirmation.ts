/**
 * The centre has booked something. With amounts of record it is an adjusting entry: what was posted stays as it was, and the
 * difference becomes entries, counters and totals of the confirmation's own day.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { FUNDS, type Amounts } from '../calculation/settlement-result.ts'
import { subtract } from '../money/fen.ts'
import { append, countersAfter, sameContent } from './append-fact.ts'
import { extend, type Head } from './chain.ts'
import { checkIdentifier, checkTime } from './check-hold.ts'
import { debtOf } from './effective.ts'
import type { FactOf } from './fact.ts'
import { decodeFact } from './fact-decoding.ts'
import { encodeFact } from './fact-encoding.ts'
import { confirmationOf, settlementOf } from './find-facts.ts'
import { counterDifference, differenceOf } from './journal.ts'
import type { Confirmable, ConfirmRequest, Receipt, Recorded, SettlementState } from './ledger.ts'
import type { ChainedConfirmation, Effects, WritableStore } from './ledger-store.ts'
import type { ConfirmRefusal, CounterOutOfRange } from './refusal.ts'

/** So that the clock, which is looked at before each, is not far behind what is written. */
const TOGETHER = 16

export function writeConfirmation(
  store: WritableStore,
  request: ConfirmRequest
): Result<Receipt<'confirmation'>, ConfirmRefusal> {
  const { target, ofRecord } = request
  const stated = checked(request, '')
  const confirmed = confirmableAt(store, target)
  if (confirmed === undefined) return refuse({ kind: 'target-unknown', target })
  const found = confirmed.kind === 'load-posting' ? confirmed.loadId : confirmed.settlementId
  const { id = found } = request
  if (found !== id) return refuse({ kind: 'target-of-another', target, id, found })
  const fact = { ...stated, id }
  const earlier = confirmationOf(store, target)
  if (earlier !== undefined) return repeated(earlier, fact)
  if (ofRecord === undefined) return ok({ outcome: 'written', recorded: append(store, fact, {}) })
  if (confirmed.kind !== 'posting') return refuse({ kind: 'of-record-not-allowed', target, targetKind: confirmed.kind })
  return adjust(store, fact, settlementOf(store, confirmed.hold))
}

/**
 * Many at once. A posting that waits and is booked as it was posted is confirmed without being read again, and the chain is
 * carried from one to the next; any other goes the way of a single one.
 */
export function writeConfirmations(
  store: WritableStore,
  requests: readonly ConfirmRequest[],
  isEnough: () => boolean
): Result<Receipt<'confirmation'>, ConfirmRefusal>[] {
  const [first, last] = [requests[0], requests.at(-1)]
  if (first === undefined || last === undefined) return []
  const waiting = store.awaitingIds(first.target, last.target)
  const outcomes: Result<Receipt<'confirmation'>, ConfirmRefusal>[] = []
  const plain = new PlainConfirmations(store)
  for (const request of requests) {
    if (outcomes.length > 0 && isEnough()) break
    const id = waiting.get(request.target)
    if (id === undefined || request.ofRecord !== undefined || (request.id ?? id) !== id) {
      plain.write()
      outcomes.push(writeConfirmation(store, request))
      continue
    }
    waiting.delete(request.target)
    outcomes.push(ok({ outcome: 'written', recorded: plain.add(checked(request, id)) }))
  }
  plain.write()
  return outcomes
}

/** Those that follow each other are written together: as many as were added when `write` is called. */
class PlainConfirmations {
  readonly #store: WritableStore
  #chained: ChainedConfirmation[] = []
  #head: Head | undefined

  constructor(store: WritableStore) {
    this.#store = store
  }

  add(fact: FactOf<'confirmation'>): Recorded<'confirmation'> {
    const content = encodeFact(fact)
    const { sequence, hash } = extend(this.#head ?? this.#store.head(), content)
    this.#head = { sequence, hash }
    this.#chained.push({ sequence, hash, content, fact })
    if (this.#chained.length === TOGETHER) this.#flush()
    return { sequence, hash, fact }
  }

  /** Others may write after it. */
  write(): void {
    this.#flush()
    this.#head = undefined
  }

  #flush(): void {
    if (this.#chained.length === 0) return
    this.#store.appendConfirmations(this.#chained)
    this.#chained = []
  }
}

function checked({ target, setlId, setlTime, ofRecord, confirmedAt }: ConfirmRequest, id: string): FactOf<'confirmation'> {
  checkTime('confirmedAt', confirmedAt)
  checkTime('setlTime', setlTime)
  checkIdentifier('setlId', setlId)
  return { kind: 'confirmation', id, target, setlId, setlTime, ofRecord, confirmedAt }
}

function confirmableAt(store: WritableStore, sequence: number): FactOf<Confirmable> | undefined {
  const stored = store.contentAt(sequence)
  const fact = stored === undefined ? undefined : decodeFact(stored.content)
  const isConfirmable = fact?.kind === 'posting' || fact?.kind === 'correction' || fact?.kind === 'load-posting'
  return isConfirmable ? fact : undefined
}

/**
 * A reply may come twice; when it was written down does not matter. Nor when the centre booked it: one that was put back from an
 * older copy books the same once more, later, under the same number.
 */
function repeated(
  earlier: Recorded<'confirmation'>,
  fact: FactOf<'confirmation'>
): Result<Receipt<'confirmation'>, ConfirmRefusal> {
  const isSame = sameContent({ ...earlier.fact, confirmedAt: fact.confirmedAt, setlTime: fact.setlTime }, fact)
  if (isSame) return ok({ outcome: 'exists', recorded: earlier })
  return refuse({ kind: 'already-confirmed', target: fact.target, setlId: earlier.fact.setlId })
}

function adjust(
  store: WritableStore,
  fact: FactOf<'confirmation'>,
  settled: SettlementState | undefined
): Result<Receipt<'confirmation'>, ConfirmRefusal> {
  const { target, ofRecord } = fact
  if (settled === undefined || ofRecord === undefined) return refuse({ kind: 'target-unknown', target })
  const identity = brokenIdentity(ofRecord.amounts, settled.hold.fact.amounts)
  if (identity !== undefined) return refuse({ kind: 'of-record-wrong', target, identity })
  // What was taken back before its amounts of record were known has nothing left to adjust.
  if (settled.correction !== undefined) return ok({ outcome: 'written', recorded: append(store, fact, {}) })
  const effects = effectsOf(store, fact, settled)
  return effects.ok ? ok({ outcome: 'written', recorded: append(store, fact, effects.value) }) : effects
}

function effectsOf(
  store: WritableStore,
  fact: FactOf<'confirmation'>,
  { hold, correction, owed }: SettlementState
): Result<Effects, CounterOutOfRange> {
  const { ofRecord = hold.fact } = fact
  const counters = countersAfter(store, hold.fact, counterDifference(hold.fact.counters, ofRecord.counters))
  if (!counters.ok) return counters
  const movement = {
    kind: 'adjustment',
    hold: hold.sequence,
    terms: hold.fact,
    at: fact.confirmedAt,
    amounts: differenceOf(hold.fact.amounts, ofRecord.amounts),
    countersAfter: counters.value
  } as const
  const confirmation = { sequence: store.head().sequence + 1, hash: new Uint8Array(0), fact }
  const debt = debtOf({ hold, correction, confirmation })
  return ok({ movement, debt: { hold: hold.sequence, cardId: hold.fact.intent.cardId, amount: subtract(debt, owed.loaded) } })
}

/** What the centre says is judged, where what this program computed itself is asserted: it comes from outside. */
function brokenIdentity(amounts: Amounts, posted: Amounts): string | undefined {
  const { total, fundPaid, personal, hospital, account, cash, mutualAid } = amounts
  const checks: readonly (readonly [identity: string, holds: boolean])[] = [
    ['I1', total === fundPaid + personal + hospital],
    ['I2', personal === account + cash],
    ['I3', fundPaid === FUNDS.reduce((paid, fund) => paid + amounts.funds[fund], 0)],
    ['I4', mutualAid >= 0 && mutualAid <= account],
    ['I6', total === amounts.ownPay + amounts.overCeiling + amounts.prePay + amounts.inScope],
    ['I8', total === posted.total]
  ]
  return checks.find(([, holds]) => !holds)?.[0]
}
