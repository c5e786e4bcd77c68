// @vitest-environment jsdom
import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { invariant } from '../../../base/invariant.ts'
import { HOST_AWAY } from '../../../electron/contract/fake/fake-refusals.ts'
import { SAMPLE_CARD } from '../../../electron/contract/fake/sample-cards.ts'
import { FIXTURE_PIN, SAMPLE_BILL_NO_CARD } from '../../../electron/contract/fake/sample-views.ts'
import { openWindow, pane, type OpenedWindow } from '../../../test/support/window.tsx'

beforeEach(() => localStorage.clear())
afterEach(cleanup)

const action = (): HTMLElement => {
  const [button] = document.querySelectorAll<HTMLElement>('.main-action__button')
  if (button === undefined) throw new Error('there is no main button')
  return button
}
const step = (): string | undefined => action().dataset['step']
const pinField = (): Promise<HTMLElement> => screen.findByRole('textbox', { name: '输入医保卡密码' })

async function atPin(options: Parameters<typeof openWindow>[0] = {}): Promise<OpenedWindow> {
  const window = await openWindow({ card: 'in-service-32k', ...options })
  await window.press('Enter')
  await screen.findByRole('grid')
  await window.press('Enter')
  await pinField()
  return window
}

async function atPayment(options: Parameters<typeof openWindow>[0] = {}): Promise<OpenedWindow> {
  const window = await atPin(options)
  await window.user.keyboard(`${FIXTURE_PIN}{Enter}`)
  await waitFor(() => expect(step()).toBe('settle'))
  return window
}

describe('a whole settlement without a mouse', () => {
  it('queue, PIN, settle, next: Enter does it all when nothing is due in cash', async () => {
    const { fake, press } = await atPayment()
    expect(action()).toHaveProperty('textContent', '结算 · 无需现金F10')
    await waitFor(() => expect(document.activeElement).toBe(action()))
    await press('Enter')
    await screen.findByRole('heading', { name: '结算完成' })
    expect(fake.calls.filter(({ name }) => name === 'settle').map(({ params }) => params)).toEqual([{ presence: 1, revision: 2, cash: '0.00' }])
    await press('Enter')
    const queue = await screen.findByRole('listbox', { name: '待结算队列' })
    await waitFor(() => expect(document.activeElement).toBe(queue))
  })

  it('cash: received, change, settle', async () => {
    const { press, user } = await atPayment({ card: 'empty-purse' })
    const received = await screen.findByRole('textbox', { name: '实收' })
    await waitFor(() => expect(document.activeElement).toBe(received))
    await user.keyboard('800')
    expect(await screen.findByText('78.63')).toBeDefined()
    await press('Enter')
    await waitFor(() => expect(document.activeElement).toBe(action()))
    await press('Enter')
    await screen.findByRole('heading', { name: '结算完成' })
    expect(document.querySelector('.result__money')?.textContent).toBe('现金¥721.37实收¥800.00找零¥78.63')
  })

  it('too little cash is refused and the keyboard stays there', async () => {
    const { press, user } = await atPayment({ card: 'empty-purse' })
    const received = await screen.findByRole('textbox', { name: '实收' })
    await waitFor(() => expect(document.activeElement).toBe(received))
    await user.keyboard('700')
    expect((await screen.findByRole('alert')).textContent).toContain('700')
    await press('Enter')
    expect(document.activeElement).toBe(received)
  })
})

describe('the next patient', () => {
  it('leaves a bill that came back behind the result, and was not settled, where it is', async () => {
    const { fake, press } = await atPayment()
    await press('F10')
    await screen.findByRole('heading', { name: '结算完成' })
    act(() => fake.emit({ topic: 'bill', bill: { ...SAMPLE_BILL_NO_CARD, visit: { ...SAMPLE_BILL_NO_CARD.visit, visitNo: 'SG1', patient: '' } } }))
    await press('Enter')
    await screen.findByText(/SG1/)
    expect(fake.calls.some(({ name }) => name === 'bill.close')).toBe(false)
  })
})

