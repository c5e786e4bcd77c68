import { describe, expect, it } from 'vitest'
import type { CloseReport } from '../../../settlement/close/report-schema.ts'
import { lineNames } from './report-text.ts'

const SUMS = { count: 2, medfee_sumamt: '218.12', fund_pay_sumamt: '148.36', acct_pay: '69.76', psn_cash_pay: '0.00' }
const OWED = 'owed-to-card:H99999900001202611290530130105'

const REPORT: CloseReport = {
  report: 'caresettle-close',
  version: 1,
  institution: { code: 'H99999900001', name: '测试第一医院' },
  terminal: 'H99999900001-01',
  day: '2026-11-29',
  closed_at: '20261129200000',
  period: { after: 0, to: 7, head: 'ab', from: '20261129053000', until: '20261129190000', settlements: 2, refunds: 1, adjustments: 0, loads: 0 },
  rows: [],
  groups: [{ insutype: '310', clr_type: '11', ledger: SUMS, centre: SUMS }],
  entries: [],
  drawer: { float: null, cash_in: '0.00', cash_refunded: '0.00', collected: null, expected: null, counted: null, difference: null },
  cards: { debits: 2, debited: '791.13', without_tac: 0, loads: 0, loaded: '0.00' },
  centre: { kind: 'answered', from: '2026-11-29', to: '2026-11-29', matched: 3, unmatched: 0 },
  unconfirmed: { count: 0, since: null },
  items: [
    {
      item: OWED,
      kind: 'owed-to-card',
      code: 'owed-to-card',
      id: 'H99999900001202611290530130105',
      amount: '721.37',
      since: '20261129053012',
      facts: {},
      entries: [],
      resolution: { resolution: 'carry-over', standing: true, by: '', person: '', note: '', at: null }
    }
  ],
  settled: [],
  charts: { by_fund: [], by_class: [], by_hour: [] },
  reopened: null,
  signer: null
}

/** "section,item,column,value" of a line of the CSV. */
function names(line: string): readonly [string, string] {
  const [section = '', item = '', column = '', value = ''] = line.split(',')
  const { zh, en } = lineNames(REPORT)({ section, item, column, value })
  return [zh, en]
}

describe('the names beside the lines of a close report', () => {
  it.each([
    ['rows,fund:hifp_pay,ledger,148.36', '四方核对 · 基本医疗保险统筹基金 · 账本', 'four books · basic pooled fund · ledger'],
    ['groups,310 11 centre,psn_cash_pay,0.00', '按险种和清算类别 · 职工基本医疗保险 · 普通门诊 · 中心 · 个人现金支付', "by insurance and clearing class · employees' basic insurance · outpatient · centre · paid in cash"],
    ['entries,personal-account,amount,69.76', '会计分录 · 个人账户 · 金额', 'double entry · personal account · amount'],
    ['drawer,drawer,cash_in,0.00', '钱箱 · 收现金', 'drawer · cash received'],
    ['by-class,03,amount,15.00', '按甲乙丙类 · 丙类 · 金额', 'by class · class C · amount'],
    ['by-hour,05,settlements,2', '按钟点 · 05时 · 结算笔数', 'by hour · 05:00 · settlements'],
    ['head,institution,H99999900001,测试第一医院', '表头 · 机构', 'head · institution'],
    ['head,signed,terminal,MCow', '表头 · 签名公钥', 'head · public key of the signature'],
    ['period,period,to,7', '账期 · 末条账链序号', 'period · number of the last fact'],
    ['centre,centre,to,2026-11-29', '中心 · 至', 'centre · to']
  ])('%s', (line, zh, en) => expect(names(line)).toEqual([zh, en]))

  it('a value that is a code has its name too', () => {
    expect(names('centre,centre,kind,answered')).toEqual(['中心 · 核对情况 · 已核对', 'centre · asked · compared'])
    expect(names(`settled,${OWED},carry-over,20261129200000`)[0]).toMatch(/ · 带入下一次日结$/)
  })

  it('an open item is named by its sentence', () => {
    expect(names(`items,${OWED},resolution,carry-over`)).toEqual([
      '未了事项 · 应退回卡上账户721.37元，自2026-11-29 05:30:12起；持卡人带卡来时，打开记录圈存到卡 · 处理办法 · 带入下一次日结',
      'still open · 721.37 is owed to the card since 2026-11-29 05:30:12; when the holder brings it, open the record and load it · resolution · carry it over to the next close'
    ])
  })

  it('what a reopened day has otherwise is named as where it stands', () => {
    expect(names('reopened,rows.total.centre,0.00,218.12')).toEqual(['重开后的变动 · 四方核对 · 总额 · 中心', 'changed since it was reopened · four books · total · centre'])
    expect(names('reopened,groups.310.11.acct_pay,0.00,69.76')[0]).toBe('重开后的变动 · 按险种和清算类别 · 职工基本医疗保险 · 普通门诊 · 个人账户支付')
    expect(names('reopened,drawer.counted,0.00,69.76')[0]).toBe('重开后的变动 · 钱箱 · 清点')
    expect(names('reopened,close,,12')[0]).toBe('重开后的变动 · 被代替的日结')
  })

  it('a code without a name is left to stand as it is', () => {
    expect(names('rows,fund:new_pay,ledger,1.00')[0]).toBe('四方核对 · fund:new_pay · 账本')
  })
})
