/**
 * What a hold must be before anything of it becomes durable. All of it is the program's own doing, so a breach is a broken
 * invariant and not a refusal: the calculation has refused such a result long before.
 */

import { invariant } from '../../base/invariant.ts'
import { FUNDS } from '../calculation/settlement-result.ts'
import type { Fen } from '../money/fen.ts'
import { entriesOf } from './journal.ts'
import type { Hold, LedgerLine, Terms } from './fact.ts'

const TIME = /^\d{14}$/
const IDENTIFIER_LENGTH_MAX = 64

export function checkHold(hold: Hold): void {
  checkIdentifier('settlementId', hold.settlementId)
  checkTime('heldAt', hold.heldAt)
  checkTerms(hold)
  entriesOf(hold.amounts)
  const own = hold.amounts.account - hold.amounts.mutualAid
  invariant(
    hold.intent.amounts.account <= own,
    `the card would pay ${hold.intent.amounts.account} fen of an account part of ${own} fen`
  )
}

export function checkTime(name: string, time: string): void {
  invariant(TIME.test(time), `${name} "${time}" is not 14 digits YYYYMMDDhhmmss`)
}

export function checkIdentifier(name: string, value: string): void {
  const length = value.length
  const isAllowed = length >= 1 && length <= IDENTIFIER_LENGTH_MAX
  invariant(isAllowed, `${name} has ${length} characters, allowed are 1 to ${IDENTIFIER_LENGTH_MAX}`)
}

function checkTerms(terms: Terms): void {
  checkIdentifier('visit.institution', terms.visit.institution)
  checkIdentifier('visit.visitNo', terms.visit.visitNo)
  checkIdentifier('personNo', terms.personNo)
  checkIdentifier('insuranceType', terms.insuranceType)
  checkIdentifier('policy.id', terms.policy.id)
  checkIdentifier('policy.version', terms.policy.version)
  checkIdentities(terms)
}

function holds(identity: string, left: number, right: number): void {
  invariant(left === right, `${identity} does not hold: ${left} is not ${right} fen`)
}

/** I1 to I4 and I6 to I8 of settlement-result.ts; I5 is the shape of `funds` itself. */
function checkIdentities({ amounts, lines }: Terms): void {
  holds('I1', amounts.total, amounts.fundPaid + amounts.personal + amounts.hospital)
  holds('I2', amounts.personal, amounts.account + amounts.cash)
  holds('I3', amounts.fundPaid, FUNDS.reduce((total, fund) => total + amounts.funds[fund], 0))
  invariant(amounts.mutualAid >= 0 && amounts.mutualAid <= amounts.account, `I4 does not hold: ${amounts.mutualAid} fen`)
  for (const line of lines) {
    holds(`I6 of line ${line.lineNo}`, line.amount, line.ownPay + line.overCeiling + line.prePay + line.inScope)
  }
  const sumOf = (part: (line: LedgerLine) => Fen): number => lines.reduce((total, line) => total + part(line), 0)
  holds('I7 ownPay', amounts.ownPay, sumOf((line) => line.ownPay))
  holds('I7 overCeiling', amounts.overCeiling, sumOf((line) => line.overCeiling))
  holds('I7 prePay', amounts.prePay, sumOf((line) => line.prePay))
  holds('I7 inScope', amounts.inScope, sumOf((line) => line.inScope))
  holds('I8', amounts.total, sumOf((line) => line.amount))
}
