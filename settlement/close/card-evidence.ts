/**
 * What the chips said of the period, against what the ledger made of it: every debit with its evidence, booked once, and each
 * card's balance followed from one debit to the next.
 *
 *   serial 41 -> 42   500.00 -> 300.00     a debit of 200.00
 *   serial 42 -> 43   300.00 -> 250.00     begins where the one before ended, or something is missing in between
 *
 * A gap in the serials is a visit elsewhere, and a balance that has grown is a load elsewhere. A balance that has shrunk
 * without a debit in between is neither.
 */

import { fen, subtract, ZERO, type Fen } from '../money/fen.ts'
import type { Hold, LoadHold, LoadPosting, Posting } from '../ledger/fact.ts'

/** Of one posting, in the order of the chain. */
export interface CardDebit {
  readonly kind: 'debit'
  readonly settlementId: string
  readonly cardId: string
  readonly serialBefore: number
  readonly serialAfter: number
  /** undefined where the account is not on the card, or the log alone was the proof. */
  readonly balanceBefore: Fen | undefined
  readonly balanceAfter: Fen | undefined
  /** What the hold asked the card for. */
  readonly asked: Fen
  readonly hasTac: boolean
}

export interface CardLoad {
  readonly kind: 'load'
  readonly loadId: string
  readonly cardId: string
  readonly balanceBefore: Fen
  readonly balanceAfter: Fen | undefined
  readonly asked: Fen
}

export type CardEvent = CardDebit | CardLoad

export type CardFinding =
  /** Two settlements on one transaction of one card. */
  | { readonly kind: 'booked-twice'; readonly cardId: string; readonly serial: number; readonly settlementId: string; readonly other: string }
  /** The card was charged another amount than the hold asked for. */
  | { readonly kind: 'debit-differs'; readonly cardId: string; readonly settlementId: string; readonly asked: Fen; readonly taken: Fen }
  | { readonly kind: 'load-differs'; readonly cardId: string; readonly loadId: string; readonly asked: Fen; readonly given: Fen }
  /** The card has less than it was left with, and signed nothing in between. */
  | { readonly kind: 'balance-shrunk'; readonly cardId: string; readonly settlementId: string; readonly expected: Fen; readonly found: Fen }

export interface CardEvidence {
  readonly debits: number
  /** Taken from chips, by the balances before and after where the cards told them. */
  readonly debited: Fen
  /** Debits that only the card's log proves. */
  readonly withoutTac: number
  readonly loads: number
  readonly loaded: Fen
  readonly findings: readonly CardFinding[]
}

export const debitOf = (hold: Hold, { evidence }: Posting): CardDebit => ({
  kind: 'debit',
  settlementId: hold.settlementId,
  cardId: hold.intent.cardId,
  serialBefore: hold.intent.serialBefore,
  serialAfter: evidence.serialAfter,
  // A place that settles online leaves the balance alone even where the card has one.
  balanceBefore: hold.intent.balanceBefore,
  balanceAfter: evidence.balanceAfter,
  asked: hold.intent.amounts.account,
  hasTac: evidence.tac !== undefined
})

export const loadOf = ({ loadId, intent }: LoadHold, { evidence }: LoadPosting): CardLoad => ({
  kind: 'load',
  loadId,
  cardId: intent.cardId,
  balanceBefore: intent.balanceBefore,
  balanceAfter: evidence.balanceAfter,
  asked: intent.amount
})

export function cardEvidence(events: readonly CardEvent[]): CardEvidence {
  const findings: CardFinding[] = []
  const chips = new Map<string, Chip>()
  let [debits, debited, withoutTac, loads, loaded] = [0, 0, 0, 0, 0]
  for (const event of events) {
    const chip = chips.get(event.cardId) ?? new Chip()
    chips.set(event.cardId, chip)
    if (event.kind === 'load') {
      findings.push(...chip.load(event))
      loads += 1
      loaded += givenBy(event)
      continue
    }
    findings.push(...chip.debit(event))
    debits += 1
    debited += takenBy(event)
    withoutTac += event.hasTac ? 0 : 1
  }
  return { debits, debited: fen(debited), withoutTac, loads, loaded: fen(loaded), findings }
}

function takenBy({ balanceBefore, balanceAfter, asked }: CardDebit): Fen {
  return balanceBefore === undefined || balanceAfter === undefined ? asked : subtract(balanceBefore, balanceAfter)
}

const givenBy = ({ balanceBefore, balanceAfter, asked }: CardLoad): Fen =>
  balanceAfter === undefined ? asked : subtract(balanceAfter, balanceBefore)

/** One card as far as the period's events tell of it. */
class Chip {
  readonly #booked = new Map<number, string>()
  #serial: number | undefined
  #balance: Fen | undefined
  #loaded: Fen = ZERO

  debit(event: CardDebit): CardFinding[] {
    const { cardId, settlementId, serialBefore, serialAfter, balanceBefore, balanceAfter, asked } = event
    const findings: CardFinding[] = []
    const other = this.#booked.get(serialAfter)
    if (other !== undefined) findings.push({ kind: 'booked-twice', cardId, serial: serialAfter, settlementId, other })
    this.#booked.set(serialAfter, settlementId)
    const taken = takenBy(event)
    if (taken !== asked) findings.push({ kind: 'debit-differs', cardId, settlementId, asked, taken })
    if (this.#balance !== undefined && this.#serial === serialBefore && balanceBefore !== undefined) {
      const expected = fen(this.#balance + this.#loaded)
      if (balanceBefore < expected) findings.push({ kind: 'balance-shrunk', cardId, settlementId, expected, found: balanceBefore })
    }
    this.#serial = serialAfter
    this.#balance = balanceAfter ?? (balanceBefore === undefined ? undefined : subtract(balanceBefore, asked))
    this.#loaded = ZERO
    return findings
  }

  load(event: CardLoad): CardFinding[] {
    const { cardId, loadId, asked } = event
    const given = givenBy(event)
    this.#loaded = fen(this.#loaded + given)
    return given === asked ? [] : [{ kind: 'load-differs', cardId, loadId, asked, given }]
  }
}
