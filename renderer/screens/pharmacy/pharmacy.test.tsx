// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BillView } from '../../../electron/contract/bill-view.ts'
import { IBUPROFEN, ISATIS, THROAT_LARGE, TONIC, VALSARTAN, VALSARTAN_IMPORTED } from '../../../electron/contract/fake/sample-drugs.ts'
import { prescriptionText, SAMPLE_PRESCRIPTIONS } from '../../../electron/contract/fake/sample-prescriptions.ts'
import { FIXTURE_PIN } from '../../../electron/contract/fake/sample-views.ts'
import { speak } from '../../i18n/words.ts'
import { scan } from '../../../test/support/scan.ts'
import { openWindow, pane, type OpenedWindow, type WindowOptions } from '../../../test/support/window.tsx'

beforeEach(() => localStorage.clear())
afterEach(cleanup)

async function pharmacy(options: Partial<WindowOptions> = {}): Promise<OpenedWindow> {
  return openWindow({ pharmacy: true, card: 'in-service-32k', ...options })
}

const row = (number: number): HTMLElement => {
  const found = document.querySelector<HTMLElement>(`[aria-rowindex="${String(number + 1)}"]`)
  if (found === null) throw new Error(`row ${String(number)} is not drawn`)
  return found
}
/** Light, name, quantity and packs of each line. */
const lines = (): string[][] =>
  [...document.querySelectorAll<HTMLElement>('.sale__row')].map((of) => [
    of.querySelector('.signal > span')?.textContent ?? '',
    of.querySelector('.sale__name')?.textContent ?? '',
    of.querySelector('[id$="-quantity"]')?.textContent ?? '',
    of.querySelector('.sale__packs')?.textContent ?? ''
  ])
const step = (): string | null => document.querySelector('.main-action__button')?.getAttribute('data-step') ?? null
const lastCall = (fake: OpenedWindow['fake']) => fake.calls.at(-1)

/** A sign reaches the screen when it is clear that no scanner typed it. */
async function sign(window: OpenedWindow, key: string): Promise<void> {
  await window.press(key)
  await act(() => new Promise((later) => setTimeout(later, 100)))
}

async function sold(window: OpenedWindow): Promise<void> {
  scan(ISATIS.barcode)
  await waitFor(() => expect(lines()).toHaveLength(1))
  scan('83600010000000000001')
  await waitFor(() => expect(lines()[0]?.[3]).toContain('1/1'))
  scan('83600010000000000002')
  await waitFor(() => expect(lines()[0]?.[3]).toContain('2/2'))
  await window.press('Escape', 'F10')
  await screen.findByRole('dialog')
  await window.user.keyboard(`${FIXTURE_PIN}{Enter}`)
  await waitFor(() => expect(step()).toBe('settle'))
  await window.press('F10')
  await waitFor(() => expect(document.querySelector('.counter__result')).not.toBeNull())
}

