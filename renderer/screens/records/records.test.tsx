// @vitest-environment jsdom
import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ALREADY_REFUNDED, HOST_AWAY } from '../../../electron/contract/fake/fake-refusals.ts'
import { FIXTURE_PIN, manyStatements, SAMPLE_IN_DOUBT, SETTLED_STATEMENT } from '../../../electron/contract/fake/sample-views.ts'
import type { RequestName } from '../../../electron/contract/requests.ts'
import { accessibilityFaults } from '../../../test/support/accessibility.ts'
import { openWindow, pane, type OpenedWindow, type WindowOptions } from '../../../test/support/window.tsx'

const SETTLED = 'H99999900001202603050945120001'
const SMALL = 'H99999900001202603050910030002'

beforeEach(() => localStorage.clear())
afterEach(cleanup)

async function atRecords(options: WindowOptions = {}): Promise<OpenedWindow> {
  const window = await openWindow(options)
  await window.press('F3')
  await screen.findByRole('searchbox')
  return window
}

/** Rows in the words of the screen, without the head. */
const rows = (): (string | null)[][] =>
  screen.queryAllByRole('row').slice(1).map((row) => [...row.children].map((cell) => cell.textContent))
const found = (count: number): Promise<void> => waitFor(() => expect(rows()).toHaveLength(count))
const grid = (): HTMLElement => screen.getByRole('grid')
const activeRow = (): string | null => grid().getAttribute('aria-activedescendant')
const count = (text: string): Promise<HTMLElement> => screen.findByText(text, { selector: '.records__count' })
const opened = (): ReturnType<typeof within> => pane('结算详情')
const items = (part: ReturnType<typeof within>): (string | null)[] => part.getAllByRole('listitem').map((item: HTMLElement) => item.textContent)
const callsOf = ({ fake }: OpenedWindow, name: RequestName): readonly object[] => fake.calls.filter((call) => call.name === name).map(({ params }) => params)

async function openFirst(options: WindowOptions = {}): Promise<OpenedWindow> {
  const window = await atRecords(options)
  await found(2)
  await window.press('/', 'Enter', 'Enter')
  await screen.findByRole('region', { name: '谁付了多少' })
  return window
}

async function openOf(range: string, name: string): Promise<OpenedWindow> {
  const window = await atRecords({ inDoubt: [SAMPLE_IN_DOUBT] })
  await window.user.click(screen.getByRole('button', { name: range }))
  await found(6)
  await window.user.click(screen.getByText(name))
  await screen.findByRole('region', { name: '谁付了多少' })
  return window
}

describe('searching', () => {
  it('shows today at first, newest first', async () => {
    const window = await atRecords()
    await found(2)
    expect(rows()).toEqual([
      ['2026-03-05 09:45:12', '测试一', '*****4567', 'MZ2026030500091', '818.47', '97.10', '721.37', '0.00', '✓ 已结算'],
      ['2026-03-05 09:10:03', '测试二', '*****4568', 'MZ2026030500092', '66.60', '0.00', '40.00', '26.60', '✓ 已结算']
    ])
    expect(callsOf(window, 'records.search').at(-1)).toEqual({ from: '2026-03-05', to: '2026-03-05', text: '', state: 'all', after: null, limit: 50 })
  })

  it('finds the last seven days, and marks what is in doubt, refunded and owed', async () => {
    const { user } = await atRecords()
    await user.click(screen.getByRole('button', { name: '近7天' }))
    await found(6)
    expect(rows().map((row) => row.at(-1))).toEqual(['✓ 已结算', '✓ 已结算', '↩ 已退费待圈存 40.00', '✓ 已结算', '? 存疑', '↩ 已退费'])
  })

  it('asks once for words that were typed in one go', async () => {
    const window = await atRecords()
    await found(2)
    await window.press('/')
    await window.user.keyboard('测试二')
    await found(1)
    expect(callsOf(window, 'records.search').filter((params) => 'text' in params && params.text !== '')).toEqual([
      { from: '2026-03-05', to: '2026-03-05', text: '测试二', state: 'all', after: null, limit: 50 }
    ])
  })

  it('F6 goes from state to state', async () => {
    const { user, press } = await atRecords()
    await user.click(screen.getByRole('button', { name: '近7天' }))
    await found(6)
    await press('F6', 'F6')
    await found(1)
    expect(screen.getByRole<HTMLInputElement>('radio', { name: '存疑' }).checked).toBe(true)
    await press('F6', 'F6')
    await waitFor(() => expect(rows().map((row) => row.at(-1))).toEqual(['↩ 已退费待圈存 40.00']))
  })

  it('drops an answer that came after a newer question', async () => {
    const { fake, press } = await atRecords()
    await found(2)
    const release = fake.delayNext('records.search')
    await press('F5')
    await press('F6', 'F6')
    await screen.findByText('没有结算记录')
    await act(async () => release())
    expect(screen.getByText('没有结算记录')).toBeDefined()
  })

  it('goes on page by page, F10 for the next', async () => {
    const window = await atRecords({ statements: manyStatements(120) })
    await count('前 50 笔')
    await window.press('F10')
    await count('前 100 笔')
    await window.press('F10')
    await count('120 笔')
    expect(callsOf(window, 'records.search').map((params) => ('after' in params ? params.after : undefined))).toEqual([null, 50, 100])
    expect(screen.queryByRole('button', { name: '再往后' })).toBeNull()
  })

  it('searches anew when a hold was closed', async () => {
    const window = await atRecords()
    await found(2)
    act(() => window.fake.emit({ topic: 'in-doubt', inDoubt: [SAMPLE_IN_DOUBT] }))
    await waitFor(() => expect(callsOf(window, 'records.search')).toHaveLength(2))
  })
})

