/**
 * The window's host with everything that goes wrong at a counter: the card pulled before, inside and after the debit, an
 * answer that is lost, a host that is killed at every step, an impatient cashier. Whatever happens: charged once and booked,
 * or not charged; and the card that comes back says which: at once when nothing was taken, else after its PIN.
 */

import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TerminalEvent } from '../../electron/contract/events.ts'
import type { FaultKind } from '../../electron/contract/reader-view.ts'
import type { ResolutionView } from '../../electron/contract/settlement-view.ts'
import { SETTLE_STEPS } from '../../settlement/case/settle-visit.ts'
import { verifyLedger } from '../../settlement/verifier/verify-ledger.ts'
import { temporaryFolder } from '../support/command-line.ts'
import { startHost, type HostTerminal } from '../support/host-terminal.ts'

const CARD = 'in-service-32k'
const PIN = '246810'
const BEFORE = '2760.00'
/** 818.47 of which the fund pays 97.10; the account has enough for the rest. */
const AFTER = '2038.63'

let folder: ReturnType<typeof temporaryFolder>
let data: string

beforeEach(() => {
  folder = temporaryFolder()
  data = folder.path('data')
})
afterEach(() => folder.remove())

const ready = (event: TerminalEvent) => (event.topic === 'card' && event.panel.state === 'ready' ? event.panel.card : undefined)
const resolved = (event: TerminalEvent): readonly ResolutionView[] | undefined => (event.topic === 'resolved' ? event.resolutions : undefined)

async function insertCard(host: HostTerminal): Promise<number> {
  const card = host.heard(ready)
  expect((await host.call('reader.insert', { card: CARD })).ok).toBe(true)
  return (await card).presence
}

async function verifyPin(host: HostTerminal, presence: number): Promise<string> {
  const verified = await host.call('card.verify-pin', { presence, pin: PIN, lastTry: false })
  if (!verified.ok) throw new Error(verified.error.kind)
  return verified.value.account.state === 'on-card' ? verified.value.account.balance : verified.value.account.state
}

/** Card in, first bill of the queue open, PIN given: everything but the button. */
async function prepare(host: HostTerminal) {
  await host.call('reader.pace', { pace: 'instant' })
  const presence = await insertCard(host)
  const state = await host.call('terminal.state', {})
  const file = state.ok ? state.value.queue.find(({ visit }) => visit?.patient === '测试一')?.file : undefined
  const bill = await host.call('bill.open-queue', { file: file ?? 'no visit waits' })
  if (!bill.ok) throw new Error(bill.error.kind)
  await verifyPin(host, presence)
  return settleParams(host, presence)
}

async function billOf(host: HostTerminal) {
  const state = await host.call('terminal.state', {})
  return state.ok ? state.value.bill : null
}

async function byHand(host: HostTerminal, quantity: string) {
  const begun = await host.call('bill.start', {})
  if (!begun.ok) throw new Error(begun.error.kind)
  const added = await host.call('bill.add-line', { revision: begun.value.revision, code: 'XM01AEB090A001010199999', quantity })
  if (!added.ok) throw new Error(added.error.kind)
  return begun.value
}

async function settleParams(host: HostTerminal, presence: number) {
  const state = await host.call('terminal.state', {})
  const bill = state.ok ? state.value.bill : null
  if (bill?.outcome.state !== 'computed') throw new Error(`not computed: ${JSON.stringify(bill)}`)
  return { presence, revision: bill.revision, cash: bill.outcome.sums.cash }
}

async function outcomeOf(host: HostTerminal) {
  const records = await host.call('records.search', { from: '2000-01-01', to: '2999-12-31', text: '', state: 'all', after: null, limit: 50 })
  const state = await host.call('terminal.state', {})
  if (!records.ok || !state.ok) throw new Error('the host does not answer')
  return { records: records.value.rows.map(({ state: of }) => of), inDoubt: state.value.inDoubt.length, bill: state.value.bill === null }
}

async function balanceOf(host: HostTerminal): Promise<string> {
  await host.call('reader.remove', {})
  const presence = await insertCard(host)
  return verifyPin(host, presence)
}