describe('the one button', () => {
  it('leads from nothing to the PIN', async () => {
    const { fake, press } = await openWindow()
    expect(step()).toBe('pick-bill')
    await press('Enter')
    await waitFor(() => expect(step()).toBe('insert-card'))
    act(() => fake.insertCard('in-service-32k'))
    await waitFor(() => expect(step()).toBe('enter-pin'))
  })

  it('says cash at most while the balance is not known', async () => {
    const { press } = await openWindow({ card: 'in-service-32k' })
    await press('Enter')
    expect(await screen.findByText('现金最多')).toBeDefined()
    expect(document.querySelector('.cash__amount')?.textContent).toBe('¥721.37')
  })

  it.each([
    ['expired', '卡已于2024-12-31过期'],
    ['lost', '该卡已正式挂失'],
    ['other-region', '参保地990100与就医地999999不同,卡上账户只能在本地使用'],
    ['pin-locked', '密码已锁定']
  ])('does not go on with a card that is %s, and the card says why', async (card, what) => {
    const { press } = await openWindow({ card })
    await press('Enter')
    await waitFor(() => expect(step()).toMatch(/card-refused|bill-refused/))
    expect(pane('持卡人').getAllByText(what).length).toBeGreaterThan(0)
    expect(action().getAttribute('aria-disabled')).toBe('true')
  })

  it('names no cash while the card settles nothing: all of the bill is to be paid then, and not what would be left', async () => {
    const { fake } = await atPayment({ card: 'empty-purse' })
    const due = (): string | null | undefined => document.querySelector('.cash__due')?.textContent
    await waitFor(() => expect(due()).toBe('现金应收¥721.37'))
    const refusal = { kind: 'pin-locked', what: { zh: '密码已锁定', en: 'locked' }, mend: null, today: null, blame: 'refusal' } as const
    act(() => fake.emit({ topic: 'card', panel: { state: 'ready', card: { ...SAMPLE_CARD, triesLeft: 0, warnings: [{ kind: 'pin-locked', blocks: true, refusal }] } } }))
    expect(step()).toBe('card-refused')
    expect(due()).toBe('现金应收—')
    expect(screen.queryByRole('textbox', { name: '实收' })).toBeNull()
  })

  it('asks whose bill it is when one that was typed meets the card of somebody else', async () => {
    const { fake, press, user } = await openWindow({ card: 'in-service-32k' })
    await press('F7')
    await user.keyboard('amxl{Enter}')
    await screen.findByRole('textbox', { name: '数量' })
    await user.keyboard('2{Enter}')
    await waitFor(() => expect(step()).toBe('enter-pin'))
    act(() => fake.insertCard('retired-32k'))
    await waitFor(() => expect(step()).toBe('pass-on'))
    expect(pane('费用单').getByText('为测试一做的')).toBeDefined()
    await press('F10')
    const dialog = await screen.findByRole('dialog', { name: '这张单是为测试一做的' })
    expect(dialog.textContent).toContain('现在插着测试二的卡')
    await press('Escape')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(step()).toBe('pass-on')
    await press('F10')
    await screen.findByRole('dialog')
    await press('F10')
    await waitFor(() => expect(step()).toBe('enter-pin'))
    expect(fake.calls.at(-1)).toMatchObject({ name: 'bill.pass-on', params: { presence: 2 } })
  })

  it('pressed twice settles once', async () => {
    const { fake, press } = await atPayment()
    const answer = fake.delayNext('settle')
    await press('F10', 'F10', 'Enter')
    expect(step()).toBe('settling')
    expect(screen.queryByText('请勿拔卡')).toBeNull()
    fake.emit({ topic: 'progress', step: 'debiting' })
    expect(await screen.findByText('请勿拔卡')).toBeDefined()
    answer()
    await screen.findByRole('heading', { name: '结算完成' })
    expect(fake.calls.filter(({ name }) => name === 'settle')).toHaveLength(1)
  })

  it('leaves nothing of the bill to be changed while it is settled', async () => {
    const { fake, press } = await atPayment()
    const answer = fake.delayNext('settle')
    await press('Enter')
    const before = fake.calls.length
    await press('F6', 'F8', '9')
    expect(screen.getByRole('grid', { hidden: true }).closest('[inert]')).not.toBeNull()
    expect(fake.calls).toHaveLength(before)
    answer()
    await screen.findByRole('heading', { name: '结算完成' })
  })

  it('shows what the settlement is doing', async () => {
    const { fake, press } = await atPayment()
    const answer = fake.delayNext('settle')
    await press('Enter')
    act(() => fake.emit({ topic: 'progress', step: 'debiting' }))
    expect(document.querySelector('[aria-current="step"]')?.textContent).toBe('扣减卡内账户')
    answer()
    await screen.findByRole('heading', { name: '结算完成' })
  })
})

