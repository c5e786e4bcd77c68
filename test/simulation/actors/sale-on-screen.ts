/** A sale as its window has it: every edit names the revision that it was made on, and is made once more when that has moved on. */

import { ok, refuse } from '../../../base/result.ts'
import type { BillChange, BillView } from '../../../electron/contract/bill-view.ts'
import type { AtCounter } from './card-at-counter.ts'
import { isRefused } from './card-at-counter.ts'
import type { Went } from './undertaking.ts'

const EDIT_TRIES = 4

export class SaleOnScreen {
  readonly #op: AtCounter
  #revision = 0
  #packs = 0

  constructor(op: AtCounter) {
    this.#op = op
  }

  /** Number of the next pack that is handed over. */
  nextPack(): number {
    this.#packs += 1
    return this.#packs
  }

  async bill(): Promise<Went<BillView | null>> {
    const state = await this.#op.ask('terminal.state', {})
    if (!state.ok) return state
    this.#op.window.panel = state.value.panel
    this.#revision = state.value.bill?.revision ?? this.#revision
    return ok(state.value.bill)
  }

  async edit<Edited extends BillChange | { readonly change: BillChange } | BillView>(edit: (revision: number) => Promise<Went<Edited>>): Promise<Went<Edited>> {
    let last = await edit(this.#revision)
    for (let tries = 1; tries < EDIT_TRIES && !last.ok && isRefused(last.error, 'bill-stale'); tries += 1) {
      const bill = await this.bill()
      if (!bill.ok) return bill
      if (bill.value === null) return refuse({ kind: 'left', why: 'nothing-to-do' })
      last = await edit(this.#revision)
    }
    if (last.ok) this.#revision = 'change' in last.value ? last.value.change.revision : last.value.revision
    return last
  }
}
