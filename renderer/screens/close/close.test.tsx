// @vitest-environment jsdom
import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CLOSE_STALE } from '../../../electron/contract/fake/fake-centre-refusals.ts'
import { SAMPLE_IN_DOUBT, SETTLED_STATEMENT } from '../../../electron/contract/fake/sample-views.ts'
import { accessibilityFaults } from '../../../test/support/accessibility.ts'
import { openWindow, pane, type OpenedWindow, type WindowOptions } from '../../../test/support/window.tsx'

beforeEach(() => localStorage.clear())
afterEach(cleanup)

async function atClose(options: WindowOptions = {}): Promise<OpenedWindow> {
  const window = await openWindow({ centre: true, ...options })
  await window.press('F12')
  await screen.findByRole('list', { name: options.language === 'en' ? 'Steps of the close' : '日结步骤' })
  return window
}

const steps = (): (string | null)[] => within(screen.getByRole('list', { name: '日结步骤' })).getAllByRole('listitem').map((step) => step.textContent)
const row = (name: string): string => document.querySelector(`[data-row="${name}"]`)?.textContent ?? ''
const asked = ({ fake }: OpenedWindow, name: string): readonly object[] => fake.calls.filter((call) => call.name === name).map(({ params }) => params)

async function count(window: OpenedWindow, float: string, counted: string): Promise<void> {
  await window.press('F6')
  if (float !== '') await window.user.keyboard(float)
  await window.user.clear(screen.getByLabelText('清点'))
  await window.user.keyboard(`${counted}{Enter}`)
}

const chosenDifference = (): string | null | undefined => pane('差异').getByRole('option', { selected: true }).textContent

const decision = (): (string | null | undefined)[] => [
  pane('差异').getByRole('radio', { checked: true }).closest('label')?.textContent,
  screen.getByLabelText<HTMLInputElement>('说明').value
]

const drawerFields = (): string[] => ['备用金', '清点'].map((name) => screen.getByLabelText<HTMLInputElement>(name).value)

async function leaveAndComeBack(window: OpenedWindow): Promise<void> {
  await window.press('F3')
  await waitFor(() => expect(screen.queryByRole('region', { name: '钱箱' })).toBeNull())
  await window.press('F12')
  await screen.findByRole('region', { name: '钱箱' })
}

/** Of three differences the second is decided, and the host has not answered yet. */
async function deciding(): Promise<{ readonly window: OpenedWindow; readonly answer: () => void }> {
  const window = await atClose({ inDoubt: [SAMPLE_IN_DOUBT] })
  act(() => window.fake.centre.adjust(SETTLED_STATEMENT.settlementId))
  await count(window, '200', '290')
  await pane('差异').findByRole('option', { name: /钱箱短款/ })
  await window.user.click(await pane('差异').findByRole('option', { name: /金额不同/ }))
  await window.user.click(screen.getByRole('radio', { name: '以中心金额为准' }))
  const answer = window.fake.delayNext('close.resolve')
  await window.user.click(screen.getByRole('button', { name: '就这样处理' }))
  return { window, answer }
}

async function closed(): Promise<OpenedWindow> {
  const window = await atClose()
  await count(window, '200', '293.20')
  await waitFor(() => expect(steps()[3]).toBe('▸签名现在做'))
  await sign(window)
  return window
}

/** What lies there is what should: the day can be signed. */
async function countToSign(window: OpenedWindow): Promise<void> {
  await count(window, '200', '293.20')
  await waitFor(() => expect(pane('签名').getByText('可以签名')).toBeDefined())
}

async function sign(window: OpenedWindow): Promise<void> {
  await window.press('F10')
  await screen.findByRole('dialog', { name: '签名日结' })
  await window.press('F10')
  await screen.findByRole('region', { name: '已日结' })
}

async function reopen(window: OpenedWindow): Promise<void> {
  await window.user.click(screen.getByRole('button', { name: '重开' }))
  await screen.findByRole('dialog', { name: '重开日结' })
  await waitFor(() => expect(document.activeElement?.id).toBe('reopen-reason'))
  await window.user.keyboard('漏记一笔退费')
  await window.press('F10')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
}

