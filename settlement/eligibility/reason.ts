/**
 * Why a verdict is what it is. The union is closed: every member has its words in both languages, who can mend it, and the
 * source of the rule. In order of weight, heaviest first: who reads one sentence reads the one that matters.
 */

import type { Certainty } from '../policy/policy-parts.ts'
import type { FundKind } from './verdict.ts'

/** What a reason does to a line. `note`: nothing, but the counter should know. */
export type Effect = 'forbids' | 'cash-only' | 'own-money' | 'limits' | 'asks' | 'note'

export const MENDERS = ['patient', 'employer', 'doctor', 'pharmacist', 'institution', 'service-window', 'bank', 'centre', 'nobody'] as const
export type Mender = (typeof MENDERS)[number]

export interface Reason {
  readonly kind: ReasonKind
  readonly effect: Effect
  /** Of whom it holds: every fund, or these. */
  readonly funds: 'every' | readonly FundKind[]
  /** Days, amounts, codes, names for the sentence, by name: { from: "2026-03-01" }. Amounts are yuan. */
  readonly values: Readonly<Record<string, string>>
  readonly rule: RuleSource
}

export interface RuleSource {
  /** Id and version of the pack, and where in it the rule stands. */
  readonly pack: string
  readonly path: string
  /** Where the rule was published, in both languages. */
  readonly source: { readonly zh: string; readonly en: string }
  readonly certainty: Certainty
}

/** Heaviest first. */
export const REASON_KINDS = [
  // The person and the card.
  'card-lost-formally', 'card-lost-temporarily', 'card-not-activated', 'card-expired',
  'not-insured', 'insurance-ended', 'insurance-suspended', 'in-arrears', 'break-too-long', 'waiting-period', 'fund-not-enjoyed',
  'in-hospital', 'other-region-not-filed', 'other-region-filed', 'status-unknown',
  // May not be handed over.
  'trace-code-sold', 'trace-code-missing', 'prescription-missing', 'prescription-withdrawn', 'prescription-of-later-day', 'prescription-expired', 'prescription-used',
  'prescription-not-signed', 'prescription-refused-by-pharmacist', 'prescription-not-reviewed', 'prescription-too-many-drugs',
  'not-on-prescription', 'more-than-prescribed', 'already-dispensed', 'unit-differs', 'over-dispensing-days', 'not-in-long-prescription',
  'atc-unknown',
  // The fund does not pay.
  'own-pay-chosen', 'not-in-catalogue', 'class-c', 'not-yet-in-catalogue', 'no-longer-in-catalogue',
  'approval-refused', 'restricted-not-approved',
  'wrong-sex', 'wrong-age', 'children-only', 'institution-level', 'visit-mode', 'work-injury-only', 'maternity-only', 'indication-missing',
  'second-line-without-first', 'course-used-up', 'duplicate-therapy', 'dispensed-too-early', 'pieces-not-paid-alone',
  'no-chronic-filing', 'other-disease', 'not-the-designated-place', 'special-drug-not-filed', 'not-a-dual-channel-place',
  'not-a-pooling-place', 'prescriber-not-designated', 'day-limit-reached', 'month-limit-reached', 'sales-of-day-reached',
  // It pays, in part or with something to say.
  'over-days-of-supply', 'over-sale-limit', 'course-limit', 'class-b', 'negotiated-drug', 'dual-channel-drug', 'days-unknown', 'history-unknown',
  'trace-code-not-required'
] as const
export type ReasonKind = (typeof REASON_KINDS)[number]
