/**
 * What a bill looks like as a whole, counted once: which therapies are doubled, how much of a drug there is, which packs
 * were scanned. Each line is then judged by looking things up, so that a long bill costs no more a line than a short one.
 */

import type { BusinessDate } from '../calendar/business-date.ts'
import type { ResolvedRules } from '../rules/compiled-rules.ts'
import type { ItemPlan } from '../rules/item-plan.ts'
import type { RowOf } from '../rules/rules-schema.ts'
import type { Prescribed, PrescriptionIndex } from './prescription-index.ts'
import type { AskedItem } from './question.ts'

const NAMES_SHOWN_MAX = 6

export interface DrugTotal {
  /** Ten-thousandths of a unit, of the lines that ask the insurance. */
  quantity: number
  /** Days of the same lines; undefined: one of them is not known. */
  days: number | undefined
  /** Of all lines, own pay too. */
  allQuantity: number
  allDays: number | undefined
}

interface Therapy {
  readonly code: string
  readonly name: string
  /** Names of its drugs once a second one has come; most therapies have one drug. */
  names: Set<string> | undefined
  shown: string | undefined
}

export interface BillLine {
  readonly item: AskedItem
  readonly plan: ItemPlan
  /** Asks the insurance for something: in its catalogue on the day, not own pay, not a return. */
  readonly asks: boolean
  /** Of every line with the same code. */
  readonly total: DrugTotal
  /** The line of the prescription that it fills. */
  readonly prescribed: Prescribed | undefined
}

export class BillIndex {
  readonly lines: readonly BillLine[]
  readonly #totals = new Map<string, DrugTotal>()
  readonly #therapies = new Map<string, Therapy>()
  /** Packs by trace code: whether each is a part of a split one. */
  readonly #scans = new Map<string, boolean>()
  /** Of those that are on the bill more than once, and not as parts alone. */
  #twice: Set<string> | undefined
  readonly #limitSums = new Map<RowOf<'place_limits'>, number>()
  readonly #piecesOfGroups = new Map<readonly string[], number>()
  #pieces = 0

  constructor(items: readonly AskedItem[], rules: ResolvedRules, prescription: PrescriptionIndex | undefined, on: BusinessDate) {
    this.lines = items.map((item) => ({
      item,
      plan: rules.planOf(item.item),
      asks: asksInsurance(item, on),
      total: this.#totalOf(item),
      prescribed: prescription?.fill(item)
    }))
    for (const line of this.lines) if (line.item.quantity > 0) this.#count(line)
  }

  /** The names of a therapy that is on the bill with several drugs, in an order that does not depend on the bill's. */
  doubled({ plan }: BillLine): string | undefined {
    const therapy = plan.therapy === undefined ? undefined : this.#therapies.get(plan.therapy)
    if (therapy?.names === undefined) return undefined
    therapy.shown ??= shown([...therapy.names].toSorted())
    return therapy.shown
  }

  /** Fen of the lines that count to a limit. */
  limited(row: RowOf<'place_limits'>): number {
    return this.#limitSums.get(row) ?? 0
  }

  /** The pack is on the bill more than once, and not as parts of a split one. */
  isScannedTwice(traceCode: string): boolean {
    return this.#twice !== undefined && this.#twice.has(traceCode)
  }

  /** Lines of decoction pieces that are not of these groups. */
  otherPieces(groups: readonly string[] | undefined): number {
    if (groups === undefined) return 0
    let ofGroups = this.#piecesOfGroups.get(groups)
    if (ofGroups === undefined) {
      ofGroups = this.lines.filter(({ item, plan }) => isPieces(item) && groups.some((name) => plan.groups.has(name))).length
      this.#piecesOfGroups.set(groups, ofGroups)
    }
    return this.#pieces - ofGroups
  }

  #count(line: BillLine): void {
    const { item, plan, asks } = line
    if (isPieces(item)) this.#pieces += 1
    for (const { traceCode, isSplit } of item.packs) this.#scan(traceCode, isSplit)
    addTo(line.total, item, asks)
    if (!asks) return
    for (const { row } of plan.placeLimits) this.#limitSums.set(row, (this.#limitSums.get(row) ?? 0) + item.amount)
    if (plan.therapy !== undefined) this.#addTherapy(plan.therapy, item)
  }

  #scan(traceCode: string, isSplit: boolean): void {
    const before = this.#scans.get(traceCode)
    if (before === undefined) this.#scans.set(traceCode, isSplit)
    else if (!before || !isSplit) {
      this.#scans.set(traceCode, false)
      this.#twice ??= new Set()
      this.#twice.add(traceCode)
    }
  }

  #addTherapy(key: string, { code, item: { name } }: AskedItem): void {
    const therapy = this.#therapies.get(key)
    if (therapy === undefined) this.#therapies.set(key, { code, name, names: undefined, shown: undefined })
    else if (therapy.names !== undefined) therapy.names.add(name)
    else if (therapy.code !== code) therapy.names = new Set([therapy.name, name])
  }

  #totalOf({ code }: AskedItem): DrugTotal {
    const known = this.#totals.get(code)
    if (known !== undefined) return known
    const total = { quantity: 0, days: 0, allQuantity: 0, allDays: 0 }
    this.#totals.set(code, total)
    return total
  }
}

function addTo(total: DrugTotal, { quantity, days }: AskedItem, asks: boolean): void {
  total.allQuantity += quantity
  total.allDays = plus(total.allDays, days)
  if (!asks) return
  total.quantity += quantity
  total.days = plus(total.days, days)
}

const isPieces = ({ item, quantity }: AskedItem): boolean => item.kind === 'pieces' && quantity > 0

const plus = (left: number | undefined, right: number | undefined): number | undefined =>
  left === undefined || right === undefined ? undefined : left + right

function shown(names: readonly string[]): string {
  const head = names.slice(0, NAMES_SHOWN_MAX).join('、')
  return names.length > NAMES_SHOWN_MAX ? `${head} (${names.length})` : head
}

/** In the insurance catalogue on the day, of a class that is paid, and nobody chose to pay it. */
function asksInsurance({ item, asOwnPay, quantity }: AskedItem, on: BusinessDate): boolean {
  if (asOwnPay || quantity <= 0 || !item.isValid) return false
  if (item.chargeClass === undefined || item.chargeClass === '03') return false
  return (item.paidFrom === undefined || item.paidFrom <= on) && (item.paidTo === undefined || on <= item.paidTo)
}
