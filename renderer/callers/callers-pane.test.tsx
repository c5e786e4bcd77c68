// @vitest-environment jsdom
import { act, cleanup, screen, waitFor, type within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DriverView } from '../../electron/contract/driver-view.ts'
import { accessibilityFaults } from '../../test/support/accessibility.ts'
import { openWindow, pane, type OpenedWindow } from '../../test/support/window.tsx'

beforeEach(() => localStorage.clear())
afterEach(cleanup)

const ON: DriverView = {
  state: 'on',
  port: 8731,
  address: 'http://127.0.0.1:8731',
  pairing: null,
  callers: [
    { id: 'c1', name: '测试HIS', origin: null, pairedOn: '2026-03-05' },
    { id: 'c2', name: '测试页面', origin: 'http://his.invalid', pairedOn: '2026-03-04' }
  ],
  asked: null,
  calls: [
    { number: 2, at: '10:00:01', caller: '测试HIS', name: 'iVerifyPIN', code: -51, words: { zh: '密码错误', en: 'the PIN is wrong' } },
    { number: 1, at: '10:00:00', caller: '测试HIS', name: 'iReadCardBas', code: 0, words: { zh: '成功', en: 'done' } }
  ]
}

async function atCallers(driver?: DriverView): Promise<OpenedWindow> {
  const window = await openWindow()
  await window.press('F4')
  await screen.findByRole('region', { name: '医院软件读卡' })
  if (driver !== undefined) act(() => window.fake.emit({ topic: 'driver', driver }))
  return window
}

const callers = (): ReturnType<typeof within> => pane('医院软件读卡')
const toggle = (): HTMLElement => callers().getByRole('switch')
const asked = ({ fake }: OpenedWindow): unknown[] => fake.calls.filter(({ name }) => name.startsWith('driver.')).map(({ name, params }) => [name, params])

describe('hospital software', () => {
  it('is off, says what it is, and is turned on by keyboard at another port', async () => {
    const window = await atCallers()
    expect(callers().getByText('让本机的医院软件用这台读卡器读卡、扣款；密码只在本窗口输入，不交给对方。')).toBeDefined()
    expect(toggle().getAttribute('aria-checked')).toBe('false')
    const port = callers().getByRole('textbox', { name: '端口' })
    await window.user.clear(port)
    await window.user.type(port, '9000{Enter}')
    await waitFor(() => expect(callers().getByText('http://127.0.0.1:9000')).toBeDefined())
    expect(toggle().getAttribute('aria-checked')).toBe('true')
    act(() => toggle().focus())
    await window.press('Enter')
    await waitFor(() => expect(callers().getByText('未开启')).toBeDefined())
    expect(asked(window)).toEqual([
      ['driver.turn', { on: true, port: 9000 }],
      ['driver.turn', { on: false, port: 9000 }]
    ])
  })

  it.each(['80', '65536', '87x1', ''])('is not turned on at the port "%s"', async (typed) => {
    const window = await atCallers()
    const port = callers().getByRole('textbox', { name: '端口' })
    await window.user.clear(port)
    if (typed !== '') await window.user.type(port, typed)
    await window.user.click(toggle())
    expect(callers().getByRole('alert').textContent).toBe('端口应为 1024 到 65535 的整数')
    expect(asked(window)).toEqual([])
  })

  it('is paired with a code that says until when it is valid, and F9 takes it back', async () => {
    const window = await atCallers()
    await window.user.click(toggle())
    await waitFor(() => expect(callers().getByText('还没有软件配对，任何程序都不能读卡')).toBeDefined())
    await window.press('F9')
    await waitFor(() => expect(callers().getByLabelText('配对码').textContent).toBe('314\u2009159'))
    expect(callers().getByText(/请在医院软件中输入这个配对码/).textContent).toContain('10:03:00 前有效')
    await window.press('F9')
    await waitFor(() => expect(callers().queryByLabelText('配对码')).toBeNull())
  })

  it('shows who was paired from where, and what was refused', async () => {
    await atCallers(ON)
    const said = callers().getAllByRole('listitem').map(({ textContent }: HTMLElement) => textContent)
    expect(said).toEqual(['测试HIS本机程序 · 2026-03-05 配对移除', '测试页面网页 http://his.invalid · 2026-03-04 配对移除'])
    const [, refused, done] = callers().getAllByRole('row')
    expect([refused?.textContent, refused?.className]).toEqual(['10:00:01测试HISiVerifyPIN✕ 密码错误 -51', 'calls__refused'])
    expect([done?.textContent, done?.className]).toEqual(['10:00:00测试HISiReadCardBas✓ 成功', ''])
  })

  it('is taken away when it was asked twice, and not when the keyboard went elsewhere between', async () => {
    const window = await atCallers()
    await window.user.click(toggle())
    act(() => window.fake.callerAsks({ number: 1, caller: '测试HIS', purpose: 'verify' }))
    await screen.findByRole('dialog')
    await window.press('Escape')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    const forget = (): HTMLElement => callers().getByRole('button', { name: '移除 测试HIS' })
    act(() => forget().focus())
    await window.press('Enter')
    expect(callers().getByText('移除后它不能再读卡，要用须重新配对')).toBeDefined()
    await window.press('Tab')
    act(() => forget().focus())
    await window.press('Enter', 'Enter')
    await waitFor(() => expect(callers().queryByText('测试HIS', { selector: 'strong' })).toBeNull())
    expect(asked(window).at(-1)).toEqual(['driver.forget', { caller: 'c1' }])
    expect(document.activeElement).toBe(callers().getByRole('button', { name: '配对医院软件' }))
  })

  it('whose port another program has is said plainly, with two ways out', async () => {
    const window = await atCallers({ ...ON, state: 'port-taken', address: null, callers: [], calls: [] })
    expect(callers().getByRole('alert').textContent).toBe(
      '端口 8731 被其他程序占用，医院软件现在不能读卡请关闭那个程序后重试，或换一个端口，并在医院软件中改成同一端口'
    )
    await window.user.click(callers().getByRole('button', { name: '重试' }))
    await waitFor(() => expect(callers().getByText('已开启')).toBeDefined())
    expect(asked(window)).toEqual([['driver.turn', { on: true, port: 8731 }]])
  })

  it('is not beside the bill', async () => {
    const window = await openWindow()
    await window.press('Shift>', 'F4', '/Shift')
    await screen.findByRole('toolbar', { name: '卡托盘' })
    expect(screen.queryByRole('region', { name: '医院软件读卡' })).toBeNull()
  })

  it.each([['off', undefined], ['on', { ...ON, pairing: { code: '314159', until: '10:03:00' } }], ['port taken', { ...ON, state: 'port-taken' as const, address: null }]])(
    'can be used by everybody: %s',
    async (_, driver) => {
      await atCallers(driver)
      expect(await accessibilityFaults()).toEqual([])
    }
  )
})
