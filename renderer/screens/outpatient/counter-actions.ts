/** What a cashier does at the counter: each is one request to the host, and what the counter shows of its answer. */

import type { Result } from '../../../base/result.ts'
import type { BillView } from '../../../electron/contract/bill-view.ts'
import type { RefusalView } from '../../../electron/contract/refusal-view.ts'
import type { Terminal } from '../../../electron/contract/terminal.ts'
import type { Yuan } from '../../../electron/contract/text.ts'
import { showBill } from '../../stores/bill-store.ts'
import type { Stores } from '../../stores/stores.ts'
import type { EditLane, Sent } from './bill/edit-lane.ts'
import { FRESH, NOTHING_RECEIVED, type CounterState, type CounterStore } from './counter.ts'
import { nextStep, type NextStep } from './next-step.ts'

export interface CounterActions {
  readonly pick: (file: string) => Promise<void>
  readonly openText: (text: string) => Promise<void>
  readonly startBill: () => Promise<void>
  /** A sale is open afterwards, unless it was refused. */
  readonly startSale: () => Promise<void>
  /** A bill that was opened elsewhere: what is left of a sale when packs came back. */
  readonly show: (bill: BillView) => void
  readonly closeBill: () => Promise<void>
  /** Whoever's card is there pays for the bill. */
  readonly passOn: () => Promise<void>
  readonly addLine: (code: string, quantity: string) => Promise<Sent>
  readonly removeLine: (line: string) => Promise<void>
  /** 0 no account, 1 the holder's, 2 then the family's. */
  readonly payFrom: (flag: '0' | '1' | '2') => Promise<void>
  readonly readCard: () => Promise<void>
  /** Cash as it is typed; the host says what is handed back. */
  readonly receive: (text: string, revision: number | undefined) => Promise<void>
  readonly settle: () => Promise<void>
  /** After the result: away with it, and to the queue. */
  readonly nextPatient: () => Promise<void>
  /** The bill of the one before is closed: what comes earlier would go into it. */
  readonly left: () => Promise<void>
  readonly nextStep: () => NextStep
}

interface Parts {
  readonly terminal: Terminal
  readonly stores: Stores
  readonly store: CounterStore
  readonly lane: EditLane
}

export function createActions({ terminal, stores, store, lane }: Parts): CounterActions {
  const set = (change: Partial<CounterState>): void => store.setState(change)

  async function open(answer: Promise<Result<BillView, RefusalView>>, wanted: CounterState['wanted']): Promise<void> {
    set({ billRefusal: null })
    const opened = await answer
    if (!opened.ok) return set({ billRefusal: opened.error })
    showBill(stores.bill, opened.value)
    set({ ...FRESH, wanted })
  }

  const told = (sent: Sent): Sent => {
    if (sent.state !== 'overtaken') set({ billRefusal: sent.state === 'refused' ? sent.refusal : null })
    return sent
  }

  let leaving: Promise<void> = Promise.resolve()
  /** Only the bill that was settled: another may have come back with its card meanwhile. */
  async function leave({ settlement }: CounterState): Promise<void> {
    const { head } = stores.bill.getState()
    if (head === null || (settlement.state === 'done' && settlement.statement.visit.visitNo !== head.visit.visitNo)) return
    const answer = await terminal.call('bill.close', {})
    // The event that says so may still be on its way; another bill may be open already.
    if (answer.ok && stores.bill.getState().head === head) showBill(stores.bill, null)
  }

  const step = (): NextStep => nextStep({ host: stores.host.getState(), panel: stores.panel.getState(), inDoubt: stores.inDoubt.getState(), queue: stores.queue.getState(), bill: store.getState().picking ? null : stores.bill.getState().head })

  return {
    pick: (file) => open(terminal.call('bill.open-queue', { file }), 'action'),
    openText: (text) => open(terminal.call('bill.open-text', { text }), 'action'),
    startBill: () => open(terminal.call('bill.start', {}), 'search'),
    startSale: () => open(terminal.call('sale.start', {}), null),
    show(bill) {
      showBill(stores.bill, bill)
      set({ ...FRESH, wanted: 'action' })
    },
    async closeBill() {
      const answer = await terminal.call('bill.close', {})
      set(answer.ok ? { ...FRESH, wanted: isPharmacy(stores) ? 'search' : 'queue' } : { billRefusal: answer.error })
    },
    async passOn() {
      const [panel, { head }] = [stores.panel.getState(), stores.bill.getState()]
      set({ onTop: null, wanted: 'action' })
      if (panel?.state !== 'ready' || head === null) return
      const answer = await terminal.call('bill.pass-on', { revision: head.revision, presence: panel.card.presence })
      if (answer.ok) showBill(stores.bill, answer.value)
      else set({ billRefusal: answer.error })
    },
    addLine: async (code, quantity) => told(await lane.send({ kind: 'add', code, quantity })),
    async removeLine(line) {
      told(await lane.send({ kind: 'remove', line }))
    },
    async payFrom(flag) {
      told(await lane.send({ kind: 'account', flag }))
    },
    async readCard() {
      const answer = await terminal.call('card.read', {})
      set({ billRefusal: answer.ok ? null : answer.error })
    },
    receive: (text, revision) => receive(terminal, store, text, revision),
    settle: () => settleOnce(terminal, stores, store, step()),
    nextPatient() {
      leaving = leave(store.getState())
      set({ ...FRESH, wanted: isPharmacy(stores) ? 'search' : 'queue' })
      return leaving
    },
    left: () => leaving,
    nextStep: step
  }
}

async function receive(terminal: Terminal, store: CounterStore, text: string, revision: number | undefined): Promise<void> {
  store.setState({ received: text === '' ? NOTHING_RECEIVED : { ...store.getState().received, text } })
  if (revision === undefined || text === '') return
  const answer = await terminal.call('bill.change', { revision, received: text })
  if (store.getState().received.text !== text) return
  store.setState({ received: { text, change: answer.ok ? answer.value.change : null, refusal: answer.ok ? null : answer.error } })
}

/** However often it is pressed: one settlement at a time, and only with what is on the screen. */
async function settleOnce(terminal: Terminal, stores: Stores, store: CounterStore, step: NextStep): Promise<void> {
  const { settlement, received } = store.getState()
  if (settlement.state === 'running' || settlement.state === 'done' || step.kind !== 'settle') return
  // Too little was received, or no amount: back to where it is typed.
  if (received.refusal !== null) return store.setState({ wanted: 'pay' })
  stores.progress.setState(null, true)
  store.setState({ settlement: { state: 'running' }, billRefusal: null })
  const { presence, revision, cash } = step
  const answer = await terminal.call('settle', { presence, revision, cash })
  // One that broke off never told that it is done: nowhere does it go on any more.
  stores.progress.setState(answer.ok ? 'done' : null, true)
  if (answer.ok) {
    store.setState({ settlement: { state: 'done', statement: answer.value, cash: received } })
    return
  }
  // A hold in doubt has a place of its own, which follows it until it is closed.
  if (answer.error.kind === 'in-doubt') store.setState({ settlement: { state: 'idle' }, onTop: 'in-doubt' })
  else store.setState({ settlement: { state: 'refused', refusal: answer.error }, wanted: 'action' })
}

export const isPharmacy = ({ till }: Pick<Stores, 'till'>): boolean => till.getState()?.institution.kind === 'pharmacy'

/** "0.00", however many places it is written with. */
export const isNothing = (amount: Yuan): boolean => /^-?0+(\.0+)?$/.test(amount)
