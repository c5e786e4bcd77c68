/** A load at the counter: what the card left open first, then what it is owed, by the centre's signature. */

import { refuse, type Result } from '../../../base/result.ts'
import type { CardSession } from '../../../card/session/card-session.ts'
import { loadCard, type LoadedCard, type LoadRequest } from '../../../settlement/case/load-card.ts'
import type { LoadSigner } from '../../../settlement/case/load-signer.ts'
import { openCardSession } from '../../../card/session/open-card-session.ts'
import type { Pin } from '../../../card/secret/pin.ts'
import type { CardRegister } from '../card-register.ts'
import { cardLoadDevice } from '../card-load-device.ts'
import type { CardRecovery } from '../card-recovery.ts'
import { recover, tryPin } from '../counter.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import { unfitCard, type Till } from '../patient.ts'

export type LoadingCounter = Pick<Till, 'ledger' | 'clock' | 'faultPoint'>

export async function loadOnCard(
  { ledger, clock, faultPoint }: LoadingCounter,
  signer: LoadSigner,
  session: CardSession,
  due: LoadRequest['due']
): Promise<Result<LoadedCard, CounterRefusal>> {
  const request = { due, cardId: session.identity.identificationCode, time: clock().cardTime }
  const loaded = await loadCard({ ledger, device: cardLoadDevice(session), signer, reached: faultPoint }, request)
  return loaded.ok ? loaded : refuse({ kind: 'load', refusal: loaded.error })
}

export interface LoadedAtTill extends LoadedCard {
  /** What this card, or nobody, proved about earlier holds and loads. */
  readonly recoveries: readonly CardRecovery[]
}

/** From the card in the reader to the load in the ledger. An expired card keeps what it holds, and may get back what it paid. */
export async function loadAtTill(
  till: Till,
  { signer, register, pin, due }: { readonly signer: LoadSigner; readonly register: CardRegister; readonly pin: Pin; readonly due: LoadRequest['due'] }
): Promise<Result<LoadedAtTill, CounterRefusal>> {
  const { reader, psam, entropy, clock } = till
  const opened = await openCardSession({ reader, psam, entropy, today: clock().today })
  if (!opened.ok) return refuse({ kind: 'card-not-opened', refusal: opened.error })
  const session = opened.value
  try {
    const unfit = unfitCard(session.identity, register)
    if (unfit !== undefined && unfit.kind !== 'card-expired') return refuse(unfit)
    const verified = await tryPin(session, pin)
    if (!verified.ok) return verified
    const recovered = await recover(till, session)
    if (!recovered.ok) return recovered
    const loaded = await loadOnCard(till, signer, session, due)
    return loaded.ok ? { ok: true, value: { ...loaded.value, recoveries: recovered.value } } : loaded
  } finally {
    await session.close()
  }
}
