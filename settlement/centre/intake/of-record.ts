/**
 * What is booked: the claim once more, with what the centre knows of the person and of the year instead of what the terminal
 * knew, and with the account paying no more than the card has paid already. Where nothing differs that the rules look at,
 * the terminal's own amounts are those of record.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { EntryRefusal, OfRecordAmounts, OfRecordReason } from '../../batch/batch.ts'
import { calculate } from '../../calculation/calculate.ts'
import type { CalculatedLine, Calculation } from '../../calculation/calculation.ts'
import type { Account, Claim } from '../../calculation/claim.ts'
import type { Counters } from '../../calculation/counters.ts'
import { rowFacts } from '../../calculation/pharmacy-sale.ts'
import { areSameCounters, counterOf } from '../../calculation/year-counters.ts'
import { FUNDS, SINGLE_AMOUNTS, type Amounts } from '../../calculation/settlement-result.ts'
import { ageOn, parseDate } from '../../calendar/business-date.ts'
import { subtract } from '../../money/fen.ts'
import { closeFunds, closesAny } from '../../policy/close-funds.ts'
import type { CompiledPolicy } from '../../policy/compile-policy.ts'
import { fundEntitlement } from '../../policy/fund-entitlement.ts'
import { dayDigits, isWithin } from '../../calendar/written-time.ts'
import { insuranceStatusOn } from '../../policy/insurance-status.ts'
import { withKey, type Facts } from '../../policy/facts.ts'
import { describeRefusal } from '../../wire/describe-refusal.ts'
import type { InsuranceOfRecord, PersonOfRecord } from './knowledge.ts'

export interface OfRecordQuestion {
  /** As the terminal states it and the centre has computed it again. */
  readonly stated: Calculation
  readonly compiled: CompiledPolicy
  readonly person: PersonOfRecord
  /** What the year has used, of record. */
  readonly counters: Counters
}

export interface Booked {
  readonly psnType: string
  readonly amounts: Amounts
  readonly counters: Counters
  readonly lines: readonly CalculatedLine[]
  /** undefined: as stated. */
  readonly ofRecord: OfRecordAmounts | undefined
}

const OPEN = '1'

export function amountsOfRecord({ stated, compiled, person, counters }: OfRecordQuestion): Result<Booked, EntryRefusal> {
  const { claim } = stated
  const insurance = insuranceOf(person, claim, compiled.policy.region)
  const psnType = insurance?.psnType ?? claim.facts.psnType
  const asStated: Booked = { psnType, amounts: stated.amounts, counters: stated.counters, lines: stated.lines, ofRecord: undefined }
  const status = insuranceStatusOn(insurance, claim.begins)
  const closed = closedFunds(person, claim)
  const facts = insurance === undefined ? claim.facts : factsOfRecord(claim, person, insurance)
  const seen = rowFacts(compiled, claim)
  const isClosing = seen.ok && closesAny(compiled, closed, seen.value)
  const isStatusSame = (status === OPEN) === (claim.insuranceStatus === OPEN) && !isClosing
  const isPersonSame = insurance !== undefined && facts === claim.facts
  if (isStatusSame && isPersonSame && areCountersSame(compiled, claim, counters)) return ok(asStated)

  const rules = closed.size === 0 ? compiled : closeFunds(compiled, closed)
  const claimOfRecord: Claim = { ...claim, account: accountOf(stated), insuranceStatus: status }
  const entitled = isStatusSame ? ok(stated) : calculate(rules, claimOfRecord)
  if (!entitled.ok) return refuse(notComputable(entitled.error))
  const identified = isPersonSame ? entitled : calculate(rules, { ...claimOfRecord, facts })
  if (!identified.ok) return refuse(notComputable(identified.error))
  const final = calculate(rules, { ...claimOfRecord, facts, accumulators: counters })
  if (!final.ok) return refuse(notComputable(final.error))
  if (isSame(stated, final.value)) return ok(asStated)

  const isEntitledSame = isSame(stated, entitled.value)
  const isIdentifiedSame = isSame(entitled.value, identified.value)
  const reason = reasonOf(insurance !== undefined, isEntitledSame, isIdentifiedSame)
  const { amounts, counters: moved, lines } = final.value
  return ok({ psnType, amounts, counters: moved, lines, ofRecord: { amounts, counters: moved, reason } })
}

