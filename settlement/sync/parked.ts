/**
 * An entry that the centre did not book waits here: with the reason, whose turn it is, and what to do. It is never dropped
 * and holds up nobody else.
 *
 *   open ---------> resolved      judged again, and the centre took it after all
 *     \-> handed over -> resolved   a person has it, with a note
 *      \-> reversed                the settlement was taken back here, and the centre knows of neither: nothing is left to book
 *
 * What is resolved is open again when a centre that was put back has forgotten it and, asked once more, does not book it.
 */

import { never } from '../../base/invariant.ts'
import type { EntryConflict, EntryRefusal, OfRecordAmounts } from '../batch/batch.ts'

export type ParkedVerdict =
  /** `wasConfirmed`: the ledger has the centre's word that it was booked; put back from an older copy, it does not book it again. */
  | { readonly kind: 'refused'; readonly refusal: EntryRefusal; readonly wasConfirmed?: true }
  | { readonly kind: 'conflict'; readonly conflict: EntryConflict; readonly wasConfirmed?: true }
  /** The centre had confirmed this fact and now says something else of it, as after a restore: the first word stands here. */
  | { readonly kind: 'answer-differs'; readonly setlId: string; readonly setlTime: string; readonly ofRecord: OfRecordAmounts | undefined }

export type ParkedState = 'open' | 'handed-over' | 'reversed' | 'resolved'

/** Somebody still has to do something. */
export const isWaiting = (state: ParkedState): boolean => state === 'open' || state === 'handed-over'

/** The centre has it not, though the ledger calls it confirmed. */
export const wasConfirmed = (verdict: ParkedVerdict): boolean => verdict.kind !== 'answer-differs' && verdict.wasConfirmed === true

export type ParkedReason = EntryRefusal['kind'] | EntryConflict['kind'] | 'answer-differs'

/** Whose turn it is. vendor: whoever made this program, or the centre's. */
export type Owner = 'this-counter' | 'institution' | 'centre' | 'vendor'

/**
 * retry: mend the cause, then have it judged again
 * reverse: take the settlement back here and settle anew, or let the patient claim
 * hand-over: nothing at this counter mends it
 */
export type NextStep = 'retry' | 'reverse' | 'hand-over'

export interface Handling {
  readonly owner: Owner
  readonly next: NextStep
}

export function parkedReason(verdict: ParkedVerdict): ParkedReason {
  switch (verdict.kind) {
    case 'refused':
      return verdict.refusal.kind
    case 'conflict':
      return verdict.conflict.kind
    case 'answer-differs':
      return verdict.kind
    default:
      return never(verdict)
  }
}

export const handlingOf = (verdict: ParkedVerdict): Handling => HANDLING[parkedReason(verdict)]

const HANDLING: Readonly<Record<ParkedReason, Handling>> = {
  'claim-malformed': { owner: 'vendor', next: 'hand-over' },
  'policy-unknown': { owner: 'centre', next: 'retry' },
  'amounts-wrong': { owner: 'vendor', next: 'hand-over' },
  'person-unknown': { owner: 'centre', next: 'retry' },
  'card-unknown': { owner: 'centre', next: 'retry' },
  'card-of-another': { owner: 'institution', next: 'reverse' },
  'card-lost': { owner: 'institution', next: 'reverse' },
  'tac-wrong': { owner: 'centre', next: 'hand-over' },
  'card-cloned': { owner: 'centre', next: 'hand-over' },
  'time-ahead': { owner: 'this-counter', next: 'retry' },
  'target-not-booked': { owner: 'this-counter', next: 'retry' },
  'load-not-signed': { owner: 'centre', next: 'hand-over' },
  'visit-settled': { owner: 'institution', next: 'reverse' },
  'id-taken': { owner: 'vendor', next: 'hand-over' },
  'answer-differs': { owner: 'centre', next: 'hand-over' }
}
