// @vitest-environment jsdom
import { act, cleanup, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SAMPLE_IN_DOUBT, SETTLED_STATEMENT } from '../../electron/contract/fake/sample-views.ts'
import { openWindow, pane } from '../../test/support/window.tsx'
import { chooseTheme } from '../theme/theme.ts'

beforeEach(() => localStorage.clear())
afterEach(() => {
  act(() => chooseTheme('system'))
  cleanup()
})

describe('the frame', () => {
  it('leads to every screen by its key, and back to the same patient', async () => {
    const { press } = await openWindow({ card: 'in-service-32k' })
    await press('Enter')
    await screen.findByRole('grid')
    await press('F3')
    expect(screen.getByRole('button', { name: '结算记录' }).getAttribute('aria-current')).toBe('page')
    await press('F4')
    expect(await screen.findByRole('toolbar', { name: '卡托盘' })).toBeDefined()
    await press('Shift>', 'F3', '/Shift')
    expect(await screen.findByRole('region', { name: '与医保中心' })).toBeDefined()
    await press('F12')
    expect(await screen.findByRole('list', { name: '日结步骤' })).toBeDefined()
    await press('F2')
    expect(await screen.findByRole('grid')).toBeDefined()
  })

  it('gives the keyboard to what each screen is there for', async () => {
    const { press, user } = await openWindow({ card: 'in-service-32k' })
    const at = (role: string, name?: string) => waitFor(() => expect(document.activeElement).toBe(screen.getByRole(role, name === undefined ? {} : { name })))
    await press('F3')
    await screen.findByRole('grid')
    await at('grid', '查到的结算')
    await press('F4')
    await waitFor(() => expect(document.activeElement?.getAttribute('data-card')).toBe('in-service-32k'))
    await press('Shift>', 'F3', '/Shift')
    await at('textbox', '中心地址')
    await press('F12')
    await waitFor(() => expect(document.activeElement?.id).toBe('drawer-float'))
    await press('F2')
    await at('listbox', '待结算队列')
    await press('Enter')
    await screen.findByRole('grid')
    await press('F3')
    await user.click(screen.getByRole('button', { name: '门诊结算' }))
    await waitFor(() => expect(document.activeElement?.getAttribute('data-step')).toBe('enter-pin'))
  })

  it('comes back to the records as they were left: days, words, the one that is open', async () => {
    const { press, user } = await openWindow()
    await press('F3')
    await user.click(await screen.findByRole('button', { name: '近7天' }))
    await press('/')
    await user.keyboard('测试')
    await waitFor(() => expect(screen.getByRole('searchbox').getAttribute('value')).toBe('测试'))
    await press('ArrowDown')
    await waitFor(() => expect(screen.getAllByRole('row').length).toBeGreaterThan(3))
    await press('ArrowDown', 'Enter')
    await screen.findByRole('region', { name: '结算详情' })
    const open = screen.getByRole('row', { selected: true }).textContent
    await press('F2', 'F3')
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('grid', { name: '查到的结算' })))
    expect(screen.getByRole('button', { name: '近7天' }).getAttribute('aria-pressed')).toBe('true')
    expect(screen.getByRole('searchbox').getAttribute('value')).toBe('测试')
    expect(screen.getByRole('row', { selected: true }).textContent).toBe(open)
  })

  it('speaks the other language at once, and remembers it', async () => {
    const { user } = await openWindow({ card: 'in-service-32k' })
    await user.click(screen.getByRole('button', { name: 'English' }))
    expect(pane('Patient').getByText('in service', { exact: false })).toBeDefined()
    expect([document.documentElement.lang, localStorage.getItem('caresettle.language')]).toEqual(['en', 'en'])
    await user.click(screen.getByRole('button', { name: '中文' }))
    expect(pane('持卡人').getByText('在职', { exact: false })).toBeDefined()
  })

  it('is light or dark as the system, or as it was chosen', async () => {
    const { user } = await openWindow()
    const shown = (): string | undefined => document.documentElement.dataset['theme']
    await user.click(screen.getByRole('button', { name: '外观: 跟随系统' }))
    expect(shown()).toBe('light')
    await user.click(screen.getByRole('button', { name: '外观: 浅色' }))
    expect([shown(), localStorage.getItem('caresettle.theme')]).toEqual(['dark', 'dark'])
  })

  it('tells at its foot how everything stands', async () => {
    const { fake } = await openWindow()
    const foot = screen.getByRole('contentinfo', { name: '状态' })
    expect(foot.textContent).toContain('主机就绪')
    expect(foot.textContent).toContain('未插卡')
    expect(foot.textContent).toContain('业务日 2026-03-05')
    expect(foot.textContent).toContain('未接入中心 · 未确认 7 笔，自 03-01 10:00')
    act(() => fake.hostAway())
    expect(foot.textContent).toContain('主机重启中（第1次）')
  })

  it('leads from what is not confirmed to the link', async () => {
    const { user, fake } = await openWindow({ centre: true })
    const foot = screen.getByRole('contentinfo', { name: '状态' })
    await user.click(screen.getByRole('button', { name: '全部已确认' }))
    expect(await screen.findByRole('region', { name: '与医保中心' })).toBeDefined()
    act(() => fake.centre.park(SETTLED_STATEMENT.settlementId))
    expect(foot.textContent).toContain('未确认 1 笔，自 03-05 09:45 · 其中待处理 1 笔')
  })

  it('what is in doubt is at its foot on every screen, and leads to what can be done', async () => {
    const { press, user } = await openWindow({ inDoubt: [SAMPLE_IN_DOUBT] })
    await press('F3')
    await user.click(screen.getByRole('button', { name: '存疑 1 笔' }))
    expect((await screen.findByRole('dialog')).textContent).toContain('请放回同一张卡')
    await press('Escape')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })
})

describe('the keys', () => {
  it('F1 lists what answers on this screen now', async () => {
    const { press } = await openWindow({ card: 'in-service-32k' })
    await press('F1')
    const dialog = await screen.findByRole('dialog', { name: '快捷键' })
    expect(dialog.textContent).toContain('F7新建费用单')
    expect(dialog.textContent).not.toContain('打印')
    await press('Escape')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('what lies beneath a dialog does not answer', async () => {
    const { fake, press } = await openWindow({ card: 'in-service-32k' })
    await press('F1')
    await screen.findByRole('dialog')
    const before = fake.calls.length
    await press('F7', 'F5', 'F10')
    expect(fake.calls).toHaveLength(before)
    expect(screen.getByRole('dialog')).toBeDefined()
  })
})

describe('the reader beside the bill', () => {
  it('opens with the keyboard on its tray, puts a card in, and gives the keyboard back', async () => {
    const { press, stores } = await openWindow()
    await press('Enter')
    await screen.findByRole('grid')
    await press('Shift>', 'F4', '/Shift')
    await screen.findByRole('toolbar', { name: '卡托盘' })
    await waitFor(() => expect(document.activeElement?.getAttribute('data-card')).toBe('in-service-32k'))
    await press('Enter')
    await waitFor(() => expect(stores.panel.getState()?.state).toBe('ready'))
    await press('Shift>', 'F4', '/Shift')
    await waitFor(() => expect(document.activeElement?.getAttribute('data-step')).toBe('enter-pin'))
  })
})
