import { describe, expect, it } from 'vitest'
import type { ReturnRefusal } from '../../../settlement/case/return-packs.ts'
import type { RefundRefusal } from '../../../settlement/case/refund-settlement.ts'
import type { Quantity } from '../../../settlement/money/price.ts'
import { returnRefusalView } from './return-packs.ts'

const SETTLEMENT = 'P99999900001202603150930150001'
const ANEW = 'P99999900001202603161000000004'

type Own = Exclude<ReturnRefusal, RefundRefusal>

/** One of every kind, or it does not compile. */
const TABLE: { readonly [Kind in Own['kind']]: { readonly refusal: Extract<Own, { readonly kind: Kind }>; readonly zh: string } } = {
  'nothing-returned': { refusal: { kind: 'nothing-returned' }, zh: '没有选择要退的药品' },
  'line-unknown': { refusal: { kind: 'line-unknown', line: '7' }, zh: '这笔结算没有第7项可退，或该项选了两次' },
  'more-than-left': {
    refusal: { kind: 'more-than-left', line: '1', left: 20_000 as Quantity, asked: 25_000 as Quantity },
    zh: '第1项还可退2，要退的是2.5'
  },
  'code-returned': { refusal: { kind: 'code-returned', line: '1', code: 'ZSM-1' }, zh: '追溯码ZSM-1的药品已经退过' },
  'code-not-of-line': { refusal: { kind: 'code-not-of-line', line: '1', code: 'ZSM-1' }, zh: '追溯码ZSM-1不是这笔结算第1项售出的' },
  'codes-missing': { refusal: { kind: 'codes-missing', line: '1', wanted: 2, given: 1 }, zh: '第1项退回的药品应扫2个追溯码，已扫1个' },
  'claim-missing': { refusal: { kind: 'claim-missing', settlementId: SETTLEMENT }, zh: `结算号${SETTLEMENT}没有留存明细，不能退单盒` },
  'settled-anew': {
    refusal: { kind: 'settled-anew', settlementId: SETTLEMENT, by: ANEW },
    zh: `结算号${SETTLEMENT}已退过药并重新结算（结算号${ANEW}）`
  },
  'return-in-doubt': {
    refusal: { kind: 'return-in-doubt', settlementId: SETTLEMENT, by: ANEW },
    zh: `结算号${SETTLEMENT}退药后的重新结算（结算号${ANEW}）存疑，还没有核实`
  },
  'bill-unmade': {
    refusal: { kind: 'bill-unmade', problems: [{ path: 'lines[0].med_list_codg', value: undefined, rule: 'this field is required' }] },
    zh: '退药后的结算单无法生成：第1项医保目录编码缺失：必填'
  }
}

describe('what stands against packs that come back', () => {
  it.each(Object.values(TABLE))('$refusal.kind', ({ refusal, zh }) => {
    const view = returnRefusalView(refusal)
    expect([view.kind, view.what.zh]).toEqual([refusal.kind, zh])
    expect(view.mend?.zh).toMatch(/\p{Script=Han}/u)
    expect(`${view.what.en}${view.mend?.en ?? ''}${view.today?.en ?? ''}`).not.toMatch(/\p{Script=Han}/u)
  })

  it('what stands against any refund is said as there', () => {
    expect(returnRefusalView({ kind: 'settlement-unknown', settlementId: SETTLEMENT }).what.zh).toBe(`本机账簿中没有结算号“${SETTLEMENT}”`)
  })
})
