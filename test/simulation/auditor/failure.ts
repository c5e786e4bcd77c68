/**
 * What the auditor may find, as a closed list: a name that reports and tests can rely on, and the promise that was broken. A
 * detail says in one sentence which visit, which card and how many fen; never a PIN and never a whole card number.
 */

export const RULES = {
  'image-readable': 'the memory of a card is one that a card can have written',
  'fact-readable': 'every fact is written in the documented encoding',
  'hash-chain': 'each fact is hashed with the one before it, from the first on',
  'sequence': 'facts are numbered from 1 without a gap',
  'fact-stays': 'a fact that was once written is still there, and the same',
  'fact-order': 'a fact follows only what it may follow',
  'ids-unique': 'a number names one thing in the whole world',
  'visit-once': 'a visit is charged once',
  'pack-once': 'a pack is sold once',
  'entries-balance': 'the two sides of every booking come to the same',
  'hold-before-debit': 'no card is debited or loaded before its hold is durable',
  'charge-booked': 'what a card was charged is posted, or lies under a hold that can be seen',
  'debit-once': 'a debit of a card is booked exactly once',
  'posting-has-debit': 'nothing is posted that the card has not signed',
  'card-balance': 'a card holds what it began with, plus loads, less debits',
  'load-once': 'a load is booked exactly once, and only what is owed or granted',
  'card-barred': 'no card is charged or loaded that its till knew to be lost when it was put in',
  'card-counters': 'the serial numbers of a card only grow, by one a transaction',
  'pin-submissions': 'no PIN goes to a card that nobody has entered',
  'pin-counter': 'the PIN counter falls by a wrong PIN and is restored by a right one or an unblocking',
  'told-is-durable': 'what a window was told is in the ledger',
  'fen-conserved': 'no fen is made and none is lost between cards, ledgers and centre',
  'accumulators': 'what a person has used of a year is what the settlements come to',
  'bill-calculated': 'a bill is what claim, published rules and the year so far come to',
  'caps': 'no deductible and no fund goes beyond what the policy allows',
  'hour-totals': 'the running totals of an hour are what its facts come to',
  'owed-to-card': 'a refund gives back the whole of what the card had paid',
  'close-complete': 'a signed close counts what happened and names what is open',
  'batch-chain': 'batches are numbered and hashed without a gap, at the terminal and at the centre',
  'centre-copy': 'the centre holds the chain of a terminal byte for byte',
  'setl-id': 'a setl_id is one booking, and a booking has one setl_id',
  'centre-books': 'the centre has booked what it said that it has, and nothing else',
  'centre-refuses': 'what the centre does not book, it has a true reason not to book',
  'centre-balance': 'the balance of record of a card is what was issued, plus loads, less debits',
  'nothing-secret': 'no PIN, key or whole card number stands where it must not',
  'quiet-holds': 'after a quiet time no hold is open for a card that can prove what happened',
  'quiet-outbox': 'after a quiet time everything was sent and answered',
  'quiet-totals': 'after a quiet time both sides come to the same totals',
  'quiet-named': 'after a quiet time every difference has a name and an owner'
} as const

export type RuleName = keyof typeof RULES

export const RULE_NAMES = Object.keys(RULES) as readonly RuleName[]

export class AuditFailure extends Error {
  override readonly name = 'AuditFailure'
  readonly rule: RuleName
  readonly detail: string

  constructor(rule: RuleName, detail: string) {
    super(`${rule}: ${detail} (${RULES[rule]})`)
    this.rule = rule
    this.detail = detail
  }
}

/** Either the first fault ends the run, or all of them are gathered; and how often each rule had something to look at. */
export class Findings {
  readonly failures: AuditFailure[] = []
  readonly looked = new Map<RuleName, number>()
  readonly #throws: boolean

  constructor(mode: 'throw' | 'gather') {
    this.#throws = mode === 'throw'
  }

  /** A rule has looked at something. */
  looks(rule: RuleName): void {
    this.looked.set(rule, (this.looked.get(rule) ?? 0) + 1)
  }

  broken(rule: RuleName, detail: string): void {
    const failure = new AuditFailure(rule, detail)
    if (this.#throws) throw failure
    this.failures.push(failure)
  }

  /** Looks, and tells when it does not hold. `detail` is only made when it is needed. */
  expect(rule: RuleName, holds: boolean, detail: () => string): boolean {
    this.looks(rule)
    if (!holds) this.broken(rule, detail())
    return holds
  }
}
