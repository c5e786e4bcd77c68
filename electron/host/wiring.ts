/**
 * Puts a counter together from a data folder and what the terminal is delivered with. The only place of the window's host
 * that names drivers. What cannot be opened is one line for support staff.
 */

import { join } from 'node:path'
import { ok, refuse, type Result } from '../../base/result.ts'
import { decodeText } from '../../card/bytes/text.ts'
import type { BusinessDate } from '../../settlement/calendar/business-date.ts'
import type { Policy } from '../../settlement/policy/policy-schema.ts'
import { openLedger, type SqliteLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import type { TerminalEvent } from '../contract/events.ts'
import type { TillView } from '../contract/till-view.ts'
import { EMPTY_REGISTER, type CardRegister } from './card-register.ts'
import { tillClose } from './close/till-close.ts'
import { searchOf } from './catalogue-search.ts'
import { idleWork, watchDays } from './idle-work.ts'
import { institutionDivision } from './patient.ts'
import { regionName } from './desk/card-view.ts'
import { Desk } from './desk/desk.ts'
import { anyRefusalView } from './desk/desk-refusal.ts'
import type { DriverAccess } from './driver-api/driver-access.ts'
import { wireDriver } from './driver-api/wire-driver.ts'
import { deskHandlers, type Handlers } from './desk/handlers.ts'
import { readCatalogue, terminalNumbersIn } from './files/delivered.ts'
import { ledgerLine } from './files/opening-line.ts'
import type { Machine } from './machine.ts'
import { openShelf, type OpenedShelf } from './packs/open-shelf.ts'
import { beginQueue } from './queue/demo-queue.ts'
import { TraceLog } from './reader/trace-log.ts'
import { Tray } from './reader/tray.ts'
import { recordReaders } from './reader/wire-recorder.ts'
import { wireBay } from './reader/wire-bay.ts'
import { PrintRegister } from './records/print-register.ts'
import { tillSaleDoor, type SaleDoor } from './sale/sale-door.ts'
import { openTillCatalogue, type TillCatalogue } from './till-catalogue.ts'
import { readTill, rememberReader, type TillFile } from './till-file.ts'
import { centrePathsIn } from './sync/centre-files.ts'
import { PersonAtCounter } from './sync/person-at-counter.ts'
import { TillRules } from './sync/till-rules.ts'
import { TillSync, type TillSyncPorts } from './sync/till-sync.ts'
import type { BatchLimits } from '../../settlement/sync/batch-maker.ts'

export interface WiringOptions {
  /** Folder of this counter: ledger, PSAM, cards, queue, till.json. Made when it is not there. */
  readonly data: string
  /** Folder of what the terminal is delivered with. */
  readonly fixtures: string
  /** Tray card to put in at once, as it would still lie in a real reader. */
  readonly insert?: string | undefined
  readonly version: string
  /** Under the till; the system's in every till that serves people. */
  readonly machine: Machine
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly tell: (event: TerminalEvent) => void
  /** To which the ledger's log is grown while nobody waits; default: enough for a busy day. */
  readonly logBytes?: number
  /** Of what goes to the centre at once; default: as much as it takes. */
  readonly batches?: BatchLimits
}

export interface Wired {
  readonly handlers: Handlers
  close(): void
}

/** Settlements of a day at a busy till, before the log has to grow. */
const LOG_BYTES = 64 * 1024 * 1024
/** The window asks for the state of the counter first. */
const SALE_SIDE_MS = 150

export async function wire(options: WiringOptions): Promise<Result<Wired, string>> {
  const { machine, logBytes = LOG_BYTES } = options
  machine.files.makeFolder(options.data)
  const delivered = readDelivered(options)
  if (!delivered.ok) return refuse(delivered.error)
  const path = join(options.data, 'ledger.db')
  const ledger = openLedger({ path, create: true, logBytes, growth: 'later', open: machine.openDatabase })
  if (!ledger.ok) return refuse(ledgerLine(ledger.error).line)
  const counter = build(options, { ...delivered.value, ledger: ledger.value, ledgerPath: path })
  if (options.insert !== undefined) await counter.insert(options.insert)
  return ok(counter)
}

interface Delivered {
  readonly till: TillFile
  readonly shelf: OpenedShelf
  readonly catalogue: TillCatalogue
  readonly tray: Tray
}

function readDelivered({ data, fixtures, machine }: WiringOptions): Result<Delivered, string> {
  const { entropy, files, warn } = machine
  const today = (): BusinessDate => machine.clock().today
  const till = readTill(data, fixtures, files)
  if (!till.ok) return refuse(till.error.message)
  const shelf = openShelf({ fixtures, data, division: institutionDivision(till.value.institution.fixmedins_code), today, files, warn })
  if (!shelf.ok) return refuse(shelf.error.message)
  const delivered = readCatalogue(fixtures)
  if (!delivered.ok) return refuse(delivered.error.message)
  const catalogue = openTillCatalogue(data, delivered.value)
  if (!catalogue.ok) return refuse(catalogue.error)
  const tray = Tray.open({ fixtures, folder: join(data, 'cards'), entropy, today })
  if (!tray.ok) return refuse(tray.error.message)
  return ok({ till: till.value, shelf: shelf.value, catalogue: catalogue.value, tray: tray.value })
}

interface Opened extends Delivered {
  readonly ledger: SqliteLedger
  readonly ledgerPath: string
}

function build(options: WiringOptions, opened: Opened): Wired & { insert(card: string): Promise<void> } {
  const { tell, told } = numbered(options.tell)
  const { till, tray, ledger } = opened
  const { machine } = options
  const rules = new TillRules(opened.shelf.shelf, till.institution.fixmedins_code, machine.clock)
  const sync = tillSync(options, opened, {
    daysMax: () => rules.daysMax,
    changed: (view) => tell({ topic: 'sync', sync: view }),
    rulesChanged: () => rulesChanged(),
    peopleTold: () => person.listChanged(),
    whole: () => desk.whole(),
    released: (hold) => desk.released(hold)
  })
  const rulesChanged = (): void => {
    rules.published()
    desk.rulesChanged()
  }
  sync.start()
  rules.follow(sync)
  const person = new PersonAtCounter(sync, { told: () => desk.personTold(), known: () => desk.cards.judgeAgain() })
  const catalogue = opened.catalogue.otherwise(sync.catalogue())
  const queueFolder = beginQueueFolder(options, till)
  const trace = new TraceLog({ now: machine.now, later: machine.later, tell: (lines) => tell({ topic: 'trace', lines }) })
  const record = recordReaders({ environment: options.environment, started: machine.clock().cardTime, now: machine.now, warn: machine.warn })
  const bay = wireBay({ ...options, ...opened, trace, record, desk: () => desk })
  const register = registerOf(tray, sync)
  const billRules = { ledger, catalogue, policies: rules.policies, centre: () => rules.centre, told: person.told }
  const saleDoor = tillSaleDoor({ ...options, till, ledger, catalogue, billRules, rules, sync, register })
  const driver = wireDriver({ data: options.data, ledger, machine, changed: (view) => tell({ topic: 'driver', driver: view }), desk: () => desk })
  const desk: Desk = new Desk({
    ...machine,
    driver,
    till,
    tillView: tillViewOf(till, rules.policies, queueFolder, options),
    rules: billRules,
    person,
    saleDoor,
    ledger,
    sync,
    closing: tillClose({ data: options.data, till, ledger, sync, machine }),
    slot: bay,
    tray,
    trace,
    rememberReader: (choice) => rememberReader(options.data, choice, machine.files),
    prints: PrintRegister.open(join(options.data, 'prints.jsonl'), machine.files),
    register,
    queueFolder,
    tell,
    told
  })
  desk.start()
  if (till.reader.kind === 'pcsc') void bay.choose(till.reader)
  const stops = [
    openDriver(driver),
    openSoon(till, saleDoor, machine),
    idleWork(machine, ledger, () => readTheRest(rules)),
    watchDays(machine, () => desk.dayChanged(), () => opened.shelf.reload() && rulesChanged())
  ]
  return {
    handlers: deskHandlers(desk, searchOf(catalogue, () => machine.clock().today)),
    insert: async (card) => {
      const file = await tray.file(card)
      if (file.ok) bay.simulated?.insert(card, file.value)
    },
    close: () => {
      for (const stop of stops) stop()
      for (const part of [sync, desk, bay, catalogue, ledger]) part.close()
    }
  }
}

/** Where it was left on; what needs it is loaded then. */
function openDriver(driver: DriverAccess): () => void {
  void driver.start()
  return () => void driver.close()
}

function beginQueueFolder({ data, fixtures, machine }: WiringOptions, { queue, institution }: TillFile): string {
  const folder = queue ?? join(data, 'queue')
  // The visits of the demonstration are its hospital's.
  if (institution.kind === 'pharmacy') machine.files.makeFolder(folder)
  else beginQueue(folder, fixtures, machine.clock(), machine.files)
  return folder
}

/** A pharmacy sells at once: its side is opened as soon as the window has been answered, and what is damaged there is told. */
function openSoon(till: TillFile, door: SaleDoor, { later, warn }: Machine): () => void {
  if (till.institution.kind !== 'pharmacy') return () => undefined
  return later(SALE_SIDE_MS, () => void door.open().then((side) => side.ok || warn(anyRefusalView(side.error).what.en)))
}

function registerOf(tray: Tray, sync: TillSync): () => CardRegister {
  return () => {
    const known = tray.register()
    return sync.register(known.ok ? known.value : EMPTY_REGISTER)
  }
}

function numbered(told: WiringOptions['tell']): { readonly tell: WiringOptions['tell']; readonly told: () => number } {
  let number = 0
  return {
    tell: (event) => {
      number += 1
      told({ ...event, number })
    },
    told: () => number
  }
}

function readTheRest(rules: TillRules): void {
  rules.readTheRest()
  // The tables of GB18030 are read at the first name on a card, or now.
  decodeText(new Uint8Array(0))
}

type SyncEvents = Pick<TillSyncPorts, 'daysMax' | 'changed' | 'rulesChanged' | 'peopleTold' | 'whole' | 'released'>

function tillSync({ data, fixtures, machine, batches }: WiringOptions, { till, ledger }: Opened, events: SyncEvents): TillSync {
  const { fixmedins_code } = till.institution
  return new TillSync({
    ...events,
    paths: centrePathsIn(data),
    institution: fixmedins_code,
    terminalName: till.terminal_name,
    terminalNumbers: () => {
      const numbers = terminalNumbersIn(fixtures, institutionDivision(fixmedins_code))
      return numbers.ok ? numbers.value : []
    },
    ledger,
    machine,
    limits: batches,
    // Nobody catches it: the host ends, the supervisor starts it again, and sync goes on from what is durable.
    failed: (cause) => {
      throw cause
    }
  })
}

function tillViewOf({ institution, terminal_name, shuffle_pin }: TillFile, policies: readonly Policy[], queueFolder: string, { version, machine }: WiringOptions): TillView {
  const division = institutionDivision(institution.fixmedins_code)
  return {
    institution: { code: institution.fixmedins_code, name: institution.fixmedins_name, level: institution.level ?? null, kind: institution.kind },
    terminalName: terminal_name,
    region: { code: division, name: regionName(policies, division) ?? { zh: division, en: division } },
    today: machine.clock().today,
    shufflePin: shuffle_pin,
    queueFolder,
    version
  }
}
