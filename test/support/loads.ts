/** For tests of loads at the centre: one card that paid 200.00 of a sale at terminal 01, and another card of the same person. */

import type { IssuedCard } from '../../settlement/centre/ports.ts'
import type { CentreDatabase } from '../../settlement/centre/store/centre-database.ts'
import { registerCards } from '../../settlement/centre/record/cards.ts'
import { insertRows } from '../../settlement/centre/store/insert-rows.ts'
import type { CardRow, SettlementRow } from '../../settlement/centre/store/schema.ts'
import { encodeFact } from '../../settlement/ledger/fact-encoding.ts'
import { fen } from '../../settlement/money/fen.ts'
import type { LoadOffer } from '../../settlement/payment/load-device.ts'
import { sale } from '../contract/ledger-fixture.ts'
import { mac1Of } from './fake-authority.ts'
import { keptBatch } from './kept-batch.ts'

export const TERMINAL = 'H99999900001-01'
export const OTHER_TERMINAL = 'H99999900001-02'
/** Of another institution. */
export const ELSEWHERE = 'H99999900002-01'
export const CARD_ID = '999999D15600000500000002ABCDEF01'
export const OTHER_CARD_ID = '999999D15600000500000003ABCDEF01'
export const CARD: IssuedCard = { cardId: CARD_ID, region: '999999', cardFactor: '8660999900000002', algorithm: 'DES', purse: 'SSC-LB002' }
export const SETTLEMENT = 'P99999900001000001'

/** As the card would make it: 200.00 onto 500.00. */
export function offer(changes: Partial<LoadOffer> = {}, cardId = CARD_ID): LoadOffer {
  const made = {
    cardId,
    balance: fen(50_000),
    amount: fen(20_000),
    loadSerial: 26,
    keyVersion: 1,
    random: '0A0B0C0D',
    terminalNo: '999999000001',
    ...changes
  }
  return { ...made, mac1: mac1Of({ ...CARD, cardId }, made) }
}

export async function seedLoads({ db }: CentreDatabase): Promise<void> {
  await insertRows(db, 'institution', [
    { fixmedins_code: 'H99999900001', fixmedins_name: '测试第一医院', kind: 'hospital', level: 2, region: '999999' },
    { fixmedins_code: 'H99999900002', fixmedins_name: '测试第二医院', kind: 'hospital', level: 2, region: '999999' }
  ])
  await insertRows(db, 'terminal', [terminalRow(TERMINAL), terminalRow(OTHER_TERMINAL), terminalRow(ELSEWHERE)])
  await insertRows(db, 'person', [
    { psn_no: '99999900000000000002', certno: '000000195503120227', psn_cert_type: '01', psn_name: '测试二', gend: '2', naty: '01', brdy: '1955-03-12' }
  ])
  await registerCards(db, [cardRow(CARD_ID), cardRow(OTHER_CARD_ID)])
  const hold = sale(1)
  const facts = [
    encodeFact({ kind: 'hold', ...hold, intent: { ...hold.intent, cardId: CARD_ID } }, new Uint8Array(32)),
    encodeFact({ kind: 'posting', settlementId: SETTLEMENT, hold: 7, evidence: { source: 'debit-answer', tac: '01020304', mac2: undefined, serialAfter: 42, balanceAfter: undefined }, postedAt: '20261126093000' })
  ]
  await insertRows(db, 'batch', [keptBatch(TERMINAL, 7, facts)])
  await insertRows(db, 'settlement', [SETTLEMENT_ROW])
}

const terminalRow = (terminal: string) => ({
  terminal,
  institution: terminal.slice(0, 12),
  name: '1号窗口',
  public_key: `key of ${terminal}`,
  enrolled_at: '20261126080000',
  terminal_numbers: '["999999000001"]',
  batch: 1,
  batch_hash: '0'.repeat(64),
  sequence: 8,
  chain_hash: '0'.repeat(64)
})

const cardRow = (card_id: string): CardRow => ({
  card_id,
  psn_no: '99999900000000000002',
  region: '999999',
  card_factor: CARD.cardFactor,
  algorithm: 'DES',
  purse: 'SSC-LB002',
  issued_balance: 70_000,
  issued_serial: 41,
  activated: 1,
  lost: null,
  lost_since: null,
  balance: 50_000,
  load_serial: 26
})

export const SETTLEMENT_ROW: SettlementRow = {
  setl_id: 'S1',
  source: 'terminal',
  terminal: TERMINAL,
  sequence: 8,
  medins_setl_id: SETTLEMENT,
  institution: 'H99999900001',
  visit_no: 'V000001',
  mdtrt_id: null,
  psn_no: '99999900000000000002',
  insutype: '310',
  psn_type: '11',
  med_type: '41',
  clr_type: '41',
  setl_time: '20261126093000',
  begntime: '20261126',
  year: 2026,
  region: '999999',
  policy_version: '2026-01',
  total: 42_000,
  own_pay: 2000,
  over_ceiling: 0,
  pre_pay: 0,
  in_scope: 40_000,
  deductible: 15_000,
  hifp_pay: 17_500,
  hifob_pay: 0,
  hifmi_pay: 0,
  hifes_pay: 0,
  cvlserv_pay: 0,
  hifdm_pay: 0,
  maf_pay: 0,
  oth_pay: 0,
  fund_paid: 17_500,
  personal: 24_500,
  account: 20_000,
  mutual_aid: 0,
  cash: 4500,
  hospital: 0,
  card_ref: 1,
  proof: 'tac',
  reversed_by: null,
  reverses: null,
  stated: null,
  lines: '[]',
  card_serial: null,
  card_signed: null
}
