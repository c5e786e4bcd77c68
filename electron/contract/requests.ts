/**
 * Everything that a window may ask of the terminal: a name, the schema of what it hands in, the type of what it gets. Both
 * the shell and the host check against these schemas; a name or a field that is not here does not pass.
 */

import { z } from 'zod'
import type { BillChange, BillView, CatalogueHit, ExplanationView } from './bill-view.ts'
import type { CardView } from './card-view.ts'
import { CLOSE_RESOLUTIONS, type CloseReport, type CloseView } from './close-view.ts'
import { DRIVER_REQUESTS } from './driver-requests.ts'
import type { DriverView } from './driver-view.ts'
import type { TerminalState } from './events.ts'
import { readerChoice } from './reader-choice.ts'
import { FAULT_KINDS, READER_PACES, type SystemReaderView, type TroubleView } from './reader-view.ts'
import { SALE_REQUESTS } from './sale-requests.ts'
import type { EligibilityView, ScanOutcome, SubstituteView, WaitingPrescriptionView } from './sale-view.ts'
import type { LoadView, RecordRow, RecordsPage, StatementView } from './settlement-view.ts'
import type { RestoredView, SyncView } from './sync-view.ts'
import type { Yuan } from './text.ts'

/** A pasted or opened visit. The host's own limits on lines and fields come after it. */
export const VISIT_TEXT_MAX = 4 * 1024 * 1024
export const RECORDS_PAGE_MAX = 200
export const CATALOGUE_HITS_MAX = 50

const presence = z.int().nonnegative()
const revision = z.int().nonnegative()
const line = z.string().min(1).max(30)
const amountText = z.string().max(20)
const settlementId = z.string().min(1).max(64)
const pin = z.string().max(12)
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const sequence = z.int().positive()
const note = z.string().max(200)
const nothing = z.strictObject({})

export const REQUESTS = {
  'terminal.state': nothing,
  'card.reveal': z.strictObject({ presence, item: z.enum(['card-number', 'citizen-number', 'account-number']) }),
  /** `lastTry`: the person was asked a second time. Without it a card with one try left is not asked. */
  'card.verify-pin': z.strictObject({ presence, pin, lastTry: z.boolean() }),
  'card.change-pin': z.strictObject({ presence, from: pin, to: pin, lastTry: z.boolean() }),
  /** The holder types at the reader: no digit passes here. Waits until he has, or the reader gives up. */
  'card.verify-pin-on-pad': z.strictObject({ presence, lastTry: z.boolean() }),
  'card.change-pin-on-pad': z.strictObject({ presence, lastTry: z.boolean() }),
  /** Reads the card again, as pulling and putting it back would. */
  'card.read': nothing,
  'bill.open-queue': z.strictObject({ file: z.string().min(1).max(255) }),
  'bill.open-text': z.strictObject({ text: z.string().max(VISIT_TEXT_MAX) }),
  'bill.start': nothing,
  'bill.close': nothing,
  /** A bill that was made for somebody else (`madeFor`) is that of the card which is there: a person was asked, and said so. */
  'bill.pass-on': z.strictObject({ revision, presence }),
  'bill.add-line': z.strictObject({ revision, code: z.string().min(1).max(50), quantity: amountText }),
  'bill.set-line': z.strictObject({
    revision,
    line,
    quantity: amountText.optional(),
    price: amountText.optional(),
    approval: z.enum(['0', '1', '2']).optional()
  }),
  'bill.remove-line': z.strictObject({ revision, line }),
  'bill.use-account': z.strictObject({ revision, flag: z.enum(['0', '1', '2']) }),
  'bill.explain': z.strictObject({ revision }),
  /** What is handed back of the cash that was received. */
  'bill.change': z.strictObject({ revision, received: amountText }),
  ...SALE_REQUESTS,
  'catalogue.search': z.strictObject({ text: z.string().max(50), limit: z.int().min(1).max(CATALOGUE_HITS_MAX) }),
  /** Charges what is on the screen: `cash` is what the cashier saw as due, and another result is refused before the card is asked. */
  'settle': z.strictObject({ presence, revision, cash: amountText }),
  'records.search': z.strictObject({
    from: day,
    to: day,
    /** Part of a name, or of a card, settlement or visit number. */
    text: z.string().max(64),
    state: z.enum(['all', 'settled', 'in-doubt', 'refunded', 'owed']),
    after: z.int().nonnegative().nullable(),
    limit: z.int().min(1).max(RECORDS_PAGE_MAX)
  }),
  'records.open': z.strictObject({ settlementId }),
  'records.refund': z.strictObject({ settlementId, reason: z.string().max(200) }),
  /**
   * Counts the print before it happens: a statement is a copy from the second time on, also after a paper jam. The answer's
   * `printed` leaves out the print that it is given for: 0 is the original.
   */
  'statement.print': z.strictObject({ settlementId, format: z.enum(['a5', '80mm']) }),
  /** Puts one row of the card's `owed` back onto it: the centre signs, the card proves. Needs the PIN, once for each. */
  'load.start': z.strictObject({ presence, owed: z.string().min(1).max(64) }),
  /** Enrols this terminal: the centre's address and the one-time code that it gave out. */
  'sync.connect': z.strictObject({ url: z.string().max(200), code: z.string().max(64) }),
  /** Tries at once, whatever the backoff says. It answers when the try has begun; what becomes of it is told. */
  'sync.now': nothing,
  'sync.pause': nothing,
  'sync.resume': nothing,
  /** Fetches what a ledger that was put back from an older copy has lost, as `lostBatches` says. */
  'sync.restore': nothing,
  /** Asks the centre to judge a parked entry once more. */
  'sync.retry': z.strictObject({ sequence }),
  'sync.hand-over': z.strictObject({ sequence, note }),
  /** Compares the books as they are now; asks the centre where it can be reached. */
  'close.open': nothing,
  'close.count': z.strictObject({ float: amountText, counted: amountText }),
  'close.resolve': z.strictObject({ item: z.string().min(1).max(120), resolution: z.enum(CLOSE_RESOLUTIONS), note }),
  /** Signs what was seen; a ledger that went on meanwhile refuses it. */
  'close.sign': z.strictObject({ revision }),
  'close.reopen': z.strictObject({ sequence, reason: z.string().max(200) }),
  /** null: the day as it stands, unsigned. */
  'close.report': z.strictObject({ sequence: sequence.nullable() }),
  /** Writes the same as CSV beside the statements. */
  'close.csv': z.strictObject({ sequence: sequence.nullable() }),
  /** Another reader serves from now on, and after the next start. A card in the one before counts as taken out. */
  'reader.choose': z.strictObject({ choice: readerChoice }),
  /** What the system lists now, also while the simulated reader serves. */
  'reader.list': nothing,
  'reader.insert': z.strictObject({ card: z.string().min(1).max(64) }),
  'reader.remove': nothing,
  'reader.fault': z.strictObject({ kind: z.enum(FAULT_KINDS) }),
  'reader.clear-faults': nothing,
  'reader.pace': z.strictObject({ pace: z.enum(READER_PACES) }),
  /** The PIN of a fixture card, for whoever tests with it. Real readers have no such answer. */
  'reader.fixture-pin': z.strictObject({ card: z.string().min(1).max(64) }),
  'trace.clear': nothing,
  ...DRIVER_REQUESTS
} as const satisfies Readonly<Record<string, z.ZodType>>

