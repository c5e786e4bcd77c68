/** The period cut in three ways, for charts and for people: who pays, which charge class it is, at which hour. */

import { FUNDS, type Amounts, type Fund } from '../calculation/settlement-result.ts'
import type { Hold } from '../ledger/fact.ts'
import { addAmounts } from '../ledger/journal.ts'
import { add, subtract, ZERO, type Fen } from '../money/fen.ts'
import { classedLines, type ChargeClass } from './charge-class.ts'
import { NO_AMOUNTS } from './no-amounts.ts'

export type Payer = Fund | 'account' | 'mutual-aid' | 'cash' | 'hospital'

export interface Charts {
  /** What each payer owes or has paid, in the order in which they pay; none that stands at zero, except the basic pool. */
  readonly byFund: readonly { readonly fund: Payer; readonly amount: Fen }[]
  /** Amounts of the lines; ascending. */
  readonly byClass: readonly { readonly chargeClass: ChargeClass; readonly amount: Fen }[]
  /** Every hour from the first to the last, "09": settlements of it, and what it came to less refunds. */
  readonly byHour: readonly { readonly hour: string; readonly settlements: number; readonly total: Fen }[]
}

interface Hour {
  readonly settlements: number
  readonly total: Fen
}

export class Breakdown {
  #amounts = NO_AMOUNTS
  readonly #classes = new Map<ChargeClass, Fen>()
  readonly #hours = new Map<number, Hour>()

  settled(hold: Hold, at: string): void {
    this.#amounts = addAmounts(this.#amounts, hold.amounts)
    this.#hour(at, 1, hold.amounts.total)
    for (const { chargeClass, line } of classedLines(hold)) this.#class(chargeClass, line.amount)
  }

  /** `amounts`: the settlement's turned round. */
  takenBack(hold: Hold, amounts: Amounts, at: string): void {
    this.#amounts = addAmounts(this.#amounts, amounts)
    this.#hour(at, 0, amounts.total)
    for (const { chargeClass, line } of classedLines(hold)) this.#class(chargeClass, subtract(ZERO, line.amount))
  }

  /** Lines and hours stay: the bill is the same, others pay for it. */
  adjusted(change: Amounts): void {
    this.#amounts = addAmounts(this.#amounts, change)
  }

  charts(): Charts {
    return { byFund: byFund(this.#amounts), byClass: this.#byClass(), byHour: this.#byHour() }
  }

  #class(chargeClass: ChargeClass, amount: Fen): void {
    this.#classes.set(chargeClass, add(this.#classes.get(chargeClass) ?? ZERO, amount))
  }

  #hour(at: string, settlements: number, amount: Fen): void {
    const hour = Number.parseInt(at.slice(8, 10), 10)
    const known = this.#hours.get(hour) ?? { settlements: 0, total: ZERO }
    this.#hours.set(hour, { settlements: known.settlements + settlements, total: add(known.total, amount) })
  }

  #byClass(): Charts['byClass'] {
    return [...this.#classes]
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([chargeClass, amount]) => ({ chargeClass, amount }))
  }

  #byHour(): Charts['byHour'] {
    const hours = [...this.#hours.keys()]
    if (hours.length === 0) return []
    const first = Math.min(...hours)
    return Array.from({ length: Math.max(...hours) - first + 1 }, (_, index) => ({
      hour: String(first + index).padStart(2, '0'),
      ...(this.#hours.get(first + index) ?? { settlements: 0, total: ZERO })
    }))
  }
}

function byFund(amounts: Amounts): Charts['byFund'] {
  const all: Charts['byFund'] = [
    ...FUNDS.map((fund) => ({ fund, amount: amounts.funds[fund] })),
    { fund: 'account', amount: subtract(amounts.account, amounts.mutualAid) },
    { fund: 'mutual-aid', amount: amounts.mutualAid },
    { fund: 'cash', amount: amounts.cash },
    { fund: 'hospital', amount: amounts.hospital }
  ]
  return all.filter(({ fund, amount }) => amount !== 0 || fund === 'hifp_pay')
}
