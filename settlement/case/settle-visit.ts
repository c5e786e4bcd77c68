/**
 * Taking the money for a visit whose amounts are known. The order is the promise:
 *
 *   initialise   the card and the PSAM tell their serials; nothing has changed anywhere
 *   hold         durable, unless the year stands elsewhere than the claim says: from here on a crash leaves a hold that recovery resolves
 *   debit        the one command that takes money, sent once, never repeated
 *   post         durable in one transaction: posting, evidence, counters, totals, hold closed
 *
 * An unknown outcome of the debit is neither success nor failure: the hold stays, in doubt, until the card proves it.
 */

import { never } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import type { Counters } from '../calculation/counters.ts'
import { areSameCounters } from '../calculation/year-counters.ts'
import type { Hold } from '../ledger/fact.ts'
import type { Ledger, Recorded } from '../ledger/ledger.ts'
import type { HoldRefusal, PostRefusal, ReleaseRefusal } from '../ledger/refusal.ts'
import type { DebitAmounts, DebitEvidence, DebitIntent, DeviceRefusal, PaymentDevice } from '../payment/payment-device.ts'

/** Moments between which a crash must not lose or double a fen; tests stop the process at each. */
export const SETTLE_STEPS = ['initialised', 'held', 'debited', 'posted'] as const
export type SettleStep = (typeof SETTLE_STEPS)[number]

export interface SettlePorts {
  readonly ledger: Ledger
  readonly device: PaymentDevice
  readonly reached: (step: SettleStep) => void
}

/** The hold without what only the card can tell. */
export interface VisitToSettle extends Omit<Hold, 'intent'> {
  readonly debit: DebitAmounts
  /** What the ledger had of the year when the amounts were calculated. */
  readonly yearBefore: Counters
}

export interface Settled {
  readonly posting: Recorded<'posting'>
  readonly intent: DebitIntent
  readonly evidence: DebitEvidence
}

export type SettleRefusal =
  /** Nothing was charged. */
  | { readonly kind: 'device'; readonly refusal: DeviceRefusal }
  | { readonly kind: 'ledger'; readonly refusal: HoldRefusal }
  /** The card may or may not have been charged; the hold is durable and waits for the card's proof. */
  | { readonly kind: 'in-doubt'; readonly settlementId: string; readonly cause: string }
  /** The card was charged, or refused, and the ledger could not write it down: the hold waits, recovery will. */
  | { readonly kind: 'not-recorded'; readonly settlementId: string; readonly refusal: PostRefusal | ReleaseRefusal }

/** The year's counters moved while the card was asked, by an answer of the centre: the amounts may be others. Nothing was charged. */
export interface YearMoved {
  readonly kind: 'year-moved'
}

export async function settleVisit(ports: SettlePorts, visit: VisitToSettle): Promise<Result<Settled, SettleRefusal | YearMoved>> {
  const { ledger, device, reached } = ports
  const { debit, yearBefore, ...terms } = visit
  const taken = visitTaken(ledger, visit)
  if (taken !== undefined) return refuse({ kind: 'ledger', refusal: taken })

  const intent = await device.initialise(debit, visit.heldAt)
  if (!intent.ok) return refuse({ kind: 'device', refusal: intent.error })
  reached('initialised')

  const year = ledger.counters(visit)
  if (!year.ok) return refuse({ kind: 'ledger', refusal: year.error })
  if (!areSameCounters(year.value, yearBefore)) return refuse({ kind: 'year-moved' })
  const held = ledger.hold({ ...terms, intent: intent.value })
  if (!held.ok) return refuse({ kind: 'ledger', refusal: held.error })
  // An earlier attempt under this id may have gone on to the card: only its proof can tell, never a second debit.
  if (held.value.outcome === 'exists') {
    return refuse({ kind: 'in-doubt', settlementId: visit.settlementId, cause: 'a hold with this id was already there' })
  }
  reached('held')

  const outcome = await device.debit(intent.value)
  reached('debited')
  switch (outcome.kind) {
    case 'debited':
      return post(ports, visit, intent.value, outcome.evidence)
    case 'not-debited':
      return release(ledger, visit, outcome.refusal)
    case 'unknown':
      return refuse({ kind: 'in-doubt', settlementId: visit.settlementId, cause: outcome.cause })
    default:
      return never(outcome)
  }
}

/** A visit that is settled or in doubt is refused before the card is troubled at all. */
function visitTaken(ledger: Ledger, { visit }: VisitToSettle): HoldRefusal | undefined {
  const earlier = ledger.holdByVisit(visit)
  if (!earlier.ok) return earlier.error
  if (earlier.value === undefined || earlier.value.closing?.fact.kind === 'release') return undefined
  const { settlementId } = earlier.value.hold.fact
  const kind = earlier.value.closing === undefined ? 'visit-in-doubt' : 'visit-already-settled'
  return { kind, visit, settlementId }
}

function post(
  { ledger, reached }: SettlePorts,
  visit: VisitToSettle,
  intent: DebitIntent,
  evidence: DebitEvidence
): Result<Settled, SettleRefusal> {
  const { settlementId } = visit
  const posted = ledger.post({ settlementId, evidence, postedAt: visit.heldAt })
  if (!posted.ok) return refuse({ kind: 'not-recorded', settlementId, refusal: posted.error })
  reached('posted')
  return ok({ posting: posted.value.recorded, intent, evidence })
}

function release(ledger: Ledger, visit: VisitToSettle, refusal: DeviceRefusal): Result<never, SettleRefusal> {
  const { settlementId } = visit
  const released = ledger.release({ settlementId, proof: `the card refused: ${refusal.kind}`, releasedAt: visit.heldAt })
  return released.ok
    ? refuse({ kind: 'device', refusal })
    : refuse({ kind: 'not-recorded', settlementId, refusal: released.error })
}

