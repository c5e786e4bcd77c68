/** What every database of a centre must do, whatever engine it is. */

import { expect, test } from 'vitest'
import { sql } from 'kysely'
import type { CentreDatabase, CentreDialect } from '../../settlement/centre/store/centre-database.ts'
import { insertRows } from '../../settlement/centre/store/insert-rows.ts'
import type { BatchRow, PersonRow } from '../../settlement/centre/store/schema.ts'
import { lockPeople, lockTerminal } from '../../settlement/centre/record/lock.ts'
import { peopleServed } from '../../settlement/centre/record/people.ts'
import { SETTLEMENT_ROW } from '../support/loads.ts'

export interface DatabaseFixture {
  readonly dialect: CentreDialect
  /** An empty centre; `again` opens the same one a second time, as another process would. */
  readonly open: () => Promise<{ readonly database: CentreDatabase; readonly again: () => Promise<CentreDatabase> }>
}

const PERSON: PersonRow = {
  psn_no: '99999900000000000000000001',
  certno: '000000199001010018',
  psn_cert_type: '01',
  psn_name: '测试一',
  gend: '1',
  naty: '01',
  brdy: '1990-01-01'
}
const INSTITUTION = { fixmedins_code: 'H99999900001', fixmedins_name: '测试第一医院', kind: 'hospital', level: 2, region: '999999' }
const TERMINAL = {
  terminal: 'H99999900001-01',
  institution: 'H99999900001',
  name: '1号窗口',
  public_key: 'key of 01',
  enrolled_at: '20261126101500',
  terminal_numbers: '["999999000001"]',
  batch: 0,
  batch_hash: '0'.repeat(64),
  sequence: 0,
  chain_hash: '0'.repeat(64)
}

const batch = (number: number, body: Uint8Array): BatchRow => ({
  terminal: 'H99999900001-01',
  number,
  hash: 'ab'.repeat(32),
  first: number,
  count: 1,
  received_at: '20260315120000',
  answer: '{}',
  signature: '',
  time: '20260315120000',
  body
})

