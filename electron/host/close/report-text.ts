/**
 * What the codes of a report mean, in both languages: its rows, payers, ways out, and each line of its CSV. What has no name here
 * is left to its code, which stands beside it.
 */

import type { CsvLine } from '../../../settlement/close/report-csv.ts'
import type { CloseReport } from '../../../settlement/close/report-schema.ts'
import type { Resolution } from '../../../settlement/close/resolution.ts'
import { clearingTypeName } from '../../../settlement/wire/clearing.ts'
import { insuranceTypeName } from '../../../settlement/wire/code-names.ts'
import { FUND_TEXTS } from '../../../settlement/wire/wire-names.ts'
import type { Text } from '../../contract/text.ts'
import { say } from '../refusal/answers.ts'
import { itemText } from './item-text.ts'

type Names = Readonly<Record<string, Text>>

const ROWS: Names = {
  ...FUND_TEXTS,
  total: say('总额', 'total'),
  'fund-paid': say('基金支付', 'paid by funds'),
  account: say('个人账户', 'personal account'),
  'personal-account': say('个人账户', 'personal account'),
  'mutual-aid': say('账户共济', 'mutual aid'),
  cash: say('现金', 'cash'),
  hospital: say('医院负担', 'borne by the institution'),
  revenue: say('医疗收入', 'revenue'),
  debited: say('卡上扣款', 'debited from cards'),
  loaded: say('卡上圈存', 'loaded onto cards'),
  settlements: say('结算笔数', 'settlements'),
  refunds: say('退费笔数', 'refunds'),
  loads: say('圈存笔数', 'loads')
}

/** Of a row, of who pays, or of an account of the double entry. */
export function rowName(row: string): Text {
  return known(ROWS, row.replace(/^fund:/, '')) ?? say(row, row)
}

