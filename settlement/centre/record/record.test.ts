import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPostgres, type TestPostgres } from '../../../test/support/postgres.ts'
import { testCentre, type TestCentre } from '../../../test/support/test-centre.ts'
import type { CentreQueries } from '../store/centre-database.ts'
import { insertRows } from '../store/insert-rows.ts'
import type { EntitlementRow } from '../store/schema.ts'
import { countersOf, moveAccounts, moveCounters, yearsForTerminal } from './accounts.ts'
import { barredCards, findCards, issuedCard, moveCardBalances, registerCards, reportFound, reportLost, setActivated } from './cards.ts'
import { entitlementOn, findPeople, insurancesOf, isValidOn } from './people.ts'
import { currentCatalogue, findPolicy } from './places.ts'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

describe.each(['sqlite', 'postgres'])('the record, on %s', (dialect) => {
  let centre: TestCentre
  let db: CentreQueries
  beforeAll(async () => {
    centre = await testCentre(dialect === 'postgres' ? await postgres.url() : undefined)
    ;({ db } = centre.ports.database)
    await insertRows(db, 'person', ['1', '2', '3'].map(person))
    await insertRows(db, 'insurance', [insurance('1', '310'), insurance('2', '310'), insurance('2', '390')])
    await registerCards(db, [card('1'), card('2')])
  })
  afterAll(() => centre.close())

  test('finds many people with one question, a thousand unknown ones among them', async () => {
    const unknown = Array.from({ length: 1_000 }, (_, index) => `x${index}`)
    expect((await findPeople(db, [...unknown, 'certno 3', 'certno 1'])).map(({ psn_no }) => psn_no)).toEqual(['1', '3'])
    expect(await findPeople(db, [])).toEqual([])
    expect((await insurancesOf(db, ['2'])).map(({ insutype }) => insutype)).toEqual(['310', '390'])
  })

  test("moves counters from nothing, up and back, several moves of one counter together", async () => {
    const move = (counter: string, amount: number, psn = '1') => ({ psn_no: psn, insutype: '310', year: 2026, counter, amount })
    await moveCounters(db, [move('hifp_pay', 1_000), move('hifp_pay', 250), move('act_pay_dedc', 40_000), move('hifp_pay', 7, '2')])
    await moveCounters(db, [move('hifp_pay', -1_250), move('hifmi_pay', 0)])
    expect([...(await countersOf(db, ['1', '2', '3'])).values()]).toEqual([
      { psn_no: '1', insutype: '310', year: 2026, counters: { act_pay_dedc: 40_000, hifp_pay: 0 } },
      { psn_no: '2', insutype: '310', year: 2026, counters: { hifp_pay: 7 } }
    ])
  })

  test('tells a terminal the years of people, and how far its own facts are in them; also where nobody has used anything', async () => {
    await insertRows(db, 'institution', [{ fixmedins_code: 'H99999900001', fixmedins_name: '测试第一医院', kind: 'hospital', level: 3, region: '999999' }])
    const enrolled = { institution: 'H99999900001', name: '1号窗口', enrolled_at: '20260301080000', terminal_numbers: '["999999000001"]', batch: 4, batch_hash: '', chain_hash: '' }
    await insertRows(db, 'terminal', [
      { ...enrolled, terminal: 'H99999900001-01', public_key: 'A', sequence: 120 },
      { ...enrolled, terminal: 'H99999900001-02', public_key: 'B', sequence: 0 }
    ])
    const second = { psn_no: '2', insutype: '310', year: 2026, counters: { hifp_pay: 7 } }
    expect(await yearsForTerminal(db, 'H99999900001-01', ['2', '3'])).toEqual({ sequence: 120, years: [second] })
    expect(await yearsForTerminal(db, 'H99999900001-02', ['2'])).toEqual({ sequence: 0, years: [second] })
    expect(await yearsForTerminal(db, 'H99999900001-01', ['3'])).toEqual({ sequence: 120, years: [] })
    expect(await yearsForTerminal(db, 'H99999900001-01', [])).toEqual({ sequence: 120, years: [] })
  })

  test('moves accounts by their whole key, and throws for an account that is not there', async () => {
    const move = (psnNo: string, insutype: string, balc: number) => ({ psn_no: psnNo, insutype, insuplc_admdvs: '999999', balc })
    await moveAccounts(db, [move('1', '310', -300), move('2', '390', 50), move('1', '310', -1)])
    expect((await insurancesOf(db, ['1', '2'])).map(({ balc }) => balc)).toEqual([9_699, 10_000, 10_050])
    const missing = centre.ports.database.write((transaction) => moveAccounts(transaction, [move('1', '310', 1), move('3', '310', 1)]))
    await expect(missing).rejects.toThrow('2 rows of insurance to be moved, 1 found')
    expect((await insurancesOf(db, ['1'])).map(({ balc }) => balc)).toEqual([9_699])
  })

  test('numbers cards as they are registered, and gives none of them a number that another has', async () => {
    await registerCards(db, [card('3')])
    const numbers = async () => (await findCards(db, ['card 1', 'card 2', 'card 3'])).map(({ card_ref }) => card_ref)
    expect(await numbers()).toEqual([1, 2, 3])
    await expect(db.updateTable('card').set({ card_ref: 1 }).where('card_id', '=', 'card 3').execute()).rejects.toThrow(/unique/i)
    await registerCards(db, [])
    expect(await numbers()).toEqual([1, 2, 3])
  })

  test('knows a card, its purse of record, and that it is lost', async () => {
    await moveCardBalances(db, [{ card_id: 'card 1', balance: -500 }])
    await reportLost(db, { cardId: 'card 2', lost: 'temporary', since: '20261126080000' })
    const [known] = await findCards(db, ['card 1', 'card 9'])
    expect([known?.balance, known?.issued_balance, known && issuedCard(known)]).toEqual([
      500, 1_000, { cardId: 'card 1', region: '999999', cardFactor: '8660999900000001', algorithm: 'DES', purse: 'SSC-LB002' }
    ])
    const barred = async () => (await barredCards(db)).map(({ card_id, lost, lost_since, activated }) => [card_id, lost, lost_since, activated])
    expect(await barred()).toEqual([['card 2', 'temporary', '20261126080000', 1]])
    for (const cardId of ['card 1', 'card 2']) await setActivated(db, cardId, false)
    expect(await barred()).toEqual([['card 1', null, null, 0], ['card 2', 'temporary', '20261126080000', 0]])
    await reportFound(db, 'card 2')
    await setActivated(db, 'card 1', true)
    expect(await barred()).toEqual([['card 2', null, null, 0]])
  })

  test('finds a policy by region and version, and the newest catalogue', async () => {
    await insertRows(db, 'policy', [{ region: '999999', version: '1', document: '{}' }])
    await insertRows(db, 'catalogue', [{ version: '2026.1', document: 'old' }, { version: '2026.2', document: 'new' }])
    expect([(await findPolicy(db, '999999', '1'))?.document, await findPolicy(db, '999999', '2')]).toEqual(['{}', undefined])
    expect((await currentCatalogue(db))?.document).toBe('new')
  })
})

