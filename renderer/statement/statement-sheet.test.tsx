// @vitest-environment jsdom
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  AT_CENTRE_STATEMENT,
  IN_DOUBT_STATEMENT,
  LONG_STATEMENT,
  REFUNDED_STATEMENT,
  SETTLED_STATEMENT
} from '../../electron/contract/fake/sample-views.ts'
import { confirmed } from '../../electron/contract/fake/sample-statements.ts'
import type { StatementView } from '../../electron/contract/settlement-view.ts'
import { speak } from '../i18n/words.ts'
import { StatementSheet } from './statement-sheet.tsx'

const FORMATS = ['a5', '80mm'] as const
type Format = (typeof FORMATS)[number]

beforeEach(async () => speak('zh-CN'))
afterEach(cleanup)

function paper(statement: StatementView, format: Format, copy = 0): HTMLElement {
  const { container } = render(<StatementSheet statement={statement} format={format} copy={copy} />)
  return container
}

/** What stands beside a label: "现金 Cash" -> "0.00". */
const beside = (label: string): string[] =>
  screen.getAllByText((_, element) => element?.tagName === 'DT' && element.textContent === label).map((term) => term.nextElementSibling?.textContent ?? '')

const rows = (container: HTMLElement): (string | null)[][] =>
  [...container.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent))

describe.each(FORMATS)('a statement on %s', (format) => {
  it('says whose it is, with masked numbers and no others', () => {
    const container = paper(SETTLED_STATEMENT, format)
    expect(beside('姓名 Name')).toEqual(['测试一'])
    expect(beside('卡号 Card')).toEqual(['*****4567'])
    expect(beside('身份证号 Citizen no.')).toEqual(['**************0018'])
    expect(container.textContent).not.toMatch(/A12344567|000000199001010018/)
  })

  it('says who paid, each amount once', () => {
    paper(SETTLED_STATEMENT, format)
    expect(beside('基本医疗保险统筹基金 basic pooled fund')).toEqual(['97.10'])
    expect(beside('个人负担 Personal part')).toEqual(['721.37'])
    expect(beside('个人账户 Account')).toEqual(['721.37'])
    expect(beside('现金 Cash')).toEqual(['0.00'])
    expect(beside('计入起付线 Deductible used')).toEqual(['400.00'])
    expect(beside('卡上余额 结算前 Balance before')).toEqual(['2,760.00'])
    expect(beside('卡上余额 结算后 Balance after')).toEqual(['2,038.63'])
  })

  it('has the four sums of an e-invoice', () => {
    paper(SETTLED_STATEMENT, format)
    expect(beside('个人自理 Pre-self-pay')).toEqual(['57.76'])
    expect(beside('个人自费 Own expense')).toEqual(['222.00'])
    expect(beside('符合医保 Insured')).toEqual(['538.71'])
    expect(beside('个人自付 Self-pay')).toEqual(['441.61'])
  })

  it('has what proves it: settlement, card and terminal serials, TAC, the head of the ledger', () => {
    const container = paper(SETTLED_STATEMENT, format)
    expect(container.textContent?.split('H99999900001202603050945120001')).toHaveLength(2)
    expect(beside('交易验证码 TAC')).toEqual(['4CB35E43'])
    expect(beside('卡交易序号 Card serial')).toEqual(['5 → 6'])
    expect(beside('终端交易序号 Terminal serial')).toEqual(['1'])
    expect(beside('账簿 Ledger')).toEqual(['2:de65e97a1e409afc'])
  })

  it('is provisional, and no copy the first time', () => {
    paper(SETTLED_STATEMENT, format)
    expect(screen.getByText(/待中心确认/)).toBeDefined()
    expect(screen.queryByText(/副本/)).toBeNull()
  })

  it('once the centre has booked it, it is confirmed under the number of the centre', () => {
    paper(confirmed(SETTLED_STATEMENT), format)
    expect(screen.getByText(/中心已确认/)).toBeDefined()
    expect(beside("结算流水号 Centre's number")).toEqual(['950945120001'])
    expect(screen.queryByText(/待中心确认|以医保中心确认为准/)).toBeNull()
  })

  it('booked otherwise, it says so, with the amounts of the centre beside those that were charged', () => {
    const stated = { fundPaid: '97.10', account: '721.37', cash: '0.00' }
    const booked = { fundPaid: '87.10', account: '721.37', cash: '10.00' }
    const due = { cash: '10.00', cashDirection: 'from-patient', toCard: '0.00' } as const
    const reason = { zh: '累计不同', en: 'counters differ' }
    paper({ ...SETTLED_STATEMENT, confirmation: { state: 'adjusted', setlId: '900000000001', setlTime: '2026-03-05 12:00:00', reason, stated, booked, due } }, format)
    expect(screen.getByText(/中心已按不同金额入账/)).toBeDefined()
    expect(beside('现金 Cash')).toEqual(['0.00', '10.00'])
  })

  it('says of what the centre has never booked, and was taken back, that no confirmation comes', () => {
    const container = paper({ ...REFUNDED_STATEMENT, confirmation: { state: 'never-booked', what: { zh: '没有登记', en: 'unknown' } } }, format)
    expect(container.querySelector('.sheet__marks')?.textContent).toBe('已退费 REFUNDED中心未入账 never booked')
    expect(container.textContent).not.toContain('以医保中心确认为准')
  })

  it('says that it is a copy, and which, from the second time on', () => {
    const container = paper(SETTLED_STATEMENT, format, 2)
    expect(container.querySelector('.sheet__mark--copy')?.textContent).toBe('副本 第2份 COPY 2')
  })

  it('says that it was refunded: what came back in cash, what the fund got, what is owed to the card', () => {
    const container = paper(REFUNDED_STATEMENT, format)
    expect(container.querySelector('.sheet__marks')?.textContent).toContain('已退费 REFUNDED')
    expect(beside('退还现金 Cash back')).toEqual(['26.60'])
    expect(beside('基金冲回 Funds reversed')).toEqual(['0.00'])
    expect(beside('待圈存至卡 Owed to card')).toEqual(['40.00'])
    expect(beside('原因 Reason')).toEqual(['重复开单(测试)'])
    expect(beside('冲正号 Correction')).toEqual(['H99999900001202603041602110004'])
  })

  it('names no balance where the account is at the centre, and no code that no card gave', () => {
    const container = paper(AT_CENTRE_STATEMENT, format)
    expect(container.textContent).toContain('账户在中心')
    expect(container.textContent).not.toContain('卡上余额')
    expect(container.textContent).not.toMatch(/TAC|MAC2/)
  })

  it('of a settlement in doubt says that it proves nothing', () => {
    const container = paper(IN_DOUBT_STATEMENT, format)
    expect(container.querySelector('.sheet__marks')?.textContent).toBe('存疑 不作凭证 IN DOUBT, NO PROOF')
  })

  it('puts English first where English is spoken', async () => {
    await speak('en')
    const container = paper(SETTLED_STATEMENT, format, 1)
    expect(beside('Cash 现金')).toEqual(['0.00'])
    expect(container.querySelector('.sheet__mark--copy')?.textContent).toBe('COPY 1 副本 第1份')
  })
})

