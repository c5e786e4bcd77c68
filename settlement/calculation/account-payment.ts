/**
 * The personal share is paid by this year's account, the account of past years, the donors in their order, then cash; each
 * account only pays the parts that the policy lets it pay.
 */

import { fen, least, ZERO, type Fen } from '../money/fen.ts'
import type { AccountRule } from '../policy/parameters.ts'
import type { PersonalPart } from '../policy/policy-parts.ts'
import type { PersonalShare } from './calculation.ts'
import type { Account, Claim } from './claim.ts'
import type { OpenPart } from './personal-parts.ts'
import type { Step } from './step.ts'

export interface AccountPayment {
  readonly own: Fen
  readonly mutualAid: Fen
  readonly shares: readonly PersonalShare[]
  readonly after: Account
}

export function payFromAccounts(claim: Claim, parts: readonly OpenPart[], rule: AccountRule, steps: Step[]): AccountPayment {
  const { account, acctUsedFlag } = claim
  let { currentYear, pastYears, mutualAid } = account
  if (acctUsedFlag !== '0') {
    currentYear = payOwn('current-year', currentYear, rule.currentYearPays, parts, steps)
    pastYears = payOwn('past-years', pastYears, rule.pastYearsPays, parts, steps)
  }
  if (acctUsedFlag === '2') {
    mutualAid = mutualAid.map(({ donor, balance }) => ({ donor, balance: payAid(donor, balance, rule, parts, steps) }))
  }
  return {
    own: fen(account.currentYear + account.pastYears - currentYear - pastYears),
    mutualAid: aidPaid(parts),
    shares: sharesOf(parts),
    after: { currentYear, pastYears, mutualAid }
  }
}

type OwnSource = 'current-year' | 'past-years'

/** Pays the allowed parts in their order as far as the balance reaches; gives the balance after. */
function payOwn(
  source: OwnSource,
  balance: Fen,
  pays: ReadonlySet<PersonalPart>,
  parts: readonly OpenPart[],
  steps: Step[]
): Fen {
  if (balance === 0) return balance
  let left = balance
  for (const part of parts) {
    if (!pays.has(part.part)) continue
    const amount = least(left, stillOpen(part))
    part.own = fen(part.own + amount)
    left = fen(left - amount)
  }
  steps.push({ kind: 'account', source, donor: undefined, balance, paid: fen(balance - left), after: left })
  return left
}

function payAid(donor: string, balance: Fen, rule: AccountRule, parts: readonly OpenPart[], steps: Step[]): Fen {
  let left = balance
  for (const part of parts) {
    if (!rule.mutualAidPays.has(part.part)) continue
    const amount = least(left, stillOpen(part))
    part.mutualAid = fen(part.mutualAid + amount)
    left = fen(left - amount)
  }
  steps.push({ kind: 'account', source: 'mutual-aid', donor, balance, paid: fen(balance - left), after: left })
  return left
}

const stillOpen = (part: OpenPart): Fen => fen(part.amount - part.own - part.mutualAid)

const aidPaid = (parts: readonly OpenPart[]): Fen => {
  let paid: number = ZERO
  for (const part of parts) paid += part.mutualAid
  return fen(paid)
}

function sharesOf(parts: readonly OpenPart[]): PersonalShare[] {
  const shares: PersonalShare[] = []
  for (const part of parts) {
    // A supplement may have relieved the whole part.
    if (part.amount === 0) continue
    const { amount, own, mutualAid } = part
    shares.push({ part: part.part, amount, own, mutualAid, cash: stillOpen(part) })
  }
  return shares
}
