/** One handler a request of the contract; a request without one does not compile. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import { Pin } from '../../../card/secret/pin.ts'
import { refundSettlement } from '../../../settlement/case/refund-settlement.ts'
import type { CardView } from '../../contract/card-view.ts'
import type { Answers, Params, RequestName } from '../../contract/requests.ts'
import type { SyncView } from '../../contract/sync-view.ts'
import type { SearchCatalogue } from '../catalogue-search.ts'
import type { CloseDeskRefusal } from '../close/close-refusal.ts'
import { recordRow } from '../records/record-row.ts'
import { recordedVisit, type RecordedVisit } from '../records/recorded-visit.ts'
import { shownOr } from '../refusal/done-not-shown.ts'
import { searchRecords } from '../records/search-records.ts'
import { isTraceCode } from '../sale/trace-code.ts'
import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import { saleRefused } from '../sale/refusable.ts'
import type { SaleDesk } from '../sale/sale-desk.ts'
import { rowWithParked } from '../sync/parked-records.ts'
import type { SyncRefusal } from '../sync/sync-refusal.ts'
import { wholeNumber } from './card-view.ts'
import type { Desk, Refusal } from './desk.ts'
import { driverHandlers } from './driver-handlers.ts'
import { readerHandlers } from './reader-handlers.ts'

type Handled<Name extends RequestName> = Result<Answers[Name], Refusal>

export type Handlers = { readonly [Name in RequestName]: (params: Params<Name>) => Handled<Name> | Promise<Handled<Name>> }

export const deskHandlers = (desk: Desk, search: SearchCatalogue): Handlers => ({
  ...cardHandlers(desk),
  ...billHandlers(desk),
  ...saleHandlers(desk),
  ...recordHandlers(desk),
  ...readerHandlers(desk),
  ...syncHandlers(desk),
  ...closeHandlers(desk),
  ...driverHandlers(desk),
  'load.start': (params) => desk.loads.start(params),
  'terminal.state': () => ok(desk.state()),
  'catalogue.search': async ({ text, limit }) => ok(await search(text, limit)),
  settle: (params) => desk.settle(params)
})

export type Part<Prefix extends string> = Pick<Handlers, Extract<RequestName, `${Prefix}.${string}`>>

function cardHandlers(desk: Desk): Part<'card'> {
  const {
    cards,
    loads,
    ports: { person }
  } = desk
  const shown = (): Result<CardView, Refusal> =>
    cards.panel.state === 'ready' ? ok(cards.panel.card) : refuse({ kind: 'card-changed' })
  /** Whoever has a new PIN must hear of it, whatever the card did next. */
  const shownChanged = (): Result<CardView, Refusal> => (cards.panel.state === 'ready' ? ok(cards.panel.card) : refuse({ kind: 'pin-changed-card-gone' }))
  return {
    'card.reveal': ({ presence, item }) => {
      if (cards.data === undefined || desk.ports.slot.presence !== presence) return refuse({ kind: 'card-changed' })
      const value = wholeNumber(cards.data, item)
      return value === undefined ? refuse({ kind: 'not-on-card', item }) : ok({ value })
    },
    'card.verify-pin': async ({ presence, pin, lastTry }) => {
      const parsed = Pin.parse(pin)
      if (!parsed.ok) return refuse({ kind: 'pin-malformed', refusal: parsed.error })
      try {
        const verified = await cards.verifyPin(presence, parsed.value, lastTry)
        return verified.ok ? shown() : verified
      } finally {
        parsed.value.wipe()
      }
    },
    'card.change-pin': async ({ presence, from, to, lastTry }) => {
      const [old, fresh] = [Pin.parse(from), Pin.parse(to)]
      if (!old.ok) return refuse({ kind: 'pin-malformed', refusal: old.error })
      if (!fresh.ok) return refuse({ kind: 'pin-malformed', refusal: fresh.error })
      try {
        const changed = await cards.changePin(presence, { from: old.value, to: fresh.value }, lastTry)
        return changed.ok ? shownChanged() : changed
      } finally {
        old.value.wipe()
        fresh.value.wipe()
      }
    },
    'card.verify-pin-on-pad': async ({ presence, lastTry }) => {
      const verified = await cards.verifyPinOnPad(presence, lastTry)
      return verified.ok ? shown() : verified
    },
    'card.change-pin-on-pad': async ({ presence, lastTry }) => {
      const changed = await cards.changePinOnPad(presence, lastTry)
      return changed.ok ? shownChanged() : changed
    },
    'card.read': async () => {
      await cards.read()
      // What was mended at the centre while the patient waited is asked for so.
      void person.askAgain()
      void loads.askAgain()
      return ok(null)
    }
  }
}

function billHandlers({ bills, ports: { slot } }: Desk): Part<'bill'> {
  return {
    'bill.open-queue': ({ file }) => bills.openQueue(file),
    'bill.open-text': ({ text }) => bills.openText(text),
    'bill.start': () => bills.start(),
    'bill.close': () => bills.close(),
    'bill.pass-on': (params) => (params.presence === slot.presence ? bills.passOn(params) : refuse({ kind: 'card-changed' })),
    'bill.add-line': (params) => bills.addLine(params),
    'bill.set-line': (params) => bills.setLine(params),
    'bill.remove-line': (params) => bills.removeLine(params),
    'bill.use-account': (params) => bills.useAccount(params),
    'bill.explain': (params) => bills.explain(params),
    'bill.change': (params) => bills.change(params)
  }
}

