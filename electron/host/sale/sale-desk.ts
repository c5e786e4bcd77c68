/** A pharmacy's counter: begins a sale, takes what the scanner reads, and edits the sale on the revision that the screen shows. */

import { ok, refuse } from '../../../base/result.ts'
import type { BusinessDate } from '../../../settlement/calendar/business-date.ts'
import { substitutes } from '../../../settlement/eligibility/substitutes.ts'
import { sayVerdict } from '../../../settlement/eligibility/say-reason.ts'
import { formatPrice, formatQuantity, type Quantity } from '../../../settlement/money/price.ts'
import type { BillChange, BillView } from '../../contract/bill-view.ts'
import type { Answers, Params } from '../../contract/requests.ts'
import type { ScanOutcome, SubstituteView, WaitingPrescriptionView } from '../../contract/sale-view.ts'
import type { BillDesk } from '../desk/bill-desk.ts'
import type { DeskRefusal } from '../desk/desk-refusal.ts'
import { parseJsonText } from '../files/read-file.ts'
import type { Moment } from '../system.ts'
import { dispensedOn, electronicPrescription, paperPrescription, type SalePrescription } from './prescription.ts'
import { openRx } from './rx-document.ts'
import { rxNumbered, waitingRx } from './rx-shelf.ts'
import { Sale } from './sale.ts'
import { addPack, changedLine, wrongField } from './line-edits.ts'
import { saleRefused, type Refusable } from './refusable.ts'
import { daysScaled, NEW_LINE, type SaleLine } from './sale-line.ts'
import { scanned } from './scan.ts'
import { productOf } from './trace-code.ts'
import { takeBack } from './take-back.ts'
import { payablePacks } from './split-line.ts'
import type { Pharmacy } from './pharmacy.ts'

export class SaleDesk {
  readonly #pharmacy: Pharmacy
  readonly #bills: BillDesk
  readonly #countersMoved: () => void

  constructor(pharmacy: Pharmacy, bills: BillDesk, countersMoved: () => void) {
    this.#pharmacy = pharmacy
    this.#bills = bills
    this.#countersMoved = countersMoved
  }

  start(): Promise<Refusable<BillView>> {
    return this.#bills.start()
  }

  scan({ revision, text, line }: Params<'sale.scan'>): Refusable<Answers['sale.scan']> {
    return this.#edit(revision, (sale) => {
      const read = scanned(text, this.#pharmacy.catalogue, this.#today)
      switch (read.kind) {
        case 'trace-code':
          return this.#scanPack(sale, read.code, line)
        case 'prescription':
          return outcomeOf(this.#readRx(sale, read.text, false), (change) => ({ kind: 'prescription', number: change.sale?.prescription?.number ?? '' }))
        case 'items':
          return this.#scanItem(sale, read.items.map(({ med_list_codg }) => med_list_codg))
        default:
          return saleRefused({ kind: 'scan-unknown', text: text.trim() })
      }
    })
  }

