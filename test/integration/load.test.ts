/**
 * Command line, ledger and card on one side, a centre's own process on the other: a refund that comes back onto the card, and a fund that
 * is closed meanwhile.
 */

import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCentre } from '../../settlement/centre/store/open-centre.ts'
import { openLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import { verifyLedger } from '../../settlement/verifier/verify-ledger.ts'
import { startCentre, type CentreProcess } from '../support/centre-process.ts'
import { caresettle, caresettleJson, fixture, temporaryFolder } from '../support/command-line.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'

const PIN = '246810\n'
const VISIT = fixture('visits', 'outpatient-demo.json')
const BEFORE = '2760.00'

const folder = temporaryFolder()
let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
}, 60_000)
afterAll(async () => {
  await postgres.stop()
  folder.remove()
})

interface Settled {
  readonly medins_setl_id: string
  readonly acct_pay: string
}

const ENGINES = {
  SQLite: () => Promise.resolve(`sqlite:${folder.path('centre.db')}`),
  PostgreSQL: () => postgres.url()
} as const

describe.each(Object.entries(ENGINES))('with a centre on %s', (engine, urlOf) => {
  const card = folder.path(`${engine}.card`)
  const ledger = folder.path(`${engine}.ledger.db`)
  let url = ''
  let centre: CentreProcess
  let cardId = ''
  let settled: Settled

  beforeAll(async () => {
    url = await urlOf()
    centre = await startCentre(url)
    expect(caresettle(['card', 'new', '--from', fixture('cards', 'in-service-32k.json'), '--out', card]).exit).toBe(0)
    expect(caresettle(['settle', '--visit', VISIT, '--card', card, '--pin-stdin', '--ledger', ledger], { stdin: PIN }).exit).toBe(0)
    copyFileSync(ledger, folder.path(`${engine}.older.db`))
    const shown = caresettleJson(['ledger', 'show', ledger]) as { settlements: readonly Settled[] }
    settled = shown.settlements[0] ?? { medins_setl_id: '', acct_pay: '' }
    cardId = (caresettleJson(['card', 'show', card, '--pin-stdin'], { stdin: PIN }) as { card_id: string }).card_id
  }, 60_000)
  afterAll(() => centre.stop())

  const load = (what: readonly string[], options: { killAt?: string } = {}) =>
    caresettle(['load', ...what, '--card', card, '--ledger', ledger, '--pin-stdin', '--json'], { stdin: PIN, ...options })
  const loadRefund = (options: { killAt?: string } = {}) => load(['--settlement', settled.medins_setl_id], options)
  const kindOf = (run: ReturnType<typeof load>): string => {
    const said = JSON.parse(run.stdout) as { error?: { kind: string } }
    return said.error?.kind ?? 'loaded'
  }
  const sync = (): void => {
    const synced = caresettle(['sync', '--ledger', ledger])
    expect(synced.exit, synced.stderr).toBe(0)
  }
  const balanceOf = (): string => (caresettleJson(['card', 'show', card, '--pin-stdin'], { stdin: PIN }) as { balance: string }).balance
  const ofRecord = async () => {
    const opened = await openCentre(url)
    if (!opened.ok) throw new Error(JSON.stringify(opened.error))
    const loads = await opened.value.db.selectFrom('load').select(['load_id', 'state', 'amount', 'tac']).orderBy('load_id').execute()
    const { balance } = await opened.value.db.selectFrom('card').select('balance').where('card_id', '=', cardId).executeTakeFirstOrThrow()
    await opened.value.close()
    return { loads, balance }
  }

  it('settle, sync, refund, sync, load, sync: the balance is back to the fen and the centre has closed the load', async () => {
    expect(kindOf(loadRefund())).toBe('nothing-owed')
    const paid = balanceOf()
    expect(Number(paid)).toBeLessThan(Number(BEFORE))
    expect(caresettle(['ledger', 'refund', ledger, '--settlement', settled.medins_setl_id, '--reason', '退药']).exit).toBe(0)
    // Neither a centre nor a confirmation yet.
    expect(kindOf(loadRefund())).toBe('correction-not-confirmed')
    const { url: address, code } = centre
    expect(caresettle(['sync', 'connect', '--ledger', ledger, '--centre', address, '--code', code]).exit).toBe(0)
    expect(kindOf(loadRefund())).toBe('correction-not-confirmed')
    sync()
    const loaded = loadRefund()
    expect(loaded.exit, loaded.stderr).toBe(0)
    expect(JSON.parse(loaded.stdout)).toMatchObject({ amount: settled.acct_pay, balance_before: paid, balance_after: BEFORE })
    expect(balanceOf()).toBe(BEFORE)
    expect((await ofRecord()).loads).toMatchObject([{ state: 'signed' }])
    sync()
    const { loads, balance } = await ofRecord()
    expect(loads).toMatchObject([{ load_id: `${settled.medins_setl_id}-L1`, state: 'closed' }])
    expect(loads[0]?.tac).toMatch(/^[0-9A-F]{8}$/)
    expect(balance).toBe(276_000)
    expect(kindOf(loadRefund())).toBe('nothing-owed')
    const verified = verifyLedger(ledger)
    expect(verified.ok && verified.value.findings).toEqual([])
  }, 120_000)

  it('a credit of the centre waits for its card and is loaded once', async () => {
    const granted = caresettleJson(['centre', 'credit', '--db', url, '--card', cardId, '--amount', '300.00', '--reason', '年度划入']) as { credit_id: string }
    expect(kindOf(load(['--credit', 'C0']))).toBe('credit-unknown')
    const loaded = load(['--credit', granted.credit_id])
    expect(loaded.exit, loaded.stderr).toBe(0)
    expect(balanceOf()).toBe('3060.00')
    expect(kindOf(load(['--credit', granted.credit_id]))).toBe('credit-loaded')
    sync()
    const { loads, balance } = await ofRecord()
    expect(loads.map(({ state }) => state)).toEqual(['closed', 'closed'])
    expect(balance).toBe(306_000)
  }, 120_000)

  it('an expired card gets no credit', () => {
    const expired = folder.path(`${engine}.expired.card`)
    expect(caresettle(['card', 'new', '--from', fixture('cards', 'expired.json'), '--out', expired]).exit).toBe(0)
    const { card_id } = caresettleJson(['card', 'show', expired, '--pin-stdin'], { stdin: PIN }) as { card_id: string }
    const { credit_id } = caresettleJson(['centre', 'credit', '--db', url, '--card', card_id, '--amount', '300.00', '--reason', '年度划入']) as { credit_id: string }
    const run = caresettle(['load', '--credit', credit_id, '--card', expired, '--ledger', ledger, '--pin-stdin', '--json'], { stdin: PIN })
    expect([run.exit, kindOf(run)]).toEqual([3, 'card-expired'])
  })

  it('a second till of the same card sees nothing owed that is not its own', () => {
    const other = folder.path(`${engine}.other.db`)
    const begun = openLedger({ path: other, create: true })
    if (begun.ok) begun.value.close()
    copyFileSync(card, folder.path(`${engine}.copy.card`))
    const run = caresettle(['load', '--settlement', settled.medins_setl_id, '--card', card, '--ledger', other, '--pin-stdin', '--json'], { stdin: PIN })
    expect(kindOf(run)).toBe('settlement-unknown')
  })

  it('a ledger that was put back from an older copy fetches the rest from its centre, and goes on', () => {
    const before = caresettleJson(['ledger', 'show', ledger])
    const restore = () => caresettle(['ledger', 'restore', '--ledger', ledger, '--json'])
    expect(JSON.parse(restore().stdout)).toMatchObject({ restored: 0 })
    for (const rest of ['-wal', '-shm']) rmSync(`${ledger}${rest}`, { force: true })
    copyFileSync(folder.path(`${engine}.older.db`), ledger)
    const stopped = caresettle(['sync', '--ledger', ledger, '--json'])
    expect([stopped.exit, (JSON.parse(stopped.stdout) as { error: { kind: string } }).error.kind]).toEqual([3, 'centre-ahead'])
    expect(kindOf(loadRefund())).toBe('ledger-older')
    const apart = () => (caresettleJson(['sync', 'status', '--ledger', ledger]) as { apart: { kind: string } | null }).apart?.kind
    expect(apart()).toBe('facts-missing')
    const restored = restore()
    expect(restored.exit, restored.stderr).toBe(0)
    expect(JSON.parse(restored.stdout)).toMatchObject({ after: 2, posting: 0, correction: 1, 'load-posting': 2 })
    expect(apart()).toBe('batches-missing')
    sync()
    expect(apart()).toBeUndefined()
    expect(caresettleJson(['ledger', 'show', ledger])).toEqual(before)
    expect(kindOf(loadRefund())).toBe('nothing-owed')
    const verified = verifyLedger(ledger)
    expect(verified.ok && verified.value).toMatchObject({ findings: [], awaiting: 0, resultsLost: 0 })
  }, 120_000)

  it('whose key is lost is connected anew, under another name, and nothing is booked or owed twice', () => {
    const before = caresettleJson(['ledger', 'show', ledger])
    rmSync(`${ledger}.key`)
    expect(kindOf(caresettle(['sync', '--ledger', ledger, '--json']))).toBe('terminal-key')
    const { code } = caresettleJson(['centre', 'enrol-code', '--db', url, '--institution', 'H99999900001']) as { code: string }
    const connect = (...more: string[]) => caresettle(['sync', 'connect', '--ledger', ledger, '--centre', centre.url, '--code', code, ...more, '--json'])
    const again = connect()
    expect([again.exit, kindOf(again)]).toEqual([3, 'already-connected'])
    expect(again.stderr).toContain('--anew')
    const anew = connect('--anew')
    expect(anew.exit, anew.stderr).toBe(0)
    expect(JSON.parse(anew.stdout)).toMatchObject({ terminal: 'H99999900001-02' })
    expect(caresettleJson(['sync', '--ledger', ledger])).toMatchObject({ adjusted: [], parked: [] })
    expect(caresettleJson(['ledger', 'show', ledger])).toEqual(before)
    expect(kindOf(loadRefund())).toBe('nothing-owed')
    const verified = verifyLedger(ledger)
    expect(verified.ok && verified.value).toMatchObject({ findings: [], awaiting: 0 })
  }, 120_000)

  it('a fund that the centre has closed since pays nothing of the next visit, which is confirmed so', async () => {
    const opened = await openCentre(url)
    if (!opened.ok) throw new Error(JSON.stringify(opened.error))
    await opened.value.db.updateTable('entitlement').set({ trt_enjymnt_flag: '0', trt_chk_rslt: '欠费' }).where('fund_pay_type', '=', '310102').execute()
    await opened.value.close()
    sync()
    const visit = folder.path(`${engine}.visit.json`)
    writeFileSync(visit, readFileSync(VISIT, 'utf8').replace('MZ2024030100001', 'MZ2024030100002'))
    const next = caresettleJson(['settle', '--visit', visit, '--card', card, '--pin-stdin', '--ledger', ledger], { stdin: PIN })
    expect(next).toMatchObject({ medfee_sumamt: '818.47', fund_pay_sumamt: '0.00', hifp_pay: '0.00' })
    expect(caresettleJson(['sync', '--ledger', ledger])).toMatchObject({ confirmed: 1, adjusted: [], parked: [] })
  }, 60_000)

  it('what the year used at other institutions counts on the command line too, and a person whom the centre does not have pays nothing', async () => {
    const opened = await openCentre(url)
    if (!opened.ok) throw new Error(JSON.stringify(opened.error))
    const { db } = opened.value
    try {
      const { psn_no } = await db.selectFrom('person').select('psn_no').where('certno', '=', '000000199001010018').executeTakeFirstOrThrow()
      await db.updateTable('entitlement').set({ trt_enjymnt_flag: '1' }).where('fund_pay_type', '=', '310102').execute()
      await db.deleteFrom('accumulator').where('psn_no', '=', psn_no).execute()
      await db.insertInto('accumulator').values({ psn_no, insutype: '310', year: 2024, counters: '{"act_pay_dedc":40000}' }).execute()
      const visit = folder.path(`${engine}.elsewhere.json`)
      writeFileSync(visit, readFileSync(VISIT, 'utf8').replace('MZ2024030100001', 'MZ2024030100003'))
      const settle = () => caresettle(['settle', '--visit', visit, '--card', card, '--pin-stdin', '--ledger', ledger, '--json'], { stdin: PIN })
      await db.updateTable('person').set({ certno: 'moved' }).where('psn_no', '=', psn_no).execute()
      const unknown = settle()
      expect([unknown.exit, kindOf(unknown)]).toEqual([3, 'person-unknown'])
      await db.updateTable('person').set({ certno: '000000199001010018' }).where('psn_no', '=', psn_no).execute()
      // 70 % of 538.71 in scope: the deductible of 400.00 was paid elsewhere.
      expect(JSON.parse(settle().stdout)).toMatchObject({ hifp_pay: '377.10' })
      expect(caresettleJson(['sync', '--ledger', ledger])).toMatchObject({ confirmed: 1, adjusted: [], parked: [] })
    } finally {
      await opened.value.close()
    }
  }, 60_000)
})
