/**
 * What may be answered to whom. One row for each refusal: under which circumstances a counter may hear it. An answer that none
 * of its circumstances explains is a finding, and so is one that no row knows.
 *
 * `passing`: people try again, and it may not be the last word where nothing stands against what they want.
 */

import type { Cause } from './causes.ts'

interface Row {
  readonly when: readonly Cause[]
  readonly isPassing: boolean
}

const when = (...causes: readonly Cause[]): Row => ({ when: causes, isPassing: false })
/** It explains an answer and never the end of an operation. */
const passing = (...causes: readonly Cause[]): Row => ({ when: causes, isPassing: true })

/** Whatever made the card leave, or fall silent, under the hands of the program. */
const CARD_GONE: readonly Cause[] = ['pulls-the-card', 'swaps-the-card', 'contact', 'reader', 'killed']
const NO_CENTRE: readonly Cause[] = ['network', 'centre']

export const LAWFUL: Readonly<Record<string, Row>> = {
  // The card as such.
  'not-a-social-security-card': when('not-a-social-security-card', ...CARD_GONE),
  'blank-card': when('blank-card', ...CARD_GONE),
  'not-genuine': when('counterfeit', 'swaps-the-card', 'contact', 'psam'),
  'application-blocked': when('card-blocked', 'contact'),
  'card-blocked': when('card-blocked', 'contact'),
  'identification-malformed': when('contact'),
  'unsupported-version': when('contact'),
  'card-data-missing': when('contact', 'swaps-the-card', 'not-a-social-security-card', 'blank-card'),
  'card-lost': when('card-lost'),
  'card-not-activated': when('card-not-activated'),
  'person-unknown': when('holder-missing', 'swaps-the-card'),
  'card-expired': when('card-expired', 'clock'),
  'ledger-older': when('books-lost'),
  'centre-ahead': when('books-lost'),
  'histories-differ': when('books-lost'),
  'batch-not-ours': when('network'),
  'other-region': when('card-of-elsewhere', 'swaps-the-card'),
  'region-unknown': when('card-of-elsewhere', 'swaps-the-card'),

  // The card under the hands.
  // Also while it is asked anew, or cannot be, because of a PSAM.
  'no-card': when(...CARD_GONE, 'psam'),
  'card-changed': when(...CARD_GONE, 'psam'),
  'bill-of-another': when(...CARD_GONE),
  'session-ended': when(...CARD_GONE),
  'mute-card': when('contact', 'reader', ...CARD_GONE),
  'reader-fault': when('contact', 'reader', ...CARD_GONE),
  'card-refused': when('contact', 'swaps-the-card'),
  'malformed-answer': when('contact'),
  'protocol-fault': when('contact', 'reader'),
  'held-by-other': when('contact', 'reader'),
  'reader-gone': when('reader'),
  'no-reader': when('reader'),
  'no-such-reader': when('reader'),
  'process-gone': when('reader'),
  'service-stopped': when('reader'),
  unlisted: when('contact', 'reader'),

  // The PSAM.
  psam: when('psam', 'reader', 'contact'),
  'no-psam': when('psam', 'reader'),
  'psam-reader': when('psam', 'reader'),
  'psam-slot-empty': when('psam', 'reader'),
  'psam-mute': when('psam', 'reader'),
  'psam-not-opened': when('psam', 'reader'),
  'psam-unreachable': when('psam', 'reader'),
  'psam-locked': when('psam'),
  'psam-counter-exhausted': when('psam'),
  'psam-key-missing': when('psam'),
  'psam-refused': when('psam'),
  'psam-mac2-wrong': when('psam', 'contact'),
  'psam-answer-malformed': when('psam'),
  'terminal-not-authentic': when('contact', 'psam'),
  'key-version-unknown': when('contact', 'psam'),

  // The PIN.
  'wrong-pin': when('wrong-pin', 'swaps-the-card', 'contact'),
  'last-try-unconfirmed': passing('wrong-pin', 'card-at-its-last-try', 'swaps-the-card', 'contact'),
  'pin-locked': when('wrong-pin', 'card-locked', 'card-at-its-last-try', 'swaps-the-card'),
  'pin-not-digits': passing('pin-that-is-none'),
  'pin-wrong-length': passing('pin-that-is-none'),
  'pin-length-refused': when('contact'),
  'pin-perhaps-changed': when('contact', ...CARD_GONE),
  'pin-unusable': when('not-a-social-security-card', 'blank-card', 'contact'),
  'pin-not-given': passing('no-pin', 'pin-grown-old', 'presses-twice', 'edits-meanwhile', ...CARD_GONE),
  'pin-not-verified': when('contact', ...CARD_GONE),
  'pin-unchanged': when('same-pin-again', 'first-pin-again'),
  'first-pin-refused': when('first-pin-again', 'same-pin-again'),
  'pin-changed-card-gone': when(...CARD_GONE),
  'first-pin-unchanged': when('card-with-first-pin'),

  // The bill.
  'bill-stale': passing('at-the-same-moment', ...CARD_GONE),
  settling: passing('presses-twice', 'edits-meanwhile'),
  'no-bill': passing('presses-twice', 'edits-meanwhile', 'killed'),
  'bill-empty': when('text-no-lines', 'killed'),
  'line-unknown': passing('wrong-pack'),
  'amount-malformed': passing('counts-below-zero'),
  // What the centre says of the person or of an earlier bill may come between the screen and the button.
  'amounts-changed': passing('other-cash', 'at-the-same-moment', 'something-open-on-the-card', 'pin-grown-old', 'swaps-the-card', 'midnight', 'new-rules', 'contact', 'killed', 'clock'),
  'visit-not-readable': when('text-not-json'),
  'visit-invalid': when('text-no-lines', 'text-unknown-item'),
  'bad-input': when('text-unknown-item', 'text-no-lines', 'strange-code', 'clock'),
  'other-person': when('text-other-person', 'odd-prescription', 'swaps-the-card'),
  'visit-contradicts': when('text-later-day', 'clock', 'midnight', 'swaps-the-card'),
  'bill-over-limit': when('text-over-limit'),
  'visit-already-settled': when('text-settled-before', 'killed', 'disk', 'books-lost'),
  'visit-in-doubt': when('text-settled-before', 'something-open-on-the-card', 'killed', 'disk', 'books-lost'),
  'trace-code-sold': when('sells-a-sold-pack', 'killed', 'disk', 'books-lost'),
  'centre-stale': when(...NO_CENTRE, 'set-offline', 'clock', 'centre-restored', 'books-lost'),
  'not-in-force': when('clock'),

  // A pharmacy's counter.
  'not-a-pharmacy': when('no-till-for-it'),
  'not-opened': when('disk', 'killed'),
  'no-sale': passing('killed', 'at-the-same-moment'),
  'return-fixed': passing('wrong-pack'),
  'scan-unknown': passing('strange-code'),
  'item-unknown': passing('strange-code'),
  'trace-code-malformed': passing('strange-code'),
  'trace-code-repeated': passing('strange-code', 'sells-a-sold-pack'),
  'trace-code-no-line': passing('strange-code', 'sells-a-sold-pack'),
  'prescription-gone': passing('strange-code'),
  'prescription-there': passing('strange-code'),
  'prescription-unreadable': passing('strange-code', 'odd-prescription'),
  'prescription-forged': passing('strange-code', 'odd-prescription'),
  'no-prescription': passing('strange-code'),
  'not-limited': passing('at-the-same-moment'),
  'not-a-substitute': passing('at-the-same-moment'),
  'sale-not-ready': when('leaves-a-code-out', 'sells-a-sold-pack', 'old-prescription', 'odd-prescription', 'refuses-the-prescription', 'swaps-the-card', 'midnight', 'clock'),

  // Money moving.
  'in-doubt': when(...CARD_GONE, 'psam', 'disk'),
  'not-recorded': when('disk'),
  'insufficient-balance': when('account-at-the-centre', 'swaps-the-card', 'contact'),
  'store-failure': when('disk'),
  'done-not-shown': when('disk'),
  'id-conflict': when('clock', 'disk', 'killed', 'books-lost'),

  // Records.
  'settlement-unknown': when('unknown-number', 'killed', 'disk', 'books-lost'),
  'settlement-released': when('something-open-on-the-card', 'books-lost'),
  'settlement-in-doubt': when('something-open-on-the-card', 'books-lost'),
  'already-refunded': when('refunds-again', 'killed', 'disk', 'books-lost'),
  'reason-invalid': when('no-reason'),
  'settled-anew': when('killed', 'disk', 'books-lost', 'something-open-on-the-card'),
  'not-a-sale': when('wrong-pack'),
  'more-than-left': when('wrong-pack', 'refunds-again', 'books-lost'),
  'code-returned': when('wrong-pack', 'books-lost'),
  'code-not-of-line': when('wrong-pack', 'books-lost'),
  'codes-missing': when('wrong-pack'),
  'nothing-returned': when('wrong-pack'),
  'return-in-doubt': when('something-open-on-the-card', 'killed', 'disk', 'books-lost'),

  // Back onto the card.
  paused: when('set-offline'),
  'not-connected': when('set-offline'),
  'owed-unknown': when('unknown-number', 'disk', ...CARD_GONE, 'books-lost'),
  'correction-not-confirmed': when('not-sent-yet', 'books-lost'),
  'never-booked': when('not-sent-yet', 'books-lost'),
  'settlement-not-booked': when('not-sent-yet', 'books-lost'),
  'load-serial-differs': when('not-sent-yet', 'something-open-on-the-card', 'centre-restored', 'books-lost'),
  'load-open': when('not-sent-yet', 'something-open-on-the-card', 'contact', 'killed', 'books-lost'),
  'load-in-doubt': when('something-open-on-the-card'),
  'load-ended': when('killed', 'network', 'centre-restored', 'books-lost'),
  // Loaded a moment ago at another till, which has not told the centre yet when this one asks.
  'credit-spent': when('killed', 'network', 'centre-restored', 'something-open-on-the-card', 'not-sent-yet', 'books-lost'),
  'credit-unknown': when('centre-restored', 'books-lost'),
  'credit-loaded': when('killed', 'disk', 'centre-restored', 'books-lost'),
  'nothing-owed': when('killed', 'disk', 'centre-restored', 'not-sent-yet', 'books-lost'),
  'more-than-owed': when('not-sent-yet', 'centre-restored', 'books-lost'),
  'account-not-on-card': when('account-at-the-centre'),
  'load-not-authentic': when('contact', 'network'),
  'mac1-wrong': when('contact'),
  'card-differs': when('swaps-the-card'),
  'card-unknown': when('counterfeit', 'centre-restored'),
  'network-down': when(...NO_CENTRE),
  'centre-down': when(...NO_CENTRE),
  'clock-skew': when('clock'),
  'too-many': when(...NO_CENTRE, 'at-the-same-moment'),
  'not-parked': when('unknown-number', 'at-the-same-moment', 'books-lost'),
  'no-longer-parked': when('at-the-same-moment'),
  /** The word of somebody else who answers in the centre's form. */
  refused: when('network'),
  'centre-refused': when(...NO_CENTRE, 'centre-restored', 'set-offline', 'books-lost'),

  // The close.
  'nothing-to-close': when('at-the-same-moment'),
  'close-stale': passing('old-day', 'at-the-same-moment'),
  'close-hindered': passing('does-not-count', 'does-not-resolve', 'no-note', 'counts-below-zero', 'old-day', 'at-the-same-moment'),
  'amount-negative': passing('counts-below-zero'),
  'note-missing': passing('no-note'),
  'item-unknown-at-close': passing('at-the-same-moment'),
  'resolution-not-offered': passing('at-the-same-moment'),
  'chain-went-on': passing('centre-restored', 'disk', 'killed', 'books-lost'),
  'close-unknown': when('killed', 'disk', 'books-lost'),
  'reason-missing': when('no-reason'),
  'already-reopened': when('killed', 'disk', 'books-lost'),
  'close-not-last': when('killed', 'disk', 'books-lost'),
  'day-before-last-close': when('clock'),
  'csv-not-written': when('disk')
}

