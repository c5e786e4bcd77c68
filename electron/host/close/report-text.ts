/** The words of a close: its rows, its payers, its ways out. */

import type { Resolution } from '../../../settlement/close/resolution.ts'
import { FUND_TEXTS } from '../../../settlement/wire/wire-names.ts'
import type { Text } from '../../contract/text.ts'
import { say } from '../refusal/answers.ts'

const ROWS: Readonly<Record<string, Text>> = {
  total: say('总额', 'total'),
  'fund-paid': say('基金支付', 'paid by funds'),
  account: say('个人账户', 'personal account'),
  'mutual-aid': say('账户共济', 'mutual aid'),
  cash: say('现金', 'cash'),
  hospital: say('医院负担', 'borne by the institution'),
  debited: say('卡上扣款', 'debited from cards'),
  loaded: say('卡上圈存', 'loaded onto cards'),
  settlements: say('结算笔数', 'settlements'),
  refunds: say('退费笔数', 'refunds'),
  loads: say('圈存笔数', 'loads')
}

/** Of a row, or of who pays. */
export function rowName(row: string): Text {
  const fund = row.replace(/^fund:/, '')
  const known = Object.entries(FUND_TEXTS).find(([name]) => name === fund)
  return known?.[1] ?? ROWS[row] ?? say(row, row)
}

export const CLASS_NAMES: Readonly<Record<string, Text>> = {
  '01': say('甲类', 'class A'),
  '02': say('乙类', 'class B'),
  '03': say('丙类', 'class C'),
  '04': say('丙类可付', 'payable class C')
}

export const RESOLUTION_TEXTS: Readonly<Record<Resolution, Text>> = {
  'upload-again': say('再次上传', 'send it again'),
  'book-locally': say('本地补记', 'book it here'),
  'reverse-at-centre': say('按原报文冲正', 'reverse it at the centre by its message number'),
  'take-centre-amount': say('以中心金额为准', "take the centre's amount"),
  'carry-over': say('带入下一次日结', 'carry it over to the next close'),
  'hand-to-person': say('交人处理（说明先写姓名，再写事由）', 'hand it to a person (the note says who, then what about)'),
  'book-difference': say('按长短款登记', 'book the drawer as over or short')
}
