/**
 * What a close covers, folded from the facts themselves: everything behind the last close that counts, up to the end of the
 * chain. Facts are chosen by their number and not by a clock, so nothing falls between two closes.
 *
 *   till     what the counter did: amounts as they were shown and charged, refunds as they were handed back
 *   ledger   what counts: the same, with the centre's amounts where its confirmation brought others
 */

import { invariant, never } from '../../base/invariant.ts'
import { ok, type Result } from '../../base/result.ts'
import type { Amounts } from '../calculation/settlement-result.ts'
import { isAdjusted } from '../ledger/effective.ts'
import type { Fact, LoadHold } from '../ledger/fact.ts'
import { addAmounts, differenceOf, negateAmounts } from '../ledger/journal.ts'
import type { LedgerReader, SettlementState } from '../ledger/ledger.ts'
import type { LogEntry } from '../ledger/ledger-views.ts'
import type { StoreFailure } from '../ledger/refusal.ts'
import { add, ZERO, type Fen } from '../money/fen.ts'
import { clearingType } from '../wire/clearing.ts'
import { Breakdown, type Charts } from './breakdown.ts'
import { debitOf, loadOf, type CardEvent } from './card-evidence.ts'
import { NO_AMOUNTS } from './no-amounts.ts'
import { sumsOf, type LocalRow } from './rows.ts'

export interface Period {
  /** Number of the close before, 0 when there is none; and of the last fact. */
  readonly after: number
  readonly to: number
  /** Hash of the last fact. */
  readonly headHash: Uint8Array
  /** 14 digits; undefined when nothing happened. */
  readonly from: string | undefined
  readonly until: string | undefined
  /** Whether there is anything to count: confirmations, closes and reopenings alone are nothing. */
  readonly isEmpty: boolean
  readonly settlements: number
  readonly refunds: number
  readonly loads: number
  readonly till: Amounts
  readonly ledger: Amounts
  readonly cashIn: Fen
  readonly cashRefunded: Fen
  readonly adjusted: readonly Adjusted[]
  readonly rows: readonly LocalRow[]
  readonly cards: readonly CardEvent[]
  readonly charts: Charts
}

/** The centre's amounts came in with its confirmation; the patient was not there. */
export interface Adjusted {
  readonly settlementId: string
  readonly reason: string
  readonly stated: Amounts
  readonly ofRecord: Amounts
  /** Due from the patient, or to be handed back when negative. */
  readonly cash: Fen
}

/** Facts read at a time. */
const PAGE = 1_000

export function readPeriod(ledger: LedgerReader): Result<Period, StoreFailure> {
  const open = ledger.openPeriod()
  if (!open.ok) return open
  const { after, to } = open.value
  const fold = new Fold(ledger)
  let headHash = new Uint8Array(0)
  for (let from = after; from < to; ) {
    const page = ledger.log(from, Math.min(PAGE, to - from))
    if (!page.ok) return page
    const last = page.value.at(-1)
    invariant(last !== undefined, `the log ends at ${from} and not at ${to}`)
    for (const entry of page.value) {
      const added = fold.add(entry)
      if (!added.ok) return added
    }
    from = last.sequence
    headHash = new Uint8Array(last.hash)
  }
  return ok({ after, to, headHash, ...fold.finish() })
}

class Fold {
  readonly #ledger: LedgerReader
  readonly #loadHolds = new Map<number, LoadHold>()
  readonly #breakdown = new Breakdown()
  readonly #rows: LocalRow[] = []
  readonly #cards: CardEvent[] = []
  readonly #adjusted: Adjusted[] = []
  #till = NO_AMOUNTS
  #ledgerSums = NO_AMOUNTS
  #cashIn = ZERO
  #cashRefunded = ZERO
  #loads = 0
  #isEmpty = true
  #from: string | undefined
  #until: string | undefined

  constructor(ledger: LedgerReader) {
    this.#ledger = ledger
  }

  add({ sequence, fact }: LogEntry): Result<undefined, StoreFailure> {
    switch (fact.kind) {
      case 'posting':
        return this.#settlement(fact.settlementId, (state) => this.#post(state))
      case 'correction':
        return this.#settlement(fact.settlementId, (state) => this.#correct(state))
      case 'confirmation':
        return this.#confirm(sequence, fact)
      case 'load-hold':
        this.#isEmpty = false
        this.#loadHolds.set(sequence, fact)
        return ok(undefined)
      case 'load-posting':
        return this.#load(fact)
      case 'hold':
      case 'release':
      case 'load-release':
        this.#isEmpty = false
        return ok(undefined)
      case 'close':
      case 'reopen':
        return ok(undefined)
      default:
        return never(fact)
    }
  }