export type RequestName = keyof typeof REQUESTS
export type Params<Name extends RequestName> = z.input<(typeof REQUESTS)[Name]>

export interface Answers {
  'terminal.state': TerminalState
  'card.reveal': { readonly value: string }
  'card.verify-pin': CardView
  'card.change-pin': CardView
  'card.verify-pin-on-pad': CardView
  'card.change-pin-on-pad': CardView
  'card.read': null
  'bill.open-queue': BillView
  'bill.open-text': BillView
  'bill.start': BillView
  'bill.close': null
  'bill.pass-on': BillView
  'bill.add-line': BillChange
  'bill.set-line': BillChange
  'bill.remove-line': BillChange
  'bill.use-account': BillChange
  'bill.explain': ExplanationView
  'bill.change': { readonly change: Yuan }
  'sale.start': BillView
  'sale.scan': { readonly outcome: ScanOutcome; readonly change: BillChange }
  'sale.set-line': BillChange
  'sale.trace': BillChange
  'sale.untrace': BillChange
  'sale.split': BillChange
  'sale.prescribe': BillChange
  'sale.prescription-text': BillChange
  'sale.prescriptions': readonly WaitingPrescriptionView[]
  'sale.unprescribe': BillChange
  'sale.review': BillChange
  'sale.substitutes': readonly SubstituteView[]
  'sale.substitute': BillChange
  /** null: everything came back, and nothing is to be settled anew. */
  'sale.return': BillView | null
  'eligibility.check': EligibilityView
  'catalogue.search': readonly CatalogueHit[]
  'settle': StatementView
  'records.search': RecordsPage
  'records.open': StatementView
  'records.refund': RecordRow
  'statement.print': StatementView
  'load.start': LoadView
  'sync.connect': SyncView
  'sync.now': SyncView
  'sync.pause': SyncView
  'sync.resume': SyncView
  'sync.restore': RestoredView
  'sync.retry': SyncView
  'sync.hand-over': SyncView
  'close.open': CloseView
  'close.count': CloseView
  'close.resolve': CloseView
  'close.sign': CloseView
  'close.reopen': CloseView
  'close.report': CloseReport
  'close.csv': { readonly saved: string }
  'reader.choose': null
  'reader.list': { readonly readers: readonly SystemReaderView[]; readonly trouble: TroubleView | null }
  'reader.insert': null
  'reader.remove': null
  'reader.fault': null
  'reader.clear-faults': null
  'reader.pace': null
  'reader.fixture-pin': { readonly pin: string }
  'trace.clear': null
  'driver.turn': DriverView
  'driver.pair': DriverView
  'driver.end-pairing': DriverView
  'driver.forget': DriverView
  'driver.answer': null
  'driver.cancel': null
}

export const isRequestName = (name: unknown): name is RequestName => typeof name === 'string' && Object.hasOwn(REQUESTS, name)