describe('a sale', () => {
  it('begins with the first scan; every light is a word and a shape, and the reason stands in the line', async () => {
    const { fake } = await pharmacy()
    for (const drug of [ISATIS, IBUPROFEN, IBUPROFEN, IBUPROFEN, TONIC, VALSARTAN]) scan(drug.barcode)
    await waitFor(() => expect(lines()).toHaveLength(4))
    expect(fake.calls.filter(({ name }) => name === 'sale.start')).toHaveLength(1)
    expect(lines()).toEqual([
      ['可报', '板蓝根颗粒(测试)', '1', '0/1'],
      ['限量', '布洛芬缓释胶囊(测试)', '3', '0/3'],
      ['自费', '滋补口服液(测试)', '1', '0/1'],
      ['不可售', '缬沙坦胶囊(测试)', '1', '0/1']
    ])
    expect(row(4).querySelector('.sale__sentence')?.textContent).toBe('处方药,须凭处方')
    expect([...document.querySelectorAll('.sale__row .signal path:first-of-type, .sale__row .signal svg > :first-child')].length).toBeGreaterThan(3)
    expect(screen.getByText('4 项待办')).not.toBeNull()
    expect(step()).toBe('mend-lines')
  })

  it('says under the total that what may not be sold is not in it, and which key mends it', async () => {
    await pharmacy()
    scan(VALSARTAN.barcode)
    await waitFor(() => expect(lines()[0]?.[0]).toBe('不可售'))
    expect(pane('费用分担').getByText('未计 1 项不可售')).not.toBeNull()
    expect(step()).toBe('mend-lines')
    scan(ISATIS.barcode)
    await waitFor(() => expect(lines()).toHaveLength(2))
    expect(pane('费用分担').getByText('费用总额').closest('.split__row')?.textContent).toBe('费用总额未计 1 项不可售15.80')
  })

  it('what is covered within the deductible promises no money, and is green when the fund pays', async () => {
    const { user } = await pharmacy()
    scan(ISATIS.barcode)
    await waitFor(() => expect(row(1).querySelector('.signal')?.textContent).toBe('可报起付线内'))
    expect(row(1).querySelector('.signal')?.className).toBe('signal signal--covered signal--unpaid')
    expect(row(1).querySelector('.sale__why')?.textContent).toContain('本次基金支付 0.00')
    expect(pane('费用分担').getByText('基金支付').closest('.split__row')?.textContent).toContain('0.00')
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('grid')))
    await user.keyboard('{Enter}99')
    await waitFor(() => expect(row(1).querySelector('.signal')?.textContent).toBe('可报'))
    expect(row(1).querySelector('.signal')?.className).toBe('signal signal--covered')
    expect(row(1).querySelector('.sale__why')?.textContent).not.toContain('本次基金支付')
  })

  it('is one drug, and one open line, in English', async () => {
    await pharmacy()
    scan(ISATIS.barcode)
    await waitFor(() => expect(lines()).toHaveLength(1))
    await act(() => speak('en'))
    try {
      expect(pane('Sale').getByRole('status').textContent).toBe('1 drug \u00b7 1 to mend')
      expect(document.querySelector('.main-action__button')?.textContent).toContain('Mend 1 open line')
      expect(document.querySelector('.main-action__button')?.textContent).not.toContain('lines')
    } finally {
      await act(() => speak('zh-CN'))
    }
  })

  it('is not paid by the next customer’s card before somebody said that it is theirs', async () => {
    const { fake, press } = await pharmacy()
    scan(ISATIS.barcode)
    await waitFor(() => expect(lines()).toHaveLength(1))
    act(() => fake.insertCard('retired-32k'))
    await waitFor(() => expect(step()).toBe('pass-on'))
    await press('F10')
    expect((await screen.findByRole('dialog', { name: '这张单是为测试一做的' })).textContent).toContain('现在插着测试二的卡')
    await press('F10')
    await waitFor(() => expect(step()).toBe('mend-lines'))
    expect(lastCall(fake)?.name).toBe('bill.pass-on')
    expect(lines()).toHaveLength(1)
  })

  it('two scans in one breath stay in their order, though the host tells of the sale before it answers', async () => {
    const { fake } = await pharmacy()
    const answer = fake.delayNext('sale.start')
    scan(ISATIS.barcode)
    await waitFor(() => expect(lastCall(fake)?.name).toBe('sale.start'))
    // As the host tells of it, a moment before the answer.
    await act(() => fake.call('sale.start', {}))
    scan('83600010000000000001')
    await act(() => new Promise((later) => setTimeout(later, 20)))
    act(() => answer())
    await waitFor(() => expect(lines()).toEqual([['可报', '板蓝根颗粒(测试)', '1', '\u2713\u00a01/1']]))
    expect(fake.calls.filter(({ name }) => name.startsWith('sale.')).map(({ name, params }) => params['text'] ?? name)).toEqual(['sale.start', 'sale.start', '6900000000017', '83600010000000000001'])
  })

  it('a number that is typed goes into the line that was scanned last, a scan never does', async () => {
    const { user } = await pharmacy()
    scan(ISATIS.barcode)
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('grid')))
    await user.keyboard('{Enter}3')
    await waitFor(() => expect(lines()[0]?.[3]).toBe('0/3'))
    scan('83600010000000000001')
    await waitFor(() => expect(lines()[0]?.[3]).toBe('1/3'))
  })

  it('one key turns a line into own pay and back, one splits it where the fund ends', async () => {
    const window = await pharmacy()
    for (const drug of [IBUPROFEN, IBUPROFEN, IBUPROFEN]) scan(drug.barcode)
    await waitFor(() => expect(lines()[0]?.[2]).toBe('3'))
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('grid')))
    await sign(window, '+')
    await waitFor(() => expect(lines()[0]?.[0]).toBe('自费'))
    await sign(window, '+')
    await waitFor(() => expect(lines()[0]?.[0]).toBe('限量'))
    await sign(window, '-')
    await waitFor(() => expect(lines().map(([light, , quantity]) => [light, quantity])).toEqual([['可报', '2'], ['自费', '1']]))
  })

  it('a substitute is taken by keyboard', async () => {
    const window = await pharmacy()
    scan(VALSARTAN_IMPORTED.barcode)
    await waitFor(() => expect(lines()).toHaveLength(1))
    await sign(window, '/')
    const list = await screen.findByRole('listbox', { name: '换药' })
    expect(list.textContent).toContain('缬沙坦胶囊(测试)')
    await window.press('Enter')
    await waitFor(() => expect(lines()[0]?.[1]).toBe('缬沙坦胶囊(测试)'))
  })

  it('dose and frequency come to days, and Enter leads back to the lines', async () => {
    const window = await pharmacy()
    scan(VALSARTAN.barcode)
    await waitFor(() => expect(lines()).toHaveLength(1))
    await sign(window, '*')
    await window.user.keyboard('1{Enter}2')
    await waitFor(() => expect(document.querySelector('.dose__days strong')?.textContent).toBe('14 天'))
    expect(window.fake.calls.filter(({ name }) => name === 'sale.set-line').map(({ params }) => params)).toMatchObject([{ dose: '1' }, { frequency: 'bid' }])
    await window.press('Enter')
    expect(document.activeElement).toBe(screen.getByRole('grid'))
    expect(row(1).textContent).toContain('14')
  })

  it('more than one drug of a barcode: it is said, and one is chosen', async () => {
    const { press } = await pharmacy()
    scan(THROAT_LARGE.barcode)
    expect((await screen.findAllByRole('option')).map(({ textContent }) => textContent?.slice(0, 12))).toHaveLength(2)
    await press('ArrowDown', 'Enter')
    await waitFor(() => expect(lines()[0]?.[1]).toBe('润喉片(24片装,测试)'))
  })

  it('letters among the lines go on in the search', async () => {
    const { user } = await pharmacy()
    scan(ISATIS.barcode)
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('grid')))
    await user.keyboard('zbk')
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('combobox')))
    await screen.findAllByRole('option')
    await user.keyboard('{Enter}')
    await waitFor(() => expect(lines().map(([, name]) => name)).toEqual(['板蓝根颗粒(测试)', '滋补口服液(测试)']))
    expect(document.activeElement).toBe(screen.getByRole('grid'))
  })
})

