/** A day closed against a real centre: compared to the fen, offline with everything named, and from the window's side. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CentreClient, errorKind, sendTo } from '../support/centre-client.ts'
import { caresettle, caresettleJson, fixture, temporaryFolder } from '../support/command-line.ts'
import { HostTerminal } from '../support/host-terminal.ts'
import { startCentre, type RunningCentre } from '../support/running-centre.ts'

const INSTITUTION = 'H99999900001'
const folder = temporaryFolder()
const data = folder.path('data')
const db = `sqlite:${folder.path('centre.db')}`
const card = folder.path('card')
let centre: RunningCentre
let port = ''
let first = ''

interface Shown {
  readonly rows: readonly { readonly row: string }[]
  readonly centre: object
  readonly items: readonly { readonly item: string; readonly kind: string; readonly entries: readonly { readonly id: string }[]; readonly resolution: object | null }[]
  readonly groups: readonly object[]
}

/** The same bill under a visit number of its own. */
function settle(visitNo: string): string {
  const visit = folder.path(`${visitNo}.json`)
  writeFileSync(visit, readFileSync(fixture('visits', 'outpatient-demo.json'), 'utf8').replace('MZ2024030100001', visitNo))
  return settled(visit)
}
const settled = (visit: string): string =>
  (caresettleJson(['settle', '--visit', visit, '--card', card, '--pin-stdin', '--ledger', `${data}/ledger.db`], { stdin: '246810\n' }) as { medins_setl_id: string }).medins_setl_id
const codeOf = (): string => (caresettleJson(['centre', 'enrol-code', '--db', db, '--institution', INSTITUTION]) as { code: string }).code
const show = (): Shown => caresettleJson(['day', 'show', '--data', data]) as Shown

beforeAll(async () => {
  mkdirSync(data)
  expect(caresettle(['card', 'new', '--from', fixture('cards', 'in-service-32k.json'), '--out', card]).exit).toBe(0)
  centre = await startCentre(['--db', db, '--demo'])
  port = new URL(centre.address).port
  expect(caresettle(['sync', 'connect', '--data', data, '--centre', centre.address, '--code', codeOf()]).exit).toBe(0)
  first = settle('MZ2024030100001')
}, 60_000)
afterAll(async () => {
  await centre?.kill()
  folder.remove()
})

