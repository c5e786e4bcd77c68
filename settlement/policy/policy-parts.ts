/**
 * The words that policies and calculations share: the parts of a personal share, the ways a limit counts, the names of the
 * counters that every place uses.
 */

/**
 * What is left to the person after the funds, in the order in which an account pays it. `uncovered`: in-scope expense that
 * no band takes (every limit reached). `account-segment`: what this year's account paid first, where
 * the order is account-first.
 */
export const PERSONAL_PARTS = [
  'account-segment',
  'deductible',
  'co-pay',
  'uncovered',
  'pre-self-pay',
  'over-ceiling',
  'own-pay'
] as const
export type PersonalPart = (typeof PERSONAL_PARTS)[number]

/** The parts of the in-scope expense: what big-illness funds and most subsidies look at. */
export const IN_SCOPE_PARTS = [
  'account-segment',
  'deductible',
  'co-pay',
  'uncovered'
] as const satisfies readonly PersonalPart[]

export const LIMIT_KINDS = ['payment', 'expense', 'in-scope-expense'] as const
export type LimitKind = (typeof LIMIT_KINDS)[number]

/** Care outside the insured place, by the filing that covers the day. */
export const OFF_SITE_FILINGS = ['resident', 'referral', 'emergency', 'unfiled'] as const
export type OffSiteFiling = (typeof OFF_SITE_FILINGS)[number]

export const COUNTER = {
  deductible: 'act_pay_dedc',
  inScope: 'inscp_scp_amt',
  segmentExpense: 'segment_expense',
  personalInScope: 'personal_in_scope'
} as const

export const CERTAINTIES = [
  'published',
  'reproduced',
  'secondary',
  'inferred',
  'conflicting',
  'weak',
  'fictitious',
  'not stated'
] as const
export type Certainty = (typeof CERTAINTIES)[number]

/** chrgitm_lv: A, B, C, payable C (H T393, T476). */
export const CHARGE_CLASSES = ['01', '02', '03', '04'] as const
export type ChargeClass = (typeof CHARGE_CLASSES)[number]
