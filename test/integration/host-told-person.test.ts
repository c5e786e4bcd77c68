/**
 * A hospital's window whose centre says that a fund is not a patient's, or that the insurance is not in force: no fund pays there either,
 * the screen says why, and what was settled is what the centre books. The centre runs in this process.
 */

import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WiredCentre } from '../../electron/centre/wire-centre.ts'
import type { SumsView } from '../../electron/contract/bill-view.ts'
import type { TerminalEvent } from '../../electron/contract/events.ts'
import type { EntitlementRow, InsuranceRow } from '../../settlement/centre/store/schema.ts'
import { fixture, temporaryFolder } from '../support/command-line.ts'
import { startHost, type HostTerminal } from '../support/host-terminal.ts'
import { connectHost, openSeededCentre, valueOf as value } from '../support/seeded-centre.ts'

const CARD = 'in-service-32k'
const PIN = '246810'
const WAIT = { timeout: 20_000 }
const CERTNO = '000000199001010018'

let folder: ReturnType<typeof temporaryFolder>
let centre: WiredCentre
let host: HostTerminal
let presence: number

beforeEach(async () => {
  folder = temporaryFolder()
  centre = await openSeededCentre(folder.path('centre.db'))
  host = await startHost({ data: folder.path('data') })
  await connectHost(host, centre)
  await host.call('reader.pace', { pace: 'instant' })
  await insert()
  await verifyPin()
}, 60_000)
afterEach(async () => {
  await host.stop()
  await centre.close()
  folder.remove()
})

async function insert(): Promise<void> {
  const ready = host.heard((event: TerminalEvent) => (event.topic === 'card' && event.panel.state === 'ready' ? event.panel.card : undefined))
  value(await host.call('reader.insert', { card: CARD }))
  presence = (await ready).presence
}

const warnings = async (): Promise<readonly unknown[]> => {
  const { panel } = value(await host.call('terminal.state', {}))
  return panel.state === 'ready' ? panel.card.warnings.map(({ kind, blocks }) => [kind, blocks]) : []
}

const verifyPin = async (): Promise<void> => void value(await host.call('card.verify-pin', { presence, pin: PIN, lastTry: false }))

async function open(visitNo: string): Promise<void> {
  const visit = { ...JSON.parse(readFileSync(fixture('visits', 'outpatient-demo.json'), 'utf8')), ipt_otp_no: visitNo }
  value(await host.call('bill.open-text', { text: JSON.stringify(visit) }))
}

async function shown(): Promise<{ readonly revision: number; readonly sums: SumsView }> {
  const { bill } = value(await host.call('terminal.state', {}))
  if (bill?.outcome.state !== 'computed') throw new Error(`not computed: ${JSON.stringify(bill)}`)
  return { revision: bill.revision, sums: bill.outcome.sums }
}

const paid = ({ fundPaid, cash, closedFunds }: SumsView): readonly unknown[] => [fundPaid, cash, closedFunds.map(({ why }) => why)]

const fundPaid = async (): Promise<string> => (await shown()).sums.fundPaid

async function settle(): Promise<string> {
  const { revision, sums } = await shown()
  return value(await host.call('settle', { presence, revision, cash: sums.cash })).settlementId
}

async function confirmationOf(settlementId: string): Promise<string> {
  value(await host.call('sync.now', {}))
  await expect.poll(async () => value(await host.call('terminal.state', {})).sync.unconfirmed.count, WAIT).toBe(0)
  return value(await host.call('records.open', { settlementId })).confirmation.state
}

const psnNo = async (): Promise<string> =>
  (await centre.ports.database.db.selectFrom('person').select('psn_no').where('certno', '=', CERTNO).executeTakeFirstOrThrow()).psn_no

async function register(row: Partial<EntitlementRow>): Promise<void> {
  await centre.ports.database.db.updateTable('entitlement').set(row).where('psn_no', '=', await psnNo()).where('fund_pay_type', '=', '310102').execute()
}

async function pause(row: Partial<InsuranceRow>): Promise<void> {
  await centre.ports.database.db.updateTable('insurance').set(row).where('psn_no', '=', await psnNo()).execute()
}

/** What the year of the visit has used, at whatever institution, of record. */
async function usedAnywhere(counters: Readonly<Record<string, number>>, year = 2024): Promise<void> {
  const row = { psn_no: await psnNo(), insutype: '310', year, counters: JSON.stringify(counters) }
  await centre.ports.database.db
    .insertInto('accumulator')
    .values(row)
    .onConflict((conflict) => conflict.columns(['psn_no', 'insutype', 'year']).doUpdateSet({ counters: row.counters }))
    .execute()
}

/** Reading the card asks the centre as well: one panel is the card's, the next comes with the answer. */
async function toldAnew(): Promise<void> {
  let panels = 0
  const both = host.heard((event: TerminalEvent) => (event.topic === 'card' && event.panel.state === 'ready' && (panels += 1) === 2 ? true : undefined))
  value(await host.call('card.read', {}))
  await both
}

