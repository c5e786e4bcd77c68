/**
 * A pharmacy's sale: a bill of which every line has a verdict. The bill holds what is charged; the judge what a verdict looks
 * at. The whole is judged after every change, and the lines follow: what no fund pays is charged as own pay.
 */

import { ok, type Result } from '../../../base/result.ts'
import type { Calculation } from '../../../settlement/calculation/calculation.ts'
import type { ClaimLine } from '../../../settlement/calculation/claim.ts'
import { sayVerdict } from '../../../settlement/eligibility/say-reason.ts'
import type { ItemVerdict } from '../../../settlement/eligibility/verdict.ts'
import { formatQuantity, parseQuantity, type Quantity } from '../../../settlement/money/price.ts'
import type { NumberedLine } from '../../../settlement/visit/claim-draft.ts'
import type { Visit } from '../../../settlement/visit/visit-schema.ts'
import type { BillChange, BillView, LineView } from '../../contract/bill-view.ts'
import type { SaleView } from '../../contract/sale-view.ts'
import { Bill, type BillRules, type LineChange, type Payer } from '../bill/bill.ts'
import { lineView } from '../bill/line-view.ts'
import type { DrawnBill, OpenBill } from '../bill/open-bill.ts'
import { isWithinDeductible } from '../bill/within-deductible.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { OwnPayReasons } from '../records/settled-document.ts'
import type { InsuredPatient } from '../visit-claim.ts'
import type { SalePrescription } from './prescription.ts'
import { headOf } from './sale-head.ts'
import { SaleJudge, type JudgePorts } from './sale-judge.ts'
import { daysOf, daysScaled, NEW_LINE, visitLine, type SaleLine } from './sale-line.ts'
import { seededLine, seededPrescription } from './seed-sale.ts'
import { saleLineView, saleView } from './sale-views.ts'

export interface SalePorts extends JudgePorts {
  readonly billRules: BillRules
  readonly placeName: string
}

type Refusable<Value> = Result<Value, CounterRefusal>

export interface SaleSource {
  readonly source: BillView['source']
  readonly file?: string | undefined
}

export class Sale implements OpenBill {
  readonly file: string | undefined
  readonly isFixed = false
  readonly judge: SaleJudge
  readonly #placeName: string
  readonly #bill: Bill
  #useAccount: Visit['acct_used_flag'] = '1'
  #head = ''

  private constructor(ports: SalePorts, bill: Bill) {
    this.#bill = bill
    this.file = bill.file
    this.#placeName = ports.placeName
    this.judge = new SaleJudge(ports)
  }

  /** With the lines and the prescription that the visit states, if it states any. */
  static open(ports: SalePorts, visit: Visit, from: SaleSource = { source: 'typed' }): Refusable<Sale> {
    const bill = Bill.open(ports.billRules, visit, from)
    if (!bill.ok) return bill
    const sale = new Sale(ports, bill.value)
    for (const line of bill.value.lines) sale.judge.lines.set(line.feedetl_sn, seededLine(line))
    sale.judge.prescription = seededPrescription(visit)
    sale.#useAccount = visit.acct_used_flag
    sale.#follow()
    return ok(sale)
  }

  get revision(): number {
    return this.#bill.revision
  }

  get visit(): Visit {
    return this.#bill.visit
  }

  get patient(): InsuredPatient | undefined {
    return this.#bill.patient
  }

  get calculation(): Calculation | undefined {
    return this.#bill.calculation
  }

  get refusal(): CounterRefusal | undefined {
    return this.#bill.refusal
  }

  get lines(): readonly NumberedLine[] {
    return this.#bill.lines
  }

  get claimLines(): readonly ClaimLine[] {
    return this.#bill.claimLines
  }

  get isWithinDeductible(): boolean {
    return this.calculation !== undefined && isWithinDeductible(this.calculation)
  }

  get ownPayReasons(): OwnPayReasons {
    const own = this.judge.verdict.items.filter(({ cover }) => cover === 'own-money')
    return Object.fromEntries(own.map((verdict) => [verdict.line, sayVerdict(verdict)]))
  }

  get openLines(): readonly string[] {
    return this.#bill.claimLines.flatMap((line) => (this.judge.isOpen(line) ? [line.lineNo] : []))
  }

  line(number: string): NumberedLine | undefined {
    return this.#bill.line(number)
  }

  nextNumber(): string {
    return this.#bill.nextNumber()
  }

  setPayer(payer: Payer | undefined): void {
    this.#bill.setPayer(payer)
    this.judge.setPerson(payer?.card)
    this.#follow()
  }

