/**
 * What a restart, or a card that came back, does about loads that nobody closed: ask the card now present whether it was
 * given the money, and write down what it proves. Without proof the load stays, in doubt, and says why. Nothing is ever
 * credited.
 */

import { never } from '../../base/invariant.ts'
import { ok, type Result } from '../../base/result.ts'
import type { LoadHold } from '../ledger/fact.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { PostLoadRefusal, ReleaseLoadRefusal, StoreFailure } from '../ledger/refusal.ts'
import type { LoadDevice, LoadEvidence } from '../payment/load-device.ts'

export type LoadRecovery =
  /** The card holds the money: the load is now posted. */
  | { readonly kind: 'load-posted'; readonly load: LoadHold; readonly evidence: LoadEvidence }
  /** The card was given nothing: what was owed is owed again. */
  | { readonly kind: 'load-released'; readonly load: LoadHold; readonly proof: string }
  | { readonly kind: 'load-in-doubt'; readonly load: LoadHold; readonly reason: string }
  /** Proved, but not yet written down; the next recovery will. */
  | { readonly kind: 'load-not-recorded'; readonly load: LoadHold; readonly refusal: PostLoadRefusal | ReleaseLoadRefusal }

/** `time`: 14 digits, when the recovery is written down. Oldest load first. */
export async function recoverLoads(
  ledger: Ledger,
  device: Pick<LoadDevice, 'resolve'>,
  time: string
): Promise<Result<readonly LoadRecovery[], StoreFailure>> {
  const open = ledger.openLoads()
  if (!open.ok) return open
  const recoveries: LoadRecovery[] = []
  for (const { hold } of open.value) recoveries.push(await recover(ledger, device, hold.fact, time))
  return ok(recoveries)
}

async function recover(ledger: Ledger, device: Pick<LoadDevice, 'resolve'>, load: LoadHold, time: string): Promise<LoadRecovery> {
  const { loadId } = load
  const resolution = await device.resolve(load.intent)
  switch (resolution.kind) {
    case 'loaded': {
      const posted = ledger.postLoad({ loadId, evidence: resolution.evidence, postedAt: time })
      return posted.ok
        ? { kind: 'load-posted', load, evidence: resolution.evidence }
        : { kind: 'load-not-recorded', load, refusal: posted.error }
    }
    case 'not-loaded': {
      const released = ledger.releaseLoad({ loadId, proof: resolution.proof, releasedAt: time })
      return released.ok
        ? { kind: 'load-released', load, proof: resolution.proof }
        : { kind: 'load-not-recorded', load, refusal: released.error }
    }
    case 'unresolved':
      return { kind: 'load-in-doubt', load, reason: resolution.reason }
    default:
      return never(resolution)
  }
}
