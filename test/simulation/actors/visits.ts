/** What a hospital's system hands over: the text of one visit, drawn for an operation, with at most one thing wrong in it. */

import type { Random } from '../world/random.ts'
import type { OperationId } from '../operation.ts'
import type { SettlePlan } from './plan.ts'

interface Line {
  readonly med_list_codg: string
  readonly cnt: string
  readonly hosp_appr_flag?: string
  readonly name?: string
  readonly chrgitm_lv?: string
  readonly selfpay_prop?: string
  readonly pric?: string
}

export interface VisitDraw {
  readonly draw: Random
  readonly id: OperationId
  readonly plan: SettlePlan
  readonly institution: string
  /** YYYY-MM-DD of the till. */
  readonly today: string
  readonly holder: string
  readonly isRetired: boolean
  /** Of a visit that was settled here. */
  readonly settledBefore: string | undefined
}

/** Code, and the most of it that anybody gets at once. */
const ITEMS: readonly (readonly [string, number])[] = [
  ['001101000010000-9', 1],
  ['002501010150000-9', 3],
  ['002103000010000-9', 2],
  ['003107010010000-9', 1],
  ['XA02BCA099A001010199999', 4],
  ['XC09CAL095A001010199999', 6],
  ['XJ01CAA040A001010199999', 5],
  ['T000000099', 150],
  ['C0801010090199999999', 4],
  ['ZA09FBB0199020199999', 2],
  ['ZA04CAB0099010199999', 3],
  ['XB01ACL081A001010199999', 2]
]
/** A restricted drug; with approval the fund pays for it, and for a long treatment as much as it may in a year, or more. */
const DEAR = 'XL01XEY000A001010199999'
const COMPUTED_TOMOGRAPHY = '002103000010000-9'

export const visitNumber = (id: OperationId, today: string): string => `MZ${today.replaceAll('-', '')}${id.slice('op-'.length).padStart(6, '0')}`

export function visitText(request: VisitDraw): string {
  const { plan, id, today, institution, holder, settledBefore } = request
  const draw = request.draw.fork('visit')
  const isChronic = request.isRetired && draw.chance(1, 3)
  const visit = {
    ipt_otp_no: plan.flaw === 'settled-before' ? (settledBefore ?? visitNumber(id, today)) : visitNumber(id, today),
    fixmedins_code: institution,
    institution: { level: draw.pick([2, 2, 2, 1, 3]), kind: 'hospital' },
    ...(isChronic ? { med_type: '140104', dise_codg: 'M03900', dise_name: '高血压(测试)' } : { med_type: draw.pick(['11', '11', '11', '13']) }),
    dept_name: '内科',
    dr_name: '测试医生',
    begntime: plan.flaw === 'later-day' ? '2999-01-01 08:00:00' : `${today} 00:00:01`,
    acct_used_flag: plan.useAccount,
    // Who brings a bank's card has told his name to nobody.
    patient: plan.flaw === 'other-person' ? { psn_name: '测试别人' } : holder === '' ? {} : { psn_name: holder },
    lines: linesOf(plan, draw)
  }
  const text = JSON.stringify(visit)
  return plan.flaw === 'not-json' ? text.slice(0, -7) : text
}

function linesOf({ flaw }: SettlePlan, draw: Random): readonly Line[] {
  if (flaw === 'no-lines') return []
  if (flaw === 'over-limit') return [{ med_list_codg: COMPUTED_TOMOGRAPHY, cnt: '400' }]
  const lines: Line[] = []
  const count = 1 + draw.below(5)
  for (let at = 0; at < count; at += 1) {
    const [code, most] = draw.pick(ITEMS)
    lines.push({ med_list_codg: code, cnt: String(1 + draw.below(most)) })
  }
  if (draw.chance(1, 5)) lines.push({ med_list_codg: DEAR, cnt: String(1 + draw.below(12)), hosp_appr_flag: draw.pick(['1', '1', '0', '2']) })
  const long = draw.fork('long treatment')
  if (long.chance(1, 9)) lines.push({ med_list_codg: DEAR, cnt: String(long.between(15, 70)), hosp_appr_flag: '1' })
  if (draw.chance(1, 6)) lines.push({ med_list_codg: 'LOCAL-0001', name: '院内制剂(测试)', chrgitm_lv: '02', selfpay_prop: '0.15', pric: '18.60', cnt: '2' })
  if (flaw === 'unknown-item') lines.push({ med_list_codg: 'X-NOWHERE', cnt: '1' })
  return lines
}
