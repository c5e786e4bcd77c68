/** Who pays what, for the screen. Every amount is the calculation's own; nothing is computed here. */

import type { ClosedFundView, FundView, SumsView } from '../../contract/bill-view.ts'
import type { Calculation } from '../../../settlement/calculation/calculation.ts'
import { FUNDS, type Amounts } from '../../../settlement/calculation/settlement-result.ts'
import { add, fen, formatFen, type Fen } from '../../../settlement/money/fen.ts'
import { formatPercent } from '../../../settlement/money/ratio.ts'
import { notInForceName } from '../../../settlement/wire/closed-names.ts'
import { FUND_TEXTS } from '../../../settlement/wire/wire-names.ts'
import { invoiceSums } from '../records/invoice-sums.ts'
import type { ClosedFunds } from '../told-person.ts'
import type { AccountKnowledge } from './account-knowledge.ts'

/** What the centre told of the person at this visit. */
export interface ToldOfPerson {
  readonly closed: ClosedFunds
  /** Of the year that was gone by some was used at other institutions. */
  readonly isUsedElsewhere: boolean
}

export function sumsView(calculation: Calculation, account: AccountKnowledge, { closed, isUsedElsewhere }: ToldOfPerson): SumsView {
  const { amounts } = calculation
  const isOnCard = account.state === 'on-card'
  return {
    accountKnown: account.state !== 'after-pin',
    total: formatFen(amounts.total),
    ownPay: formatFen(amounts.ownPay),
    overCeiling: formatFen(amounts.overCeiling),
    prePay: formatFen(amounts.prePay),
    inScope: formatFen(amounts.inScope),
    deductible: deductibleOf(calculation),
    yearHasElsewhere: isUsedElsewhere,
    ratio: calculation.poolRatio === undefined ? null : formatPercent(calculation.poolRatio),
    funds: payingFunds(amounts),
    closedFunds: closedFundViews(calculation, closed),
    notInForce: notInForce(calculation),
    fundPaid: formatFen(amounts.fundPaid),
    personal: formatFen(amounts.personal),
    account: formatFen(amounts.account),
    accountBefore: isOnCard ? formatFen(account.balance) : null,
    accountAfter: isOnCard ? formatFen(balanceAfter(calculation)) : null,
    cash: formatFen(amounts.cash),
    invoice: invoiceSums(amounts, calculation.personalShares)
  }
}

const balanceAfter = ({ account }: Calculation): Fen => add(account.currentYear, account.pastYears)

/** Those that pay; the basic pool also when it pays nothing, for then that is the answer. */
export const payingFunds = ({ funds }: Pick<Amounts, 'funds'>): FundView[] =>
  FUNDS.filter((fund) => funds[fund] !== 0 || fund === 'hifp_pay').map((fund) => ({
    fund,
    name: FUND_TEXTS[fund],
    paid: formatFen(funds[fund])
  }))

/** Of those that the rules would have let pay: a fund that nobody there has is not missed. */
const closedFundViews = ({ steps }: Calculation, closed: ClosedFunds): ClosedFundView[] =>
  steps
    .filter((step) => step.kind === 'fund-not-enjoyed')
    .filter(({ fund }, index, all) => all.findIndex((other) => other.fund === fund) === index)
    .map(({ fund, fundPayType }) => ({ fund, name: FUND_TEXTS[fund], why: closed.get(fundPayType) ?? null }))

function notInForce({ steps }: Calculation): SumsView['notInForce'] {
  const step = steps.find((candidate) => candidate.kind === 'not-entitled')
  return step === undefined ? null : notInForceName(step.status)
}

function deductibleOf({ steps }: Calculation): SumsView['deductible'] {
  const step = steps.find((candidate) => candidate.kind === 'deductible')
  if (step === undefined) return null
  const { amount, used, paid } = step
  return {
    paid: formatFen(paid),
    ofYear: formatFen(amount),
    usedBefore: formatFen(used),
    left: formatFen(fen(Math.max(0, amount - used - paid)))
  }
}
