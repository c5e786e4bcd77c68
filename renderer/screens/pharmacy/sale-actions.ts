/** What a pharmacist does at the counter; each is one edit of the sale. A sale begins with the first drug, of itself. */

import type { BillChange, LineView } from '../../../electron/contract/bill-view.ts'
import type { Params } from '../../../electron/contract/requests.ts'
import type { PackView, ScanOutcome } from '../../../electron/contract/sale-view.ts'
import type { Stores } from '../../stores/stores.ts'
import type { Edit, EditLane, Sent } from '../outpatient/bill/edit-lane.ts'
import type { GridStore } from '../outpatient/bill/grid-store.ts'
import { saleEdit } from '../outpatient/bill/sale-edit.ts'
import type { CounterActions } from '../outpatient/counter-actions.ts'
import type { CounterStore } from '../outpatient/counter.ts'
import type { SaleStore } from './sale-store.ts'

export interface SaleActions {
  /** Barcode, trace code, or the text of a prescription's QR code. */
  readonly scan: (text: string) => Promise<void>
  readonly add: (code: string) => Promise<void>
  /** The keyboard goes to that line. */
  readonly select: (line: string) => void
  readonly toggleOwnPay: (line: LineView) => Promise<void>
  readonly split: (line: string) => Promise<void>
  /** A pack whose content is sold in parts keeps its code for the rest. */
  readonly turnPack: (line: string, pack: PackView) => Promise<void>
  readonly dropPack: (line: string, code: string) => Promise<void>
  readonly dose: (line: string, params: Pick<Params<'sale.set-line'>, 'dose' | 'frequency'>) => Promise<Sent>
  readonly substitute: (line: string, code: string) => Promise<void>
  readonly approve: (line: LineView) => Promise<void>
  readonly prescribe: (prescription: Params<'sale.prescribe'>['prescription']) => Promise<boolean>
  readonly prescriptionText: (text: string) => Promise<boolean>
  /** The one that was scanned while another stood takes its place. */
  readonly takeSecond: () => Promise<void>
  readonly unprescribe: () => Promise<void>
  readonly review: (passed: boolean, note: string) => Promise<void>
}

interface Parts {
  readonly stores: Stores
  readonly store: CounterStore
  readonly sale: SaleStore
  readonly grid: GridStore
  readonly lane: EditLane
  readonly counter: CounterActions
}

export function createSaleActions(parts: Parts): SaleActions {
  const { stores, store, sale, lane, counter } = parts
  const send = async (edit: Edit): Promise<Sent> => {
    const sent = await lane.send(edit)
    if (sent.state !== 'overtaken') store.setState({ billRefusal: sent.state === 'refused' ? sent.refusal : null })
    return sent
  }
  const done = async (edit: Edit): Promise<void> => void (await send(edit))
  const begun = beginOnce(stores, counter)
  const select = (line: string): void => selectLine(parts, line)
  /** Its refusal stands beside the prescription, not under the lines. */
  const ofPrescription = async (edit: Edit): Promise<boolean> => {
    if (!(await begun())) return false
    const sent = await lane.send(edit)
    if (sent.state === 'overtaken') return false
    sale.setState({ prescriptionRefusal: sent.state === 'refused' ? sent.refusal : null })
    return sent.state === 'done'
  }

  return {
    async scan(text) {
      if (!(await begun())) return
      sale.setState({ choosing: [] })
      const selected = parts.grid.getState().cell?.line ?? null
      const known = selected !== null && stores.bill.getState().lines.has(selected)
      const sent = await send({ kind: 'scan', text, line: known ? selected : null })
      if (sent.state === 'done' && sent.outcome !== null) follow(parts, sent.outcome)
      // Asked, not told: what stands is not lost to a scan.
      if (sent.state === 'refused' && sent.refusal.kind === 'prescription-there') {
        store.setState({ billRefusal: null })
        sale.setState({ second: { text, refusal: sent.refusal } })
      }
    },
    async add(code) {
      if (!(await begun())) return
      sale.setState({ choosing: [] })
      const sent = await send({ kind: 'add', code, quantity: '1' })
      const added = sent.state === 'done' ? lineOf(sent.change, code) : undefined
      if (added !== undefined) select(added.line)
    },
    select,
    toggleOwnPay: ({ line, sale: of }) => done(saleEdit('sale.set-line', { line, ownPay: of?.isOwnPay !== true })),
    split: (line) => done(saleEdit('sale.split', { line })),
    async turnPack(line, { traceCode, isSplit }) {
      const taken = await send(saleEdit('sale.untrace', { line, code: traceCode }))
      if (taken.state === 'done') await done(saleEdit('sale.trace', { line, code: traceCode, split: !isSplit }))
    },
    dropPack: (line, code) => done(saleEdit('sale.untrace', { line, code })),
    dose: (line, params) => send(saleEdit('sale.set-line', { line, ...params })),
    async substitute(line, code) {
      const sent = await send(saleEdit('sale.substitute', { line, code }))
      if (sent.state === 'done') sale.setState({ below: 'reasons' })
      const taken = sent.state === 'done' ? lineOf(sent.change, code) : undefined
      select(taken?.line ?? line)
    },
    approve: ({ line, approval }) => done({ kind: 'set', line, column: 'approval', text: approval === '1' ? '2' : '1' }),
    prescribe: (prescription) => ofPrescription(saleEdit('sale.prescribe', { prescription })),
    prescriptionText: (text) => ofPrescription(saleEdit('sale.prescription-text', { text })),
    async takeSecond() {
      const { second } = sale.getState()
      sale.setState({ second: null })
      if (second !== null && (await ofPrescription(saleEdit('sale.prescription-text', { text: second.text, replace: true })))) sale.setState({ prescribing: 'electronic' })
    },
    unprescribe: () => done(saleEdit('sale.unprescribe', {})),
    review: async (passed, note) => void (await ofPrescription(saleEdit('sale.review', { passed, note })))
  }
}

/** The line that an edit made or changed: a code stands in a bill more than once where it was split. */
const lineOf = ({ changed }: BillChange, code: string): LineView | undefined => changed.findLast((line) => line.code === code)

/**
 * Two scans in one breath begin one sale, and go on in their order: the second does not overtake the first because the host
 * told of the open sale before it answered. Nor does one go into the sale before, which the host is just closing.
 */
function beginOnce(stores: Stores, counter: CounterActions): () => Promise<boolean> {
  let before: Promise<boolean> = Promise.resolve(false)
  const begin = async (): Promise<boolean> => {
    await counter.left()
    if (stores.bill.getState().head === null) await counter.startSale()
    return stores.bill.getState().head !== null
  }
  return () => (before = before.then(begin))
}

function selectLine({ grid, store, sale }: Pick<Parts, 'grid' | 'store' | 'sale'>, line: string): void {
  grid.setState({ cell: { line, column: 'quantity' }, editing: null, leaving: null, refused: null })
  sale.setState({ below: 'reasons' })
  store.setState({ wanted: 'grid' })
}

function follow(parts: Parts, outcome: ScanOutcome): void {
  switch (outcome.kind) {
    case 'line-added':
    case 'pack-added':
      return selectLine(parts, outcome.line)
    case 'prescription':
      return parts.sale.setState({ prescribing: 'electronic', prescriptionRefusal: null })
    case 'choose':
      parts.sale.setState({ choosing: outcome.codes })
      return parts.store.setState({ wanted: 'search' })
  }
}