describe('a search without rows', () => {
  it('says that nothing was found and offers the last seven days', async () => {
    const { user } = await atRecords({ till: { today: '2026-03-06' } })
    await screen.findByText('没有结算记录')
    await user.click(screen.getByRole('button', { name: '看近7天' }))
    await found(6)
    expect(rows()[0]?.[0]).toBe('2026-03-05 09:45:12')
  })

  it('says why it was refused, and tries again', async () => {
    const window = await openWindow()
    window.fake.refuseNext('records.search', HOST_AWAY)
    await window.press('F3')
    expect((await screen.findByRole('alert')).textContent).toContain('结算服务正在重新启动')
    await window.user.click(screen.getByRole('button', { name: '重试' }))
    await found(2)
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('shows that it is searching until the first answer', async () => {
    const window = await openWindow()
    const release = window.fake.delayNext('records.search')
    await window.press('F3')
    expect(await screen.findByRole('status', { name: '正在查找' })).toBeDefined()
    await act(async () => release())
    await found(2)
  })
})

describe('the keyboard', () => {
  it('goes from the words to the rows, opens with Enter, follows with arrows, and comes back with Escape', async () => {
    const { press } = await atRecords()
    await found(2)
    await press('/')
    expect(document.activeElement).toBe(screen.getByRole('searchbox'))
    await press('ArrowDown')
    expect(document.activeElement).toBe(grid())
    expect(activeRow()).toBe(`record-${SETTLED}`)
    await press('ArrowDown', 'ArrowUp', 'Enter')
    expect((await screen.findAllByText(SETTLED)).length).toBe(1)
    await press('ArrowDown')
    await screen.findByText(SMALL)
    expect(activeRow()).toBe(`record-${SMALL}`)
    await press('Escape')
    expect(screen.queryByRole('region', { name: '结算详情' })).toBeNull()
    expect(document.activeElement).toBe(grid())
  })

  it('a slash in the words is a slash', async () => {
    const { press } = await atRecords()
    await found(2)
    await press('/', '/')
    expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('/')
  })
})

describe('a settlement that is open', () => {
  it('says in sentences who paid what and why', async () => {
    await openFirst()
    expect(items(opened())).toEqual([
      '总额 818.47 元，其中政策范围内 538.71 元，全自费 208.00 元，超限价 14.00 元，先行自付 57.76 元。',
      '政策范围内 538.71 元，计入起付线 400.00 元，其余按比例，基金支付 97.10 元。',
      '其余 721.37 元由个人负担：个人账户 721.37 元，现金 0.00 元。',
      '卡上余额由 2,760.00 元变为 2,038.63 元。'
    ])
  })

  it('shows what proves it', async () => {
    await openFirst()
    const proof = pane('凭证')
    for (const text of ['4CB35E43', '605535B4', '5 → 6', '2:de65e97a1e409afc', '999999000001']) expect(proof.getByText(text)).toBeDefined()
  })

  it('shows every line', async () => {
    await openFirst()
    expect(opened().getByText('项目 12 条')).toBeDefined()
    expect(opened().getByText('缬沙坦胶囊(测试)')).toBeDefined()
  })

  it('shows a refund with what the card is still owed', async () => {
    await openOf('近7天', '测试三')
    const refund = pane('已整单退费')
    expect(refund.getByText('26.60')).toBeDefined()
    expect(refund.getByText('40.00')).toBeDefined()
    expect(refund.getByText('重复开单(测试)')).toBeDefined()
    expect(opened().queryByRole('button', { name: /退费/ })).toBeNull()
  })

  it('in doubt says what to do, and is neither printed nor refunded', async () => {
    const { fake, press } = await openOf('近7天', 'MZ2026030200008')
    expect(opened().getByText('存疑:H99999900001202603021008300006可能已扣款')).toBeDefined()
    expect(opened().getByText(/请插回同一张卡，由持卡人输入密码/)).toBeDefined()
    expect(opened().queryByRole('button', { name: /退费/ })).toBeNull()
    await press('F8', 'F7')
    expect(fake.prints).toEqual([])
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('that cannot be read says why', async () => {
    const window = await atRecords()
    await found(2)
    window.fake.refuseNext('records.open', HOST_AWAY)
    await window.press('/', 'Enter', 'Enter')
    expect((await screen.findByRole('alert')).textContent).toContain('结算服务正在重新启动')
  })
})

describe('printing once more', () => {
  it('says beforehand whether it will be the original or a copy', async () => {
    const { fake, press } = await openFirst()
    expect(opened().getByText('还没有打印过，下一次是正本。')).toBeDefined()
    await press('F8')
    await screen.findByText('已打印 1 次，再打印将标明副本。')
    await press('F9')
    await screen.findByText('已打印 2 次，再打印将标明副本。')
    expect(fake.prints.map(({ format, to }) => `${format} ${to}`)).toEqual(['a5 printer', '80mm printer'])
  })

  it('saves a PDF and says where', async () => {
    const { user } = await openFirst()
    await user.keyboard('{Shift>}{F8}{/Shift}')
    expect(await screen.findByText(`已存为 /tmp/caresettle-test/${SETTLED}.pdf`)).toBeDefined()
  })

  it('offers no PDF where only the browser prints', async () => {
    await openFirst({ printer: false })
    expect(opened().queryByRole('button', { name: 'PDF' })).toBeNull()
  })
})

describe('taking a settlement back', () => {
  const dialog = (): ReturnType<typeof within> => within(screen.getByRole('dialog'))
  const reason = (): HTMLElement => dialog().getByRole('textbox', { name: '退费原因' })

  async function atRefund(options: WindowOptions = {}, downs = 0): Promise<OpenedWindow> {
    const window = await openFirst(options)
    for (let down = 0; down < downs; down += 1) await window.press('ArrowDown')
    await screen.findByText(downs === 0 ? SETTLED : SMALL)
    await window.press('F7')
    await screen.findByRole('dialog')
    return window
  }

  it('says first what becomes of cash, fund and account', async () => {
    await atRefund({}, 1)
    expect(items(dialog())).toEqual([
      '把现金 26.60 元退给持卡人现在就从钱箱退。',
      '基金没有支付，不用冲回',
      '个人账户的 40.00 元记为待圈存收费终端不能往卡里加钱，只有医保中心签发的圈存可以。退费后接着就能圈存；持卡人不在，就一直记为欠卡，下次带卡来再圈存。'
    ])
  })

  it('wants a reason: without one nothing is asked of the host', async () => {
    const window = await atRefund()
    await window.press('F10')
    await window.user.click(dialog().getByRole('button', { name: '确认退费' }))
    expect(callsOf(window, 'records.refund')).toEqual([])
  })

  it('by keyboard alone: reason, Enter to the button, Enter; then says what to hand back and what is owed', async () => {
    const window = await atRefund()
    await waitFor(() => expect(document.activeElement).toBe(reason()))
    await window.user.keyboard('重复收费{Enter}')
    expect(callsOf(window, 'records.refund')).toEqual([])
    expect(document.activeElement).toBe(dialog().getByRole('button', { name: '确认退费' }))
    await window.press('Enter')
    await dialog().findByText('请退给持卡人现金')
    expect(callsOf(window, 'records.refund')).toEqual([{ settlementId: SETTLED, reason: '重复收费' }])
    expect(dialog().getByText('请退给持卡人现金').nextElementSibling?.textContent).toBe('¥0.00')
    expect(dialog().getByText('欠卡，待圈存').nextElementSibling?.textContent).toBe('¥721.37')
    await waitFor(() => expect(rows()[0]?.at(-1)).toBe('↩ 已退费待圈存 721.37'))
    await window.press('Escape')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await waitFor(() => expect(document.activeElement).toBe(grid()))
    expect(pane('已整单退费').getByText('重复收费')).toBeDefined()
  })

  it('goes on to the load: card, PIN, and then says what the card has', async () => {
    const window = await atRefund({ centre: true })
    await window.user.click(dialog().getByRole('button', { name: '退号' }))
    await window.press('F10')
    await dialog().findByText('欠卡，待圈存')
    await window.press('F10')
    expect(await dialog().findByText('请插入持卡人的卡')).toBeDefined()
    act(() => window.fake.insertCard('retired-32k'))
    expect(await dialog().findByText('读卡器里是另一张卡，请换成 测试一 付款时用的卡')).toBeDefined()
    act(() => window.fake.insertCard('in-service-32k'))
    await waitFor(() => expect(dialog().queryByText('请插入持卡人的卡')).toBeNull())
    await window.press('F10')
    await screen.findByRole('dialog', { name: '输入医保卡密码' })
    await window.user.keyboard(`${FIXTURE_PIN}{Enter}`)
    await dialog().findByText('已圈存')
    expect(dialog().getByText('现在余额').nextElementSibling?.textContent).toBe('¥3,481.37')
    expect(callsOf(window, 'load.start')).toHaveLength(1)
    await waitFor(() => expect(rows()[0]?.at(-1)).toBe('↩ 已退费已圈存 721.37'))
    await window.press('Escape')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await waitFor(() => expect(document.activeElement).toBe(grid()))
    expect(await pane('已整单退费').findByText(/已圈存到卡，当时余额 3,481.37 元/)).toBeDefined()
  })

  it('a centre that does not answer is waited for: no PIN is asked before it has booked the refund', async () => {
    const window = await atRefund({ centre: true, card: 'in-service-32k' })
    act(() => window.fake.centre.goAway('centre-down'))
    await window.user.click(dialog().getByRole('button', { name: '退号' }))
    await window.press('F10')
    await dialog().findByText('欠卡，待圈存')
    await window.press('F10')
    expect(await dialog().findByText(/中心没有正常应答，退费还没入账/)).toBeDefined()
    const tried = callsOf(window, 'sync.now').length
    await window.user.click(dialog().getByRole('button', { name: '再试一次' }))
    expect(callsOf(window, 'sync.now')).toHaveLength(tried + 1)
    expect(screen.queryByRole('dialog', { name: '输入医保卡密码' })).toBeNull()
    act(() => {
      window.fake.centre.comeBack()
      window.fake.centre.confirm()
    })
    await waitFor(() => expect(dialog().queryByText(/退费还没入账/)).toBeNull())
    await window.press('F10')
    expect(await screen.findByRole('dialog', { name: '输入医保卡密码' })).toBeDefined()
  })

  it('of what the centre has refused leads to no load: before and after, it is told to ask for a credit, and no PIN is asked', async () => {
    const window = await openFirst({ centre: true, card: 'in-service-32k' })
    act(() => window.fake.centre.park(SETTLED))
    await screen.findByRole('button', { name: '去同步页' })
    await window.press('F7')
    await screen.findByRole('dialog')
    expect(items(dialog())[2]).toMatch(/^个人账户的 721.37 元记为待圈存中心没有入账这笔结算，退费后不能圈存：.*请回“同步”页重新上传。$/)
    await window.user.click(dialog().getByRole('button', { name: '退号' }))
    await window.press('F10')
    await dialog().findByText('欠卡，待圈存')
    await window.press('F10')
    expect(await dialog().findByText(/^中心没有入账这笔结算，不能圈存这笔退费。.*圈存“中心划入”那一笔。$/)).toBeDefined()
    expect(dialog().queryByText(/下次带卡来时再圈存/)).toBeNull()
    await window.press('F10')
    expect(screen.queryByRole('dialog', { name: '输入医保卡密码' })).toBeNull()
    await window.press('Escape')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(await pane('中心确认').findByText('中心没有入账，已在本机退费，不再上传：')).toBeDefined()
    expect(pane('已整单退费').getByText(/不能圈存这笔退费/)).toBeDefined()
    expect(screen.queryByRole('button', { name: /圈存到卡/ })).toBeNull()
  })

  it('a load that the centre cannot sign now is refused, and the money stays owed', async () => {
    const window = await atRefund({ centre: true, card: 'in-service-32k' })
    await window.user.click(dialog().getByRole('button', { name: '退号' }))
    await window.press('F10')
    await dialog().findByText('欠卡，待圈存')
    await window.press('F10')
    await waitFor(() => expect(dialog().getByRole('button', { name: '输入密码' }).getAttribute('aria-disabled')).toBe('false'))
    act(() => window.fake.centre.goAway('centre-down'))
    await window.press('F10')
    await screen.findByRole('dialog', { name: '输入医保卡密码' })
    await window.user.keyboard(`${FIXTURE_PIN}{Enter}`)
    expect((await dialog().findByRole('alert')).textContent).toContain('由医保中心处理')
    act(() => window.fake.centre.comeBack())
    await window.press('F10')
    expect(await dialog().findByText('已圈存')).toBeDefined()
  })

  it('without a centre the dialog says that nothing can be loaded now', async () => {
    const window = await atRefund({ card: 'in-service-32k' })
    await window.user.click(dialog().getByRole('button', { name: '退号' }))
    await window.press('F10')
    await dialog().findByText('欠卡，待圈存')
    await window.press('F10')
    expect(await dialog().findByText(/本机没有接入中心/)).toBeDefined()
    await window.press('F10')
    expect(callsOf(window, 'load.start')).toEqual([])
  })

  it('takes a common reason with one press', async () => {
    const { user } = await atRefund()
    await user.click(dialog().getByRole('button', { name: '退药' }))
    expect(reason()).toHaveProperty('value', '退药')
  })

  it('takes no more than 200 letters', async () => {
    await atRefund()
    expect(reason().getAttribute('maxlength')).toBe('200')
  })

  it('that is refused says why and stays open', async () => {
    const { fake, user, press } = await atRefund()
    fake.refuseNext('records.refund', ALREADY_REFUNDED)
    await user.click(dialog().getByRole('button', { name: '退号' }))
    await press('F10')
    expect((await dialog().findByRole('alert')).textContent).toContain('该结算已退费')
    expect(reason()).toHaveProperty('value', '退号')
  })

  it('is sent once, however often the button is pressed', async () => {
    const window = await atRefund()
    const release = window.fake.delayNext('records.refund')
    await window.user.click(dialog().getByRole('button', { name: '退号' }))
    await window.press('F10', 'F10', 'Enter')
    expect(callsOf(window, 'records.refund')).toHaveLength(1)
    await act(async () => release())
  })
})

describe('what the centre says', () => {
  it('stands in the record: not confirmed, then booked under its number', async () => {
    const window = await openFirst()
    expect(pane('中心确认').getByText(/待中心确认/)).toBeDefined()
    act(() => window.fake.centre.confirm())
    expect(await pane('中心确认').findByText(/中心已于 2026-03-05 12:00:00 入账/)).toBeDefined()
  })

  it('that was booked otherwise is marked in its row, with both splits and what is due', async () => {
    const window = await openFirst({ centre: true })
    act(() => window.fake.centre.adjust(SETTLED_STATEMENT.settlementId))
    await window.press('F5')
    await waitFor(() => expect(rows()[0]?.at(-1)).toBe('✓ 已结算中心金额不同'))
  })
})

describe('a card that comes back', () => {
  it('shows at the counter what is owed to it, and is loaded there', async () => {
    const window = await openWindow({ centre: true, card: 'in-service-16k' })
    expect(pane('持卡人').getByText(/欠卡/).textContent).toContain('¥40.00')
    await window.user.click(pane('持卡人').getByRole('button', { name: '圈存到卡' }))
    await screen.findByRole('dialog', { name: '圈存到卡' })
    await window.press('F10')
    await screen.findByRole('dialog', { name: '输入医保卡密码' })
    await window.user.keyboard('2468{Enter}')
    await screen.findByText('已圈存')
    expect(pane('持卡人').queryByText(/欠卡/)).toBeNull()
  })
})

describe('in English', () => {
  it('speaks English, names of people and items aside', async () => {
    await openWindow({ language: 'en' }).then(({ press }) => press('F3'))
    await screen.findByRole('searchbox', { name: 'Name, card or number' })
    await found(2)
    expect(rows()[0]?.at(-1)).toBe('✓ Settled')
  })
})

describe('for those who do not see it', () => {
  it('axe finds nothing wrong with the list, an open settlement and the refund', async () => {
    const { press } = await openFirst()
    expect(await accessibilityFaults()).toEqual([])
    await press('F7')
    await screen.findByRole('dialog')
    expect(await accessibilityFaults()).toEqual([])
  })

  it('axe finds nothing wrong with an empty list', async () => {
    await atRecords({ statements: [] })
    await screen.findByText('没有结算记录')
    expect(await accessibilityFaults()).toEqual([])
  })
})
