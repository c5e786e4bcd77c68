/** What a fact is about, as sync looks at it: whether a centre books it, under which id, and since when. */

import { never } from '../../base/invariant.ts'
import type { Fact } from '../ledger/fact.ts'
import type { ParkedRow } from './sync-store.ts'

export interface FactSubject {
  /** other: kept by the centre as a link of the chain, nothing to book. */
  readonly kind: ParkedRow['kind']
  /** The settlement's, or the load's id; empty when the fact is about neither. */
  readonly id: string
  /** 14 digits. */
  readonly time: string
}

export function subjectOf(fact: Fact): FactSubject {
  switch (fact.kind) {
    case 'hold':
      return { kind: 'other', id: fact.settlementId, time: fact.heldAt }
    case 'posting':
      return { kind: 'posting', id: fact.settlementId, time: fact.postedAt }
    case 'release':
      return { kind: 'other', id: fact.settlementId, time: fact.releasedAt }
    case 'correction':
      return { kind: 'correction', id: fact.settlementId, time: fact.correctedAt }
    case 'confirmation':
      return { kind: 'other', id: fact.id, time: fact.confirmedAt }
    case 'load-hold':
      return { kind: 'other', id: fact.loadId, time: fact.heldAt }
    case 'load-posting':
      return { kind: 'load-posting', id: fact.loadId, time: fact.postedAt }
    case 'load-release':
      return { kind: 'other', id: fact.loadId, time: fact.releasedAt }
    case 'close':
      return { kind: 'other', id: '', time: fact.closedAt }
    case 'reopen':
      return { kind: 'other', id: '', time: fact.reopenedAt }
    default:
      return never(fact)
  }
}

export const isBooked = ({ kind }: FactSubject): boolean => kind !== 'other'

/** The same of a fact of which only the kind was read. */
export const isBookedKind = (kind: string): boolean => kind === 'posting' || kind === 'correction' || kind === 'load-posting'
