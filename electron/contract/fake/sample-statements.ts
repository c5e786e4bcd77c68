/** What the fake's ledger holds at the start: one settlement of every kind, with amounts that agree with each other. */

import type { ConfirmationView, StatementLine, StatementView } from '../settlement-view.ts'
import { splitLine } from './fake-sums.ts'
import { manyLines, THREE_LINES, TWELVE_LINES } from './sample-items.ts'
import { SAMPLE_TILL, VISIT_ONE, VISIT_THREE, VISIT_TWO } from './sample-visits.ts'
import type { FakeLine } from './fake-sums.ts'

export const statementLine = (line: FakeLine): StatementLine => {
  const { reasons: _, isRestricted: _restricted, approval: _approval, ...rest } = splitLine(line)
  const { packs, dose = null, frequency = null, days = null, isOwnPay, returnOf = null } = line
  if (packs === undefined) return { ...rest, sale: null }
  const ownPayReason = isOwnPay === true ? { zh: '按自费结算', en: 'own pay by choice' } : null
  return { ...rest, sale: { packs, dose, frequency, days, ownPayReason, returnOf } }
}

const POOL = (paid: string) => ({ fund: 'hifp_pay', name: { zh: '基本医疗保险统筹基金', en: 'basic pooled fund' }, paid })

/** 818.47 = fund 97.10 + account 721.37; the card went from 2760.00 to 2038.63. */
export const SETTLED_STATEMENT: StatementView = {
  settlementId: 'H99999900001202603050945120001',
  state: 'settled',
  settledAt: '2026-03-05 09:45:12',
  institution: { code: SAMPLE_TILL.institution.code, name: SAMPLE_TILL.institution.name },
  terminalNo: '999999000001',
  visit: { ...VISIT_ONE, visitNo: 'MZ2026030500091' },
  holder: {
    name: '测试一',
    cardNumber: '*****4567',
    citizenNumber: '**************0018',
    personClass: { zh: '在职', en: 'in service' },
    insutypeName: { zh: '职工基本医疗保险', en: "employees' basic insurance" }
  },
  policy: { region: '999999', name: { zh: '测试区', en: 'test region' }, version: '1' },
  lines: TWELVE_LINES.map(statementLine),
  sums: {
    total: '818.47',
    ownPay: '208.00',
    overCeiling: '14.00',
    prePay: '57.76',
    inScope: '538.71',
    deductible: '400.00',
    funds: [POOL('97.10')],
    fundPaid: '97.10',
    personal: '721.37',
    account: '721.37',
    mutualAid: '0.00',
    cash: '0.00'
  },
  invoice: { selfCare: '57.76', ownExpense: '222.00', inScope: '538.71', selfPay: '441.61' },
  balance: { before: '2760.00', after: '2038.63' },
  proof: { tac: '4CB35E43', mac2: '605535B4', serialBefore: 5, serialAfter: 6, terminalSerial: 1 },
  ledger: { sequence: 2, hash: 'de65e97a1e409afc' },
  refund: null,
  confirmation: { state: 'provisional' },
  printed: 0,
  sale: null
}

const SMALL_SUMS: StatementView['sums'] = {
  total: '66.60',
  ownPay: '0.00',
  overCeiling: '0.00',
  prePay: '0.00',
  inScope: '66.60',
  deductible: '66.60',
  funds: [POOL('0.00')],
  fundPaid: '0.00',
  personal: '66.60',
  account: '40.00',
  mutualAid: '0.00',
  cash: '26.60'
}

/** 66.60 = account 40.00 + cash 26.60: below the deductible, so the fund pays nothing. */
const SMALL_STATEMENT: StatementView = {
  ...SETTLED_STATEMENT,
  settlementId: 'H99999900001202603050910030002',
  settledAt: '2026-03-05 09:10:03',
  visit: { ...VISIT_TWO, visitNo: 'MZ2026030500092' },
  holder: { ...SETTLED_STATEMENT.holder, name: '测试二', cardNumber: '*****4568', citizenNumber: '**************0026' },
  lines: THREE_LINES.map(statementLine),
  sums: SMALL_SUMS,
  invoice: { selfCare: '0.00', ownExpense: '0.00', inScope: '66.60', selfPay: '66.60' },
  balance: { before: '40.00', after: '0.00' },
  proof: { tac: '77A01B52', mac2: '0D41C2E9', serialBefore: 11, serialAfter: 12, terminalSerial: 2 },
  ledger: { sequence: 5, hash: '3f0a77c1d25b9e84' },
  printed: 1
}

/** Refunded whole: 26.60 handed back, and 40.00 stays owed to the chip until the centre signs a load. */
export const REFUNDED_STATEMENT: StatementView = {
  ...SMALL_STATEMENT,
  settlementId: 'H99999900001202603041530450003',
  state: 'refunded',
  settledAt: '2026-03-04 15:30:45',
  visit: { ...VISIT_THREE, visitNo: 'MZ2026030400031', begins: '2026-03-04 15:10:00' },
  holder: { ...SETTLED_STATEMENT.holder, name: '测试三', cardNumber: '*****4569', citizenNumber: '**************0034' },
  proof: { tac: '19C4E0AA', mac2: 'B2715F06', serialBefore: 3, serialAfter: 4, terminalSerial: 3 },
  ledger: { sequence: 9, hash: 'a81b44e0c97d3f52' },
  refund: {
    correctionId: 'H99999900001202603041602110004',
    at: '2026-03-04 16:02:11',
    reason: '重复开单(测试)',
    cash: '26.60',
    fund: '0.00',
    owedToCard: '40.00',
    loaded: null,
    confirmation: { state: 'provisional' }
  }
}

