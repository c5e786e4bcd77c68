import { describe, expect, it } from 'vitest'
import { createFakeTerminal, type FakeTerminal } from '../../../../electron/contract/fake/fake-terminal.ts'
import { createBillStore, showBill, type BillStore } from '../../../stores/bill-store.ts'
import { createEditLane, type EditLane } from './edit-lane.ts'

async function opened(): Promise<{ terminal: FakeTerminal; bill: BillStore; lane: EditLane }> {
  const terminal = createFakeTerminal()
  const bill = createBillStore()
  const answer = await terminal.call('bill.open-queue', { file: 'MZ2026030500001.json' })
  if (answer.ok) showBill(bill, answer.value)
  return { terminal, bill, lane: createEditLane(terminal, bill) }
}

const sets = (terminal: FakeTerminal): unknown[] =>
  terminal.calls.filter(({ name }) => name === 'bill.set-line').map(({ params }) => params['quantity'] ?? params['price'])

const typed = (line: string, text: string) => ({ kind: 'set', line, column: 'quantity', text }) as const

describe('changes of the bill', () => {
  it('one changes its line and nothing else', async () => {
    const { bill, lane } = await opened()
    const before = bill.getState().lines
    expect((await lane.send(typed('1', '3'))).state).toBe('done')
    expect(bill.getState().lines.get('1')?.amount).toBe('45.00')
    expect(bill.getState().lines.get('2')).toBe(before.get('2'))
  })

  it('what is typed while one is under way replaces what waits, and the last one stands', async () => {
    const { terminal, bill, lane } = await opened()
    const open = terminal.delayNext('bill.set-line')
    const sent = [lane.send(typed('1', '1')), lane.send(typed('1', '12')), lane.send(typed('1', '125'))]
    open()
    expect((await Promise.all(sent)).map(({ state }) => state)).toEqual(['overtaken', 'overtaken', 'done'])
    expect(sets(terminal)).toEqual(['1', '125'])
    expect(bill.getState().lines.get('1')?.quantity).toBe('125')
  })

  it('two cells go one after the other, each on the revision before it', async () => {
    const { terminal, lane } = await opened()
    const sent = await Promise.all([lane.send(typed('1', '2')), lane.send(typed('2', '2')), lane.send({ kind: 'remove', line: '3' })])
    expect(sent.map(({ state }) => state)).toEqual(['done', 'done', 'done'])
    const revisions = terminal.calls.slice(1).map(({ params }) => params['revision'])
    expect(revisions).toEqual([1, 2, 3])
  })

  it('one that was made on a bill that has gone on is made on it as it is now', async () => {
    const { terminal, bill, lane } = await opened()
    await terminal.call('bill.set-line', { revision: 1, line: '2', quantity: '4' })
    expect((await lane.send(typed('1', '3'))).state).toBe('done')
    expect([bill.getState().lines.get('1')?.quantity, bill.getState().lines.get('2')?.quantity]).toEqual(['3', '4'])
  })

  it('a text that is no quantity is refused and leaves the line as it was', async () => {
    const { bill, lane } = await opened()
    const sent = await lane.send(typed('1', '1..2'))
    expect(sent).toMatchObject({ state: 'refused', refusal: { blame: 'bad-input' } })
    expect(bill.getState().lines.get('1')?.quantity).toBe('1')
  })
})
