/** A person treated at a terminal and through a hospital system has one year: one deductible, one limit, on both sides. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { terminalName, terminalRow, till } from '../../../test/support/centre-of-tests.ts'
import { EMPLOYEE, startNationalCentre, Vendor, type NationalCentre } from '../../../test/support/national-centre.ts'
import { CT, openVisit, settlementOf } from '../../../test/support/national-visit.ts'
import { standInAuthority, testCard, type TestCard } from '../../../test/support/test-till.ts'
import { batchHash } from '../../batch/encode-batch.ts'
import { decodeBatch } from '../../batch/decode-batch.ts'
import type { BatchAnswer } from '../../batch/batch.ts'
import { readCounters } from '../record/counters-text.ts'
import { CompiledPolicies } from '../intake/policies.ts'
import { noStep } from '../intake/steps.ts'
import { takeBatch } from '../intake/take-batch.ts'

let centre: NationalCentre
let hospital: Vendor
let card: TestCard
beforeEach(async () => {
  centre = await startNationalCentre()
  hospital = new Vendor(centre)
  await hospital.signIn()
  card = testCard(1, { certno: EMPLOYEE.certno, brdy: '1990-01-01', psnType: '11' })
  const { cardId, region, cardFactor, algorithm, purse } = card.issued
  await centre.database.db.insertInto('terminal').values(terminalRow(terminalName(1))).execute()
  await centre.database.db
    .updateTable('card')
    .set({ card_id: cardId, region, card_factor: cardFactor, algorithm, purse, balance: card.balance, issued_balance: card.balance, issued_serial: card.serial })
    .where('psn_no', '=', EMPLOYEE.psn_no)
    .execute()
})
afterEach(() => centre.stop())

async function upload(bytes: Uint8Array): Promise<BatchAnswer> {
  const batch = decodeBatch(bytes)
  if (!batch.ok) throw new Error(JSON.stringify(batch.error))
  const ports = { database: centre.database, authority: standInAuthority, clock: centre.clock.now, policies: new CompiledPolicies(), reached: noStep }
  const answer = await takeBatch(ports, { terminal: terminalName(1), batch: batch.value, body: bytes, hash: batchHash(bytes), signature: '', time: '20260315090000' })
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.value
}

describe('one person', () => {
  it('who has met the deductible at a terminal meets none through a hospital system', async () => {
    const terminal = till(1)
    // 600.00 A and 100.00 B at 10 %: 690.00 in scope, 400.00 of them deductible.
    terminal.settle({ card, time: '20260315081000' })
    await upload(terminal.batch('20260315083000'))
    const { setlinfo } = await hospital.done('2207', settlementOf(await openVisit(hospital, 'MZ1', [CT])))
    expect(setlinfo).toMatchObject({ act_pay_dedc: '0.00', hifp_pay: '598.50' })
    const years = await centre.database.db.selectFrom('accumulator').select('counters').execute()
    expect(years.map(({ counters }) => readCounters(counters))).toMatchObject([{ act_pay_dedc: 40_000 }])
  })

  it('who has met it through a hospital system is booked without it at the terminal that did not know', async () => {
    await hospital.done('2207', settlementOf(await openVisit(hospital, 'MZ1', [CT])))
    const terminal = till(1)
    terminal.settle({ card, time: '20260315085000' })
    const { verdicts } = await upload(terminal.batch('20260315085500'))
    expect(verdicts[1]?.verdict).toMatchObject({
      kind: 'accepted',
      ofRecord: { reason: 'counters-differ', amounts: { deductible: 0, funds: { hifp_pay: 48_300 } } }
    })
  })
})
