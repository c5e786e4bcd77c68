/** The one bill on the screen: opened from the queue, from text, or begun here; edited on the revision that the screen shows. */

import { isDeepStrictEqual } from 'node:util'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { BillChange, BillView, ExplanationView } from '../../contract/bill-view.ts'
import type { Params } from '../../contract/requests.ts'
import type { Yuan } from '../../contract/text.ts'
import { formatFen, parseFen, subtract } from '../../../settlement/money/fen.ts'
import { Bill, type BillRules, type Payer } from '../bill/bill.ts'
import type { OpenBill } from '../bill/open-bill.ts'
import { explanationView } from '../bill/explanation-view.ts'
import { madeVisitNumber } from '../bill/made-visit-number.ts'
import { newVisit } from '../bill/new-visit.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { Visit } from '../../../settlement/visit/visit-schema.ts'
import { parseVisitDocument, type VisitQueue } from '../queue/visit-queue.ts'
import { parseJsonText } from '../files/read-file.ts'
import type { Clock } from '../system.ts'
import type { TillFile } from '../till-file.ts'
import { BillOwner } from './bill-owner.ts'
import type { DeskRefusal } from './desk-refusal.ts'
import { KeptBills } from './kept-bills.ts'

export interface BillDeskPorts {
  readonly rules: BillRules
  readonly queue: VisitQueue
  readonly till: TillFile
  /** Of a centre's; undefined: this till serves alone. */
  readonly terminal: () => string | undefined
  readonly clock: Clock
  /** Of a pharmacy: every bill is a sale, and judged. */
  readonly sell: ((visit: Visit, from: BillSource) => Promise<Result<OpenBill, Refusal>>) | undefined
  /** Whose card is there now. */
  readonly payer: () => Payer | undefined
  /** The bill was opened, closed, or is another's now; edits answer for themselves. */
  readonly changed: () => void
}

type Refusal = CounterRefusal | DeskRefusal

interface BillSource {
  readonly source: BillView['source']
  readonly file?: string | undefined
}

export class BillDesk {
  readonly #ports: BillDeskPorts
  #bill: OpenBill | undefined
  readonly #owner = new BillOwner()
  readonly #kept: KeptBills
  /** Whose card was there when the settlement began. */
  #paying: Payer | undefined
  /** While a settlement runs nothing may change under it. */
  #frozen = false

  constructor(ports: BillDeskPorts) {
    this.#ports = ports
    this.#kept = new KeptBills(ports.rules.ledger)
  }

  /** A settlement is under way. */
  get isFrozen(): boolean {
    return this.#frozen
  }

  get bill(): OpenBill | undefined {
    return this.#bill
  }

  get view(): BillView | null {
    return this.#bill === undefined ? null : { ...this.#bill.view(), madeFor: this.madeFor }
  }

  /** Whom the bill was made for, when another person's card is there now. */
  get madeFor(): string | null {
    return this.#bill === undefined ? null : this.#owner.otherThan(this.#ports.payer(), this.#bill)
  }

  async openQueue(file: string): Promise<Result<BillView, Refusal>> {
    const visit = this.#ports.queue.read(file)
    return visit.ok ? this.#begin(visit.value, { source: 'queue', file }) : visit
  }

  async openText(text: string): Promise<Result<BillView, Refusal>> {
    const json = parseJsonText(text)
    if (!json.ok) return refuse({ kind: 'visit-not-readable', cause: 'malformed-json', detail: json.error })
    const visit = parseVisitDocument(json.value)
    return visit.ok ? this.#begin(visit.value, { source: 'opened' }) : visit
  }

  async start(): Promise<Result<BillView, Refusal>> {
    const { rules, till, terminal, clock } = this.#ports
    const head = rules.ledger.head()
    if (!head.ok) return refuse({ kind: 'ledger', refusal: head.error })
    const now = clock()
    const number = madeVisitNumber({ ...till, terminal: terminal() }, now, head.value)
    return this.#begin(newVisit(till, now, number), { source: 'typed' })
  }

