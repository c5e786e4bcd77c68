/** The port to the centre that signs loads: what it is asked, and every way in which asking comes to nothing. */

import type { Result } from '../../base/result.ts'
import type { LoadPurpose } from '../ledger/fact.ts'
import type { Fen } from '../money/fen.ts'
import type { LoadOffer } from '../payment/load-device.ts'
import type { LinkFailure } from '../sync/link.ts'

export interface LoadAsk {
  readonly loadId: string
  readonly purpose: LoadPurpose
  readonly offer: LoadOffer
}

export interface LoadSignature {
  /** 14 digits, the centre's clock. */
  readonly time: string
  /** 8 hex digits. */
  readonly mac2: string
  /** The centre's number of this load. */
  readonly setlId: string
}

/** What the centre has granted a card beside its refunds. */
export interface WaitingCredit {
  readonly creditId: string
  readonly amount: Fen
  readonly reason: string
}

/** No centre is known to this terminal yet. */
export interface NotConnected {
  readonly kind: 'not-connected'
}

export type SignerFailure = NotConnected | LinkFailure

export interface LoadSigner {
  /** As enrolled: loads of credits are numbered under it. undefined while no centre is connected. */
  readonly terminal: string | undefined
  /** May be asked again with the same id: see settlement/centre/load. */
  sign(ask: LoadAsk): Promise<Result<LoadSignature, SignerFailure>>
  /** Tells the centre that nothing was loaded. Its facts tell it too, later. */
  voidLoad(loadId: string): Promise<Result<null, SignerFailure>>
  credits(cardId: string): Promise<Result<readonly WaitingCredit[], SignerFailure>>
}
