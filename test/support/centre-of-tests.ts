/** A centre's accounts of record for tests: one institution, its terminals, the test region's rules, the people of `testCard`. */

import { readFileSync } from 'node:fs'
import { NO_BATCH } from '../../settlement/batch/batch.ts'
import type { CentreDatabase } from '../../settlement/centre/store/centre-database.ts'
import { registerCards } from '../../settlement/centre/record/cards.ts'
import { insertRows } from '../../settlement/centre/store/insert-rows.ts'
import type { CardRow, CentreSchema, TerminalRow } from '../../settlement/centre/store/schema.ts'
import type { CentreMoment } from '../../settlement/centre/ports.ts'
import { date } from '../../settlement/calendar/business-date.ts'
import { compilePolicy, type CompiledPolicy } from '../../settlement/policy/compile-policy.ts'
import { parsePolicy } from '../../settlement/policy/parse-policy.ts'
import { TestTill, type TestCard } from './test-till.ts'

export const INSTITUTION = 'H99999900001'
export const POLICY_TEXT = readFileSync(new URL('../../fixtures/regions/999999-test.json', import.meta.url), 'utf8')

export function testPolicy(): CompiledPolicy {
  const parsed = parsePolicy(JSON.parse(POLICY_TEXT))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return compilePolicy(parsed.value)
}

export const NOW: CentreMoment = { time: '20260315120000', today: date('2026-03-15'), epochMs: Date.UTC(2026, 2, 15, 4) }

export const terminalName = (number: number): string => `${INSTITUTION}-${String(number).padStart(2, '0')}`

export const till = (number: number, policy: CompiledPolicy = testPolicy()): TestTill =>
  new TestTill({ terminal: terminalName(number), institution: INSTITUTION, terminalNo: `99999900000${number % 10}`, policy })

export function terminalRow(terminal: string, changes: Partial<TerminalRow> = {}): TerminalRow {
  return {
    terminal,
    institution: INSTITUTION,
    name: terminal,
    public_key: `key of ${terminal}`,
    enrolled_at: '20260101000000',
    terminal_numbers: '[]',
    batch: 0,
    batch_hash: NO_BATCH,
    sequence: 0,
    chain_hash: '0'.repeat(64),
    ...changes
  }
}

export interface SeedOptions {
  readonly terminals?: readonly string[]
  readonly cards: readonly TestCard[]
}

export const psnNoOf = ({ certno }: TestCard): string => `P${certno}`

export async function seedCentre(database: CentreDatabase, { terminals = [terminalName(1)], cards }: SeedOptions): Promise<void> {
  await database.write(async (transaction) => {
    await insertRows(transaction, 'institution', [
      { fixmedins_code: INSTITUTION, fixmedins_name: '测试第一医院', kind: 'hospital', level: 2, region: '999999' }
    ])
    await insertRows(transaction, 'terminal', terminals.map((terminal) => terminalRow(terminal)))
    await insertRows(transaction, 'policy', [{ region: '999999', version: '1', document: POLICY_TEXT }])
    await insertRows(transaction, 'person', cards.map(personRow))
    await insertRows(transaction, 'insurance', cards.map(insuranceRow))
    await registerCards(transaction, cards.map(cardRow))
  })
}

const personRow = (card: TestCard): CentreSchema['person'] => ({
  psn_no: psnNoOf(card),
  certno: card.certno,
  psn_cert_type: '01',
  psn_name: '测试一',
  gend: '1',
  naty: '01',
  brdy: card.brdy
})

const insuranceRow = (card: TestCard): CentreSchema['insurance'] => ({
  psn_no: psnNoOf(card),
  insutype: card.insutype,
  insuplc_admdvs: '999999',
  psn_type: card.psnType,
  psn_insu_stas: '1',
  psn_insu_date: '2020-01-01',
  paus_insu_date: null,
  cvlserv_flag: '0',
  emp_name: '测试单位',
  balc: 0
})

const cardRow = (card: TestCard): CardRow => ({
  card_id: card.issued.cardId,
  psn_no: psnNoOf(card),
  region: card.issued.region,
  card_factor: card.issued.cardFactor,
  algorithm: card.issued.algorithm,
  purse: card.issued.purse,
  issued_balance: card.balance,
  issued_serial: card.serial,
  activated: 1,
  lost: null,
  lost_since: null,
  balance: card.balance,
  load_serial: 0
})

export const rowsOf = (card: TestCard): Pick<CentreSchema, 'person' | 'insurance'> & { readonly card: CardRow } => ({
  person: personRow(card),
  insurance: insuranceRow(card),
  card: cardRow(card)
})

/** Everything that intake writes, in one order: to see that nothing has changed, or that two centres agree. */
export async function contentsOf(database: CentreDatabase): Promise<Readonly<Record<string, readonly object[]>>> {
  const { db } = database
  return {
    terminal: await db.selectFrom('terminal').selectAll().orderBy('terminal').execute(),
    unbooked: await db.selectFrom('unbooked').selectAll().orderBy('terminal').orderBy('sequence').execute(),
    batch: await db.selectFrom('batch').selectAll().orderBy('terminal').orderBy('number').execute(),
    settlement: await db.selectFrom('settlement').selectAll().orderBy('setl_id').execute(),
    reversal: await db.selectFrom('reversal').selectAll().orderBy('setl_id').execute(),
    accumulator: await db.selectFrom('accumulator').selectAll().orderBy('psn_no').orderBy('insutype').orderBy('year').execute(),
    card: await db.selectFrom('card').selectAll().orderBy('card_id').execute(),
    load: await db.selectFrom('load').selectAll().orderBy('load_id').execute()
  }
}
