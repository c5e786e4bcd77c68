/**
 * The counter as the window meets it: one card, one bill, one queue, one ledger. Answers requests and tells what changed; a
 * request that the contract does not know does not get here.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { Fen } from '../../../settlement/money/fen.ts'
import type { ReleasedHold } from '../../../settlement/sync/doubts.ts'
import type { SqliteLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import type { Visit } from '../../../settlement/visit/visit-schema.ts'
import type { TerminalEvent, TerminalState } from '../../contract/events.ts'
import type { ReaderView } from '../../contract/reader-view.ts'
import type { Params } from '../../contract/requests.ts'
import type { StatementView } from '../../contract/settlement-view.ts'
import type { RestoredView } from '../../contract/sync-view.ts'
import type { TillView } from '../../contract/till-view.ts'
import type { AccountKnowledge } from '../bill/account-knowledge.ts'
import type { BillRules } from '../bill/bill.ts'
import type { OpenBill } from '../bill/open-bill.ts'
import type { CardRegister } from '../card-register.ts'
import type { CloseDesk } from '../close/close-desk.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { DriverAccess } from '../driver-api/driver-access.ts'
import type { Machine } from '../machine.ts'
import { VisitQueue } from '../queue/visit-queue.ts'
import type { ReaderChoice } from '../../contract/reader-choice.ts'
import type { FileProblem } from '../files/file-problem.ts'
import type { ReaderBay } from '../reader/reader-bay.ts'
import { readerView } from '../reader/reader-view.ts'
import type { Tray } from '../reader/tray.ts'
import { THIS_SYSTEM } from '../reader/trouble-view.ts'
import type { TraceLog } from '../reader/trace-log.ts'
import { LoadDesk } from '../load/load-desk.ts'
import { neverBooked } from '../load/never-booked.ts'
import type { PrintRegister } from '../records/print-register.ts'
import { statementView } from '../records/statement-view.ts'
import { restoredView } from '../sync/restore-text.ts'
import { shownOr } from '../refusal/done-not-shown.ts'
import { settleOnCard, type SettlingCounter } from '../settle-on-card.ts'
import { withParked } from '../sync/parked-records.ts'
import type { PersonAtCounter } from '../sync/person-at-counter.ts'
import type { TillSync } from '../sync/till-sync.ts'
import type { TillFile } from '../till-file.ts'
import { saleRefused } from '../sale/refusable.ts'
import type { SaleDesk } from '../sale/sale-desk.ts'
import type { SaleDoor } from '../sale/sale-door.ts'
import type { SaleSource } from '../sale/sale.ts'
import { agreedBill } from './agreed-bill.ts'
import { BillDesk } from './bill-desk.ts'
import { CardDesk } from './card-desk.ts'
import type { DeskRefusal } from './desk-refusal.ts'
import { DoubtsAtDesk } from './doubts-at-desk.ts'
import { SettleSteps } from './settle-progress.ts'

export interface DeskPorts extends Machine {
  readonly till: TillFile
  readonly tillView: TillView
  readonly rules: BillRules
  /** Sells, and judges what is covered, here at a hospital's till too. */
  readonly saleDoor: SaleDoor
  readonly ledger: SqliteLedger
  readonly sync: TillSync
  readonly person: PersonAtCounter
  readonly closing: CloseDesk
  readonly slot: ReaderBay
  readonly tray: Tray
  readonly trace: TraceLog
  /** Until somebody chooses another, also after the next start. */
  readonly rememberReader: (choice: ReaderChoice) => Result<null, FileProblem>
  readonly driver: DriverAccess
  readonly prints: PrintRegister
  readonly register: () => CardRegister
  readonly queueFolder: string
  readonly tell: (event: TerminalEvent) => void
  /** Number of the last event told. */
  readonly told: () => number
}

export type Refusal = CounterRefusal | DeskRefusal

export class Desk {
  readonly ports: DeskPorts
  readonly cards: CardDesk
  readonly bills: BillDesk
  readonly loads: LoadDesk
  readonly #queue: VisitQueue
  readonly #doubts: DoubtsAtDesk
  #sales: SaleDesk | undefined
  readonly #steps: SettleSteps