function expectSound(): void {
  const verified = verifyLedger(join(data, 'ledger.db'))
  expect(verified.ok && verified.value.findings).toEqual([])
}

describe('a card that is pulled out', () => {
  it.each<[FaultKind, ResolutionView['outcome'], string]>([
    ['remove-before-debit', 'released', BEFORE],
    ['cut-in-debit', 'released', BEFORE],
    ['remove-after-debit', 'in-doubt', AFTER]
  ])('at the debit (%s) leaves the visit in doubt; put back, it is %s, and nothing is after the PIN', async (fault, outcome, balance) => {
    const host = await startHost({ data })
    const params = await prepare(host)
    await host.call('reader.fault', { kind: fault })
    const settled = await host.call('settle', params)
    expect(settled).toMatchObject({ ok: false, error: { kind: 'in-doubt' } })
    expect(await outcomeOf(host)).toEqual({ records: ['in-doubt'], inDoubt: 1, bill: true })

    const found = host.heard(resolved)
    await host.call('reader.insert', { card: CARD })
    expect((await found).map(({ outcome: of }) => of)).toEqual([outcome])
    const waits = outcome === 'in-doubt'
    expect(await outcomeOf(host)).toEqual({ records: waits ? ['in-doubt'] : [], inDoubt: waits ? 1 : 0, bill: true })
    expect(await balanceOf(host)).toBe(balance)
    expect(await outcomeOf(host)).toEqual({ records: waits ? ['settled'] : [], inDoubt: 0, bill: true })
    await host.stop()
    expectSound()
  })

  it('leaves a bill that was made by hand to come back where no other is open', async () => {
    const host = await startHost({ data })
    await host.call('reader.pace', { pace: 'instant' })
    const presence = await insertCard(host)
    const bill = await byHand(host, '3')
    await verifyPin(host, presence)
    await host.call('reader.fault', { kind: 'cut-in-debit' })
    expect(await host.call('settle', await settleParams(host, presence))).toMatchObject({ ok: false, error: { kind: 'in-doubt' } })

    const next = await byHand(host, '1')
    const found = host.heard(resolved)
    await insertCard(host)
    expect((await found).map(({ outcome }) => outcome)).toEqual(['released'])
    expect(await billOf(host)).toMatchObject({ visit: { visitNo: next.visit.visitNo }, lines: [{ quantity: '1' }] })
    await host.call('bill.close', {})
    expect(await billOf(host)).toMatchObject({ visit: { visitNo: bill.visit.visitNo }, lines: [{ quantity: '3' }], madeFor: null })
    await host.call('bill.close', {})
    expect(await billOf(host)).toBeNull()
    await host.stop()
    expectSound()
  })

  it('and whose answer alone is lost resolves itself at once, for it is still there with its PIN', async () => {
    const host = await startHost({ data })
    const params = await prepare(host)
    await host.call('reader.fault', { kind: 'lose-debit-answer' })
    const found = host.heard(resolved)
    expect(await host.call('settle', params)).toMatchObject({ ok: false, error: { kind: 'in-doubt' } })
    expect((await found).map(({ outcome }) => outcome)).toEqual(['posted'])
    expect(await outcomeOf(host)).toEqual({ records: ['settled'], inDoubt: 0, bill: true })
    await host.stop()
    expectSound()
  })

  it('by hand at any moment of the settlement is charged and booked, or neither', async () => {
    const outcomes = new Set<string>()
    for (const afterMs of [1, 200, 400, 600, 4_000]) {
      data = folder.path(`at-${afterMs}`)
      const host = await startHost({ data })
      const params = await prepare(host)
      await host.call('reader.pace', { pace: 'card' })
      const settling = host.call('settle', params)
      await Promise.race([settling, new Promise((resolve) => setTimeout(resolve, afterMs))])
      await host.call('reader.remove', {})
      const settled = await settling
      outcomes.add(settled.ok ? 'settled' : settled.error.kind)
      await host.call('reader.pace', { pace: 'instant' })
      const balance = await balanceOf(host)
      expect(await outcomeOf(host)).toMatchObject({ records: balance === AFTER ? ['settled'] : [], inDoubt: 0 })
      await host.stop()
      expectSound()
    }
    expect([...outcomes]).toContain('settled')
    expect([...outcomes]).toContain('session-ended')
  })

  it('before the PIN is another presence: nothing is asked of the next card in its name', async () => {
    const host = await startHost({ data })
    const presence = await insertCard(host)
    await host.call('reader.remove', {})
    expect(await host.call('card.verify-pin', { presence, pin: PIN, lastTry: false })).toMatchObject({ ok: false, error: { kind: 'no-card' } })
    const next = host.heard(ready)
    await host.call('reader.insert', { card: 'retired-32k' })
    const { triesLeft } = await next
    expect(await host.call('card.verify-pin', { presence, pin: PIN, lastTry: false })).toMatchObject({ ok: false, error: { kind: 'card-changed' } })
    const state = await host.call('terminal.state', {})
    expect(state.ok && state.value.panel.state === 'ready' && state.value.panel.card.triesLeft).toBe(triesLeft)
    await host.stop()
  })
})