  close(): Result<null, Refusal> {
    if (this.#frozen) return refuse({ kind: 'settling' })
    this.forget()
    if (!this.comesBack()) this.#ports.changed()
    return ok(null)
  }

  /** The bill has become a settlement; whoever knows it tells it. */
  forget(): void {
    this.#bill = undefined
  }

  /** It has become a hold in doubt: nobody may settle it from the screen before its card has said what became of it. */
  leaveInDoubt(): void {
    if (this.#bill !== undefined) this.#kept.keep(this.#bill, this.#paying)
    this.forget()
    if (!this.comesBack()) this.#ports.changed()
  }

  /** A bill that was left in doubt is open again, when its card has proved that it was not charged and no other bill is in its place. */
  comesBack(): boolean {
    if (this.#bill !== undefined || this.#frozen) return false
    const back = this.#kept.take(this.#ports.payer())
    return back !== undefined && this.open(ok(back)).ok
  }

  /** A card came or left, told its balance, or the year's counters moved. */
  payerChanged(): void {
    if (this.comesBack() || this.#bill === undefined || this.#frozen) return
    const payer = this.#ports.payer()
    this.#owner.met(payer, this.#bill)
    this.#bill.setPayer(payer)
    this.#ports.changed()
  }

  /** The same payer, of whom the centre has told: nothing happens unless the bill is another for it. */
  payerKnownBetter(): void {
    const bill = this.#bill
    if (bill === undefined || this.#frozen) return
    const { revision, ...before } = bill.view()
    bill.setPayer(this.#ports.payer())
    const { revision: _, ...now } = bill.view()
    if (isDeepStrictEqual(now, before)) bill.stays(revision)
    else this.#ports.changed()
  }

  /** Who is there may have changed meanwhile: unless the bill ends with it, `payerChanged` follows. */
  async frozen<Value>(work: () => Promise<Value>): Promise<Value> {
    this.#frozen = true
    this.#paying = this.#ports.payer()
    try {
      return await work()
    } finally {
      this.#frozen = false
    }
  }

  addLine({ revision, code, quantity }: Params<'bill.add-line'>): Result<BillChange, Refusal> {
    return this.#edit(revision, (bill) => bill.addLine(code, quantity))
  }

  setLine({ revision, line, ...change }: Params<'bill.set-line'>): Result<BillChange, Refusal> {
    return this.#edit(revision, (bill) => bill.setLine(line, change) ?? refuse<DeskRefusal>({ kind: 'line-unknown', line }))
  }

  removeLine({ revision, line }: Params<'bill.remove-line'>): Result<BillChange, Refusal> {
    return this.#edit(revision, (bill) => {
      const removed = bill.removeLine(line)
      return removed === undefined ? refuse<DeskRefusal>({ kind: 'line-unknown', line }) : ok(removed)
    })
  }

  useAccount({ revision, flag }: Params<'bill.use-account'>): Result<BillChange, Refusal> {
    return this.edit(revision, (bill) => ok(bill.useAccount(flag)))
  }

  /** Whoever's card is there pays for it: somebody has been asked, and said so. */
  passOn({ revision }: Pick<Params<'bill.pass-on'>, 'revision'>): Result<BillView, Refusal> {
    return this.edit(revision, (bill) => {
      this.#owner.is(this.#ports.payer())
      this.payerChanged()
      return ok({ ...bill.view(), madeFor: this.madeFor })
    })
  }

  explain({ revision }: Params<'bill.explain'>): Result<ExplanationView, Refusal> {
    const bill = this.at(revision)
    if (!bill.ok) return bill
    const { calculation, patient, refusal } = bill.value
    if (refusal !== undefined) return refuse(refusal)
    return calculation === undefined || patient === undefined
      ? refuse({ kind: bill.value.visit.lines.length === 0 ? 'bill-empty' : 'no-card' })
      : ok(explanationView(calculation, patient.policy))
  }

  change({ revision, received }: Params<'bill.change'>): Result<{ readonly change: Yuan }, Refusal> {
    const bill = this.at(revision)
    if (!bill.ok) return bill
    const { calculation } = bill.value
    if (calculation === undefined) return refuse({ kind: 'no-card' })
    const amount = parseFen(received)
    if (amount === undefined || amount < 0) return refuse({ kind: 'amount-malformed', field: 'received', value: received })
    const { cash } = calculation.amounts
    if (amount < cash) return refuse({ kind: 'received-too-little', due: formatFen(cash), received: formatFen(amount) })
    return ok({ change: formatFen(subtract(amount, cash)) })
  }

  /** The bill, if it is still the one that the screen shows. */
  at(revision: number): Result<OpenBill, DeskRefusal> {
    if (this.#bill === undefined) return refuse({ kind: 'no-bill' })
    return this.#bill.revision === revision ? ok(this.#bill) : refuse({ kind: 'bill-stale', stated: revision, now: this.#bill.revision })
  }

  async #begin(visit: Visit, from: BillSource): Promise<Result<BillView, Refusal>> {
    const { rules, sell } = this.#ports
    return this.open(sell === undefined ? Bill.open(rules, visit, from) : await sell(visit, from))
  }

  /** Of a return nothing but who pays changes. */
  #edit(revision: number, edit: (bill: OpenBill) => Result<BillChange, Refusal>): Result<BillChange, Refusal> {
    return this.edit(revision, (bill) => (bill.isFixed ? refuse({ kind: 'sale', refusal: { kind: 'return-fixed' } }) : edit(bill)))
  }

  edit<Value>(revision: number, edit: (bill: OpenBill) => Result<Value, Refusal>): Result<Value, Refusal> {
    if (this.#frozen) return refuse({ kind: 'settling' })
    const bill = this.at(revision)
    return bill.ok ? edit(bill.value) : bill
  }

  open(opened: Result<OpenBill, Refusal>): Result<BillView, Refusal> {
    if (this.#frozen) return refuse({ kind: 'settling' })
    if (!opened.ok) return opened
    this.#bill = opened.value
    const payer = this.#ports.payer()
    this.#owner.is(payer)
    if (payer !== undefined) opened.value.setPayer(payer)
    this.#ports.changed()
    return ok({ ...opened.value.view(), madeFor: this.madeFor })
  }
}