const yearsOfRecord = async (): Promise<unknown> => {
  const { counters } = await centre.ports.database.db.selectFrom('accumulator').select('counters').where('psn_no', '=', await psnNo()).where('year', '=', 2024).executeTakeFirstOrThrow()
  return JSON.parse(counters)
}

describe('a visit that the centre would not book', () => {
  const refusedFor = async (change: object): Promise<unknown> => {
    const visit = { ...JSON.parse(readFileSync(fixture('visits', 'outpatient-demo.json'), 'utf8')), ipt_otp_no: 'V-1', ...change }
    const { outcome } = value(await host.call('bill.open-text', { text: JSON.stringify(visit) }))
    return outcome.state === 'refused' ? [outcome.refusal.kind, outcome.refusal.what.zh] : outcome.state
  }

  it('is refused before the card is asked: that of another institution', async () => {
    expect(await refusedFor({ fixmedins_code: 'H99999900003' })).toEqual(['visit-contradicts', '就诊单的医疗机构编码“H99999900003”不是本终端所属的医疗机构'])
    expect(await refusedFor({})).toBe('computed')
  }, 60_000)
})

describe('a patient whom the register knows better than the card', () => {
  it('is charged as the civil servant that the centre says, and booked as charged', async () => {
    const { db } = centre.ports.database
    await open('V-1')
    expect((await shown()).sums.funds.map(({ fund }) => fund)).toEqual(['hifp_pay'])
    await db.updateTable('insurance').set({ cvlserv_flag: '1' }).where('psn_no', '=', await psnNo()).execute()
    await db.updateTable('entitlement').set({ trt_enjymnt_flag: '1', trt_chk_rslt: '' }).where('psn_no', '=', await psnNo()).where('fund_pay_type', '=', '320100').execute()
    await usedAnywhere({ act_pay_dedc: 40_000, cvlserv_pay_base: 500_000 })
    value(await host.call('card.read', {}))
    await expect.poll(async () => (await shown()).sums.funds.map(({ fund }) => fund), WAIT).toEqual(['hifp_pay', 'cvlserv_pay'])
    await verifyPin()
    expect(await confirmationOf(await settle())).toBe('confirmed')
  }, 60_000)
})

describe('a year that was used elsewhere too', () => {
  const deductible = async (): Promise<readonly unknown[]> => {
    const { deductible: told, yearHasElsewhere } = (await shown()).sums
    return [told?.usedBefore, told?.paid, told?.left, yearHasElsewhere]
  }

  it('goes on from where the centre has it, with what this till has settled since; and the centre books just what was charged', async () => {
    await open('V-1')
    // Of 538.71 in scope: a till knows nothing of other institutions.
    expect(await deductible()).toEqual(['0.00', '400.00', '0.00', false])
    await usedAnywhere({ act_pay_dedc: 30_000, segment_expense: 0, inscp_scp_amt: 30_000 })
    value(await host.call('card.read', {}))
    await expect.poll(deductible, WAIT).toEqual(['300.00', '100.00', '0.00', true])
    value(await host.call('sync.pause', {}))
    await verifyPin()
    const first = await settle()
    // The centre has not heard of the first, and is not asked: the second begins behind both.
    await open('V-2')
    await expect.poll(deductible, WAIT).toEqual(['400.00', '0.00', '0.00', true])
    await verifyPin()
    const second = await settle()
    value(await host.call('sync.resume', {}))
    expect([await confirmationOf(first), await confirmationOf(second)]).toEqual(['confirmed', 'confirmed'])
    expect(await yearsOfRecord()).toMatchObject({ act_pay_dedc: 40_000, inscp_scp_amt: 30_000 + 2 * 53_871 })
    // What it has booked by now is not added a second time, and what was taken back before it heard of it is gone.
    await open('V-3')
    await expect.poll(deductible, WAIT).toEqual(['400.00', '0.00', '0.00', true])
  }, 60_000)

  it('is what the answer to a question without a bill goes by, and the window hears when to ask anew', async () => {
    const asked = async (): Promise<readonly unknown[]> => {
      const { verdict, isWithinDeductible } = value(await host.call('eligibility.check', { code: 'XM01AEB090A001010199999', quantity: '1', days: null }))
      return [verdict.light, isWithinDeductible]
    }
    const { till } = value(await host.call('terminal.state', {}))
    expect(await asked()).toEqual(['covered', true])
    const year = Number.parseInt(till.today, 10)
    await usedAnywhere({ act_pay_dedc: 39_999 }, year)
    await toldAnew()
    expect(await asked()).toEqual(['covered', false])
    await usedAnywhere({ act_pay_dedc: 0 }, year)
    await toldAnew()
    expect(await asked()).toEqual(['covered', true])
    value(await host.call('reader.remove', {}))
    expect(await asked()).toEqual(['covered', false])
  }, 60_000)

  it('leaves the bill as it was agreed, or refuses to settle for another amount', async () => {
    await open('V-1')
    const { revision, sums } = await shown()
    await usedAnywhere({ act_pay_dedc: 30_000 })
    value(await host.call('card.read', {}))
    await expect.poll(deductible, WAIT).toEqual(['300.00', '100.00', '0.00', true])
    await verifyPin()
    expect(await host.call('settle', { presence, revision, cash: sums.cash })).toMatchObject({ ok: false, error: { kind: 'bill-stale' } })
  }, 60_000)
})

