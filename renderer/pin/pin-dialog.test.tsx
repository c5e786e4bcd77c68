// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FIXTURE_PIN } from '../../electron/contract/fake/sample-views.ts'
import { openWindow, type OpenedWindow } from '../../test/support/window.tsx'
import { REST_MS } from './pin-keys.ts'
import { PIN_PATIENCE_MS } from './use-pin-guard.ts'

beforeEach(() => localStorage.clear())
afterEach(() => {
  vi.useRealTimers()
  cleanup()
})

const field = (): HTMLElement => screen.getByRole('textbox', { name: '输入医保卡密码' })
const dots = (): number => field().querySelectorAll('.pin__dot--set').length
const verifies = ({ fake }: OpenedWindow): unknown[] => fake.calls.filter(({ name }) => name === 'card.verify-pin').map(({ params }) => params['lastTry'])

async function opened(card = 'in-service-32k', options: Parameters<typeof openWindow>[0] = {}): Promise<OpenedWindow> {
  const window = await openWindow({ card, ...options })
  act(() => screen.getByRole('button', { name: '输密码' }).click())
  await screen.findByRole('textbox', { name: '输入医保卡密码' })
  return window
}

describe('the PIN dialog', () => {
  it('tells the tries left before the first digit, and has the keyboard', async () => {
    await opened()
    expect(screen.getByRole('dialog').textContent).toContain('还可输入 6 次')
    expect(document.activeElement).toBe(field())
  })

  it('shows how many digits there are, and no digit anywhere in the page', async () => {
    const { user } = await opened()
    await user.keyboard('246810')
    expect(dots()).toBe(6)
    expect(document.body.innerHTML).not.toContain('246810')
    expect([...document.querySelectorAll('input')].map(({ value }) => value).filter((value) => value.length > 1 && /^\d+$/.test(value))).toEqual([])
    await user.keyboard('{Backspace}{Backspace}')
    expect(dots()).toBe(4)
  })

  it('keeps no digit in any store', async () => {
    const { stores, user } = await opened()
    await user.keyboard('246810')
    expect(JSON.stringify(Object.values(stores).map((store) => store.getState()))).not.toContain('246810')
  })

  it('takes digits from its own pad, which the eye of a neighbour cannot follow when it is shuffled', async () => {
    const { user } = await opened('in-service-32k', { till: { shufflePin: true } })
    const pad = screen.getByRole('group', { name: '数字键盘' })
    const digits = [...pad.querySelectorAll('button')].map((button) => button.textContent).slice(0, 10)
    expect(digits.toSorted()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
    for (const digit of FIXTURE_PIN) await user.click(screen.getByRole('button', { name: digit }))
    expect(dots()).toBe(6)
    await user.keyboard('{Enter}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(screen.getByText('2,760.00')).toBeDefined()
  })

  it.each(['9990000000040', '99900390000000000001', 'CF20261127000042'])('a pack that is scanned into it, %s, asks the card nothing', async (code) => {
    const window = await opened()
    const { user } = window
    await user.keyboard(`24${code}{Enter}`)
    expect(dots()).toBe(0)
    expect(screen.getByText('像是扫码枪扫入的，不是密码：已清除，没有提交给卡')).toBeDefined()
    await new Promise((resolve) => setTimeout(resolve, REST_MS + 50))
    await user.keyboard('246810')
    expect([dots(), screen.queryByText(/像是扫码枪/)]).toEqual([6, null])
    expect(verifies(window)).toEqual([])
    await user.keyboard('{Enter}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('a wrong PIN is wiped, and what is left is told', async () => {
    const { user } = await opened()
    await user.keyboard('111111{Enter}')
    expect((await screen.findByRole('alert')).textContent).toContain('密码错误,还可输入5次')
    expect(dots()).toBe(0)
    expect(screen.getByRole('dialog').textContent).toContain('还可输入 5 次')
  })

  it('asks twice before the last try is used', async () => {
    const window = await opened('low-tries')
    expect(screen.getByRole('dialog').textContent).toContain('只剩最后 1 次')
    await window.user.keyboard(`${FIXTURE_PIN}{Enter}`)
    expect(screen.getByRole('alert').textContent).toContain('这是最后一次机会')
    expect(verifies(window)).toEqual([])
    await window.user.keyboard('{Enter}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(verifies(window)).toEqual([true])
  })

  it('the last try that was wrong ends it: locked, and who unlocks it', async () => {
    const { user } = await opened('low-tries')
    await user.keyboard('111111{Enter}{Enter}')
    await waitFor(() => expect(screen.queryByRole('textbox', { name: '输入医保卡密码' })).toBeNull())
    expect(screen.getByRole('dialog').textContent).toContain('社保服务窗口')
    expect(screen.getByRole('dialog').textContent).toContain('密码已锁定')
    expect(document.activeElement).toBe(screen.getByRole('button', { name: '关闭' }))
  })

  it('sends one PIN once, however often Enter is pressed', async () => {
    const window = await opened()
    const answer = window.fake.delayNext('card.verify-pin')
    await window.user.keyboard(`${FIXTURE_PIN}{Enter}{Enter}{Enter}`)
    expect(verifies(window)).toEqual([false])
    answer()
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('forgets the digits when the window is left', async () => {
    const { user } = await opened()
    await user.keyboard('2468')
    fireEvent.blur(window)
    expect(dots()).toBe(0)
    expect(screen.getByText('离开了窗口，已清除')).toBeDefined()
  })

  it('forgets the digits when nobody types for a minute', async () => {
    const { user } = await opened()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    fireEvent.keyDown(field(), { key: '2' })
    fireEvent.keyDown(field(), { key: '4' })
    act(() => void vi.advanceTimersByTime(PIN_PATIENCE_MS - 1))
    expect(dots()).toBe(2)
    act(() => void vi.advanceTimersByTime(1))
    expect(dots()).toBe(0)
    expect(screen.getByText('一分钟没有输入，已清除')).toBeDefined()
    expect(user).toBeDefined()
  })

  it('Escape closes it and asks nobody', async () => {
    const window = await opened()
    await window.user.keyboard('2468{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(verifies(window)).toEqual([])
  })
})

describe('a new PIN', () => {
  const changes = ({ fake }: OpenedWindow): number => fake.calls.filter(({ name }) => name === 'card.change-pin').length

  async function changing(): Promise<OpenedWindow> {
    const window = await openWindow({ card: 'in-service-32k' })
    await window.press('Shift>', 'F9', '/Shift')
    await screen.findByRole('textbox', { name: '原密码' })
    return window
  }

  it('is asked for after the old one, twice, and goes to the card', async () => {
    const window = await changing()
    await window.user.keyboard(`${FIXTURE_PIN}{Enter}`)
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: '新密码' }))
    await window.user.keyboard('135790{Enter}')
    await window.user.keyboard('135790{Enter}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(changes(window)).toBe(1)
    const old = await window.fake.call('card.verify-pin', { presence: 1, pin: FIXTURE_PIN, lastTry: false })
    const changed = await window.fake.call('card.verify-pin', { presence: 1, pin: '135790', lastTry: false })
    expect([old.ok, changed.ok]).toEqual([false, true])
  })

  it('that was typed differently is typed again, and the card is not asked', async () => {
    const window = await changing()
    await window.user.keyboard(`${FIXTURE_PIN}{Enter}135790{Enter}135791{Enter}`)
    expect(screen.getByRole('alert').textContent).toBe('两次新密码不同，请重新输入新密码')
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: '新密码' }))
    expect(changes(window)).toBe(0)
  })
})