function reasonOf(isInsuredHere: boolean, isEntitledSame: boolean, isIdentifiedSame: boolean): OfRecordReason {
  if (!isEntitledSame) return isInsuredHere ? 'not-entitled' : 'person-differs'
  return isIdentifiedSame ? 'counters-differ' : 'person-differs'
}

const notComputable = (refusal: Parameters<typeof describeRefusal>[0]): EntryRefusal => ({
  kind: 'claim-malformed',
  field: 'psn_type',
  rule: `must be of a person whom the policy rules, as the centre knows them: ${describeRefusal(refusal).en}`
})

/** The row that the claim settles under: that insurance, in that pool. */
const insuranceOf = (person: PersonOfRecord, claim: Claim, region: string): InsuranceOfRecord | undefined =>
  person.insurances.find((insurance) => insurance.insutype === claim.facts.insutype && insurance.region === region)

/** fund_pay_type of the funds that this person does not enjoy at this visit. */
function closedFunds({ entitlements }: PersonOfRecord, { begins, facts }: Claim): ReadonlySet<string> {
  const day = dayDigits(begins)
  const rows = entitlements
    .filter(({ insutype }) => insutype === facts.insutype)
    .map(({ fundPayType, medType, begins: first, ends, isEnjoyed }) => ({ fundPayType, enjoys: isEnjoyed, medType, isNow: isWithin(day, first, ends) }))
  // Most rows are a yes that lasts, and most people have one for each fund: only what may be a no is looked into.
  const closed = new Set(rows.filter(({ enjoys, isNow }) => !enjoys || !isNow).map(({ fundPayType }) => fundPayType))
  for (const fund of closed) {
    const ofFund = rows.filter(({ fundPayType }) => fundPayType === fund)
    if (fundEntitlement(ofFund, facts.medType).enjoys) closed.delete(fund)
  }
  return closed
}

/** The claim's own facts, when they are the same. */
function factsOfRecord({ facts, begins }: Claim, person: PersonOfRecord, insurance: InsuranceOfRecord): Facts {
  const birth = parseDate(person.brdy)
  const day = dayDigits(begins)
  const identities = person.identities.filter((identity) => isWithin(day, identity.begins, identity.ends))
  const { psnType, cvlservFlag } = insurance
  // A claim that gives no age had no rule that asks for it.
  const age = facts.age === undefined || birth === undefined ? facts.age : ageOn(birth, begins)
  const psnIdetTypes = sameMembers(facts.psnIdetTypes, identities.map(({ psnIdetType }) => psnIdetType))
  const isAsStated = psnType === facts.psnType && cvlservFlag === facts.cvlservFlag && age === facts.age && psnIdetTypes === facts.psnIdetTypes
  return isAsStated ? facts : withKey({ ...facts, psnType, cvlservFlag, age, psnIdetTypes })
}

/** Of record; in the claim's own order when they are the same. */
function sameMembers(stated: readonly string[], ofRecord: readonly string[]): readonly string[] {
  const isSameSet = stated.every((type) => ofRecord.includes(type)) && ofRecord.every((type) => stated.includes(type))
  return isSameSet ? stated : ofRecord
}

/** Only counters that the policy reads can make a difference. */
function areCountersSame(compiled: CompiledPolicy, { accumulators }: Claim, counters: Counters): boolean {
  for (const name of compiled.counters) if (counterOf(accumulators, name) !== counterOf(counters, name)) return false
  return true
}

/** What each account has paid of the stated settlement: of record it may turn out to be less, never more. */
function accountOf({ claim, account: after }: Calculation): Account {
  const before = claim.account
  return {
    currentYear: subtract(before.currentYear, after.currentYear),
    pastYears: subtract(before.pastYears, after.pastYears),
    mutualAid: []
  }
}

function isSame(one: Calculation, other: Calculation): boolean {
  if (FUNDS.some((fund) => one.amounts.funds[fund] !== other.amounts.funds[fund])) return false
  if (SINGLE_AMOUNTS.some((name) => one.amounts[name] !== other.amounts[name])) return false
  return areSameCounters(one.counters, other.counters)
}
