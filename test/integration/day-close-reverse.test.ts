/**
 * What only the centre has, and nobody left with, taken back from the close by its number: at the window, from the command
 * line, and asked once more after a lost answer. The ledger here is an older copy that has gone on by itself: the centre has two
 * settlements more, which cannot be fetched any more.
 */

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { centreReversal } from '../../electron/host/close/centre-reversal.ts'
import { centrePathsIn } from '../../electron/host/sync/centre-files.ts'
import { signedAsking, type AskSigned } from '../../electron/host/sync/centre-link.ts'
import { readTerminalKey } from '../../electron/host/sync/terminal-key.ts'
import type { RecordRow } from '../../settlement/close/rows.ts'
import { fen } from '../../settlement/money/fen.ts'
import { openLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import { sale } from '../contract/ledger-fixture.ts'
import { CentreClient, errorKind, sendTo } from '../support/centre-client.ts'
import { caresettle, caresettleJson, fixture, temporaryFolder } from '../support/command-line.ts'
import { HostTerminal } from '../support/host-terminal.ts'
import { startCentre, type RunningCentre } from '../support/running-centre.ts'

const INSTITUTION = 'H99999900001'
const folder = temporaryFolder()
const lost = folder.path('lost')
const till = folder.path('till')
const db = `sqlite:${folder.path('centre.db')}`
const card = folder.path('card')
let centre: RunningCentre
let second = ''
let third = ''

interface Shown {
  readonly centre: object
  readonly rows: readonly { readonly row: string; readonly ledger: string; readonly centre: string }[]
  readonly items: readonly { readonly item: string; readonly kind: string; readonly resolution: object | null }[]
  readonly settled: readonly object[]
}

function settle(visitNo: string): string {
  const visit = folder.path(`${visitNo}.json`)
  writeFileSync(visit, readFileSync(fixture('visits', 'outpatient-demo.json'), 'utf8').replace('MZ2024030100001', visitNo))
  const args = ['settle', '--visit', visit, '--card', card, '--pin-stdin', '--ledger', `${lost}/ledger.db`]
  return (caresettleJson(args, { stdin: '246810\n' }) as { medins_setl_id: string }).medins_setl_id
}
/** By a hold that came to nothing. */
function goOn(): void {
  const opened = openLedger({ path: `${till}/ledger.db`, create: false })
  invariant(opened.ok && opened.value.hold(sale(1)).ok, 'a hold')
  invariant(opened.value.release({ settlementId: sale(1).settlementId, proof: 'the card refused: mute', releasedAt: '20230915093005' }).ok, 'released')
  opened.value.close()
}
const codeOf = (): string => (caresettleJson(['centre', 'enrol-code', '--db', db, '--institution', INSTITUTION]) as { code: string }).code
const show = (): Shown => caresettleJson(['day', 'show', '--data', till]) as Shown
const close = (...more: string[]) => caresettle(['day', 'close', '--data', till, '--drawer', '0.00', ...more, '--json'])
const kindsOf = ({ items }: Shown): readonly string[] => items.map(({ item }) => item)

const rowOf = (id: string): RecordRow => ({
  id,
  setlId: 'S',
  setlTime: '20260315120000',
  insuranceType: '310',
  clearingType: '11',
  sums: { total: fen(81847), fundPaid: fen(9710), account: fen(72137), cash: fen(0) },
  reverses: undefined,
  reversedBy: undefined,
  posting: undefined
})

/** As the till asks, with its own key. */
function asking(): AskSigned {
  const key = readTerminalKey(centrePathsIn(till).key)
  if (!key.ok) throw new Error(JSON.stringify(key.error))
  const now = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().replaceAll(/\D/g, '').slice(0, 14)
  return signedAsking({ url: centre.address, terminal: `${INSTITUTION}-01`, key: key.value, clock: () => ({ time: now(), epochMs: Date.now() }) })
}

beforeAll(async () => {
  mkdirSync(lost)
  expect(caresettle(['card', 'new', '--from', fixture('cards', 'in-service-32k.json'), '--out', card]).exit).toBe(0)
  centre = await startCentre(['--db', db, '--demo'])
  expect(caresettle(['sync', 'connect', '--data', lost, '--centre', centre.address, '--code', codeOf()]).exit).toBe(0)
  settle('MZ2024030100001')
  expect(caresettle(['sync', '--data', lost]).exit).toBe(0)
  cpSync(lost, till, { recursive: true })
  goOn()
  second = settle('MZ2024030100002')
  third = settle('MZ2024030100003')
  expect(caresettle(['sync', '--data', lost]).exit).toBe(0)
}, 120_000)
afterAll(async () => {
  await centre?.kill()
  folder.remove()
})

describe('what only the centre has', () => {
  it('keeps the day open', () => {
    const shown = show()
    expect(shown.centre).toMatchObject({ kind: 'answered', matched: 1, unmatched: 2 })
    expect(kindsOf(shown)).toEqual([`centre-only:${second}`, `centre-only:${third}`])
    expect(close().exit).toBe(3)
  })

  it('is taken back at the window, with a reason, and is an open item no more', async () => {
    const host = new HostTerminal({ data: till })
    try {
      await host.heard((event) => (event.topic === 'sync' && event.sync.lostBatches !== null ? true : undefined), host.events)
      expect(await host.call('close.resolve', { item: `centre-only:${second}`, resolution: 'reverse-at-centre', note: '患者未取药' })).toMatchObject({ ok: false, error: { kind: 'ledger-older' } })
      const heard = host.events.length
      expect(await host.call('sync.restore', {})).toMatchObject({ ok: false, error: { kind: 'histories-differ' } })
      await host.heard((event) => (event.topic === 'sync' && event.sync.lostBatches === null ? true : undefined), host.events.slice(heard))
      const opened = await host.call('close.open', {})
      if (!opened.ok) throw new Error(JSON.stringify(opened.error))
      const item = `centre-only:${second}`
      expect(opened.value.items.find((one) => one.item === item)?.offered.map(({ resolution, needsNote }) => [resolution, needsNote])).toEqual([
        ['hand-to-person', true],
        ['reverse-at-centre', true]
      ])
      expect(await host.call('close.resolve', { item, resolution: 'reverse-at-centre', note: '' })).toMatchObject({ ok: false, error: { kind: 'note-missing' } })
      const resolved = await host.call('close.resolve', { item, resolution: 'reverse-at-centre', note: '患者未取药' })
      if (!resolved.ok) throw new Error(JSON.stringify(resolved.error))
      expect(resolved.value.items.map((one) => one.item).filter((key) => key.startsWith('centre-only'))).toEqual([`centre-only:${third}`])
    } finally {
      await host.stop()
    }
  })

  it('asked again after a lost answer it is what it was, and no third row is there', async () => {
    const { centre: compared, rows, items } = show()
    const row = rowOf(second)
    expect(await centreReversal(asking)(row, '患者未取药')).toEqual({ ok: true, value: undefined })
    expect(show()).toMatchObject({ centre: compared, rows, items })
    expect(compared).toMatchObject({ matched: 1, unmatched: 1 })
    expect(await centreReversal(() => undefined)(row, '患者未取药')).toMatchObject({ ok: false, error: expect.stringContaining('offline') })
    expect(await centreReversal(asking)(rowOf('M9'), '患者未取药')).toMatchObject({ ok: false, error: expect.stringContaining('no settlement is booked under this number') })
  })

  it('is taken back from the command line, and the four books agree when the day is closed', () => {
    expect(close('--reverse', third).exit).toBe(2)
    const unsaid = close('--reverse', `${third}=`)
    expect([unsaid.exit, JSON.parse(unsaid.stdout)]).toMatchObject([2, { error: { kind: 'note-missing' } }])
    const unknown = close('--reverse', 'M9=患者未取药')
    expect([unknown.exit, JSON.parse(unknown.stdout)]).toMatchObject([2, { error: { kind: 'item-unknown', message: expect.stringContaining('--reverse: "M9" must be a difference of this day: ') as string } }])

    const closed = close('--reverse', `${third}=患者离开`, '--by', '李某')
    expect(closed.exit, closed.stderr).toBe(0)
    const { report } = JSON.parse(closed.stdout) as { report: Shown }
    expect(kindsOf(report)).toEqual([])
    expect(report.centre).toMatchObject({ kind: 'answered', matched: 1, unmatched: 0 })
    expect(report.rows.find(({ row }) => row === 'total')).toMatchObject({ ledger: '818.47', centre: '818.47' })
    expect(report.settled).toMatchObject([
      { item: `centre-only:${second}`, resolution: 'reverse-at-centre', note: '患者未取药' },
      { item: `centre-only:${third}`, resolution: 'reverse-at-centre', note: '患者离开', by: '李某' }
    ])
    expect(caresettle(['ledger', 'verify', `${till}/ledger.db`]).exit).toBe(0)
  })
})

describe('POST /v1/reversals', () => {
  it('is for the terminal that it was booked from, and bad questions are refused by name', async () => {
    const other = new CentreClient(sendTo(centre.address))
    expect((await other.enrol(codeOf())).status).toBe(200)
    for (const [body, status, kind] of [
      [{ medinsSetlId: second, reason: '患者未取药' }, 403, 'settlement-of-another'],
      [{ medinsSetlId: 'M9', reason: '患者未取药' }, 404, 'settlement-unknown'],
      [{ medinsSetlId: second, reason: '' }, 400, 'request-malformed'],
      [{ medinsSetlId: second, reason: ' ' }, 400, 'request-malformed'],
      [{ medinsSetlId: second, reason: 'x'.repeat(201) }, 400, 'request-malformed'],
      [{ medinsSetlId: 7, reason: '患者未取药' }, 400, 'request-malformed'],
      [{ medinsSetlId: second }, 400, 'request-malformed'],
      [{ medinsSetlId: second, reason: '患者未取药', terminal: `${INSTITUTION}-01` }, 400, 'request-malformed']
    ] as const) {
      const answer = await other.post('/v1/reversals', body)
      expect([answer.status, errorKind(answer)], JSON.stringify(body)).toEqual([status, kind])
    }
    const stranger = new CentreClient(sendTo(centre.address))
    stranger.terminal = `${INSTITUTION}-01`
    expect((await stranger.post('/v1/reversals', { medinsSetlId: second, reason: '患者未取药' })).status).toBe(401)
  })
})
