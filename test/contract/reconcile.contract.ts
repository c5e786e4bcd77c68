/** Totals and details of record, the same over every database, to the fen. */

import { expect, test } from 'vitest'
import { date } from '../../settlement/calendar/business-date.ts'
import { detailsOfRecord, type DetailsPlace } from '../../settlement/centre/reconcile/details.ts'
import { sumOfRecord, totalsOfRecord } from '../../settlement/centre/reconcile/totals.ts'
import type { CentreDatabase } from '../../settlement/centre/store/centre-database.ts'
import { insertRows } from '../../settlement/centre/store/insert-rows.ts'
import type { SettlementRow } from '../../settlement/centre/store/schema.ts'
import { encodeFact } from '../../settlement/ledger/fact-encoding.ts'
import { fen } from '../../settlement/money/fen.ts'
import { keptBatch } from '../support/kept-batch.ts'

const HOSPITAL = 'H99999900001'
const [DAY, NEXT] = [date('2026-03-15'), date('2026-03-16')]

/**
 * setl_id | terminal | insutype | clr_type | setl_time      |  total |  fund | account |  cash | reverses | reversed by
 */
const ROWS = `
  S01      | 01       | 310      | 11       | 20260315000000 |  10000 |  6000 |    3000 |  1000 |          |
  S02      | 01       | 310      | 11       | 20260315093000 |   2501 |     0 |       0 |  2501 |          |
  S03      | 01       | 310      | 14       | 20260315100000 |  40000 | 30000 |   10000 |     0 |          | S07
  S04      | 02       | 390      | 11       | 20260315110000 |    999 |   500 |       0 |   499 |          |
  S05      | 01       | 390      | 11       | 20260315235959 |      1 |     0 |       0 |     1 |          |
  S06      | national | 310      | 11       | 20260315120000 |  70000 | 50000 |       0 | 20000 |          |
  S07      | 01       | 310      | 14       | 20260316080000 | -40000 |-30000 |  -10000 |     0 | S03      |
  S08      | 01       | 310      | 41       | 20260316080000 |    500 |     0 |     500 |     0 |          |
`

const TAKEN = { kind: 'posting', settlementId: 'M-S01', hold: 1, evidence: { source: 'debit-answer', tac: 'a1b2c3d4', mac2: '01020304', serialAfter: 42, balanceAfter: fen(47000) }, postedAt: '20260315000000' } as const

export async function fillRecord(centre: CentreDatabase): Promise<void> {
  const rows = ROWS.trim().split('\n').map((line) => rowOf(line.split('|').map((cell) => cell.trim())))
  await centre.write(async (transaction) => {
    await insertRows(transaction, 'institution', [HOSPITAL, 'P99999900002'].map((code) => ({ fixmedins_code: code, fixmedins_name: '测试医院', kind: 'hospital', level: 2, region: '999999' })))
    await insertRows(transaction, 'terminal', ['01', '02'].map(terminalOf))
    await insertRows(transaction, 'batch', [keptBatch(`${HOSPITAL}-01`, 101, [encodeFact(TAKEN)])])
    await insertRows(transaction, 'settlement', rows)
  })
}

const terminalOf = (number: string) => ({
  terminal: `${HOSPITAL}-${number}`,
  institution: HOSPITAL,
  name: '一号窗口',
  public_key: `key ${number}`,
  enrolled_at: '20260301080000',
  terminal_numbers: '["999999000001"]',
  batch: 0,
  batch_hash: '00'.repeat(32),
  sequence: 0,
  chain_hash: '00'.repeat(32)
})

function rowOf([id = '', terminal = '', insutype = '', clrType = '', time = '', total = '', fund = '', account = '', cash = '', reverses = '', reversedBy = '']: string[]): SettlementRow {
  const isNational = terminal === 'national'
  const [totalFen, fundFen, accountFen, cashFen] = [Number(total), Number(fund), Number(account), Number(cash)]
  const number = Number(id.slice(1))
  return {
    setl_id: id,
    source: isNational ? 'national' : 'terminal',
    terminal: isNational ? null : `${HOSPITAL}-${terminal}`,
    sequence: isNational ? null : 100 + number,
    medins_setl_id: `M-${id}`,
    institution: HOSPITAL,
    visit_no: `V${number}`,
    mdtrt_id: null,
    psn_no: `99999900000000000000${number}`,
    insutype,
    psn_type: '11',
    med_type: clrType,
    clr_type: clrType,
    setl_time: time,
    begntime: time,
    year: 2026,
    region: '999999',
    policy_version: '2026-01',
    total: totalFen,
    own_pay: 0,
    over_ceiling: 0,
    pre_pay: 0,
    in_scope: totalFen,
    deductible: 0,
    hifp_pay: fundFen,
    hifob_pay: 0,
    hifmi_pay: 0,
    hifes_pay: 0,
    cvlserv_pay: 0,
    hifdm_pay: 0,
    maf_pay: 0,
    oth_pay: 0,
    fund_paid: fundFen,
    personal: accountFen + cashFen,
    account: accountFen,
    mutual_aid: 0,
    cash: cashFen,
    hospital: 0,
    card_ref: null,
    proof: 'tac',
    reversed_by: reversedBy === '' ? null : reversedBy,
    reverses: reverses === '' ? null : reverses,
    stated: null,
    lines: '[]',
    card_serial: null,
    card_signed: null
  }
}

/** "310 11 999999: 2 rows, 12501 6000 3000 3501" */
const textsOf = (totals: Awaited<ReturnType<typeof totalsOfRecord>>): string[] =>
  totals.map((group) => `${group.insutype} ${group.clrType} ${group.clrOptins}: ${group.count} rows, ${group.total} ${group.fundPaid} ${group.account} ${group.cash}`)

