/**
 * A till whose ledger was put back from an older copy, at its own window: nothing is written until the centre's records are here
 * again, and then it goes on as if nothing had been. The centre runs in this process.
 */

import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import type { WiredCentre } from '../../electron/centre/wire-centre.ts'
import type { CardView } from '../../electron/contract/card-view.ts'
import type { TerminalEvent } from '../../electron/contract/events.ts'
import type { SyncView } from '../../electron/contract/sync-view.ts'
import { verifyLedger } from '../../settlement/verifier/verify-ledger.ts'
import { fixture, temporaryFolder } from '../support/command-line.ts'
import { startHost, type HostTerminal } from '../support/host-terminal.ts'
import { connectHost, openSeededCentre, valueOf as value } from '../support/seeded-centre.ts'

const CARD = 'in-service-32k'
const PIN = '246810'

let folder: ReturnType<typeof temporaryFolder>
let centre: WiredCentre
let host: HostTerminal
const ledger = (): string => join(folder.path('data'), 'ledger.db')

beforeEach(async () => {
  folder = temporaryFolder()
  centre = await openSeededCentre(folder.path('centre.db'))
  host = await startHost({ data: folder.path('data') })
}, 60_000)
afterEach(async () => {
  await host.stop()
  await centre.close()
  folder.remove()
})

const kindOf = (answer: { readonly ok: true } | { readonly ok: false; readonly error: { readonly kind: string } }): string => (answer.ok ? 'done' : answer.error.kind)
const state = async () => value(await host.call('terminal.state', {}))

/** Until the till's own word of its centre is so. It is asked: what becomes so again within a moment is not told. */
async function syncIs(isSo: (view: SyncView) => boolean): Promise<SyncView> {
  await expect.poll(async () => isSo((await state()).sync), { timeout: 20_000 }).toBe(true)
  return (await state()).sync
}

const ready = (event: TerminalEvent): CardView | undefined => (event.topic === 'card' && event.panel.state === 'ready' ? event.panel.card : undefined)

async function insert(): Promise<CardView> {
  const shown = host.heard(ready)
  value(await host.call('reader.insert', { card: CARD }))
  return shown
}

/** With the card that lies in the reader. */
async function settle(presence: number): Promise<string> {
  value(await host.call('bill.open-text', { text: readFileSync(fixture('visits', 'outpatient-demo.json'), 'utf8') }))
  value(await host.call('card.verify-pin', { presence, pin: PIN, lastTry: false }))
  const { bill } = await state()
  invariant(bill?.outcome.state === 'computed', 'the bill is computed')
  return value(await host.call('settle', { presence, revision: bill.revision, cash: bill.outcome.sums.cash })).settlementId
}

it('settles, refunds and closes nothing until what it has lost is here again, and then goes on', async () => {
  await connectHost(host, centre)
  await host.call('reader.pace', { pace: 'instant' })
  await syncIs(({ link, downloads }) => link === 'up' && downloads.every(({ fetchedAt }) => fetchedAt !== null))
  await host.stop()
  copyFileSync(ledger(), folder.path('older.db'))

  host = await startHost({ data: folder.path('data') })
  const settlementId = await settle((await insert()).presence)
  await host.call('sync.now', {})
  await syncIs(({ unconfirmed, queue }) => unconfirmed.count === 0 && queue.facts === 0)
  await host.stop()
  for (const rest of ['-wal', '-shm']) rmSync(`${ledger()}${rest}`, { force: true })
  copyFileSync(folder.path('older.db'), ledger())

  host = await startHost({ data: folder.path('data') })
  expect(await syncIs(({ lostBatches }) => lostBatches !== null)).toMatchObject({ link: 'refused', attempt: { nextAt: null } })
  const first = await insert()
  expect(first.warnings).toMatchObject([{ kind: 'ledger-older', blocks: true, refusal: { mend: { zh: '请在“同步”页按“取回”，一般几秒钟，之后即可结算' } } }])
  await expect(settle(first.presence)).rejects.toThrow('ledger-older')
  expect(kindOf(await host.call('records.refund', { settlementId, reason: '退药' }))).toBe('ledger-older')
  expect(kindOf(await host.call('close.sign', { revision: 1 }))).toBe('ledger-older')

  // A till that starts without its centre still knows.
  value(await host.call('sync.pause', {}))
  await host.stop()
  host = await startHost({ data: folder.path('data') })
  expect((await state()).sync).toMatchObject({ link: 'paused', lostBatches: 2 })
  const { presence, warnings } = await insert()
  expect(warnings).toMatchObject([{ kind: 'ledger-older', blocks: true }])
  value(await host.call('sync.resume', {}))

  expect(value(await host.call('sync.restore', {}))).toEqual({ settlements: 1, refunds: 0, loads: 0, closes: 0 })
  await syncIs(({ lostBatches, link, unconfirmed }) => lostBatches === null && link === 'up' && unconfirmed.count === 0)
  // Its PIN was given while it was not asked what it left open, so it has served.
  const isAskedAnew = (event: TerminalEvent): CardView | undefined => {
    const card = ready(event)
    return card?.warnings.length === 0 && !card.verified ? card : undefined
  }
  expect(await host.heard(isAskedAnew, host.events)).toMatchObject({ presence, triesLeft: 6 })
  expect(value(await host.call('records.open', { settlementId }))).toMatchObject({ confirmation: { state: 'confirmed' } })
  await expect(settle(presence)).rejects.toThrow('visit-already-settled')
  expect(value(await host.call('records.refund', { settlementId, reason: '退药' }))).toMatchObject({ state: 'refunded' })
  expect(value(await host.call('sync.restore', {}))).toEqual({ settlements: 0, refunds: 0, loads: 0, closes: 0 })
  const verified = verifyLedger(ledger())
  expect(verified.ok && verified.value.findings).toEqual([])
}, 120_000)