/** The account is at the centre: the card signed, and all of the personal part was paid in cash. */
export const AT_CENTRE_STATEMENT: StatementView = {
  ...SMALL_STATEMENT,
  settlementId: 'H99999900001202603031120000005',
  settledAt: '2026-03-03 11:20:00',
  visit: { ...VISIT_THREE, visitNo: 'MZ2026030300017', begins: '2026-03-03 11:02:00' },
  holder: { ...SETTLED_STATEMENT.holder, name: '测试四', cardNumber: '*****4570', citizenNumber: '**************0042' },
  sums: { ...SMALL_SUMS, account: '0.00', cash: '66.60' },
  balance: null,
  proof: { tac: null, mac2: null, serialBefore: 8, serialAfter: 9, terminalSerial: 4 },
  ledger: { sequence: 14, hash: '5cd0b19e27fa8860' },
  printed: 0
}

/** The card left while it was debited: nobody knows yet. */
export const IN_DOUBT_STATEMENT: StatementView = {
  ...SETTLED_STATEMENT,
  settlementId: 'H99999900001202603021008300006',
  state: 'in-doubt',
  settledAt: '2026-03-02 10:08:30',
  visit: { ...VISIT_ONE, visitNo: 'MZ2026030200008', begins: '2026-03-02 09:50:00' },
  balance: { before: '2760.00', after: null },
  proof: null,
  ledger: { sequence: 17, hash: '0be71f6a93d4c258' }
}

/** Refunded, and nothing is owed because the account had paid nothing. */
const REFUNDED_IN_CASH: StatementView = {
  ...AT_CENTRE_STATEMENT,
  settlementId: 'H99999900001202603011000200007',
  state: 'refunded',
  settledAt: '2026-03-01 10:00:20',
  visit: { ...VISIT_THREE, visitNo: 'MZ2026030100002', begins: '2026-03-01 09:48:00' },
  ledger: { sequence: 21, hash: '94aa3e6dd170bb1f' },
  refund: {
    correctionId: 'H99999900001202603011015000008',
    at: '2026-03-01 10:15:00',
    reason: '退号(测试)',
    cash: '66.60',
    fund: '0.00',
    owedToCard: '0.00',
    loaded: null,
    confirmation: { state: 'provisional' }
  }
}

/** Newest first, as the records show them. */
export const SAMPLE_STATEMENTS: readonly StatementView[] = [
  SETTLED_STATEMENT,
  SMALL_STATEMENT,
  REFUNDED_STATEMENT,
  AT_CENTRE_STATEMENT,
  IN_DOUBT_STATEMENT,
  REFUNDED_IN_CASH
]

/** Cards of the fake's tray from which these were taken. */
export const SAMPLE_DEBITED: readonly (readonly [string, string])[] = [
  [SETTLED_STATEMENT.settlementId, 'in-service-32k'],
  [SMALL_STATEMENT.settlementId, 'retired-32k'],
  [REFUNDED_STATEMENT.settlementId, 'in-service-16k']
]

/** The same once the centre has booked it under a number of its own; a hold in doubt is not sent. */
export function confirmed(statement: StatementView): StatementView {
  if (statement.state === 'in-doubt') return statement
  const booked = (id: string): ConfirmationView => ({ state: 'confirmed', setlId: `9${id.slice(-11)}`, setlTime: statement.settledAt })
  const { refund } = statement
  return {
    ...statement,
    confirmation: booked(statement.settlementId),
    refund: refund && { ...refund, confirmation: booked(refund.correctionId) }
  }
}

/** 60 lines, five times the twelve, for pages that break. */
export const LONG_STATEMENT: StatementView = {
  ...SETTLED_STATEMENT,
  settlementId: 'H99999900001202603050955000060',
  lines: manyLines(60).map(statementLine),
  sums: {
    ...SETTLED_STATEMENT.sums,
    total: '4092.35',
    ownPay: '1040.00',
    overCeiling: '70.00',
    prePay: '288.80',
    inScope: '2693.55',
    funds: [POOL('1605.49')],
    fundPaid: '1605.49',
    personal: '2486.86',
    account: '2486.86',
    cash: '0.00'
  },
  invoice: { selfCare: '288.80', ownExpense: '1110.00', inScope: '2693.55', selfPay: '1088.06' },
  balance: { before: '2760.00', after: '273.14' }
}

/** Any number of settlements of one day, newest first. */
export const manyStatements = (count: number): readonly StatementView[] =>
  Array.from({ length: count }, (_, index) => ({
    ...SMALL_STATEMENT,
    settlementId: `H999999000012026030508${String(10_000 - index)}`,
    visit: { ...SMALL_STATEMENT.visit, visitNo: `MZ20260305${String(90_000 - index)}` }
  }))
