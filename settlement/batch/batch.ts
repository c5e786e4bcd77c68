/**
 * What a terminal sends its centre and what it hears back: one head line, then the facts of the terminal's log in the order of
 * its chain, none left out, so that the centre holds the whole chain and sees its holes. Version 1 has a line of JSON for each
 * fact, version 2 the fact's own bytes with their length before them.
 *
 *   hash      SHA-256 of the uncompressed bytes; the next batch names it as `previous`
 *   signature Ed25519 by the terminal's key over `signingText`, as on every request
 *   body      the bytes under zstd
 *
 * A batch is judged as a whole in one transaction and an answer is given for every fact; a batch that comes again gets the
 * answer that it got before.
 */

import type { Counters } from '../calculation/counters.ts'
import type { Amounts } from '../calculation/settlement-result.ts'
import type { Fact } from '../ledger/fact.ts'

/** Of lines, and of frames. */
export const BATCH_VERSION = 1
export const FRAMES_VERSION = 2
/** Facts in one batch. */
export const BATCH_FACTS_MAX = 2_000
/** Bytes of the uncompressed NDJSON. */
export const BATCH_BYTES_MAX = 8 * 1024 * 1024
/** `previous` of a terminal's first batch, and the chain before its first fact. */
export const NO_BATCH = '0'.repeat(64)

export interface BatchHead {
  readonly version: typeof BATCH_VERSION
  /** As enrolled: fixmedins_code, "-", two digits. */
  readonly terminal: string
  /** From 1, without gaps. */
  readonly number: number
  /** Hash of the batch before, 64 hex digits. */
  readonly previous: string
  /** Sequence number of the first fact; the others follow it one by one. */
  readonly first: number
  readonly count: number
  /** 14 digits, the terminal's clock. */
  readonly madeAt: string
}

/** Where every fact carries no hash of its own, the chain is stated at both ends: before the first fact and at the last, in hex. */
export interface FramesHead extends Omit<BatchHead, 'version'> {
  readonly version: typeof FRAMES_VERSION
  readonly chain: readonly [before: string, end: string]
}

/** A fact in its place in the chain: what a ledger has stored of it, and what the centre keeps a copy of. */
export interface ChainLink {
  readonly sequence: number
  /** Of the chain up to here, 64 hex digits: what was read must come to it, or it is no fact of this chain. */
  readonly hash: string
  /** The fact in the canonical encoding of settlement/ledger. */
  readonly content: Uint8Array
}

export interface BatchEntry extends ChainLink {
  /** The claim of a hold is in it as it came; who judges it reads it. */
  readonly fact: Fact
}

export interface Batch {
  readonly head: BatchHead | FramesHead
  readonly entries: readonly BatchEntry[]
}

/** What the centre books where it differs from what the terminal computed. */
export interface OfRecordAmounts {
  readonly amounts: Amounts
  readonly counters: Counters
  readonly reason: OfRecordReason
}

/** Why the centre's amounts are others than the terminal's. In order of weight: the first that applies is given. */
export type OfRecordReason =
  /** psn_insu_stas, or the entitlement of a fund, at the time of service. */
  | 'not-entitled'
  /** The centre knows the person as another type, or insured elsewhere. */
  | 'person-differs'
  /** The year's counters stand elsewhere: other places were visited meanwhile. */
  | 'counters-differ'

