/** The English sentences of the explanation. */

import { never } from '../../base/invariant.ts'
import type { CalculatedLine, LineReason } from '../calculation/calculation.ts'
import type { LimitState, Step } from '../calculation/step.ts'
import { formatFen as yuan } from '../money/fen.ts'
import { formatPrice, formatQuantity } from '../money/price.ts'
import { formatPercent } from '../money/ratio.ts'
import type { RowReference } from '../policy/parameters.ts'
import type { LimitKind, OffSiteFiling, PersonalPart } from '../policy/policy-parts.ts'
import { closedName, notInForceName } from './closed-names.ts'
import { FUND_TEXTS } from './wire-names.ts'

type OfKind<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>

/** Without the row that says so. */
function sentence(of: Step): string {
  switch (of.kind) {
    case 'in-scope':
      return `Total ${yuan(of.total)} less own pay ${yuan(of.ownPay)}, over the ceiling ${yuan(of.overCeiling)} and pre-self-pay ${yuan(of.prePay)} leaves ${yuan(of.inScope)} in scope.`
    case 'off-site':
      return offSite(of)
    case 'pharmacy-ratio':
      return of.follows === 'basic-level'
        ? `The pharmacy is settled as an institution of the basic level.`
        : `The pharmacy is settled as the institution that prescribed, of level ${of.level}.`
    case 'fund-not-enjoyed':
      return `The ${FUND_TEXTS[of.fund].en} is closed to the person at this visit, as the centre says: it pays nothing, and no other fund pays in its place.`
    case 'fund-closed':
      return `No fund pays the in-scope ${yuan(of.inScope)}: ${closedName(of.reason).en}; the account may.`
    case 'not-entitled':
      return `No fund pays the in-scope ${yuan(of.inScope)}: ${notInForceName(of.status).en}; the account may.`
    case 'no-prescription':
      return `There is no prescription: pooling pays nothing of the in-scope ${yuan(of.inScope)}; the account may.`
    case 'account-first':
      return `This year's account of ${yuan(of.balance)} pays ${yuan(of.paid)} first: in-scope ${yuan(of.before)} leaves ${yuan(of.left)}. It does not fill the self segment.`
    case 'deductible':
      return deductible(of)
    case 'band':
      return band(of)
    case 'supplement':
      return supplement(of)
    case 'personal':
      return `Total ${yuan(of.total)} less funds ${yuan(of.fundPaid)} leaves ${yuan(of.personal)} to the person.`
    case 'account':
      return `${ACCOUNTS[of.source]}${of.donor === undefined ? '' : ` of ${of.donor}`} pays ${yuan(of.paid)}; balance ${yuan(of.balance)} before, ${yuan(of.after)} after.`
    case 'cash':
      return `Personal ${yuan(of.personal)} less accounts ${yuan(of.account)} leaves ${yuan(of.cash)} in cash.`
    case 'counter-unused':
      return `Accumulator ${of.counter} (${yuan(of.amount)}) is not used by this policy.`
    case 'reversal':
      return `Cancelled: total ${yuan(of.total)}, funds ${yuan(of.fundPaid)}, accounts ${yuan(of.account)}, cash ${yuan(of.cash)}; the year's counters are given back.`
    default:
      return never(of)
  }
}

function offSite({ filing, points, prePay, before, paid, left }: OfKind<'off-site'>): string {
  const reductions = [
    prePay === 0 ? undefined : `the person first pays ${formatPercent(prePay)} of the in-scope ${yuan(before)} = ${yuan(paid)}, which leaves ${yuan(left)}`,
    points === 0 ? undefined : `every ratio is ${formatPercent(points).replace(' %', '')} points lower`
  ].filter((text) => text !== undefined)
  return `Care elsewhere, ${FILINGS[filing]}: ${reductions.length === 0 ? 'as at home' : reductions.join('; ')}.`
}

function deductible(of: OfKind<'deductible'>): string {
  const used = of.used === 0 ? '' : ` (${yuan(of.amount)} a year, ${yuan(of.used)} already paid)`
  return `In-scope ${yuan(of.before)} less deductible ${yuan(of.paid)}${used} leaves ${yuan(of.left)}.`
}

