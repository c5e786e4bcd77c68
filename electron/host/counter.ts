/**
 * A visit at the counter, from the card in the reader to the posting in the ledger. What can refuse without a PIN does so
 * before the PIN is tried; what this card left open earlier is resolved before anything new is charged.
 *
 *   card -> genuine, in date, not lost, of this place -> PIN -> open holds -> claim -> calculation -> settlement
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { Pin } from '../../card/secret/pin.ts'
import type { CardSession } from '../../card/session/card-session.ts'
import { openCardSession } from '../../card/session/open-card-session.ts'
import { recoverHolds } from '../../settlement/case/recover-holds.ts'
import { recoverLoads } from '../../settlement/case/recover-loads.ts'
import type { Visit } from '../../settlement/visit/visit-schema.ts'
import { cardLoadDevice } from './card-load-device.ts'
import { cardPaymentDevice } from './card-payment-device.ts'
import type { CardRecovery } from './card-recovery.ts'
import type { CounterRefusal } from './counter-refusal.ts'
import { isFirstPin } from './first-pin.ts'
import type { JudgedVisit } from './sale/judged-visit.ts'
import { needsJudging } from './sale/needs-judging.ts'
import { identifyPatient, openCard, readCard, type Counter, type Patient, type Till } from './patient.ts'
import { settleOnCard, type Served } from './settle-on-card.ts'

export interface ServedVisit extends Served {
  readonly patient: Patient
  /** What this card, or nobody, proved about earlier holds and loads. */
  readonly recoveries: readonly CardRecovery[]
}

export async function serveVisit(counter: Counter, visit: Visit, pin: Pin): Promise<Result<ServedVisit, CounterRefusal>> {
  const opened = await openCard(counter)
  if (!opened.ok) return opened
  try {
    return await serve(counter, opened.value, visit, pin)
  } finally {
    await opened.value.close()
  }
}

async function serve(
  counter: Counter,
  session: CardSession,
  visit: Visit,
  pin: Pin
): Promise<Result<ServedVisit, CounterRefusal>> {
  const patient = await identifyPatient(counter, session, visit)
  if (!patient.ok) return patient
  const isKnown = (await counter.learn?.(patient.value.person.certno)) ?? true
  if (!isKnown) return refuse({ kind: 'person-unknown' })
  const judged = await judgedAt(counter, session, visit)
  if (!judged.ok) return judged
  const verified = await verifyPin(patient.value, pin)
  if (!verified.ok) return verified
  counter.faultPoint('pin-verified')
  const recovered = await recover(counter, session)
  if (!recovered.ok) return recovered
  const served = await settleOnCard(counter, patient.value, judged.value.visit, undefined, judged.value.ownPay)
  return served.ok ? ok({ ...served.value, patient: patient.value, recoveries: recovered.value }) : served
}

/** A hospital's visit goes as it is. */
async function judgedAt({ judge }: Counter, session: CardSession, visit: Visit): Promise<Result<JudgedVisit, CounterRefusal>> {
  if (judge === undefined || !needsJudging(visit)) return ok({ visit, ownPay: undefined })
  const card = await readCard(session)
  return card.ok ? judge(card.value, visit) : card
}

/**
 * Only the card can close what is open: `recoverVisits` is also asked alone, when a card comes back after a crash. Without
 * a PIN the card's log stays shut, and what only the log can prove stays in doubt.
 */
export async function recoverVisits(till: Till, pin: Pin | undefined): Promise<Result<readonly CardRecovery[], CounterRefusal>> {
  const { reader, psam, entropy, clock } = till
  // Expired or reported lost, a card may still prove what it was charged.
  const opened = await openCardSession({ reader, psam, entropy, today: clock().today })
  if (!opened.ok) return refuse({ kind: 'card-not-opened', refusal: opened.error })
  try {
    if (pin !== undefined) {
      const verified = await tryPin(opened.value, pin)
      if (!verified.ok) return verified
    }
    return await recover(till, opened.value)
  } finally {
    await opened.value.close()
  }
}

/** Asks the card now present about every hold and every load that is open. */
export async function recover(
  { ledger, clock, faultPoint }: Pick<Till, 'ledger' | 'clock' | 'faultPoint'>,
  session: CardSession
): Promise<Result<readonly CardRecovery[], CounterRefusal>> {
  const time = clock().cardTime
  const holds = await recoverHolds(ledger, cardPaymentDevice(session), time)
  if (!holds.ok) return refuse({ kind: 'ledger', refusal: holds.error })
  const loads = await recoverLoads(ledger, cardLoadDevice(session), time)
  if (!loads.ok) return refuse({ kind: 'ledger', refusal: loads.error })
  faultPoint('recovered')
  return ok([...holds.value, ...loads.value])
}

async function verifyPin({ session, policy }: Patient, pin: Pin): Promise<Result<null, CounterRefusal>> {
  const verified = await tryPin(session, pin)
  if (!verified.ok) return verified
  return isFirstPin(pin, policy.card, session.identity.cardNumber) ? refuse({ kind: 'first-pin-unchanged' }) : verified
}

/** A card that says it is locked is not asked again. */
export async function tryPin(session: CardSession, pin: Pin): Promise<Result<null, CounterRefusal>> {
  const left = await session.pinTriesLeft()
  if (!left.ok) return refuse({ kind: 'pin', refusal: left.error })
  if (left.value === 0) return refuse({ kind: 'pin-locked' })
  const verified = await session.verifyPin(pin)
  if (verified.ok) return verified
  return verified.error.kind === 'pin-locked' ? refuse({ kind: 'pin-locked' }) : refuse({ kind: 'pin', refusal: verified.error })
}
