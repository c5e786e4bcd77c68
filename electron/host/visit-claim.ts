/** What the calculation is asked about a visit: the person the card names, what the register adds, the account, the year so far. */

import { ok, refuse, type Result } from '../../base/result.ts'
import { policyYear, type BusinessDate } from '../../settlement/calendar/business-date.ts'
import type { Account } from '../../settlement/calculation/claim.ts'
import type { AccountPlace } from '../../settlement/case/debit-amounts.ts'
import type { CounterKey } from '../../settlement/ledger/fact.ts'
import type { LedgerReader } from '../../settlement/ledger/ledger.ts'
import { fen, ZERO, type Fen } from '../../settlement/money/fen.ts'
import { ageDays, isStale, type CentreAnswers } from '../../settlement/sync/age.ts'
import { isInForce } from '../../settlement/policy/choose-policy.ts'
import { compilePolicy, type CompiledPolicy } from '../../settlement/policy/compile-policy.ts'
import type { Policy } from '../../settlement/policy/policy-schema.ts'
import type { Catalogue } from '../../settlement/catalogue/catalogue.ts'
import type { ClaimParts } from '../../settlement/visit/compose-claim.ts'
import type { Visit } from '../../settlement/visit/visit-schema.ts'
import type { CounterRefusal } from './counter-refusal.ts'
import { dayOfService, poolingRegion, type Patient } from './patient.ts'
import { closedByCentre, closedEntitlements, registeredByCentre, type Told } from './told-person.ts'
import { unbookableVisit } from './unbookable-visit.ts'
import { yearUsed, type YearUsed } from './year-used.ts'

export type InsuredPatient = Omit<Patient, 'session'>

const COMPILED = new WeakMap<Policy, CompiledPolicy>()

/** A policy is compiled when its first patient comes, and stays compiled as long as the policy itself is kept. */
export function compiledPolicy(policy: Policy): CompiledPolicy {
  const known = COMPILED.get(policy)
  if (known !== undefined) return known
  const compiled = compilePolicy(policy)
  COMPILED.set(policy, compiled)
  return compiled
}

export const accountPlaceOf = (balance: Fen | undefined): AccountPlace => (balance === undefined ? 'at-centre' : 'on-card')

/**
 * fen; undefined: the account is at the centre, or the region lets nobody spend it without the centre. Which of the two
 * kinds of card this is, the card says, to whoever gave the PIN.
 */
export async function balanceOnCard({ session, policy }: Pick<Patient, 'session' | 'policy'>): Promise<Result<Fen | undefined, CounterRefusal>> {
  if (policy.card.settlement === 'online') return ok(undefined)
  const balance = await session.readBalance()
  if (balance.ok) return ok(fen(balance.value))
  return balance.error.kind === 'not-on-card' ? ok(undefined) : refuse({ kind: 'card-unreadable', refusal: balance.error })
}

export const counterKey = ({ person, policy }: InsuredPatient, visit: Pick<Visit, 'begntime'>): CounterKey => ({
  // The citizen number: the one number of a person that the card knows.
  personNo: person.certno,
  insuranceType: person.insutype ?? '',
  policyYear: policyYear(dayOfService(visit), policy.policy_year_begins)
})

export interface ClaimRules {
  readonly ledger: LedgerReader
  readonly catalogue: Catalogue
  /** How old what is known of the centre is; undefined for a till that is connected to none. */
  readonly centre?: (() => CentreAge | undefined) | undefined
  /** What the centre told of a person; left out for a till that is connected to none. */
  readonly told?: Told | undefined
}

export interface CentreAge extends CentreAnswers {
  /** 14 digits. */
  readonly now: string
  /** fixmedins_code of whoever is enrolled. */
  readonly institution: string
}

/** Why no fund pays today, whoever the patient is; undefined for a till without a centre, which has nobody to ask. */
export function staleCentre({ card }: Policy, centre: CentreAge | undefined): CounterRefusal | undefined {
  const daysMax = card.centre_answer_days_max
  if (centre === undefined || daysMax === undefined || !isStale(centre.answeredAt, centre.now, daysMax)) return undefined
  return { kind: 'centre-stale', answeredAt: centre.answeredAt, days: ageDays(centre.answeredAt, centre.now), daysMax }
}

/** What the rules of a place say today; the strictest, when several hold. undefined: no limit. */
export function centreAnswerDaysMax(policies: readonly Policy[], division: string, today: BusinessDate): number | undefined {
  const region = poolingRegion(policies, division)
  const limits = policies.filter((policy) => policy.region === region && isInForce(policy, today)).flatMap(({ card }) => card.centre_answer_days_max ?? [])
  return limits.length === 0 ? undefined : Math.min(...limits)
}

export type VisitClaimParts = ClaimParts & YearUsed

/** `balance`: fen on the card; undefined takes nothing from an account here. */
export function claimParts(
  { ledger, catalogue, centre, told }: ClaimRules,
  patient: InsuredPatient,
  visit: Visit,
  balance: Fen | undefined
): Result<VisitClaimParts, CounterRefusal> {
  const { person, policy } = patient
  const known = centre?.()
  const unbookable = known && unbookableVisit(visit, known)
  if (unbookable !== undefined) return refuse(unbookable)
  const stale = staleCentre(policy, known)
  if (stale !== undefined) return refuse(stale)
  const year = yearUsed({ ledger, told }, counterKey(patient, visit))
  if (!year.ok) return refuse({ kind: 'ledger', refusal: year.error })
  // A chip keeps one balance: this year's account and past years' cannot be told apart on it.
  const account: Account = { currentYear: balance ?? ZERO, pastYears: ZERO, mutualAid: [] }
  const { certno, psn_name, psn_type = person.psn_type, ...facts } = visit.insured ?? {}
  const registered = registeredByCentre(told, patient, visit)
  return ok({
    // What the register adds is believed; who the person is, the card says, and the patient is compared with it.
    visit: { ...visit, entitlements: visit.entitlements ?? closedEntitlements(closedByCentre(told, patient, visit)), patient: { certno, psn_name, ...visit.patient } },
    person: { ...person, ...facts, psn_type, ...registered, insutype: person.insutype, brdy: person.brdy, insuplc_admdvs: policy.region },
    account,
    ...year.value,
    catalogue
  })
}
