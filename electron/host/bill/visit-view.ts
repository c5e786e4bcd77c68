import type { VisitView } from '../../contract/bill-view.ts'
import type { Visit } from '../../../settlement/visit/visit-schema.ts'
import { visitTypeName } from '../../../settlement/wire/code-names.ts'

export const visitView = (visit: Visit): VisitView => ({
  visitNo: visit.ipt_otp_no,
  begins: visit.begntime,
  visitType: { code: visit.med_type, name: visitTypeName(visit.med_type) },
  department: visit.dept_name ?? '',
  doctor: visit.dr_name ?? '',
  patient: visit.patient.psn_name ?? visit.insured?.psn_name ?? '',
  disease: visit.dise_name ?? ''
})
