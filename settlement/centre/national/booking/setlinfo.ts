/** A settlement as setlinfo and setldetail say it (1.10): money with two places, an empty number "0", any other empty value "". */

import type { Calculation } from '../../../calculation/calculation.ts'
import type { CalculatedLine } from '../../../calculation/calculation.ts'
import { FUNDS } from '../../../calculation/settlement-result.ts'
import type { CatalogueItem } from '../../../catalogue/item-schema.ts'
import { date } from '../../../calendar/business-date.ts'
import { fen, formatFen } from '../../../money/fen.ts'
import { formatPrice, formatQuantity } from '../../../money/price.ts'
import { formatRatio } from '../../../money/ratio.ts'
import { clearingType } from '../../../wire/clearing.ts'
import { explainLine, stepText } from '../../../wire/explain.ts'
import { AMOUNT_NAMES, FUND_TEXTS } from '../../../wire/wire-names.ts'
import type { InsuranceRow } from '../../store/schema.ts'
import { dayOfTime, readableTime } from '../../../calendar/written-time.ts'
import type { Fields } from '../envelope/fields.ts'
import type { Profile } from '../profile/profile.ts'
import { ageText, type Insured } from './insured.ts'

export type Row = Readonly<Record<string, string>>

export interface SettlementFacts {
  readonly insured: Insured
  readonly insurance: InsuranceRow
  readonly mdtrtId: string
  /** '' before it is settled. */
  readonly setlId: string
  readonly msgid: string
  readonly mdtrtCertType: string
  readonly medType: string
  /** 14 digits */
  readonly setlTime: string
}

export function setlinfoOf(profile: Profile, facts: SettlementFacts, calculation: Calculation): Row {
  const { insured, insurance } = facts
  const { person } = insured
  const { amounts, account } = calculation
  const { funds, ...single } = amounts
  const money = Object.entries(single).map(([name, amount]) => [AMOUNT_NAMES[name as keyof typeof single], formatFen(amount)] as const)
  return {
    ...(facts.setlId === '' ? {} : { setl_id: facts.setlId }),
    mdtrt_id: facts.mdtrtId,
    psn_no: person.psn_no,
    psn_name: person.psn_name,
    psn_cert_type: person.psn_cert_type,
    certno: person.certno,
    gend: person.gend,
    naty: person.naty,
    brdy: person.brdy.slice(0, 10),
    age: ageText(person.brdy, date(dayOfTime(facts.setlTime))),
    insutype: insurance.insutype,
    psn_type: insurance.psn_type,
    cvlserv_flag: insurance.cvlserv_flag,
    setl_time: readableTime(facts.setlTime),
    mdtrt_cert_type: facts.mdtrtCertType,
    med_type: facts.medType,
    ...Object.fromEntries(money),
    ...Object.fromEntries(FUNDS.map((fund) => [fund, formatFen(funds[fund])])),
    pool_prop_selfpay: calculation.poolRatio === undefined ? '0' : formatRatio(calculation.poolRatio),
    balc: formatFen(fen(account.currentYear + account.pastYears)),
    medins_setl_id: facts.msgid,
    clr_optins: calculation.region,
    clr_way: profile.clr_way,
    clr_type: clearingType(facts.medType, profile.clr_type)
  }
}

const PROCESS_MAX = 4000

export function setldetailOf(calculation: Calculation): Row[] {
  // The lines are told by 2204 and detlcutinfo.
  const process = calculation.steps
    .map((step) => stepText(step).zh)
    .join(' ')
    .slice(0, PROCESS_MAX)
  return calculation.fundRows.map((row) => ({
    fund_pay_type: row.fundPayType,
    inscp_scp_amt: formatFen(calculation.amounts.inScope),
    crt_payb_lmt_amt: row.availableBefore === undefined ? '0' : formatFen(row.availableBefore),
    fund_payamt: formatFen(row.paid),
    fund_pay_type_name: row.fund === undefined ? '个人账户' : FUND_TEXTS[row.fund].zh,
    setl_proc_info: process
  }))
}

/** The answer for one line (H T80): result of 2204, detlcutinfo of a settlement. `sent`: the line as it came. */
export function lineResult(calculated: CalculatedLine, item: CatalogueItem | undefined, sent: Fields): Row {
  const { line } = calculated
  return {
    feedetl_sn: calculated.lineNo,
    det_item_fee_sumamt: formatFen(calculated.amount),
    cnt: formatQuantity(line.quantity),
    pric: formatPrice(line.price),
    pric_uplmt_amt: line.ceiling === undefined ? '0' : formatPrice(line.ceiling),
    selfpay_prop: ratioOf(calculated),
    fulamt_ownpay_amt: formatFen(calculated.ownPay),
    overlmt_amt: formatFen(calculated.overCeiling),
    preselfpay_amt: formatFen(calculated.prePay),
    inscp_scp_amt: formatFen(calculated.inScope),
    chrgitm_lv: line.chargeClass,
    med_chrgitm_type: line.medChrgitmType ?? '',
    bas_medn_flag: '0',
    hi_nego_drug_flag: item?.hi_nego_drug_flag ?? '0',
    chld_medc_flag: item?.chld_medc_flag ?? '0',
    list_sp_item_flag: '0',
    lmt_used_flag: line.isRestricted ? '1' : '0',
    drt_reim_flag: '0',
    memo: item?.chrgitm_lv !== undefined ? (isDecided(calculated) ? explainLine(calculated, 'zh-CN') : '') : `${sent.text('med_list_codg')}不在医保目录内，全自费`
  }
}

/** By the approval, not by its class. */
const isDecided = ({ reason }: CalculatedLine): boolean => reason === 'restricted-not-approved' || reason === 'approval-refused'

/** Of an own-pay line the person pays all. */
const ratioOf = ({ prePayRatio }: CalculatedLine): string => (prePayRatio === undefined ? '1.0000' : formatRatio(prePayRatio))
