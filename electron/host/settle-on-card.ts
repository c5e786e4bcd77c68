/** From a verified patient and a visit to the settlement: accounts, claim, calculation, and the money. */

import { ok, refuse, type Result } from '../../base/result.ts'
import { policyYear } from '../../settlement/calendar/business-date.ts'
import { calculate } from '../../settlement/calculation/calculate.ts'
import type { Calculation } from '../../settlement/calculation/calculation.ts'
import type { Account, Claim } from '../../settlement/calculation/claim.ts'
import { debitAmounts, type AccountPlace } from '../../settlement/case/debit-amounts.ts'
import { settleVisit, type Settled } from '../../settlement/case/settle-visit.ts'
import type { CounterKey, LedgerLine } from '../../settlement/ledger/fact.ts'
import { fen, ZERO, type Fen } from '../../settlement/money/fen.ts'
import { compilePolicy } from '../../settlement/policy/compile-policy.ts'
import { composeClaim } from '../../settlement/visit/compose-claim.ts'
import type { Visit } from '../../settlement/visit/visit-schema.ts'
import { calculationToWire } from '../../settlement/wire/calculation-to-wire.ts'
import { cardPaymentDevice } from './card-payment-device.ts'
import type { CounterRefusal } from './counter-refusal.ts'
import { dayOfService, type Counter, type Patient } from './patient.ts'

export interface Served {
  readonly calculation: Calculation
  readonly settled: Settled
  readonly accountPlace: AccountPlace
  /** fen on the card before; undefined when the account is at the centre. */
  readonly balanceBefore: Fen | undefined
}

export async function settleOnCard(counter: Counter, patient: Patient, visit: Visit): Promise<Result<Served, CounterRefusal>> {
  const balance = await balanceOnCard(patient)
  if (!balance.ok) return balance
  const key = counterKey(patient, visit)
  const claim = claimOf(counter, patient, visit, key, balance.value)
  if (!claim.ok) return claim
  const calculation = calculate(compilePolicy(patient.policy), claim.value)
  if (!calculation.ok) return refuse({ kind: 'calculation', refusal: calculation.error })
  counter.faultPoint('calculated')
  const accountPlace: AccountPlace = balance.value === undefined ? 'at-centre' : 'on-card'
  const settled = await settle(counter, patient, { visit, key, calculation: calculation.value, accountPlace })
  if (!settled.ok) return settled
  return ok({ calculation: calculation.value, settled: settled.value, accountPlace, balanceBefore: balance.value })
}

/**
 * undefined: the account is at the centre, or the region lets nobody spend it without the centre. Which of the two kinds of
 * card this is, the card says.
 */
async function balanceOnCard({ session, policy }: Patient): Promise<Result<Fen | undefined, CounterRefusal>> {
  if (policy.card.settlement === 'online') return ok(undefined)
  const balance = await session.readBalance()
  if (balance.ok) return ok(fen(balance.value))
  return balance.error.kind === 'not-on-card' ? ok(undefined) : refuse({ kind: 'card-unreadable', refusal: balance.error })
}

const counterKey = ({ person, policy }: Patient, visit: Visit): CounterKey => ({
  // The citizen number: the one number of a person that the card knows.
  personNo: person.certno,
  insuranceType: person.insutype ?? '',
  policyYear: policyYear(dayOfService(visit), policy.policy_year_begins)
})

function claimOf(
  { ledger, catalogue }: Counter,
  { person, policy }: Patient,
  visit: Visit,
  key: CounterKey,
  balance: Fen | undefined
): Result<Claim, CounterRefusal> {
  const counters = ledger.counters(key)
  if (!counters.ok) return refuse({ kind: 'ledger', refusal: counters.error })
  // A chip keeps one balance: this year's account and past years' cannot be told apart on it.
  const account: Account = { currentYear: balance ?? ZERO, pastYears: ZERO, mutualAid: [] }
  const { certno, psn_name, psn_type = person.psn_type, ...facts } = visit.insured ?? {}
  const claim = composeClaim({
    // What the register adds is believed; who the person is, the card says, and the patient is compared with it.
    visit: { ...visit, patient: { certno, psn_name, ...visit.patient } },
    person: {
      ...person,
      ...facts,
      insutype: person.insutype,
      brdy: person.brdy,
      psn_type,
      insuplc_admdvs: policy.region
    },
    account,
    counters: counters.value,
    catalogue
  })
  return claim.ok ? claim : refuse({ kind: 'claim', refusal: claim.error })
}

interface Bill {
  readonly visit: Visit
  readonly key: CounterKey
  readonly calculation: Calculation
  readonly accountPlace: AccountPlace
}

async function settle(
  { ledger, clock, faultPoint }: Counter,
  { session, policy }: Patient,
  { visit, key, calculation, accountPlace }: Bill
): Promise<Result<Settled, CounterRefusal>> {
  const head = ledger.head()
  if (!head.ok) return refuse({ kind: 'ledger', refusal: head.error })
  const time = clock().cardTime
  const settled = await settleVisit(
    { ledger, device: cardPaymentDevice(session), reached: faultPoint },
    {
      ...key,
      settlementId: settlementId(visit.fixmedins_code, time, head.value.sequence),
      visit: { institution: visit.fixmedins_code, visitNo: visit.ipt_otp_no },
      policy: { id: policy.region, version: policy.version },
      amounts: calculation.amounts,
      lines: calculation.lines.map(ledgerLine),
      counters: calculation.counters,
      result: new TextEncoder().encode(JSON.stringify(calculationToWire(calculation))),
      heldAt: time,
      debit: debitAmounts(calculation.amounts, accountPlace)
    }
  )
  return settled.ok ? settled : refuse({ kind: 'settle', refusal: settled.error })
}

const SERIAL_COUNT = 10_000

/**
 * Institution 12, time 14, serial 4, as the national message number is built. The serial comes from the ledger, so that two
 * settlements of one second cannot share a number.
 */
const settlementId = (institution: string, time: string, sequence: number): string =>
  `${institution}${time}${String((sequence + 1) % SERIAL_COUNT).padStart(4, '0')}`

const ledgerLine = ({ lineNo, amount, ownPay, overCeiling, prePay, inScope, line }: Calculation['lines'][number]): LedgerLine => ({
  lineNo,
  amount,
  ownPay,
  overCeiling,
  prePay,
  inScope,
  itemCode: line.medListCodg ?? '',
  itemName: line.name ?? ''
})
