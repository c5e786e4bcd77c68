/** What a sale puts into the head of its claim: the prescription, and what of the person closes funds. */

import type { BusinessDate } from '../../../settlement/calendar/business-date.ts'
import { closedFunds } from '../../../settlement/eligibility/closed-funds.ts'
import type { Entitlement, Question } from '../../../settlement/eligibility/question.ts'
import type { Reason } from '../../../settlement/eligibility/reason.ts'
import type { Verdict } from '../../../settlement/eligibility/verdict.ts'
import type { Visit } from '../../../settlement/visit/visit-schema.ts'
import { institutionCodeField } from '../../../settlement/wire/fields.ts'
import type { BillHead } from '../bill/bill.ts'
import { closedEntitlements } from '../told-person.ts'
import type { SalePrescription } from './prescription.ts'

export interface HeadFacts {
  readonly verdict: Verdict
  readonly prescription: SalePrescription | undefined
  readonly useAccount: Visit['acct_used_flag']
  readonly visit: Question['visit']
  readonly entitlements: readonly Entitlement[]
  readonly on: BusinessDate
}

export const headOf = ({ verdict, prescription, useAccount, visit, entitlements, on }: HeadFacts): BillHead => ({
  ...rxHead(prescription),
  med_type: visit.medType,
  dise_codg: visit.disease,
  entitlements: closedEntitlements(closedFunds(entitlements, visit.medType, on)),
  fund_closed: verdict.person.find(closesEveryFund)?.kind,
  // A lost card pays nothing at all.
  acct_used_flag: verdict.person.some(({ effect }) => effect === 'cash-only') ? '0' : useAccount
})

const closesEveryFund = ({ funds, effect }: Reason): boolean => funds === 'every' && (effect === 'cash-only' || effect === 'own-money')

const LEVELS = [0, 1, 2, 3] as const

function rxHead(prescription: SalePrescription | undefined): Pick<BillHead, 'rx' | 'prescriber' | 'dr_name' | 'patient'> {
  if (prescription === undefined) return { rx: undefined, prescriber: undefined, dr_name: undefined, patient: {} }
  const { asked, patient } = prescription
  const { institution, name } = asked.prescriber
  const code = institutionCodeField.safeParse(institution.code)
  return {
    rx: {
      rxno: asked.number,
      kind: asked.kind,
      rx_circ_flag: '1',
      issued_on: asked.issuedOn,
      ...(code.success && { rxfixmedins_code: code.data })
    },
    prescriber: { kind: institution.kind, level: LEVELS.find((level) => level === institution.level) },
    dr_name: name,
    patient: patient ?? {}
  }
}
