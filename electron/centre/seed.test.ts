import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres, type TestPostgres } from '../../test/support/postgres.ts'
import { temporaryFolder } from '../../test/support/command-line.ts'
import { date } from '../../settlement/calendar/business-date.ts'
import type { CentreDatabase } from '../../settlement/centre/store/centre-database.ts'
import { openCentre } from '../../settlement/centre/store/open-centre.ts'
import { issueCard, readPersonalisation } from '../host/issue-card.ts'
import { insertCardFile } from '../host/terminal-hardware.ts'
import { noFault } from '../host/fault-point.ts'
import { readIssuer } from '../host/files/delivered.ts'
import { systemEntropy } from '../host/system.ts'
import { detectCard } from '../../card/session/open-card-session.ts'
import { toHex } from '../../card/bytes/hex.ts'
import { seedCentre } from './seed.ts'

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures')
const REQUEST = { fixtures: FIXTURES, entropy: systemEntropy, today: date('2026-11-26') }
const folder = temporaryFolder()
let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(async () => {
  await postgres.stop()
  folder.remove()
})

async function seeded(url: string): Promise<CentreDatabase> {
  const opened = await openCentre(url)
  if (!opened.ok) throw new Error(opened.error.kind)
  expect(await seedCentre(opened.value, REQUEST)).toEqual({
    ok: true,
    value: { institutions: 4, people: 18, cards: 17, policies: 28, catalogues: 1 }
  })
  return opened.value
}

test('what people.json says that somebody has filed is in the register, at the one place that was chosen', async () => {
  const database = await seeded(`sqlite:${folder.path('filings.db')}`)
  const { psn_no } = await database.db.selectFrom('person').select('psn_no').where('certno', '=', '000000195503120227').executeTakeFirstOrThrow()
  const filings = await database.db.selectFrom('filing').select(['code', 'name', 'begndate', 'enddate', 'fixmedins_code']).where('psn_no', '=', psn_no).where('kind', '=', 'chronic-disease').orderBy('code').execute()
  expect(filings).toEqual([
    { code: 'M01600', name: '糖尿病', begndate: '2026-05-10', enddate: '2028-04-09', fixmedins_code: 'P99999900001' },
    { code: 'M03900', name: '高血压', begndate: '2026-05-10', enddate: '2028-04-09', fixmedins_code: null }
  ])
  await database.close()
})

test('who is insured twice has a row of each, and no benefits but of the one that holds', async () => {
  const database = await seeded(`sqlite:${folder.path('insured-twice.db')}`)
  const { psn_no } = await database.db.selectFrom('person').select('psn_no').where('certno', '=', '000000197012010807').executeTakeFirstOrThrow()
  const insurances = await database.db.selectFrom('insurance').select(['insutype', 'psn_type', 'psn_insu_stas', 'paus_insu_date', 'balc']).where('psn_no', '=', psn_no).orderBy('insutype').execute()
  expect(insurances).toEqual([
    { insutype: '310', psn_type: '11', psn_insu_stas: '1', paus_insu_date: null, balc: 50_000 },
    { insutype: '390', psn_type: '15', psn_insu_stas: '4', paus_insu_date: '2021-06-05', balc: 0 }
  ])
  const benefits = await database.db.selectFrom('entitlement').select('insutype').distinct().where('psn_no', '=', psn_no).execute()
  expect(benefits).toEqual([{ insutype: '310' }])
  await database.close()
})

