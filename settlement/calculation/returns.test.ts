import { describe, expect, it } from 'vitest'
import { parsedPolicy, plainPolicy, settleWire } from '../../test/worked-examples/bill.ts'
import { compilePolicy } from '../policy/compile-policy.ts'
import type { ClaimInput } from '../wire/claim-schema.ts'
import { describeRefusal } from '../wire/describe-refusal.ts'
import { parseClaim } from '../wire/parse-claim.ts'
import { calculate } from './calculate.ts'

const policy = plainPolicy({ ratio: '0.70' })
type Line = ClaimInput['lines'][number]

const line = (med_list_codg: string, cnt: string, more: Partial<Line> = {}): Line => ({ med_list_codg, chrgitm_lv: '01', pric: '15.00', cnt, ...more })
const bill = (...lines: Line[]): ClaimInput => ({ psn_type: '11', begntime: '2024-05-01', lines })

function refusalOf(claim: ClaimInput): unknown {
  const parsed = parseClaim(claim)
  if (!parsed.ok) throw new Error('the claim itself is refused')
  const result = calculate(compilePolicy(parsedPolicy(policy)), parsed.value)
  return result.ok ? 'settled' : result.error
}

const sumOf = (field: string, amount: string, index: number, quantity = '-1') => ({
  kind: 'negative-sum', path: `lines[${index}].cnt`, quantity, lineNo: String(index + 1), field, amount
})

describe('a return', () => {
  it('of what the same bill sells lowers it, wherever its line stands', () => {
    expect(settleWire(policy, bill(line('A', '3'), line('A', '-1'))).medfee_sumamt).toBe('30.00')
    expect(settleWire(policy, bill(line('A', '-1'), line('B', '2'), line('A', '3'))).medfee_sumamt).toBe('60.00')
    expect(settleWire(policy, bill(line('B', '2'), line('A', '1'), line('A', '-1'))).medfee_sumamt).toBe('30.00')
  })

  it('of an item that the bill does not sell is refused, however much the others cost', () => {
    expect(refusalOf(bill(line('A', '-1'), line('B', '100')))).toEqual(sumOf('det_item_fee_sumamt', '-15.00', 0))
  })

  it('of more than the bill sells of the item is refused at its line', () => {
    expect(refusalOf(bill(line('B', '100'), line('A', '1'), line('A', '-3')))).toEqual(sumOf('det_item_fee_sumamt', '-30.00', 2, '-3'))
  })

  it.each<[string, Partial<Line>, Partial<Line>]>([
    ['fulamt_ownpay_amt', {}, { chrgitm_lv: '03' }],
    ['overlmt_selfpay', {}, { pric_uplmt_amt: '5.00' }],
    ['preselfpay_amt', { selfpay_prop: '0.10' }, { selfpay_prop: '0.20' }],
    ['inscp_scp_amt', { chrgitm_lv: '03' }, {}]
  ])('of a part that was not bought, %s, is refused', (field, bought, returned) => {
    const others = [line('B', '9', { chrgitm_lv: '03' }), line('C', '9', { selfpay_prop: '0.50', pric_uplmt_amt: '9.00' })]
    expect(refusalOf(bill(line('A', '1', bought), line('A', '-1', returned), ...others))).toMatchObject({ kind: 'negative-sum', path: 'lines[1].cnt', field })
  })

  it('piece by piece is no more than was sold at once, for all that each piece is rounded', () => {
    // 0.15 x 10 % is 0.02 a piece, and 0.05 for three.
    const piece = { pric: '0.15', selfpay_prop: '0.10' }
    const pieces = [line('A', '3', piece), line('A', '-1', piece), line('A', '-1', piece), line('A', '-1', piece)]
    expect(settleWire(policy, bill(line('B', '1', { selfpay_prop: '0.10' }), ...pieces)).preselfpay_amt).toBe('1.49')
  })

  it('never takes a sum of the bill below zero, not by a fen', () => {
    const piece = { pric: '0.15', selfpay_prop: '0.10' }
    const pieces = [line('A', '3', piece), line('A', '-1', piece), line('A', '-1', piece), line('A', '-1', piece)]
    expect(refusalOf(bill(line('B', '1'), ...pieces))).toEqual(sumOf('preselfpay_amt', '-0.01', 2))
  })

  it('is refused by its path, its value and the rule', () => {
    expect(describeRefusal({ ...sumOf('det_item_fee_sumamt', '-15.00', 0), kind: 'negative-sum' }).en).toBe(
      'lines[0].cnt: "-1" is refused: must not return more of an item than this bill buys, and its det_item_fee_sumamt is -15.00; cancel the original settlement instead'
    )
  })
})
