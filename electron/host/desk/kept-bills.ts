/**
 * Bills that a card left in doubt, and that are nowhere but here: typed, pasted, or of a return. One whose card has proved that it was
 * not charged comes back with that card, as it was; one of the queue has its file.
 */

import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import type { Payer } from '../bill/bill.ts'
import type { OpenBill } from '../bill/open-bill.ts'
import { standingOf } from '../records/visit-standing.ts'

interface Kept {
  readonly bill: OpenBill
  readonly by: Payer
}

export class KeptBills {
  readonly #ledger: LedgerReader
  #kept: readonly Kept[] = []

  constructor(ledger: LedgerReader) {
    this.#ledger = ledger
  }

  keep(bill: OpenBill, by: Payer | undefined): void {
    if (bill.file === undefined && by !== undefined) this.#kept = [...this.#kept, { bill, by }]
  }

  /** Of whoever is there, what may be settled again; it is not kept any longer. Nor is what was settled, or is of another day. */
  take(payer: Payer | undefined): OpenBill | undefined {
    if (payer === undefined || this.#kept.length === 0) return undefined
    const standing = (kept: Kept) => standingOf(this.#ledger, kept.bill.visit)
    const open = this.#kept.filter((kept) => kept.by.today === payer.today && standing(kept) !== 'settled')
    const back = open.find((kept) => isOneCard(kept.by, payer) && standing(kept) === 'waiting')
    this.#kept = open.filter((kept) => kept !== back)
    return back?.bill
  }
}

const isOneCard = (left: Payer, right: Payer): boolean => left.card.identity.identificationCode === right.card.identity.identificationCode
