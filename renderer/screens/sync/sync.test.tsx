// @vitest-environment jsdom
import { act, cleanup, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NOT_CONNECTED } from '../../../electron/contract/fake/fake-centre-refusals.ts'
import { FIXTURE_CODE } from '../../../electron/contract/fake/fake-sync.ts'
import { SETTLED_STATEMENT } from '../../../electron/contract/fake/sample-views.ts'
import { accessibilityFaults } from '../../../test/support/accessibility.ts'
import { openWindow, pane, type OpenedWindow, type WindowOptions } from '../../../test/support/window.tsx'

const SMALL = 'H99999900001202603050910030002'

beforeEach(() => localStorage.clear())
afterEach(cleanup)

async function atSync(options: WindowOptions = {}): Promise<OpenedWindow> {
  const window = await openWindow(options)
  await window.press('Shift>', 'F3', '/Shift')
  await screen.findByRole('region', { name: options.language === 'en' ? 'The insurance centre' : '与医保中心' })
  return window
}

const link = (): string => screen.getByRole('region', { name: '与医保中心' }).textContent ?? ''
const foot = (): string => screen.getByRole('contentinfo', { name: '状态' }).textContent ?? ''
const asked = ({ fake }: OpenedWindow, name: string): readonly object[] => fake.calls.filter((call) => call.name === name).map(({ params }) => params)

describe('a till without a centre', () => {
  it('says so at the foot of every screen, with what is not confirmed and since when', async () => {
    await openWindow()
    expect(foot()).toContain('未接入中心 · 未确认 7 笔，自 03-01 10:00')
  })

  it('asks for address and code, with the keyboard there', async () => {
    const window = await atSync()
    await waitFor(() => expect(document.activeElement?.id).toBe('sync-address'))
    await window.user.keyboard('https://centre.test.invalid:8443{Tab}wrong{Enter}')
    expect((await screen.findByRole('alert')).textContent).toContain('中心不认这个接入码')
    await window.user.clear(screen.getByLabelText('一次性接入码'))
    await window.user.keyboard(FIXTURE_CODE)
    await window.press('F10')
    await waitFor(() => expect(link()).toContain('联机正常'))
    expect(document.activeElement?.className).toBe('sync')
    expect(link()).toContain('测试区医保中心 · https://centre.test.invalid:8443 · H99999900001-01')
    expect(pane('从中心取来的资料').getAllByRole('listitem')).toHaveLength(4)
  })

  it('takes no half-filled form to the host: the keyboard goes to what is missing', async () => {
    const window = await atSync()
    await waitFor(() => expect(document.activeElement?.id).toBe('sync-address'))
    await window.user.keyboard('https://centre.test.invalid{Enter}')
    expect(document.activeElement?.id).toBe('sync-code')
    expect(asked(window, 'sync.connect')).toEqual([])
  })
})

describe('a till that finds its centre only under another name', () => {
  it('is connected anew by a code alone, with the keyboard there, and has another number then', async () => {
    const window = await atSync({ centre: true })
    act(() => window.fake.centre.part())
    expect(link()).toContain('要重新接入')
    expect(link()).toContain('第 3 批在中心与本机不一致')
    expect(link()).not.toContain('请按 F5')
    expect(pane('重新接入').getByText(/只有中心有.*请先处理/)).toBeTruthy()
    expect(pane('重新接入').getByText(/账簿里的记录全部重新上传，中心已入账的不会再入一次/)).toBeTruthy()
    await waitFor(() => expect(document.activeElement?.id).toBe('sync-code'))
    await window.user.keyboard(FIXTURE_CODE)
    await window.press('F10')
    await waitFor(() => expect(link()).toContain('联机正常'))
    expect(link()).toContain('H99999900001-02')
    expect(asked(window, 'sync.connect')).toEqual([{ url: 'https://centre.test.invalid:8443', code: FIXTURE_CODE }])
    expect(screen.queryByRole('region', { name: '重新接入' })).toBeNull()
  })

  it('has no fault in either language', async () => {
    const window = await atSync({ centre: true, language: 'en' })
    act(() => window.fake.centre.part())
    expect(await accessibilityFaults(document.body)).toEqual([])
  })
})