  stays(revision: number): void {
    this.#bill.stays(revision)
  }

  /** The same drug once more is more of its line. */
  addLine(code: string, quantity: string): Refusable<BillChange> {
    const known = this.lines.find((line) => line.med_list_codg === code && !this.judge.line(line.feedetl_sn).ownPay)
    const line = known === undefined ? { med_list_codg: code, cnt: quantity, hosp_appr_flag: '0' as const, feedetl_sn: this.nextNumber() } : { ...known, cnt: sum(known.cnt, quantity) }
    return this.edit([{ line, sale: known === undefined ? this.judge.prescribed(code, NEW_LINE) : this.judge.line(line.feedetl_sn) }])
  }

  setLine(number: string, { quantity, price, approval }: LineChange): Refusable<BillChange> | undefined {
    const line = this.line(number)
    if (line === undefined) return undefined
    const changed = { ...line, cnt: quantity ?? line.cnt, ...(price === undefined ? {} : { pric: price }) }
    const sale = this.judge.line(number)
    return this.edit([{ line: changed, sale: { ...sale, approval: approval ?? sale.approval } }])
  }

  removeLine(number: string): BillChange | undefined {
    if (this.line(number) === undefined) return undefined
    const removed = this.#change(() => {
      this.judge.lines.delete(number)
      return this.#bill.amend({ remove: [number] })
    })
    return removed.ok ? removed.value : undefined
  }

  useAccount(flag: Visit['acct_used_flag']): BillChange {
    const before = this.#keys()
    this.#useAccount = flag
    this.#follow()
    return this.#changeSince(before)
  }

  /** Lines of the bill, and beside them what the sale knows of each. */
  edit(put: readonly { readonly line: NumberedLine; readonly sale: SaleLine }[]): Refusable<BillChange> {
    const scaled = put.map(({ line, sale }) => ({ line, sale: this.#scaled(line, sale) }))
    return this.#change(() => {
      const done = this.#bill.amend({ put: put.map(({ line }) => line) })
      if (done.ok) for (const { line, sale } of scaled) this.judge.lines.set(line.feedetl_sn, sale)
      return done
    })
  }

  #scaled(line: NumberedLine, sale: SaleLine): SaleLine {
    const [before, now] = [this.claimLines.find(({ lineNo }) => lineNo === line.feedetl_sn)?.quantity, parseQuantity(line.cnt)]
    const isStatedAnew = sale.days !== this.judge.line(line.feedetl_sn).days
    return before === undefined || now === undefined || isStatedAnew ? sale : { ...sale, days: daysScaled(sale.days, before, now) }
  }

  prescribe(prescription: SalePrescription | undefined): BillChange {
    const before = this.#keys()
    this.judge.prescription = prescription
    for (const { feedetl_sn, med_list_codg } of this.lines) {
      this.judge.lines.set(feedetl_sn, this.judge.prescribed(med_list_codg, this.judge.line(feedetl_sn)))
    }
    this.#follow()
    return this.#changeSince(before)
  }

  /** Nothing has changed: what a question that led nowhere answers. */
  unchanged(): BillChange {
    return this.#changeSince(this.#keys())
  }

  view(): DrawnBill {
    const lines = this.claimLines.map((line) => this.#lineView(line))
    return { ...this.#bill.view(), lines, useAccount: this.#useAccount, sale: this.#saleView() }
  }

  #change(work: () => Refusable<null>): Refusable<BillChange> {
    const before = this.#keys()
    const done = work()
    if (!done.ok) return done
    this.#follow()
    return ok(this.#changeSince(before))
  }

  /** Judges, and makes the bill as the verdict wants it: own pay where no fund pays, nothing where nothing may be handed over, and in the head what closes funds. */
  #follow(): void {
    this.judge.judge(this.claimLines)
    const priced = new Map(this.claimLines.map((line) => [line.lineNo, line]))
    const put = this.lines.flatMap((line) => {
      const claim = priced.get(line.feedetl_sn)
      const wanted = claim && this.#visitLine(line, claim)
      return wanted === undefined || isSame(line, wanted) ? [] : [wanted]
    })
    const { verdict, prescription, visitKind, case: known } = this.judge
    const head = headOf({ verdict, prescription, useAccount: this.#useAccount, visit: visitKind, entitlements: known.person.entitlements, on: known.on })
    const key = JSON.stringify(head)
    const { withheld } = this.judge
    this.#bill.amend(key === this.#head ? { put, withheld } : { put, head, withheld })
    this.#head = key
  }

  #visitLine(line: NumberedLine, claim: ClaimLine): NumberedLine {
    const { judge } = this
    const [sale, facts, verdict] = [judge.line(line.feedetl_sn), judge.factsOf(claim), judge.verdictOf(line.feedetl_sn)]
    return visitLine(line, sale, {
      isOwnMoney: verdict?.cover === 'own-money',
      days: daysOf(sale, claim.quantity, facts),
      minUnit: judge.itemOf(facts.code)?.minUnit ?? '',
      rxno: restsOnRx(verdict, facts.needsPrescription) ? judge.prescription?.asked.number : undefined
    })
  }

  #lineView(line: ClaimLine): LineView {
    const { judge } = this
    const number = line.lineNo
    const [view, verdict, sale] = [lineView(line, this.#bill.calculated(number)), judge.verdictOf(number), judge.line(number)]
    if (verdict === undefined) return view
    const spec = judge.itemOf(line.medListCodg ?? '')?.spec ?? ''
    const days = daysOf(sale, line.quantity, judge.factsOf(line))
    const shown = saleLineView({ verdict, sale, line, spec, days, hasSubstitute: judge.hasSubstitute(line) })
    const reasons = verdict.cover === 'own-money' && view.ownPay !== null ? [shown.verdict.sentence] : view.reasons
    return { ...view, reasons, approval: sale.approval, sale: shown }
  }

  #saleView(): SaleView {
    const { case: known, rules, verdict, prescription, question, withheld } = this.judge
    const [openLines, withheldLines] = [this.openLines.length, withheld.size]
    return saleView({ place: known.place, placeName: this.#placeName, rules, verdict, prescription, items: question.items, openLines, withheldLines, isWithinDeductible: this.isWithinDeductible })
  }

  #keys(): ReadonlyMap<string, string> {
    return new Map(this.claimLines.map((line) => [line.lineNo, this.#key(line)]))
  }

  /** What of a line is on the screen: a text that differs when it does. */
  #key(line: ClaimLine): string {
    const { medListCodg, price, quantity, amount, lineNo } = line
    const [calculated, verdict, sale] = [this.#bill.calculated(lineNo), this.judge.verdictOf(lineNo), this.judge.line(lineNo)]
    const money = calculated === undefined ? '' : `${calculated.ownPay} ${calculated.overCeiling} ${calculated.prePay} ${calculated.inScope}`
    const reasons = verdict?.reasons.map(({ kind, effect, values }) => `${kind} ${effect} ${Object.values(values).join(' ')}`).join() ?? ''
    const packs = sale.packs.map(({ traceCode, isSplit }) => `${traceCode}${isSplit ? 's' : ''}`).join()
    return [medListCodg, price, quantity, amount, money, verdict?.cover, reasons, packs, sale.ownPay, sale.dose, sale.frequency, sale.days, sale.approval].join('|')
  }

  #changeSince(before: ReadonlyMap<string, string>): BillChange {
    const kept = new Set(this.claimLines.map(({ lineNo }) => lineNo))
    return {
      revision: this.revision,
      changed: this.claimLines.filter((line) => before.get(line.lineNo) !== this.#key(line)).map((line) => this.#lineView(line)),
      removed: [...before.keys()].filter((line) => !kept.has(line)),
      useAccount: this.#useAccount,
      outcome: this.#bill.outcomeView(),
      sale: this.#saleView()
    }
  }
}

/** A quantity that is none is left for the bill to refuse. */
function sum(known: string, more: string): string {
  const [left, right] = [parseQuantity(known), parseQuantity(more)]
  return left === undefined || right === undefined || right <= 0 ? more : formatQuantity((left + right) as Quantity)
}

const restsOnRx = (verdict: ItemVerdict | undefined, needsPrescription: boolean | undefined): boolean =>
  needsPrescription === true && verdict?.reasons.every(({ kind }) => kind !== 'not-on-prescription') === true

const FOLLOWING = ['hosp_appr_flag', 'rxno', 'prd_days', 'sin_dos_dscr', 'used_frqu_dscr'] as const

const isSame = (left: NumberedLine, right: NumberedLine): boolean => FOLLOWING.every((field) => left[field] === right[field]) && packsOf(left) === packsOf(right)

const packsOf = ({ drug_trac_info = [] }: NumberedLine): string => drug_trac_info.map(({ drug_trac_codg, trdn_flag }) => `${drug_trac_codg}${trdn_flag}`).join()
