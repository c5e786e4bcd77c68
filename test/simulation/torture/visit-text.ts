/** Visits as a hospital's system would hand them to the window, each with a number of its own. */

import type { Dice } from './dice.ts'

const ITEMS = ['001101000010000-9', '002501010150000-9', '003107010010000-9', 'XA02BCA099A001010199999', 'XC09CAL095A001010199999', 'XJ01CAA040A001010199999', 'C0801010090199999999', 'ZA04CAB0099010199999', '003306000010000-9']
const LINES_MAX = 6
const CHINA_OFFSET_MS = 8 * 3_600_000
const A_MINUTE_MS = 60_000

/** `epochMs`: now; the visit began a minute before. */
export function visitText(visitNo: string, institution: string, epochMs: number, dice: Dice): string {
  const begins = new Date(epochMs + CHINA_OFFSET_MS - A_MINUTE_MS).toISOString().slice(0, 19).replace('T', ' ')
  const first = dice.below(ITEMS.length)
  const lines = Array.from({ length: dice.below(LINES_MAX) + 1 }, (_, index) => ({
    med_list_codg: ITEMS[(first + index) % ITEMS.length],
    cnt: String(dice.below(4) + 1)
  }))
  return JSON.stringify({
    ipt_otp_no: visitNo,
    fixmedins_code: institution,
    fixmedins_name: '测试第一医院',
    institution: { level: 2, kind: 'hospital' },
    med_type: '11',
    begntime: begins,
    dept_code: 'A03',
    dept_name: '内科',
    dr_name: '测试医生',
    acct_used_flag: '1',
    lines
  })
}
