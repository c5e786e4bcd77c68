/**
 * Putting back onto a card what a refund owes it, or what the centre has granted it 圈存. The order is the promise:
 *
 *   initialise   the card tells its load serial and signs what it asks for; nothing has changed anywhere
 *   sign         the centre lets this one load through, for this one initialisation
 *   hold         durable: from here on a crash leaves a load that recovery resolves
 *   credit       the one command that gives the money, sent once, never repeated
 *   post         durable: posting, evidence, debt and load closed
 *
 * The load's number is made of what it is for and how many loads that had before. A terminal that dies before the hold asks
 * again under the same number, and the centre signs anew what it had signed in vain; nothing is left behind there.
 */

import { never } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import type { LoadPurpose } from '../ledger/fact.ts'
import type { Ledger, Recorded } from '../ledger/ledger.ts'
import type { LoadState } from '../ledger/ledger-views.ts'
import type { HoldLoadRefusal, PostLoadRefusal, ReleaseLoadRefusal, StoreFailure } from '../ledger/refusal.ts'
import type { Fen } from '../money/fen.ts'
import type { LoadDevice, LoadDeviceRefusal, LoadEvidence, LoadIntent, LoadOffer } from '../payment/load-device.ts'
import type { LoadSignature, LoadSigner, SignerFailure } from './load-signer.ts'

/** Moments between which a crash must not lose or double a fen; tests stop the process at each. */
export const LOAD_STEPS = ['load-initialised', 'load-signed', 'load-held', 'load-credited', 'load-posted'] as const
export type LoadStep = (typeof LOAD_STEPS)[number]

export interface LoadPorts {
  readonly ledger: Ledger
  readonly device: LoadDevice
  readonly signer: LoadSigner
  /** Of a settlement that was taken back: the centre had refused it, so it has neither of the two, and signs nothing for it. */
  readonly isNeverBooked: (settlementId: string) => boolean
  readonly reached: (step: LoadStep) => void
}

export interface LoadRequest {
  /** A credit's amount is what the centre told. */
  readonly due:
    | { readonly kind: 'refund'; readonly settlementId: string }
    | { readonly kind: 'credit'; readonly creditId: string; readonly amount: Fen }
  /** Hex of item 01 of the card in the reader. */
  readonly cardId: string
  /** 14 digits, the terminal's clock. */
  readonly time: string
}

export interface LoadedCard {
  readonly posting: Recorded<'load-posting'>
  readonly purpose: LoadPurpose
  readonly intent: LoadIntent
  readonly evidence: LoadEvidence
}

export type LoadRefusal =
  /** Of a refund: nothing of that number was posted. */
  | { readonly kind: 'settlement-unknown'; readonly settlementId: string }
  /** Another card paid. */
  | { readonly kind: 'card-differs'; readonly settlementId: string }
  /** An open load of this card waits for its proof. */
  | { readonly kind: 'load-in-doubt'; readonly loadId: string }
  | { readonly kind: 'nothing-owed'; readonly settlementId: string }
  /** The centre signs only what it has booked: the refund has to be sent first. */
  | { readonly kind: 'correction-not-confirmed'; readonly settlementId: string }
  /** And this one never will be: what the card has paid, the centre's staff grant it as a credit. */
  | { readonly kind: 'never-booked'; readonly settlementId: string; readonly owed: Fen }
  | { readonly kind: 'credit-loaded'; readonly creditId: string }
  /** The centre has no such credit waiting for this card. */
  | { readonly kind: 'credit-unknown'; readonly creditId: string }
  /** Nothing was loaded. */
  | { readonly kind: 'device'; readonly refusal: LoadDeviceRefusal }
  | { readonly kind: 'signer'; readonly refusal: SignerFailure }
  | { readonly kind: 'ledger'; readonly refusal: HoldLoadRefusal }
  /** The card may or may not hold the money; the load is durable and waits for the card's proof. */
  | { readonly kind: 'in-doubt'; readonly loadId: string; readonly cause: string }
  /** The card was loaded, or refused, and the ledger could not write it down: the load waits, recovery will. */
  | { readonly kind: 'not-recorded'; readonly loadId: string; readonly refusal: PostLoadRefusal | ReleaseLoadRefusal }

export async function loadCard(ports: LoadPorts, request: LoadRequest): Promise<Result<LoadedCard, LoadRefusal>> {
  const due = dueOf(ports, request)
  if (!due.ok) return due
  const { device, signer, reached } = ports
  const { loadId, purpose, amount, released } = due.value
  // Proved in vain, perhaps while the centre was away. It hears it from the chain too; what it answers changes nothing here.
  if (released !== undefined) await signer.voidLoad(released)

  const offer = await device.initialise({ amount })
  if (!offer.ok) return refuse({ kind: 'device', refusal: offer.error })
  reached('load-initialised')

  const signature = await signer.sign({ loadId, purpose, offer: offer.value })
  if (!signature.ok) return refuse({ kind: 'signer', refusal: signature.error })
  reached('load-signed')

  const intent = intentOf(offer.value, signature.value)
  return credit(ports, { loadId, purpose, intent }, request.time)
}

interface Due {
  readonly loadId: string
  readonly purpose: LoadPurpose
  readonly amount: Fen
  /** The load before this one, when the card took nothing of it. */
  readonly released: string | undefined
}