describe('an impatient cashier', () => {
  it('who presses twice settles once', async () => {
    const host = await startHost({ data })
    const params = await prepare(host)
    const [first, second] = await Promise.all([host.call('settle', params), host.call('settle', params)])
    expect([first.ok, second.ok]).toEqual([true, false])
    expect(await host.call('settle', params)).toMatchObject({ ok: false, error: { kind: 'no-bill' } })
    expect(await outcomeOf(host)).toMatchObject({ records: ['settled'] })
    await host.stop()
    expectSound()
  })

  it('who edits while it settles is told to wait', async () => {
    const host = await startHost({ data })
    const params = await prepare(host)
    const settling = host.call('settle', params)
    expect(await host.call('bill.use-account', { revision: params.revision, flag: '0' })).toMatchObject({ ok: false, error: { kind: 'settling' } })
    expect(await host.call('bill.close', {})).toMatchObject({ ok: false, error: { kind: 'settling' } })
    expect((await settling).ok).toBe(true)
    await host.stop()
  })

  it('who opens the settled visit again is told that it is settled', async () => {
    const host = await startHost({ data })
    const state = await host.call('terminal.state', {})
    const file = state.ok ? state.value.queue[0]?.file : undefined
    const text = JSON.stringify(JSON.parse((await import('node:fs')).readFileSync(join(data, 'queue', file ?? ''), 'utf8')))
    expect((await host.call('settle', await prepare(host))).ok).toBe(true)
    expect((await host.call('bill.open-text', { text })).ok).toBe(true)
    const card = await host.call('terminal.state', {})
    const presence = card.ok && card.value.panel.state === 'ready' ? card.value.panel.card.presence : 0
    await verifyPin(host, presence)
    expect(await host.call('settle', await settleParams(host, presence))).toMatchObject({ ok: false, error: { kind: 'visit-already-settled' } })
    await host.stop()
    expectSound()
  })
})

describe('a host that is killed', () => {
  it.each([...SETTLE_STEPS, 'card-write#1', 'card-write#3', 'card-write#5', 'psam-write#2'])('at %s comes back with the card and resolves what it left', async (killAt) => {
    const host = await startHost({ data, killAt })
    let killed = false
    void host.exited.then(() => (killed = true))
    const prepared = await Promise.race([prepare(host), host.exited.then(() => undefined)])
    if (prepared !== undefined) await Promise.race([host.call('settle', prepared), host.exited])
    await expect.poll(() => killed, { timeout: 5_000 }).toBe(true)
    expect(await host.exited).toBe('SIGKILL')

    const again = await startHost({ data, insert: CARD })
    await again.heard(ready, again.events)
    await again.call('reader.pace', { pace: 'instant' })
    const balance = await balanceOf(again)
    expect(await outcomeOf(again)).toEqual({ records: balance === AFTER ? ['settled'] : [], inDoubt: 0, bill: true })
    expect([BEFORE, AFTER]).toContain(balance)
    await again.stop()
    expectSound()
  })
})
