/**
 * Every refusal there is, by the names of the shipped unions: each list is a record over its union, so that a new kind does not
 * compile until it stands here.
 */

import type { CounterRefusal } from '../../../electron/host/counter-refusal.ts'
import type { CloseDeskRefusal } from '../../../electron/host/close/close-refusal.ts'
import type { DeskRefusal } from '../../../electron/host/desk/desk-refusal.ts'
import type { SaleRefusal } from '../../../electron/host/sale/sale-refusal.ts'
import type { SyncRefusal } from '../../../electron/host/sync/sync-refusal.ts'
import type { ReaderTrouble } from '../../../card/reader/pcsc/reader-trouble.ts'
import type { EntryConflict, EntryRefusal } from '../../../settlement/batch/batch.ts'
import type { LoadRefusal } from '../../../settlement/case/load-card.ts'
import type { RefundRefusal } from '../../../settlement/case/refund-settlement.ts'
import type { ReturnRefusal } from '../../../settlement/case/return-packs.ts'
import type { EnrolmentRefusal } from '../../../settlement/centre/enrol/enrol.ts'
import type { RetryRefusal } from '../../../settlement/centre/intake/retry-fact.ts'
import type { ReversalRefusal } from '../../../settlement/centre/intake/reverse-settlement.ts'
import type { BatchRefusal } from '../../../settlement/centre/intake/take-batch.ts'
import type { SignRefusal, VoidRefusal } from '../../../settlement/centre/load/load-refusal.ts'
import type { LedgerRefusal } from '../../../settlement/ledger/refusal.ts'
import type { LinkFailure } from '../../../settlement/sync/link.ts'

/** The kind that a window tells: of a refusal within a refusal the innermost. */
type Innermost<Refusal> = Refusal extends { readonly refusal: infer Inner extends { readonly kind: string } }
  ? Innermost<Inner>
  : Refusal extends { readonly kind: infer Kind extends string }
    ? Kind
    : never

type All<Kind extends string> = Readonly<Record<Kind, true>>

/** The counter: card, PIN, person, rules, bill. */
export const COUNTER: All<Innermost<Exclude<CounterRefusal, { kind: 'load' | 'settle' | 'not-eligible' }>>> = {
  ambiguous: true, 'amounts-changed': true, 'application-blocked': true, 'bad-input': true, 'base-not-in-force': true,
  'base-unknown': true, 'bill-over-limit': true, 'blank-card': true, 'card-blocked': true, 'card-data-missing': true, 'card-expired': true,
  'card-lost': true, 'card-not-activated': true, 'card-refused': true, 'centre-stale': true, circle: true, contradictory: true,
  'fact-missing': true, 'first-pin-unchanged': true, 'identification-malformed': true, 'insurance-type-not-covered': true,
  'ledger-older': true,
  'malformed-answer': true, 'mute-card': true, 'negative-sum': true, 'no-card': true, 'no-parameter': true,
  'not-a-social-security-card': true, 'not-genuine': true, 'not-in-force': true, 'not-on-card': true, 'other-person': true,
  'other-region': true, 'person-unknown': true, 'pin-length-refused': true, 'pin-locked': true, 'pin-not-verified': true, 'pin-perhaps-changed': true,
  'pin-unusable': true,
  'pre-pay-ratio-missing': true, psam: true, 'psam-not-ready': true, 'reader-fault': true, 'region-unknown': true, 'session-ended': true,
  'store-failure': true, 'unsupported-version': true, 'visit-contradicts': true, 'wrong-pin': true
}

/** Money moving: the card's device, the hold, the posting. */
export const SETTLING: All<Innermost<Extract<CounterRefusal, { kind: 'settle' }>>> = {
  'amount-too-large': true, 'card-blocked': true, 'card-refused': true, 'counter-out-of-range': true, 'evidence-contradicts': true,
  'hold-not-open': true, 'hold-unknown': true, 'id-conflict': true, 'in-doubt': true, 'insufficient-balance': true,
  'key-version-unknown': true, 'pin-not-verified': true, psam: true, 'reader-fault': true, 'session-ended': true, 'store-failure': true,
  'terminal-not-authentic': true, 'trace-code-sold': true, 'visit-already-settled': true, 'visit-in-doubt': true
}