  finish(): Omit<Period, 'after' | 'to' | 'headHash'> {
    return {
      from: this.#from,
      until: this.#until,
      isEmpty: this.#isEmpty,
      settlements: this.#rows.filter(({ kind }) => kind === 'settlement').length,
      refunds: this.#rows.filter(({ kind }) => kind === 'refund').length,
      loads: this.#loads,
      till: this.#till,
      ledger: this.#ledgerSums,
      cashIn: this.#cashIn,
      cashRefunded: this.#cashRefunded,
      adjusted: this.#adjusted,
      rows: this.#rows,
      cards: this.#cards,
      charts: this.#breakdown.charts()
    }
  }

  #settlement(settlementId: string, work: (state: SettlementState) => void): Result<undefined, StoreFailure> {
    const state = this.#ledger.settlement(settlementId)
    if (!state.ok) return state
    invariant(state.value !== undefined, `${settlementId} is in the log and was never posted`)
    work(state.value)
    return ok(undefined)
  }

  #post(state: SettlementState): void {
    const hold = state.hold.fact
    const { postedAt } = state.posting.fact
    this.#happened(postedAt)
    this.#till = addAmounts(this.#till, hold.amounts)
    this.#ledgerSums = addAmounts(this.#ledgerSums, hold.amounts)
    this.#cashIn = add(this.#cashIn, hold.amounts.cash)
    this.#cards.push(debitOf(hold, state.posting.fact))
    this.#breakdown.settled(hold, postedAt)
    this.#rows.push(rowOf('settlement', state, { sequence: state.posting.sequence, id: hold.settlementId, at: postedAt }))
  }

  #correct(state: SettlementState): void {
    const { correction } = state
    invariant(correction !== undefined, `${state.hold.fact.settlementId} has a correction that is not found`)
    const { correctionId, correctedAt } = correction.fact
    const taken = negateAmounts(state.effective.amounts)
    this.#happened(correctedAt)
    this.#till = addAmounts(this.#till, taken)
    this.#ledgerSums = addAmounts(this.#ledgerSums, taken)
    this.#cashRefunded = add(this.#cashRefunded, state.effective.amounts.cash)
    this.#breakdown.takenBack(state.hold.fact, taken, correctedAt)
    this.#rows.push(rowOf('refund', state, { sequence: correction.sequence, id: correctionId, at: correctedAt }))
  }

  #confirm(sequence: number, { id, ofRecord }: Extract<Fact, { kind: 'confirmation' }>): Result<undefined, StoreFailure> {
    if (ofRecord === undefined) return ok(undefined)
    return this.#settlement(id, (state) => {
      // Of record only after it was taken back: there was nothing left to adjust.
      if (state.confirmation?.sequence !== sequence || !isAdjusted(state)) return
      this.#isEmpty = false
      const stated = state.hold.fact.amounts
      const change = differenceOf(stated, ofRecord.amounts)
      this.#ledgerSums = addAmounts(this.#ledgerSums, change)
      this.#breakdown.adjusted(change)
      this.#adjusted.push({ settlementId: id, reason: ofRecord.reason, stated, ofRecord: ofRecord.amounts, cash: change.cash })
    })
  }

  #load(posting: Extract<Fact, { kind: 'load-posting' }>): Result<undefined, StoreFailure> {
    const known = this.#loadHolds.get(posting.hold)
    const found = known === undefined ? this.#ledger.load(posting.loadId) : ok(undefined)
    if (!found.ok) return found
    const hold = known ?? found.value?.hold.fact
    invariant(hold !== undefined, `load ${posting.loadId} is in the log and was never held`)
    this.#happened(posting.postedAt)
    this.#loads += 1
    this.#cards.push(loadOf(hold, posting))
    return ok(undefined)
  }

  /** The clock of a till may have been set back: the earliest and the latest, not the first and the last. */
  #happened(at: string): void {
    this.#isEmpty = false
    if (this.#from === undefined || at < this.#from) this.#from = at
    if (this.#until === undefined || at > this.#until) this.#until = at
  }
}

type Place = Pick<LocalRow, 'sequence' | 'id' | 'at'>

function rowOf(kind: LocalRow['kind'], state: SettlementState, place: Place): LocalRow {
  const hold = state.hold.fact
  const confirmation = (kind === 'settlement' ? state.confirmation : state.correctionConfirmation)?.fact
  const booked = state.confirmation?.fact.ofRecord?.amounts ?? hold.amounts
  return {
    kind,
    ...place,
    settlementId: hold.settlementId,
    insuranceType: hold.insuranceType,
    clearingType: clearingType(hold.medType),
    sums: sumsOf(kind === 'settlement' ? booked : negateAmounts(booked)),
    confirmed: confirmation === undefined ? undefined : { setlId: confirmation.setlId, setlTime: confirmation.setlTime }
  }
}