describe('a prescription', () => {
  it('on paper is entered field by field with Enter, and the red line is red no longer', async () => {
    const { press, fake } = await pharmacy()
    scan(VALSARTAN.barcode)
    await waitFor(() => expect(lines()[0]?.[0]).toBe('不可售'))
    await press('F6')
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: '处方号' })))
    scan('CF2026030500042')
    expect(document.activeElement).toHaveProperty('value', 'CF2026030500042')
    await press('Enter')
    expect(document.activeElement).toHaveProperty('value', '2026-03-05')
    fireEvent.change(document.activeElement ?? document.body, { target: { value: '0304' } })
    await press('Enter')
    for (const text of ['测试医生', '测试医院', '', '高血压；糖尿病']) {
      fireEvent.change(document.activeElement ?? document.body, { target: { value: text } })
      await press('Enter')
    }
    // Nobody has said of what level the institution is: the form waits for it.
    expect(document.activeElement).toBe(screen.getByRole('radio', { name: '一级' }))
    expect(screen.getByText('请选择')).not.toBeNull()
    expect(fake.calls.some(({ name }) => name === 'sale.prescribe')).toBe(false)
    await press('ArrowRight', 'Enter')
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: '审核意见' })))
    expect(fake.calls.find(({ name }) => name === 'sale.prescribe')?.params['prescription']).toEqual({
      kind: 'paper', number: 'CF2026030500042', issuedOn: '2026-03-04', doctor: '测试医生', institution: '测试医院', institutionCode: '',
      level: 2, visit: 'ordinary', diagnoses: ['高血压', '糖尿病'], review: 'open'
    })
    // Nor has the pharmacist passed it, and Enter once more is not their word.
    await press('Enter')
    expect(row(1).textContent).toContain('处方尚未经药师审核')
    await press('Shift>', 'F8', '/Shift')
    await waitFor(() => expect(lines()[0]?.[0]).toBe('可报'))
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('grid')))
    expect(screen.getByRole('region', { name: '处方' }).textContent).toContain('CF2026030500042')
  })

  it('from a QR code shows its drugs, which line fills which, and wants the pharmacist', async () => {
    const window = await pharmacy()
    scan(VALSARTAN.barcode)
    await waitFor(() => expect(lines()).toHaveLength(1))
    const [valid] = SAMPLE_PRESCRIPTIONS
    if (valid === undefined) throw new Error('no sample')
    scan(prescriptionText(valid))
    const list = await screen.findByRole('list', { name: '处方药品' })
    expect([...list.children].map(({ textContent }) => textContent)).toEqual(['缬沙坦胶囊(测试)2 盒56 天第 1 行', '阿莫西林胶囊(测试)1 盒6 天未配'])
    expect(row(1).textContent).toContain('处方尚未经药师审核')
    await window.press('Shift>', 'F8', '/Shift')
    await waitFor(() => expect(lines()[0]?.[0]).toBe('可报'))
    expect(lastCall(window.fake)).toMatchObject({ name: 'sale.review', params: { passed: true } })
  })

  it('that comes second asks which it is to be, and takes nothing away by itself', async () => {
    const window = await pharmacy()
    scan(VALSARTAN.barcode)
    await waitFor(() => expect(lines()).toHaveLength(1))
    const [first, second] = SAMPLE_PRESCRIPTIONS.filter(({ isForged }) => !isForged)
    if (first === undefined || second === undefined) throw new Error('no samples')
    const summary = (): string => screen.getByRole('region', { name: '处方' }).textContent ?? ''
    scan(prescriptionText(first))
    await screen.findByRole('list', { name: '处方药品' })
    await window.press('Shift>', 'F8', '/Shift')
    await waitFor(() => expect(summary()).toContain('审核通过'))
    scan(prescriptionText(second))
    const asked = await screen.findByRole('dialog', { name: '本单已有处方' })
    expect(asked.textContent).toContain(`一单只凭一张处方:${second.prescription.number}未录入`)
    await window.press('Escape')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(summary()).toContain(first.prescription.number)
    scan(prescriptionText(second))
    await screen.findByRole('dialog', { name: '本单已有处方' })
    await window.press('F10')
    await waitFor(() => expect(summary()).toContain(second.prescription.number))
    expect(summary()).not.toContain(first.prescription.number)
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('that was forged says so beside it, and stays away', async () => {
    await pharmacy()
    const forged = SAMPLE_PRESCRIPTIONS.find(({ isForged }) => isForged)
    if (forged === undefined) throw new Error('no sample')
    scan(prescriptionText(forged))
    expect((await screen.findByRole('alert')).getAttribute('data-refusal')).toBe('prescription-forged')
  })
})

