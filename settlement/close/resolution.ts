/**
 * How an open item of a close ends. The union is closed: an item without one of these names keeps the day open, and what
 * was chosen stands in the report with who chose it and why.
 *
 *   upload-again          the outbox carries it on, or asks the centre to judge it once more
 *   book-locally          the centre has the posting of a hold that is open here: the very same fact is written again
 *   reverse-by-msgid      the centre has what nobody here left with: taken back by the original message number
 *   take-centre-amounts   the centre's amounts come in with its confirmation, as an adjusting entry
 *   hand-to-person        somebody with a name looks after it; a note says what is to be done
 *
 * Only who stood at the counter knows whether somebody left with goods, so what takes money back is offered and is never
 * the default.
 */

import { never } from '../../base/invariant.ts'
import type { UnmatchedRow } from './match.ts'

export const RESOLUTIONS = [
  'upload-again',
  'book-locally',
  'reverse-by-msgid',
  'take-centre-amounts',
  'hand-to-person'
] as const
export type Resolution = (typeof RESOLUTIONS)[number]

/** What was decided about one item, kept from the moment it was decided. */
export interface Decision {
  /** Key of the item. */
  readonly item: string
  readonly resolution: Resolution
  /** Who decided; with hand-to-person who looks after it. */
  readonly name: string
  readonly note: string
  /** 14 digits. */
  readonly at: string
}

export interface Offer {
  /** In the order in which a screen shows them. */
  readonly resolutions: readonly Resolution[]
  /** undefined: nothing stands by itself, a person has to choose. */
  readonly byDefault: Resolution | undefined
}

export function offerFor(row: UnmatchedRow): Offer {
  switch (row.kind) {
    case 'local-only':
      return row.local.confirmed === undefined ? uploading(row.local.isParked) : BY_PERSON
    case 'amounts-differ':
      return row.local.confirmed === undefined ? TAKE_AMOUNTS : BY_PERSON
    case 'centre-only':
      if (row.record.reverses !== undefined) return BY_PERSON
      if (row.isHeld) return row.record.proof === undefined ? BY_PERSON : BOOK
      return REVERSE
    case 'refund-pair-incomplete':
      return row.missing === 'refund-at-centre' ? uploading(row.local.isParked) : BY_PERSON
    default:
      return never(row)
  }
}

/** Only a person can say more. */
export const BY_PERSON: Offer = { resolutions: ['hand-to-person'], byDefault: undefined }
const BOOK: Offer = { resolutions: ['book-locally', 'hand-to-person'], byDefault: 'book-locally' }
const REVERSE: Offer = { resolutions: ['hand-to-person', 'reverse-by-msgid'], byDefault: undefined }
const TAKE_AMOUNTS: Offer = { resolutions: ['take-centre-amounts', 'hand-to-person'], byDefault: 'take-centre-amounts' }

/** What was refused does not go through by being sent again unless somebody has mended the reason. */
export const uploading = (isParked: boolean): Offer => ({
  resolutions: ['upload-again', 'hand-to-person'],
  byDefault: isParked ? undefined : 'upload-again'
})

export const NAME_LENGTH_MAX = 40
export const NOTE_LENGTH_MAX = 200

export type DecisionRefusal =
  | { readonly kind: 'item-unknown'; readonly item: string }
  | { readonly kind: 'resolution-not-offered'; readonly item: string; readonly resolution: Resolution; readonly offered: readonly Resolution[] }
  /** Empty, too long, or with control characters. */
  | { readonly kind: 'text-invalid'; readonly field: 'name' | 'note'; readonly length: number; readonly lengthMax: number }

export function checkDecision(decision: Decision, offer: Offer): DecisionRefusal | undefined {
  const { item, resolution, name, note } = decision
  if (!offer.resolutions.includes(resolution)) {
    return { kind: 'resolution-not-offered', item, resolution, offered: offer.resolutions }
  }
  return checkText('name', name, NAME_LENGTH_MAX) ?? checkText('note', note, NOTE_LENGTH_MAX)
}

function checkText(field: 'name' | 'note', text: string, lengthMax: number): DecisionRefusal | undefined {
  const isGood = text.trim() !== '' && text.length <= lengthMax && !/\p{Cc}/u.test(text)
  return isGood ? undefined : { kind: 'text-invalid', field, length: text.trim().length, lengthMax }
}
