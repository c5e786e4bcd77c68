// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SAMPLE_IN_DOUBT } from '../../../../electron/contract/fake/sample-views.ts'
import { SAMPLE_QUEUE } from '../../../../electron/contract/fake/sample-visits.ts'
import { openWindow, pane, type OpenedWindow } from '../../../../test/support/window.tsx'

beforeEach(() => localStorage.clear())
afterEach(cleanup)

async function withBill(options: Parameters<typeof openWindow>[0] = {}): Promise<OpenedWindow> {
  const window = await openWindow({ card: 'in-service-32k', ...options })
  await window.press('Enter')
  await screen.findByRole('grid')
  return window
}

const total = (): string => document.querySelector('.split__row dd')?.textContent ?? ''
const row = (number: number): HTMLElement => {
  const found = document.querySelector<HTMLElement>(`[aria-rowindex="${String(number + 1)}"]`)
  if (found === null) throw new Error(`row ${String(number)} is not drawn`)
  return found
}
const active = (): string | null => screen.getByRole('grid').getAttribute('aria-activedescendant')

describe('the lines of a bill', () => {
  it('500 of them are a handful of rows in the page', async () => {
    await withBill({ lines: 500 })
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('501')
    expect(screen.getAllByRole('row').length).toBeLessThan(40)
  })

  it('carry their class as a sign and as a word', async () => {
    await withBill()
    expect(row(1).textContent).toContain('甲类')
    expect(row(3).querySelector('.class')?.textContent).toBe('乙乙类')
  })

  it('are edited by typing into the active cell, and the sums follow every key', async () => {
    const { press } = await withBill()
    expect(total()).toBe('818.47')
    await press('F8')
    await waitFor(() => expect(active()).toBe('cell-1-quantity'))
    await press('1')
    await press('2')
    await waitFor(() => expect(total()).toBe('983.47'))
    await press('Enter')
    await waitFor(() => expect(active()).toBe('cell-2-quantity'))
    expect(document.activeElement).toBe(screen.getByRole('grid'))
    expect(row(1).textContent).toContain('180.00')
  })

  it('Escape brings back what stood there', async () => {
    const { press } = await withBill()
    await press('F8', '9')
    await waitFor(() => expect(total()).toBe('938.47'))
    await press('Escape')
    await waitFor(() => expect(total()).toBe('818.47'))
    expect(document.activeElement).toBe(screen.getByRole('grid'))
  })

  it('a quantity that is none is refused where it stands, and the sums stay', async () => {
    const { press } = await withBill()
    await press('F8', '.')
    expect((await screen.findByRole('alert')).textContent).toContain('"."')
    expect(document.querySelector('.grid__cell--refused')).not.toBeNull()
    expect(total()).toBe('818.47')
  })

  it('approval of a restricted item goes on by Enter', async () => {
    const { fake, press, stores } = await withBill()
    await press('F8')
    for (let step = 0; step < 9; step += 1) await press('ArrowDown')
    await press('ArrowRight')
    expect(active()).toBe('cell-10-approval')
    expect(row(10).textContent).toContain('已审批')
    await press('Enter')
    await waitFor(() => expect(stores.bill.getState().lines.get('10')?.approval).toBe('2'))
    expect(fake.calls.at(-1)?.params).toMatchObject({ line: '10', approval: '2' })
    expect(row(10).textContent).toContain('不予审批')
  })

  it('go when Delete is pressed twice, and stay when it is not', async () => {
    const { press, stores } = await withBill()
    await press('F8', 'Delete')
    expect(row(1).textContent).toContain('再按 Delete 删除此项')
    await press('ArrowDown')
    expect(row(1).textContent).not.toContain('再按 Delete')
    await press('Delete', 'Delete')
    await waitFor(() => expect(stores.bill.getState().order).toHaveLength(11))
    expect(stores.bill.getState().order).not.toContain('2')
    expect(active()).toBe('cell-3-quantity')
  })

  it('PageDown and End go through all 500', async () => {
    const { press } = await withBill({ lines: 500 })
    await press('F8', 'End')
    expect(active()).toBe('cell-500-quantity')
    await press('Home')
    expect(active()).toBe('cell-1-quantity')
    await press('PageDown')
    expect(active()).toBe('cell-12-quantity')
  })
})