/** `open`: a centre that holds the rows above. */
export function reconcileContract(open: () => Promise<CentreDatabase>): void {
  test("an institution's day is grouped by insurance type and clearing class", async () => {
    const centre = await open()
    expect(textsOf(await totalsOfRecord(centre.db, { institution: HOSPITAL, from: DAY, to: DAY }))).toEqual([
      '310 11 999999: 3 rows, 82501 56000 3000 23501',
      '310 14 999999: 1 rows, 40000 30000 10000 0',
      '390 11 999999: 2 rows, 1000 500 0 500'
    ])
    await centre.close()
  })

  test('a terminal sees what it sent itself, from the first to the last second of the day', async () => {
    const centre = await open()
    const totals = await totalsOfRecord(centre.db, { institution: HOSPITAL, terminal: `${HOSPITAL}-01`, from: DAY, to: DAY })
    expect(textsOf(totals)).toEqual(['310 11 999999: 2 rows, 12501 6000 3000 3501', '310 14 999999: 1 rows, 40000 30000 10000 0', '390 11 999999: 1 rows, 1 0 0 1'])
    expect(sumOfRecord(totals)).toEqual({ count: 4, total: 52502, fundPaid: 36000, account: 13000, cash: 3502 })
    await centre.close()
  })

  test('a refund is a row of its own day, and a refunded pair may be left out of both', async () => {
    const centre = await open()
    const own = { institution: HOSPITAL, terminal: `${HOSPITAL}-01` }
    expect(textsOf(await totalsOfRecord(centre.db, { ...own, from: NEXT, to: NEXT }))).toEqual(['310 14 999999: 1 rows, -40000 -30000 -10000 0', '310 41 999999: 1 rows, 500 0 500 0'])
    expect(textsOf(await totalsOfRecord(centre.db, { ...own, from: DAY, to: NEXT, refunded: 'without' }))).toEqual([
      '310 11 999999: 2 rows, 12501 6000 3000 3501',
      '310 41 999999: 1 rows, 500 0 500 0',
      '390 11 999999: 1 rows, 1 0 0 1'
    ])
    await centre.close()
  })

  test('one insurance type and one class may be asked for', async () => {
    const centre = await open()
    const query = { institution: HOSPITAL, from: DAY, to: NEXT, insutype: '310', clrType: '14', clrOptins: '999999' }
    expect(textsOf(await totalsOfRecord(centre.db, query))).toEqual(['310 14 999999: 2 rows, 0 0 0 0'])
    await centre.close()
  })

  test('a day without rows, and an institution without, have no groups', async () => {
    const centre = await open()
    expect(await totalsOfRecord(centre.db, { institution: HOSPITAL, from: date('2026-03-14'), to: date('2026-03-14') })).toEqual([])
    expect(await totalsOfRecord(centre.db, { institution: 'P99999900002', from: DAY, to: NEXT })).toEqual([])
    await centre.close()
  })

  test('details come in the order of the centre, a page at a time, none twice and none left out', async () => {
    const centre = await open()
    const seen: string[] = []
    let after: DetailsPlace | undefined
    do {
      const page = await detailsOfRecord(centre.db, { institution: HOSPITAL, from: DAY, to: NEXT, after, limit: 3 })
      seen.push(page.rows.map(({ setlId }) => setlId).join(' '))
      after = page.next
    } while (after !== undefined)
    expect(seen).toEqual(['S01 S02 S03', 'S04 S06 S05', 'S07 S08'])
    await centre.close()
  })

  test('details carry what a terminal needs to know its own row again', async () => {
    const centre = await open()
    const { rows } = await detailsOfRecord(centre.db, { institution: HOSPITAL, terminal: `${HOSPITAL}-01`, from: DAY, to: NEXT, limit: 100 })
    expect(rows[0]).toEqual({
      setlId: 'S01',
      medinsSetlId: 'M-S01',
      mdtrtId: undefined,
      psnNo: '999999000000000000001',
      setlTime: '20260315000000',
      insutype: '310',
      medType: '11',
      clrType: '11',
      clrOptins: '999999',
      total: 10000,
      fundPaid: 6000,
      account: 3000,
      cash: 1000,
      reverses: undefined,
      reversedBy: undefined,
      terminal: 'H99999900001-01',
      posting: { sequence: 101, hash: '89068761ede901cdc2fa3398ff939433a22379d7503696743f03201cb8e3de51', evidence: TAKEN.evidence, postedAt: '20260315000000' }
    })
    expect(rows.map(({ setlId, reverses, reversedBy, posting }) => [setlId, reverses, reversedBy, posting?.sequence])).toEqual([
      ['S01', undefined, undefined, 101],
      ['S02', undefined, undefined, undefined],
      ['S03', undefined, 'S07', undefined],
      ['S05', undefined, undefined, undefined],
      ['S07', 'S03', undefined, undefined],
      ['S08', undefined, undefined, undefined]
    ])
    await centre.close()
  })

  test('a page has one row at least and DETAILS_PAGE_MAX at most', async () => {
    const centre = await open()
    const query = { institution: HOSPITAL, from: DAY, to: NEXT }
    await expect(detailsOfRecord(centre.db, { ...query, limit: 0 })).rejects.toThrow('a page of 0 rows: 1 to 500')
    await expect(detailsOfRecord(centre.db, { ...query, limit: 501 })).rejects.toThrow('a page of 501 rows: 1 to 500')
    await centre.close()
  })
}
