/** Earlier supplies, looked up by drug. A drug is the same when its code is, or its substance where both are known. */

import type { BusinessDate } from '../calendar/business-date.ts'
import { dayNumber, plusMonths } from '../calendar/day-number.ts'
import type { ResolvedRules } from '../rules/compiled-rules.ts'
import type { BillLine } from './bill-index.ts'
import type { EarlierSupply } from './question.ts'
import type { Standing } from './standing.ts'

export interface LastsUntil {
  /** Day number of the last day that the earlier supplies reach; undefined: there are none. */
  readonly last: number | undefined
  /** One of them does not say how long it lasts. */
  readonly isUnknown: boolean
}

export interface UsedInPeriod {
  readonly days: number
  /** Ten-thousandths of a unit. */
  readonly quantity: number
  readonly isUnknown: boolean
}

/** How far back a supply of unknown length may still matter. */
const UNKNOWN_MATTERS_MONTHS = 3

const NONE: readonly EarlierSupply[] = []
const NOTHING_LEFT: LastsUntil = { last: undefined, isUnknown: false }

export class HistoryIndex {
  readonly #history: readonly EarlierSupply[]
  readonly #on: BusinessDate
  readonly #rules: ResolvedRules
  #byGeneric: Map<string, EarlierSupply[]> | undefined
  #lastOfGroups: Map<readonly string[], BusinessDate | undefined> | undefined

  /** The drugs of the bill are known to `standing` already; supplies of others matter by their substance and their groups. */
  constructor(history: readonly EarlierSupply[], standing: Standing, rules: ResolvedRules) {
    this.#history = history
    this.#on = standing.on
    this.#rules = rules
    for (const supply of history) {
      if (supply.on > this.#on) continue
      const drug = standing.drugOnBill(supply.code)
      if (drug?.supplies !== undefined) drug.supplies.push(supply)
      else if (drug !== undefined) drug.supplies = [supply]
      if (supply.generic !== undefined) this.#addGeneric(supply.generic, supply)
    }
  }

  /** Supplies one after the other: what is dispensed before the earlier one runs out is used after it. */
  lastsUntil(line: BillLine, counts: 'fund-paid' | 'all'): LastsUntil {
    const supplies = this.#of(line)
    if (supplies.length === 0) return NOTHING_LEFT
    let last: number | undefined
    let isUnknown = false
    for (const { on, days, fundPaid } of supplies) {
      if (counts === 'fund-paid' && !fundPaid) continue
      if (days === undefined) {
        isUnknown ||= plusMonths(on, UNKNOWN_MATTERS_MONTHS) >= this.#on
        continue
      }
      last = Math.max(last ?? 0, dayNumber(on) - 1) + days
    }
    return { last, isUnknown }
  }

  /** The last day on which a drug of these groups was dispensed. */
  lastOf(groups: readonly string[]): BusinessDate | undefined {
    this.#lastOfGroups ??= new Map()
    if (this.#lastOfGroups.has(groups)) return this.#lastOfGroups.get(groups)
    let last: BusinessDate | undefined
    for (const supply of this.#history) {
      if (supply.on > this.#on || (last !== undefined && supply.on <= last)) continue
      const of = this.#rules.groupsOfSupply(supply)
      if (groups.some((name) => of.has(name))) last = supply.on
    }
    this.#lastOfGroups.set(groups, last)
    return last
  }

  /** What a fund paid of the drug in so many months back from the day, the day included. */
  usedIn(line: BillLine, months: number): UsedInPeriod {
    let days = 0
    let quantity = 0
    let isUnknown = false
    for (const supply of this.#of(line)) {
      if (!supply.fundPaid || plusMonths(supply.on, months) <= this.#on) continue
      days += supply.days ?? 0
      quantity += supply.quantity
      isUnknown ||= supply.days === undefined
    }
    return { days, quantity, isUnknown }
  }

  /** By day. */
  #of({ drug, item: { item } }: BillLine): readonly EarlierSupply[] {
    const ofCode = drug.supplies ?? NONE
    const ofSubstance = item.generic === undefined ? undefined : this.#byGeneric?.get(item.generic)
    if (ofSubstance === undefined) return inOrder(ofCode)
    if (ofCode.length === 0) return inOrder(ofSubstance)
    return inOrder([...ofSubstance, ...ofCode.filter(({ generic }) => generic !== item.generic)])
  }

  #addGeneric(generic: string, supply: EarlierSupply): void {
    this.#byGeneric ??= new Map()
    const supplies = this.#byGeneric.get(generic)
    if (supplies === undefined) this.#byGeneric.set(generic, [supply])
    else supplies.push(supply)
  }
}

const inOrder = (supplies: readonly EarlierSupply[]): readonly EarlierSupply[] =>
  supplies.length < 2 ? supplies : supplies.toSorted((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : 0))
