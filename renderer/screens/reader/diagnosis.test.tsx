// @vitest-environment jsdom
import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  HELD_BY_OTHER,
  MODULE_MISSING,
  NO_READER,
  PROCESS_GONE,
  PSAM_MISSING,
  SAMPLE_CARD_READER,
  SAMPLE_SAM_READER,
  SERVICE_STOPPED
} from '../../../electron/contract/fake/sample-readers.ts'
import { accessibilityFaults } from '../../../test/support/accessibility.ts'
import { openWindow, pane, type OpenedWindow, type WindowOptions } from '../../../test/support/window.tsx'

beforeEach(() => localStorage.clear())
afterEach(cleanup)

const PCSC = { kind: 'pcsc', psam: 'file' } as const
const foot = (): HTMLElement => screen.getByRole('contentinfo', { name: /状态|Status/ })
const diagnosis = (): ReturnType<typeof within> => pane('从本窗口到卡')
const links = (): readonly (string | null)[] => within(diagnosis().getByRole('list')).getAllByRole('listitem').map(({ textContent }) => textContent)

async function atReader(options: WindowOptions = {}): Promise<OpenedWindow> {
  const window = await openWindow({ reader: PCSC, ...options })
  await window.press('F4')
  await screen.findByRole('region', { name: options.language === 'en' ? 'From this window to the card' : '从本窗口到卡' })
  return window
}

describe('what is broken on the way to the card', () => {
  it.each([PROCESS_GONE, MODULE_MISSING, SERVICE_STOPPED, NO_READER, HELD_BY_OTHER, PSAM_MISSING])(
    '$kind is one sentence in the foot of every screen, and leads to what can be done',
    async (trouble) => {
      const { fake, user } = await openWindow({ reader: PCSC, card: 'in-service-32k' })
      act(() => fake.setTrouble(trouble))
      await user.click(within(foot()).getByRole('button', { name: trouble.what.zh }))
      await screen.findByRole('region', { name: '从本窗口到卡' })
      const alert = await diagnosis().findByRole('alert')
      expect(alert.textContent).toContain(trouble.what.zh)
      expect(alert.textContent).toContain(trouble.mend.zh)
      act(() => fake.setTrouble(null))
      expect(diagnosis().getByText('各环节正常')).toBeDefined()
      expect(within(foot()).queryByRole('button', { name: trouble.what.zh })).toBeNull()
    }
  )

  it('names every link: those before it work, it is broken, those behind it nobody knows', async () => {
    const { fake } = await atReader()
    act(() => fake.setTrouble(SERVICE_STOPPED))
    expect(links()).toEqual([
      '✓本窗口 正常: 正常',
      '✓主机 正常: 正常',
      '✓读卡程序 正常: 正常',
      '✓读卡模块 正常: 正常',
      '✕智能卡服务 有故障: 电脑的智能卡服务没有运行',
      '?读卡器 未知: 前面的环节通了才能知道',
      '?卡 未知: 前面的环节通了才能知道',
      '✓PSAM卡 正常: 999999000001'
    ])
  })

  it('the host itself is a link, also when it was never heard', async () => {
    const { fake, press } = await openWindow()
    await press('F4')
    await screen.findByRole('toolbar', { name: '卡托盘' })
    act(() => fake.emit({ topic: 'host', host: { state: 'failed', reason: 'ledger.db is damaged' } }))
    expect(diagnosis().getByRole('alert').textContent).toContain('主机无法启动')
    expect(diagnosis().getByText('ledger.db is damaged')).toBeDefined()
    expect(links()[1]).toBe('✕主机 有故障: 主机无法启动')
    act(() => fake.hostBack())
    await screen.findByRole('toolbar', { name: '卡托盘' })
  })

  it('is said in English as well', async () => {
    const { fake } = await atReader({ language: 'en' })
    act(() => fake.setTrouble(NO_READER))
    expect(within(foot()).getByRole('button', { name: 'the computer finds no reader' })).toBeDefined()
    expect(screen.getByRole('region', { name: 'From this window to the card' }).textContent).not.toMatch(/\p{Script=Han}/u)
  })

  it('can be copied for support staff, with nothing of a person in it', async () => {
    const { fake, user } = await atReader({ card: 'in-service-32k' })
    const copied = vi.spyOn(navigator.clipboard, 'writeText')
    act(() => fake.setTrouble(MODULE_MISSING))
    await user.click(diagnosis().getByRole('button', { name: '复制给维护人员' }))
    await diagnosis().findByText('已复制')
    const text = copied.mock.calls.at(-1)?.[0] ?? ''
    expect(text.split('\n').slice(0, 4)).toEqual(['CareSettle 0.1.0', '读卡模块: 读卡模块没有安装 [module-missing]', "Cannot find package 'pcsclite'", '[+] 本窗口: 正常'])
    expect(text).toContain('[X] 读卡模块: 读卡模块没有安装')
    expect(text).not.toMatch(/测试一|4567|0018/)
  })

  it('has no serious fault for a screen reader', async () => {
    const { fake } = await atReader()
    act(() => fake.setTrouble(SERVICE_STOPPED))
    expect(await accessibilityFaults()).toEqual([])
  })
})

describe('a real reader', () => {
  it('has no tray and no faults, and says what the card said when it got its supply', async () => {
    await atReader({ card: 'in-service-32k' })
    expect(screen.queryByRole('toolbar')).toBeNull()
    expect(screen.queryByRole('region', { name: '故障' })).toBeNull()
    expect(pane('读卡器').getByText(/像社会保障卡/)).toBeDefined()
    expect(pane('电脑上的读卡器').getAllByRole('listitem').map((item: HTMLElement) => item.textContent)).toEqual([`${SAMPLE_CARD_READER}有卡 · 读患者卡`, `${SAMPLE_SAM_READER}有卡`])
  })

  it('is chosen from the list, with the PSAM in another', async () => {
    const { user, fake, stores } = await openWindow()
    await user.keyboard('{F4}')
    await user.click(await screen.findByRole('button', { name: '换读卡器' }))
    const dialog = within(await screen.findByRole('dialog', { name: '用哪台读卡器' }))
    await user.click(await dialog.findByRole('radio', { name: new RegExp(SAMPLE_CARD_READER) }))
    await user.selectOptions(dialog.getByRole('combobox'), SAMPLE_SAM_READER)
    await user.click(dialog.getByRole('button', { name: '使用' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(stores.reader.getState()?.choice).toEqual({ kind: 'pcsc', card: SAMPLE_CARD_READER, psam: { reader: SAMPLE_SAM_READER } })
    expect(fake.calls.filter(({ name }) => name === 'reader.choose')).toHaveLength(1)
  })

  it('that was chosen and is unplugged stands in the list all the same', async () => {
    const { user } = await atReader({ reader: { kind: 'pcsc', card: 'Gone 00 00', psam: 'file' } })
    await user.click(screen.getByRole('button', { name: '换读卡器' }))
    const dialog = within(await screen.findByRole('dialog', { name: '用哪台读卡器' }))
    const gone = await dialog.findByRole('radio', { name: /Gone 00 00/ })
    expect((gone as HTMLInputElement).checked).toBe(true)
    expect(dialog.getByText('现在没有接上')).toBeDefined()
  })
})

describe('a card that cannot pay', () => {
  it.each(['expired', 'lost', 'not-activated', 'other-region', 'pin-locked'])('%s is not called ready, here or in the foot', async (card) => {
    await openWindow({ card })
    expect(within(foot()).getByText('此卡不能结算').className).toContain('light--bad')
    expect(within(foot()).queryByText('卡已就绪')).toBeNull()
  })
})
