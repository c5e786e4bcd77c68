/**
 * What is not as it should be when a day is closed. Each item has a key that stays as long as the item does, the ways in
 * which it may end, and perhaps one that stands by itself until a person chooses another.
 */

import { never } from '../../base/invariant.ts'
import type { Fen } from '../money/fen.ts'
import type { CardFinding } from './card-evidence.ts'
import type { CentreAnswer } from './centre-answer.ts'
import type { Drawer } from './drawer.ts'
import { idOf, isUnmatched, type MatchedRow, type UnmatchedRow } from './match.ts'
import type { Adjusted, Period } from './period.ts'
import type { Offer } from './resolution.ts'
import type { Owed, Parked, Standing, Unsynced } from './standing.ts'

export type OpenItem =
  | { readonly kind: 'centre-not-asked'; readonly centre: Exclude<CentreAnswer, { readonly kind: 'answered' }> }
  | { readonly kind: 'unsynced'; readonly entries: readonly Unsynced[]; readonly since: string }
  | { readonly kind: 'parked'; readonly entry: Parked }
  | { readonly kind: 'in-doubt'; readonly what: 'debit' | 'load'; readonly id: string; readonly since: string; readonly amount: Fen }
  | { readonly kind: 'owed-to-card'; readonly owed: Owed }
  | { readonly kind: 'adjusted'; readonly adjusted: Adjusted }
  | { readonly kind: 'unmatched'; readonly row: UnmatchedRow }
  | { readonly kind: 'card'; readonly finding: CardFinding }
  /** The running totals of a day are not what its settlements come to. */
  | { readonly kind: 'totals-differ'; readonly day: string }
  | { readonly kind: 'drawer'; readonly difference: Fen }

export interface ItemsInput {
  readonly centre: CentreAnswer
  readonly matched: readonly MatchedRow[]
  readonly period: Period
  readonly standing: Standing
  readonly findings: readonly CardFinding[]
  readonly totalsDiffer: readonly string[]
  readonly drawer: Drawer | undefined
}

export function openItems({ centre, matched, period, standing, findings, totalsDiffer, drawer }: ItemsInput): OpenItem[] {
  return [
    ...(centre.kind === 'answered' || period.isEmpty ? [] : [{ kind: 'centre-not-asked', centre } as const]),
    ...(centre.kind === 'not-connected' ? [] : unsyncedItems(standing.unsynced)),
    ...standing.parked.map((entry) => ({ kind: 'parked', entry }) as const),
    ...standing.inDoubt.map(({ settlementId, heldAt, intent }) => ({ kind: 'in-doubt', what: 'debit', id: settlementId, since: heldAt, amount: intent.amounts.account }) as const),
    ...standing.loadsInDoubt.map(({ loadId, heldAt, intent }) => ({ kind: 'in-doubt', what: 'load', id: loadId, since: heldAt, amount: intent.amount }) as const),
    ...standing.owed.map((owed) => ({ kind: 'owed-to-card', owed }) as const),
    ...period.adjusted.map((adjusted) => ({ kind: 'adjusted', adjusted }) as const),
    ...unmatchedItems(matched, standing),
    ...findings.map((finding) => ({ kind: 'card', finding }) as const),
    ...totalsDiffer.map((day) => ({ kind: 'totals-differ', day }) as const),
    ...(drawer === undefined || drawer.difference === 0 ? [] : [{ kind: 'drawer', difference: drawer.difference } as const])
  ]
}

function unsyncedItems(entries: readonly Unsynced[]): OpenItem[] {
  const since = entries.map((entry) => entry.since).toSorted()[0]
  return since === undefined ? [] : [{ kind: 'unsynced', entries, since }]
}

/**
 * What waits to be sent, or was refused, is missing at the centre for a reason that is an item already; what was refused there
 * and taken back here is missing on both sides.
 */
