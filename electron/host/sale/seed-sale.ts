/** A sale from a visit document that a pharmacy's own system hands over: its packs, its doses, its prescription, as they stand there. */

import { parseDate } from '../../../settlement/calendar/business-date.ts'
import type { BusinessDate } from '../../../settlement/calendar/business-date.ts'
import type { Visit, VisitLine } from '../../../settlement/visit/visit-schema.ts'
import { institutionCodeField } from '../../../settlement/wire/fields.ts'
import { dayOfService } from '../patient.ts'
import type { SalePrescription } from './prescription.ts'
import type { SaleLine } from './sale-line.ts'

const CHRONIC = '14'

/** Whole days; a part of a day is none. */
export const seededLine = ({ hosp_appr_flag, prd_days, used_frqu_dscr, drug_trac_info = [] }: VisitLine): SaleLine => ({
  ownPay: hosp_appr_flag === '2',
  approval: hosp_appr_flag === '2' ? '0' : hosp_appr_flag,
  // In words there, which say nothing that could be computed with.
  dose: undefined,
  frequency: used_frqu_dscr,
  days: prd_days?.split('.')[0],
  packs: drug_trac_info.map(({ drug_trac_codg, trdn_flag }) => ({ traceCode: drug_trac_codg, isSplit: trdn_flag === '1' }))
})

/** What is handed over for settlement a pharmacist has reviewed; an electronic one was opened by the pharmacy's own system. */
export function seededPrescription(visit: Visit): SalePrescription | undefined {
  const { rx, prescriber, dr_name, dise_codg, dise_name, med_type } = visit
  if (rx === undefined) return undefined
  const code = rx.rxfixmedins_code ?? ''
  return {
    patient: undefined,
    doses: new Map(),
    asked: {
      kind: rx.kind ?? 'paper',
      number: rx.rxno,
      issuedOn: issuedOn(rx.issued_on, visit),
      validUntil: undefined,
      prescriber: {
        name: dr_name ?? '',
        code: visit.atddr_no,
        institution: { code, name: '', level: prescriber?.level ?? 0, kind: prescriber?.kind ?? 'hospital', isDesignated: institutionCodeField.safeParse(code).success }
      },
      diagnoses: dise_codg === undefined && dise_name === undefined ? [] : [{ code: dise_codg ?? '', name: dise_name ?? '' }],
      visit: med_type.startsWith(CHRONIC) ? 'chronic' : 'ordinary',
      review: 'passed',
      electronic: undefined,
      lines: []
    }
  }
}

const issuedOn = (text: string | undefined, visit: Visit): BusinessDate => (text === undefined ? undefined : parseDate(text)) ?? dayOfService(visit)