describe('the lines on A5', () => {
  it('show how each divides, with a dash for a part that is nothing', () => {
    const lines = rows(paper(SETTLED_STATEMENT, 'a5'))
    expect(lines).toHaveLength(13)
    expect(lines[8]).toEqual(['9', '一次性输液器(测试)C0801010090199999999', '乙 B', '6.50', '2', '13.00', '–', '3.00', '1.00', '9.00'])
    expect(lines[10]).toEqual(['11', '限制用药靶向片(测试)XL01XEY000A001010199999', '乙 B', '188.00', '1', '188.00', '188.00', '–', '–', '–'])
  })

  it('end in how the whole divides', () => {
    expect(rows(paper(SETTLED_STATEMENT, 'a5')).at(-1)).toEqual(['合计 Total', '818.47', '208.00', '14.00', '57.76', '538.71'])
  })

  it('of a long bill stand in one table whose head says whose copy it is, so that it is repeated on every sheet', () => {
    const container = paper(LONG_STATEMENT, 'a5', 1)
    expect(rows(container)).toHaveLength(61)
    const head = container.querySelector('thead')
    expect(head?.textContent).toContain('H99999900001202603050955000060')
    expect(head?.textContent).toContain('副本 第1份')
  })
})

describe.each(FORMATS)('what a pharmacy sold, on %s', (format) => {
  const sold = (days: string): StatementView => {
    const [line] = SETTLED_STATEMENT.lines
    if (line === undefined) throw new Error('the sample has no lines')
    return { ...SETTLED_STATEMENT, lines: [{ ...line, sale: { packs: [], dose: null, frequency: null, days, ownPayReason: null, returnOf: null } }] }
  }
  const lasts = (days: string): string | null | undefined => paper(sold(days), format).querySelector('.sheet__sold')?.textContent

  it('says how many days it lasts, in the English of one day and of many', async () => {
    expect(lasts('1')).toBe(' 1天 1 day')
    expect(lasts('7')).toBe(' 7天 7 days')
    await speak('en')
    expect(lasts('1')).toBe(' 1 day 1天')
  })
})

describe('the style of the paper', () => {
  const style = readFileSync(join(import.meta.dirname, 'statement.css'), 'utf8')

  it.each(FORMATS)('hides no line, amount or number on %s', (format) => {
    const element = document.createElement('style')
    element.textContent = style
    document.head.append(element)
    const container = paper(LONG_STATEMENT, format, 1)
    const hidden = [...container.querySelectorAll('th, td, dd, li, .amount, .sheet__mark')].filter((one) => getComputedStyle(one).display === 'none')
    element.remove()
    expect(container.querySelectorAll('.amount').length).toBeGreaterThan(60)
    expect(hidden.map((one) => one.textContent)).toEqual([])
  })
})

describe('the lines on a roll', () => {
  it('show price, quantity and amount, and only the parts that the insurance does not cover', () => {
    paper(SETTLED_STATEMENT, '80mm')
    const lines = screen.getAllByRole('listitem').map((line) => [...line.children].map((part) => part.textContent))
    expect(lines).toHaveLength(12)
    expect(lines[0]).toEqual(['普通门诊诊察费(测试) 甲 A', '15.00 × 115.00'])
    expect(lines[8]).toEqual(['一次性输液器(测试) 乙 B', '6.50 × 213.00', '超限价 Over ceiling3.00', '先行自付 Pre-pay1.00'])
  })

  it('end in how the whole divides', () => {
    paper(SETTLED_STATEMENT, '80mm')
    expect(beside('合计 Total')).toEqual(['818.47'])
    expect(beside('全自费 Own pay')).toEqual(['208.00'])
    expect(within(document.body).queryByRole('table')).toBeNull()
  })
})
