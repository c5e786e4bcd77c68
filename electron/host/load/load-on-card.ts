/** A load at the counter: what the card left open first, then what it is owed, by the centre's signature. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { CardSession } from '../../../card/session/card-session.ts'
import { loadCard, type LoadedCard, type LoadPorts, type LoadRequest } from '../../../settlement/case/load-card.ts'
import type { LoadSigner } from '../../../settlement/case/load-signer.ts'
import { openCardSession } from '../../../card/session/open-card-session.ts'
import type { Pin } from '../../../card/secret/pin.ts'
import type { CardRegister } from '../card-register.ts'
import { cardLoadDevice } from '../card-load-device.ts'
import type { CardRecovery } from '../card-recovery.ts'
import { recover, tryPin } from '../counter.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import { unfitCard, type Till } from '../patient.ts'

export type LoadingCounter = Pick<Till, 'ledger' | 'clock' | 'faultPoint'> & Pick<LoadPorts, 'isNeverBooked'>

export async function loadOnCard(
  { ledger, clock, faultPoint, isNeverBooked }: LoadingCounter,
  signer: LoadSigner,
  session: CardSession,
  due: LoadRequest['due']
): Promise<Result<LoadedCard, CounterRefusal>> {
  const request = { due, cardId: session.identity.identificationCode, time: clock().cardTime }
  const loaded = await loadCard({ ledger, device: cardLoadDevice(session), signer, isNeverBooked, reached: faultPoint }, request)
  return loaded.ok ? loaded : refuse({ kind: 'load', refusal: loaded.error })
}

/** As a person names it: a credit's amount is asked of the centre. */
export type NamedDue =
  | { readonly kind: 'refund'; readonly settlementId: string }
  | { readonly kind: 'credit'; readonly creditId: string }

export interface AtTill {
  readonly signer: LoadSigner
  readonly register: CardRegister
  readonly pin: Pin
  readonly due: NamedDue
}

export interface LoadedAtTill extends LoadedCard {
  /** What this card, or nobody, proved about earlier holds and loads. */
  readonly recoveries: readonly CardRecovery[]
}

/** From the card in the reader to the load in the ledger. An expired card may get back what it paid, and is given nothing new. */
export async function loadAtTill(
  till: Till & LoadingCounter,
  { signer, register, pin, due: named }: AtTill
): Promise<Result<LoadedAtTill, CounterRefusal>> {
  const { reader, psam, entropy, clock } = till
  const opened = await openCardSession({ reader, psam, entropy, today: clock().today })
  if (!opened.ok) return refuse({ kind: 'card-not-opened', refusal: opened.error })
  const session = opened.value
  try {
    const unfit = unfitCard(session.identity, register)
    if (unfit !== undefined && !(unfit.kind === 'card-expired' && named.kind === 'refund')) return refuse(unfit)
    const verified = await tryPin(session, pin)
    if (!verified.ok) return verified
    const recovered = await recover(till, session)
    if (!recovered.ok) return recovered
    const due = await dueOf(signer, session.identity.identificationCode, named)
    if (!due.ok) return due
    const loaded = await loadOnCard(till, signer, session, due.value)
    return loaded.ok ? ok({ ...loaded.value, recoveries: recovered.value }) : loaded
  } finally {
    await session.close()
  }
}

async function dueOf(signer: LoadSigner, cardId: string, named: NamedDue): Promise<Result<LoadRequest['due'], CounterRefusal>> {
  if (named.kind === 'refund') return ok(named)
  const credits = await signer.credits(cardId)
  if (!credits.ok) return refuse({ kind: 'load', refusal: { kind: 'signer', refusal: credits.error } })
  const credit = credits.value.find(({ creditId }) => creditId === named.creditId)
  if (credit !== undefined) return ok({ ...named, amount: credit.amount })
  return refuse({ kind: 'load', refusal: { kind: 'credit-unknown', creditId: named.creditId } })
}
