/** Mistakes in who pays what: till and centre calculate with the same code, so that both make them and agree. */

import type { Plant } from './plant.ts'

export const BILL_PLANTS: readonly Plant[] = [
  {
    name: 'cap-forgotten',
    mistake: 'a fund pays its share; that the year has used up its limit is looked at elsewhere',
    cost: 'the fund pays beyond what it may, and the institution gives it back when that is found',
    edits: [
      {
        file: 'settlement/calculation/bands.ts',
        text: '  const paid = availableBefore === undefined ? share : least(share, availableBefore)\n',
        replacement: '  const paid = share\n'
      }
    ],
    rules: ['bill-calculated', 'caps'],
    faults: []
  },
  {
    name: 'deductible-of-each-bill',
    mistake: 'the deductible of a bill is what its level says: that it is one for the whole year is forgotten',
    cost: 'who is ill twice pays it twice',
    edits: [
      {
        file: 'settlement/calculation/calculate.ts',
        text: '  const used = deductible.isYearly ? counters.before(deductible.counter) : ZERO\n',
        replacement: '  const used = ZERO\n'
      }
    ],
    rules: ['bill-calculated', 'caps'],
    faults: []
  },
  {
    name: 'shares-in-floating-point',
    mistake: 'a share of an amount is a multiplication, and money is rounded down to whole fen',
    cost: 'a fen here and a fen there, on thousands of bills: accounts that never come to the same as the fund\'s',
    edits: [
      {
        file: 'settlement/money/ratio.ts',
        text: '  fen(roundQuotient(amount * share, RATIO_ONE, rounding))',
        replacement: "  fen(rounding === 'half-up' ? Math.trunc((amount / 100) * (share / RATIO_ONE) * 100) : roundQuotient(amount * share, RATIO_ONE, rounding))"
      }
    ],
    rules: ['bill-calculated'],
    faults: []
  }
]