describe('the card', () => {
  it('is told apart: nobody, unreadable, ready', async () => {
    const { fake } = await openWindow()
    expect(pane('持卡人').getByText('请插入社会保障卡')).toBeDefined()
    act(() => fake.insertCard('bank-card'))
    expect(pane('持卡人').getByText('这张卡不能使用')).toBeDefined()
    act(() => fake.insertCard('retired-32k'))
    expect(pane('持卡人').getByText('测试二')).toBeDefined()
    expect(pane('持卡人').getByText('输入密码后显示')).toBeDefined()
  })

  it('shows the whole number only while it is held', async () => {
    const { user } = await openWindow({ card: 'in-service-32k' })
    const number = pane('持卡人').getByRole('button', { name: '*****4567' })
    await user.pointer({ keys: '[MouseLeft>]', target: number })
    await waitFor(() => expect(number.textContent).toBe('A12344567'))
    await user.pointer({ keys: '[/MouseLeft]', target: number })
    expect(number.textContent).toBe('*****4567')
  })

  it('that is not the one on the bill is pointed out', async () => {
    const { press } = await openWindow({ card: 'retired-32k' })
    await press('Enter')
    expect(await screen.findByText('与持卡人姓名不同')).toBeDefined()
    expect(await screen.findByText('就诊单上的姓名与持卡人不一致')).toBeDefined()
  })

  it('has the bill of its holder at a key, and without one the button says whose card is wanted', async () => {
    const { fake, press } = await openWindow({ card: 'retired-32k' })
    await press('Enter')
    await waitFor(() => expect(step()).toBe('open-theirs'))
    expect(screen.getByRole('button', { name: /打开测试二的费用单/ })).toBeDefined()
    await press('F10')
    await screen.findByRole('heading', { name: '测试二' })
    expect(fake.calls.findLast(({ name }) => name === 'bill.open-queue')?.params).toEqual({ file: 'MZ2026030500002.json' })
    expect(step()).toBe('enter-pin')
    act(() => fake.insertCard('in-service-16k'))
    await waitFor(() => expect(step()).toBe('their-card'))
    expect(screen.getByRole('button', { name: /请换患者本人的卡/ })).toBeDefined()
  })

  it('that leaves takes the PIN dialog along', async () => {
    const { fake, user } = await atPin()
    await user.keyboard('2468')
    act(() => fake.removeCard())
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(step()).toBe('insert-card')
  })
})

describe('in doubt', () => {
  async function leftInDoubt(): Promise<OpenedWindow> {
    const window = await atPayment()
    act(() => window.fake.armFault('remove-after-debit'))
    await window.press('Enter')
    await screen.findByRole('dialog')
    return window
  }

  it('opens by itself and says what to do', async () => {
    await leftInDoubt()
    const dialog = await screen.findByRole('dialog')
    expect(dialog.textContent).toContain('存疑 1 笔')
    expect(dialog.textContent).toContain('请放回同一张卡。不要再次收费。')
    expect(dialog.textContent).toContain('721.37')
  })

  it('leads to the PIN when the card is back, and resolves itself when it is given', async () => {
    const { fake, press, user } = await leftInDoubt()
    const dialog = await screen.findByRole('dialog')
    expect(dialog.querySelector('[aria-current="step"]')?.textContent).toContain('请放回同一张卡。不要再次收费。')
    act(() => fake.insertCard('in-service-32k'))
    const prove = await within(dialog).findByRole('button', { name: '输入密码核实' })
    await waitFor(() => expect(document.activeElement).toBe(prove))
    expect(dialog.querySelector('[aria-current="step"]')?.textContent).toContain('请持卡人输入密码')
    await press('F10')
    await pinField()
    await user.keyboard(`${FIXTURE_PIN}{Enter}`)
    expect((await screen.findAllByText('已扣款一次，并已入账')).length).toBeGreaterThan(0)
    expect(screen.getByText('无存疑')).toBeDefined()
  })

  it('says so above the counter where nothing else is open, and F10 leads to the PIN', async () => {
    const { fake, press, user } = await leftInDoubt()
    await press('Escape')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(step()).toBe('pick-bill')
    act(() => fake.insertCard('in-service-32k'))
    const note = await screen.findByText('这张卡存疑待核实：请持卡人输入密码，不要再次收费')
    expect(note.parentElement?.textContent).toContain('MZ2026030500001 · 可能已扣账户 ¥721.37')
    expect(screen.queryByText('仍然存疑')).toBeNull()
    expect(step()).toBe('prove-pin')
    // No dialog by itself: what is being scanned or typed now is no answer.
    expect(screen.queryByRole('dialog')).toBeNull()
    await press('F10')
    await pinField()
    await user.keyboard(`${FIXTURE_PIN}{Enter}`)
    await screen.findByText('已扣款一次，并已入账')
    expect(screen.queryByText(/存疑待核实/)).toBeNull()
    expect(step()).toBe('pick-bill')
  })

  it('another card is not asked for its PIN on that account', async () => {
    const { fake, press } = await leftInDoubt()
    act(() => fake.insertCard('in-service-32k'))
    await within(await screen.findByRole('dialog')).findByRole('button', { name: '输入密码核实' })
    act(() => fake.insertCard('retired-32k'))
    await waitFor(() => expect(screen.queryByRole('button', { name: '输入密码核实' })).toBeNull())
    await press('Escape')
    await waitFor(() => expect(step()).toBe('pick-bill'))
  })

  it('what was not charged is released by the card alone', async () => {
    const window = await atPayment()
    act(() => window.fake.armFault('cut-in-debit'))
    await window.press('Enter')
    await screen.findByRole('dialog')
    act(() => window.fake.insertCard('in-service-32k'))
    expect((await screen.findAllByText('没有扣款：可以重新结算，或退还已收的现金')).length).toBeGreaterThan(0)
    expect(screen.queryByRole('button', { name: '输入密码核实' })).toBeNull()
  })
})