describe('the person', () => {
  it('in arrears is told so beside the card, before any drug', async () => {
    await pharmacy({ card: 'empty-purse' })
    scan(ISATIS.barcode)
    await waitFor(() => expect(pane('持卡人').getByText('欠缴保费,统筹基金暂停支付')).not.toBeNull())
    expect(pane('持卡人').getByText('单位补缴后恢复')).not.toBeNull()
  })
})

describe('the end of a sale', () => {
  it('a scan does not wipe the result; F10 does, and the next scan begins the next sale', async () => {
    const window = await pharmacy()
    await sold(window)
    scan(ISATIS.barcode)
    expect((await screen.findByRole('alert')).textContent).toContain('上一单还未完成')
    expect(document.querySelector('.counter__result')).not.toBeNull()
    await window.press('F10')
    await screen.findByText('扫描药品条码')
    scan(ISATIS.barcode)
    await waitFor(() => expect(lines()).toEqual([['可报', '板蓝根颗粒(测试)', '1', '0/1']]))
  })

  it('a pack that was sold is red in its line, and one key opens the sale that has it', async () => {
    const window = await pharmacy()
    await sold(window)
    await window.press('F10')
    await screen.findByText('扫描药品条码')
    scan(ISATIS.barcode)
    await waitFor(() => expect(lines()).toHaveLength(1))
    expect(screen.queryByRole('button', { name: '打开原结算' })).toBeNull()
    scan('83600010000000000001')
    await waitFor(() => expect(lines()[0]?.[0]).toBe('不可售'))
    expect(screen.queryByRole('alert')).toBeNull()
    expect(screen.getByRole('button', { name: '打开原结算' })).not.toBeNull()
    await window.press('Shift>', 'F10', '/Shift')
    await waitFor(() => expect(pane('结算详情').getByText('83600010000000000001')).not.toBeNull())
  })

  it('what is scanned before the host has told that the sale is over goes into the next one, and none is lost', async () => {
    const window = await pharmacy()
    let last: BillView | null = null
    window.fake.listen((event) => {
      if (event.topic === 'bill' && event.bill !== null) last = event.bill
    })
    await sold(window)
    act(() => window.fake.emit({ topic: 'bill', bill: last }))
    const answer = window.fake.delayNext('bill.close')
    await window.press('F10')
    await waitFor(() => expect(lastCall(window.fake)?.name).toBe('bill.close'))
    scan(TONIC.barcode)
    scan(IBUPROFEN.barcode)
    await act(() => new Promise((later) => setTimeout(later, 20)))
    expect(lastCall(window.fake)?.name).toBe('bill.close')
    act(() => answer())
    await waitFor(() => expect(lines().map(([, name]) => name)).toEqual(['滋补口服液(测试)', '布洛芬缓释胶囊(测试)']))
  })

  it('one pack comes back: scanned in the records, settled anew at the counter', async () => {
    const window = await pharmacy()
    await sold(window)
    await window.press('F10', 'F3')
    const grid = await screen.findByRole('grid', { name: '查到的结算' })
    await waitFor(() => expect(grid.querySelectorAll('[role="row"]').length).toBeGreaterThan(1))
    act(() => grid.focus())
    await window.press('Home', 'Enter')
    await window.press('Shift>', 'F7', '/Shift')
    await screen.findByRole('dialog', { name: '退部分药品' })
    scan('83600010000000000002')
    await waitFor(() => expect(screen.getByRole('checkbox', { name: /0002$/ })).toHaveProperty('checked', true))
    await window.press('F10')
    await screen.findByRole('heading', { name: '退药' })
    expect(lines().map(([, name, quantity]) => [name, quantity])).toEqual([['板蓝根颗粒(测试)', '2'], ['板蓝根颗粒(测试)', '\u22121']])
    expect(step()).toBe('enter-pin')
  })
})

