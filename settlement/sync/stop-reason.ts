/**
 * Why sending ends until a person has looked. Each of them means that the two sides, or two copies of one side, no longer
 * tell the same story; going on would hide which of them is right.
 */

import type { StoreFailure } from '../ledger/refusal.ts'

/** The centre has batches of facts that this ledger has not: it was put back from an older copy. Numbers of the last batches. */
export interface OlderLedger {
  readonly kind: 'centre-ahead'
  readonly centre: number
  readonly here: number
}

export type StopReason =
  | OlderLedger
  /** A batch, or the chain at its end, is another here than at the centre. */
  | { readonly kind: 'histories-differ'; readonly batch: number }
  /** The centre does not take this terminal, or this batch, as a whole: its own word and sentence. */
  | { readonly kind: 'refused'; readonly reason: string; readonly message: string }
  /** An answer that answers something else: another batch, a fact that was not asked about, a verdict that it cannot have. */
  | { readonly kind: 'answer-wrong'; readonly detail: string }
  /** The ledger does not take what the centre says. */
  | { readonly kind: 'not-recorded'; readonly sequence: number; readonly refusal: string }
  /** One fact alone is larger than a batch may be. */
  | { readonly kind: 'fact-too-large'; readonly sequence: number; readonly bytes: number }
  | StoreFailure
