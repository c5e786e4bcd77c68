import { describe, expect, it } from 'vitest'
import { createFakeTerminal } from '../../electron/contract/fake/fake-terminal.ts'
import { SAMPLE_BILL, SAMPLE_BILL_VERIFIED, SAMPLE_TRACE } from '../../electron/contract/fake/sample-views.ts'
import type { TraceLine } from '../../electron/contract/reader-view.ts'
import type { ResolutionView } from '../../electron/contract/settlement-view.ts'
import { askEarly } from '../terminal/early.ts'
import { showBill, showChange, createBillStore } from './bill-store.ts'
import { fillStores } from './fill-stores.ts'
import { createStores } from './stores.ts'

const settled = (): Promise<void> => new Promise((done) => setTimeout(done))

describe('the stores', () => {
  it('are filled from one answer, and from every event after it', async () => {
    const terminal = createFakeTerminal()
    const stores = createStores()
    fillStores(terminal, stores)
    await settled()
    expect([stores.host.getState().state, stores.till.getState()?.today, stores.queue.getState()?.length]).toEqual(['ready', '2026-03-05', 4])
    terminal.insertCard('in-service-32k')
    expect(stores.panel.getState()).toMatchObject({ state: 'ready', card: { holder: { name: '测试一' } } })
  })

  it('ask for everything again when the host is back', async () => {
    const terminal = createFakeTerminal()
    const stores = createStores()
    fillStores(terminal, stores)
    await settled()
    terminal.hostAway()
    expect(stores.host.getState()).toEqual({ state: 'restarting', attempt: 1, reason: 'the host ended (test)' })
    terminal.hostBack()
    await settled()
    expect(stores.host.getState()).toEqual({ state: 'ready' })
    expect(terminal.calls.filter(({ name }) => name === 'terminal.state')).toHaveLength(2)
  })

  it('miss nothing that was told between the early question and the start of the program', async () => {
    const terminal = createFakeTerminal()
    const early = askEarly(terminal)
    await early.asked
    terminal.insertCard('in-service-32k')
    const stores = createStores()
    fillStores(terminal, stores, early)
    await settled()
    expect(stores.panel.getState()?.state).toBe('ready')
    expect([terminal.listening, terminal.calls.length]).toEqual([1, 1])
  })

  it('do not fall back to an answer that is older than what was told', async () => {
    const terminal = createFakeTerminal()
    const { asked } = askEarly(terminal)
    const stores = createStores()
    // As over the door, where an answer and an event travel on two ways.
    let arrives = (): void => undefined
    const late = new Promise<void>((resolve) => {
      arrives = resolve
    }).then(() => asked)
    fillStores({ ...terminal, call: () => late as never }, stores)
    await asked
    terminal.insertCard('in-service-32k')
    arrives()
    await settled()
    expect([stores.panel.getState()?.state, stores.till.getState()?.today]).toEqual(['ready', '2026-03-05'])
  })

  it('do not count twice what was told before the answer was made', async () => {
    const terminal = createFakeTerminal()
    const stores = createStores()
    const answer = terminal.delayNext('terminal.state')
    fillStores(terminal, stores)
    terminal.emit({ topic: 'card', panel: { state: 'reading', presence: 1 } })
    terminal.insertCard('in-service-32k')
    answer()
    await settled()
    expect(stores.panel.getState()?.state).toBe('ready')
    expect(terminal.listening).toBe(1)
  })

  it('add to the trace, and begin it anew when its numbers do', () => {
    const terminal = createFakeTerminal()
    const stores = createStores()
    fillStores(terminal, stores)
    const [sample] = SAMPLE_TRACE
    if (sample === undefined) throw new Error('the sample has no line')
    const line = (number: number): TraceLine => ({ ...sample, number })
    terminal.emit({ topic: 'trace', lines: [line(1), line(2)] })
    terminal.emit({ topic: 'trace', lines: [line(3)] })
    expect(stores.trace.getState().map(({ number }) => number)).toEqual([1, 2, 3])
    terminal.emit({ topic: 'trace', lines: [line(1)] })
    expect(stores.trace.getState().map(({ number }) => number)).toEqual([1])
    terminal.emit({ topic: 'trace', lines: [] })
    expect(stores.trace.getState()).toEqual([])
  })
})

describe('what cards that came back have answered', () => {
  const answered = (settlementId: string, outcome: ResolutionView['outcome'] = 'released'): ResolutionView => ({
    kind: 'settlement',
    settlementId,
    name: '测试一',
    visitNo: `MZ-${settlementId}`,
    total: '818.47',
    account: '721.37',
    cash: '0.00',
    outcome,
    text: { zh: '未扣款', en: 'not charged' }
  })

  it('waits until it is read, also when the next card answers first; the newest three', () => {
    const terminal = createFakeTerminal()
    const stores = createStores()
    fillStores(terminal, stores)
    for (const settlementId of ['1', '2', '3', '4']) terminal.emit({ topic: 'resolved', resolutions: [answered(settlementId)] })
    expect(stores.resolutions.getState().map(({ settlementId }) => settlementId)).toEqual(['2', '3', '4'])
  })

  it('is replaced by what became of the same settlement', () => {
    const terminal = createFakeTerminal()
    const stores = createStores()
    fillStores(terminal, stores)
    terminal.emit({ topic: 'resolved', resolutions: [answered('1', 'in-doubt'), answered('2')] })
    terminal.emit({ topic: 'resolved', resolutions: [answered('1', 'posted')] })
    expect(stores.resolutions.getState().map(({ settlementId, outcome }) => `${settlementId} ${outcome}`)).toEqual(['2 released', '1 posted'])
  })
})

describe('the bill', () => {
  it('keeps the lines that a new bill repeats', () => {
    const store = createBillStore()
    showBill(store, SAMPLE_BILL)
    const { lines, order } = store.getState()
    showBill(store, { ...SAMPLE_BILL_VERIFIED, revision: 2, lines: SAMPLE_BILL.lines.map((line) => (line.line === '2' ? { ...line, quantity: '9' } : { ...line })) })
    expect(store.getState().order).toBe(order)
    expect(store.getState().lines.get('1')).toBe(lines.get('1'))
    expect(store.getState().lines.get('2')?.quantity).toBe('9')
    expect(store.getState().head?.outcome).toMatchObject({ state: 'computed', sums: { cash: '0.00' } })
  })

  it('takes what an edit added, changed and removed, in its order', () => {
    const store = createBillStore()
    showBill(store, SAMPLE_BILL)
    const [first] = SAMPLE_BILL.lines
    if (first === undefined) throw new Error('the sample has no line')
    const { outcome, useAccount } = SAMPLE_BILL
    showChange(store, { revision: 2, changed: [{ ...first, line: '99' }, { ...first, quantity: '7' }], removed: ['2'], useAccount, outcome, sale: null })
    expect(store.getState().order).toEqual(['1', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '99'])
    expect(store.getState().lines.get('1')?.quantity).toBe('7')
  })

  it('does not take a change that is older than what it shows', () => {
    const store = createBillStore()
    showBill(store, { ...SAMPLE_BILL, revision: 5 })
    const before = store.getState()
    showChange(store, { revision: 5, changed: [], removed: ['1'], useAccount: '1', outcome: { state: 'empty' }, sale: null })
    expect(store.getState()).toBe(before)
  })
})
