// @vitest-environment jsdom
import { act, cleanup, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { IBUPROFEN, ISATIS, THROAT_LARGE, VALSARTAN_IMPORTED } from '../../../electron/contract/fake/sample-drugs.ts'
import { scan } from '../../../test/support/scan.ts'
import { openWindow, pane, type OpenedWindow, type WindowOptions } from '../../../test/support/window.tsx'

beforeEach(() => localStorage.clear())
afterEach(cleanup)

async function asking(options: Partial<WindowOptions> = {}): Promise<OpenedWindow> {
  const window = await openWindow({ pharmacy: true, ...options })
  await window.press('F11')
  await screen.findByText('扫描或输入药品')
  return window
}

const answer = (): string => pane('查询结果').getByRole('status').textContent ?? ''

describe('a question without a sale', () => {
  it('is answered by a scan: light, sentence, reasons and what is covered instead', async () => {
    const { fake } = await asking()
    scan(VALSARTAN_IMPORTED.barcode)
    await screen.findByRole('region', { name: '查询结果' })
    expect(answer()).toBe('缬沙坦胶囊(进口,测试) 80mg×28粒 ¥48.00不可售处方药,须凭处方')
    expect(pane('查询结果').getByRole('list', { name: '可替换药品' }).textContent).toContain('缬沙坦胶囊(测试)')
    expect(document.querySelector('.answer__for')?.textContent).toMatch(/^未插卡/)
    expect(fake.calls.some(({ name }) => name.startsWith('sale.'))).toBe(false)
  })

  it('a scan leads to the quantity, and the answer follows every digit', async () => {
    const { user } = await asking({ card: 'in-service-32k' })
    scan(IBUPROFEN.barcode)
    await screen.findByRole('region', { name: '查询结果' })
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: '数量' }))
    await user.keyboard('3')
    await waitFor(() => expect(answer()).toContain('限量'))
    expect(screen.getByText('基金可付 2')).not.toBeNull()
  })

  it('another card is another answer', async () => {
    const { fake } = await asking()
    scan(ISATIS.barcode)
    await waitFor(() => expect(answer()).toContain('可报'))
    act(() => fake.insertCard('empty-purse'))
    await waitFor(() => expect(answer()).toContain('自费'))
    // Said of the person, and not once more of the drug.
    expect(pane('查询结果').getAllByText('单位补缴后恢复')).toHaveLength(1)
  })

  it('a barcode of two drugs is said, not guessed', async () => {
    await asking()
    scan(THROAT_LARGE.barcode)
    expect((await screen.findByRole('alert')).textContent).toContain('没有唯一对应 6900000000079 的药品')
  })

  it('what is not found leaves no answer to the drug before it standing, to be read or printed as its own', async () => {
    await asking()
    scan(ISATIS.barcode)
    await waitFor(() => expect(answer()).toContain('可报'))
    scan(THROAT_LARGE.barcode)
    await screen.findByRole('alert')
    expect(screen.queryByRole('region', { name: '查询结果' })).toBeNull()
    expect(screen.queryByRole('button', { name: /打印/ })).toBeNull()
  })

  it('how many, and for how many days, is said of one drug: the next one begins with one, and with nothing said', async () => {
    const { fake, user } = await asking({ card: 'in-service-32k' })
    scan(IBUPROFEN.barcode)
    await screen.findByRole('region', { name: '查询结果' })
    await user.keyboard('3{Tab}30')
    scan(ISATIS.barcode)
    await waitFor(() => expect(answer()).toContain('板蓝根'))
    expect(fake.calls.filter(({ name }) => name === 'eligibility.check').at(-1)?.params).toEqual({ code: ISATIS.code, quantity: '1', days: null })
  })

  it.each([
    { language: 'zh-CN', prompt: '扫描或输入药品', words: '依据 测试规则(虚构) · 直接来源', foreign: /test region/ },
    { language: 'en', prompt: 'Scan or type a drug', words: 'Source rules of the test region (made up) · published', foreign: /\p{Script=Han}/u }
  ] as const)('names the source of a rule in the language of the window, $language', async ({ language, prompt, words, foreign }) => {
    const { press } = await openWindow({ pharmacy: true, language })
    await press('F11')
    await screen.findByText(prompt)
    scan(VALSARTAN_IMPORTED.barcode)
    await waitFor(() => expect(document.querySelector('.reasons__source')).not.toBeNull())
    const sources = [...document.querySelectorAll('.reasons__source')].map(({ textContent }) => textContent)
    expect(sources).toContain(words)
    expect(sources.filter((source) => foreign.test(source))).toEqual([])
  })

  it('is printed as it stands, with day, place, rules and sources, and counts nothing', async () => {
    const { fake, press } = await asking()
    scan(VALSARTAN_IMPORTED.barcode)
    await screen.findByRole('region', { name: '查询结果' })
    const seen: string[] = []
    const watch = new MutationObserver(() => seen.push(document.querySelector('.print-stage')?.textContent ?? ''))
    watch.observe(document.body, { childList: true, subtree: true })
    await press('F9')
    await waitFor(() => expect(fake.prints).toHaveLength(1))
    watch.disconnect()
    expect(fake.prints[0]).toMatchObject({ format: '80mm', to: 'printer' })
    const paper = seen.find((text) => text !== '') ?? ''
    for (const words of ['测试大药房', '2026-03-05', '不可售', '处方药,须凭处方', '测试规则(虚构)', '规则 999999-test · 1', '仅为查询当时的结果']) expect(paper).toContain(words)
    expect(fake.calls.some(({ name }) => name === 'statement.print')).toBe(false)
  })
})
