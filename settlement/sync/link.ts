/**
 * The centre as a terminal asks it: one question at a time, every way in which it can come to nothing named. A driver keeps
 * the time, signs, and turns what comes back into these types; what does not fit them is no answer of a centre.
 */

import type { Result } from '../../base/result.ts'
import type { BatchAnswer, BatchCopy, EntryVerdict, HeldSerial, KeptBatch, Standing, UnbookedFacts } from '../batch/batch.ts'

export type LinkFailure =
  /** Nobody was reached, or the connection broke: cable, router, name service, time. The question may have arrived. */
  | { readonly kind: 'network-down'; readonly cause: string }
  /** Reached, and what answered was a fault or no centre. `status` of HTTP; undefined when it was not even that. */
  | { readonly kind: 'centre-down'; readonly status: number | undefined; readonly cause: string }
  /** One of the two clocks is wrong: the centre takes no signature of another time. 14 digits. */
  | { readonly kind: 'clock-skew'; readonly centreTime: string }
  | { readonly kind: 'too-many'; readonly retryAfterMs: number }
  /** The centre understood, and says no: its own word for it, and its sentence. Asking again changes nothing. */
  | { readonly kind: 'refused'; readonly reason: string; readonly message: string }

export interface SentBatch {
  readonly number: number
  /** SHA-256 of the uncompressed body, 64 hex digits. */
  readonly hash: string
  /** Frames under zstd; lines in a batch that was made before there were frames. */
  readonly body: Uint8Array
}

export const DOWNLOAD_KINDS = ['policies', 'catalogue', 'lost-cards', 'entitlements'] as const
export type DownloadKind = (typeof DOWNLOAD_KINDS)[number]

export type DownloadAnswer =
  | { readonly kind: 'unchanged' }
  /** `document`: the JSON text of the answer, whole. */
  | { readonly kind: 'fresh'; readonly version: string; readonly etag: string; readonly document: string }

export interface CentreLink {
  standing(): Promise<Result<Standing, LinkFailure>>
  /** What a batch was that the centre has. */
  kept(number: number): Promise<Result<KeptBatch, LinkFailure>>
  /** The whole of it. */
  copy(number: number): Promise<Result<BatchCopy, LinkFailure>>
  /** `sent` is called when the whole batch has left; what becomes of it is not known then. */
  upload(batch: SentBatch, sent: () => void): Promise<Result<BatchAnswer, LinkFailure>>
  /** Has a fact that was refused judged once more, as the centre keeps it. */
  retry(sequence: number): Promise<Result<EntryVerdict, LinkFailure>>
  /** Which facts behind `after` the centre has been sent and has not booked by now. */
  unbooked(after: number): Promise<Result<UnbookedFacts, LinkFailure>>
  /** Whether the serial of an open hold, which the centre was sent as this fact, has been used by another settlement. */
  heldSerial(sequence: number): Promise<Result<HeldSerial, LinkFailure>>
  download(kind: DownloadKind, etag: string | undefined): Promise<Result<DownloadAnswer, LinkFailure>>
}
