// @vitest-environment jsdom
import { act, cleanup, createEvent, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { notInTray } from '../../../electron/contract/fake/fake-refusals.ts'
import { FIXTURE_PIN, SAMPLE_READER, SAMPLE_TRACE } from '../../../electron/contract/fake/sample-views.ts'
import type { RequestName } from '../../../electron/contract/requests.ts'
import { accessibilityFaults } from '../../../test/support/accessibility.ts'
import { openWindow, pane, type OpenedWindow, type WindowOptions } from '../../../test/support/window.tsx'

beforeEach(() => localStorage.clear())
afterEach(cleanup)

async function atReader(options: WindowOptions = {}): Promise<OpenedWindow> {
  const window = await openWindow(options)
  await window.press('F4')
  await screen.findByRole('toolbar', { name: '卡托盘' })
  return window
}

const card = (name: RegExp): HTMLElement => screen.getByRole('button', { name })
const callsOf = ({ fake }: OpenedWindow, ...names: readonly RequestName[]): readonly string[] =>
  fake.calls.filter(({ name }) => names.includes(name)).map(({ name, params }) => [name, ...Object.values(params)].join(' '))
const acts = (window: OpenedWindow): readonly string[] => callsOf(window, 'reader.insert', 'reader.remove')
const device = (): ReturnType<typeof within> => pane('读卡器')

describe('the tray', () => {
  it('a click puts a card in, and another takes it out again', async () => {
    const window = await atReader()
    await window.user.click(card(/在职职工,32K/))
    await waitFor(() => expect(card(/在职职工,32K/).getAttribute('aria-pressed')).toBe('true'))
    expect(device().getByText('卡已就绪')).toBeDefined()
    await window.user.click(card(/在职职工,32K/))
    await waitFor(() => expect(device().getByText('无卡')).toBeDefined())
    expect(acts(window)).toEqual(['reader.insert in-service-32k', 'reader.remove'])
  })

  it('without a mouse: arrows to a card, Enter puts it in, Delete takes it out', async () => {
    const window = await atReader()
    act(() => card(/在职职工,32K/).focus())
    await window.press('ArrowRight', 'ArrowRight', 'ArrowLeft', 'Enter')
    await waitFor(() => expect(card(/退休职工/).getAttribute('aria-pressed')).toBe('true'))
    await window.press('Delete')
    await waitFor(() => expect(card(/退休职工/).getAttribute('aria-pressed')).toBe('false'))
    expect(acts(window)).toEqual(['reader.insert retired-32k', 'reader.remove'])
  })

  it('Delete takes the card out wherever the keyboard is', async () => {
    const window = await atReader({ card: 'in-service-32k' })
    await window.press('Delete')
    await waitFor(() => expect(device().getByText('无卡')).toBeDefined())
    expect(acts(window)).toEqual(['reader.remove'])
  })

  it('is one stop of the tab key', async () => {
    await atReader()
    const stops = within(screen.getByRole('toolbar')).getAllByRole('button').filter((button: HTMLElement) => button.tabIndex === 0)
    expect(stops).toHaveLength(1)
  })

  it('a card that is dragged onto the reader goes in, and back onto the tray comes out', async () => {
    const window = await atReader()
    drag(card(/已过期/), device().getByText('虚拟读卡器'))
    await waitFor(() => expect(card(/已过期/).getAttribute('aria-pressed')).toBe('true'))
    drag(card(/已过期/), screen.getByRole('toolbar'))
    await waitFor(() => expect(card(/已过期/).getAttribute('aria-pressed')).toBe('false'))
    expect(acts(window)).toEqual(['reader.insert expired', 'reader.remove'])
  })

  it('something else that is dropped is no card', async () => {
    const window = await atReader()
    const target = device().getByText('虚拟读卡器')
    const drop = createEvent.drop(target, { dataTransfer: { types: ['text/plain'], getData: () => '' } })
    fireEvent(target, drop)
    expect(acts(window)).toEqual([])
  })

  it('says why a card could not be put in, until the next attempt', async () => {
    const window = await atReader()
    window.fake.refuseNext('reader.insert', notInTray('lost'))
    await window.user.click(card(/已挂失/))
    expect((await screen.findByRole('alert')).textContent).toContain('托盘里没有测试卡lost')
    await window.user.click(card(/已过期/))
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  })

  it('shows that a card is on its way in', async () => {
    const window = await atReader()
    const release = window.fake.delayNext('reader.insert')
    await window.user.click(card(/已过期/))
    expect(card(/已过期/).getAttribute('aria-busy')).toBe('true')
    await act(async () => release())
    await waitFor(() => expect(card(/已过期/).getAttribute('aria-busy')).toBe('false'))
  })
})

/** A drag as the browser tells it: what is taken along is there when it is dropped. */
function drag(from: HTMLElement, to: HTMLElement): void {
  const carried = new Map<string, string>()
  const dataTransfer = {
    effectAllowed: 'none',
    dropEffect: 'none',
    get types() {
      return [...carried.keys()]
    },
    setData: (type: string, data: string) => void carried.set(type, data),
    getData: (type: string) => carried.get(type) ?? ''
  }
  fireEvent.dragStart(from, { dataTransfer })
  fireEvent.dragOver(to, { dataTransfer })
  fireEvent.drop(to, { dataTransfer })
}

describe('the reader', () => {
  it('tells apart no card, a card that is read, ready, and not usable', async () => {
    const { fake } = await atReader()
    expect(device().getByText('无卡')).toBeDefined()
    act(() => fake.emit({ topic: 'card', panel: { state: 'reading', presence: 9 } }))
    expect(device().getByText('正在读卡')).toBeDefined()
    act(() => fake.insertCard('bank-card'))
    expect(device().getByText('卡不可用')).toBeDefined()
    act(() => fake.insertCard('in-service-32k'))
    expect(device().getByText('卡已就绪')).toBeDefined()
  })

  it('shows what stands in both slots', async () => {
    await atReader({ card: 'in-service-32k' })
    expect(device().getByText('用户卡槽').nextElementSibling?.textContent).toBe('在职职工,32K')
    expect(device().getByText('PSAM卡槽').nextElementSibling?.textContent).toBe('999999000001')
  })

  it('works while a settlement runs: says how far it is, and lets the card be pulled', async () => {
    const window = await atReader({ card: 'in-service-32k' })
    act(() => window.fake.emit({ topic: 'progress', step: 'debiting' }))
    expect(device().getByText('结算进行中：卡正在扣款')).toBeDefined()
    await window.user.click(device().getByRole('button', { name: '取出' }))
    expect(acts(window)).toEqual(['reader.remove'])
    act(() => window.fake.emit({ topic: 'progress', step: 'done' }))
    expect(device().queryByText(/结算进行中/)).toBeNull()
  })

  it('a real one has neither tray nor faults', async () => {
    const { fake } = await atReader()
    act(() => fake.emit({ topic: 'reader', reader: { ...SAMPLE_READER, kind: 'pcsc', name: 'Test PC/SC reader', tray: [] } }))
    expect(screen.queryByRole('toolbar')).toBeNull()
    expect(screen.queryByRole('region', { name: '故障' })).toBeNull()
    expect(device().getByText('请直接插卡、取卡。')).toBeDefined()
  })
})

describe('the test PIN of a fixture card', () => {
  const button = (): HTMLElement => device().getByRole('button', { name: /测试密码/ })

  it('stands there only while the button is held', async () => {
    const window = await atReader({ card: 'in-service-32k' })
    expect(callsOf(window, 'reader.fixture-pin')).toEqual([])
    await window.user.pointer({ keys: '[MouseLeft>]', target: button() })
    await screen.findByText(FIXTURE_PIN)
    await window.user.pointer({ keys: '[/MouseLeft]' })
    expect(document.body.innerHTML).not.toContain(FIXTURE_PIN)
    expect(JSON.stringify(Object.values(window.stores).map((store) => store.getState()))).not.toContain(FIXTURE_PIN)
  })

  it('by keyboard too', async () => {
    const window = await atReader({ card: 'in-service-32k' })
    act(() => button().focus())
    await window.user.keyboard('{Enter>}')
    await screen.findByText(FIXTURE_PIN)
    await window.user.keyboard('{/Enter}')
    expect(document.body.innerHTML).not.toContain(FIXTURE_PIN)
  })

  it('does not appear when the button was let go before the answer came', async () => {
    const window = await atReader({ card: 'in-service-32k' })
    const release = window.fake.delayNext('reader.fixture-pin')
    await window.user.pointer([{ keys: '[MouseLeft>]', target: button() }, { keys: '[/MouseLeft]' }])
    await act(async () => release())
    expect(document.body.innerHTML).not.toContain(FIXTURE_PIN)
  })

  it('a bank card has no such button', async () => {
    await atReader({ card: 'bank-card' })
    expect(device().queryByRole('button', { name: /测试密码/ })).toBeNull()
  })
})

describe('pace and faults', () => {
  const faultCalls = (window: OpenedWindow): readonly string[] => callsOf(window, 'reader.fault', 'reader.clear-faults', 'reader.pace')

  it('sets the pace', async () => {
    const window = await atReader()
    await window.user.click(screen.getByRole('radio', { name: '慢动作' }))
    await screen.findByText('慢到来得及用手拔卡。')
    expect(faultCalls(window)).toEqual(['reader.pace slow'])
  })

  it('every fault has a switch with its explanation', async () => {
    await atReader()
    expect(pane('故障').getAllByRole('switch').map((one: HTMLElement) => one.textContent)).toEqual([
      '卡不应答',
      '应答丢失',
      '应答残缺',
      '扣款前拔卡',
      '扣款后拔卡',
      '扣款中断电',
      '扣款应答丢失',
      '被别的程序复位'
    ])
    expect(screen.getByRole('switch', { name: '扣款中断电', description: '卡正在写入扣款时失去电源，下次上电要自己恢复。' })).toBeDefined()
  })

  it('switching one off leaves the others armed', async () => {
    const window = await atReader()
    await window.user.click(screen.getByRole('switch', { name: '卡不应答' }))
    await window.user.click(screen.getByRole('switch', { name: '扣款中断电' }))
    await screen.findByText('2 项待发')
    await window.user.click(screen.getByRole('switch', { name: '卡不应答' }))
    await screen.findByText('1 项待发')
    expect(screen.getByRole('switch', { name: '扣款中断电' }).getAttribute('aria-checked')).toBe('true')
    expect(faultCalls(window)).toEqual(['reader.fault mute', 'reader.fault cut-in-debit', 'reader.clear-faults', 'reader.fault cut-in-debit'])
  })

  it('one that has struck is off by itself', async () => {
    const window = await atReader()
    await window.user.click(screen.getByRole('switch', { name: '卡不应答' }))
    await screen.findByText('1 项待发')
    act(() => window.fake.insertCard('in-service-32k'))
    expect(screen.getByRole('switch', { name: '卡不应答' }).getAttribute('aria-checked')).toBe('false')
  })
})

describe('the commands', () => {
  const lines = (): HTMLElement[] => within(screen.getByRole('grid', { name: '指令记录' })).getAllByRole('row')
  const cells = (row: HTMLElement | undefined): (string | null)[] => [...(row?.querySelectorAll('[role=gridcell] > span, .trace__side') ?? [])].map((cell) => cell.textContent)

  it('stand there in words and bytes as they pass', async () => {
    await atReader({ card: 'in-service-32k' })
    expect(lines()).toHaveLength(4)
    expect(cells(lines()[3])).toEqual(['36 ms', '卡', '询问剩余密码次数', '✓ 成功: 还可输入6次', '00 20 00 00 00', '63 C6'])
  })

  it('show a PIN as stars, and what the card refused as refused', async () => {
    const { fake } = await atReader({ card: 'in-service-32k' })
    await act(async () => void (await fake.call('card.verify-pin', { presence: 1, pin: '111111', lastTry: false })))
    expect(cells(lines().at(-1))).toEqual(['48 ms', '卡', '校验密码', '✕ 被拒绝: 密码错误,还可输入5次', '00 20 00 00 03 ** ** **', '63 C5'])
  })

  it('say so when no answer came', async () => {
    const { fake } = await atReader()
    const [line] = SAMPLE_TRACE
    act(() => fake.emit({ topic: 'trace', lines: line === undefined ? [] : [{ ...line, answer: '', outcome: 'silent', meaning: { zh: '没有应答', en: 'no answer came' } }] }))
    expect(cells(lines()[0]).slice(3)).toEqual(['∅ 无应答: 没有应答', expect.stringContaining('00 A4'), '无应答'])
  })

  it('follow the newest until somebody goes back', async () => {
    const { press } = await atReader({ card: 'in-service-32k' })
    const follow = (): string | null => screen.getByRole('button', { name: '跟随最新' }).getAttribute('aria-pressed')
    expect(follow()).toBe('true')
    act(() => screen.getByRole('grid', { name: '指令记录' }).focus())
    await press('ArrowUp')
    expect(follow()).toBe('false')
    await press('F6')
    expect(follow()).toBe('true')
  })

  it('the chosen one is shown with all its bytes', async () => {
    const { press } = await atReader({ card: 'in-service-32k' })
    act(() => screen.getByRole('grid', { name: '指令记录' }).focus())
    await press('Home')
    const detail = pane('选中的指令')
    expect(detail.getByText('00 A4 04 00 0F 73 78 31 2E 73 68 2E C9 E7 BB E1 B1 A3 D5 CF')).toBeDefined()
    expect(detail.getByText('指令', { exact: false, selector: 'dt' }).textContent).toBe('指令 20 字节')
  })

  it('are cleared with the host, and stay when it refuses', async () => {
    const { fake, press } = await atReader({ card: 'in-service-32k' })
    fake.refuseNext('trace.clear', notInTray('test'))
    await press('F7')
    expect(lines()).toHaveLength(4)
    await press('F7')
    await screen.findByText('还没有指令')
  })

  it('are copied as text, one a line', async () => {
    const { press } = await atReader({ card: 'in-service-32k' })
    await press('F8')
    await screen.findByText('已复制 4 条')
    const copied = (await navigator.clipboard.readText()).split('\n')
    expect(copied).toHaveLength(4)
    expect(copied[3]).toBe('4\t36 ms\tcard\tok\t询问剩余密码次数\t还可输入6次\t0020000000\t63C6')
  })
})

describe('beside the bill', () => {
  it('leaves the keys to the screen around it', async () => {
    const window = await openWindow({ card: 'in-service-32k' })
    await window.user.keyboard('{Shift>}{F4}{/Shift}')
    await screen.findByRole('toolbar', { name: '卡托盘' })
    await window.press('F7')
    expect(callsOf(window, 'trace.clear')).toEqual([])
  })
})

describe('for those who do not see it', () => {
  it('axe finds nothing wrong with an empty reader', async () => {
    await atReader()
    expect(await accessibilityFaults()).toEqual([])
  })

  it('axe finds nothing wrong with a card in it and commands passing', async () => {
    await atReader({ card: 'in-service-32k' })
    expect(await accessibilityFaults()).toEqual([])
  })
})