function band(of: OfKind<'band'>): string {
  const fund = FUND_TEXTS[of.fund].en
  const expense = of.isExact ? yuan(of.expense) : `About ${yuan(of.expense)} (what the limit before left, unrounded)`
  const isByPayment = of.boundBy.some(({ limit: { of: kind } }) => kind === 'payment')
  const capped =
    of.boundBy.length > 0 ? ` ${of.boundBy.map(limit).join('')}${yuan(of.passedOn)} of expense goes beyond.` : ''
  return `${expense} times ${formatPercent(of.ratio)} ${isByPayment ? 'is limited to' : '='} ${yuan(of.paid)}, paid by the ${fund}.${capped}`
}

function supplement(of: OfKind<'supplement'>): string {
  const used = of.used === 0 ? '' : ` on top of ${yuan(of.used)} this year`
  const base = `${of.of.map((part) => PARTS[part]).join(' + ')}, ${yuan(of.base)}${used}`
  const reached = of.tiers.filter(({ expense }) => expense > 0)
  const [first] = of.tiers
  if (reached.length === 0 && first !== undefined) {
    return `Of ${base}: nothing lies above ${yuan(first.above)}, so the ${FUND_TEXTS[of.fund].en} pays ${yuan(of.paid)}.`
  }
  const tiers = reached.map(
    ({ above, expense, ratio }) => `above ${yuan(above)}: ${yuan(expense)} times ${formatPercent(ratio)}`
  )
  const capped = of.isCapped ? ` ${limit(of.limit)}` : ''
  return `Of ${base}: ${tiers.join('; ')} ${of.isCapped ? 'is limited to' : '='} ${yuan(of.paid)}, paid by the ${FUND_TEXTS[of.fund].en}.${capped}`
}

const limit = (state: LimitState | undefined): string =>
  state === undefined
    ? ''
    : `The limit of ${LIMITS[state.limit.of]} is ${yuan(state.limit.amount)}, of which ${yuan(state.available)} was left. `

const step = (of: Step): string => `${sentence(of)}${'row' in of ? row(of.row) : ''}`

const row = ({ parameter, source, certainty }: RowReference): string =>
  source === 'not stated' ? ` [${parameter}]` : ` [${parameter}: ${source}; ${certainty}]`

function line(of: CalculatedLine): string {
  const { price, quantity, ceiling, name } = of.line
  const parts = [
    of.ownPay === 0 ? undefined : `own pay ${yuan(of.ownPay)}`,
    of.overCeiling === 0 || ceiling === undefined
      ? undefined
      : `over the ceiling of ${formatPrice(ceiling)} ${yuan(of.overCeiling)}`,
    of.prePay === 0 || of.prePayRatio === undefined
      ? undefined
      : `pre-self-pay ${formatPercent(of.prePayRatio)} ${yuan(of.prePay)}`,
    `in scope ${yuan(of.inScope)}`
  ]
  const item = name === undefined ? '' : ` ${name}`
  return `Line ${of.lineNo}${item}: ${formatPrice(price)} x ${formatQuantity(quantity)} = ${yuan(of.amount)}; ${REASONS[of.reason]}; ${parts.filter((part) => part !== undefined).join(', ')}.`
}

const REASONS: Readonly<Record<LineReason, string>> = {
  'class-a': 'class A',
  'class-b': 'class B',
  'class-c': 'class C',
  'class-payable-c': 'payable class C',
  'own-pay-by-policy': 'own pay by the rules of the place',
  'restricted-not-approved': 'restricted use, not approved',
  'approval-refused': 'settled as own pay (not approved, or chosen)'
}

const FILINGS: Readonly<Record<OffSiteFiling, string>> = {
  resident: 'filed as long-term resident',
  referral: 'referred',
  emergency: 'emergency',
  unfiled: 'nothing filed'
}

const ACCOUNTS = {
  'current-year': "This year's account",
  'past-years': 'The account of past years',
  'mutual-aid': 'The mutual-aid account'
} as const

const LIMITS: Readonly<Record<LimitKind, string>> = {
  payment: 'payments',
  expense: 'expense above the deductible',
  'in-scope-expense': 'in-scope expense'
}

const PARTS: Readonly<Record<PersonalPart, string>> = {
  'account-segment': 'account segment',
  deductible: 'deductible',
  'co-pay': 'co-pay',
  uncovered: 'expense beyond the limits',
  'off-site-pre-pay': 'pre-pay of care elsewhere',
  'pre-self-pay': 'pre-self-pay',
  'over-ceiling': 'over the ceiling',
  'own-pay': 'own pay'
}

export const englishTexts = { sentence, step, line }