/** Why an item is not handed over, or not paid for. */
export const ELIGIBILITY: All<Extract<CounterRefusal, { kind: 'not-eligible' }>['reason']['kind']> = {
  'already-dispensed': true, 'approval-refused': true, 'atc-unknown': true, 'break-too-long': true, 'card-expired': true,
  'card-lost-formally': true, 'card-lost-temporarily': true, 'card-not-activated': true, 'children-only': true, 'class-b': true,
  'class-c': true, 'course-limit': true, 'course-used-up': true, 'day-limit-reached': true, 'days-unknown': true,
  'dispensed-too-early': true, 'dual-channel-drug': true, 'duplicate-therapy': true, 'fund-not-enjoyed': true, 'history-unknown': true,
  'in-arrears': true, 'in-hospital': true, 'indication-missing': true, 'institution-level': true, 'insurance-ended': true,
  'insurance-suspended': true, 'maternity-only': true, 'month-limit-reached': true, 'more-than-prescribed': true, 'negotiated-drug': true,
  'no-chronic-filing': true, 'no-longer-in-catalogue': true, 'not-a-dual-channel-place': true, 'not-a-pooling-place': true,
  'not-in-catalogue': true, 'not-in-long-prescription': true, 'not-insured': true, 'not-on-prescription': true,
  'not-the-designated-place': true, 'not-yet-in-catalogue': true, 'other-disease': true, 'other-region-filed': true,
  'other-region-not-filed': true, 'over-days-of-supply': true, 'over-dispensing-days': true, 'over-sale-limit': true,
  'own-pay-chosen': true, 'pieces-not-paid-alone': true, 'prescriber-not-designated': true, 'prescription-expired': true,
  'prescription-missing': true, 'prescription-not-reviewed': true, 'prescription-not-signed': true, 'prescription-of-later-day': true,
  'prescription-refused-by-pharmacist': true, 'prescription-too-many-drugs': true, 'prescription-used': true,
  'prescription-withdrawn': true, 'restricted-not-approved': true, 'sales-of-day-reached': true, 'second-line-without-first': true,
  'special-drug-not-filed': true, 'status-unknown': true, 'trace-code-missing': true, 'trace-code-not-required': true,
  'trace-code-sold': true, 'unit-differs': true, 'visit-mode': true, 'waiting-period': true, 'work-injury-only': true, 'wrong-age': true,
  'wrong-sex': true
}

/** What the desk refuses by itself. */
export const DESK: All<Exclude<DeskRefusal['kind'], 'close' | 'driver' | 'pad' | 'pin-malformed' | 'record' | 'sale' | 'sync'>> = {
  'amount-malformed': true, 'bill-empty': true, 'bill-of-another': true, 'bill-stale': true, 'card-changed': true, 'card-not-insertable': true, 'done-not-shown': true,
  'first-pin-refused': true, 'last-try-unconfirmed': true, 'line-unknown': true, 'no-bill': true, 'no-card': true, 'no-fixture-pin': true, 'pin-changed-card-gone': true,
  'no-pad': true, 'not-on-card': true, 'not-simulated': true, 'owed-unknown': true, 'pad-only-verifies': true, 'pin-not-given': true,
  'pin-on-pad': true, 'pin-unchanged': true, 'reader-not-remembered': true, 'received-too-little': true, settling: true,
  'visit-gone': true, 'visit-invalid': true, 'visit-not-readable': true
}

/** A pharmacy's sale. */
export const SALE: All<Exclude<SaleRefusal['kind'], 'return' | 'rules'>> = {
  'bad-field': true, 'item-unknown': true, 'no-prescription': true, 'no-sale': true, 'not-a-pharmacy': true, 'not-a-sale': true,
  'not-a-substitute': true, 'not-limited': true, 'not-opened': true, 'prescription-forged': true, 'prescription-gone': true,
  'prescription-there': true, 'prescription-unreadable': true, 'return-fixed': true, 'sale-not-ready': true, 'scan-unknown': true, 'trace-code-malformed': true,
  'trace-code-no-line': true, 'trace-code-repeated': true
}

/** Packs that come back. */
export const RETURN: All<ReturnRefusal['kind']> = {
  'already-refunded': true, 'bill-unmade': true, 'claim-missing': true, 'code-not-of-line': true, 'code-returned': true,
  'codes-missing': true, 'counter-out-of-range': true, 'id-conflict': true, 'line-unknown': true, 'more-than-left': true,
  'nothing-returned': true, 'reason-invalid': true, 'return-in-doubt': true, 'settled-anew': true, 'settlement-in-doubt': true,
  'settlement-released': true, 'settlement-unknown': true, 'store-failure': true
}

/** A settlement that is taken back. */
export const REFUND: All<RefundRefusal['kind']> = {
  'already-refunded': true, 'counter-out-of-range': true, 'id-conflict': true, 'reason-invalid': true, 'settlement-in-doubt': true,
  'settlement-released': true, 'settlement-unknown': true, 'store-failure': true
}

/** Money back onto a card. */
export const LOAD: All<Innermost<LoadRefusal>> = {
  'account-not-on-card': true, 'amount-too-large': true, 'card-blocked': true, 'card-differs': true, 'card-refused': true,
  'centre-down': true, 'clock-skew': true, 'correction-not-confirmed': true, 'credit-loaded': true, 'credit-unknown': true,
  'evidence-contradicts': true, 'id-conflict': true, 'in-doubt': true, 'insufficient-balance': true, 'key-version-unknown': true,
  'load-in-doubt': true, 'load-not-authentic': true, 'load-not-open': true, 'load-unknown': true, 'more-than-owed': true,
  'network-down': true, 'never-booked': true, 'not-connected': true, 'nothing-owed': true, 'pin-not-verified': true, psam: true,
  'reader-fault': true, refused: true, 'session-ended': true, 'settlement-unknown': true, 'store-failure': true, 'terminal-not-authentic': true,
  'too-many': true
}

