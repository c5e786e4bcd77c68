/**
 * Whose a bill is that was made by hand: the queue names nobody for it, so it is the person whose card came to it first. A card that
 * comes later may be the next in line's, and pays for it only when somebody has said so.
 */

import type { Payer } from '../bill/bill.ts'
import type { OpenBill } from '../bill/open-bill.ts'
import type { CardData } from '../insured-person.ts'

type BillFacts = Pick<OpenBill, 'file' | 'isFixed' | 'visit'>

export class BillOwner {
  #card: CardData | undefined

  /** A bill begins, or is passed on to whoever is there. */
  is(payer: Payer | undefined): void {
    this.#card = payer?.card
  }

  /** A card is there. A bill without lines is nobody's yet. */
  met(payer: Payer | undefined, { visit }: BillFacts): void {
    if (payer !== undefined && (this.#card === undefined || visit.lines.length === 0)) this.is(payer)
  }

  /** The name of whom `bill` was made for, when the card that is there is another person's; null: it is not. */
  otherThan(payer: Payer | undefined, { file, isFixed, visit }: BillFacts): string | null {
    if (this.#card === undefined || payer === undefined || file !== undefined || isFixed) return null
    const { name } = payer.card.holder
    const isNamed = name !== undefined && visit.patient?.psn_name === name
    return isNamed || isOfOnePerson(this.#card, payer.card) ? null : (this.#card.holder.name ?? '')
  }
}

/** Somebody's new card is still that person's; a card that holds no number is only itself. */
function isOfOnePerson(left: CardData, right: CardData): boolean {
  const number = left.holder.socialSecurityNumber
  return left.identity.identificationCode === right.identity.identificationCode || (number !== undefined && number === right.holder.socialSecurityNumber)
}
