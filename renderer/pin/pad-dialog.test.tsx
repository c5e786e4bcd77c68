// @vitest-environment jsdom
import { cleanup, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PAD_CANCELLED, PAD_TIMEOUT } from '../../electron/contract/fake/fake-refusals.ts'
import { openWindow, type OpenedWindow } from '../../test/support/window.tsx'

beforeEach(() => localStorage.clear())
afterEach(cleanup)

const ASK = '请在读卡器的密码键盘上输入密码'
const asked = ({ fake }: OpenedWindow): readonly unknown[] => fake.calls.filter(({ name }) => name.endsWith('-on-pad')).map(({ name, params }) => [name, params['lastTry']])

const opened = (card = 'in-service-32k'): Promise<OpenedWindow> => openWindow({ reader: { kind: 'pcsc', psam: 'file' }, pad: true, card })

describe('a PIN at the reader’s own keys', () => {
  it('is asked for there at once; nothing can be typed here, and Escape does not end what is under way', async () => {
    const window = await opened()
    const answer = window.fake.delayNext('card.verify-pin-on-pad')
    await window.press('Shift>', 'F5', '/Shift')
    expect(await screen.findByText(ASK)).toBeDefined()
    await window.user.keyboard('246810{Escape}')
    expect(screen.getByText(ASK)).toBeDefined()
    expect(screen.queryByRole('textbox', { name: '输入医保卡密码' })).toBeNull()
    answer()
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(asked(window)).toEqual([['card.verify-pin-on-pad', false]])
    expect(window.stores.panel.getState()).toMatchObject({ card: { verified: true } })
    expect(JSON.stringify(window.fake.calls)).not.toContain('246810')
  })

  it.each([PAD_CANCELLED, PAD_TIMEOUT])('$kind is said, and Enter asks again', async (refusal) => {
    const window = await opened()
    window.fake.padNext(refusal)
    await window.press('Shift>', 'F5', '/Shift')
    expect((await screen.findByRole('alert')).textContent).toContain(refusal.what.zh)
    await window.user.click(screen.getByRole('button', { name: /再输一次/ }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(asked(window)).toHaveLength(2)
  })

  it('the last try is asked about before anybody types', async () => {
    const window = await opened('low-tries')
    await window.press('Shift>', 'F5', '/Shift')
    expect(await screen.findByText('这是最后一次机会')).toBeDefined()
    expect(asked(window)).toEqual([])
    await window.user.click(screen.getByRole('button', { name: /确认使用/ }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(asked(window)).toEqual([['card.verify-pin-on-pad', true]])
  })

  it('a new PIN is typed there too', async () => {
    const window = await opened()
    const answer = window.fake.delayNext('card.change-pin-on-pad')
    await window.press('Shift>', 'F9', '/Shift')
    expect(await screen.findByText('请在读卡器的密码键盘上依次输入原密码、新密码、再输一次新密码')).toBeDefined()
    answer()
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(asked(window)).toEqual([['card.change-pin-on-pad', false]])
  })
})
