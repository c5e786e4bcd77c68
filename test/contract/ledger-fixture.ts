/** Settlements for tests of the ledger: invented people of division 999999, amounts that satisfy I1 to I8. */

import type { Amounts } from '../../settlement/calculation/settlement-result.ts'
import type { Hold, LedgerLine, LoadHold, OfRecord } from '../../settlement/ledger/fact.ts'
import { fen } from '../../settlement/money/fen.ts'
import type { LoadEvidence } from '../../settlement/payment/load-device.ts'
import type { DebitEvidence } from '../../settlement/payment/payment-device.ts'

const NO_FUNDS = {
  hifp_pay: fen(0),
  hifob_pay: fen(0),
  hifmi_pay: fen(0),
  hifes_pay: fen(0),
  cvlserv_pay: fen(0),
  hifdm_pay: fen(0),
  maf_pay: fen(0),
  oth_pay: fen(0)
}

/**
 * A pharmacy sale of 420.00 yuan, 20.00 of it not payable: deductible 150.00, pool 70 % = 175.00, personal 245.00 of which
 * the card pays 200.00.
 */
export const SALE_AMOUNTS: Amounts = {
  total: fen(42000),
  ownPay: fen(2000),
  overCeiling: fen(0),
  prePay: fen(0),
  inScope: fen(40000),
  deductible: fen(15000),
  funds: { ...NO_FUNDS, hifp_pay: fen(17500) },
  fundPaid: fen(17500),
  personal: fen(24500),
  account: fen(20000),
  mutualAid: fen(0),
  cash: fen(4500),
  hospital: fen(0)
}

export const SALE_LINES: readonly LedgerLine[] = [
  line('1', 'XA01BCD0000001', '测试药品甲', { amount: 40000, ownPay: 0 }),
  line('2', 'XA01BCD0000002', '测试药品丙', { amount: 2000, ownPay: 2000 })
]

export function line(
  lineNo: string,
  itemCode: string,
  itemName: string,
  { amount, ownPay }: { readonly amount: number; readonly ownPay: number }
): LedgerLine {
  return {
    lineNo,
    itemCode,
    itemName,
    amount: fen(amount),
    ownPay: fen(ownPay),
    overCeiling: fen(0),
    prePay: fen(0),
    inScope: fen(amount - ownPay)
  }
}

/** The sale of the `number`-th visit, by the person of that number unless told otherwise. */
export function sale(number: number, changes: Partial<Hold> = {}): Hold {
  const digits = number.toString().padStart(6, '0')
  return {
    settlementId: `P99999900001${digits}`,
    visit: { institution: 'P99999900001', visitNo: `V${digits}` },
    personNo: `999999${digits}`,
    insuranceType: '310',
    policyYear: 2023,
    medType: '41',
    personType: '11',
    policy: { id: 'luzhou-employee', version: '2023-09' },
    amounts: SALE_AMOUNTS,
    lines: SALE_LINES,
    counters: { act_pay_dedc: fen(15000), hifp_pay: fen(17500) },
    intent: {
      cardId: `9999990000${digits}`,
      serialBefore: 41,
      balanceBefore: fen(50000),
      terminalNo: '999999000001',
      terminalSerial: number,
      time: '20230915093000',
      amounts: { account: fen(20000), own: fen(24500), pooled: fen(17500) }
    },
    claim: new TextEncoder().encode(`{"psn_type":"11","mdtrt_id":"V${digits}","begntime":"2023-09-15","lines":[]}`),
    result: new TextEncoder().encode(`provisional result ${number}`),
    heldAt: '20230915093000',
    ...changes
  }
}

/** What the card of `sale` answers: 200.00 yuan of 500.00 taken. */
export const EVIDENCE: DebitEvidence = {
  source: 'debit-answer',
  tac: 'a1b2c3d4',
  mac2: '01020304',
  serialAfter: 42,
  balanceAfter: fen(30000)
}

/** What the centre says of `sale`: the pool pays 35.00 less, which the person pays in cash; the card's part stays. */
export const OF_RECORD: OfRecord = {
  amounts: {
    ...SALE_AMOUNTS,
    deductible: fen(20000),
    funds: { ...NO_FUNDS, hifp_pay: fen(14000) },
    fundPaid: fen(14000),
    personal: fen(28000),
    cash: fen(8000)
  },
  counters: { act_pay_dedc: fen(20000), hifp_pay: fen(14000) },
  reason: 'counters-differ'
}

/** 50.00 of the 200.00 that the card of `sale` paid should have come from the pool. */
export const OF_RECORD_LESS_ACCOUNT: OfRecord = {
  amounts: {
    ...SALE_AMOUNTS,
    deductible: fen(10000),
    funds: { ...NO_FUNDS, hifp_pay: fen(22500) },
    fundPaid: fen(22500),
    personal: fen(19500),
    account: fen(15000)
  },
  counters: { act_pay_dedc: fen(10000), hifp_pay: fen(22500) },
  reason: 'counters-differ'
}

/** The load that puts `amount` back onto the card of the `number`-th sale. */
export const loadBack = (number: number, amount: number, loadId = `L${number}`): LoadHold => {
  const { settlementId, intent } = sale(number)
  return {
    loadId,
    purpose: { kind: 'refund', settlementId },
    intent: {
      cardId: intent.cardId,
      serialBefore: 3,
      balanceBefore: fen(30000),
      amount: fen(amount),
      terminalNo: '999999000001',
      time: '20230917090000',
      mac2: '0a0b0c0d'
    },
    heldAt: '20230917090001'
  }
}

/** What the card answers to `loadBack`. */
export const loadEvidence = (amount: number): LoadEvidence => ({
  source: 'credit-answer',
  tac: 'd4c3b2a1',
  serialAfter: 4,
  balanceAfter: fen(30000 + amount)
})
