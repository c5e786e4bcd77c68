// @vitest-environment jsdom
import { act, cleanup, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ResolutionView } from '../../electron/contract/settlement-view.ts'
import { SAMPLE_IN_DOUBT, SETTLED_STATEMENT } from '../../electron/contract/fake/sample-views.ts'
import { openWindow } from '../../test/support/window.tsx'

beforeEach(() => localStorage.clear())
afterEach(cleanup)

const WAITED_FOR = '测试一的结算（MZ2026030200008）存疑，等的是测试一的卡，不是这张：请放回那张卡核实，不要再次收费。'

const resolved = (change: Partial<ResolutionView> = {}): ResolutionView => ({
  kind: 'settlement',
  settlementId: SETTLED_STATEMENT.settlementId,
  name: '测试一',
  visitNo: 'MZ2026030500001',
  total: '818.47',
  account: '721.37',
  cash: '0.00',
  outcome: 'posted',
  text: { zh: '现已补记', en: 'now posted' },
  ...change
})

describe('a card that is not the one in doubt', () => {
  it('is told whose card is waited for, until that was read', async () => {
    const { fake, press } = await openWindow({ inDoubt: [SAMPLE_IN_DOUBT] })
    expect(screen.queryByText(WAITED_FOR)).toBeNull()
    act(() => fake.insertCard('retired-32k'))
    await screen.findByText(WAITED_FOR)
    await press('Shift>', 'F11', '/Shift')
    await waitFor(() => expect(screen.queryByText(WAITED_FOR)).toBeNull())
    act(() => fake.insertCard('empty-purse'))
    await press('F3', 'F2')
    await screen.findByRole('listbox')
    expect(screen.queryByText(WAITED_FOR)).toBeNull()
  })

  it('hears nothing of the kind where it is the one', async () => {
    const { fake } = await openWindow({ inDoubt: [SAMPLE_IN_DOUBT] })
    act(() => fake.insertCard('in-service-32k'))
    await screen.findByText('这张卡存疑待核实：请持卡人输入密码，不要再次收费')
    expect(screen.queryByText(WAITED_FOR)).toBeNull()
  })
})

describe('what was in doubt and is not any more', () => {
  it('says whose it is and how much, and leads to its statement', async () => {
    const { fake, press } = await openWindow()
    act(() => fake.emit({ topic: 'resolved', resolutions: [resolved()] }))
    const note = (await screen.findByText('已扣款一次，并已入账')).parentElement
    expect(note?.textContent).toBe('已扣款一次，并已入账测试一 · MZ2026030500001 · 费用总额 ¥818.47账户扣款 ¥721.37现金 ¥0.00现已补记')
    await press('Shift>', 'F10', '/Shift')
    expect((await screen.findByRole('group', { name: '打印结算单' })).textContent).toContain('F8')
    expect(fake.calls.some(({ name, params }) => name === 'records.open' && 'settlementId' in params && params.settlementId === SETTLED_STATEMENT.settlementId)).toBe(true)
  })

  it('has no statement when nothing was charged', async () => {
    const { fake } = await openWindow()
    act(() => fake.emit({ topic: 'resolved', resolutions: [resolved({ outcome: 'released' })] }))
    await screen.findByText('没有扣款：可以重新结算，或退还已收的现金')
    expect(screen.queryByRole('button', { name: /打印/ })).toBeNull()
  })
})
