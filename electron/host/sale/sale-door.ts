/**
 * The pharmacy's side of a till behind a door: its code is loaded, and its files are read, when somebody first sells or asks what
 * is covered. A hospital's till, which may do neither all day, is ready without it. Only types of that side are known here.
 */

import { ok, type Result } from '../../../base/result.ts'
import type { Visit } from '../../../settlement/visit/visit-schema.ts'
import type { Params } from '../../contract/requests.ts'
import type { EligibilityView } from '../../contract/sale-view.ts'
import type { OpenBill } from '../bill/open-bill.ts'
import type { BillDesk } from '../desk/bill-desk.ts'
import type { DeskRefusal } from '../desk/desk-refusal.ts'
import type { CardData } from '../insured-person.ts'
import type { SideParts } from './open-side.ts'
import { saleRefused, type Refusable } from './refusable.ts'
import type { SaleDesk } from './sale-desk.ts'
import type { SaleRefusal } from './sale-refusal.ts'
import type { SaleSource } from './sale.ts'

export interface SaleSide {
  openBill(visit: Visit, from: SaleSource): Refusable<OpenBill>
  covered(card: CardData | undefined, asked: Params<'eligibility.check'>): Result<EligibilityView, SaleRefusal>
  deskOf(bills: BillDesk, countersMoved: () => void): SaleDesk
}

/** The refusal is one line that names the file which cannot be used. */
export type OpenSide = () => Promise<Result<SaleSide, string>>

export const tillSaleDoor = (parts: SideParts): SaleDoor =>
  new SaleDoor(async () => {
    const { openSaleSide } = await import('./open-side.ts')
    return openSaleSide(parts)
  })

export class SaleDoor {
  readonly #open: OpenSide
  #opening: Promise<Result<SaleSide, string>> | undefined

  constructor(open: OpenSide) {
    this.#open = open
  }

  /** Opened once. What did not open is tried again by whoever comes next: the file may have been mended. */
  async open(): Promise<Result<SaleSide, DeskRefusal>> {
    this.#opening ??= this.#open()
    const opened = await this.#opening
    if (opened.ok) return ok(opened.value)
    this.#opening = undefined
    return saleRefused({ kind: 'not-opened', line: opened.error })
  }
}
