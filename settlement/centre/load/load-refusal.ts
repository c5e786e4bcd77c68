/**
 * Why the centre does not sign, or does not void, a load. Closed unions in the order in which they are checked; nothing has
 * changed when one is given. The status tells whose turn it is: 404 and 403 nobody's, 409 after something else has happened.
 */

import { never } from '../../../base/invariant.ts'
import { formatFen, type Fen } from '../../money/fen.ts'
import { refusal, type RequestRefusal } from '../serve/refusal.ts'

export type SignRefusal =
  | { readonly kind: 'card-unknown' }
  | { readonly kind: 'card-lost'; readonly since: string }
  | { readonly kind: 'card-not-activated' }
  /** The same id was used by another terminal, for another card or another purpose. */
  | { readonly kind: 'load-id-taken' }
  | { readonly kind: 'load-ended'; readonly state: 'closed' | 'void' }
  /** Not asked for by this card. */
  | { readonly kind: 'mac1-wrong' }
  /** Another load of this card is signed, and nobody has said what became of it. */
  | { readonly kind: 'load-open'; readonly loadId: string; readonly terminal: string }
  /** The card counts loads: it has taken one that the centre was not told of, or it is a copy. */
  | { readonly kind: 'load-serial-differs'; readonly ofRecord: number; readonly offered: number }
  | PurposeRefusal

export type PurposeRefusal =
  | { readonly kind: 'settlement-not-booked'; readonly settlementId: string }
  /** Settled at another terminal, or paid with another card. */
  | { readonly kind: 'settlement-of-another'; readonly settlementId: string }
  /** The centre has booked neither a reversal nor another amount: the terminal has to send its facts first. */
  | { readonly kind: 'correction-not-confirmed'; readonly settlementId: string }
  | { readonly kind: 'nothing-owed'; readonly settlementId: string }
  | { readonly kind: 'more-than-owed'; readonly settlementId: string; readonly owed: Fen; readonly asked: Fen }
  | { readonly kind: 'credit-unknown'; readonly creditId: string }
  | { readonly kind: 'credit-of-another'; readonly creditId: string }
  | { readonly kind: 'credit-spent'; readonly creditId: string; readonly state: 'signed' | 'loaded' | 'void' }
  /** A credit is loaded as a whole. */
  | { readonly kind: 'credit-amount-differs'; readonly creditId: string; readonly amount: Fen; readonly asked: Fen }

export type VoidRefusal =
  | { readonly kind: 'load-unknown' }
  /** The card has proved it. */
  | { readonly kind: 'load-ended'; readonly state: 'closed' }

export function signRefusal(wrong: SignRefusal): RequestRefusal {
  const { kind } = wrong
  switch (kind) {
    case 'card-unknown':
      return refusal(404, kind, 'offer.cardId: no card of this number was issued here')
    case 'card-lost':
      return refusal(409, kind, `offer.cardId: the card was reported lost at ${wrong.since}`, { since: wrong.since })
    case 'card-not-activated':
      return refusal(409, kind, 'offer.cardId: the card has not been activated')
    case 'load-id-taken':
      return refusal(409, kind, 'loadId: is the number of another load')
    case 'load-ended':
      return refusal(409, kind, `loadId: this load is ${wrong.state}`, { state: wrong.state })
    case 'mac1-wrong':
      return refusal(403, kind, 'offer.mac1: is not this card\'s code over this offer')
    case 'load-open':
      return refusal(409, kind, `offer.cardId: load ${wrong.loadId} of this card is signed and not closed; ${wrong.terminal} has to bring what became of it`, {
        loadId: wrong.loadId,
        terminal: wrong.terminal
      })
    case 'load-serial-differs':
      return refusal(409, kind, `offer.loadSerial: the card says ${wrong.offered}, the centre knows ${wrong.ofRecord}; an earlier load has not arrived here`, {
        ofRecord: wrong.ofRecord,
        offered: wrong.offered
      })
    default:
      return purposeRefusal(wrong)
  }
}

function purposeRefusal(wrong: PurposeRefusal): RequestRefusal {
  const { kind } = wrong
  switch (kind) {
    case 'settlement-not-booked':
      return refusal(409, kind, 'purpose.settlementId: is not booked; send the facts of the day first', { settlementId: wrong.settlementId })
    case 'settlement-of-another':
      return refusal(403, kind, 'purpose.settlementId: was settled at another terminal, or with another card', { settlementId: wrong.settlementId })
    case 'correction-not-confirmed':
      return refusal(409, kind, 'purpose.settlementId: the centre has not booked its refund; send the facts of the day first', { settlementId: wrong.settlementId })
    case 'nothing-owed':
      return refusal(409, kind, 'purpose.settlementId: everything that is owed is loaded or signed', { settlementId: wrong.settlementId })
    case 'more-than-owed':
      return refusal(409, kind, `offer.amount: ${formatFen(wrong.asked)} is more than the ${formatFen(wrong.owed)} owed`, {
        settlementId: wrong.settlementId,
        owed: formatFen(wrong.owed),
        asked: formatFen(wrong.asked)
      })
    case 'credit-unknown':
      return refusal(404, kind, 'purpose.creditId: there is no such credit', { creditId: wrong.creditId })
    case 'credit-of-another':
      return refusal(403, kind, 'purpose.creditId: is another card\'s', { creditId: wrong.creditId })
    case 'credit-spent':
      return refusal(409, kind, `purpose.creditId: is ${wrong.state}`, { creditId: wrong.creditId, state: wrong.state })
    case 'credit-amount-differs':
      return refusal(409, kind, `offer.amount: the credit is ${formatFen(wrong.amount)} and is loaded as a whole`, {
        creditId: wrong.creditId,
        amount: formatFen(wrong.amount),
        asked: formatFen(wrong.asked)
      })
    default:
      return never(kind)
  }
}

export function voidRefusal(wrong: VoidRefusal): RequestRefusal {
  const { kind } = wrong
  switch (kind) {
    case 'load-unknown':
      return refusal(404, kind, 'loadId: this terminal has no such load')
    case 'load-ended':
      return refusal(409, kind, 'loadId: the card has proved this load', { state: wrong.state })
    default:
      return never(kind)
  }
}
