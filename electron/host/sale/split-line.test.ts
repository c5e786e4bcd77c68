import { expect, it } from 'vitest'
import type { ItemVerdict } from '../../../settlement/eligibility/verdict.ts'
import { fen } from '../../../settlement/money/fen.ts'
import { parsePrice, parseQuantity, type Price, type Quantity } from '../../../settlement/money/price.ts'
import { payablePacks } from './split-line.ts'

const verdict = (payable: ItemVerdict['payable'], tracesWanted = 1): ItemVerdict => ({ line: '1', cover: 'limited', funds: [], payable, accountMayPay: true, tracesWanted, reasons: [] })
const line = (quantity: string, price = '12.50') => ({ quantity: parseQuantity(quantity) as Quantity, price: parsePrice(price) as Price })
const quantity = (text: string) => ({ of: 'quantity', quantity: parseQuantity(text) as Quantity }) as const

it('a fund pays whole packs: what is over a whole one is own pay', () => {
  expect(payablePacks(verdict(quantity('2.7')), line('4'))).toBe(20_000)
  expect(payablePacks(verdict(quantity('0.9')), line('4'))).toBe(0)
})

it('what is weighed is split anywhere', () => {
  expect(payablePacks(verdict(quantity('2.7'), 0), line('4.5'))).toBe(27_000)
})

it('of a limit in yuan as many packs as it buys', () => {
  expect(payablePacks(verdict({ of: 'amount', amount: fen(2_500) }), line('3'))).toBe(20_000)
  expect(payablePacks(verdict({ of: 'amount', amount: fen(2_499) }), line('3'))).toBe(10_000)
  expect(payablePacks(verdict({ of: 'amount', amount: fen(3_750) }), line('3'))).toBeUndefined()
})