/** Why a fact is not booked. The terminal parks it: with an owner and a next step, never dropped, never in the others' way. */
export type EntryRefusal =
  | { readonly kind: 'claim-malformed'; readonly field: string; readonly rule: string }
  | { readonly kind: 'policy-unknown'; readonly region: string; readonly version: string }
  /** The terminal's amounts are not what its own claim comes to under the policy that it names. */
  | { readonly kind: 'amounts-wrong'; readonly field: string; readonly stated: string; readonly computed: string }
  | { readonly kind: 'person-unknown' }
  | { readonly kind: 'card-unknown' }
  | { readonly kind: 'card-of-another' }
  | { readonly kind: 'card-lost'; readonly since: string }
  | { readonly kind: 'tac-wrong' }
  /** Two different transactions with one card serial: one of the two cards is a copy. */
  | { readonly kind: 'card-cloned'; readonly serial: number; readonly other: string }
  | { readonly kind: 'time-ahead'; readonly time: string; readonly centreTime: string }
  /** A correction, a confirmation or a load of something that the centre has not booked. */
  | { readonly kind: 'target-not-booked'; readonly settlementId: string }
  | { readonly kind: 'load-not-signed'; readonly loadId: string }

export type EntryConflict =
  /** The visit, or the settlement's number, is booked with other content. */
  | { readonly kind: 'visit-settled'; readonly settlementId: string }
  | { readonly kind: 'id-taken'; readonly id: string }

export type Verdict =
  /** Booked under `setlId`, at the centre's time; `ofRecord` only when its amounts are others than the terminal's. */
  | { readonly kind: 'accepted'; readonly setlId: string; readonly setlTime: string; readonly ofRecord?: OfRecordAmounts }
  /** Kept as a link of the chain, with nothing to book: holds, releases, confirmations, closes. */
  | { readonly kind: 'noted' }
  /** Known from before, with the same content; `verdict` is what it got then. */
  | { readonly kind: 'exists'; readonly verdict: Exclude<Verdict, { readonly kind: 'exists' }> }
  | { readonly kind: 'conflict'; readonly conflict: EntryConflict }
  | { readonly kind: 'refused'; readonly refusal: EntryRefusal }

export interface EntryVerdict {
  readonly sequence: number
  readonly verdict: Verdict
}

export interface BatchAnswer {
  readonly number: number
  readonly hash: string
  readonly verdicts: readonly EntryVerdict[]
}

/** Where the centre stands with a terminal: what resume begins with. */
export interface Standing {
  readonly terminal: string
  readonly batch: number
  readonly batchHash: string
  readonly sequence: number
  /** Of the chain, 64 hex digits. */
  readonly chainHash: string
}

/** Facts in one answer of what is not booked. */
export const UNBOOKED_FACTS_MAX = 1_000

/** Which facts of a terminal the centre has been sent and has not booked, by now: what was refused and booked later is none. */
export interface UnbookedFacts {
  /** Ascending, at most UNBOOKED_FACTS_MAX. */
  readonly facts: readonly number[]
  /** There may be more behind this fact. undefined: these were all. */
  readonly next: number | undefined
}

/** What the centre says of a batch that it has: enough for a ledger with the same facts to make the same bytes again. */
export interface KeptBatch {
  /** SHA-256 of its uncompressed bytes, 64 hex digits. */
  readonly hash: string
  readonly head: BatchHead | FramesHead
}

/** A batch as its terminal has sent it. Whose it is its signature says: a centre cannot make one. */
export interface BatchCopy {
  /** SHA-256 of its uncompressed bytes, 64 hex digits. */
  readonly hash: string
  /** Base64, of the request that brought it; over `signingText` of POST /v1/batches at `time`, 14 digits. */
  readonly signature: string
  readonly time: string
  /** As it came: under zstd, or plain. */
  readonly body: Uint8Array
}

/** What the centre knows of the serial that an open hold's debit would have used of its card. */
export interface HeldSerial {
  /** Of the hold. */
  readonly sequence: number
  /** 14 digits, setl_time: another settlement is booked under that serial. undefined: none is, which proves nothing. */
  readonly usedAt: string | undefined
}

/** What the terminal's key signs on every request. `time`: 14 digits. `digest`: SHA-256 of the uncompressed body in hex. */
export const signingText = (request: {
  readonly method: string
  readonly path: string
  readonly terminal: string
  readonly time: string
  readonly digest: string
}): string => ['caresettle-1', request.method, request.path, request.terminal, request.time, request.digest].join('\n')
