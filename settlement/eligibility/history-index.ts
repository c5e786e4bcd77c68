/** Earlier supplies, looked up by drug. A drug is the same when its code is, or its substance where both are known. */

import type { BusinessDate } from '../calendar/business-date.ts'
import { dayNumber, plusMonths } from '../calendar/day-number.ts'
import type { ResolvedRules } from '../rules/compiled-rules.ts'
import type { EarlierSupply, ItemFacts } from './question.ts'

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

export class HistoryIndex {
  readonly #supplies: readonly EarlierSupply[]
  readonly #on: BusinessDate
  readonly #rules: ResolvedRules
  readonly #byCode = new Map<string, EarlierSupply[]>()
  readonly #byGeneric = new Map<string, EarlierSupply[]>()
  readonly #lastOfGroups = new Map<readonly string[], BusinessDate | undefined>()

  constructor(history: readonly EarlierSupply[], on: BusinessDate, rules: ResolvedRules) {
    this.#on = on
    this.#rules = rules
    this.#supplies = history.filter((supply) => supply.on <= on).toSorted((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : 0))
    for (const supply of this.#supplies) {
      addTo(this.#byCode, supply.code, supply)
      if (supply.generic !== undefined) addTo(this.#byGeneric, supply.generic, supply)
    }
  }

  /** Supplies one after the other: what is dispensed before the earlier one runs out is used after it. */
  lastsUntil(item: ItemFacts, counts: 'fund-paid' | 'all'): LastsUntil {
    let last: number | undefined
    let isUnknown = false
    for (const { on, days, fundPaid } of this.#of(item)) {
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
    if (this.#lastOfGroups.has(groups)) return this.#lastOfGroups.get(groups)
    const found = this.#supplies.findLast((supply) => {
      const of = this.#rules.groupsOfSupply(supply)
      return groups.some((name) => of.has(name))
    })?.on
    this.#lastOfGroups.set(groups, found)
    return found
  }

  /** What a fund paid of the drug in so many months back from the day, the day included. */
  usedIn(item: ItemFacts, months: number): UsedInPeriod {
    let days = 0
    let quantity = 0
    let isUnknown = false
    for (const supply of this.#of(item)) {
      if (!supply.fundPaid || plusMonths(supply.on, months) <= this.#on) continue
      days += supply.days ?? 0
      quantity += supply.quantity
      isUnknown ||= supply.days === undefined
    }
    return { days, quantity, isUnknown }
  }

  #of({ code, generic }: ItemFacts): readonly EarlierSupply[] {
    const ofCode = this.#byCode.get(code)
    const ofSubstance = generic === undefined ? undefined : this.#byGeneric.get(generic)
    if (ofSubstance === undefined) return ofCode ?? NONE
    if (ofCode === undefined) return ofSubstance
    const extra = ofCode.filter((supply) => supply.generic !== generic)
    return extra.length === 0 ? ofSubstance : [...ofSubstance, ...extra].toSorted((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : 0))
  }
}

function addTo(map: Map<string, EarlierSupply[]>, key: string, supply: EarlierSupply): void {
  const supplies = map.get(key)
  if (supplies === undefined) map.set(key, [supply])
  else supplies.push(supply)
}