describe('closing a day', () => {
  it('goes by steps, and F10 does not sign before all are done', async () => {
    const window = await atClose()
    expect(steps()).toEqual(['✓同步已完成', '▸清点钱箱现在做', '✓处理差异已完成', '4签名还没到'])
    await window.press('F10')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(pane('签名').getByText('钱箱还没有清点')).toBeDefined()
  })

  it('shows four books side by side, and says in words what differs and by how much', async () => {
    const window = await atClose()
    expect(row('total')).toBe('总额951.67951.67—不适用951.67✓ 相符')
    expect(row('account')).toBe('个人账户761.37761.37761.37761.37✓ 相符')
    act(() => window.fake.centre.adjust(SETTLED_STATEMENT.settlementId))
    await waitFor(() => expect(row('cash')).toBe('现金93.2093.20—不适用103.20≠ 不符中心与账本差10.00'))
    expect(pane('四方核对').getByText(/^为什么不符，见下面的“差异”/)).toBeDefined()
  })

  it('a fund, of which the centre tells nothing alone, agrees here only, while the sum of the funds differs', async () => {
    const window = await atClose()
    act(() => window.fake.centre.adjust(SETTLED_STATEMENT.settlementId))
    await waitFor(() => expect(row('fund-paid')).toBe('基金支付97.1097.10—不适用87.10≠ 不符中心与账本差-10.00'))
    expect(row('fund:hifp_pay')).toBe('基本医疗保险统筹基金97.1097.10—不适用—不适用✓ 本机相符')
    expect(pane('四方核对').getByText(/中心只报基金合计，不分列各基金$/)).toBeDefined()
  })

  it('says what differs where it is no difference: the centre never booked it, and it was taken back here', async () => {
    const window = await atClose()
    const { settlementId } = SETTLED_STATEMENT
    await act(async () => {
      window.fake.centre.park(settlementId)
      await window.fake.call('records.refund', { settlementId, reason: '退号' })
      window.fake.centre.confirm()
    })
    await waitFor(() => expect(row('settlements')).toBe('结算笔数55—不适用4≠ 不符中心与账本差-1'))
    expect(pane('差异').getByRole('status').textContent).toBe('没有差异')
    expect(pane('四方核对').getByText('不符的是中心没有入账、已在本机退费的结算，两边都不欠，可以签名')).toBeDefined()
    await count(window, '200', '250')
    await waitFor(() => expect(pane('四方核对').getByText(/^为什么不符，见下面的“差异”/)).toBeDefined())
  })

  it('says so where the centre was not asked, for then three agree and not four', async () => {
    await atClose({ centre: false })
    expect(pane('四方核对').getByText('这次没有与中心核对，只核对了收费台、账本和卡')).toBeDefined()
  })

  it('whoever has it compared again has what is not confirmed sent now, and not when the outbox tries again by itself', async () => {
    const window = await atClose()
    const { settlementId } = SETTLED_STATEMENT
    await act(async () => {
      window.fake.centre.goAway('centre-down')
      await window.fake.call('records.refund', { settlementId, reason: '退号' })
    })
    await waitFor(() => expect(pane('差异').getByRole('option', { name: /未确认/ })).toBeDefined())
    expect(asked(window, 'sync.now')).toEqual([])
    await window.press('F5')
    await waitFor(() => expect(asked(window, 'sync.now')).toHaveLength(1))
  })

  it('does not call the sync done where what is left of it is carried over', async () => {
    const window = await atClose({ centre: false })
    expect(steps()[0]).toBe('▸同步现在做')
    await window.user.type(screen.getByLabelText('说明'), '未接入')
    await window.user.click(screen.getByRole('button', { name: '就这样处理' }))
    await waitFor(() => expect(steps().slice(0, 2)).toEqual(['–同步没有全部完成，不影响签名', '▸清点钱箱现在做']))
  })

  it('compares the drawer: even, short or over, in a word', async () => {
    const window = await atClose()
    await count(window, '200', '290')
    await waitFor(() => expect(pane('钱箱').getByText('短款')).toBeDefined())
    expect(pane('差异').getByRole('option').textContent).toContain('钱箱短款')
    await count(window, '', '293.20')
    await waitFor(() => expect(pane('钱箱').getByText('账实相符')).toBeDefined())
    expect(asked(window, 'close.count').at(-1)).toEqual({ float: '200.00', counted: '293.20' })
  })

  it('says what was typed and is no amount', async () => {
    const window = await atClose()
    await count(window, '2oo', '293.20')
    expect((await screen.findByRole('alert')).textContent).toContain('“2oo”不是金额')
  })

  it('what was typed of the drawer and not counted is there when the screen comes back, and the count takes its place', async () => {
    const window = await atClose()
    await window.press('F6')
    await window.user.keyboard('200{Tab}293.2')
    await leaveAndComeBack(window)
    expect(drawerFields()).toEqual(['200.00', '293.2'])
    expect(asked(window, 'close.count')).toEqual([])
    await window.user.click(screen.getByLabelText('清点'))
    await window.user.keyboard('{Enter}')
    await waitFor(() => expect(pane('钱箱').getByText('账实相符')).toBeDefined())
    await leaveAndComeBack(window)
    expect(drawerFields()).toEqual(['200.00', '293.20'])
  })

  it('what was counted of the drawer ends with the day that is signed', async () => {
    const window = await atClose()
    await countToSign(window)
    await sign(window)
    await reopen(window)
    expect(drawerFields()).toEqual(['', ''])
  })

  it('what was typed of the drawer is not of the day behind it, when that was signed elsewhere meanwhile', async () => {
    const window = await atClose()
    await countToSign(window)
    await window.user.type(screen.getByLabelText('清点'), '9')
    await act(async () => {
      const view = await window.fake.call('close.open', {})
      if (view.ok) await window.fake.call('close.sign', { revision: view.value.revision })
    })
    await window.press('F2', 'F12')
    await screen.findByRole('button', { name: '重开' })
    await reopen(window)
    await waitFor(() => expect(drawerFields()).toEqual(['', '']))
  })

  it('is not signed over a drawer that is being typed anew: what was counted would be signed, and not what stands there', async () => {
    const window = await atClose()
    await countToSign(window)
    await window.user.type(screen.getByLabelText('清点'), '{Backspace}1')
    expect(pane('签名').getByText('钱箱改过的金额还没有清点，按“记下清点”')).toBeDefined()
    await window.press('F10')
    expect(screen.queryByRole('dialog')).toBeNull()
    await window.user.click(screen.getByLabelText('清点'))
    await window.user.keyboard('{End}{Backspace}0')
    await waitFor(() => expect(pane('签名').getByText('可以签名')).toBeDefined())
  })

  it('is not signed over a difference whose resolution is being changed: what was decided would be signed, and not what stands there', async () => {
    const window = await atClose()
    await count(window, '200', '290')
    await pane('差异').findByRole('option', { name: /钱箱短款/ })
    await window.user.type(screen.getByLabelText('说明'), '找零差错')
    await window.user.click(screen.getByRole('button', { name: '就这样处理' }))
    await waitFor(() => expect(pane('签名').getByText('可以签名')).toBeDefined())
    await window.user.type(screen.getByLabelText('说明'), '，已登记')
    expect(pane('签名').getAllByRole('listitem').map((one: HTMLElement) => one.textContent)).toEqual(['“钱箱”改过的处理办法还没有记下，按“就这样处理”'])
    await window.press('F10')
    expect(screen.queryByRole('dialog')).toBeNull()
    await window.user.click(screen.getByRole('button', { name: '就这样处理' }))
    await waitFor(() => expect(pane('签名').getByText('可以签名')).toBeDefined())
    expect(asked(window, 'close.resolve').at(-1)).toMatchObject({ item: 'drawer', note: '找零差错，已登记' })
  })

  it('what is typed of the drawer while the host counts stays as it is typed', async () => {
    const window = await atClose()
    await window.press('F6')
    await window.user.keyboard('200{Tab}290')
    const answer = window.fake.delayNext('close.count')
    await window.user.keyboard('{Enter}.50')
    await act(async () => answer())
    await waitFor(() => expect(pane('钱箱').getByText('短款')).toBeDefined())
    expect(drawerFields()).toEqual(['200.00', '290.50'])
  })

  it('wants a resolution for each difference, with a note where one is needed, and goes on to the next', async () => {
    const window = await atClose({ inDoubt: [SAMPLE_IN_DOUBT] })
    act(() => window.fake.centre.adjust(SETTLED_STATEMENT.settlementId))
    await waitFor(() => expect(pane('差异').getAllByRole('option')).toHaveLength(2))
    await window.press('F7')
    await window.user.click(screen.getByRole('button', { name: '就这样处理' }))
    expect(document.activeElement?.id).toBe('difference-note')
    expect(asked(window, 'close.resolve')).toEqual([])
    await window.user.keyboard('持卡人明天来{Enter}{Enter}')
    await waitFor(() => expect(pane('差异').getByRole('status').textContent).toBe('还有 1 项要处理'))
    expect(chosenDifference()).toContain('金额不同')
    expect(document.activeElement?.getAttribute('role')).toBe('listbox')
    await window.user.click(screen.getByRole('radio', { name: '以中心金额为准' }))
    await window.user.click(screen.getByRole('button', { name: '就这样处理' }))
    await waitFor(() => expect(pane('差异').getByRole('status').textContent).toBe('都已有处理办法'))
    expect(asked(window, 'close.resolve').map((params) => ('resolution' in params ? params.resolution : ''))).toEqual(['carry-over', 'take-centre-amount'])
  })

  it('keeps the way and the note of a difference as they were left, each its own, until it is decided', async () => {
    const window = await atClose({ inDoubt: [SAMPLE_IN_DOUBT] })
    act(() => window.fake.centre.adjust(SETTLED_STATEMENT.settlementId))
    await window.user.click(await pane('差异').findByRole('option', { name: /金额不同/ }))
    await window.user.click(screen.getByRole('radio', { name: '交人处理' }))
    await window.user.type(screen.getByLabelText('说明'), '交医保科')
    await window.user.click(pane('差异').getByRole('option', { name: /存疑/ }))
    expect(decision()).toEqual(['带入下一日', ''])
    await window.user.type(screen.getByLabelText('说明'), '持卡人明天来')
    await leaveAndComeBack(window)
    expect(decision()).toEqual(['带入下一日', '持卡人明天来'])
    await window.user.click(pane('差异').getByRole('option', { name: /金额不同/ }))
    expect(decision()).toEqual(['交人处理', '交医保科'])
    expect(asked(window, 'close.resolve')).toEqual([])
    await window.user.click(screen.getByRole('button', { name: '就这样处理' }))
    await waitFor(() => expect(pane('差异').getByRole('status').textContent).toBe('还有 1 项要处理'))
    expect(asked(window, 'close.resolve')).toMatchObject([{ resolution: 'hand-to-person', note: '交医保科' }])
  })

  it('what was noted of a drawer that is short is not of the next day, whose drawer is short as well', async () => {
    const window = await atClose()
    await count(window, '200', '290')
    await pane('差异').findByRole('option', { name: /钱箱短款/ })
    await window.user.type(screen.getByLabelText('说明'), '找错零钱')
    await act(async () => {
      await window.fake.call('close.resolve', { item: 'drawer', resolution: 'book-difference', note: '另一处已登记' })
      const view = await window.fake.call('close.open', {})
      if (view.ok) await window.fake.call('close.sign', { revision: view.value.revision })
    })
    await window.press('F2', 'F12')
    await screen.findByRole('button', { name: '重开' })
    await reopen(window)
    await count(window, '200', '290')
    await pane('差异').findByRole('option', { name: /钱箱短款/ })
    expect(decision()).toEqual(['按长短款登记', ''])
  })

  it('what is noted of a difference while the host answers a decision stays as it is typed', async () => {
    const { window, answer } = await deciding()
    await window.user.type(screen.getByLabelText('说明'), '患者已知')
    await act(async () => answer())
    await window.user.click(pane('差异').getByRole('option', { name: /金额不同/ }))
    expect(decision()).toEqual(['以中心金额为准', '患者已知'])
  })

  it('leaves the keyboard where somebody has gone to while the host answers a decision', async () => {
    const { window, answer } = await deciding()
    await window.user.click(screen.getByLabelText('清点'))
    await act(async () => answer())
    await waitFor(() => expect(pane('差异').getByRole('status').textContent).toBe('还有 2 项要处理'))
    expect(document.activeElement?.id).toBe('drawer-counted')
  })

  it('leaves another difference chosen that somebody has gone to while the host answers a decision', async () => {
    const { window, answer } = await deciding()
    await window.user.click(pane('差异').getByRole('option', { name: /钱箱短款/ }))
    await act(async () => answer())
    await waitFor(() => expect(pane('差异').getByRole('status').textContent).toBe('还有 2 项要处理'))
    expect(chosenDifference()).toContain('钱箱短款')
  })

  it('what is owed to a card is no difference: its name, its amount and since when stand in a pane of their own, and nothing waits for it', async () => {
    await atClose()
    const [owed] = pane('欠卡，待圈存').getAllByRole('listitem')
    expect(owed?.textContent).toBe('测试三应退回卡上账户40.00元，自2026-03-04 16:02:11起¥40.00打开记录')
    expect(pane('差异').getByRole('status').textContent).toBe('没有差异')
    expect(pane('签名').getAllByRole('listitem').map((one: HTMLElement) => one.textContent)).toEqual(['钱箱还没有清点'])
  })

  it('shows whoever signs what is signed with it: what, whose, how much, and what becomes of it', async () => {
    const window = await atClose()
    await count(window, '200', '290')
    await waitFor(() => expect(pane('差异').getAllByRole('option')).toHaveLength(1))
    await window.user.click(pane('差异').getByRole('radio', { name: '按长短款登记' }))
    await window.user.click(pane('差异').getByRole('textbox', { name: /说明/ }))
    await window.user.keyboard('找零差错{Enter}{Enter}')
    await waitFor(() => expect(pane('签名').getByText('可以签名')).toBeDefined())
    await window.press('F10')
    const dialog = within(await screen.findByRole('dialog', { name: '签名日结' }))
    expect(dialog.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      '欠卡，待圈存 · 测试三¥40.00应退回卡上账户40.00元，自2026-03-04 16:02:11起带入下一日',
      '钱箱¥−3.20钱箱短款按长短款登记 · 找零差错'
    ])
    expect(dialog.queryByText('没有差异')).toBeNull()
  })

  it('leads from a difference to its record', async () => {
    const window = await atClose({ inDoubt: [SAMPLE_IN_DOUBT] })
    await window.user.click(pane('差异').getByRole('button', { name: '打开记录' }))
    expect(await screen.findByRole('region', { name: '结算详情' })).toBeDefined()
  })

  it('signs what was seen, and shows the day that is closed', async () => {
    const window = await closed()
    expect(pane('已日结').getByText('951.67')).toBeDefined()
    expect(steps()[3]).toBe('✓签名已完成')
    expect(asked(window, 'close.sign')).toHaveLength(1)
    expect(pane('以前的日结').getByText('无差异')).toBeDefined()
  })

  it('books that moved while it was looked at are compared anew, and nothing is signed', async () => {
    const window = await atClose()
    await countToSign(window)
    await window.press('F10')
    await screen.findByRole('dialog')
    window.fake.refuseNext('close.sign', CLOSE_STALE)
    const before = asked(window, 'close.open').length
    await window.press('F10')
    expect((await screen.findByRole('alert')).textContent).toContain('账目刚刚有变动')
    await waitFor(() => expect(asked(window, 'close.open')).toHaveLength(before + 1))
  })
})