/** Connected, and what it has settled is booked. */
async function settledAtCentre(): Promise<{ readonly url: string; readonly settlementId: string }> {
  const url = await connectHost(host, centre)
  await host.call('reader.pace', { pace: 'instant' })
  const settlementId = await settle((await insert()).presence)
  await host.call('sync.now', {})
  await syncIs(({ unconfirmed, queue }) => unconfirmed.count === 0 && queue.facts === 0)
  return { url, settlementId }
}

it('whose key is lost is connected anew by a code alone, sends everything again, and goes on under another name', async () => {
  const { url, settlementId } = await settledAtCentre()
  await host.stop()
  rmSync(folder.path('data/terminal-key.pem'))

  host = await startHost({ data: folder.path('data') })
  expect((await state()).sync).toMatchObject({
    link: 'refused',
    mayConnectAnew: true,
    attempt: { nextAt: null, reason: { zh: '本机向中心证明身份的密钥不能使用' }, detail: 'it is not there: the terminal has to be enrolled anew' }
  })
  const wrong = await host.call('sync.connect', { url, code: 'AAAA-BBBB-CCCC' })
  expect(kindOf(wrong)).toBe('code-refused')
  expect((await state()).sync).toMatchObject({ link: 'refused', mayConnectAnew: true })
  await connectHost(host, centre, url)
  await host.call('sync.now', {})
  expect(await syncIs(({ link, queue }) => link === 'up' && queue.facts === 0)).toMatchObject({
    centre: { terminal: 'H99999900001-02' },
    mayConnectAnew: false,
    unconfirmed: { count: 0 },
    parked: []
  })
  expect(value(await host.call('records.refund', { settlementId, reason: '退药' }))).toMatchObject({ state: 'refunded' })
  await host.call('sync.now', {})
  await syncIs(({ unconfirmed, queue }) => unconfirmed.count === 0 && queue.facts === 0)
  expect(kindOf(await host.call('sync.connect', { url, code: 'AAAA-BBBB-CCCC' }))).toBe('already-connected')
  const verified = verifyLedger(ledger())
  expect(verified.ok && verified.value.findings).toEqual([])
}, 120_000)

it('that the centre has forgotten is connected anew while its window stands', async () => {
  const { url } = await settledAtCentre()
  const { db } = centre.ports.database
  for (const table of ['unbooked', 'batch', 'settlement', 'accumulator', 'enrolment_code', 'terminal'] as const) await db.deleteFrom(table).execute()
  await host.call('sync.now', {})
  await syncIs(({ mayConnectAnew }) => mayConnectAnew)
  await connectHost(host, centre, url)
  await host.call('sync.now', {})
  await expect.poll(() => db.selectFrom('settlement').select('terminal').execute(), { timeout: 20_000 }).toEqual([{ terminal: 'H99999900001-01' }])
  expect(await syncIs(({ link, queue }) => link === 'up' && queue.facts === 0)).toMatchObject({ mayConnectAnew: false, unconfirmed: { count: 0 }, parked: [] })
}, 120_000)