describe('a till with a centre', () => {
  it('names what the centre has not confirmed yet', () => {
    const { items, centre: compared } = show()
    expect(compared).toMatchObject({ kind: 'answered', matched: 0, unmatched: 1 })
    expect(items).toMatchObject([{ item: 'unsynced', entries: [{ what: 'settlement', id: first }], resolution: { resolution: 'upload-again', standing: true } }])
  })

  it('agrees with it to the fen when everything is confirmed', () => {
    expect(caresettle(['sync', '--data', data]).exit).toBe(0)
    const { rows, groups, centre: compared, items } = show()
    expect(compared).toMatchObject({ kind: 'answered', matched: 1, unmatched: 0 })
    expect(rows.find(({ row }) => row === 'total')).toMatchObject({ till: '818.47', ledger: '818.47', centre: '818.47' })
    expect(rows.find(({ row }) => row === 'account')).toMatchObject({ till: '721.37', ledger: '721.37', centre: '721.37' })
    expect(rows.find(({ row }) => row === 'debited')).toMatchObject({ ledger: '721.37', cards: '721.37' })
    expect(groups).toEqual([
      {
        insutype: '310',
        clr_type: '11',
        ledger: { count: 1, medfee_sumamt: '818.47', fund_pay_sumamt: '97.10', acct_pay: '721.37', psn_cash_pay: '0.00' },
        centre: { count: 1, medfee_sumamt: '818.47', fund_pay_sumamt: '97.10', acct_pay: '721.37', psn_cash_pay: '0.00' }
      }
    ])
    expect(items).toEqual([])
  })

  it('a refund is a pair on both sides', () => {
    expect(caresettle(['ledger', 'refund', `${data}/ledger.db`, '--settlement', first, '--reason', '退药']).exit).toBe(0)
    expect(show().centre).toMatchObject({ kind: 'answered', matched: 1, unmatched: 1 })
    expect(caresettle(['sync', '--data', data]).exit).toBe(0)
    const { rows, centre: compared, items } = show()
    expect(compared).toMatchObject({ matched: 2, unmatched: 0 })
    expect(rows.find(({ row }) => row === 'total')).toMatchObject({ till: '0.00', ledger: '0.00', centre: '0.00' })
    expect(rows.find(({ row }) => row === 'refunds')).toMatchObject({ till: 1, ledger: 1, centre: 1 })
    expect(items.map(({ kind }) => kind)).toEqual(['owed-to-card'])
  })

  it('closes offline, says that the centre was not reached, and names the entry that it has not', async () => {
    await centre.kill()
    const second = settle('MZ2024030100002')
    const run = caresettle(['day', 'close', '--data', data, '--drawer', '0.00', '--json'])
    expect(run.exit, run.stderr).toBe(0)
    const { report } = JSON.parse(run.stdout) as { report: Shown & { signer: object } }
    expect(report.centre).toMatchObject({ kind: 'not-reached', reason: 'centre-down' })
    expect(report.items.find(({ kind }) => kind === 'unsynced')?.entries.map(({ id }) => id)).toEqual([second])
    expect(report.signer).toMatchObject({ key: 'terminal' })
    expect(caresettle(['ledger', 'verify', `${data}/ledger.db`]).exit).toBe(0)
  })

  it('opened again and closed with the centre back, the report says that nothing is open any more', async () => {
    centre = await startCentre(['--db', db, '--port', port])
    expect(caresettle(['sync', '--data', data]).exit).toBe(0)
    expect(caresettle(['day', 'reopen', '--data', data, '--reason', '中心恢复后重新核对']).exit).toBe(0)
    const { report } = caresettleJson(['day', 'close', '--data', data, '--drawer', '0.00']) as { report: Shown & { reopened: { changes: readonly { field: string; after: string | null }[] } } }
    expect(report.centre).toMatchObject({ kind: 'answered', matched: 3, unmatched: 0 })
    expect(report.reopened.changes.map(({ field }) => field)).toEqual(expect.arrayContaining(['rows.total.centre', 'items.unsynced', 'items.centre-not-asked']))
    expect(report.items.map(({ kind }) => kind)).toEqual(['owed-to-card'])
    // A close is a fact like any other: the centre takes it.
    expect(caresettle(['sync', '--data', data]).exit).toBe(0)
  })
})