describe('the link', () => {
  it.each([
    ['network-down', '网络不通', '请本院信息科检查网线'],
    ['centre-down', '中心没有正常应答', '本院不用报修']
  ] as const)('%s says who mends it', async (outage, words, who) => {
    const window = await atSync({ centre: true })
    act(() => window.fake.centre.goAway(outage))
    expect(link()).toContain(words)
    expect(link()).toContain(who)
    expect(link()).toContain('下次自动再试 12:00:08')
  })

  it('F5 tries at once, F6 goes offline and online again', async () => {
    const window = await atSync({ centre: true })
    await window.press('F6')
    await waitFor(() => expect(link()).toContain('已离线'))
    expect(foot()).toContain('已离线')
    await window.press('F5')
    expect(asked(window, 'sync.now')).toHaveLength(0)
    await window.press('F6')
    await waitFor(() => expect(link()).toContain('联机正常'))
    await window.press('F5')
    await waitFor(() => expect(asked(window, 'sync.now')).toHaveLength(1))
  })

  it('of a ledger that was put back from an older copy says what is missing, and F7 fetches it', async () => {
    const window = await atSync({ centre: true })
    await window.press('F7')
    act(() => window.fake.centre.putBack())
    expect(link()).toContain('账簿缺记录，先取回')
    expect(link()).toContain('中心比它多 2 批记录')
    expect(foot()).toContain('账簿缺记录，先取回')
    expect(await accessibilityFaults()).toEqual([])
    window.fake.centre.goAway('network-down')
    await window.press('F7')
    expect((await screen.findByRole('alert')).textContent).toContain('连不上网络')
    window.fake.centre.comeBack()
    await window.press('F7')
    await waitFor(() => expect(link()).toContain('联机正常'))
    expect(link()).toContain('已取回：结算 31、退费 2、圈存 1、日结 1。可以继续结算。')
    expect(asked(window, 'sync.restore')).toHaveLength(2)
    expect(foot()).not.toContain('账簿缺记录')
  })

  it('of an older ledger whose till is offline goes online first', async () => {
    const window = await atSync({ centre: true })
    act(() => window.fake.centre.putBack())
    await window.press('F6')
    await waitFor(() => expect(link()).toContain('请先按 F6 恢复联机'))
    await window.press('F7')
    expect(asked(window, 'sync.restore')).toEqual([])
    expect(await accessibilityFaults()).toEqual([])
    await window.press('F6')
    await waitFor(() => expect(link()).not.toContain('请先按 F6 恢复联机'))
    await window.press('F7')
    await waitFor(() => expect(link()).toContain('已取回：结算 31'))
  })

  it('says the same of what is not confirmed as the bar below, and counts nothing else that waits', async () => {
    const window = await atSync({ centre: true })
    const { sync } = await window.fake.call('terminal.state', {}).then((answer) => (answer.ok ? answer.value : Promise.reject(new Error('state'))))
    const queue = { facts: 4, batches: 1, bytes: 2048 }
    act(() => window.fake.emit({ topic: 'sync', sync: { ...sync, unconfirmed: { count: 0, since: null }, queue } }))
    expect(pane('与医保中心').getByText('未确认').nextElementSibling?.textContent).toBe('全部已确认')
    expect(foot()).toContain('全部已确认')
    act(() => window.fake.emit({ topic: 'sync', sync: { ...sync, unconfirmed: { count: 2, since: '2026-03-05 09:45:10' }, queue } }))
    expect(pane('与医保中心').getByText('未确认').nextElementSibling?.textContent).toBe('2 笔自 2026-03-05 09:45:10')
    expect(foot()).toContain('未确认 2 笔，自 03-05 09:45')
    expect(link()).not.toMatch(/\d 条|\d 批/)
  })

  it('shows how far the upload is and how long it still takes', async () => {
    const window = await atSync({ centre: true })
    const { sync } = await window.fake.call('terminal.state', {}).then((answer) => (answer.ok ? answer.value : Promise.reject(new Error('state'))))
    act(() => window.fake.emit({ topic: 'sync', sync: { ...sync, progress: { sent: 1200, total: 5000, secondsLeft: 11 } } }))
    const bar = screen.getByRole<HTMLProgressElement>('progressbar', { name: '上传进度' })
    expect([bar.value, bar.max]).toEqual([1200, 5000])
    expect(link()).toContain('已上传 24 %约剩 11 秒')
  })

  it('says what the host refused, and that the downloads are too old', async () => {
    const window = await atSync({ centre: true })
    window.fake.refuseNext('sync.now', NOT_CONNECTED)
    await window.press('F5')
    expect((await screen.findByRole('alert')).textContent).toContain('尚未接入')
    expect(pane('从中心取来的资料').getByText('参保与待遇').closest('li')?.textContent).toContain('过期，基金暂停支付')
  })
})

