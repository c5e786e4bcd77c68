/** Views for component tests, with their amounts written out. What the fake shows of the same bill is checked against these. */

import type { BillView, SumsView } from '../bill-view.ts'
import type { InDoubtView } from '../settlement-view.ts'
import type { TerminalState } from '../events.ts'
import { inDoubt } from './fake-refusals.ts'
import { splitLine, unsplitLine } from './fake-sums.ts'
import { SAMPLE_READER } from './sample-cards.ts'
import { DRIVER_OFF } from './sample-driver.ts'
import { TWELVE_LINES } from './sample-items.ts'
import { SYNC_NOT_CONNECTED } from './sample-sync.ts'
import { SAMPLE_TRACE } from './sample-trace.ts'
import { SAMPLE_QUEUE, SAMPLE_TILL, VISIT_ONE } from './sample-visits.ts'

export { FIXTURE_PIN, SAMPLE_CARD, SAMPLE_CARD_VERIFIED, SAMPLE_READER } from './sample-cards.ts'
export {
  AT_CENTRE_STATEMENT,
  IN_DOUBT_STATEMENT,
  LONG_STATEMENT,
  manyStatements,
  REFUNDED_STATEMENT,
  SAMPLE_STATEMENTS,
  SETTLED_STATEMENT
} from './sample-statements.ts'
export { SAMPLE_TRACE } from './sample-trace.ts'
export { SAMPLE_QUEUE, SAMPLE_TILL } from './sample-visits.ts'

/** Before the PIN: the account is not known, so all of the personal part stands as cash. */
export const SAMPLE_SUMS: SumsView = {
  accountKnown: false,
  total: '818.47',
  ownPay: '208.00',
  overCeiling: '14.00',
  prePay: '57.76',
  inScope: '538.71',
  deductible: { paid: '400.00', ofYear: '400.00', usedBefore: '0.00', left: '0.00' },
  yearHasElsewhere: false,
  ratio: '70 %',
  closedFunds: [],
  notInForce: null,
  funds: [{ fund: 'hifp_pay', name: { zh: '基本医疗保险统筹基金', en: 'basic pooled fund' }, paid: '97.10' }],
  fundPaid: '97.10',
  personal: '721.37',
  account: '0.00',
  accountBefore: null,
  accountAfter: null,
  cash: '721.37',
  invoice: { selfCare: '57.76', ownExpense: '222.00', inScope: '538.71', selfPay: '441.61' }
}

/** After the PIN: the chip's 2760.00 carries it. */
export const SAMPLE_SUMS_VERIFIED: SumsView = {
  ...SAMPLE_SUMS,
  accountKnown: true,
  account: '721.37',
  accountBefore: '2760.00',
  accountAfter: '2038.63',
  cash: '0.00'
}

export const SAMPLE_BILL: BillView = {
  revision: 1,
  source: 'queue',
  visit: VISIT_ONE,
  madeFor: null,
  lines: TWELVE_LINES.map(splitLine),
  useAccount: '1',
  outcome: { state: 'computed', sums: SAMPLE_SUMS, provisional: true },
  sale: null
}

export const SAMPLE_BILL_VERIFIED: BillView = {
  ...SAMPLE_BILL,
  outcome: { state: 'computed', sums: SAMPLE_SUMS_VERIFIED, provisional: true }
}

export const SAMPLE_BILL_NO_CARD: BillView = { ...SAMPLE_BILL, lines: TWELVE_LINES.map(unsplitLine), outcome: { state: 'no-card' } }

export const SAMPLE_IN_DOUBT: InDoubtView = {
  kind: 'settlement',
  settlementId: 'H99999900001202603021008300006',
  since: '2026-03-02 10:08:30',
  name: '测试一',
  maskedCard: '*****4567',
  visitNo: 'MZ2026030200008',
  total: '818.47',
  account: '721.37',
  cash: '0.00',
  refusal: inDoubt('H99999900001202603021008300006'),
  needsPin: false
}

export const SAMPLE_STATE: TerminalState = {
  told: 0,
  till: SAMPLE_TILL,
  panel: { state: 'no-card' },
  queue: SAMPLE_QUEUE,
  bill: null,
  inDoubt: [],
  sync: SYNC_NOT_CONNECTED,
  driver: DRIVER_OFF,
  reader: SAMPLE_READER,
  trace: SAMPLE_TRACE
}
