/**
 * What a restart, or a card that came back, does about holds that nobody closed: ask the card now present whether it was
 * charged, and write down what it proves. Without proof the hold stays, in doubt, and says why. Nothing is ever debited.
 */

import { never } from '../../base/invariant.ts'
import { ok, type Result } from '../../base/result.ts'
import type { Hold } from '../ledger/fact.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { PostRefusal, ReleaseRefusal, StoreFailure } from '../ledger/refusal.ts'
import type { DebitEvidence, DebitIntent, PaymentDevice } from '../payment/payment-device.ts'

export type Recovery =
  /** The card had been charged: the settlement is now posted. */
  | { readonly kind: 'posted'; readonly hold: Hold; readonly evidence: DebitEvidence }
  /** The card had not been charged: the visit may be settled again. */
  | { readonly kind: 'released'; readonly hold: Hold; readonly proof: string }
  | { readonly kind: 'in-doubt'; readonly hold: Hold; readonly reason: string }
  /** Proved, but not yet written down; the next recovery will. */
  | { readonly kind: 'not-recorded'; readonly hold: Hold; readonly refusal: PostRefusal | ReleaseRefusal }

/** `time`: 14 digits, when the recovery is written down. Oldest hold first. */
export async function recoverHolds(
  ledger: Ledger,
  device: PaymentDevice,
  time: string
): Promise<Result<readonly Recovery[], StoreFailure>> {
  const open = ledger.openHolds()
  if (!open.ok) return open
  const recoveries: Recovery[] = []
  for (const { fact } of open.value) recoveries.push(await recover(ledger, device, fact, time))
  return ok(recoveries)
}

/** A card's log holds ten to thirty transactions; older ones show nothing in it. */
const PROVED_MAX = 30

/** What this ledger knows to have been debited from the same card, newest first. To know less only leaves more in doubt. */
function provedOn({ personNo, intent }: Hold, ledger: Ledger): readonly DebitIntent[] {
  const settled = ledger.settlements({ personNo, limit: PROVED_MAX })
  return settled.ok ? settled.value.map(({ hold }) => hold.fact.intent).filter(({ cardId }) => cardId === intent.cardId) : []
}

async function recover(ledger: Ledger, device: PaymentDevice, hold: Hold, time: string): Promise<Recovery> {
  const { settlementId } = hold
  const resolution = await device.resolve(hold.intent, () => provedOn(hold, ledger))
  switch (resolution.kind) {
    case 'debited': {
      const posted = ledger.post({ settlementId, evidence: resolution.evidence, postedAt: time })
      return posted.ok
        ? { kind: 'posted', hold, evidence: resolution.evidence }
        : { kind: 'not-recorded', hold, refusal: posted.error }
    }
    case 'not-debited': {
      const released = ledger.release({ settlementId, proof: resolution.proof, releasedAt: time })
      // The centre's word may have released it while the card was asked.
      return released.ok || released.error.kind === 'id-conflict'
        ? { kind: 'released', hold, proof: resolution.proof }
        : { kind: 'not-recorded', hold, refusal: released.error }
    }
    case 'unresolved':
      return { kind: 'in-doubt', hold, reason: resolution.reason }
    default:
      return never(resolution)
  }
}