describe('the window of the same till', () => {
  it('counts, decides, signs what it has seen, opens again and saves a CSV', async () => {
    settle('MZ2024030100003')
    const host = new HostTerminal({ data })
    try {
      const opened = { value: await openedAtRest(host) }
      expect(opened.value).toMatchObject({ state: 'open', steps: { counted: false }, period: { settlements: 1, refunds: 0 } })
      expect(opened.value.closes).toMatchObject([{ canReopen: true, reopened: null }, { canReopen: false, reopened: { reason: '中心恢复后重新核对' } }])
      expect(opened.value.rows.find(({ row }) => row === 'total')).toMatchObject({ name: { zh: '总额' }, till: '818.47', ledger: '818.47' })
      expect(opened.value.charts.byFund[0]).toMatchObject({ key: 'hifp_pay', name: { zh: '基本医疗保险统筹基金' } })
      expect(opened.value.charts.byHour).toHaveLength(1)

      expect(await host.call('close.count', { float: '-1', counted: '1' })).toMatchObject({ ok: false, error: { kind: 'amount-malformed' } })
      // The refund of the days before: money that is owed, with its person, and no difference.
      expect(opened.value.items.filter(({ kind }) => kind !== 'unsynced')).toMatchObject([{ kind: 'owed-to-card', settlementId: first, name: '测试一', amount: '721.37', chosen: { resolution: 'carry-over' } }])
      const counted = await host.call('close.count', { float: '200.00', counted: '195.00' })
      if (!counted.ok) throw new Error(JSON.stringify(counted.error))
      expect(counted.value.drawer).toEqual({ float: '200.00', received: '0.00', handedBack: '0.00', expected: '200.00', counted: '195.00', difference: '-5.00' })
      expect(await host.call('close.sign', { revision: counted.value.revision })).toMatchObject({ ok: false, error: { kind: 'close-hindered' } })

      expect(await host.call('close.resolve', { item: 'drawer', resolution: 'book-difference', note: ' ' })).toMatchObject({ ok: false, error: { kind: 'note-missing' } })
      const resolved = await host.call('close.resolve', { item: 'drawer', resolution: 'book-difference', note: '找零差错' })
      if (!resolved.ok) throw new Error(JSON.stringify(resolved.error))
      expect(resolved.value.whyNot).toEqual([])

      const stale = await host.call('close.sign', { revision: resolved.value.revision - 1 })
      expect(stale).toMatchObject({ ok: false, error: { kind: 'close-stale' } })
      const done = await host.call('close.sign', { revision: resolved.value.revision })
      if (!done.ok) throw new Error(JSON.stringify(done.error))
      const signed = done.value
      expect(signed).toMatchObject({ state: 'nothing', closes: [{ settlements: 1, total: '818.47', differences: 1, canReopen: true }, {}, {}] })
      const sequence = signed.closes[0]?.sequence ?? 0
      const report = await host.call('close.report', { sequence })
      expect(report).toMatchObject({ ok: true, value: { signed: { sequence }, drawer: { difference: '-5.00' }, institution: { code: INSTITUTION }, terminal: 'H99999900001-01' } })
      const csv = await host.call('close.csv', { sequence })
      if (!csv.ok) throw new Error(JSON.stringify(csv.error))
      expect(readFileSync(csv.value.saved, 'utf8').startsWith('\uFEFFsection,item,column,value,note,名称,name\r\n')).toBe(true)

      expect(await host.call('close.reopen', { sequence, reason: '' })).toMatchObject({ ok: false, error: { kind: 'reason-invalid' } })
      const reopened = await host.call('close.reopen', { sequence, reason: '再数一遍' })
      expect(reopened).toMatchObject({ ok: true, value: { state: 'open', drawer: { counted: '195.00' } } })
      expect(await host.call('close.reopen', { sequence, reason: '再数一遍' })).toMatchObject({ ok: false })
    } finally {
      await host.stop()
    }
  })

  /** When sync has confirmed everything: it writes to the ledger, and what was seen before is another day. */
  async function openedAtRest(host: HostTerminal) {
    for (let look = 0; look < 100; look += 1) {
      const seen = await host.call('close.open', {})
      if (!seen.ok) throw new Error(JSON.stringify(seen.error))
      if (!seen.value.items.some(({ kind }) => kind === 'unsynced')) return seen.value
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error('sync never confirms it')
  }
})

describe('totals and details over the wire', () => {
  it('are signed for, by days, of this terminal or of its institution, and bad questions are refused by name', async () => {
    const terminal = new CentreClient(sendTo(centre.address))
    expect((await terminal.enrol(codeOf())).status).toBe(200)
    const get = async (path: string): Promise<unknown> => JSON.parse((await terminal.get(path)).body)
    const days = 'from=2020-01-01&to=2099-12-31'
    expect(await get(`/v1/totals?${days}`)).toEqual({ from: '2020-01-01', to: '2099-12-31', totals: [] })
    expect(await get(`/v1/totals?${days}&terminal=all&refunded=without&insutype=310`)).toMatchObject({ totals: expect.arrayContaining([expect.objectContaining({ insutype: '310', clr_type: '11', medfee_sumamt: expect.stringMatching(/^\d+\.\d\d$/) })]) })
    const page = (await get(`/v1/details?${days}&terminal=all&limit=2`)) as { rows: readonly { medins_setl_id: string; posting: object }[]; next: string }
    expect(page.rows).toHaveLength(2)
    expect(page.rows[0]).toMatchObject({ medins_setl_id: first, refd_setl_flag: '1', posting: { source: 'debit-answer' } })
    const rest = (await get(`/v1/details?${days}&terminal=all&after=${page.next}`)) as { rows: readonly { medins_setl_id: string }[] }
    expect(rest.rows.map(({ medins_setl_id }) => medins_setl_id)).not.toContain(first)

    for (const [query, field] of [
      ['from=2026-13-01&to=2026-12-31', 'from'],
      ['from=2026-01-01', 'to'],
      ['from=2026-01-02&to=2026-01-01', 'to'],
      [`${days}&terminal=theirs`, 'terminal'],
      [`${days}&limit=501`, 'limit'],
      [`${days}&after=1%27--`, 'after'],
      [`${days}&institution=H99999900002`, '']
    ] as const) {
      const answer = await terminal.get(`/v1/details?${query}`)
      expect([answer.status, errorKind(answer), JSON.parse(answer.body).error.field], query).toEqual([400, 'query-malformed', field])
    }
    const stranger = new CentreClient(sendTo(centre.address))
    stranger.terminal = terminal.terminal
    expect((await stranger.get(`/v1/totals?${days}`)).status).toBe(401)
  })
})