export function centreDatabaseContract({ dialect, open }: DatabaseFixture): void {
  test('an empty database becomes a centre, which is found as it was left', async () => {
    const { database, again } = await open()
    expect(database.dialect).toBe(dialect)
    await insertRows(database.db, 'person', [PERSON])
    await database.close()
    const second = await again()
    expect(await second.db.selectFrom('person').selectAll().execute()).toEqual([PERSON])
    await second.close()
  })

  test('amounts come back as whole numbers up to the largest that a double holds, and so do their sums', async () => {
    const { database } = await open()
    const numbered = (terminal: string, sequence: number) => ({ terminal, sequence, kind: '', verdict: '' })
    await insertRows(database.db, 'unbooked', [numbered('p', Number.MAX_SAFE_INTEGER - 1), numbered('p', 1), numbered('q', -90071992547)])
    expect(await database.db.selectFrom('unbooked').select('sequence').orderBy('terminal').orderBy('sequence').execute()).toEqual([
      { sequence: 1 }, { sequence: 9007199254740990 }, { sequence: -90071992547 }
    ])
    const { total, rows } = await database.db
      .selectFrom('unbooked')
      .select(({ fn }) => [fn.sum<number>('sequence').as('total'), fn.countAll<number>().as('rows')])
      .where('terminal', '=', 'p')
      .executeTakeFirstOrThrow()
    expect([total, rows]).toEqual([9007199254740991, 2])
    await database.close()
  })

  test('thousands of rows are written in one go, with text, bytes, numbers and nothing in them', async () => {
    const { database } = await open()
    const awkward = Uint8Array.of(0, 1, 0x5c, 0x22, 0x78, 0xff)
    const rows = Array.from({ length: 3_000 }, (_, index) => batch(index + 1, index % 2 === 0 ? awkward : Buffer.from('页"\\')))
    await database.write((transaction) => insertRows(transaction, 'batch', rows))
    const found = await database.db.selectFrom('batch').selectAll().where('number', 'in', [2_999, 3_000]).orderBy('number').execute()
    expect(found.map(({ body }) => [...body])).toEqual([[0, 1, 0x5c, 0x22, 0x78, 0xff], [...Buffer.from('页"\\')]])
    expect(found.map(({ number, hash }) => [number, hash])).toEqual([[2_999, 'ab'.repeat(32)], [3_000, 'ab'.repeat(32)]])
    await insertRows(database.db, 'institution', [{ ...INSTITUTION, level: null }])
    expect(await database.db.selectFrom('institution').selectAll().execute()).toEqual([{ ...INSTITUTION, level: null }])
    await insertRows(database.db, 'batch', [])
    await database.close()
  })

  test('what all rows of a hundred have alike is written to each of them', async () => {
    const { database } = await open()
    const alike: PersonRow = { ...PERSON, psn_name: "测'试\"一\\ $1 ? :a", psn_cert_type: '' }
    const rows = Array.from({ length: 100 }, (_, index) => ({ ...alike, psn_no: `P${String(index).padStart(3, '0')}`, certno: `C${index}`, brdy: index === 50 ? '1991-01-01' : '1990-01-01' }))
    await database.write((transaction) => insertRows(transaction, 'person', rows))
    expect(await database.db.selectFrom('person').selectAll().orderBy('psn_no').execute()).toEqual(rows)

    const refusals = rows.map(({ psn_no }) => ({ terminal: psn_no, sequence: Number.MAX_SAFE_INTEGER, kind: 'hold', verdict: 's' }))
    await insertRows(database.db, 'unbooked', refusals)
    await insertRows(database.db, 'unbooked', refusals.map((row) => ({ ...row, verdict: 'other' })), 'on conflict (terminal, sequence) do update set verdict = excluded.verdict')
    expect(await database.db.selectFrom('unbooked').selectAll().orderBy('terminal').execute()).toEqual(refusals.map((row) => ({ ...row, verdict: 'other' })))

    const places = rows.map(({ psn_no }, index) => ({ ...INSTITUTION, fixmedins_code: psn_no, level: index < 99 ? null : INSTITUTION.level }))
    await insertRows(database.db, 'institution', places)
    expect(await database.db.selectFrom('institution').selectAll().orderBy('fixmedins_code').execute()).toEqual(places)
    await insertRows(database.db, 'institution', places.map((place) => ({ ...place, fixmedins_code: `${place.fixmedins_code}-`, level: null })))
    expect(await database.db.selectFrom('institution').select('level').where('fixmedins_code', 'like', '%-').distinct().execute()).toEqual([{ level: null }])
    await expect(insertRows(database.db, 'unbooked', refusals)).rejects.toThrow(/unique/i)
    await database.close()
  })

  test('one row that cannot be written leaves none of them', async () => {
    const { database } = await open()
    const rows = [batch(1, Uint8Array.of(1)), batch(2, Uint8Array.of(2)), batch(1, Uint8Array.of(3))]
    await expect(database.write((transaction) => insertRows(transaction, 'batch', rows))).rejects.toThrow(/unique/i)
    expect(await database.db.selectFrom('batch').selectAll().execute()).toEqual([])
    await database.close()
  })

  test('a transaction that throws is undone, and the next one works', async () => {
    const { database } = await open()
    const thrown = database.write(async (transaction) => {
      await insertRows(transaction, 'person', [PERSON])
      throw new Error('power cut')
    })
    await expect(thrown).rejects.toThrow('power cut')
    await database.write((transaction) => insertRows(transaction, 'institution', [INSTITUTION]))
    expect(await database.db.selectFrom('person').selectAll().execute()).toEqual([])
    expect(await database.db.selectFrom('institution').selectAll().execute()).toEqual([INSTITUTION])
    await database.close()
  })

  test('what is not money, not a table row, not of a known person is refused by the tables themselves', async () => {
    const { database } = await open()
    await expect(insertRows(database.db, 'insurance', [insuranceOf('nobody')])).rejects.toThrow(/foreign key/i)
    await insertRows(database.db, 'person', [PERSON])
    await expect(insertRows(database.db, 'person', [{ ...PERSON, psn_no: 'other' }])).rejects.toThrow(/unique/i)
    await database.close()
  })

  test('who was served at an institution from a day on is found, each once', async () => {
    const { database } = await open()
    const certnoOf = (digit: number): string => `00000019900101001${digit}`
    await insertRows(database.db, 'institution', [INSTITUTION, { ...INSTITUTION, fixmedins_code: 'H99999900002' }])
    await insertRows(database.db, 'person', [1, 2, 3].map((digit) => ({ ...PERSON, psn_no: `P${digit}`, certno: certnoOf(digit) })))
    const visits = [
      { psn_no: 'P1', setl_time: '20260301000000' },
      { psn_no: 'P1', setl_time: '20260302093000' },
      { psn_no: 'P2', setl_time: '20260228235959' },
      { psn_no: 'P3', setl_time: '20260302093000', institution: 'H99999900002' }
    ]
    await insertRows(database.db, 'settlement', visits.map((visit, index) => ({ ...SETTLEMENT_ROW, setl_id: `S${index}`, medins_setl_id: `M${index}`, visit_no: `V${index}`, card_ref: null, card_serial: null, card_signed: null, ...visit })))
    expect(await peopleServed(database.db, INSTITUTION.fixmedins_code, '2026-03-01')).toEqual([{ psn_no: 'P1', certno: certnoOf(1) }])
    await database.close()
  })

  test('two transactions of one terminal run one after the other, also from two processes, and lose nothing', async () => {
    const { database, again } = await open()
    await insertRows(database.db, 'institution', [INSTITUTION])
    await insertRows(database.db, 'terminal', [TERMINAL])
    const other = await again()
    const countUp = (on: CentreDatabase) =>
      on.write(async (transaction) => {
        const terminal = await lockTerminal(transaction, TERMINAL.terminal)
        await transaction.updateTable('terminal').set({ batch: (terminal?.batch ?? 0) + 1 }).where('terminal', '=', TERMINAL.terminal).execute()
      })
    // One process at a time where a file is waited for by standing still.
    for (let round = 0; round < 5; round++) {
      if (dialect === 'sqlite') {
        await Promise.all([countUp(database), countUp(database)])
        await Promise.all([countUp(other), countUp(other)])
      } else await Promise.all([countUp(database), countUp(other), countUp(database), countUp(other)])
    }
    expect((await database.db.selectFrom('terminal').select('batch').executeTakeFirstOrThrow()).batch).toBe(20)
    await other.close()
    await database.close()
  })

  test("two transactions that move the same people's amounts, named in another order, run one after the other", async () => {
    const { database, again } = await open()
    const people = ['1', '2', '3'].map((psnNo) => ({ ...PERSON, psn_no: psnNo, certno: psnNo }))
    await insertRows(database.db, 'person', people)
    await insertRows(database.db, 'insurance', people.map(({ psn_no }) => insuranceOf(psn_no)))
    const other = dialect === 'sqlite' ? database : await again()
    const take = (on: CentreDatabase, psnNos: readonly string[]) =>
      on.write(async (transaction) => {
        await lockPeople(transaction, psnNos)
        for (const psnNo of psnNos) {
          const { balc } = await transaction.selectFrom('insurance').select('balc').where('psn_no', '=', psnNo).executeTakeFirstOrThrow()
          await sql`select 1`.execute(transaction)
          await transaction.updateTable('insurance').set({ balc: balc - 1 }).where('psn_no', '=', psnNo).execute()
        }
      })
    await Promise.all(Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? take(database, ['1', '2', '3']) : take(other, ['3', '2', '1']))))
    expect((await database.db.selectFrom('insurance').select('balc').execute()).map(({ balc }) => balc)).toEqual([9_992, 9_992, 9_992])
    if (other !== database) await other.close()
    await database.close()
  })
}

const insuranceOf = (psnNo: string) => ({
  psn_no: psnNo,
  insutype: '310',
  insuplc_admdvs: '999999',
  psn_type: '11',
  psn_insu_stas: '1',
  psn_insu_date: '2020-01-01',
  paus_insu_date: null,
  cvlserv_flag: '0',
  emp_name: '',
  balc: 10_000
})
