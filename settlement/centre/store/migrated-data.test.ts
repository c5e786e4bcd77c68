/** What a centre of version 4 has kept is found again: the chain, now in the bytes of its batches, a year's counters, signatures. */

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPostgres, type TestPostgres } from '../../../test/support/postgres.ts'
import { countersOf } from '../record/accounts.ts'
import { findCards } from '../record/cards.ts'
import { ChainCopy } from '../record/chain-copy.ts'
import { extend, GENESIS, type Head } from '../../ledger/chain.ts'
import { encodeFact } from '../../ledger/fact-encoding.ts'
import type { Fact } from '../../ledger/fact.ts'
import { CENTRE_APPLICATION_ID } from './open-sqlite.ts'
import { missingSql } from './migration.ts'
import { openCentre } from './open-centre.ts'

const TERMINAL = 'H99999900001-01'
const BEFORE = 4
const release = (hold: number): Fact => ({ kind: 'release', settlementId: `M${hold}`, hold, proof: '测试', releasedAt: '20260315093000' })
const FACTS = [1, 2, 3].map(release)

const CHAIN = FACTS.reduce<Head[]>((heads, fact) => [...heads, extend(heads.at(-1) ?? GENESIS, encodeFact(fact))], []).map(({ hash }) => Buffer.from(hash).toString('hex'))
const NOTED = '{"kind":"noted"}'
const REFUSED = '{"kind":"refused","refusal":{"kind":"person-unknown"}}'
const ACCEPTED = '{"kind":"accepted","setlId":"S3","setlTime":"20260315100000"}'
const said = (sequence: number, verdict: string): string => `{"sequence":${sequence},"verdict":${verdict}}`
/** Number, first, count, answer. The third fact was refused at first, and has been judged again. */
const BATCHES = [
  [1, 1, 1, `{"number":1,"hash":"${'a'.repeat(64)}","verdicts":[${said(1, NOTED)}]}`],
  [2, 2, 2, `{"number":2,"hash":"${'b'.repeat(64)}","verdicts":[${said(2, REFUSED)},${said(3, REFUSED)}]}`]
] as const
const VERDICTS = [NOTED, REFUSED, ACCEPTED]

const batchRows = BATCHES.map(([number, first, count, answer]) => [TERMINAL, number, (number === 1 ? 'a' : 'b').repeat(64), first, count, '20260315100000', answer, 'signature', '20260315095959'])
const factRows = FACTS.map((fact, index) => [TERMINAL, index + 1, fact.kind, CHAIN[index], Buffer.from(encodeFact(fact)), VERDICTS[index], index === 0 ? 1 : 2])

const accumulatorRows = [['P1', '310', 2026, 'hifp_pay', 7_005], ['P1', '310', 2026, 'act_pay_dedc', 40_000], ['P1', '390', 2025, 'hifp_pay', -1]]
const ZEROS = Object.fromEntries(
  [
    'own_pay', 'over_ceiling', 'pre_pay', 'in_scope', 'deductible', 'hifp_pay', 'hifob_pay', 'hifmi_pay', 'hifes_pay', 'cvlserv_pay', 'hifdm_pay',
    'maf_pay', 'oth_pay', 'fund_paid', 'personal', 'account', 'mutual_aid', 'cash', 'hospital', 'total'
  ].map((name) => [name, 0])
)
const settlementRow = (number: number, more: object) => ({
  setl_id: `S${number}`, source: 'terminal', terminal: TERMINAL, sequence: number, medins_setl_id: `M${number}`, institution: 'H99999900001', visit_no: `V${number}`,
  mdtrt_id: null, psn_no: 'P1', insutype: '310', psn_type: '11', med_type: '11', clr_type: '11', setl_time: '20260315100000', begntime: '20260315000000', year: 2026,
  region: '999999', policy_version: '1', ...ZEROS, card_id: 'CARD1', proof: 'tac', reversed_by: null, reverses: null, stated: null, lines: '[]', ...more
})
/** Two purchases of one card, and the taking back of the first. */
const settlementRows = [settlementRow(1, { reversed_by: 'S3' }), settlementRow(2, {}), settlementRow(3, { reverses: 'S1' })]
const serialRows = [['CARD1', 7, TERMINAL, 1, 'M1'], ['CARD1', 8, TERMINAL, 2, 'M2']]
const named = (row: object): string => Object.keys(row).join(', ')

const PERSON = ['P1', '000000199001010001', '01', '测试一', '1', '01', '1990-01-01']
/** Two, numbered in their order: the settlements are of the second. */
const CARDS = ['CARD0', 'CARD1'].map((card) => [card, 'P1', '999999', '0'.repeat(16), 'DES', 'SSC-LB002', 0, 0, 1, null, null, 0, 0])

const SIGNED = ['CARD1', '9999990000012026031510000000000001', 'M1']

let folder: string
let postgres: TestPostgres
beforeAll(async () => {
  folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'centre-'))
  postgres = await startPostgres()
})
afterAll(async () => {
  await postgres.stop()
  rmSync(folder, { recursive: true })
})

