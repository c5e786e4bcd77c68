/** Rows of migration 0002: what the national interface sandbox keeps besides the accounts of record. */

export interface NationalKeyRow {
  access_key: string
  secret: string
  institution: string
  made_at: string
}

export interface NationalSignInRow {
  sign_no: string
  institution: string
  opter: string
  signed_in_at: string
  signed_out_at: string | null
}

export interface NationalMessageRow {
  msgid: string
  infno: string
  institution: string
  psn_no: string | null
  received_at: string
  outcome: 'accepted' | 'refused' | 'barred' | 'reversed'
  setl_id: string | null
  mdtrt_id: string | null
  answer: 'sent' | 'lost' | 'resolved'
}

export interface NationalVisitRow {
  mdtrt_id: string
  institution: string
  psn_no: string
  insutype: string
  insuplc_admdvs: string
  ipt_otp_no: string
  begntime: string
  mdtrt_cert_type: string
  med_type: string | null
  dise_codg: string | null
  prescriber: string | null
  state: 'open' | 'cancelled'
  registration: string
  particulars: string
  diagnoses: string
}

export interface NationalLineRow {
  mdtrt_id: string
  feedetl_sn: string
  chrg_bchno: string
  place: number
  setl_id: string | null
  amount: number
  own_pay: number
  over_ceiling: number
  pre_pay: number
  in_scope: number
  document: string
}

export interface NationalTraceCodeRow {
  setl_id: string
  feedetl_sn: string
  drug_trac_codg: string
  trdn_flag: string
}

export interface NationalBookingRow {
  setl_id: string
  infno: string
  technical: 0 | 1
  cancels: string | null
  setlinfo: string
  setldetail: string
  counters: string
  line_numbers: string
}

export interface NationalFileRow {
  file_qury_no: string
  institution: string | null
  filename: string
  content: Uint8Array
  made_at: string
  ends_at: string
}

export interface NationalSchema {
  national_key: NationalKeyRow
  national_sign_in: NationalSignInRow
  national_message: NationalMessageRow
  national_visit: NationalVisitRow
  national_line: NationalLineRow
  national_trace_code: NationalTraceCodeRow
  national_booking: NationalBookingRow
  national_file: NationalFileRow
}
