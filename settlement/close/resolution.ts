/**
 * How an open item of a close ends. The union is closed: an item without one of these names keeps the day open, and what
 * was chosen stands in the report with who chose it and why.
 *
 *   upload-again         the outbox carries it on, or asks the centre to judge it once more
 *   book-locally         the centre has the posting of a hold that is open here: the very same fact is written again
 *   reverse-at-centre    the centre has what nobody here left with: taken back by the original message number
 *   take-centre-amount   the centre's amounts come in with its confirmation, as an adjusting entry
 *   carry-over           stays open under its name and stands in the next close again
 *   hand-to-person       somebody with a name looks after it; a note says what is to be done
 *   book-difference      the drawer is that much over or short; the note says why
 *
 * Only who stood at the counter knows whether somebody left with goods, so what takes money back is offered and is never
 * the default.
 */

export const RESOLUTIONS = [
  'upload-again',
  'book-locally',
  'reverse-at-centre',
  'take-centre-amount',
  'carry-over',
  'hand-to-person',
  'book-difference'
] as const
export type Resolution = (typeof RESOLUTIONS)[number]

/** What was decided about one item of the open period, kept from the moment it was decided. */
export interface Decision {
  /** Key of the item. */
  readonly item: string
  readonly resolution: Resolution
  /** Who decided: the counter, or who sat at it. */
  readonly by: string
  /** Who looks after it from now on; empty where nobody has to. */
  readonly person: string
  readonly note: string
  /** 14 digits. */
  readonly at: string
}

export interface Offer {
  /** In the order in which a screen shows them. */
  readonly resolutions: readonly Resolution[]
  /** Stands by itself until a person chooses another; undefined: a person has to choose. */
  readonly byDefault: Resolution | undefined
}

/** What a decision of this kind must say besides its name. */
export const needsPerson = (resolution: Resolution): boolean => resolution === 'hand-to-person'
export const needsNote = (resolution: Resolution): boolean =>
  resolution === 'hand-to-person' || resolution === 'book-difference' || resolution === 'reverse-at-centre'

export const PERSON_LENGTH_MAX = 40
export const NOTE_LENGTH_MAX = 200

export type DecisionRefusal =
  | { readonly kind: 'item-unknown'; readonly item: string }
  | {
      readonly kind: 'resolution-not-offered'
      readonly item: string
      readonly resolution: Resolution
      readonly offered: readonly Resolution[]
    }
  /** Missing, too long, or with control characters. */
  | { readonly kind: 'text-invalid'; readonly field: 'person' | 'note'; readonly length: number; readonly lengthMax: number }

export function checkDecision({ item, resolution, person, note }: Decision, offer: Offer): DecisionRefusal | undefined {
  if (!offer.resolutions.includes(resolution)) {
    return { kind: 'resolution-not-offered', item, resolution, offered: offer.resolutions }
  }
  return (
    checkText('person', person, PERSON_LENGTH_MAX, needsPerson(resolution)) ??
    checkText('note', note, NOTE_LENGTH_MAX, needsNote(resolution))
  )
}

function checkText(field: 'person' | 'note', text: string, lengthMax: number, isNeeded: boolean): DecisionRefusal | undefined {
  const isGood = (text !== '' || !isNeeded) && text.trim() === text && text.length <= lengthMax && !/\p{Cc}/u.test(text)
  return isGood ? undefined : { kind: 'text-invalid', field, length: text.trim().length, lengthMax }
}