function sqliteBefore(): string {
  const path = join(folder, 'before.db')
  const database = new Database(path)
  for (const sql of missingSql(0, 'sqlite').slice(0, BEFORE)) database.exec(sql)
  database.pragma(`application_id = ${CENTRE_APPLICATION_ID}`)
  database.pragma(`user_version = ${BEFORE}`)
  for (const row of batchRows) database.prepare('INSERT INTO batch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(row)
  for (const row of factRows) database.prepare('INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?)').run(row)
  for (const row of accumulatorRows) database.prepare('INSERT INTO accumulator VALUES (?, ?, ?, ?, ?)').run(row)
  database.prepare('INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?)').run(PERSON)
  for (const row of CARDS) database.prepare(`INSERT INTO card VALUES (${row.map(() => '?').join(', ')})`).run(row)
  database.prepare('INSERT INTO card_signature VALUES (?, ?, ?)').run(SIGNED)
  for (const row of settlementRows) database.prepare(`INSERT INTO settlement (${named(row)}) VALUES (${Object.keys(row).map(() => '?').join(', ')})`).run(Object.values(row))
  for (const row of serialRows) database.prepare('INSERT INTO card_serial VALUES (?, ?, ?, ?, ?)').run(row)
  database.close()
  return `sqlite:${path}`
}

async function postgresBefore(): Promise<string> {
  const url = await postgres.url()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('CREATE TABLE caresettle_centre (version BIGINT NOT NULL)')
  await client.query(`INSERT INTO caresettle_centre VALUES (${BEFORE})`)
  for (const sql of missingSql(0, 'postgres').slice(0, BEFORE)) await client.query(sql)
  for (const row of batchRows) await client.query('INSERT INTO batch VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)', row)
  for (const row of factRows) await client.query('INSERT INTO fact VALUES ($1, $2, $3, $4, $5, $6, $7)', row)
  for (const row of accumulatorRows) await client.query('INSERT INTO accumulator VALUES ($1, $2, $3, $4, $5)', row)
  await client.query('INSERT INTO person VALUES ($1, $2, $3, $4, $5, $6, $7)', PERSON)
  for (const row of CARDS) await client.query(`INSERT INTO card VALUES (${row.map((_, at) => `$${at + 1}`).join(', ')})`, row)
  await client.query('INSERT INTO card_signature VALUES ($1, $2, $3)', SIGNED)
  for (const row of settlementRows) await client.query(`INSERT INTO settlement (${named(row)}) VALUES (${Object.keys(row).map((_, at) => `$${at + 1}`).join(', ')})`, Object.values(row))
  for (const row of serialRows) await client.query('INSERT INTO card_serial VALUES ($1, $2, $3, $4, $5)', row)
  await client.end()
  return url
}

describe.each([
  ['SQLite', async () => sqliteBefore()],
  ['PostgreSQL', postgresBefore]
])('on %s', (_, before) => {
  test('every fact with its hash and its content, what was not booked with the verdict that it has, the year, the signature and the serials', async () => {
    const centre = await openCentre(await before())
    if (!centre.ok) throw new Error(JSON.stringify(centre.error))
    const { db } = centre.value
    const copy = new ChainCopy(db)
    for (const [index, fact] of FACTS.entries()) {
      expect(await copy.fact(TERMINAL, index + 1)).toMatchObject({ sequence: index + 1, hash: CHAIN[index], fact, batch: index === 0 ? 1 : 2 })
    }
    expect(await copy.fact(TERMINAL, 4)).toBeUndefined()
    expect(await db.selectFrom('unbooked').selectAll().orderBy('sequence').execute()).toEqual([
      { terminal: TERMINAL, sequence: 2, kind: 'release', verdict: REFUSED },
      { terminal: TERMINAL, sequence: 3, kind: 'release', verdict: ACCEPTED }
    ])
    expect([...(await countersOf(db, ['P1'])).values()]).toEqual([
      { psn_no: 'P1', insutype: '310', year: 2026, counters: { hifp_pay: 7_005, act_pay_dedc: 40_000 } },
      { psn_no: 'P1', insutype: '390', year: 2025, counters: { hifp_pay: -1 } }
    ])
    const used = await db.selectFrom('settlement').select(['setl_id', 'card_ref', 'card_serial', 'card_signed']).orderBy('setl_id').execute()
    expect(used.map(({ setl_id, card_ref, card_serial, card_signed }) => [setl_id, card_ref, card_serial, card_signed])).toEqual([['S1', 2, 7, SIGNED[1]], ['S2', 2, 8, null], ['S3', 2, null, null]])
    expect((await findCards(db, ['CARD0', 'CARD1'])).map(({ card_id, card_ref }) => [card_id, card_ref])).toEqual([['CARD0', 1], ['CARD1', 2]])
    await expect(db.updateTable('settlement').set({ card_serial: 7 }).where('setl_id', '=', 'S2').execute()).rejects.toThrow(/unique/i)
    await expect(db.updateTable('settlement').set({ card_signed: SIGNED[1] }).where('setl_id', '=', 'S2').execute()).rejects.toThrow(/unique/i)
    await centre.value.close()
  })
})