/** What a person asks of the link. */
export const SYNC: All<Exclude<SyncRefusal['kind'], 'file' | 'link' | 'restore' | 'stopped'>> = {
  'address-malformed': true, 'already-connected': true, 'institution-differs': true, 'no-longer-parked': true, 'not-connected': true,
  'not-parked': true, 'note-missing': true, paused: true, 'store-failure': true, 'terminal-key': true
}

/** What becomes of a question to the centre. */
export const LINK: All<LinkFailure['kind']> = {
  'centre-down': true, 'clock-skew': true, 'network-down': true, refused: true, 'too-many': true
}

/** The day close. */
export const CLOSE: All<CloseDeskRefusal['kind']> = {
  'already-reopened': true, 'amount-malformed': true, 'amount-negative': true, 'centre-refused': true, 'chain-went-on': true,
  'close-unknown': true, 'csv-not-written': true, 'day-changed': true, 'done-not-shown': true, hindered: true, 'item-unknown': true, 'not-booked': true,
  'not-closed': true, 'not-the-last': true, 'reason-invalid': true, 'reason-missing': true, 'report-unreadable': true,
  'resolution-not-offered': true, 'store-failure': true, 'terminal-key': true, 'text-invalid': true
}

/** The ledger itself. */
export const LEDGER: All<LedgerRefusal['kind']> = {
  'already-confirmed': true, 'already-corrected': true, 'already-reopened': true, 'card-differs': true, 'close-unknown': true,
  'counted-elsewhere': true, 'counter-out-of-range': true, 'credit-loaded': true, 'day-before-last-close': true,
  'evidence-contradicts': true, 'hold-not-open': true, 'hold-unknown': true, 'id-conflict': true, 'load-in-doubt': true,
  'load-not-open': true, 'load-unknown': true, 'more-than-owed': true, 'not-the-last': true, 'nothing-owed': true,
  'nothing-to-close': true, 'of-record-not-allowed': true, 'of-record-wrong': true, 'reason-missing': true, 'settlement-unknown': true,
  'store-failure': true, 'target-of-another': true, 'target-unknown': true, 'trace-code-sold': true, 'visit-already-settled': true,
  'visit-in-doubt': true
}

/** What is broken between a till and a chip. */
export const READER: All<ReaderTrouble['kind']> = {
  'held-by-other': true, 'module-missing': true, 'mute-card': true, 'no-reader': true, 'no-such-reader': true, 'process-gone': true,
  'protocol-fault': true, 'reader-gone': true, 'service-absent': true, 'service-refuses': true, 'service-stopped': true, 'two-match': true,
  unlisted: true, 'version-mismatch': true
}

/** The centre does not sign, or not void, a load. */
export const LOADS_AT_CENTRE: All<SignRefusal['kind'] | VoidRefusal['kind']> = {
  'card-lost': true, 'card-not-activated': true, 'card-unknown': true, 'correction-not-confirmed': true, 'credit-amount-differs': true,
  'credit-of-another': true, 'credit-spent': true, 'credit-unknown': true, 'load-ended': true, 'load-id-taken': true, 'load-open': true,
  'load-serial-differs': true, 'load-unknown': true, 'mac1-wrong': true, 'more-than-owed': true, 'nothing-owed': true,
  'settlement-not-booked': true, 'settlement-of-another': true
}

/** The centre does not take a batch, a reversal, a retry. */
export const BATCHES_AT_CENTRE: All<BatchRefusal['kind'] | ReversalRefusal['kind'] | RetryRefusal['kind']> = {
  'already-reversed': true, 'batch-conflict': true, 'batch-out-of-order': true, 'chain-broken': true, 'fact-unknown': true,
  'id-taken': true, 'settlement-of-another': true, 'settlement-unknown': true, 'terminal-differs': true, 'terminal-unknown': true
}

/** The centre does not enrol. */
export const ENROLLING: All<EnrolmentRefusal['kind']> = {
  'code-expired': true, 'code-unknown': true, 'code-used': true, 'institution-differs': true, 'institution-full': true, 'key-known': true
}

/** The centre does not book a fact. */
export const VERDICTS: All<EntryRefusal['kind'] | EntryConflict['kind']> = {
  'amounts-wrong': true, 'card-cloned': true, 'card-lost': true, 'card-of-another': true, 'card-unknown': true, 'claim-malformed': true,
  'id-taken': true, 'load-not-signed': true, 'person-unknown': true, 'policy-unknown': true, 'tac-wrong': true, 'target-not-booked': true,
  'time-ahead': true, 'visit-settled': true
}
