// @vitest-environment jsdom
import { act, cleanup, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ok, refuse } from '../../base/result.ts'
import { HOST_AWAY } from '../../electron/contract/fake/fake-refusals.ts'
import { FIXTURE_PIN } from '../../electron/contract/fake/sample-views.ts'
import { openWindow, type OpenedWindow } from '../../test/support/window.tsx'

beforeEach(() => localStorage.clear())
afterEach(cleanup)

async function settled(options: Parameters<typeof openWindow>[0] = {}): Promise<OpenedWindow> {
  const window = await openWindow({ card: 'in-service-32k', ...options })
  await window.press('Enter')
  await screen.findByRole('grid')
  await window.press('F10')
  await screen.findByRole('textbox', { name: '输入医保卡密码' })
  await window.user.keyboard(`${FIXTURE_PIN}{Enter}`)
  await waitFor(() => expect(document.querySelector('[data-step="settle"]')).not.toBeNull())
  await window.press('F10')
  await screen.findByRole('heading', { name: '结算完成' })
  return window
}

const text = (): string => document.querySelector('.counter__result')?.textContent ?? ''

describe('a result', () => {
  it('shows who paid what, the new balance, the four sums of the invoice and the number', async () => {
    await settled()
    expect(text()).toContain('基本医疗保险统筹基金97.10')
    expect(text()).toContain('个人账户支付721.37')
    expect(text()).toContain('账户余额2,038.63')
    expect(text()).toContain('自理57.76自费222.00符合医保538.71个人自付441.61')
    expect(text()).toContain('结算号H99999900001202603051000000001')
    expect(text()).toContain('待中心确认')
  })

  it('prints by key, and says where a PDF went', async () => {
    const { fake, press } = await settled()
    await screen.findByRole('button', { name: '存为 PDF' })
    await press('F8')
    await waitFor(() => expect(fake.prints.map(({ format, to }) => [format, to])).toEqual([['a5', 'printer']]))
    await waitFor(() => expect(screen.queryByText('正在打印')).toBeNull())
    await press('F9')
    await waitFor(() => expect(fake.prints.at(-1)?.format).toBe('80mm'))
    await waitFor(() => expect(screen.queryByText('正在打印')).toBeNull())
    fake.printNext(ok({ saved: '/tmp/test.pdf' }))
    await press('Shift>', 'F8', '/Shift')
    expect(await screen.findByText('已存为 /tmp/test.pdf')).toBeDefined()
  })

  it('a print that fails is told, and can be tried again', async () => {
    const { fake, press } = await settled()
    await screen.findByRole('button', { name: '打印 A5' })
    fake.printNext(refuse(HOST_AWAY))
    await press('F8')
    expect((await screen.findByRole('alert')).textContent).toContain('结算服务正在重新启动')
    await press('F8')
    await waitFor(() => expect(fake.prints).toHaveLength(2))
  })

  it('stays on the screen although the host has closed the bill and the card is gone', async () => {
    const { fake } = await settled()
    act(() => fake.removeCard())
    expect(screen.getByRole('heading', { name: '结算完成' })).toBeDefined()
  })
})