it('a till that has booked nothing yet speaks of no close before', async () => {
  await atClose({ statements: [] })
  expect(pane('账期').getByText('还没有可以日结的账目').parentElement?.textContent).toBe('还没有可以日结的账目有了结算、退费或圈存，就可以日结。')
  expect(pane('以前的日结').getByText('还没有日结过')).toBeDefined()
})

describe('a day that was closed', () => {
  it('is opened again with a reason', async () => {
    const window = await closed()
    await reopen(window)
    expect(document.activeElement?.id).toBe('drawer-float')
    expect(row('total')).toContain('951.67')
    expect(pane('以前的日结').getByText('2026-03-05 18:30:00 重开：漏记一笔退费')).toBeDefined()
    expect(screen.queryByRole('button', { name: '重开' })).toBeNull()
  })

  it('comes to paper, PDF and CSV', async () => {
    const window = await closed()
    await window.press('Shift>', 'F8', '/Shift')
    await waitFor(() => expect(window.fake.prints).toEqual([{ format: 'a4', to: 'pdf', name: 'close-2026-03-05-100' }]))
    expect(await pane('已日结').findByText('已存到 /tmp/caresettle-test/close-2026-03-05-100.pdf')).toBeDefined()
    await window.press('F9')
    expect(await pane('已日结').findByText('已存到 /tmp/caresettle-test/closes/2026-03-05.csv')).toBeDefined()
  })
})

describe('the charts', () => {
  it('have their numbers as tables', async () => {
    await atClose()
    const tables = pane('当日图表').getAllByRole('table', { hidden: true })
    expect(within(tables[0] ?? document.body).getAllByRole('row', { hidden: true }).map((line) => line.textContent)).toEqual([
      '项目金额',
      '基本医疗保险统筹基金97.10',
      '个人账户761.37',
      '现金93.20'
    ])
    expect(within(tables[2] ?? document.body).getAllByRole('row', { hidden: true }).map((line) => line.textContent)[1]).toBe('09 时2885.07')
  })
})

describe.each(['zh-CN', 'en'] as const)('in %s', (language) => {
  it('a day with differences can be closed by everybody', async () => {
    const window = await atClose({ language, inDoubt: [SAMPLE_IN_DOUBT] })
    act(() => window.fake.centre.adjust(SETTLED_STATEMENT.settlementId))
    await waitFor(() => expect(document.querySelectorAll('[role="option"]').length).toBe(2))
    expect(await accessibilityFaults()).toEqual([])
  })
})