/** A host that ended, and has no bill when it is asked how it stands. */
async function loseBill(fake: OpenedWindow['fake']): Promise<void> {
  act(() => fake.hostAway())
  await act(async () => {
    const answer = fake.delayNext('terminal.state')
    fake.hostBack()
    await fake.call('bill.close', {})
    answer()
  })
}

describe('the host', () => {
  it('that is away is said above everything, and nothing can be settled meanwhile', async () => {
    const { fake } = await atPayment()
    act(() => fake.hostAway())
    expect(screen.getByText('结算服务正在重新启动')).toBeDefined()
    expect(step()).toBe('wait')
    act(() => fake.hostBack())
    await waitFor(() => expect(screen.queryByText('结算服务正在重新启动')).toBeNull())
    expect(step()).toBe('settle')
  })

  it('that came back without the bill that was open says so until the next one is opened, however short it was away', async () => {
    const { fake, press } = await atPayment()
    await loseBill(fake)
    expect((await screen.findByText('结算服务重新启动过，刚才的单子没有结算，已经关闭')).closest('[role="alert"]')?.textContent).toContain('没有扣款')
    await waitFor(() => expect(step()).toBe('pick-bill'))
    await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('listbox'))
    await press('Enter')
    await screen.findByRole('grid')
    expect(screen.queryByText(/重新启动过/)).toBeNull()
  })

  it('that ended while it settled says nothing of what it did not charge', async () => {
    const { fake, press } = await atPayment()
    fake.refuseNext('settle', HOST_AWAY)
    await press('F10')
    await screen.findByRole('alert')
    await loseBill(fake)
    expect(screen.queryByText(/重新启动过/)).toBeNull()
  })

  it('that was away while no bill was open has lost none', async () => {
    const { fake } = await openWindow({ card: 'in-service-32k' })
    await loseBill(fake)
    expect(screen.queryByText(/重新启动过/)).toBeNull()
  })
})

describe('a fund that the centre has closed to the patient', () => {
  it('says so where its amount is missed, in the centre’s words', async () => {
    const { stores } = await atPayment()
    const closed = (fund: string, zh: string, why: string | null) => ({ fund, name: { zh, en: zh }, why })
    act(() =>
      stores.bill.setState(({ head }) => {
        if (head?.outcome.state !== 'computed') throw new Error('the bill is computed')
        const closedFunds = [closed('hifp_pay', '基本医疗保险统筹基金', '欠费停保'), closed('hifob_pay', '大额医疗费用补助基金', null)]
        return { head: { ...head, outcome: { ...head.outcome, sums: { ...head.outcome.sums, closedFunds } } } }
      })
    )
    const split = pane('费用分担')
    expect(split.getByText('不享受基本医疗保险统筹基金待遇').closest('.split__row')?.textContent).toBe('不享受基本医疗保险统筹基金待遇医保中心：欠费停保中心已更正的，按 F5 重新读卡')
    expect(split.getByText('不享受大额医疗费用补助基金待遇').closest('.split__row')?.textContent).toBe('不享受大额医疗费用补助基金待遇按医保中心核定中心已更正的，按 F5 重新读卡')
  })
})

describe('what is owed to a card', () => {
  it('is put back each by its own button: a credit of the centre waits for no refund that stands before it', async () => {
    const { fake, user } = await openWindow({ card: 'in-service-32k', centre: true })
    const [refund, credit] = [
      { owed: 'S1', purpose: 'refund', amount: '721.37', reason: { zh: '已退费', en: 'refunded' } },
      { owed: 'C1', purpose: 'credit', amount: '300.00', reason: { zh: '中心划入', en: 'credit of the centre' } }
    ] as const
    act(() => fake.emit({ topic: 'card', panel: { state: 'ready', card: { ...SAMPLE_CARD, owed: [refund, credit] } } }))
    const [, second] = screen.getAllByRole('button', { name: '圈存到卡' })
    invariant(second !== undefined, 'a button each')
    await user.click(second)
    expect((await screen.findByText('欠卡', { selector: '.load__owed' })).textContent).toBe('欠卡 ¥300.00')
  })
})