  setLine({ revision, line, quantity, dose, frequency, days, ownPay }: Params<'sale.set-line'>): Refusable<BillChange> {
    return this.#atLine(revision, line, (sale, known) => {
      const wrong = wrongField({ dose, frequency, days })
      if (wrong !== undefined) return saleRefused(wrong)
      const changed = changedLine(known.sale, { dose, frequency, days, ownPay })
      return sale.edit([{ line: { ...known.line, cnt: quantity ?? known.line.cnt }, sale: changed }])
    })
  }

  trace({ revision, line, code, split }: Params<'sale.trace'>): Refusable<BillChange> {
    return this.#atLine(revision, line, (sale) => addPack(sale, line, { traceCode: code.trim(), isSplit: split }))
  }

  untrace({ revision, line, code }: Params<'sale.untrace'>): Refusable<BillChange> {
    return this.#atLine(revision, line, (sale, known) => {
      const packs = known.sale.packs.filter(({ traceCode }) => traceCode !== code)
      if (packs.length === known.sale.packs.length) return saleRefused({ kind: 'trace-code-no-line', code })
      return sale.edit([{ line: known.line, sale: { ...known.sale, packs } }])
    })
  }

  split({ revision, line }: Params<'sale.split'>): Refusable<BillChange> {
    return this.#atLine(revision, line, (sale, known) => {
      const [claim, verdict] = [sale.claimLines.find(({ lineNo }) => lineNo === line), sale.judge.verdictOf(line)]
      const payable = claim && verdict && payablePacks(verdict, claim)
      if (claim === undefined || payable === undefined) return saleRefused({ kind: 'not-limited', line })
      // Not one whole pack is paid for.
      if (payable === 0) return sale.edit([{ line: known.line, sale: { ...known.sale, ownPay: true } }])
      const packs = Math.ceil(payable / UNIT)
      const own = { ...known.line, feedetl_sn: sale.nextNumber(), cnt: formatQuantity((claim.quantity - payable) as Quantity) }
      return sale.edit([
        { line: { ...known.line, cnt: formatQuantity(payable) }, sale: { ...known.sale, packs: known.sale.packs.slice(0, packs) } },
        { line: own, sale: { ...known.sale, ownPay: true, days: daysScaled(known.sale.days, claim.quantity, (claim.quantity - payable) as Quantity), packs: known.sale.packs.slice(packs) } }
      ])
    })
  }

  prescribe({ revision, prescription }: Params<'sale.prescribe'>): Refusable<BillChange> {
    return this.#edit(revision, (sale) => {
      const paper = paperPrescription(prescription, this.#today)
      return paper.ok ? layDown(sale, paper.value, false) : saleRefused(paper.error)
    })
  }

  prescriptionText({ revision, text, replace = false }: Params<'sale.prescription-text'>): Refusable<BillChange> {
    return this.#edit(revision, (sale) => this.#readRx(sale, text.trim(), replace))
  }

  prescriptions(): Refusable<readonly WaitingPrescriptionView[]> {
    return ok(waitingRx(this.#pharmacy.rxFolder).map(({ view }) => view))
  }

  unprescribe({ revision }: Params<'sale.unprescribe'>): Refusable<BillChange> {
    return this.#edit(revision, (sale) => ok(sale.prescribe(undefined)))
  }

  review({ revision, passed }: Params<'sale.review'>): Refusable<BillChange> {
    return this.#edit(revision, (sale) => {
      const { prescription } = sale.judge
      if (prescription === undefined) return saleRefused({ kind: 'no-prescription' })
      return ok(sale.prescribe({ ...prescription, asked: { ...prescription.asked, review: passed ? 'passed' : 'refused' } }))
    })
  }

  substitutes({ revision, line }: Params<'sale.substitutes'>): Refusable<readonly SubstituteView[]> {
    return this.#atLine(revision, line, (sale) => {
      const claim = sale.claimLines.find(({ lineNo }) => lineNo === line)
      if (claim === undefined) return ok([])
      const { judge } = sale
      const found = substitutes(judge.rules, judge.question, line, judge.candidates(claim))
      return ok(
        found.map(({ item, verdict }) => ({
          code: item.code,
          name: item.item.name,
          spec: judge.itemOf(item.code)?.spec ?? '',
          price: formatPrice(item.price),
          light: verdict.cover,
          sentence: sayVerdict(verdict)
        }))
      )
    })
  }

  /** The new drug has packs, and a dose, of its own. */
  substitute({ revision, line, code }: Params<'sale.substitute'>): Refusable<BillChange> {
    return this.#atLine(revision, line, (sale, known) => {
      const claim = sale.claimLines.find(({ lineNo }) => lineNo === line)
      const isOne = claim !== undefined && sale.judge.candidates(claim).some((candidate) => candidate.code === code)
      if (!isOne) return saleRefused({ kind: 'not-a-substitute', code })
      const { feedetl_sn, cnt } = known.line
      return sale.edit([{ line: { med_list_codg: code, cnt, feedetl_sn, hosp_appr_flag: '0' }, sale: sale.judge.prescribed(code, NEW_LINE) }])
    })
  }

  /** null: everything came back. */
  returnPacks(params: Params<'sale.return'>): Refusable<BillView | null> {
    const moment = this.#pharmacy.clock()
    const ports = this.#salePorts(moment)
    if (!ports.ok) return ports
    const returned = takeBack(ports.value, params, { moment, terminal: this.#pharmacy.terminal() })
    if (!returned.ok) return returned
    this.#countersMoved()
    return returned.value === undefined ? ok(null) : this.#bills.open(ok(returned.value))
  }

  get #today(): BusinessDate {
    return this.#pharmacy.clock().today
  }

  #salePorts(moment: Moment) {
    const ports = this.#pharmacy.salePorts(moment.today)
    return ports.ok ? ports : saleRefused({ kind: 'rules', refusal: ports.error })
  }

  #readRx(sale: Sale, text: string, replace: boolean): Refusable<BillChange> {
    const document = text.startsWith('{') ? parseJsonText(text) : ok(rxNumbered(this.#pharmacy.rxFolder, text))
    if (!document.ok) return saleRefused({ kind: 'prescription-unreadable', problems: [{ path: 'text', value: undefined, rule: document.error }] })
    if (document.value === undefined) return saleRefused({ kind: 'prescription-gone', number: text })
    const rx = openRx(document.value, this.#pharmacy.platformKey)
    if (!rx.ok) return saleRefused(rx.error)
    const dispensed = dispensedOn(this.#pharmacy.ledger, { personNo: rx.value.certno, number: rx.value.hiRxno, since: rx.value.prscTime.slice(0, 10) as BusinessDate })
    return layDown(sale, electronicPrescription(rx.value, dispensed), replace)
  }

  #scanItem(sale: Sale, codes: readonly string[]): Refusable<Answers['sale.scan']> {
    const [code = ''] = codes
    if (codes.length > 1) return ok({ outcome: { kind: 'choose', codes }, change: sale.unchanged() })
    return outcomeOf(sale.addLine(code, '1'), () => ({ kind: 'line-added', line: sale.lines.findLast(({ med_list_codg }) => med_list_codg === code)?.feedetl_sn ?? '' }))
  }

  #scanPack(sale: Sale, code: string, selected: string | undefined): Refusable<Answers['sale.scan']> {
    const line = this.#lineOfPack(sale, code, selected)
    if (line === undefined) return this.#sellPack(sale, code)
    return outcomeOf(addPack(sale, line, { traceCode: code, isSplit: false }), () => ({ kind: 'pack-added', line }))
  }

  /** The code names a drug that is not on the bill yet: it comes with its first pack. */
  #sellPack(sale: Sale, code: string): Refusable<Answers['sale.scan']> {
    const [item, ...others] = this.#pharmacy.catalogue.byDrugId(productOf(code), this.#today)
    if (item === undefined || others.length > 0) return saleRefused({ kind: 'trace-code-no-line', code })
    const line = sale.nextNumber()
    const added = sale.addLine(item.med_list_codg, '1')
    return added.ok ? outcomeOf(addPack(sale, line, { traceCode: code, isSplit: false }), () => ({ kind: 'pack-added', line })) : added
  }

  /** Of the item that the code names, or whose packs began with the same digits; else the selected line, else the last that wants one. */
  #lineOfPack(sale: Sale, code: string, selected: string | undefined): string | undefined {
    const product = productOf(code)
    const named = new Set(this.#pharmacy.catalogue.byDrugId(product, this.#today).map(({ med_list_codg }) => med_list_codg))
    const isOfProduct = (line: string): boolean => sale.judge.line(line).packs.some(({ traceCode }) => productOf(traceCode) === product)
    const wants = (line: string): boolean => (sale.judge.verdictOf(line)?.tracesWanted ?? 0) > sale.judge.line(line).packs.length
    const lines = sale.lines.map(({ feedetl_sn, med_list_codg }) => ({ line: feedetl_sn, code: med_list_codg }))
    const ofItem = lines.filter(({ line, code: item }) => named.has(item) || isOfProduct(line)).map(({ line }) => line)
    if (ofItem.length > 0) return ofItem.find(wants) ?? ofItem[0]
    if (named.size > 0) return undefined
    return selected !== undefined && sale.line(selected) !== undefined ? selected : lines.findLast(({ line }) => wants(line))?.line
  }

  #edit<Value>(revision: number, edit: (sale: Sale) => Refusable<Value>): Refusable<Value> {
    return this.#bills.edit(revision, (bill) => {
      if (bill instanceof Sale) return edit(bill)
      return saleRefused({ kind: bill.isFixed ? 'return-fixed' : 'no-sale' })
    })
  }

  #atLine<Value>(
    revision: number,
    number: string,
    edit: (sale: Sale, known: { readonly line: NonNullable<ReturnType<Sale['line']>>; readonly sale: SaleLine }) => Refusable<Value>
  ): Refusable<Value> {
    return this.#edit(revision, (sale) => {
      const line = sale.line(number)
      return line === undefined ? refuse<DeskRefusal>({ kind: 'line-unknown', line: number }) : edit(sale, { line, sale: sale.judge.line(number) })
    })
  }
}

const UNIT = 10_000

/** A sale rests on one prescription, and the pharmacist's word on it: another takes its place only when that is meant. */
function layDown(sale: Sale, prescription: SalePrescription, replace: boolean): Refusable<BillChange> {
  const [there, { kind, number }] = [sale.judge.prescription?.asked, prescription.asked]
  if (there === undefined || replace) return ok(sale.prescribe(prescription))
  if (there.number !== number || there.kind !== kind) return saleRefused({ kind: 'prescription-there', number: there.number, other: number })
  return ok(kind === 'electronic' ? sale.unchanged() : sale.prescribe(prescription))
}

function outcomeOf(done: Refusable<BillChange>, outcome: (change: BillChange) => ScanOutcome): Refusable<Answers['sale.scan']> {
  return done.ok ? ok({ outcome: outcome(done.value), change: done.value }) : done
}
