/** The funds that a person does not enjoy at a kind of visit on a day, as the centre's list says. */

import type { BusinessDate } from '../calendar/business-date.ts'
import { fundEntitlement } from '../policy/fund-entitlement.ts'
import type { Entitlement } from './question.ts'

/** By fund_pay_type, with the centre's own words where it gave any. */
export function closedFunds(entitlements: readonly Entitlement[], medType: string, on: BusinessDate): ReadonlyMap<string, string | undefined> {
  const closed = new Map<string, string | undefined>()
  for (const fund of new Set(entitlements.map(({ fundPayType }) => fundPayType))) {
    const rows = entitlements.filter(({ fundPayType }) => fundPayType === fund).map((row) => ({ ...row, isNow: isFor(row, on) }))
    const { enjoys, row } = fundEntitlement(rows, medType)
    if (!enjoys) closed.set(fund, row?.why)
  }
  return closed
}

const isFor = ({ begins, ends }: Entitlement, on: BusinessDate): boolean => (begins === undefined || begins <= on) && (ends === undefined || on <= ends)
