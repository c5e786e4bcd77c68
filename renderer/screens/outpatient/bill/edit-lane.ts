/**
 * Changes of the bill on their way to the host: one at a time, because each names the revision that it was made on. What is
 * typed further into a cell takes the place of what still waits for that cell.
 *
 *   typed     1      12     125
 *   sent      1 ...........  125 ......
 *   shown               (1)         (125)
 */

import { never } from '../../../../base/invariant.ts'
import { ok, type Result } from '../../../../base/result.ts'
import type { BillChange } from '../../../../electron/contract/bill-view.ts'
import type { RefusalView } from '../../../../electron/contract/refusal-view.ts'
import type { ScanOutcome } from '../../../../electron/contract/sale-view.ts'
import type { Answer, Terminal } from '../../../../electron/contract/terminal.ts'
import { showBill, showChange, type BillStore } from '../../../stores/bill-store.ts'
import { askSale, isSameSaleCell, type SaleEdit } from './sale-edit.ts'

export type Column = 'quantity' | 'price' | 'approval' | 'days'

export type Edit =
  | { readonly kind: 'set'; readonly line: string; readonly column: Column; readonly text: string }
  | { readonly kind: 'add'; readonly code: string; readonly quantity: string }
  | { readonly kind: 'remove'; readonly line: string }
  | { readonly kind: 'account'; readonly flag: '0' | '1' | '2' }
  | { readonly kind: 'scan'; readonly text: string; readonly line: string | null }
  | SaleEdit

export type Sent =
  /** `outcome`: of a scan. */
  | { readonly state: 'done'; readonly change: BillChange; readonly outcome: ScanOutcome | null }
  | { readonly state: 'refused'; readonly refusal: RefusalView }
  /** A later text of the same cell went instead, or the bill is gone. */
  | { readonly state: 'overtaken' }

/** What the host made of one edit. */
type Edited = Result<{ readonly change: BillChange; readonly outcome: ScanOutcome | null }, RefusalView>

export interface EditLane {
  send(edit: Edit): Promise<Sent>
}

interface Waiting {
  readonly edit: Edit
  readonly tell: (sent: Sent) => void
}

export function createEditLane(terminal: Terminal, bill: BillStore): EditLane {
  const waiting: Waiting[] = []
  let running = false

  async function run(): Promise<void> {
    running = true
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) next.tell(await sendOne(next.edit))
    running = false
  }

  async function sendOne(edit: Edit): Promise<Sent> {
    const revision = bill.getState().head?.revision
    if (revision === undefined) return { state: 'overtaken' }
    const first = await ask(terminal, revision, edit)
    const answer = !first.ok && first.error.kind === 'bill-stale' ? await askAgain(terminal, bill, revision, edit) : first
    if (waiting.some((other) => isSameCell(other.edit, edit))) {
      if (answer.ok) showChange(bill, answer.value.change)
      return { state: 'overtaken' }
    }
    if (!answer.ok) return { state: 'refused', refusal: answer.error }
    showChange(bill, answer.value.change)
    return { state: 'done', ...answer.value }
  }

  return {
    send: (edit) =>
      new Promise((tell) => {
        const place = waiting.findIndex((other) => isSameCell(other.edit, edit))
        waiting[place]?.tell({ state: 'overtaken' })
        waiting.splice(place === -1 ? waiting.length : place, place === -1 ? 0 : 1, { edit, tell })
        if (!running) void run()
      })
  }
}

/** A card came or left meanwhile, so the bill has gone on: the same edit, once, on the bill as it is now. */
async function askAgain(terminal: Terminal, bill: BillStore, stale: number, edit: Edit): Promise<Edited> {
  if (bill.getState().head?.revision === stale) {
    const state = await terminal.call('terminal.state', {})
    if (!state.ok) return state
    showBill(bill, state.value.bill)
  }
  return ask(terminal, bill.getState().head?.revision ?? stale, edit)
}

const isSameCell = (left: Edit, right: Edit): boolean =>
  (left.kind === 'set' && right.kind === 'set' && left.line === right.line && left.column === right.column) ||
  (left.kind === 'sale' && right.kind === 'sale' && isSameSaleCell(left, right))

async function ask(terminal: Terminal, revision: number, edit: Edit): Promise<Edited> {
  if (edit.kind === 'scan') {
    return terminal.call('sale.scan', { revision, text: edit.text, ...(edit.line !== null && { line: edit.line }) })
  }
  const answer = await (edit.kind === 'sale' ? askSale(terminal, revision, edit) : askBill(terminal, revision, edit))
  return answer.ok ? ok({ change: answer.value, outcome: null }) : answer
}

type BillEdit = Exclude<Edit, { readonly kind: 'sale' | 'scan' }>

function askBill(terminal: Terminal, revision: number, edit: BillEdit): Promise<Answer<'bill.set-line'>> {
  switch (edit.kind) {
    case 'set':
      return terminal.call('bill.set-line', { revision, line: edit.line, ...changeOf(edit.column, edit.text) })
    case 'add':
      return terminal.call('bill.add-line', { revision, code: edit.code, quantity: edit.quantity })
    case 'remove':
      return terminal.call('bill.remove-line', { revision, line: edit.line })
    case 'account':
      return terminal.call('bill.use-account', { revision, flag: edit.flag })
    default:
      return never(edit)
  }
}

function changeOf(column: Column, text: string): { quantity: string } | { price: string } | { approval: '0' | '1' | '2' } {
  if (column === 'quantity') return { quantity: text }
  if (column === 'price') return { price: text }
  return { approval: text === '1' || text === '2' ? text : '0' }
}