test('a row is valid from its first day to its last, or for ever', () => {
  const row = { begndate: '2026-01-01', enddate: '2026-06-30' }
  expect(['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01'].map((day) => isValidOn(row, day))).toEqual([false, true, true, false])
  expect(isValidOn({ begndate: '2026-01-01', enddate: null }, '2099-01-01')).toBe(true)
})

test('the entitlement for a kind of visit goes before the one for all; where no row speaks of that day, what was given for another is not enjoyed', () => {
  const rows: EntitlementRow[] = [entitlement(null, '1'), entitlement('14', '0')]
  const on = (medType: string, fundPayType = '310102', day = '2026-03-01') => entitlementOn(rows, { insutype: '310', fundPayType, medType, day }).enjoys
  expect([on('11'), on('14'), on('11', '330100'), on('11', '310102', '2025-01-01')]).toEqual([true, false, true, false])
})

const person = (psnNo: string) => ({ psn_no: psnNo, certno: `certno ${psnNo}`, psn_cert_type: '01', psn_name: '测试', gend: '1', naty: '01', brdy: '1990-01-01' })

const insurance = (psnNo: string, insutype: string) => ({
  psn_no: psnNo,
  insutype,
  insuplc_admdvs: '999999',
  psn_type: '11',
  psn_insu_stas: '1',
  psn_insu_date: '2015-01-01',
  paus_insu_date: null,
  cvlserv_flag: '0',
  emp_name: '',
  balc: 10_000
})

const card = (psnNo: string) =>
  ({
    card_id: `card ${psnNo}`,
    psn_no: psnNo,
    region: '999999',
    card_factor: '8660999900000001',
    algorithm: 'DES',
    purse: 'SSC-LB002',
    issued_balance: 1_000,
    issued_serial: 0,
    activated: 1,
    lost: null,
    lost_since: null,
    balance: 1_000,
    load_serial: 0
  }) as const

const entitlement = (medType: string | null, flag: '0' | '1'): EntitlementRow => ({
  psn_no: '1',
  insutype: '310',
  fund_pay_type: '310102',
  med_type: medType,
  begndate: '2026-01-01',
  enddate: null,
  trt_enjymnt_flag: flag,
  trt_chk_rslt: ''
})