function unmatchedItems(matched: readonly MatchedRow[], { unsynced, parked, reversed }: Standing): OpenItem[] {
  const waiting = new Set([...[...unsynced, ...parked].map(({ sequence }) => sequence), ...reversed])
  return matched
    .filter(isUnmatched)
    .filter((row) => !('local' in row && row.kind !== 'amounts-differ' && waiting.has(row.local.sequence)))
    .map((row) => ({ kind: 'unmatched', row }))
}

export function keyOf(item: OpenItem): string {
  switch (item.kind) {
    case 'centre-not-asked':
    case 'unsynced':
    case 'drawer':
      return item.kind
    case 'parked':
      return `parked:${item.entry.sequence}`
    case 'in-doubt':
      return `in-doubt:${item.id}`
    case 'owed-to-card':
      return `owed-to-card:${item.owed.settlementId}`
    case 'adjusted':
      return `adjusted:${item.adjusted.settlementId}`
    case 'unmatched':
      return `${item.row.kind}:${idOf(item.row)}`
    case 'card':
      return `card:${item.finding.kind}:${item.finding.kind === 'load-differs' ? item.finding.loadId : item.finding.settlementId}`
    case 'totals-differ':
      return `totals-differ:${item.day}`
    default:
      return never(item)
  }
}

/** `canReverse`: somebody can take a row of record back by its message number. */
export function offerFor(item: OpenItem, canReverse: boolean): Offer {
  switch (item.kind) {
    case 'centre-not-asked':
      return { resolutions: ['carry-over'], byDefault: 'carry-over' }
    case 'unsynced':
      return { resolutions: ['upload-again', 'carry-over', 'hand-to-person'], byDefault: 'upload-again' }
    case 'parked':
      return {
        resolutions: ['upload-again', 'hand-to-person', 'carry-over'],
        byDefault: item.entry.handedOver === undefined ? undefined : 'hand-to-person'
      }
    case 'in-doubt':
      return { resolutions: ['carry-over', 'hand-to-person'], byDefault: undefined }
    case 'owed-to-card':
      return { resolutions: ['carry-over', 'hand-to-person'], byDefault: 'carry-over' }
    case 'adjusted':
      return {
        resolutions: ['take-centre-amount', 'carry-over', 'hand-to-person'],
        byDefault: item.adjusted.cash === 0 ? 'take-centre-amount' : undefined
      }
    case 'unmatched':
      return offerForRow(item.row, canReverse)
    case 'card':
    case 'totals-differ':
      return BY_PERSON
    case 'drawer':
      return { resolutions: ['book-difference', 'hand-to-person'], byDefault: undefined }
    default:
      return never(item)
  }
}

/** Only a person can say more. */
const BY_PERSON: Offer = { resolutions: ['hand-to-person'], byDefault: undefined }
const UPLOAD: Offer = { resolutions: ['upload-again', 'hand-to-person'], byDefault: 'upload-again' }

function offerForRow(row: UnmatchedRow, canReverse: boolean): Offer {
  switch (row.kind) {
    case 'local-only':
      // The centre has said that it booked it, and does not show it.
      return row.local.confirmed === undefined ? UPLOAD : BY_PERSON
    case 'amounts-differ':
      return row.local.confirmed === undefined
        ? { resolutions: ['take-centre-amount', 'hand-to-person'], byDefault: 'take-centre-amount' }
        : BY_PERSON
    case 'centre-only':
      if (row.isHeld && row.record.posting !== undefined) {
        return { resolutions: ['book-locally', 'hand-to-person'], byDefault: undefined }
      }
      return canReverse && !row.isHeld && row.record.reverses === undefined && row.record.reversedBy === undefined
        ? { resolutions: ['hand-to-person', 'reverse-at-centre'], byDefault: undefined }
        : BY_PERSON
    case 'refund-pair-incomplete':
      return row.missing === 'refund-at-centre' && row.local.confirmed === undefined ? UPLOAD : BY_PERSON
    default:
      return never(row)
  }
}
