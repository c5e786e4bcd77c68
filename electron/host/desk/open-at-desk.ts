/** Opens the card that lies in the slot: which PSAM it needs, whether it is genuine, who its holder is. Costs no try of the PIN. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { Entropy } from '../../../card/ports.ts'
import type { PsamSession } from '../../../card/psam/psam-session.ts'
import type { CardSession } from '../../../card/session/card-session.ts'
import type { CardIdentity } from '../../../card/session/identity.ts'
import { detectCard, openCardSession } from '../../../card/session/open-card-session.ts'
import type { Ledger } from '../../../settlement/ledger/ledger.ts'
import type { Policy } from '../../../settlement/policy/policy-schema.ts'
import type { OwedView } from '../../contract/card-view.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { CardRegister } from '../card-register.ts'
import type { FaultPoint } from '../fault-point.ts'
import type { CardData } from '../insured-person.ts'
import { readCard } from '../patient.ts'
import type { CardSlot } from '../reader/card-slot.ts'
import type { Clock } from '../system.ts'

export interface DeskCounter {
  readonly slot: CardSlot
  /** The PSAM that has the keys for such a card. */
  readonly psamFor: (identity: CardIdentity) => Promise<Result<PsamSession, CounterRefusal>>
  readonly ledger: Ledger
  readonly policies: readonly Policy[]
  readonly register: () => CardRegister
  /** The centre was asked about whoever has this citizen number, and has nobody. */
  readonly isUnknown: (citizenNumber: string) => boolean
  /** Batches of the centre's that bring facts which the ledger has lost; undefined: none. */
  readonly lostBatches: () => number | undefined
  /** What a card has yet to get. */
  readonly owedTo: (card: Pick<CardIdentity, 'identificationCode' | 'expired'>) => readonly OwedView[]
  /** fixmedins_code of this counter. */
  readonly institution: string
  /** What other programs left open on this card, it proves first. */
  readonly proveForOthers: (session: CardSession) => Promise<void>
  readonly clock: Clock
  readonly entropy: Entropy
  readonly faultPoint: FaultPoint
  /** Runs `work` after so many ms; call the result to take it back. */
  readonly later: (ms: number, work: () => void) => () => void
}

export interface CardAtDesk {
  readonly presence: number
  readonly session: CardSession
  readonly data: CardData
  /** 0 is locked; null: the card does not tell. */
  triesLeft: number | null
}

export async function openAtDesk(counter: DeskCounter, presence: number): Promise<Result<CardAtDesk, CounterRefusal>> {
  const { slot, psamFor, entropy, clock } = counter
  const { reader } = slot
  const { today } = clock()
  const identity = await detectCard({ reader, entropy, today })
  if (!identity.ok) return refuse({ kind: 'card-not-opened', refusal: identity.error })
  const psam = await psamFor(identity.value)
  if (!psam.ok) return psam
  const session = await openCardSession({ reader, psam: psam.value, entropy, today })
  if (!session.ok) return refuse({ kind: 'card-not-opened', refusal: session.error })
  const read = await readAll(session.value)
  if (read.ok) return ok({ presence, session: session.value, ...read.value })
  await session.value.close()
  return read
}

async function readAll(session: CardSession): Promise<Result<Pick<CardAtDesk, 'data' | 'triesLeft'>, CounterRefusal>> {
  const data = await readCard(session)
  if (!data.ok) return data
  const left = await session.pinTriesLeft()
  if (!left.ok) return refuse({ kind: 'card-unreadable', refusal: left.error })
  return ok({ data: data.value, triesLeft: typeof left.value === 'number' ? left.value : null })
}
