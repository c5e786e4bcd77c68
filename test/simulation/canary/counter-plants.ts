/** Mistakes at the counter: the order of a settlement, what silence means, what a recovery may believe, what a close must name. */

import type { Plant } from './plant.ts'

const SETTLE = 'settlement/case/settle-visit.ts'

export const COUNTER_PLANTS: readonly Plant[] = [
  {
    name: 'posted-before-debit',
    mistake: 'the posting is written first, so that no debit is ever without one; the evidence can follow',
    cost: 'a bill counts as paid from the account when the card was pulled before it paid: the hospital is short of the money',
    edits: [
      {
        file: SETTLE,
        text: "  const outcome = await device.debit(intent.value)\n  reached('debited')\n",
        replacement: `  const { settlementId, heldAt } = visit
  const expected = { source: 'transaction-log', tac: undefined, mac2: undefined, serialAfter: intent.value.serialBefore + 1, balanceAfter: undefined } as const
  const early = ledger.post({ settlementId, evidence: expected, postedAt: heldAt })
  if (!early.ok) return refuse({ kind: 'not-recorded', settlementId, refusal: early.error })
  const outcome = await device.debit(intent.value)
  reached('debited')
`
      }
    ],
    rules: ['posting-has-debit', 'hold-before-debit'],
    faults: []
  },
  {
    name: 'debited-before-hold',
    mistake: 'a hold for a card that refuses is noise in the ledger: the card is asked first',
    cost: 'the process dies between card and ledger: the patient has paid for a visit that nobody knows of, and pays it again',
    edits: [
      {
        file: SETTLE,
        text: '  const held = ledger.hold({ ...terms, intent: intent.value })\n',
        replacement: `  const outcome = await device.debit(intent.value)
  reached('debited')
  const held = ledger.hold({ ...terms, intent: intent.value })
`
      },
      { file: SETTLE, text: "  const outcome = await device.debit(intent.value)\n  reached('debited')\n  switch", replacement: '  switch' }
    ],
    rules: ['hold-before-debit', 'charge-booked'],
    faults: []
  },
  {
    name: 'debited-again-after-silence',
    mistake: 'a card that did not answer is asked once more, with a fresh initialisation as the specification wants it',
    cost: 'the first debit had gone through: the patient pays twice for one visit',
    edits: [
      {
        file: SETTLE,
        text: "    case 'unknown':\n      return refuse({ kind: 'in-doubt', settlementId: visit.settlementId, cause: outcome.cause })",
        replacement: `    case 'unknown': {
      const anew = await device.initialise(debit, visit.heldAt)
      const second = anew.ok ? await device.debit(anew.value) : outcome
      if (second.kind === 'debited') return post(ports, visit, intent.value, second.evidence)
      return refuse({ kind: 'in-doubt', settlementId: visit.settlementId, cause: outcome.cause })
    }`
      }
    ],
    rules: ['debit-once', 'charge-booked', 'card-balance', 'posting-has-debit'],
    faults: ['card-lost-answer', 'card-truncated', 'card-mute', 'card-wrong-status']
  },
  {
    name: 'released-by-another-card',
    mistake: 'a hold whose card is not there any more cannot be resolved and only worries people: it is released',
    cost: 'the card that left had paid: its holder is charged for a visit that is settled a second time',
    edits: [
      {
        file: 'settlement/case/recover-holds.ts',
        text: "    case 'unresolved':\n      return { kind: 'in-doubt', hold, reason: resolution.reason }",
        replacement: `    case 'unresolved': {
      if (resolution.reason !== 'other-card') return { kind: 'in-doubt', hold, reason: resolution.reason }
      const proof = 'the card has left'
      const released = ledger.release({ settlementId, proof, releasedAt: time })
      return released.ok ? { kind: 'released', hold, proof } : { kind: 'not-recorded', hold, refusal: released.error }
    }`
      }
    ],
    rules: ['charge-booked'],
    faults: ['card-cut-after', 'card-cut-inside', 'card-lost-answer', 'till-killed']
  },
  {
    name: 'close-forgets-doubts',
    mistake: 'a close is about its own day: a hold of an earlier one was named there',
    cost: 'a charge that nobody has proved is in no report any more, and nobody looks for the card',
    edits: [
      {
        file: 'settlement/close/open-item.ts',
        text: '    ...standing.inDoubt.map(({ settlementId, heldAt, intent })',
        replacement: '    ...standing.inDoubt.filter(({ heldAt }) => period.from === undefined || heldAt >= period.from).map(({ settlementId, heldAt, intent })'
      }
    ],
    rules: ['close-complete', 'quiet-named'],
    faults: ['card-cut-after', 'card-lost-answer', 'till-killed']
  },
  {
    name: 'correction-forgets-the-approval',
    mistake: 'a quantity that is typed anew makes a new line, without the approval that the old one had',
    cost: 'whoever mistypes a quantity and puts it right has the patient pay for a drug that the fund had approved',
    edits: [{ file: 'electron/host/bill/bill.ts', text: 'hosp_appr_flag: approval ?? line.hosp_appr_flag', replacement: "hosp_appr_flag: approval ?? '0'" }],
    rules: ['bill-calculated'],
    faults: []
  },
  {
    name: 'close-adds-up-without-refunds',
    mistake: 'the sums of the ledger in a close count what was settled, not what was taken back',
    cost: 'a report that is signed says more than the ledger has: the day is off by every refund, and nobody knows which book is wrong',
    edits: [{ file: 'settlement/close/period.ts', text: '    this.#ledgerSums = addAmounts(this.#ledgerSums, taken)\n', replacement: '' }],
    rules: ['close-complete'],
    faults: []
  },
  {
    name: 'year-begins-a-day-late',
    mistake: 'the policy year ends with the day that is named, instead of beginning with it',
    cost: "on the first day of a year every patient's bill counts into the old year: no deductible, and used-up limits still used up",
    edits: [
      {
        file: 'settlement/calendar/business-date.ts',
        text: 'return on.slice(5) >= begins ? year : year - 1',
        replacement: 'return on.slice(5) > begins ? year : year - 1'
      }
    ],
    rules: ['accumulators', 'caps'],
    faults: []
  },
  {
    name: 'told-year-without-what-is-unsent',
    mistake: 'what the centre tells of a year is the year: what the till has not sent yet was left out',
    cost: 'a patient who is treated twice before the till has sent the first pays the deductible twice, and is owed it when the centre answers',
    edits: [{ file: 'electron/host/year-used.ts', text: 'movedSince(ledger, key, used.sequence)', replacement: 'movedSince(ledger, key, Number.MAX_SAFE_INTEGER)' }],
    rules: ['bill-calculated'],
    faults: []
  },
  {
    name: 'lost-card-list-ignored',
    mistake: 'the list of lost cards is the centre\'s affair: it refuses the bill if need be',
    cost: 'whoever found a card spends its account, and its holder hears that nothing can be done',
    edits: [
      {
        file: 'electron/host/patient.ts',
        text: "  if (registered?.lost !== undefined) return { kind: 'card-lost', reported: registered.lost }\n",
        replacement: ''
      }
    ],
    rules: ['card-barred'],
    faults: []
  },
  {
    name: 'released-when-silent',
    mistake: 'a card that fell silent over the debit has not paid: the hold is released, and the visit may be settled again',
    cost: 'it had paid: charged, and the next try charges it once more',
    edits: [
      {
        file: SETTLE,
        text: "    case 'unknown':\n      return refuse({ kind: 'in-doubt', settlementId: visit.settlementId, cause: outcome.cause })",
        replacement: "    case 'unknown':\n      return release(ledger, visit, { kind: 'reader-fault', detail: outcome.cause })"
      }
    ],
    rules: ['charge-booked'],
    faults: ['card-cut-after', 'card-lost-answer', 'card-truncated', 'card-wrong-status']
  }
]
