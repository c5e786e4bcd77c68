import { describe, expect, it } from 'vitest'
import type { RefundRefusal } from '../../../settlement/case/refund-settlement.ts'
import type { RecordRefusal } from '../records/recorded-visit.ts'
import { recordRefusalView } from './refund.ts'

const SETTLEMENT = 'H99999900001202603150930150001'
const CITIZEN_NUMBER = '000000199001010018'

type Refusal = RefundRefusal | RecordRefusal

/** One of every kind, or it does not compile. */
const TABLE: { readonly [Kind in Refusal['kind']]: { readonly refusal: Extract<Refusal, { readonly kind: Kind }>; readonly zh: string } } = {
  'reason-invalid': {
    refusal: { kind: 'reason-invalid', length: 201, lengthMax: 200 },
    zh: '退费原因为201个字符，须为1至200个字符，不能含换行等控制字符'
  },
  'settlement-unknown': { refusal: { kind: 'settlement-unknown', settlementId: SETTLEMENT }, zh: `本机账簿中没有结算号“${SETTLEMENT}”` },
  'settlement-in-doubt': {
    refusal: { kind: 'settlement-in-doubt', settlementId: SETTLEMENT },
    zh: `结算号${SETTLEMENT}存疑，是否扣款还没有核实，暂不能退费`
  },
  'settlement-released': { refusal: { kind: 'settlement-released', settlementId: SETTLEMENT }, zh: `结算号${SETTLEMENT}没有扣款，已释放，不用退费` },
  'already-refunded': {
    refusal: { kind: 'already-refunded', settlementId: SETTLEMENT, correctionId: 'H99999900001202603161000000003' },
    zh: `结算号${SETTLEMENT}已经退费（退费号H99999900001202603161000000003）`
  },
  'id-conflict': { refusal: { kind: 'id-conflict', id: 'H99999900001202603161000000003' }, zh: '退费号H99999900001202603161000000003已被占用' },
  'counter-out-of-range': {
    refusal: { kind: 'counter-out-of-range', key: { personNo: CITIZEN_NUMBER, insuranceType: '310', policyYear: 2026 }, counter: 'act_pay_dedc' },
    zh: '累计额“act_pay_dedc”超出可记录的范围'
  },
  'store-failure': {
    refusal: { kind: 'store-failure', cause: 'read-only', detail: 'SQLITE_READONLY' },
    zh: '账簿无法读写：账簿文件为只读'
  }
}

describe('what the records refuse', () => {
  it.each(Object.values(TABLE))('$refusal.kind', ({ refusal, zh }) => {
    const view = recordRefusalView(refusal)
    expect([view.kind, view.what.zh]).toEqual([refusal.kind, zh])
    expect(view.mend?.zh).toMatch(/\p{Script=Han}/u)
    expect(view.mend?.en).not.toMatch(/\p{Script=Han}/u)
    expect(JSON.stringify(view)).not.toContain(CITIZEN_NUMBER)
  })

  it('a slip of the cashier is bad input, a failed disk a fault outside', () => {
    expect(recordRefusalView(TABLE['reason-invalid'].refusal).blame).toBe('bad-input')
    expect(recordRefusalView(TABLE['already-refunded'].refusal).blame).toBe('refusal')
    expect(recordRefusalView(TABLE['store-failure'].refusal).blame).toBe('outside')
  })
})
