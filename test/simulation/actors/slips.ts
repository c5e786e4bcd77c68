/**
 * Slips of people who know their work: a pack scanned twice, a line that is not there, nothing chosen to be returned, a day opened that
 * is not the last. Each has the only answers that it may get, and nothing comes of it.
 */

import type { BillView } from '../../../electron/contract/bill-view.ts'
import type { CloseView } from '../../../electron/contract/close-view.ts'
import type { StatementView } from '../../../electron/contract/settlement-view.ts'
import type { AtCounter } from './card-at-counter.ts'
import type { Undertaking } from './undertaking.ts'

interface Slip {
  readonly name: string
  readonly params: object
  /** "answer": it may be right after all. */
  readonly may: readonly string[]
}

/** Of somebody else, out of the same envelope. */
const OTHER_PAPER = {
  kind: 'paper', number: 'CF0', issuedOn: '2020-01-01', doctor: '测试医生', institutionCode: '', institution: '', level: 1, visit: 'ordinary', diagnoses: [], review: 'open'
}

/** Some operations have one of them. */
const SLIPPING = 4

export async function slipInSale(op: AtCounter, bill: BillView | null): Promise<void> {
  if (bill === null) return
  const { revision, lines, sale } = bill
  const [line] = lines
  const [pack] = lines.flatMap((each) => each.sale?.packs ?? [])
  const on = (name: string, more: object, ...may: string[]): Slip => ({ name, params: { revision, ...more }, may: [...may, 'bill-stale'] })
  await slip(op, [
    on('sale.set-line', { line: '99', ownPay: true }, 'line-unknown'),
    on('bill.remove-line', { line: '99' }, 'line-unknown'),
    on('sale.prescription-text', { text: 'RX99999999999999' }, 'prescription-gone'),
    ...(sale === null || sale.prescription === null ? [] : [on('sale.prescribe', { prescription: OTHER_PAPER }, 'prescription-there')]),
    ...(sale?.prescription === null ? [on('sale.review', { passed: true, note: '' }, 'no-prescription')] : []),
    ...(line === undefined ? [] : [on('sale.split', { line: line.line }, 'not-limited', 'answer'), on('sale.substitute', { line: line.line, code: 'XN02BEA000A001010199999' }, 'not-a-substitute', 'item-unknown')]),
    ...(line === undefined || pack === undefined ? [] : [on('sale.trace', { line: line.line, code: pack.traceCode, split: false }, 'trace-code-repeated', 'trace-code-no-line')])
  ])
}

export async function slipInReturn(op: Undertaking, { settlementId, lines }: StatementView): Promise<void> {
  const back = (packs: readonly object[], ...may: string[]): Slip => ({ name: 'sale.return', params: { settlementId, packs, reason: '多买了' }, may: [...may, ...NOT_RETURNABLE] })
  const sold = lines.filter(({ sale }) => sale !== null && sale.returnOf === null && sale.packs.length > 1)
  const [one] = sold
  await slip(op, [
    back([], 'nothing-returned', 'wrong-params'),
    back([{ line: '99', codes: [], quantity: '1' }], 'line-unknown'),
    ...(one === undefined ? [] : [back([{ line: one.line, codes: [], quantity: '1' }], 'codes-missing', 'more-than-left'), back([{ line: one.line, codes: ['83600019999999999999'], quantity: '1' }], 'code-not-of-line', 'more-than-left')])
  ])
}

/** `closes`: newest first. A day is opened again from the last one back, and once. */
export async function slipInReopening(op: Undertaking, { closes }: Pick<CloseView, 'closes'>): Promise<void> {
  const older = closes.at(1)
  if (older === undefined) return
  await slip(op, [{ name: 'close.reopen', params: { sequence: older.sequence, reason: '弄错了日子' }, may: ['close-not-last', 'already-reopened', 'close-unknown'] }])
}

/** What its state forbids is said before what is wrong with the question. */
const NOT_RETURNABLE = ['already-refunded', 'settled-anew', 'settlement-unknown', 'settlement-in-doubt', 'settlement-released', 'return-in-doubt', 'not-a-sale', 'settling']

async function slip(op: Undertaking, slips: readonly Slip[]): Promise<void> {
  const draw = op.draw.fork('slips')
  if (!draw.chance(1, SLIPPING) || slips.length === 0) return
  const { name, params, may } = draw.pick(slips)
  const heard = await op.window.askRaw(name, params)
  if (heard.kind !== 'value' && heard.kind !== 'refused') {
    op.heard(name, heard)
    return
  }
  const kind = heard.kind === 'value' ? 'answer' : heard.refusal.kind
  if (heard.kind === 'refused') op.people.hit(`refusal:${kind}`)
  op.people.hit('operation:slipped')
  if (may.includes(kind) || WHATEVER.some(([other, cause]) => other === kind && op.causes.has(cause))) return
  op.people.listeners.unlawful('unlawful', `${op.id} at ${op.window.till.name}: the slip ${name} ${JSON.stringify(params).slice(0, 120)} was answered ${kind}; it may be ${may.join(', ')}`)
}

/** A disk that fails fails for everybody, one that lied has left books in which nobody writes, and a host that began anew has no sale. */
const WHATEVER = [
  ['store-failure', 'disk'],
  ['ledger-older', 'books-lost'],
  ['not-opened', 'disk'],
  ['not-opened', 'killed'],
  ['no-bill', 'killed'],
  ['no-sale', 'killed']
] as const