export type Judgement = { readonly isLawful: true } | { readonly isLawful: false; readonly why: string }

const LAWFUL_ANSWER: Judgement = { isLawful: true }

/** Of one answer, whatever comes after it. */
export function judgeRefusal(kind: string, causes: ReadonlySet<Cause>): Judgement {
  const row = LAWFUL[kind]
  if (row === undefined) return { isLawful: false, why: `"${kind}" stands in no row of the table` }
  if (row.when.some((cause) => cause === 'at-the-same-moment' || causes.has(cause))) return LAWFUL_ANSWER
  return { isLawful: false, why: `"${kind}" is for ${row.when.join(', ')}; here: ${[...causes].join(', ') || 'nothing at all'}` }
}

/** Of the last word. */
export function judgeEnd(kind: string, causes: ReadonlySet<Cause>): Judgement {
  const row = LAWFUL[kind]
  if (row?.isPassing === true && !row.when.some((cause) => causes.has(cause))) {
    return { isLawful: false, why: `"${kind}" was the last word, though people tried again; here: ${[...causes].join(', ') || 'nothing at all'}` }
  }
  return judgeRefusal(kind, causes)
}

/** A host that ends, or a window without an answer. */
export const HOST_MAY_DIE: readonly Cause[] = ['killed', 'disk']
