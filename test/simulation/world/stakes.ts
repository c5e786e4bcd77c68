/**
 * What hangs on a moment. Of a thousand commands of a settlement one moves money: struck as often as the others, it would be struck
 * once in a hundred runs, and what a program does about it would hardly ever be seen. So faults look for what hangs on it.
 */

import type { Scheduler } from './scheduler.ts'
import type { StatementKind } from './sim-database.ts'

/** By class and instruction; of both purse dialects. */
const OF_COMMAND: Readonly<Record<string, number>> = {
  // DEBIT FOR PURCHASE, CREDIT FOR LOAD.
  b02c: 30,
  '8054': 30,
  b02a: 60,
  '8052': 60,
  // VERIFY, CHANGE PIN.
  '0020': 12,
  '805e': 40,
  // INITIALIZE, GET TRANSACTION PROVE.
  b028: 5,
  '8050': 5,
  b02e: 5,
  '805a': 5,
  // A PSAM's INIT FOR PURCHASE, and its look at MAC2.
  '8070': 8,
  '8072': 8
}

/** How many times as often a command is struck. */
export const weightOf = (command: Uint8Array): number => OF_COMMAND[Buffer.from(command.subarray(0, 2)).toString('hex')] ?? 1

const MONEY_MOVES = 30

export const movesMoney = (command: Uint8Array): boolean => weightOf(command) >= MONEY_MOVES

/** Requests of a window after which something is written that nobody may lose. */
const WRITING: ReadonlySet<string> = new Set(['settle', 'load.start', 'records.refund', 'sale.return', 'close.sign', 'close.reopen', 'card.change-pin', 'close.resolve', 'sync.hand-over'])

const OF_STATEMENT: Readonly<Record<StatementKind, number>> = { read: 1, other: 1, checkpoint: 3, begin: 3, write: 4, commit: 4 }

/** ms: from a card's answer to the receipt. */
const AFTER_MONEY_MS = 250
const MONEY = 12
const REQUEST = 3

/** What hangs on this very moment at one till. */
export class Stakes {
  readonly #scheduler: Pick<Scheduler, 'now'>
  #moneyAt = Number.NEGATIVE_INFINITY
  #writing = 0

  constructor(scheduler: Pick<Scheduler, 'now'>) {
    this.#scheduler = scheduler
  }

  /** A command has gone to the card. */
  sent(command: Uint8Array): void {
    if (movesMoney(command)) this.#moneyAt = this.#scheduler.now
  }

  asked(request: string): void {
    if (WRITING.has(request)) this.#writing += 1
  }

  answered(request: string): void {
    if (WRITING.has(request)) this.#writing -= 1
  }

  get ofCall(): number {
    if (this.#scheduler.now - this.#moneyAt <= AFTER_MONEY_MS) return MONEY
    return this.#writing > 0 ? REQUEST : 1
  }

  ofStatement(kind: StatementKind): number {
    return this.ofCall * OF_STATEMENT[kind]
  }
}
