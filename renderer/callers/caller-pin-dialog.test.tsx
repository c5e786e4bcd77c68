// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PinAskedView } from '../../electron/contract/driver-view.ts'
import { FIXTURE_PIN } from '../../electron/contract/fake/sample-views.ts'
import { accessibilityFaults } from '../../test/support/accessibility.ts'
import { openWindow, type OpenedWindow } from '../../test/support/window.tsx'
import { DEAF_MS } from './caller-pin-dialog.tsx'

beforeEach(() => localStorage.clear())
afterEach(cleanup)

const field = (): HTMLElement => screen.getByRole('textbox', { name: /密码/ })
const dots = (): number => field().querySelectorAll('.pin__dot--set').length
const hears = (): Promise<void> => waitFor(() => expect(field().getAttribute('aria-disabled')).toBe('false'))
const gone = (): Promise<void> => waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
const asked = ({ fake }: OpenedWindow): unknown[] => fake.calls.filter(({ name }) => name.startsWith('driver.')).map(({ name, params }) => [name, params])

async function asks(purpose: PinAskedView['purpose'], card = 'in-service-32k'): Promise<OpenedWindow> {
  const window = await openWindow({ card })
  act(() => window.fake.callerAsks({ number: 7, caller: '测试HIS', purpose }))
  await screen.findByRole('dialog', { name: '测试HIS 请求输入密码' })
  return window
}

describe('a PIN that another program asks for', () => {
  it('is typed over any screen, and says who asks, whose card it is and what is left', async () => {
    const window = await asks('verify')
    expect(screen.getByRole('dialog').textContent).toContain('密码只交给卡，不交给它')
    expect(screen.getByRole('dialog').textContent).toContain('测试一')
    expect(screen.getByRole('dialog').textContent).toContain('还可输入 6 次')
    await hears()
    await window.user.keyboard(`${FIXTURE_PIN}{Enter}`)
    await gone()
    expect(asked(window)).toEqual([['driver.answer', { number: 7, from: '******', to: null }]])
  })

  it('takes nothing of what was being typed elsewhere when it opened', async () => {
    const window = await asks('verify')
    await window.user.keyboard('900000{Enter}')
    expect(dots()).toBe(0)
    expect(asked(window)).toEqual([])
  })

  it('takes nothing as long as that goes on, however long', async () => {
    const window = await asks('verify')
    for (const digit of '135790') {
      await new Promise((later) => setTimeout(later, DEAF_MS / 4))
      await window.user.keyboard(digit)
    }
    await window.user.keyboard('{Enter}')
    expect(dots()).toBe(0)
    expect(field().getAttribute('aria-disabled')).toBe('true')
    await hears()
    await window.user.keyboard(`${FIXTURE_PIN}{Enter}`)
    await gone()
    expect(asked(window)).toEqual([['driver.answer', { number: 7, from: '******', to: null }]])
  })

  it('is changed by the old one, the new one, and the new one again', async () => {
    const window = await asks('change')
    await hears()
    await window.user.keyboard(`${FIXTURE_PIN}{Enter}1357{Enter}1358{Enter}`)
    expect(screen.getByRole('alert').textContent).toBe('两次新密码不同，请重新输入新密码')
    await window.user.keyboard('1357{Enter}1357{Enter}')
    await gone()
    expect(asked(window)).toEqual([['driver.answer', { number: 7, from: '******', to: '****' }]])
  })

  it('is set anew without the old one, also where it is locked', async () => {
    const window = await asks('reload', 'pin-locked')
    await hears()
    await window.user.keyboard('1357{Enter}1357{Enter}')
    await gone()
    expect(asked(window)).toEqual([['driver.answer', { number: 7, from: null, to: '****' }]])
  })

  it('is asked for twice before the last try, and not at all when it is locked', async () => {
    const window = await asks('verify', 'low-tries')
    await hears()
    await window.user.keyboard(`${FIXTURE_PIN}{Enter}`)
    expect(screen.getByRole('alert').textContent).toContain('这是最后一次机会')
    expect(asked(window)).toEqual([])
    await window.user.keyboard('{Enter}')
    await gone()
    act(() => window.fake.insertCard('pin-locked'))
    act(() => window.fake.callerAsks({ number: 8, caller: '测试HIS', purpose: 'verify' }))
    await screen.findByRole('dialog')
    expect(screen.queryByRole('textbox', { name: /密码/ })).toBeNull()
    await window.user.click(screen.getByRole('button', { name: '关闭' }))
    await gone()
    expect(asked(window).at(-1)).toEqual(['driver.cancel', { number: 8 }])
  })

  it('Escape tells the program that the holder did not want it', async () => {
    const window = await asks('verify')
    await window.press('Escape')
    await gone()
    expect(asked(window)).toEqual([['driver.cancel', { number: 7 }]])
  })

  it('goes when the program waits no more, and its digits with it', async () => {
    const window = await asks('verify')
    await hears()
    await window.user.keyboard('2468')
    const driver = window.stores.driver.getState()
    if (driver === null) throw new Error('no driver was told')
    act(() => window.fake.emit({ topic: 'driver', driver: { ...driver, asked: null } }))
    await gone()
    act(() => window.fake.emit({ topic: 'driver', driver: { ...driver, asked: { number: 8, caller: '测试HIS', purpose: 'verify' } } }))
    await screen.findByRole('dialog')
    expect(dots()).toBe(0)
    expect(asked(window)).toEqual([])
  })

  it('digits meant for one card do not wait for another', async () => {
    const window = await asks('verify')
    await hears()
    await window.user.keyboard('2468')
    act(() => window.fake.removeCard())
    expect(screen.getByRole('alert').textContent).toBe('读卡器里没有可用的卡请放回原来的卡，或取消')
    act(() => window.fake.insertCard('retired-32k'))
    expect(dots()).toBe(0)
  })

  it('digits go when the window is left, and a PIN that is none is typed again', async () => {
    const window = await asks('verify')
    await hears()
    await window.user.keyboard('2468')
    fireEvent.blur(globalThis.window)
    expect(dots()).toBe(0)
    await window.user.keyboard('12{Enter}')
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('密码'))
    expect(screen.getByRole('dialog')).toBeDefined()
  })

  it('waits while the window asks for a PIN itself', async () => {
    const window = await openWindow({ card: 'in-service-32k' })
    act(() => screen.getByRole('button', { name: '输密码' }).click())
    await screen.findByRole('dialog', { name: '输入医保卡密码' })
    act(() => window.fake.callerAsks({ number: 7, caller: '测试HIS', purpose: 'verify' }))
    await window.user.keyboard('2468')
    expect(screen.getAllByRole('dialog')).toHaveLength(1)
    await window.press('Escape')
    await screen.findByRole('dialog', { name: '测试HIS 请求输入密码' })
    expect(dots()).toBe(0)
  })

  it.each(['verify', 'change', 'reload'] as const)('can be answered by everybody: %s', async (purpose) => {
    await asks(purpose)
    expect(await accessibilityFaults()).toEqual([])
  })
})
