/** From a verified patient and a visit to the settlement: accounts, claim, calculation, and the money. */

import { ok, refuse, type Result } from '../../base/result.ts'
import { calculate } from '../../settlement/calculation/calculate.ts'
import type { Calculation } from '../../settlement/calculation/calculation.ts'
import type { Counters } from '../../settlement/calculation/counters.ts'
import type { Amounts } from '../../settlement/calculation/settlement-result.ts'
import { debitAmounts, type AccountPlace } from '../../settlement/case/debit-amounts.ts'
import { madeNumber } from '../../settlement/case/made-number.ts'
import { settleVisit, type Settled, type YearMoved } from '../../settlement/case/settle-visit.ts'
import type { CounterKey } from '../../settlement/ledger/fact.ts'
import { ledgerLineOf } from '../../settlement/ledger/ledger-line.ts'
import type { Fen } from '../../settlement/money/fen.ts'
import { composeStatedClaim, type StatedClaim } from '../../settlement/visit/compose-claim.ts'
import type { Visit } from '../../settlement/visit/visit-schema.ts'
import { cardPaymentDevice } from './card-payment-device.ts'
import type { CounterRefusal } from './counter-refusal.ts'
import type { Counter, Patient } from './patient.ts'
import { settledDocument, type OwnPayReasons } from './records/settled-document.ts'
import { accountPlaceOf, balanceOnCard, claimParts, compiledPolicy, counterKey } from './visit-claim.ts'

export interface Served {
  readonly calculation: Calculation
  readonly settled: Settled
  readonly accountPlace: AccountPlace
  /** fen on the card before; undefined when the account is at the centre. */
  readonly balanceBefore: Fen | undefined
}

/** What the cashier saw and the patient agreed to. */
export type Agreement = Pick<Amounts, 'total' | 'fundPaid' | 'account' | 'cash'>

/** With an open card neither reader nor PSAM is asked any more. */
export type SettlingCounter = Pick<Counter, 'ledger' | 'catalogue' | 'centre' | 'told' | 'terminal' | 'clock' | 'faultPoint'>

/** `agreed`: another result than this is refused before the card is asked. */
export async function settleOnCard(
  counter: SettlingCounter,
  patient: Patient,
  visit: Visit,
  agreed?: Agreement,
  ownPay?: OwnPayReasons
): Promise<Result<Served, CounterRefusal>> {
  // Every turn but the last needs an answer of the centre, about this person, that was written down meanwhile.
  for (;;) {
    const served = await calculateAndSettle(counter, patient, visit, agreed, ownPay)
    if (served.ok) return served
    if (served.error.kind !== 'year-moved') return refuse(served.error)
  }
}

async function calculateAndSettle(
  counter: SettlingCounter,
  patient: Patient,
  visit: Visit,
  agreed: Agreement | undefined,
  ownPay: OwnPayReasons | undefined
): Promise<Result<Served, CounterRefusal | YearMoved>> {
  const balance = await balanceOnCard(patient)
  if (!balance.ok) return balance
  const parts = claimParts(counter, patient, visit, balance.value)
  if (!parts.ok) return parts
  const composed = composeStatedClaim(parts.value)
  if (!composed.ok) return refuse({ kind: 'claim', refusal: composed.error })
  const calculation = calculate(compiledPolicy(patient.policy), composed.value.claim)
  if (!calculation.ok) return refuse({ kind: 'calculation', refusal: calculation.error })
  const changed = changedSince(agreed, calculation.value.amounts)
  if (changed !== undefined) return refuse(changed)
  counter.faultPoint('calculated')
  const accountPlace = accountPlaceOf(balance.value)
  const bill = { visit, key: counterKey(patient, visit), claim: composed.value, yearBefore: parts.value.ofLedger, calculation: calculation.value, accountPlace, ownPay }
  const settled = await settle(counter, patient, bill)
  if (!settled.ok) return settled
  return ok({ calculation: calculation.value, settled: settled.value, accountPlace, balanceBefore: balance.value })
}

function changedSince(agreed: Agreement | undefined, now: Amounts): CounterRefusal | undefined {
  if (agreed === undefined) return undefined
  const field = (['total', 'fundPaid', 'account', 'cash'] as const).find((name) => agreed[name] !== now[name])
  return field === undefined ? undefined : { kind: 'amounts-changed', field, agreed: agreed[field], now: now[field] }
}

interface Bill {
  readonly visit: Visit
  readonly key: CounterKey
  readonly claim: StatedClaim
  readonly yearBefore: Counters
  readonly calculation: Calculation
  readonly accountPlace: AccountPlace
  readonly ownPay: OwnPayReasons | undefined
}

async function settle(
  { ledger, terminal, clock, faultPoint }: SettlingCounter,
  patient: Patient,
  { visit, key, claim: { claim, stated }, yearBefore, calculation, accountPlace, ownPay }: Bill
): Promise<Result<Settled, CounterRefusal | YearMoved>> {
  const { session, policy } = patient
  const head = ledger.head()
  if (!head.ok) return refuse({ kind: 'ledger', refusal: head.error })
  const time = clock().cardTime
  const settled = await settleVisit(
    { ledger, device: cardPaymentDevice(session), reached: faultPoint },
    {
      ...key,
      yearBefore,
      settlementId: madeNumber(visit.fixmedins_code, time, head.value.sequence, terminal?.()),
      visit: { institution: visit.fixmedins_code, visitNo: visit.ipt_otp_no },
      medType: claim.facts.medType,
      personType: claim.facts.psnType,
      policy: { id: policy.region, version: policy.version },
      amounts: calculation.amounts,
      lines: calculation.lines.map(ledgerLineOf),
      counters: calculation.counters,
      claim: new TextEncoder().encode(JSON.stringify(stated)),
      result: settledDocument({ calculation, patient, visit, accountPlace, ownPay }),
      heldAt: time,
      debit: debitAmounts(calculation.amounts, accountPlace)
    }
  )
  if (settled.ok) return settled
  return refuse(settled.error.kind === 'year-moved' ? settled.error : { kind: 'settle', refusal: settled.error })
}