export const CLASS_NAMES: Names = {
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

const SECTIONS: Names = {
  head: say('表头', 'head'),
  period: say('账期', 'period'),
  rows: say('四方核对', 'four books'),
  groups: say('按险种和清算类别', 'by insurance and clearing class'),
  entries: say('会计分录', 'double entry'),
  drawer: say('钱箱', 'drawer'),
  cards: say('卡证据', 'cards'),
  centre: say('中心', 'centre'),
  unconfirmed: say('未确认', 'not confirmed'),
  items: say('未了事项', 'still open'),
  settled: say('已了事项', 'settled meanwhile'),
  'by-fund': say('谁付的', 'who paid'),
  'by-class': say('按甲乙丙类', 'by class'),
  'by-hour': say('按钟点', 'by hour'),
  reopened: say('重开后的变动', 'changed since it was reopened')
}

const COLUMNS: Names = {
  ...RESOLUTION_TEXTS,
  institution: say('机构', 'institution'),
  terminal: say('终端', 'terminal'),
  day: say('业务日', 'business day'),
  closed_at: say('日结时间', 'closed at'),
  signed: say('签名公钥', 'public key of the signature'),
  after: say('上次日结序号', 'number of the close before'),
  to: say('至', 'to'),
  'period.to': say('末条账链序号', 'number of the last fact'),
  head: say('账链摘要', 'hash of the chain'),
  from: say('自', 'from'),
  until: say('至', 'until'),
  settlements: say('结算笔数', 'settlements'),
  refunds: say('退费笔数', 'refunds'),
  adjustments: say('调整笔数', 'adjustments'),
  loads: say('圈存笔数', 'loads'),
  till: say('收费台', 'till'),
  ledger: say('账本', 'ledger'),
  cards: say('卡', 'cards'),
  centre: say('中心', 'centre'),
  count: say('笔数', 'count'),
  medfee_sumamt: say('医疗费总额', 'total'),
  fund_pay_sumamt: say('基金支付总额', 'paid by funds'),
  acct_pay: say('个人账户支付', 'paid from the account'),
  psn_cash_pay: say('个人现金支付', 'paid in cash'),
  amount: say('金额', 'amount'),
  total: say('总额', 'total'),
  float: say('备用金', 'float'),
  cash_in: say('收现金', 'cash received'),
  cash_refunded: say('退现金', 'cash handed back'),
  collected: say('调整补收', 'collected of adjustments'),
  expected: say('应有', 'expected'),
  counted: say('清点', 'counted'),
  difference: say('长短款', 'over or short'),
  debits: say('扣款笔数', 'debits'),
  debited: say('扣款金额', 'debited'),
  without_tac: say('无交易验证码的笔数', 'without a TAC'),
  loaded: say('圈存金额', 'loaded'),
  kind: say('核对情况', 'asked'),
  reason: say('原因', 'reason'),
  detail: say('详情', 'detail'),
  matched: say('相符笔数', 'matched'),
  unmatched: say('不符笔数', 'unmatched'),
  since: say('自', 'since'),
  id: say('编号', 'number'),
  sequence: say('账链序号', 'number of the fact'),
  setl_id: say('中心结算编号', "the centre's number"),
  card: say('卡号末四位', 'end of the card number'),
  serial: say('卡交易序号', 'serial of the card'),
  other: say('另一笔', 'the other'),
  asked: say('应扣或应存', 'asked for'),
  settlement: say('结算', 'settlement'),
  refund: say('退费', 'refund'),
  load: say('圈存', 'load'),
  close: say('被代替的日结', 'the close that it takes the place of'),
  resolution: say('处理办法', 'resolution'),
  local: say('本机', 'here'),
  record: say('中心', 'at the centre'),
  stated: say('本机', 'here'),
  fundPaid: say('基金支付', 'paid by funds'),
  account: say('个人账户', 'personal account'),
  cash: say('现金', 'cash')
}

const VALUES: Names = {
  ...RESOLUTION_TEXTS,
  answered: say('已核对', 'compared'),
  'not-connected': say('未接入中心', 'no centre is connected'),
  'not-reached': say('未连上中心', 'the centre was not reached')
}
const NAMED_VALUES: ReadonlySet<string> = new Set(['kind', 'resolution'])

type ItemText = (item: string) => Text | undefined

/** "四方核对 · 现金 · 账本": beside each line of the report's CSV. */
export function lineNames(report: CloseReport): (line: CsvLine) => Text {
  const texts = new Map(report.items.map((item) => [item.item, itemText(item)]))
  return (line) => lineName(line, (item) => texts.get(item))
}

function lineName({ section, item, column, value }: CsvLine, textOf: ItemText): Text {
  const parts = section === 'reopened' && item !== 'close' ? changeParts(item, textOf) : [known(SECTIONS, section), ...itemParts(section, item, textOf), ...columnParts(section, column)]
  const said = [...parts, NAMED_VALUES.has(column) ? known(VALUES, value) : undefined].filter((part) => part !== undefined)
  const joined = (language: keyof Text): string => said.map((part) => part[language]).join(' · ')
  return { zh: joined('zh'), en: joined('en') }
}

function itemParts(section: string, item: string, textOf: ItemText): (Text | undefined)[] {
  switch (section) {
    case 'rows':
    case 'entries':
    case 'by-fund':
      return [rowName(item)]
    case 'groups': {
      const [insutype = '', clrType = '', book = ''] = item.split(' ')
      return [insuranceTypeName(insutype), clearingTypeName(clrType), known(COLUMNS, book)]
    }
    case 'by-class':
      return [known(CLASS_NAMES, item)]
    case 'by-hour':
      return [say(`${item}时`, `${item}:00`)]
    case 'items':
    case 'settled':
      return [textOf(item)]
    case 'head':
    case 'reopened':
      return [known(COLUMNS, item)]
    default:
      // Drawer, cards, centre: one item, called as its section.
      return []
  }
}

/** "stated.cash" is two names. What stands in the column of the head is a code of the institution, or whose key it was. */
function columnParts(section: string, column: string): (Text | undefined)[] {
  if (section === 'head') return []
  const own = known(COLUMNS, `${section}.${column}`)
  return own === undefined ? column.split('.').map((part) => known(COLUMNS, part)) : [own]
}

/** A field as settlement/close/report-changes.ts writes it: "rows.cash.ledger", "items.in-doubt:H999...". */
function changeParts(field: string, textOf: ItemText): (Text | undefined)[] {
  const [section = '', ...rest] = field.split('.')
  const at = section === 'groups' ? rest.slice(0, 2).join(' ') : (rest[0] ?? '')
  const column = section === 'drawer' || section === 'period' ? (rest[0] ?? '') : (rest.at(-1) ?? '')
  return [known(SECTIONS, 'reopened'), known(SECTIONS, section) ?? known(COLUMNS, section), ...itemParts(section, at, textOf), ...(section === 'items' ? [] : columnParts(section, column))]
}

const known = (names: Names, code: string): Text | undefined => (Object.hasOwn(names, code) ? names[code] : undefined)