test('a fixture card is in the centre as the tray issues it: number, key factor, algorithm, purse', async () => {
  const database = await seeded(`sqlite:${folder.path('cards.db')}`)
  const issuer = readIssuer(FIXTURES)
  if (!issuer.ok) throw new Error(issuer.error.message)
  for (const name of ['in-service-32k', 'v3-contactless', 'pboc-profile', 'application-blocked', 'retired-32k']) {
    const from = join(FIXTURES, 'cards', `${name}.json`)
    const personalisation = readPersonalisation(from)
    if (!personalisation.ok) throw new Error(personalisation.error.message)
    const out = folder.path(`${name}.card`)
    const issued = await issueCard({ from, personalisation: personalisation.value, issuer: issuer.value, out, entropy: systemEntropy, today: '2026-11-26' })
    const inserted = insertCardFile(out, systemEntropy, noFault)
    if (!issued.ok || !inserted.ok) throw new Error('the card cannot be issued')
    const identity = await detectCard({ reader: inserted.value.reader, entropy: systemEntropy, today: '2026-11-26' })
    inserted.value.remove()
    if (!identity.ok) throw new Error(identity.error.kind)
    const { identificationCode, region, cardFactor, algorithm } = identity.value
    const row = await database.db.selectFrom('card').selectAll().where('card_id', '=', identificationCode).executeTakeFirstOrThrow()
    expect([row.region, row.card_factor, row.algorithm]).toEqual([region, toHex(cardFactor), algorithm])
  }
  await database.close()
})

test('people, accounts, loss and what the register knows better than the card, the same on PostgreSQL', async () => {
  const databases = [await seeded(`sqlite:${folder.path('people.db')}`), await seeded(await postgres.url())]
  for (const database of databases) {
    const { db } = database
    const { card_factor, card_ref, ...card } = await db.selectFrom('card').selectAll().where('psn_no', '=', '99999900000000000001').executeTakeFirstOrThrow()
    expect(card_factor).toBe('8660999900000001')
    expect(card_ref).toBeGreaterThan(0)
    expect(card).toEqual({
      card_id: '999999D15600000500000001074A7519',
      psn_no: '99999900000000000001',
      region: '999999',
      algorithm: 'DES',
      purse: 'SSC-LB002',
      issued_balance: 276_000,
      issued_serial: 5,
      activated: 1,
      lost: null,
      lost_since: null,
      balance: 276_000,
      load_serial: 3
    })
    const child = await db.selectFrom('insurance').selectAll().where('psn_no', '=', '99999900000000000004').executeTakeFirstOrThrow()
    expect([child.insutype, child.psn_type, child.balc]).toEqual(['390', '1403', 0])
    const employee = await db.selectFrom('insurance').select('balc').where('psn_no', '=', '99999900000000000001').executeTakeFirstOrThrow()
    expect(employee.balc).toBe(50_000)
    const register = await db.selectFrom('card').select(['lost', 'lost_since', 'activated']).where((row) => row.or([row('lost', 'is not', null), row('activated', '=', 0)])).orderBy('psn_no').execute()
    expect(register).toEqual([
      { lost: null, lost_since: null, activated: 0 },
      { lost: 'formal', lost_since: '20261126000000', activated: 1 }
    ])
    const refused = await db.selectFrom('entitlement').select('fund_pay_type').distinct().where('trt_enjymnt_flag', '=', '0').orderBy('fund_pay_type').execute()
    // The outpatient pool: of one person of people.json.
    expect(refused.map(({ fund_pay_type }) => fund_pay_type)).toEqual(['310102', '320100', '350100', '610100'])
    await database.close()
  }
})

test('the counterfeit has a person and no card: nobody issued it', async () => {
  const database = await seeded(`sqlite:${folder.path('counterfeit.db')}`)
  const cards = await database.db
    .selectFrom('person')
    .leftJoin('card', 'card.psn_no', 'person.psn_no')
    .select(['person.psn_no', 'card.card_id'])
    .where('card.card_id', 'is', null)
    .execute()
  expect(cards).toEqual([{ psn_no: '99999900000000000018', card_id: null }])
  await database.close()
})

test('seeding again adds nothing and takes nothing back', async () => {
  const database = await seeded(`sqlite:${folder.path('again.db')}`)
  await database.db.updateTable('card').set({ balance: 1 }).where('psn_no', '=', '99999900000000000001').execute()
  expect(await seedCentre(database, REQUEST)).toEqual({ ok: true, value: { institutions: 0, people: 0, cards: 0, policies: 0, catalogues: 0 } })
  expect((await database.db.selectFrom('card').select('balance').where('psn_no', '=', '99999900000000000001').executeTakeFirstOrThrow()).balance).toBe(1)
  await database.close()
})
