/** Mistakes in what a till writes down, how it becomes durable, and what becomes of it on the way to the centre. */

import type { Plant } from './plant.ts'

const WRITE = 'settlement/ledger/write-ledger.ts'
const WRITER = 'settlement/store/sqlite/sqlite-writer.ts'

export const LEDGER_PLANTS: readonly Plant[] = [
  {
    name: 'refund-keeps-the-deductible',
    mistake: 'a refund gives the money back; that the year goes back too is forgotten',
    cost: 'the next visit finds a deductible that was never paid, and the fund pays what the patient should',
    edits: [{ file: WRITE, text: 'countersAfter(store, hold.fact, negateCounters(effective.counters))', replacement: 'countersAfter(store, hold.fact, {})' }],
    rules: ['accumulators'],
    faults: []
  },
  {
    name: 'refund-forgets-the-adjustment',
    mistake: 'a refund takes back what was posted, though the centre had booked other amounts since',
    cost: 'the difference stays in the books of the day for ever: hospital and centre never agree again',
    edits: [{ file: WRITE, text: '    amounts: negateAmounts(effective.amounts),\n', replacement: '    amounts: negateAmounts(hold.fact.amounts),\n' }],
    rules: ['hour-totals', 'entries-balance', 'quiet-totals'],
    faults: []
  },
  {
    name: 'totals-in-a-second-transaction',
    mistake: 'the posting is what matters: counters and totals are written behind it, in a transaction of their own',
    cost: 'the power goes between the two: the year of a patient and the day of a till lack a bill that was paid',
    edits: [
      {
        file: WRITER,
        text: '    append: (chained, effects) => append(write, chained, effects),\n',
        replacement: `    append: (chained, effects) =>
      append(write, chained, effects, () => {
        commit.run()
        begin.run()
      }),
`
      },
      {
        file: WRITER,
        text: '{ hold, dispensed, movement, debt }: Effects): void {',
        replacement: '{ hold, dispensed, movement, debt }: Effects, between: () => void): void {'
      },
      {
        file: WRITER,
        text: '  if (movement !== undefined) move(write, sequence, movement)\n',
        replacement: `  if (movement !== undefined) {
    between()
    move(write, sequence, movement)
  }
`
      }
    ],
    rules: ['accumulators', 'hour-totals', 'owed-to-card'],
    faults: ['till-killed-statement', 'till-power-lost', 'disk-full', 'disk-error', 'disk-busy']
  },
  {
    name: 'receipt-before-flush',
    mistake: 'the log grows without flushing, which is quick; that flushing is switched on again afterwards is forgotten',
    cost: 'the power goes after the receipt: the patient has paid and holds the paper, and the till knows nothing of it',
    edits: [
      {
        file: 'settlement/store/sqlite/write-ahead-log.ts',
        text: "    this.#database.pragma('synchronous = FULL')\n",
        replacement: ''
      }
    ],
    rules: ['told-is-durable', 'fact-stays', 'charge-booked'],
    faults: ['till-power-lost']
  },
  {
    name: 'answered-when-sent',
    mistake: 'a batch that has left completely is taken as answered',
    cost: 'an answer that is lost on the way is never asked for again: settlements stay unconfirmed, and nobody hears of what was refused',
    edits: [
      {
        file: 'settlement/sync/uploader.ts',
        text: "      reached('sync-sent')\n",
        replacement: "      store.answerBatch(number, this.#ports.clock().time)\n      reached('sync-sent')\n"
      }
    ],
    rules: ['batch-chain', 'quiet-outbox', 'quiet-totals'],
    faults: ['reply-lost', 'reply-late', 'reply-malformed', 'reply-status', 'till-killed']
  },
  {
    name: 'waits-for-a-clock-that-was-ahead',
    mistake: 'the next try is due when the clock says so, whatever somebody has done to the clock',
    cost: 'a till whose clock was two days ahead and is put right does not ask its centre for two days: no batch, no lost card',
    edits: [
      {
        file: 'settlement/sync/link-health.ts',
        text: 'return epochMs >= this.#nextAtMs || epochMs < this.#failedAtMs',
        replacement: 'return epochMs >= this.#nextAtMs'
      }
    ],
    rules: ['quiet-outbox'],
    faults: ['till-clock-ahead']
  },
  {
    name: 'chain-not-continued',
    mistake: 'each fact is hashed by itself: what is stored is what was written',
    cost: 'a fact that somebody takes out of the middle leaves no trace, at the till and at the centre alike',
    edits: [{ file: 'settlement/ledger/chain.ts', text: '  place.set(head.hash)\n', replacement: '  place.fill(0, 0, HASH_LENGTH)\n' }],
    rules: ['hash-chain'],
    faults: []
  },
  {
    name: 'refund-loaded-twice',
    mistake: 'what a refund owes was written when it was made; that a load pays it off is seen from the loads',
    cost: 'the card is offered the same money at every visit, and whoever only looks there loads it again',
    edits: [
      {
        file: 'settlement/ledger/write-load.ts',
        text: '  const amount = subtract(subtract(debtOf(settled), settled.owed.loaded), intent.amount)\n',
        replacement: '  const amount = subtract(debtOf(settled), settled.owed.loaded)\n'
      }
    ],
    rules: ['owed-to-card', 'load-once'],
    faults: []
  }
]