/** A hospital's till sells nothing; it answers what is covered. */
function saleHandlers(desk: Desk): Part<'sale'> & Part<'eligibility'> {
  const at = async <Value>(work: (sales: SaleDesk) => Result<Value, Refusal> | Promise<Result<Value, Refusal>>): Promise<Result<Value, Refusal>> => {
    const sales = await desk.sales()
    return sales.ok ? work(sales.value) : sales
  }
  return {
    'sale.start': () => at((counter) => counter.start()),
    'sale.scan': (params) => at((counter) => counter.scan(params)),
    'sale.set-line': (params) => at((counter) => counter.setLine(params)),
    'sale.trace': (params) => at((counter) => counter.trace(params)),
    'sale.untrace': (params) => at((counter) => counter.untrace(params)),
    'sale.split': (params) => at((counter) => counter.split(params)),
    'sale.prescribe': (params) => at((counter) => counter.prescribe(params)),
    'sale.prescription-text': (params) => at((counter) => counter.prescriptionText(params)),
    'sale.prescriptions': () => at((counter) => counter.prescriptions()),
    'sale.unprescribe': (params) => at((counter) => counter.unprescribe(params)),
    'sale.review': (params) => at((counter) => counter.review(params)),
    'sale.substitutes': (params) => at((counter) => counter.substitutes(params)),
    'sale.substitute': (params) => at((counter) => counter.substitute(params)),
    'sale.return': (params) => at((counter) => (desk.writable.ok ? counter.returnPacks(params) : desk.writable)),
    'eligibility.check': async (params) => {
      const side = await desk.ports.saleDoor.open()
      if (!side.ok) return side
      const answer = side.value.covered(desk.cards.data, params)
      return answer.ok ? answer : saleRefused(answer.error)
    }
  }
}

function recordHandlers(desk: Desk): Part<'records'> & Part<'statement'> {
  const { ledger, prints, clock, now, breath } = desk.ports
  return {
    'records.search': async (query) => {
      const sold = soldAs(ledger, query.text)
      if (sold !== undefined) return ok({ rows: [rowWithParked(ledger.sync, recordRow(sold))], next: null })
      const page = await searchRecords(ledger, query, { now, rest: breath })
      if (!page.ok) return refuse({ kind: 'ledger', refusal: page.error })
      return ok({ ...page.value, rows: page.value.rows.map((row) => rowWithParked(ledger.sync, row)) })
    },
    'records.open': ({ settlementId }) => desk.statement(settlementId),
    'records.refund': ({ settlementId, reason }) => {
      if (!desk.writable.ok) return desk.writable
      const refunded = refundSettlement(ledger, { settlementId, reason, time: clock().cardTime, terminal: desk.ports.sync.terminal })
      if (!refunded.ok) return refuse({ kind: 'record', refusal: refunded.error })
      desk.countersMoved()
      const record = recordedVisit(ledger, settlementId)
      const shown = record.ok ? ok(rowWithParked(ledger.sync, recordRow(record.value))) : record
      return shownOr(shown, { done: 'refund', settlementId })
    },
    'statement.print': ({ settlementId, format }) => {
      const statement = desk.statement(settlementId)
      if (!statement.ok) return statement
      const printed = prints.record({ settlementId, format, time: clock().cardTime })
      return ok({ ...statement.value, printed })
    }
  }
}

/** A whole trace code finds the sale that its pack lies in, whatever the day. */
function soldAs(ledger: LedgerReader, text: string): RecordedVisit | undefined {
  const code = text.trim()
  const sold = isTraceCode(code) ? ledger.soldCodes([code]) : undefined
  const settlementId = sold?.ok === true ? sold.value.get(code)?.settlementId : undefined
  const record = settlementId === undefined ? undefined : recordedVisit(ledger, settlementId)
  return record?.ok === true ? record.value : undefined
}

function syncHandlers(desk: Desk): Part<'sync'> {
  const { sync } = desk.ports
  return {
    'sync.restore': () => desk.restore(),
    'sync.connect': async (centre) => ofSync(await sync.connect(centre)),
    'sync.now': () => ofSync(sync.now()),
    'sync.pause': () => ofSync(sync.pause()),
    'sync.resume': () => ofSync(sync.resume()),
    'sync.retry': async ({ sequence }) => ofSync(await sync.retry(sequence)),
    'sync.hand-over': ({ sequence, note }) => ofSync(sync.handOver(sequence, note))
  }
}

const ofSync = (done: Result<SyncView, SyncRefusal>): Result<SyncView, Refusal> =>
  done.ok ? done : refuse({ kind: 'sync', refusal: done.error })

function closeHandlers(desk: Desk): Part<'close'> {
  const { closing } = desk.ports
  const written = <Value>(work: () => Promise<Result<Value, CloseDeskRefusal>>): Promise<Result<Value, Refusal>> | Result<Value, Refusal> =>
    desk.writable.ok ? ofClose(work()) : desk.writable
  return {
    'close.open': () => ofClose(closing.open()),
    'close.count': (params) => ofClose(closing.count(params)),
    'close.resolve': (params) => written(() => closing.resolve(params)),
    'close.sign': (params) => written(() => closing.sign(params)),
    'close.reopen': (params) => written(() => closing.reopen(params)),
    'close.report': (params) => ofClose(closing.report(params)),
    'close.csv': (params) => ofClose(closing.csv(params))
  }
}

async function ofClose<Value>(done: Promise<Result<Value, CloseDeskRefusal>>): Promise<Result<Value, Refusal>> {
  const outcome = await done
  return outcome.ok ? outcome : refuse({ kind: 'close', refusal: outcome.error })
}
