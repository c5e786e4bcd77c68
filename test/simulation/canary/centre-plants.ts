/** Mistakes at the centre: whose word it takes, and what it gives back. */

import type { Plant } from './plant.ts'

export const CENTRE_PLANTS: readonly Plant[] = [
  {
    name: 'centre-trusts-the-balance',
    mistake: 'after a load the card itself says what is on it: its word is taken as the balance of record',
    cost: 'bills that are still on their way are taken off twice: the account of record lacks money that the card has',
    edits: [
      {
        file: 'settlement/centre/load/close-load.ts',
        text: '.set({ balance: card.balance + intent.amount, ',
        replacement: '.set({ balance: evidence.balanceAfter ?? card.balance + intent.amount, '
      }
    ],
    rules: ['centre-balance', 'fen-conserved'],
    faults: []
  },
  {
    name: 'centre-takes-back-what-was-stated',
    mistake: 'a refund gives back the counters that the till had stated, not those that were booked',
    cost: "the year of a patient who was at two tills is wrong at the centre, and with it every later bill",
    edits: [
      {
        file: 'settlement/centre/intake/judge-correction.ts',
        text: "verdict.ofRecord !== undefined ? verdict.ofRecord.counters : hold.counters",
        replacement: 'verdict.ofRecord !== undefined ? hold.counters : hold.counters'
      }
    ],
    rules: ['centre-books', 'accumulators', 'quiet-totals'],
    faults: []
  },
  {
    name: 'lost-card-refused-for-what-it-paid-before',
    mistake: 'a card that is reported lost pays nothing any more: what it had paid before and is told of now is refused with the rest',
    cost: 'a lawful settlement of the morning is never booked, and the institution is not paid by the fund',
    edits: [{ file: 'settlement/centre/intake/judge-posting.ts', text: 'if (card.isLost && card.lostSince <= intent.time)', replacement: 'if (card.isLost)' }],
    rules: ['centre-refuses'],
    faults: []
  },
  {
    name: 'one-load-uses-up-every-credit',
    mistake: 'when a credit is loaded, all credits of that card stand as loaded',
    cost: 'what else the fund had granted is never offered again: the patient lacks the money and nobody misses it',
    edits: [
      {
        file: 'settlement/centre/load/close-load.ts',
        text: ".set({ state: 'loaded' }).where('credit_id', '=', purpose.creditId)",
        replacement: ".set({ state: 'loaded' }).where('card_id', '=', card.card_id)"
      }
    ],
    rules: ['load-once'],
    faults: []
  },
  {
    name: 'centre-adjusts-with-the-tills-year',
    mistake: 'amounts of record are computed with what the till knew of the year, not with what the centre knows',
    cost: 'a patient of two tills passes the limits of a fund, and no book shows it but the year of record',
    edits: [
      {
        file: 'settlement/centre/intake/of-record.ts',
        text: 'calculate(rules, { ...claimOfRecord, facts, accumulators: counters })',
        replacement: 'calculate(rules, { ...claimOfRecord, facts })'
      }
    ],
    rules: ['caps'],
    faults: []
  },
  {
    name: 'totals-without-refunds',
    mistake: 'the sums that a terminal compares its day with leave out what was taken back',
    cost: 'no day with a refund can be compared with the centre any more, and every close says so in a line that nobody can do anything about',
    edits: [{ file: 'settlement/centre/reconcile/totals.ts', text: '    .where(isAskedFor(query))\n', replacement: "    .where(isAskedFor(query)).where('reverses', 'is', null)\n" }],
    rules: ['quiet-totals'],
    faults: []
  },
  {
    name: 'answer-not-repeated',
    mistake: 'a batch that was answered already is out of order, and the till is told so',
    cost: 'one lost answer and the till can never go on: everything behind it waits until somebody drives there',
    edits: [
      {
        file: 'settlement/centre/intake/take-batch.ts',
        text: '  if (head.number <= terminal.batch) return answeredBefore(transaction, signed)\n',
        replacement: '  if (head.number < terminal.batch) return answeredBefore(transaction, signed)\n'
      }
    ],
    rules: ['quiet-outbox'],
    faults: ['reply-lost', 'reply-late', 'reply-malformed', 'reply-status', 'till-killed', 'request-twice']
  },
  {
    name: 'later-serial-clears-a-hold',
    mistake: 'a hold is cleared as soon as the card has used any later serial elsewhere, not only its own',
    cost: 'a card that was charged and then pulled pays elsewhere: its first charge is given up, and the visit is charged once more',
    edits: [
      {
        file: 'settlement/centre/intake/held-serial.ts',
        text: ".where('card_serial', '=', serialOfDebit(intent))",
        replacement: ".where('card_serial', '>=', serialOfDebit(intent))"
      }
    ],
    rules: ['charge-booked'],
    faults: ['card-cut-after', 'card-cut-inside', 'card-lost-answer', 'till-killed', 'till-power-lost']
  }
]
