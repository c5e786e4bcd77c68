/**
 * The terminal host itself, as the window has it, beside a real centre: it syncs while nobody waits, dies by kill -9 at every
 * step of that, comes back, and both sides have the same.
 */

import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../electron/host/system.ts'
import type { SyncView } from '../../electron/contract/sync-view.ts'
import { openLedgerForReading } from '../../settlement/store/sqlite/open-ledger.ts'
import { verifyLedger } from '../../settlement/verifier/verify-ledger.ts'
import { bookedHere, bookedThere, chainHere, chainThere } from '../support/both-books.ts'
import { HostTerminal } from '../support/host-terminal.ts'
import { got, INSTITUTION, openWorld, worldCard, type World } from '../support/sync-world.ts'

const CARDS = ['in-service-32k', 'retired-32k', 'resident-adult', 'rare-name', 'empty-purse', 'pboc-profile']
const WAIT = { timeout: 30_000, interval: 200 }

let world: World
let host: HostTerminal | undefined
let terminals = 0

beforeAll(async () => {
  world = await openWorld()
})
afterEach(async () => {
  host?.child.kill()
  await host?.exited
  host = undefined
})
afterAll(() => world.close())

/** The data folder of a till with one settlement, enrolled. */
async function till(): Promise<{ readonly data: string; readonly terminal: string }> {
  terminals += 1
  // The host has the machine's clock, so everybody has it.
  world.clock.time = systemClock().cardTime
  const terminal = await world.terminal(terminals)
  await terminal.settle(worldCard(CARDS[terminals - 1] ?? ''))
  terminal.close()
  return { data: terminal.folder, terminal: `${INSTITUTION}-${String(terminals).padStart(2, '0')}` }
}

async function view(): Promise<SyncView> {
  const state = await host?.call('terminal.state', {})
  if (state?.ok !== true) throw new Error('the host does not answer')
  return state.value.sync
}

async function agree(data: string, terminal: string): Promise<void> {
  const path = join(data, 'ledger.db')
  const ledger = got(openLedgerForReading(path))
  try {
    expect(bookedHere(ledger)).toEqual(await bookedThere(world.centre.ports.database, terminal))
    // What the host has confirmed last may not have gone back yet.
    const there = await chainThere(world.centre.ports.database, terminal)
    expect(chainHere(ledger).slice(0, there.length)).toEqual(there)
    expect(there.length).toBeGreaterThanOrEqual(2)
  } finally {
    ledger.close()
  }
  expect(got(verifyLedger(path)).findings).toEqual([])
}

describe('a host beside its centre', () => {
  it.each(['sync-made', 'sync-sent', 'sync-answered', 'sync-applied'])('killed at "%s" comes back, and the settlement is booked once', async (killAt) => {
    const { data, terminal } = await till()
    host = new HostTerminal({ data, killAt })
    expect(await host.exited).toBe('SIGKILL')
    host = new HostTerminal({ data })
    await expect.poll(async () => (await view()).unconfirmed.count, WAIT).toBe(0)
    expect((await bookedThere(world.centre.ports.database, terminal)).settlements).toBe(1)
    await agree(data, terminal)
  }, 60_000)

  it('goes offline when a person says so, stays offline over a restart, and is online again when a person says so', async () => {
    const { data } = await till()
    host = new HostTerminal({ data })
    expect(await host.call('sync.pause', {})).toMatchObject({ ok: true, value: { link: 'paused', unconfirmed: { count: 1 } } })
    expect(await host.call('sync.now', {})).toMatchObject({ ok: false, error: { kind: 'paused' } })
    host.child.kill()
    await host.exited
    host = new HostTerminal({ data })
    expect(await view()).toMatchObject({ link: 'paused', unconfirmed: { count: 1 }, attempt: null })
    expect(await host.call('sync.resume', {})).toMatchObject({ ok: true, value: { link: 'up' } })
    await expect.poll(view, WAIT).toMatchObject({ link: 'up', unconfirmed: { count: 0, since: null } })
    expect((await view()).downloads.map(({ kind, stale, limitDays }) => `${kind} ${stale} ${limitDays}`)).toEqual([
      'policies false 7', 'catalogue false null', 'lost-cards false 7', 'entitlements false 7'
    ])
  }, 60_000)

  it('tells the window what it cannot do, and that a person is needed', async () => {
    const { data } = await till()
    host = new HostTerminal({ data })
    expect(await host.call('sync.connect', { url: world.url, code: 'X' })).toMatchObject({ ok: false, error: { kind: 'already-connected' } })
    expect(await host.call('sync.retry', { sequence: 2 })).toMatchObject({ ok: false, error: { kind: 'not-parked' } })
    expect(await host.call('sync.hand-over', { sequence: 2, note: '' })).toMatchObject({ ok: false, error: { kind: 'note-missing' } })
  }, 60_000)

  it('hears that a card which left has paid elsewhere, releases its hold, and tells the window so', async () => {
    world.clock.time = systemClock().cardTime
    world.clock.wait(-120_000)
    const [first, other] = [await world.terminal((terminals += 1)), await world.terminal((terminals += 1))]
    const card = worldCard('low-tries')
    await first.dieAt('held', card)
    const visit = got(first.ledger.openHolds())[0]?.fact.visit.visitNo
    await other.settle(card, 'emergency-level-3')
    expect(await other.pass()).toMatchObject({ parked: [], end: { kind: 'idle' } })
    first.close()
    world.clock.time = systemClock().cardTime
    host = new HostTerminal({ data: first.folder })
    expect(await host.call('terminal.state', {})).toMatchObject({ ok: true, value: { inDoubt: [{ visitNo: visit }] } })
    const resolution = await host.heard((event) => (event.topic === 'resolved' ? event.resolutions[0] : undefined), host.events)
    expect(resolution).toMatchObject({ kind: 'settlement', visitNo: visit, outcome: 'released' })
    expect(resolution.text.zh).toBe('医保中心已记有该卡同一交易序号的另一笔结算，证明卡没有扣本笔款，预记录已释放，可以重新结算')
    expect(await host.call('terminal.state', {})).toMatchObject({ ok: true, value: { inDoubt: [] } })
  }, 60_000)
})
