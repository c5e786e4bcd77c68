/** What a hospital sends for a visit, with literal charges of the demo catalogue. */

import { EMPLOYEE, type Row, type Vendor } from './national-centre.ts'

export interface Charge {
  readonly code: string
  readonly pric: string
  readonly cnt: string
  readonly amount: string
  readonly approval?: string
}

/** 10.00 over the ceiling, class A; 180.00 class B at 5 %; 300.00 class C. */
export const OMEPRAZOLE: Charge = { code: 'XA02BCA099A001010199999', pric: '12.00', cnt: '5', amount: '60.00' }
export const CT: Charge = { code: '002103000010000-9', pric: '180.00', cnt: '5', amount: '900.00' }
export const COSMETIC: Charge = { code: '003306000010000-9', pric: '300.00', cnt: '1', amount: '300.00' }
export const RESTRICTED: Charge = { code: 'XL01XEY000A001010199999', pric: '188.00', cnt: '1', amount: '188.00' }
export const CONSULTATION: Charge = { code: '001101000010000-9', pric: '15.00', cnt: '1', amount: '15.00' }

export const drugLine = ({ code, pric, cnt, amount, approval }: Charge, feedetl_sn: string) => ({
  feedetl_sn,
  rxno: `RX${feedetl_sn}`,
  rx_circ_flag: '0',
  fee_ocur_time: '2026-03-15 09:05:00',
  med_list_codg: code,
  medins_list_codg: `OWN-${code}`,
  det_item_fee_sumamt: amount,
  cnt,
  pric,
  sin_dos_dscr: '',
  used_frqu_dscr: '',
  prd_days: '0',
  medc_way_dscr: '',
  bilg_dr_codg: 'D001',
  bilg_dr_name: '测试医生',
  tcmdrug_used_way: '',
  ...(approval === undefined ? {} : { hosp_appr_flag: approval })
})

export const feeLines = (mdtrt_id: string, psn_no: string, batch: string, charges: readonly Charge[], firstNo = 1) =>
  charges.map((charge, index) => ({
    ...drugLine(charge, String(firstNo + index)),
    mdtrt_id,
    psn_no,
    chrg_bchno: batch,
    dise_codg: '',
    bilg_dept_codg: 'A03',
    bilg_dept_name: '内科',
    hosp_appr_flag: charge.approval ?? '0',
    memo: ''
  }))

export const registration = (ipt_otp_no: string, person = EMPLOYEE, insutype = '310') => ({
  data: {
    psn_no: person.psn_no,
    insutype,
    begntime: '2026-03-15 09:00:00',
    mdtrt_cert_type: '02',
    mdtrt_cert_no: person.certno,
    card_sn: '',
    psn_cert_type: '01',
    certno: person.certno,
    psn_type: '',
    psn_name: '',
    ipt_otp_no,
    atddr_no: 'D001',
    dr_name: '测试医生',
    dept_code: 'A03',
    dept_name: '内科',
    caty: 'A03'
  }
})

export const visitInfo = (mdtrt_id: string, psn_no: string, med_type = '11') => ({
  mdtrtinfo: {
    mdtrt_id,
    psn_no,
    med_type,
    begntime: '2026-03-15 09:00:00',
    main_cond_dscr: '测试主诉',
    dise_type_code: '',
    dise_codg: '',
    dise_name: '测试病种',
    birctrl_type: '',
    birctrl_matn_date: ''
  },
  diseinfo: [
    {
      diag_type: '1',
      diag_srt_no: '1',
      diag_code: 'K29.500',
      diag_name: '慢性胃炎(测试)',
      diag_dept: '内科',
      dise_dor_no: 'D001',
      dise_dor_name: '测试医生',
      diag_time: '2026-03-15 09:02:00',
      vali_flag: '1'
    }
  ]
})

export const preSettlement = (mdtrt_id: string, of: { readonly psn_no: string; readonly total: string; readonly batch?: string; readonly insutype?: string; readonly acct?: string; readonly med_type?: string }) => ({
  psn_no: of.psn_no,
  mdtrt_cert_type: '',
  mdtrt_cert_no: '',
  med_type: of.med_type ?? '11',
  medfee_sumamt: of.total,
  psn_setlway: '01',
  mdtrt_id,
  chrg_bchno: of.batch ?? '',
  acct_used_flag: of.acct ?? '1',
  insutype: of.insutype ?? '310',
  exp_content: '',
  pub_hosp_rfom_flag: '0'
})

/** The four sums as a hospital adds them up from the answer to 2204. */
export function sumsOf(result: readonly Row[]) {
  const sum = (field: string): string => {
    const fen = result.reduce((total, line) => total + Math.round(Number(line[field]) * 100), 0)
    return (fen / 100).toFixed(2)
  }
  return {
    fulamt_ownpay_amt: sum('fulamt_ownpay_amt'),
    overlmt_selfpay: sum('overlmt_amt'),
    preselfpay_amt: sum('preselfpay_amt'),
    inscp_scp_amt: sum('inscp_scp_amt')
  }
}

export interface OpenVisit {
  readonly mdtrt_id: string
  readonly psn_no: string
  readonly total: string
  readonly sums: ReturnType<typeof sumsOf>
}

/** 2201, 2203 and 2204 of one batch. */
export async function openVisit(vendor: Vendor, number: string, charges: readonly Charge[], person = EMPLOYEE, insutype = '310'): Promise<OpenVisit> {
  const { mdtrt_id } = await vendor.done('2201', registration(number, person, insutype))
  await vendor.done('2203', visitInfo(mdtrt_id, person.psn_no))
  const { result } = await vendor.done('2204', { feedetail: feeLines(mdtrt_id, person.psn_no, 'B1', charges) })
  const total = charges.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0)
  return { mdtrt_id, psn_no: person.psn_no, total: (total / 100).toFixed(2), sums: sumsOf(result) }
}

export const settlementOf = ({ mdtrt_id, psn_no, total, sums }: OpenVisit, of: { readonly insutype?: string; readonly acct?: string } = {}) => ({
  data: { ...preSettlement(mdtrt_id, { psn_no, total, ...of }), invono: 'INV1', ...sums }
})