describe('a line by hand', () => {
  it('is found by its initials, gets a quantity, and the field is free for the next', async () => {
    const { user, press, stores } = await withBill()
    await press('F7')
    const search = screen.getByRole('combobox', { name: '添加项目' })
    expect(document.activeElement).toBe(search)
    await user.keyboard('blg')
    await screen.findByRole('option', { name: /板蓝根颗粒/ })
    await press('Enter')
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: '数量' }))
    await user.keyboard('3{Enter}')
    await waitFor(() => expect(stores.bill.getState().order).toHaveLength(13))
    expect(stores.bill.getState().lines.get('13')).toMatchObject({ code: 'ZA04CAB0099010199999', quantity: '3', amount: '47.40' })
    await waitFor(() => expect(document.activeElement).toBe(search))
    expect(search).toHaveProperty('value', '')
  })

  it('scanned faster than the catalogue answers is what was scanned, not what an older search had found', async () => {
    const { fake, user, press, stores } = await withBill()
    await press('F7')
    await user.keyboard('bl')
    await screen.findByRole('option', { name: /板蓝根颗粒/ })
    await user.keyboard('{Escape}')
    const answer = fake.delayNext('catalogue.search')
    const search = screen.getByRole('combobox', { name: '添加项目' })
    await user.click(search)
    await user.paste('002103000010000-9')
    await user.keyboard('{Enter}')
    expect(document.activeElement).toBe(search)
    await act(async () => answer())
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: '数量' })))
    await user.keyboard('1{Enter}')
    await waitFor(() => expect(stores.bill.getState().order).toHaveLength(13))
    expect(stores.bill.getState().lines.get('13')).toMatchObject({ code: '002103000010000-9', amount: '180.00' })
  })

  it('that the catalogue does not know is said', async () => {
    const { user, press } = await withBill()
    await press('F7')
    await user.keyboard('qqq')
    expect(await screen.findByText('目录中没有')).toBeDefined()
  })

  it('a new bill starts with it', async () => {
    const { press } = await openWindow()
    await press('F7')
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('combobox', { name: '添加项目' })))
    expect(screen.getByText('费用单还没有项目')).toBeDefined()
  })
})

describe('the queue', () => {
  it('is gone through by arrows; what cannot be read says why and is not opened', async () => {
    const { fake, press } = await openWindow()
    await press('ArrowDown', 'ArrowDown', 'ArrowDown')
    expect(screen.getByRole('option', { selected: true }).textContent).toContain('就诊单')
    await press('Enter')
    expect(fake.calls.some(({ name }) => name === 'bill.open-queue')).toBe(false)
    await press('ArrowUp', 'Enter')
    await screen.findByRole('grid')
    expect(fake.calls.at(-1)?.params).toEqual({ file: 'MZ2026030500003.json' })
  })

  it('nobody in it is a state of its own, with the folder it looks at', async () => {
    const { fake } = await openWindow()
    act(() => fake.emit({ topic: 'queue', queue: [] }))
    expect(pane('待结算队列').getByText('现在没有人等候')).toBeDefined()
    expect(pane('待结算队列').getByText(/caresettle-test\/queue/)).toBeDefined()
  })

  it('another bill can be looked for while one is open, and Escape comes back', async () => {
    const { press } = await withBill()
    await press('F6')
    const queue = screen.getByRole('listbox', { name: '待结算队列' })
    expect(document.activeElement).toBe(queue)
    await press('Escape')
    expect(await screen.findByRole('grid')).toBeDefined()
  })

  it('while it is looked through over an open bill no bill is shown, and none is settled', async () => {
    const { fake, press } = await withBill()
    expect(total()).toBe('818.47')
    await press('F6')
    expect([total(), document.querySelector('.main-action__button')?.textContent]).toEqual(['—', '选择费用单F10'])
    const before = fake.calls.length
    await press('F10')
    expect(fake.calls).toHaveLength(before)
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('begins at the bill that is open, and leads back to it as it was edited', async () => {
    const { fake, press } = await withBill()
    await press('F6', 'ArrowDown', 'ArrowUp')
    expect(screen.getByRole('option', { selected: true }).textContent).toContain('测试一')
    await press('Enter')
    await screen.findByRole('grid')
    expect(fake.calls.filter(({ name }) => name === 'bill.open-queue')).toHaveLength(1)
  })

  it('asks before another bill takes the place of one that was typed', async () => {
    const { fake, press, user } = await openWindow({ card: 'in-service-32k' })
    await press('F7')
    await user.keyboard('amxl{Enter}')
    await screen.findByRole('textbox', { name: '数量' })
    await user.keyboard('2{Enter}')
    await screen.findByRole('grid')
    await press('F6', 'Enter')
    expect((await screen.findByRole('dialog')).textContent).toContain('录入的 1 项不会保留')
    await press('Escape')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(fake.calls.some(({ name }) => name === 'bill.open-queue')).toBe(false)
    await press('Enter')
    await screen.findByRole('dialog')
    await press('F10')
    await waitFor(() => expect(screen.getByRole('region', { name: '费用单' }).textContent).toContain('测试一'))
  })

  it('a visit in doubt says what it waits for', async () => {
    const queue = SAMPLE_QUEUE.map((entry, index) => (index === 0 ? { ...entry, state: 'in-doubt' as const } : entry))
    const { user, press } = await openWindow({ queue, inDoubt: [SAMPLE_IN_DOUBT] })
    await user.click(screen.getByRole('option', { name: /测试一/ }))
    expect((await screen.findByRole('dialog')).textContent).toContain('请放回同一张卡')
    await press('Escape')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('a visit that is pasted opens, and one that is none is refused in place', async () => {
    await openWindow()
    const paste = (text: string): void => void fireEvent.paste(document.body, { clipboardData: { getData: () => text } })
    paste('not a visit')
    expect((await screen.findByRole('alert')).textContent).toContain('就诊单')
    paste('{"lines": []}')
    expect(await screen.findByRole('region', { name: '费用单' })).toBeDefined()
  })
})
