import { describe, expect, test } from 'vitest'
import { SALE_AMOUNTS, sale } from '../../test/contract/ledger-fixture.ts'
import { fen, formatFen } from '../money/fen.ts'
import { addCounters, entriesOf, reverse } from './journal.ts'

const inYuan = (amounts: Parameters<typeof entriesOf>[0]): Record<string, string> =>
  Object.fromEntries(entriesOf(amounts).map(({ account, amount }) => [account, formatFen(amount)]))

describe('double entry', () => {
  test('of a sale of 420.00: fund 175.00, card 200.00, cash 45.00', () => {
    expect(inYuan(SALE_AMOUNTS)).toEqual({
      'fund:hifp_pay': '175.00',
      'personal-account': '200.00',
      cash: '45.00',
      revenue: '-420.00'
    })
  })

  test('splits the account part into the own purse and the relative, and books what the hospital bears', () => {
    const amounts = { ...SALE_AMOUNTS, mutualAid: fen(5000), hospital: fen(1000), cash: fen(3500), personal: fen(23500) }
    expect(inYuan(amounts)).toEqual({
      'fund:hifp_pay': '175.00',
      'personal-account': '150.00',
      'mutual-aid': '50.00',
      cash: '35.00',
      hospital: '10.00',
      revenue: '-420.00'
    })
  })

  test('of amounts that break an identity does not balance and stops the program', () => {
    expect(() => entriesOf({ ...SALE_AMOUNTS, cash: fen(4501) })).toThrow('sum to 1 fen')
  })
})

describe('a settlement turned round', () => {
  const reversed = reverse(sale(1))

  test('gives back the deductible of 150.00 and the 175.00 of the pool', () => {
    expect(reversed.counters).toEqual({ act_pay_dedc: -15000, hifp_pay: -17500 })
    expect(addCounters(sale(1).counters, reversed.counters)).toEqual({ ok: true, value: { act_pay_dedc: 0, hifp_pay: 0 } })
  })

  test('has every amount, line and entry with the opposite sign', () => {
    expect(reversed.amounts).toMatchObject({ total: -42000, deductible: -15000, fundPaid: -17500, cash: -4500, hospital: 0 })
    expect(reversed.amounts.funds.hifp_pay).toBe(-17500)
    expect(reversed.lines.map(({ amount, ownPay, inScope }) => [amount, ownPay, inScope])).toEqual([
      [-40000, 0, -40000],
      [-2000, -2000, 0]
    ])
    expect(inYuan(reversed.amounts)).toMatchObject({ cash: '-45.00', revenue: '420.00' })
  })

  test('turned round twice is the settlement', () => {
    const { settlementId: _, intent: __, claim: ___, result: ____, heldAt: _____, ...terms } = sale(1)
    expect(reverse(reverse(terms))).toEqual(terms)
  })
})

test('counters that leave the range of an amount are named, and names that objects have of their own count from zero', () => {
  expect(addCounters({ hifp_pay: fen(900_000_000_000) }, { hifp_pay: fen(900_000_000_000) })).toEqual({
    ok: false,
    error: 'hifp_pay'
  })
  expect(addCounters({}, { constructor: fen(1) })).toEqual({ ok: true, value: { constructor: 1 } })
})
