/**
 * The personal share is paid by this year's account, the account of past years, the donors in their order, then cash; each
 * account only pays the parts that the policy lets it pay.
 */

import { fen, least, ZERO, type Fen } from '../money/fen.ts'
import type { Parameters } from '../policy/parameters.ts'
import { PERSONAL_PARTS, type PersonalPart } from '../policy/policy-parts.ts'
import type { PersonalShare } from './calculation.ts'
import type { Account, Claim } from './claim.ts'
import type { PersonalParts } from './personal-parts.ts'
import type { AccountSource, Step } from './step.ts'

export interface AccountPayment {
  readonly own: Fen
  readonly mutualAid: Fen
  readonly shares: readonly PersonalShare[]
  readonly after: Account
}

/** By part: what accounts have paid of it so far. */
interface Paid {
  own: Fen
  mutualAid: Fen
}
type PaidParts = Partial<Record<PersonalPart, Paid>>

export function payFromAccounts(claim: Claim, parts: PersonalParts, { account }: Parameters, steps: Step[]): AccountPayment {
  const paid: PaidParts = {}
  const draw = (source: AccountSource, balance: Fen, pays: readonly PersonalPart[], donor?: string): Fen => {
    const after = drawOn(balance, source === 'mutual-aid' ? 'mutualAid' : 'own', pays, parts, paid)
    if (balance > 0) steps.push({ kind: 'account', source, donor, balance, paid: fen(balance - after), after })
    return after
  }
  const isUsed = claim.acctUsedFlag !== '0'
  const { currentYear, pastYears, mutualAid } = claim.account
  // Of the account segment nobody asks whether it may: the account has already paid it.
  const after: Account = {
    currentYear: isUsed ? draw('current-year', currentYear, ['account-segment', ...account.currentYearPays]) : currentYear,
    pastYears: isUsed ? draw('past-years', pastYears, account.pastYearsPays) : pastYears,
    mutualAid:
      claim.acctUsedFlag === '2'
        ? mutualAid.map(({ donor, balance }) => ({ donor, balance: draw('mutual-aid', balance, account.mutualAidPays, donor) }))
        : mutualAid
  }
  const shares = sharesOf(parts, paid)
  let own = 0
  let aid = 0
  for (const share of shares) {
    own += share.own
    aid += share.mutualAid
  }
  return { own: fen(own), mutualAid: fen(aid), shares, after }
}

/** Pays the allowed parts in their order as far as the balance reaches; gives the balance after. */
function drawOn(balance: Fen, payer: keyof Paid, pays: readonly PersonalPart[], parts: PersonalParts, paid: PaidParts): Fen {
  if (balance === 0) return balance
  let left = balance
  for (const part of PERSONAL_PARTS) {
    if (parts[part] === 0 || !pays.includes(part)) continue
    const so = (paid[part] ??= { own: ZERO, mutualAid: ZERO })
    const amount = least(left, fen(parts[part] - so.own - so.mutualAid))
    so[payer] = fen(so[payer] + amount)
    left = fen(left - amount)
  }
  return left
}

function sharesOf(parts: PersonalParts, paid: PaidParts): PersonalShare[] {
  const shares: PersonalShare[] = []
  for (const part of PERSONAL_PARTS) {
    const amount = parts[part]
    if (amount === 0) continue
    const own = paid[part]?.own ?? ZERO
    const mutualAid = paid[part]?.mutualAid ?? ZERO
    shares.push({ part, amount, own, mutualAid, cash: fen(amount - own - mutualAid) })
  }
  return shares
}
