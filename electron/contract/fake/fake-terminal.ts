/**
 * The terminal of the component tests: the same names, schemas, events and refusals as the host, over a small made-up till.
 * A call that breaks its schema is a fault of the test or of the screen, so it throws. PINs never reach `calls`.
 */

import { invariant } from '../../../base/invariant.ts'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { PinAskedView } from '../driver-view.ts'
import type { TerminalEvent, TerminalState } from '../events.ts'
import type { ReaderChoice } from '../reader-choice.ts'
import type { FaultKind, ReaderView, TroubleView } from '../reader-view.ts'
import type { RefusalView } from '../refusal-view.ts'
import { REQUESTS, type Params, type RequestName } from '../requests.ts'
import type { StatementView } from '../settlement-view.ts'
import type { Answer, PrintOutcome, PrintRequest, Terminal } from '../terminal.ts'
import { addLine, billView, changeToGive, closeBill, explain, openQueue, openText, passOn, removeLine, searchCatalogue, setLine, startBill, tellBill, useAccount } from './fake-bill.ts'
import { changePin, changePinOnPad, fixturePin, insertCard, readCard, reveal, verifyPin, verifyPinOnPad } from './fake-card.ts'
import { removeCard } from './fake-chip.ts'
import { closeCsv, closeReport, countDrawer, openClose, reopenClose, resolveItem, signClose } from './fake-close.ts'
import { answerCaller, callerAsks, cancelCaller, endPairing, forgetCaller, pairCaller, turnDriver } from './fake-driver.ts'
import { startLoad } from './fake-load.ts'
import { chooseReader, listReaders, ofSimulated, setTrouble } from './fake-reader.ts'
import { openRecord, printStatement, refund, searchRecords } from './fake-records.ts'
import { LEDGER_OLDER } from './fake-centre-refusals.ts'
import { SETTLING } from './fake-refusals.ts'
import { checkEligibility } from './fake-eligibility.ts'
import { prescribe, readPrescription, reviewPrescription, unprescribe, waitingPrescriptions } from './fake-prescription.ts'
import { returnPacks } from './fake-return.ts'
import { scan, setSaleLine, splitSaleLine, startSale, substitute, substitutes, traceLine, untraceLine } from './fake-sale.ts'
import { createScript, type Script } from './fake-script.ts'
import { settle } from './fake-settle.ts'
import { connect, fakeCentre, handOver, pause, restore, resume, retry, syncNow, tellSync, type FakeCentre } from './fake-sync.ts'
import { createWorld, setReader, tell, type World, type WorldOptions } from './fake-world.ts'
import { manyLines } from './sample-items.ts'

export interface FakeTerminalOptions extends Omit<WorldOptions, 'billLines'> {
  /** Lines of the first visit in the queue and of pasted ones; 12 unless said. */
  readonly lines?: number
  /** The reader that serves from the start; the simulated one unless said. */
  readonly reader?: ReaderChoice
  /** Tray card in the reader from the start. */
  readonly card?: string
  /** false: a window that can only ask the browser to print. */
  readonly printer?: boolean
}

export interface FakeCall {
  readonly name: RequestName
  /** As they came in, with stars in place of a PIN. */
  readonly params: Readonly<Record<string, unknown>>
}

export interface FakeTerminal extends Terminal, Omit<Script, 'take'> {
  readonly calls: readonly FakeCall[]
  readonly prints: readonly PrintRequest[]
  /** Tells the listeners, and remembers it where it is a state. */
  emit(event: TerminalEvent): void
  /** What the next print does. */
  printNext(outcome: Result<PrintOutcome, RefusalView>): void
  insertCard(id: string): void
  removeCard(): void
  armFault(kind: FaultKind): void
  /** Breaks a link on the way to the card; null mends it. */
  setTrouble(trouble: TroubleView | null): void
  /** What the holder does at the reader's keys next, instead of typing the PIN. */
  padNext(refusal: RefusalView): void
  /** Another program, paired before, wants the holder's PIN. */
  callerAsks(asked: PinAskedView): void
  statement(settlementId: string): StatementView | undefined
  readonly centre: FakeCentre
  readonly listening: number
}

