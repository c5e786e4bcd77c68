/**
 * The bill that takes the place of a sale of which some packs came back. Who pays was judged when it was sold; nothing of it is
 * judged or edited any more, and it is settled with the holder's card as any bill.
 */

import { ok, type Result } from '../../../base/result.ts'
import type { ClaimLine } from '../../../settlement/calculation/claim.ts'
import type { Calculation } from '../../../settlement/calculation/calculation.ts'
import { knownItem } from './sale-line.ts'
import type { Visit } from '../../../settlement/visit/visit-schema.ts'
import type { BillChange, LineView } from '../../contract/bill-view.ts'
import type { SaleView, VerdictView } from '../../contract/sale-view.ts'
import { Bill, type Payer } from '../bill/bill.ts'
import type { DrawnBill, OpenBill } from '../bill/open-bill.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { OwnPayReasons } from '../records/settled-document.ts'
import type { InsuredPatient } from '../visit-claim.ts'
import type { SalePorts } from './sale.ts'
import { rulesView } from './sale-views.ts'

type Refusable<Value> = Result<Value, CounterRefusal>

/** Of the sale that it takes the place of. */
interface Sold {
  readonly returnOf: SaleView['returnOf']
  readonly ownPay: OwnPayReasons
}

export class ReturnSale implements OpenBill {
  readonly file = undefined
  readonly isFixed = true
  readonly openLines = []
  readonly #ports: SalePorts
  readonly #bill: Bill
  readonly #returnOf: SaleView['returnOf']
  readonly ownPayReasons: OwnPayReasons

  private constructor(ports: SalePorts, bill: Bill, { returnOf, ownPay }: Sold) {
    this.ownPayReasons = ownPay
    this.#ports = ports
    this.#bill = bill
    this.#returnOf = returnOf
  }

  static open(ports: SalePorts, visit: Visit, sold: Sold): Refusable<ReturnSale> {
    const bill = Bill.open(ports.billRules, visit, { source: 'typed' })
    return bill.ok ? ok(new ReturnSale(ports, bill.value, sold)) : bill
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

  setPayer(payer: Payer | undefined): void {
    this.#bill.setPayer(payer)
  }

  stays(revision: number): void {
    this.#bill.stays(revision)
  }

  addLine(): Refusable<BillChange> {
    return ok(this.#unchanged())
  }

  setLine(): undefined {
    return undefined
  }

  removeLine(): undefined {
    return undefined
  }

  useAccount(flag: Visit['acct_used_flag']): BillChange {
    const change = this.#bill.useAccount(flag)
    return { ...change, changed: change.changed.map((view) => this.#lineView(view)), sale: this.#saleView() }
  }

  view(): DrawnBill {
    const view = this.#bill.view()
    return { ...view, lines: view.lines.map((line) => this.#lineView(line)), sale: this.#saleView() }
  }

  #unchanged(): BillChange {
    return { revision: this.revision, changed: [], removed: [], useAccount: this.visit.acct_used_flag, outcome: this.#bill.outcomeView(), sale: this.#saleView() }
  }

  #lineView(view: LineView): LineView {
    const line = this.#bill.claimLines.find(({ lineNo }) => lineNo === view.line)
    const isOwnPay = view.approval === '2' || view.chargeClass === '03'
    return line === undefined ? view : { ...view, sale: this.#saleLineView(line, isOwnPay) }
  }

  #saleLineView(line: ClaimLine, isOwnPay: boolean): NonNullable<LineView['sale']> {
    const { packs, days, returnOf } = line
    const { sin_dos_dscr, used_frqu_dscr } = this.#bill.line(line.lineNo) ?? {}
    return {
      verdict: asSettled(isOwnPay),
      isOwnPay,
      spec: knownItem(this.#ports.catalogue, line.medListCodg ?? '', this.#ports.on)?.spec ?? '',
      dose: sin_dos_dscr ?? null,
      frequency: used_frqu_dscr ?? null,
      days: days ?? null,
      tracesWanted: returnOf === undefined ? packs.length : 0,
      packs,
      hasSubstitute: false,
      returnOf: returnOf ?? null
    }
  }

  #saleView(): SaleView {
    const { place, placeName, rules } = this.#ports
    return {
      place: { code: place.code, name: placeName, isPooling: place.isPooling, isDualChannel: place.isDualChannel },
      prescription: null,
      person: [],
      returnOf: this.#returnOf,
      openLines: 0,
      withheldLines: 0,
      isWithinDeductible: false,
      prescriptionDays: 0,
      rules: rulesView(rules)
    }
  }
}

const asSettled = (isOwnPay: boolean): VerdictView => ({
  light: isOwnPay ? 'own-money' : 'covered',
  sentence: isOwnPay ? { zh: '按原结算：自费', en: 'As it was settled: own pay.' } : { zh: '按原结算：医保支付', en: 'As it was settled: covered.' },
  reasons: [],
  funds: [],
  payableQuantity: null,
  accountMayPay: true
})