describe('what the centre sent back', () => {
  async function withParked(): Promise<OpenedWindow> {
    const window = await atSync({ centre: true })
    act(() => {
      window.fake.centre.park(SETTLED_STATEMENT.settlementId)
      window.fake.centre.park(SMALL)
    })
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('被中心退回的账目'))
    return window
  }

  it('names the reason, the owner and the next step, and counts at the foot', async () => {
    await withParked()
    expect(pane('待处理').getAllByRole('term').map((term: HTMLElement) => term.textContent)).toEqual(['为什么', '该谁处理', '怎么办'])
    expect(foot()).toContain('待处理 2 笔')
  })

  it('F7 sends the chosen one again', async () => {
    const window = await withParked()
    await window.press('ArrowDown', 'F7')
    await waitFor(() => expect(pane('待处理').getAllByRole('option')).toHaveLength(1))
    expect(asked(window, 'sync.retry')).toEqual([{ sequence: 5 }])
  })

  it('F8 hands it over with a note, and it stays in the list', async () => {
    const window = await withParked()
    await window.press('F8')
    await screen.findByRole('dialog', { name: '交人处理' })
    await waitFor(() => expect(document.activeElement?.id).toBe('hand-over-note'))
    await window.press('F10')
    expect(asked(window, 'sync.hand-over')).toEqual([])
    await window.user.keyboard('医保科，核对挂失{Enter}')
    await window.press('F10')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(pane('待处理').getAllByRole('option').map((row: HTMLElement) => row.textContent)[0]).toContain('已交人')
    expect(pane('待处理').getByText('医保科，核对挂失')).toBeDefined()
  })

  it('F9 opens its record, where it can be refunded', async () => {
    const window = await withParked()
    await window.press('F9')
    expect(await screen.findByRole('region', { name: '结算详情' })).toBeDefined()
    await waitFor(() => expect(pane('结算详情').getByText('MZ2026030500091')).toBeDefined())
    expect(screen.getByRole('button', { name: '结算记录' }).getAttribute('aria-current')).toBe('page')
  })
})

describe('what the centre booked otherwise', () => {
  it('shows both splits, and what is due in words', async () => {
    const window = await atSync({ centre: true })
    act(() => window.fake.centre.adjust(SETTLED_STATEMENT.settlementId))
    const adjusted = pane('中心金额与本机不同')
    expect(adjusted.getByText('向患者补收 10.00')).toBeDefined()
    expect(adjusted.getAllByRole('row').map((row: HTMLElement) => row.textContent)).toEqual(['谁算的基金账户现金', '本机97.10721.370.00', '中心87.10721.3710.00'])
  })
})

describe.each(['zh-CN', 'en'] as const)('in %s', (language) => {
  it.each(['not connected', 'busy'])('a till that is %s can be used by everybody', async (state) => {
    const { fake } = await atSync({ language, centre: state === 'busy' })
    if (state === 'busy') {
      act(() => {
        fake.centre.park(SETTLED_STATEMENT.settlementId)
        fake.centre.adjust(SMALL)
        fake.centre.goAway('network-down')
      })
    }
    expect(await accessibilityFaults()).toEqual([])
  })
})
