/**
 * The words that policies and calculations share: the parts of a personal share, the ways a limit counts, the names of the
 * counters that every place uses.
 */

/**
 * What is left to the person after the funds, in the order in which an account pays it. `uncovered`: in-scope expense that
 * no band takes (every limit reached). `account-segment`: what this year's account paid first, where
 * the order is account-first. `off-site-pre-pay`: the share of the in-scope expense that care outside the insured place costs
 * before the funds look at it; it is in scope (inscp_scp_amt) and no pre-self-pay of a line.
 */
export const PERSONAL_PARTS = [
  'account-segment',
  'deductible',
  'co-pay',
  'uncovered',
  'off-site-pre-pay',
  'pre-self-pay',
  'over-ceiling',
  'own-pay'
] as const
export type PersonalPart = (typeof PERSONAL_PARTS)[number]

/**
 * What big-illness funds and most subsidies look at: the person's share within the insurance (个人自付). The pre-pay of off-site
 * care lies before it, as on the electronic invoice, and is relieved only by a supplement that names it.
 */
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

/** Which rows a pharmacy's sale sees: its own, those of the basic level, those of where the prescription was written. */
export const PHARMACY_RATIOS = ['own', 'basic-level', 'prescriber'] as const
export type PharmacyRatio = (typeof PHARMACY_RATIOS)[number]

/** chrgitm_lv: A, B, C, payable C (H T393, T476). */
export const CHARGE_CLASSES = ['01', '02', '03', '04'] as const
export type ChargeClass = (typeof CHARGE_CLASSES)[number]