type Handlers = { readonly [Name in RequestName]: (world: World, params: Params<Name>) => Answer<Name> }

const stateOf = (world: World): TerminalState => ({
  told: world.told,
  till: world.till,
  panel: world.panel,
  queue: world.queue,
  bill: world.bill === null ? null : billView(world, world.bill),
  inDoubt: world.inDoubt,
  sync: world.sync,
  driver: world.driver,
  reader: world.reader,
  trace: world.trace
})

const HANDLERS: Handlers = {
  'terminal.state': (world) => ok(stateOf(world)),
  'card.reveal': reveal,
  'card.verify-pin': verifyPin,
  'card.change-pin': changePin,
  'card.verify-pin-on-pad': verifyPinOnPad,
  'card.change-pin-on-pad': changePinOnPad,
  'card.read': readCard,
  'bill.open-queue': openQueue,
  'bill.open-text': openText,
  'bill.start': startBill,
  'bill.close': closeBill,
  'bill.pass-on': passOn,
  'bill.add-line': addLine,
  'bill.set-line': setLine,
  'bill.remove-line': removeLine,
  'bill.use-account': useAccount,
  'bill.explain': explain,
  'bill.change': changeToGive,
  'sale.start': startSale,
  'sale.scan': scan,
  'sale.set-line': setSaleLine,
  'sale.trace': traceLine,
  'sale.untrace': untraceLine,
  'sale.split': splitSaleLine,
  'sale.prescribe': prescribe,
  'sale.prescription-text': readPrescription,
  'sale.prescriptions': waitingPrescriptions,
  'sale.unprescribe': unprescribe,
  'sale.review': reviewPrescription,
  'sale.substitutes': substitutes,
  'sale.substitute': substitute,
  'sale.return': returnPacks,
  'eligibility.check': checkEligibility,
  'catalogue.search': searchCatalogue,
  settle,
  'records.search': searchRecords,
  'records.open': openRecord,
  'records.refund': refund,
  'statement.print': printStatement,
  'load.start': startLoad,
  'sync.connect': connect,
  'sync.now': syncNow,
  'sync.pause': pause,
  'sync.resume': resume,
  'sync.restore': restore,
  'sync.retry': retry,
  'sync.hand-over': handOver,
  'close.open': openClose,
  'close.count': countDrawer,
  'close.resolve': resolveItem,
  'close.sign': signClose,
  'close.reopen': reopenClose,
  'close.report': closeReport,
  'close.csv': closeCsv,
  'reader.choose': chooseReader,
  'reader.list': listReaders,
  'reader.insert': (world, { card }) => ofSimulated(world, () => insertCard(world, card)),
  'reader.remove': (world) => ofSimulated(world, () => removeCard(world)),
  'reader.fault': (world, { kind }) => changed(world, { faults: [...world.reader.faults, { kind }] }),
  'reader.clear-faults': (world) => changed(world, { faults: [] }),
  'reader.pace': (world, { pace }) => changed(world, { pace }),
  'reader.fixture-pin': fixturePin,
  'driver.turn': turnDriver,
  'driver.pair': pairCaller,
  'driver.end-pairing': endPairing,
  'driver.forget': forgetCaller,
  'driver.answer': answerCaller,
  'driver.cancel': cancelCaller,
  'trace.clear': (world) => {
    world.trace = []
    return ok(null)
  }
}

const changed = (world: World, change: Partial<ReaderView>): Result<null, RefusalView> =>
  ofSimulated(world, () => {
    setReader(world, change)
    return ok(null)
  })

const PIN_PARAMS = new Set(['pin', 'from', 'to'])
const TAKES_PIN = /^card\.|^driver\.answer$/

const withoutPin = (name: RequestName, params: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(params).map(([key, value]) => [key, TAKES_PIN.test(name) && PIN_PARAMS.has(key) && value !== null ? '*'.repeat(String(value).length) : value])
  )

