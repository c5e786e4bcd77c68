/**
 * The centre's tables as Kysely knows them; `migration/` makes them. Money is fen as a plain number here, and becomes `Fen`
 * where a row is read. Times are 14 digits, days YYYY-MM-DD. Whoever adds a table adds a migration and a row below.
 */

import type { NationalSchema } from './national-schema.ts'

export interface InstitutionRow {
  fixmedins_code: string
  fixmedins_name: string
  /** hospital, community, pharmacy */
  kind: string
  /** 1 to 3, or none. */
  level: number | null
  /** 6 digits. */
  region: string
}

export interface TerminalRow {
  /** fixmedins_code, "-", two digits. */
  terminal: string
  institution: string
  name: string
  /** Ed25519, SPKI in base64. */
  public_key: string
  enrolled_at: string
  /** JSON: string[]. */
  terminal_numbers: string
  batch: number
  batch_hash: string
  sequence: number
  chain_hash: string
}

export interface EnrolmentCodeRow {
  /** SHA-256 in hex. */
  code_hash: string
  institution: string
  expires_at: string
  used_by: string | null
}

export interface PersonRow {
  psn_no: string
  certno: string
  psn_cert_type: string
  psn_name: string
  gend: string
  naty: string
  brdy: string
}

export interface InsuranceRow {
  psn_no: string
  insutype: string
  insuplc_admdvs: string
  psn_type: string
  psn_insu_stas: string
  psn_insu_date: string
  paus_insu_date: string | null
  cvlserv_flag: string
  emp_name: string
  /** Personal account at the centre; what lies in a card's purse is not in it. */
  balc: number
}

export interface IdentityRow {
  psn_no: string
  psn_idet_type: string
  psn_type_lv: string
  begntime: string
  endtime: string | null
}

export interface EntitlementRow {
  psn_no: string
  insutype: string
  fund_pay_type: string
  /** null: every kind of visit. */
  med_type: string | null
  begndate: string
  enddate: string | null
  trt_enjymnt_flag: '0' | '1'
  trt_chk_rslt: string
}

export interface FilingRow {
  psn_no: string
  kind: 'chronic-disease' | 'designated-institution' | 'in-hospital' | 'transfer'
  code: string
  name: string
  begndate: string
  enddate: string | null
  fixmedins_code: string | null
}

export interface CardRow {
  card_id: string
  psn_no: string
  region: string
  card_factor: string
  algorithm: 'DES' | 'SM4'
  purse: 'SSC-LB002' | 'PBOC'
  issued_balance: number
  issued_serial: number
  activated: 0 | 1
  lost: 'temporary' | 'formal' | null
  lost_since: string | null
  balance: number
  load_serial: number
}

/** As the table has it. */
export interface RegisteredCardRow extends CardRow {
  /** This database's own short number of the card, by which other rows name it. */
  card_ref: number
}

export interface AccumulatorRow {
  psn_no: string
  insutype: string
  year: number
  /** JSON: fen by the counters' names (record/counters-text.ts). */
  counters: string
}

export interface PolicyRow {
  region: string
  version: string
  document: string
}

export interface CatalogueRow {
  version: string
  document: string
}

/** A fact that was refused or in conflict when it came. */
export interface UnbookedRow {
  terminal: string
  sequence: number
  kind: string
  /** JSON: Verdict, as it is now. */
  verdict: string
}

export interface BatchRow {
  terminal: string
  number: number
  hash: string
  first: number
  count: number
  received_at: string
  /** JSON: BatchAnswer, in either form. */
  answer: string
  signature: string
  time: string
  /** As it came: lines or frames, under zstd or not. */
  body: Uint8Array
}

export interface SettlementAmountColumns {
  total: number
  own_pay: number
  over_ceiling: number
  pre_pay: number
  in_scope: number
  deductible: number
  hifp_pay: number
  hifob_pay: number
  hifmi_pay: number
  hifes_pay: number
  cvlserv_pay: number
  hifdm_pay: number
  maf_pay: number
  oth_pay: number
  fund_paid: number
  personal: number
  account: number
  mutual_aid: number
  cash: number
  hospital: number
}

export interface SettlementRow extends SettlementAmountColumns {
  setl_id: string
  source: 'terminal' | 'national'
  terminal: string | null
  sequence: number | null
  medins_setl_id: string
  institution: string
  visit_no: string
  mdtrt_id: string | null
  psn_no: string
  insutype: string
  psn_type: string
  med_type: string
  clr_type: string
  setl_time: string
  begntime: string
  year: number
  region: string
  policy_version: string
  card_ref: number | null
  proof: 'tac' | 'log' | 'none'
  reversed_by: string | null
  reverses: string | null
  stated: string | null
  /** JSON; no line where a terminal's hold has them as they were booked. */
  lines: string
  /** The serial that the card has given this purchase. */
  card_serial: number | null
  /** What the card has signed for it: terminal number 12 digits, time 14 digits, terminal serial. */
  card_signed: string | null
}

export interface ReversalRow {
  setl_id: string
  /** setl_id */
  reverses: string
  terminal: string
  reason: string
  reversed_at: string
}

export interface LoadRow {
  load_id: string
  setl_id: string
  terminal: string
  card_id: string
  /** JSON: LoadPurpose. */
  purpose: string
  /** JSON: LoadOffer. */
  offer: string
  amount: number
  load_serial: number
  time: string
  mac2: string
  state: 'signed' | 'closed' | 'void'
  tac: string | null
}

export interface CreditRow {
  credit_id: string
  card_id: string
  amount: number
  reason: string
  state: 'waiting' | 'signed' | 'loaded' | 'void'
}

export interface CentreSchema extends NationalSchema {
  institution: InstitutionRow
  terminal: TerminalRow
  enrolment_code: EnrolmentCodeRow
  person: PersonRow
  insurance: InsuranceRow
  identity_row: IdentityRow
  entitlement: EntitlementRow
  filing: FilingRow
  card: RegisteredCardRow
  accumulator: AccumulatorRow
  policy: PolicyRow
  catalogue: CatalogueRow
  unbooked: UnbookedRow
  batch: BatchRow
  settlement: SettlementRow
  reversal: ReversalRow
  load: LoadRow
  credit: CreditRow
}
