import { expect, it } from 'vitest'
import { fen } from '../money/fen.ts'
import { drawerOf } from './drawer.ts'

it.each([
  // float, cash in, refunded, collected, counted -> expected, difference
  [20000, 123450, 0, 0, 143450, 143450, 0, 'to the fen'],
  [20000, 123450, 4500, 0, 138450, 138950, -500, '5.00 short'],
  [20000, 123450, 4500, 0, 138951, 138950, 1, 'one fen over'],
  [0, 4500, 0, 500, 5000, 5000, 0, 'with 5.00 collected of an adjustment'],
  [20000, 0, 4500, -300, 15200, 15200, 0, 'more handed back than taken in']
])('a drawer with %i + %i - %i + %i of which %i is counted should hold %i and differs by %i: %s', (float, cashIn, refunded, collected, counted, expected, difference) => {
  const drawer = drawerOf({ cashIn: fen(cashIn), cashRefunded: fen(refunded) }, { float: fen(float), counted: fen(counted), collected: fen(collected) })
  expect([drawer.expected, drawer.difference]).toEqual([expected, difference])
})