function remember(world: World, event: TerminalEvent): void {
  if (event.topic === 'card') world.panel = event.panel
  if (event.topic === 'queue') world.queue = event.queue
  if (event.topic === 'in-doubt') world.inDoubt = event.inDoubt
  if (event.topic === 'sync') world.sync = event.sync
  if (event.topic === 'reader') world.reader = event.reader
  if (event.topic === 'trace') world.trace = [...world.trace, ...event.lines]
}

/** What an older ledger does not do. */
const WRITING: ReadonlySet<RequestName> = new Set<RequestName>(['settle', 'load.start', 'records.refund', 'sale.return', 'close.resolve', 'close.sign', 'close.reopen'])

/** Asks the script first, then the till. */
async function answer<Name extends RequestName>(world: World, script: Script, name: Name, params: Params<Name>): Promise<Answer<Name>> {
  const refusal = (await script.take(name)) ?? (WRITING.has(name) && world.sync.lostBatches !== null ? LEDGER_OLDER : null)
  return refusal === null ? HANDLERS[name](world, params) : refuse(refusal)
}

/** As the host does: the bill is frozen until the settlement has ended, and told anew when it came to nothing. */
async function answerSettling<Name extends RequestName>(world: World, script: Script, name: Name, params: Params<Name>): Promise<Answer<Name>> {
  if (world.settling !== null) return refuse(SETTLING)
  world.settling = { card: world.inserted }
  try {
    return await answer(world, script, name, params)
  } finally {
    world.settling = null
    tellBill(world)
  }
}

function printerOf(prints: PrintRequest[], outcomes: Result<PrintOutcome, RefusalView>[]): NonNullable<Terminal['print']> {
  return async (request) => {
    prints.push(request)
    return outcomes.shift() ?? ok(request.to === 'pdf' ? { saved: `/tmp/caresettle-test/${request.name}.pdf` } : { printed: true as const })
  }
}

function check(name: RequestName, params: unknown): void {
  const checked = REQUESTS[name].safeParse(params)
  const broken = checked.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []
  invariant(checked.success, `${name} breaks its schema: ${broken.join('; ')}`)
}

export function createFakeTerminal({ lines = 12, card, reader, printer = true, ...options }: FakeTerminalOptions = {}): FakeTerminal {
  const world = createWorld({ ...options, billLines: manyLines(lines) })
  const script = createScript((host) => world.listeners.forEach((listener) => listener({ topic: 'host', host })))
  const calls: FakeCall[] = []
  const prints: PrintRequest[] = []
  const outcomes: Result<PrintOutcome, RefusalView>[] = []
  if (options.centre === true) tellSync(world)
  if (reader !== undefined) chooseReader(world, { choice: reader })
  if (card !== undefined) insertCard(world, card)
  return {
    ...script,
    calls,
    prints,
    get listening() {
      return world.listeners.size
    },
    call(name, params) {
      check(name, params)
      calls.push({ name, params: withoutPin(name, params) })
      return (name === 'settle' ? answerSettling : answer)(world, script, name, params)
    },
    listen(listener) {
      world.listeners.add(listener)
      return () => world.listeners.delete(listener)
    },
    ...(printer && { print: printerOf(prints, outcomes) }),
    emit(event) {
      remember(world, event)
      tell(world, event)
    },
    printNext: (outcome) => void outcomes.push(outcome),
    insertCard: (id) => invariant(insertCard(world, id).ok, `the fake's tray has no card ${id}`),
    removeCard: () => void removeCard(world),
    armFault: (kind) => setReader(world, { faults: [...world.reader.faults, { kind }] }),
    setTrouble: (trouble) => setTrouble(world, trouble),
    padNext: (refusal) => {
      invariant(world.pad !== null, 'the reader of this fake has no keys')
      world.pad.next = refusal
    },
    callerAsks: (asked) => callerAsks(world, asked),
    centre: fakeCentre(world),
    statement: (settlementId) => world.statements.find((statement) => statement.settlementId === settlementId)
  }
}