  constructor(ports: DeskPorts) {
    const { till, rules, ledger, clock, tell } = ports
    this.ports = ports
    this.#steps = new SettleSteps(ports.later, (step) => tell({ topic: 'progress', step }))
    this.#queue = new VisitQueue({
      ...ports,
      folder: ports.queueFolder,
      ledger,
      catalogue: rules.catalogue,
      changed: () => this.#tellQueue()
    })
    this.bills = new BillDesk({
      rules,
      queue: this.#queue,
      till,
      terminal: () => ports.sync.terminal,
      clock,
      sell: isPharmacy(till) ? (visit, from) => this.#sell(visit, from) : undefined,
      payer: () => this.cards.payer,
      changed: () => this.#billChanged()
    })
    this.#doubts = new DoubtsAtDesk({
      ledger,
      tell,
      resolved: () => {
        ports.sync.ledgerGrew()
        this.#tellQueue()
        this.bills.comesBack()
      }
    })
    this.loads = new LoadDesk({
      ...ports,
      isNeverBooked: neverBooked(ledger.sync),
      cards: () => this.cards,
      credited: () => this.cards.judgeAgain(),
      written: () => {
        ports.sync.ledgerGrew()
        this.#doubts.tell()
      }
    })
    this.cards = new CardDesk(
      {
        ...ports,
        owedTo: (card) => this.loads.owedTo(card),
        lostBatches: () => ports.sync.lostBatches,
        isUnknown: (citizenNumber) => ports.person.isUnknown(citizenNumber),
        policies: rules.policies,
        institution: till.institution.fixmedins_code,
        psamFor: (identity) => ports.slot.psams.psamFor(identity),
        proveForOthers: (session) => ports.driver.prove(session)
      },
      {
        panel: (panel) => {
          tell({ topic: 'card', panel })
          this.tellReader()
          void this.ports.person.is(panel.state === 'ready' ? this.cards.data?.holder.socialSecurityNumber : undefined)
          this.bills.payerChanged()
          this.loads.panelShown(panel)
        },
        recovered: (recoveries) => this.#doubts.recovered(recoveries)
      }
    )
  }

  start(): void {
    this.#queue.start()
  }

  close(): void {
    this.#queue.close()
  }

  slotChanged(): void {
    this.ports.trace.begin()
    this.ports.driver.slotChanged()
    this.cards.slotChanged()
    this.tellReader()
  }

  psamChanged(): void {
    const { psams } = this.ports.slot
    this.tellReader()
    if (psams.trouble === undefined && psams.terminalNumbers.length > 0) this.cards.psamCame()
  }

  /** Midnight has passed: who is entitled, and to what, may be another answer. */
  dayChanged(): void {
    this.ports.tell({ topic: 'till', till: this.#till() })
    this.cards.judgeAgain()
  }

  state(): TerminalState {
    return {
      told: this.ports.told(),
      till: this.#till(),
      panel: this.cards.panel,
      queue: this.#queue.entries(this.bills.bill?.file),
      bill: this.bills.view,
      inDoubt: this.#doubts.views(),
      sync: this.ports.sync.view(),
      driver: this.ports.driver.view(),
      reader: this.reader(),
      trace: this.ports.trace.lines
    }
  }

  /** Of a pharmacy: where its sales are made. */
  async sales(): Promise<Result<SaleDesk, Refusal>> {
    if (!isPharmacy(this.ports.till)) return saleRefused({ kind: 'not-a-pharmacy' })
    const side = await this.ports.saleDoor.open()
    if (!side.ok) return side
    this.#sales ??= side.value.deskOf(this.bills, () => this.countersMoved())
    return ok(this.#sales)
  }

  reader(): ReaderView {
    const { slot, tray } = this.ports
    return readerView({ bay: slot, tray, panel: this.cards.panel, system: THIS_SYSTEM })
  }

  tellReader(): void {
    this.ports.tell({ topic: 'reader', reader: this.reader() })
  }

  /** Charges what the screen shows, or nothing. The statement exists only when the posting is durable. */
  async settle({ presence, revision, cash }: Params<'settle'>): Promise<Result<StatementView, Refusal>> {
    const bill = this.bills.at(revision)
    if (!bill.ok) return bill
    const { visit, file, ownPayReasons } = bill.value
    const { notOpened, blocking } = this.cards
    const agreed = agreedBill(bill.value, { cash, madeFor: this.bills.madeFor, notOpened, blocking })
    if (!agreed.ok) return agreed
    const { patient, amounts } = agreed.value
    const settled = await this.bills.frozen(() => {
      this.#steps.at('computing')
      return this.cards.settle(
        presence,
        (at) => settleOnCard(this.#settlingCounter(), { ...patient, session: at.session }, visit, amounts, ownPayReasons),
        (served) => (served.accountPlace === 'at-centre' ? { state: 'at-centre' } : accountKnown(served.settled.evidence.balanceAfter))
      )
    })
    if (!settled.ok) {
      this.#steps.at('done')
      return this.#notSettled(settled.error)
    }
    this.bills.forget()
    this.ports.sync.ledgerGrew()
    // The cashier waits for the statement; that the bill is gone and the file set aside is told behind it.
    this.ports.later(0, () => {
      if (file !== undefined) this.#queue.setAside(file)
      this.#billChanged()
    })
    const { settlementId } = settled.value.settled.posting.fact
    return shownOr(this.statement(settlementId), { done: 'settlement', settlementId })
  }

  statement(settlementId: string): Result<StatementView, Refusal> {
    const { ledger, rules, prints } = this.ports
    const statement = statementView({ ledger, policies: rules.policies }, settlementId, prints.count(settlementId))
    return statement.ok ? ok(withParked(ledger.sync, statement.value)) : refuse({ kind: 'record', refusal: statement.error })
  }

  /** After a refund: the year's counters stand elsewhere, and the card in the reader may have something to get. */
  countersMoved(): void {
    this.ports.sync.ledgerGrew()
    this.cards.judgeAgain()
    this.bills.payerChanged()
  }

  /** Whether facts may be written: not while the ledger is an older copy. */
  get writable(): Result<null, CounterRefusal> {
    const { lostBatches } = this.ports.sync
    return lostBatches === undefined ? ok(null) : refuse({ kind: 'ledger-older', batches: lostBatches })
  }

  async restore(): Promise<Result<RestoredView, Refusal>> {
    const restored = await this.ports.sync.restore()
    return restored.ok ? ok(restoredView(restored.value)) : refuse({ kind: 'sync', refusal: restored.error })
  }

  /**
   * The ledger has got back what it had lost: what waits, what is in doubt and what the year has used may be others, and the card in the
   * reader, which was not asked meanwhile, is asked with its next PIN.
   */
  whole(): void {
    this.countersMoved()
    this.#doubts.tell()
    this.#tellQueue()
    void this.cards.read()
  }

  /** The centre knows what became of a hold whose card has not come back. */
  released(hold: ReleasedHold): void {
    this.#doubts.tellResolved([{ kind: 'released', ...hold }])
  }

  /** What the centre gives out has changed: what stands against the card, and what the bill comes to. */
  rulesChanged(): void {
    this.cards.judgeAgain()
    this.bills.payerChanged()
  }

  /** The centre has told of whoever is there: what the bill comes to, and what is asked without one, may be another. */
  personTold(): void {
    this.bills.payerKnownBetter()
    this.ports.tell({ topic: 'card', panel: this.cards.panel })
  }

  #till(): TillView {
    return { ...this.ports.tillView, today: this.ports.clock().today }
  }

  #notSettled(refusal: Refusal): Result<never, Refusal> {
    const isOpen = refusal.kind === 'settle' && (refusal.refusal.kind === 'in-doubt' || refusal.refusal.kind === 'not-recorded')
    if (isOpen) {
      this.bills.leaveInDoubt()
      this.#doubts.tell()
    } else {
      this.bills.payerChanged()
    }
    return refuse(refusal)
  }

  async #sell(visit: Visit, from: SaleSource): Promise<Result<OpenBill, Refusal>> {
    const side = await this.ports.saleDoor.open()
    return side.ok ? side.value.openBill(visit, from) : side
  }

  #settlingCounter(): SettlingCounter {
    const { ledger, clock, rules, faultPoint } = this.ports
    return {
      ledger,
      clock,
      catalogue: rules.catalogue,
      centre: rules.centre,
      told: rules.told,
      terminal: () => this.ports.sync.terminal,
      faultPoint: (name) => {
        this.#steps.reached(name)
        faultPoint(name)
      }
    }
  }

  #billChanged(): void {
    this.ports.tell({ topic: 'bill', bill: this.bills.view })
    this.#tellQueue()
  }

  #tellQueue(): void {
    this.ports.tell({ topic: 'queue', queue: this.#queue.entries(this.bills.bill?.file) })
  }
}

const isPharmacy = ({ institution }: TillFile): boolean => institution.kind === 'pharmacy'

/** A debit that only the log proves tells no balance: the next PIN will. */
const accountKnown = (balance: Fen | undefined): AccountKnowledge => (balance === undefined ? { state: 'after-pin' } : { state: 'on-card', balance })
