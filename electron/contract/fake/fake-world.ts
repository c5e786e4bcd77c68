/** What the fake remembers, and how it tells of a change: the same topics as the host, each whole. */

import type { QueueEntry, VisitView, BillView } from '../bill-view.ts'
import type { CardPanel, CardView } from '../card-view.ts'
import type { TerminalEvent } from '../events.ts'
import type { DriverView } from '../driver-view.ts'
import type { ReaderView, TraceLine } from '../reader-view.ts'
import type { InDoubtView, StatementView } from '../settlement-view.ts'
import type { SyncView } from '../sync-view.ts'
import type { TillView } from '../till-view.ts'
import type { Yuan } from '../text.ts'
import type { FakeBooks } from './fake-books.ts'
import { createBooks } from './fake-books.ts'
import type { FakeLine } from './fake-sums.ts'
import type { SaleView } from '../sale-view.ts'
import type { FakePrescription } from './sample-prescriptions.ts'
import type { RefusalView } from '../refusal-view.ts'
import { chainOf } from './fake-chain.ts'
import { SAMPLE_ANSWER_TO_RESET } from './sample-readers.ts'
import { SAMPLE_CHIPS, SAMPLE_READER, trayOf, type FakeChip } from './sample-cards.ts'
import { DRIVER_OFF } from './sample-driver.ts'
import { confirmed, SAMPLE_DEBITED, SAMPLE_STATEMENTS } from './sample-statements.ts'
import { numbered, type SAMPLE_TRACE } from './sample-trace.ts'
import { SAMPLE_CENTRE, SAMPLE_DOWNLOADS, SYNC_NOT_CONNECTED } from './sample-sync.ts'
import { SAMPLE_PHARMACY, SAMPLE_QUEUE, SAMPLE_TILL } from './sample-visits.ts'

/** Changes of a chip's own memory: what the PIN, the tries and a debit leave behind. */
export interface ChipState {
  pin: string
  triesLeft: number
  balance: Yuan | null
}

export interface OpenBill {
  readonly source: BillView['source']
  readonly visit: VisitView
  readonly file: string | null
  revision: number
  lines: readonly FakeLine[]
  useAccount: '0' | '1' | '2'
  /** null on a hospital's bill. */
  sale: FakeSale | null
  /** Name of whom it was made for; null: nobody's yet, or the queue's. */
  owner: string | null
}

export interface FakeSale {
  readonly prescription: FakePrescription | null
  readonly returnOf: SaleView['returnOf']
}

/** What the card would say of a hold, if it were asked. */
export interface Doubt {
  /** The tray card that can close it. */
  readonly card: string
  readonly wasTaken: boolean
  /** Where its visit stands in the queue. */
  readonly file: string | null
  /** Of none: the bill itself, which comes back when nothing was taken. */
  readonly bill: OpenBill | null
}

export interface World {
  readonly till: TillView
  readonly chips: readonly FakeChip[]
  readonly chipStates: Map<string, ChipState>
  readonly listeners: Set<(event: TerminalEvent) => void>
  /** Lines of the queue's first visit; the others have three. */
  readonly billLines: readonly FakeLine[]
  presence: number
  /** Id of the tray card in the slot. */
  inserted: string | null
  panel: CardPanel
  queue: readonly QueueEntry[]
  bill: OpenBill | null
  /** Revisions go on over bills, so that no answer about an old one fits a new one. */
  revision: number
  /** While a settlement is under way: the card that was in the slot when it was asked for. Nothing changes under it. */
  settling: { readonly card: string | null } | null
  inDoubt: readonly InDoubtView[]
  /** What is true of each hold in doubt. */
  readonly doubts: Map<string, Doubt>
  /** Card that each settlement was taken from. */
  readonly debitedCards: Map<string, string>
  reader: ReaderView
  /** The keys of the real reader: what the holder does at them next, given no instruction types the PIN. null: it has none. */
  pad: { next: RefusalView | null } | null
  trace: readonly TraceLine[]
  traced: number
  statements: readonly StatementView[]
  settlements: number
  sync: SyncView
  driver: DriverView
  /** What keeps the centre from being reached; null: nothing does. */
  outage: 'network-down' | 'centre-down' | null
  /** Loads that the centre has not confirmed. */
  loadsWaiting: number
  /** The day that is being closed, and those that were. */
  readonly books: FakeBooks
  /** Events told so far. */
  told: number
}