describe('a fund that the centre has closed to a patient who was here before', () => {
  it('pays nothing on the bill that is open, which says why; it is settled so, and confirmed as it is', async () => {
    await open('V-1')
    expect(paid((await shown()).sums)).toEqual(['97.10', '0.00', []])
    expect(await confirmationOf(await settle())).toBe('confirmed')

    await open('V-2')
    expect(await fundPaid()).not.toBe('0.00')
    await register({ trt_enjymnt_flag: '0', trt_chk_rslt: '欠费停保' })
    value(await host.call('sync.now', {}))
    await expect.poll(fundPaid, WAIT).toBe('0.00')
    await verifyPin()
    expect((await shown()).sums.closedFunds).toEqual([{ fund: 'hifp_pay', name: { zh: '基本医疗保险统筹基金', en: 'basic pooled fund' }, why: '欠费停保' }])
    const settlementId = await settle()
    expect(await confirmationOf(settlementId)).toBe('confirmed')
    expect(value(await host.call('records.open', { settlementId })).sums.fundPaid).toBe('0.00')
  }, 60_000)

  it('pays again as soon as the centre says so', async () => {
    await open('V-1')
    expect(await confirmationOf(await settle())).toBe('confirmed')
    await register({ trt_enjymnt_flag: '0' })
    value(await host.call('sync.now', {}))
    await open('V-2')
    await expect.poll(fundPaid, WAIT).toBe('0.00')
    await register({ trt_enjymnt_flag: '1' })
    value(await host.call('sync.now', {}))
    await expect.poll(fundPaid, WAIT).not.toBe('0.00')
  }, 60_000)
})

describe('somebody who was never here', () => {
  it('is asked about when the card comes, or is read again', async () => {
    await open('V-1')
    expect(await fundPaid()).toBe('97.10')
    await register({ trt_enjymnt_flag: '0', trt_chk_rslt: '欠费停保' })
    value(await host.call('card.read', {}))
    await expect.poll(async () => (await shown()).sums.closedFunds.map(({ why }) => why), WAIT).toEqual(['欠费停保'])
    value(await host.call('reader.remove', {}))
    await insert()
    await expect.poll(fundPaid, WAIT).toBe('0.00')
    await verifyPin()
    expect(await confirmationOf(await settle())).toBe('confirmed')
  }, 60_000)

  it('has no fund while the insurance is suspended, and the screen says so', async () => {
    await pause({ psn_insu_stas: '2', paus_insu_date: '2024-01-01' })
    value(await host.call('reader.remove', {}))
    await insert()
    await open('V-1')
    await expect.poll(async () => (await shown()).sums.notInForce?.zh, WAIT).toBe('暂停参保')
    expect(await fundPaid()).toBe('0.00')
    await verifyPin()
    expect(await confirmationOf(await settle())).toBe('confirmed')
  }, 60_000)

  it('settles nothing with a card whose holder the centre does not have, and again when he is registered', async () => {
    await centre.ports.database.db.updateTable('person').set({ certno: 'another' }).where('certno', '=', CERTNO).execute()
    value(await host.call('card.read', {}))
    await expect.poll(warnings, WAIT).toEqual([['person-unknown', true]])
    await verifyPin()
    await open('V-1')
    const { revision, sums } = await shown()
    expect(await host.call('settle', { presence, revision, cash: sums.cash })).toMatchObject({ ok: false, error: { kind: 'person-unknown', what: { zh: '中心没有持卡人的参保登记，刷卡结算不会入账' } } })
    expect(value(await host.call('records.search', { from: '2000-01-01', to: '2999-12-31', text: '', state: 'all', after: null, limit: 9 })).rows).toEqual([])

    await centre.ports.database.db.updateTable('person').set({ certno: CERTNO }).where('certno', '=', 'another').execute()
    value(await host.call('card.read', {}))
    await expect.poll(warnings, WAIT).toEqual([])
    await verifyPin()
    expect(await confirmationOf(await settle())).toBe('confirmed')
  }, 60_000)

  it('without the centre nobody has told of, and its answer has the last word', async () => {
    value(await host.call('sync.pause', {}))
    value(await host.call('reader.remove', {}))
    await register({ trt_enjymnt_flag: '0' })
    await insert()
    await verifyPin()
    await open('V-1')
    expect(await fundPaid()).toBe('97.10')
    const settlementId = await settle()
    value(await host.call('sync.resume', {}))
    expect(await confirmationOf(settlementId)).toBe('adjusted')
  }, 60_000)
})