function dueOf(ports: LoadPorts, { due, cardId }: LoadRequest): Result<Due, LoadRefusal> {
  const open = ports.ledger.openLoads()
  if (!open.ok) return refuse({ kind: 'ledger', refusal: open.error })
  const doubtful = open.value.find(({ hold }) => hold.fact.intent.cardId === cardId)
  if (doubtful !== undefined) return refuse({ kind: 'load-in-doubt', loadId: doubtful.hold.fact.loadId })
  return due.kind === 'refund' ? refundDue(ports, due.settlementId, cardId) : creditDue(ports, due)
}

function refundDue({ ledger, isNeverBooked }: LoadPorts, settlementId: string, cardId: string): Result<Due, LoadRefusal> {
  const settled = ledger.settlement(settlementId)
  if (!settled.ok) return refuse({ kind: 'ledger', refusal: settled.error })
  if (settled.value === undefined) return refuse({ kind: 'settlement-unknown', settlementId })
  const { hold, correction, correctionConfirmation, owed } = settled.value
  if (hold.fact.intent.cardId !== cardId) return refuse({ kind: 'card-differs', settlementId })
  if (owed.owed === 0) return refuse({ kind: 'nothing-owed', settlementId })
  if (correction !== undefined && correctionConfirmation === undefined) {
    return refuse(isNeverBooked(settlementId) ? { kind: 'never-booked', settlementId, owed: owed.owed } : { kind: 'correction-not-confirmed', settlementId })
  }
  const loads = ledger.loadsOf(settlementId)
  if (!loads.ok) return refuse({ kind: 'ledger', refusal: loads.error })
  const loadId = `${settlementId}-L${loads.value.length + 1}`
  return ok({ loadId, purpose: { kind: 'refund', settlementId }, amount: owed.owed, released: lastReleased(loads.value) })
}

/** Any terminal may load a credit, so its number has the terminal in it. */
function creditDue(
  { ledger, signer }: LoadPorts,
  { creditId, amount }: { readonly creditId: string; readonly amount: Fen }
): Result<Due, LoadRefusal> {
  if (signer.terminal === undefined) return refuse({ kind: 'signer', refusal: { kind: 'not-connected' } })
  const loads: Result<readonly LoadState[], StoreFailure> = ledger.loadsOfCredit(creditId)
  if (!loads.ok) return refuse({ kind: 'ledger', refusal: loads.error })
  if (loads.value.some(({ closing }) => closing?.fact.kind === 'load-posting')) return refuse({ kind: 'credit-loaded', creditId })
  const loadId = `${creditId}-${signer.terminal}-L${loads.value.length + 1}`
  return ok({ loadId, purpose: { kind: 'credit', creditId }, amount, released: lastReleased(loads.value) })
}

function lastReleased(loads: readonly LoadState[]): string | undefined {
  const last = loads.at(-1)
  return last?.closing?.fact.kind === 'load-release' ? last.hold.fact.loadId : undefined
}

const intentOf = (offer: LoadOffer, { time, mac2 }: LoadSignature): LoadIntent => ({
  cardId: offer.cardId,
  serialBefore: offer.loadSerial,
  balanceBefore: offer.balance,
  amount: offer.amount,
  terminalNo: offer.terminalNo,
  time,
  mac2
})

interface SignedLoad {
  readonly loadId: string
  readonly purpose: LoadPurpose
  readonly intent: LoadIntent
}

async function credit(ports: LoadPorts, signed: SignedLoad, time: string): Promise<Result<LoadedCard, LoadRefusal>> {
  const { ledger, device, reached } = ports
  const { loadId, intent } = signed
  const held = ledger.holdLoad({ ...signed, heldAt: time })
  if (!held.ok) return refuse({ kind: 'ledger', refusal: held.error })
  // An earlier attempt under this id may have gone on to the card: only its proof can tell, never a second credit.
  if (held.value.outcome === 'exists') return refuse({ kind: 'in-doubt', loadId, cause: 'a load with this id was already there' })
  reached('load-held')

  const outcome = await device.credit(intent)
  reached('load-credited')
  switch (outcome.kind) {
    case 'loaded':
      return post(ports, signed, outcome.evidence, time)
    case 'not-loaded':
      return release(ports, loadId, outcome.refusal, time)
    case 'unknown':
      return refuse({ kind: 'in-doubt', loadId, cause: outcome.cause })
    default:
      return never(outcome)
  }
}

function post(
  { ledger, reached }: LoadPorts,
  { loadId, purpose, intent }: SignedLoad,
  evidence: LoadEvidence,
  time: string
): Result<LoadedCard, LoadRefusal> {
  const posted = ledger.postLoad({ loadId, evidence, postedAt: time })
  if (!posted.ok) return refuse({ kind: 'not-recorded', loadId, refusal: posted.error })
  reached('load-posted')
  return ok({ posting: posted.value.recorded, purpose, intent, evidence })
}

async function release(
  { ledger, signer }: LoadPorts,
  loadId: string,
  refusal: LoadDeviceRefusal,
  time: string
): Promise<Result<never, LoadRefusal>> {
  const released = ledger.releaseLoad({ loadId, proof: `the card refused: ${refusal.kind}`, releasedAt: time })
  if (!released.ok) return refuse({ kind: 'not-recorded', loadId, refusal: released.error })
  // When the centre is not reached now, the release in the chain tells it later.
  await signer.voidLoad(loadId)
  return refuse({ kind: 'device', refusal })
}