export interface WorldOptions {
  readonly till?: Partial<TillView>
  readonly queue?: readonly QueueEntry[]
  readonly statements?: readonly StatementView[]
  readonly inDoubt?: readonly InDoubtView[]
  readonly chips?: readonly FakeChip[]
  /** true: this till is enrolled, and the centre has confirmed what it holds at the start. */
  readonly centre?: boolean
  /** true: a pharmacy's till, which has no queue and sells. */
  readonly pharmacy?: boolean
  /** true: the real reader has keys of its own. */
  readonly pad?: boolean
  readonly billLines: readonly FakeLine[]
}

const CONNECTED: SyncView = {
  ...SYNC_NOT_CONNECTED,
  link: 'up',
  centre: SAMPLE_CENTRE,
  lastContact: '2026-03-05 09:59:00',
  unconfirmed: { count: 0, since: null },
  queue: { facts: 0, batches: 0, bytes: 0 },
  downloads: SAMPLE_DOWNLOADS
}

export function createWorld(options: WorldOptions): World {
  const chips = options.chips ?? SAMPLE_CHIPS
  return {
    till: { ...(options.pharmacy === true ? SAMPLE_PHARMACY : SAMPLE_TILL), ...options.till },
    chips,
    chipStates: new Map(chips.map(({ id, pin, triesLeft, balance }) => [id, { pin, triesLeft, balance }])),
    listeners: new Set(),
    billLines: options.billLines,
    presence: 0,
    inserted: null,
    panel: { state: 'no-card' },
    queue: options.queue ?? (options.pharmacy === true ? [] : SAMPLE_QUEUE),
    bill: null,
    revision: 0,
    settling: null,
    inDoubt: options.inDoubt ?? [],
    debitedCards: new Map(SAMPLE_DEBITED),
    doubts: new Map((options.inDoubt ?? []).map(({ settlementId }) => [settlementId, { card: 'in-service-32k', wasTaken: true, file: null, bill: null }])),
    reader: { ...SAMPLE_READER, tray: trayOf(chips, null) },
    pad: options.pad === true ? { next: null } : null,
    trace: [],
    traced: 0,
    statements: (options.statements ?? SAMPLE_STATEMENTS).map((statement) => (options.centre === true ? confirmed(statement) : statement)),
    settlements: 0,
    sync: options.centre === true ? CONNECTED : SYNC_NOT_CONNECTED,
    driver: DRIVER_OFF,
    outage: null,
    loadsWaiting: 0,
    books: createBooks(),
    told: 0
  }
}

export function tell(world: World, event: TerminalEvent): void {
  world.told += 1
  const { told } = world
  world.listeners.forEach((listener) => listener({ ...event, number: told }))
}

export function setPanel(world: World, panel: CardPanel): void {
  world.panel = panel
  tell(world, { topic: 'card', panel })
}

export function setReader(world: World, change: Partial<ReaderView>): void {
  const { kind, name, choice, trouble } = { ...world.reader, ...change }
  world.reader = {
    ...world.reader,
    tray: kind === 'virtual' ? trayOf(world.chips, world.inserted) : [],
    slots: world.reader.slots.map((slot) => (slot.slot === 'card' ? { ...slot, holds: world.inserted } : slot)),
    answerToReset: kind === 'pcsc' && world.inserted !== null ? SAMPLE_ANSWER_TO_RESET : null,
    chain: chainOf({ kind, name, choice, trouble }, world.inserted !== null),
    readers: world.reader.readers.map((reader) => (reader.serves === 'card' ? { ...reader, holds: world.inserted === null ? 'nothing' : 'card' } : reader)),
    ...change
  }
  tell(world, { topic: 'reader', reader: world.reader })
}

export function setQueue(world: World, file: string | null, state: QueueEntry['state']): void {
  if (file === null) return
  world.queue = world.queue.map((entry) => (entry.file === file ? { ...entry, state } : entry))
  tell(world, { topic: 'queue', queue: world.queue })
}

export function setInDoubt(world: World, inDoubt: readonly InDoubtView[]): void {
  world.inDoubt = inDoubt
  tell(world, { topic: 'in-doubt', inDoubt })
}

export function addTrace(world: World, exchanges: readonly Omit<(typeof SAMPLE_TRACE)[number], 'number' | 'at' | 'took'>[]): void {
  const lines = numbered(exchanges, world.traced)
  world.traced += lines.length
  world.trace = [...world.trace, ...lines]
  tell(world, { topic: 'trace', lines })
}

export const readyCard = (world: World): CardView | null => (world.panel.state === 'ready' ? world.panel.card : null)