describe('the PIN', () => {
  it('is never taken for a scan, and no scan gets into it', async () => {
    const window = await pharmacy()
    scan(TONIC.barcode)
    await waitFor(() => expect(lines()).toHaveLength(1))
    scan('83600060000000000001')
    await waitFor(() => expect(step()).toBe('enter-pin'))
    await window.press('Escape', 'F10')
    await screen.findByRole('dialog')
    const before = window.fake.calls.length
    scan(FIXTURE_PIN)
    await waitFor(() => expect(step()).toBe('settle'))
    expect(window.fake.calls.slice(before).map(({ name }) => name)).toEqual(['card.verify-pin'])
  })
})

describe('500 lines', () => {
  it('are a handful of rows in the page', async () => {
    const window = await pharmacy()
    scan(ISATIS.barcode)
    await waitFor(() => expect(lines()).toHaveLength(1))
    const { head, lines: shown } = window.stores.bill.getState()
    const [line] = shown.values()
    if (head === null || line === undefined) throw new Error('no sale')
    const many = Array.from({ length: 500 }, (_, index) => ({ ...line, line: String(index + 1) }))
    act(() => window.fake.emit({ topic: 'bill', bill: { ...head, revision: head.revision + 1, lines: many } }))
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('501')
    expect(screen.getAllByRole('row').length).toBeLessThan(40)
  })
})
