/**
 * Why a claim is not calculated, in order of precedence. None is retryable: policy or claim must change. Nothing is
 * calculated in part.
 */

import type { MissingFact } from '../policy/facts.ts'

export type CalculationRefusal =
  /** insuplc_admdvs is another division than the policy's. */
  | { readonly kind: 'other-region'; readonly region: string; readonly claimed: string }
  | { readonly kind: 'insurance-type-not-covered'; readonly insutype: string; readonly covered: readonly string[] }
  | { readonly kind: 'not-in-force'; readonly date: string; readonly period: string }
  /** A row asks for a fact that the claim does not state. */
  | { readonly kind: 'fact-missing'; readonly parameter: string; readonly field: MissingFact }
  /** No row of a parameter holds for the facts. */
  | { readonly kind: 'no-parameter'; readonly parameter: string; readonly facts: string }
  /** A line of class B or payable C without its own selfpay_prop, and the policy has none. */
  | { readonly kind: 'pre-pay-ratio-missing'; readonly lineNo: string; readonly chrgitmLv: string }
  /** More of an item is returned than bought: cancel the original settlement instead. `field`: of the item's sums, in yuan. */
  | {
      readonly kind: 'negative-sum'
      readonly path: string
      readonly quantity: string
      readonly lineNo: string
      readonly field: string
      readonly amount: string
    }
  | { readonly kind: 'bill-over-limit'; readonly amount: string; readonly limit: string }
