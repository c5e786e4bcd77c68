/** Money put onto cards, walked over once more: one open load a card, one end a load, and never more than a card was owed. */

import type { Row } from './decode-content.ts'
import { asInteger, asText, loadAgrees, pick } from './identities.ts'
import type { ExpectedTables } from './tables.ts'

/** What a settlement that was taken back, or booked with other amounts, left to give back to its card. */
interface Debt {
  readonly card: string
  /** Before loads. */
  amount: bigint
  loaded: bigint
}

/** In words what does not hold, or undefined. */
type Broken = string | undefined

export class ReplayLoads {
  readonly #tables: ExpectedTables
  readonly #open = new Map<bigint, Row>()
  readonly #openOfCard = new Map<string, bigint>()
  /** By the settlement's hold, and the hold by the settlement's number. */
  readonly #debts = new Map<bigint, Debt>()
  readonly #debtors = new Map<string, bigint>()
  readonly #credits = new Set<string>()

  constructor(tables: ExpectedTables) {
    this.#tables = tables
  }

  /** `amount`: what the card debited and the account should not have paid. */
  owe(sequence: bigint, hold: Row, amount: bigint): void {
    const known = this.#debts.get(sequence)
    if (known === undefined) this.#debts.set(sequence, { card: asText(hold['card_id']), amount, loaded: 0n })
    else known.amount = amount
    this.#debtors.set(asText(hold['settlement_id']), sequence)
  }

  hold(row: Row, sequence: bigint): Broken {
    const card = asText(row['card_id'])
    const broken = this.#openOfCard.has(card) ? 'loads a card that has an open load' : this.#notDue(row)
    this.#open.set(sequence, row)
    this.#openOfCard.set(card, sequence)
    const amount = asInteger(row['amount'])
    this.#tables.expect('load', { ...pick(row, 'load_id', 'purpose', 'purpose_id', 'card_id'), amount, hold: sequence })
    return broken
  }

  /** Of a posting: whether the balances around the load agree is told apart. */
  close(row: Row, sequence: bigint, posted: boolean): { readonly broken: Broken; readonly agrees: boolean } {
    const number = asInteger(row['hold'])
    const hold = this.#open.get(number)
    if (hold === undefined || hold['load_id'] !== row['load_id']) return { broken: 'closes a load that is not open', agrees: true }
    this.#open.delete(number)
    this.#openOfCard.delete(asText(hold['card_id']))
    this.#tables.expect('load_closing', { hold: number, sequence, posted: posted ? 1n : 0n })
    if (!posted) this.#credits.delete(creditOf(hold))
    const debt = posted ? this.#debtOf(hold) : undefined
    if (debt !== undefined) debt.loaded += asInteger(hold['amount'])
    return { broken: undefined, agrees: !posted || loadAgrees(hold, row) }
  }

  finish(): void {
    for (const [card_id, hold] of this.#openOfCard) this.#tables.expect('open_load', { card_id, hold })
    for (const [hold, { card, amount, loaded }] of this.#debts) {
      if (amount > loaded) this.#tables.expect('owed', { hold, card_id: card, amount: amount - loaded })
    }
  }

  #notDue(row: Row): Broken {
    if (asInteger(row['amount']) <= 0n) return 'loads nothing'
    if (row['purpose'] === 'credit') {
      if (this.#credits.has(creditOf(row))) return 'loads a credit twice'
      this.#credits.add(creditOf(row))
      return undefined
    }
    const debt = this.#debtOf(row)
    if (debt === undefined || debt.card !== row['card_id']) return 'loads what no settlement owes this card'
    return debt.loaded + asInteger(row['amount']) > debt.amount ? 'loads more than is owed' : undefined
  }

  #debtOf(load: Row): Debt | undefined {
    const sequence = load['purpose'] === 'refund' ? this.#debtors.get(asText(load['purpose_id'])) : undefined
    return sequence === undefined ? undefined : this.#debts.get(sequence)
  }
}

/** Of a refund a text that no credit has. */
const creditOf = (load: Row): string => `${asText(load['purpose'])} ${asText(load['purpose_id'])}`
