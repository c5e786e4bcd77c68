/**
 * What a bill looks like as a whole, counted once: which therapies are doubled, how much of a drug there is, which packs
 * were scanned. Each line is then judged by looking things up, so that a long bill costs no more a line than a short one.
 */

import type { ItemPlan } from '../rules/item-plan.ts'
import type { RowOf } from '../rules/rules-schema.ts'
import type { PrescriptionIndex } from './prescription-index.ts'
import type { AskedItem } from './question.ts'
import type { Drug, Prescribed, Standing, StandingItem, Therapy } from './standing.ts'

const NAMES_SHOWN_MAX = 6

export interface BillLine {
  readonly item: AskedItem
  readonly standing: StandingItem
  readonly plan: ItemPlan
  readonly drug: Drug
  readonly therapy: Therapy | undefined
  /** Asks the insurance for something: in its catalogue on the day, not own pay, not a return. */
  readonly asks: boolean
  /** The line of the prescription that it fills. */
  readonly prescribed: Prescribed | undefined
}

export class BillIndex {
  readonly lines: readonly BillLine[]
  readonly #standing: Standing
  /** Packs by trace code: whether each is a part of a split one. */
  #scans: Map<string, boolean> | undefined
  /** Of those that are on the bill more than once, and not as parts alone. */
  #twice: Set<string> | undefined
  #limitSums: Map<RowOf<'place_limits'>, number> | undefined
  #piecesOfGroups: Map<readonly string[], number> | undefined
  #pieces = 0
  readonly #barred: ReadonlySet<string>

  /** `barred`: lines that no fund pays whatever a limit leaves; they use up none. */
  constructor(items: readonly AskedItem[], standing: Standing, prescription: PrescriptionIndex | undefined, barred: ReadonlySet<string>) {
    this.#standing = standing
    this.#barred = barred
    this.lines = items.map((item) => this.#lineOf(item, prescription))
  }

  /** The names of a therapy that is on the bill with several drugs, in an order that does not depend on the bill's. */
  doubled({ therapy }: BillLine): string | undefined {
    if (therapy?.names === undefined) return undefined
    therapy.shown ??= shown([...therapy.names].toSorted())
    return therapy.shown
  }

  isBarred({ item }: BillLine): boolean {
    return this.#barred.size > 0 && this.#barred.has(item.line)
  }

  /** Fen of the lines that count to a limit. */
  limited(row: RowOf<'place_limits'>): number {
    return this.#limitSums?.get(row) ?? 0
  }

  /** The pack is on the bill more than once, and not as parts of a split one. */
  isScannedTwice(traceCode: string): boolean {
    return this.#twice !== undefined && this.#twice.has(traceCode)
  }

  /** Lines of decoction pieces that are not of these groups. */
  otherPieces(groups: readonly string[] | undefined): number {
    if (groups === undefined) return 0
    this.#piecesOfGroups ??= new Map()
    let ofGroups = this.#piecesOfGroups.get(groups)
    if (ofGroups === undefined) {
      ofGroups = this.lines.filter(({ item, plan }) => isPieces(item) && groups.some((name) => plan.groups.has(name))).length
      this.#piecesOfGroups.set(groups, ofGroups)
    }
    return this.#pieces - ofGroups
  }

  #lineOf(item: AskedItem, prescription: PrescriptionIndex | undefined): BillLine {
    const drug = this.#standing.drug(item.code)
    const { standing, therapy } = this.#standing.faceOf(drug, item.item)
    const asks = standing.isPaid && !item.asOwnPay && item.quantity > 0
    const line = { item, standing, plan: standing.plan, drug, therapy, asks, prescribed: prescription?.fill(drug, item) }
    if (item.quantity > 0) this.#count(line)
    return line
  }

  #count(line: BillLine): void {
    const { item, plan, drug, asks, therapy } = line
    if (item.item.kind === 'pieces') this.#pieces += 1
    for (const { traceCode, isSplit } of item.packs) this.#scan(traceCode, isSplit)
    drug.allDays = plus(drug.allDays, item.days)
    if (!asks) return
    drug.quantity += item.quantity
    drug.days = plus(drug.days, item.days)
    if (!this.isBarred(line)) for (const { row } of plan.placeLimits) this.#addTo(row, item.amount)
    if (therapy !== undefined) this.#standing.count(therapy, item.item)
  }

  #scan(traceCode: string, isSplit: boolean): void {
    this.#scans ??= new Map()
    const before = this.#scans.get(traceCode)
    if (before === undefined) this.#scans.set(traceCode, isSplit)
    else if (!before || !isSplit) {
      this.#scans.set(traceCode, false)
      this.#twice ??= new Set()
      this.#twice.add(traceCode)
    }
  }

  #addTo(row: RowOf<'place_limits'>, amount: number): void {
    this.#limitSums ??= new Map()
    this.#limitSums.set(row, (this.#limitSums.get(row) ?? 0) + amount)
  }
}

const isPieces = ({ item, quantity }: AskedItem): boolean => item.kind === 'pieces' && quantity > 0

const plus = (left: number | undefined, right: number | undefined): number | undefined =>
  left === undefined || right === undefined ? undefined : left + right

function shown(names: readonly string[]): string {
  const head = names.slice(0, NAMES_SHOWN_MAX).join('、')
  return names.length > NAMES_SHOWN_MAX ? `${head} (${names.length})` : head
}
