/** The columns in which a table has the amounts of a settlement, in their order, and the amounts again from such a row. */

import { FUNDS, type Amounts, type Fund } from '../../calculation/settlement-result.ts'
import { fen, type Fen } from '../../money/fen.ts'

export const AMOUNT_COLUMNS = [
  'total',
  'own_pay',
  'over_ceiling',
  'pre_pay',
  'in_scope',
  'deductible',
  ...FUNDS,
  'fund_paid',
  'personal',
  'account',
  'mutual_aid',
  'cash',
  'hospital'
] as const

export const amountCells = (amounts: Amounts): readonly Fen[] => [
  amounts.total,
  amounts.ownPay,
  amounts.overCeiling,
  amounts.prePay,
  amounts.inScope,
  amounts.deductible,
  ...FUNDS.map((fund) => amounts.funds[fund]),
  amounts.fundPaid,
  amounts.personal,
  amounts.account,
  amounts.mutualAid,
  amounts.cash,
  amounts.hospital
]

/** The other four follow from these by the checks of the table: what is summed without them costs a fifth less. */
export const INDEPENDENT_COLUMNS = [
  'total',
  'own_pay',
  'over_ceiling',
  'pre_pay',
  'deductible',
  ...FUNDS,
  'account',
  'mutual_aid',
  'cash'
] as const

export type IndependentCells = Readonly<Record<(typeof INDEPENDENT_COLUMNS)[number], number>>

export function amountsOf(row: IndependentCells): Amounts {
  const fundPaid = FUNDS.reduce((paid, fund) => paid + row[fund], 0)
  const personal = row.account + row.cash
  return {
    total: fen(row.total),
    ownPay: fen(row.own_pay),
    overCeiling: fen(row.over_ceiling),
    prePay: fen(row.pre_pay),
    inScope: fen(row.total - row.own_pay - row.over_ceiling - row.pre_pay),
    deductible: fen(row.deductible),
    funds: Object.fromEntries(FUNDS.map((fund) => [fund, fen(row[fund])])) as Record<Fund, Fen>,
    fundPaid: fen(fundPaid),
    personal: fen(personal),
    account: fen(row.account),
    mutualAid: fen(row.mutual_aid),
    cash: fen(row.cash),
    hospital: fen(row.total - fundPaid - personal)
  }
}
