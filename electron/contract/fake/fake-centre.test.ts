import { describe, expect, it } from 'vitest'
import type { CloseView } from '../close-view.ts'
import type { Answer } from '../terminal.ts'
import type { RequestName } from '../requests.ts'
import { FIXTURE_CODE } from './fake-sync.ts'
import { createFakeTerminal, type FakeTerminal } from './fake-terminal.ts'
import { REFUNDED_STATEMENT, SAMPLE_IN_DOUBT, SETTLED_STATEMENT } from './sample-views.ts'

const URL = 'https://centre.test.invalid:8443'

function value<Name extends RequestName>(answer: Answer<Name>) {
  if (!answer.ok) throw new Error(answer.error.kind)
  return answer.value
}

const kind = (answer: Answer<RequestName>): string => (answer.ok ? 'ok' : answer.error.kind)

describe('the link of the fake', () => {
  it('counts seven entries of the samples, and confirms them oldest first once it is connected', async () => {
    const fake = createFakeTerminal()
    expect(value(await fake.call('terminal.state', {})).sync.unconfirmed).toEqual({ count: 7, since: '2026-03-01 10:00:20' })
    expect(kind(await fake.call('sync.connect', { url: 'centre', code: FIXTURE_CODE }))).toBe('address-malformed')
    expect(kind(await fake.call('sync.connect', { url: URL, code: 'WRONG' }))).toBe('code-refused')
    expect(value(await fake.call('sync.connect', { url: URL, code: FIXTURE_CODE }))).toMatchObject({ link: 'up', unconfirmed: { count: 7 } })
    fake.centre.confirm(2)
    expect(value(await fake.call('terminal.state', {})).sync.unconfirmed).toEqual({ count: 5, since: '2026-03-03 11:20:00' })
    expect(value(await fake.call('sync.now', {})).unconfirmed).toEqual({ count: 0, since: null })
    expect(fake.statement(SETTLED_STATEMENT.settlementId)?.confirmation.state).toBe('confirmed')
  })

  it('tells network and centre apart, and counts its tries', async () => {
    const fake = createFakeTerminal({ centre: true })
    fake.centre.goAway('network-down')
    expect(value(await fake.call('sync.now', {}))).toMatchObject({ link: 'network-down', attempt: { number: 2 } })
    fake.centre.goAway('centre-down')
    expect(value(await fake.call('sync.now', {}))).toMatchObject({ link: 'centre-down' })
    fake.centre.comeBack()
    expect(value(await fake.call('sync.now', {}))).toMatchObject({ link: 'up', attempt: null })
  })

  it('sends nothing while it is paused', async () => {
    const fake = createFakeTerminal({ centre: true })
    expect(value(await fake.call('sync.pause', {})).link).toBe('paused')
    expect(kind(await fake.call('sync.now', {}))).toBe('paused')
    expect(value(await fake.call('sync.resume', {})).link).toBe('up')
  })

  it('parks what was refused until somebody has it, or the centre takes it', async () => {
    const fake = createFakeTerminal({ centre: true })
    fake.centre.park(SETTLED_STATEMENT.settlementId)
    const { sync } = value(await fake.call('terminal.state', {}))
    expect(sync).toMatchObject({ unconfirmed: { count: 1 }, queue: { facts: 0 }, parked: [{ sequence: 2, state: 'open' }] })
    expect(kind(await fake.call('sync.hand-over', { sequence: 2, note: ' ' }))).toBe('note-missing')
    expect(value(await fake.call('sync.hand-over', { sequence: 2, note: '医保科李' })).parked).toMatchObject([{ state: 'handed-over', note: '医保科李' }])
    expect(value(await fake.call('sync.retry', { sequence: 2 }))).toMatchObject({ parked: [], unconfirmed: { count: 0 } })
    expect(kind(await fake.call('sync.retry', { sequence: 2 }))).toBe('not-parked')
  })
})

it('a fake whose ledger was put back does nothing with cards, records and days until it has fetched the rest', async () => {
  const fake = createFakeTerminal({ centre: true, card: 'in-service-32k' })
  fake.centre.putBack()
  const { panel, sync } = value(await fake.call('terminal.state', {}))
  expect(sync).toMatchObject({ link: 'refused', lostBatches: 2 })
  expect(panel.state === 'ready' && panel.card.warnings).toMatchObject([{ kind: 'ledger-older', blocks: true }])
  expect(kind(await fake.call('records.refund', { settlementId: SETTLED_STATEMENT.settlementId, reason: '测试' }))).toBe('ledger-older')
  expect(value(await fake.call('sync.restore', {}))).toEqual({ settlements: 31, refunds: 2, loads: 1, closes: 1 })
  const after = value(await fake.call('terminal.state', {}))
  expect([after.sync.lostBatches, after.panel.state === 'ready' && after.panel.card.warnings]).toEqual([null, []])
})

async function withCard(fake: FakeTerminal): Promise<number> {
  fake.insertCard('in-service-16k')
  const { panel } = value(await fake.call('terminal.state', {}))
  if (panel.state !== 'ready') throw new Error('no card')
  expect(panel.card.owed).toMatchObject([{ owed: REFUNDED_STATEMENT.settlementId, amount: '40.00' }])
  return panel.card.presence
}

describe('a load of the fake', () => {
  it('needs the PIN, and puts back what is owed once', async () => {
    const fake = createFakeTerminal({ centre: true })
    const presence = await withCard(fake)
    const load = () => fake.call('load.start', { presence, owed: REFUNDED_STATEMENT.settlementId })
    expect(kind(await load())).toBe('pin-not-given')
    await fake.call('card.verify-pin', { presence, pin: '2468', lastTry: false })
    expect(value(await load())).toMatchObject({ amount: '40.00', balanceBefore: '2760.00', balanceAfter: '2800.00' })
    expect(kind(await load())).toBe('owed-unknown')
    expect(fake.statement(REFUNDED_STATEMENT.settlementId)?.refund).toMatchObject({ owedToCard: '0.00', loaded: { amount: '40.00', balanceAfter: '2800.00' } })
  })

  it('that nobody saw the end of is in doubt until its card is back', async () => {
    const fake = createFakeTerminal({ centre: true })
    const presence = await withCard(fake)
    await fake.call('card.verify-pin', { presence, pin: '2468', lastTry: false })
    fake.armFault('remove-after-debit')
    expect(kind(await fake.call('load.start', { presence, owed: REFUNDED_STATEMENT.settlementId }))).toBe('in-doubt')
    expect(value(await fake.call('terminal.state', {})).inDoubt).toMatchObject([{ kind: 'load', account: '40.00' }])
    const again = await withCard(fake)
    await fake.call('card.verify-pin', { presence: again, pin: '2468', lastTry: false })
    expect(value(await fake.call('terminal.state', {})).inDoubt).toEqual([])
    expect(fake.statement(REFUNDED_STATEMENT.settlementId)).toMatchObject({ state: 'refunded', refund: { owedToCard: '0.00' } })
  })
})

const opened = async (fake: FakeTerminal): Promise<CloseView> => value(await fake.call('close.open', {}))
const row = (view: CloseView, name: string) => view.rows.find((candidate) => candidate.row === name)

describe('closing the day of the fake', () => {
  it('counts, compares and signs, and the next day begins empty', async () => {
    const fake = createFakeTerminal({ centre: true })
    const before = await opened(fake)
    // 818.47 + 66.60, and two that were settled and taken back, and 66.60 in cash.
    expect(row(before, 'total')).toMatchObject({ ledger: '951.67', centre: '951.67', agrees: true })
    expect(before).toMatchObject({ state: 'open', items: [{ kind: 'owed-to-card' }], steps: { synced: true, counted: false }, drawer: { received: '186.40', handedBack: '93.20' } })
    expect(kind(await fake.call('close.sign', { revision: before.revision }))).toBe('close-hindered')
    const counted = value(await fake.call('close.count', { float: '200', counted: '293.20' }))
    expect(counted).toMatchObject({ drawer: { expected: '293.20', difference: '0.00' }, whyNot: [] })
    expect(kind(await fake.call('close.sign', { revision: before.revision }))).toBe('close-stale')
    const signed = value(await fake.call('close.sign', { revision: counted.revision }))
    expect(signed).toMatchObject({ state: 'nothing', closes: [{ sequence: 100, total: '951.67', canReopen: true }] })
    expect(value(await fake.call('close.report', { sequence: 100 }))).toMatchObject({ signed: { sequence: 100 }, drawer: { counted: '293.20' } })
  })

  it('wants a resolution for each difference, and a note where one is needed', async () => {
    const fake = createFakeTerminal({ centre: true, inDoubt: [SAMPLE_IN_DOUBT] })
    fake.centre.adjust(SETTLED_STATEMENT.settlementId)
    const view = value(await fake.call('close.count', { float: '200.00', counted: '290.00' }))
    expect(row(view, 'cash')).toMatchObject({ ledger: '93.20', centre: '103.20', agrees: false })
    expect(view.items.map(({ kind: of }) => of)).toEqual(['in-doubt', 'owed-to-card', 'amounts-differ', 'drawer'])
    expect(view.drawer.difference).toBe('-3.20')
    const resolve = (item: string, resolution: 'carry-over' | 'take-centre-amount' | 'book-difference', note: string) =>
      fake.call('close.resolve', { item, resolution, note })
    expect(kind(await resolve('drawer', 'carry-over', 'x'))).toBe('resolution-not-offered')
    expect(kind(await resolve('drawer', 'book-difference', ''))).toBe('note-missing')
    await resolve('drawer', 'book-difference', '找零有误')
    await resolve(`in-doubt:${SAMPLE_IN_DOUBT.settlementId}`, 'carry-over', '持卡人明日来')
    const last = value(await resolve(`amounts-differ:${SETTLED_STATEMENT.settlementId}`, 'take-centre-amount', ''))
    expect(last).toMatchObject({ steps: { resolved: true }, whyNot: [] })
  })

  it('opens the newest again, with a reason', async () => {
    const fake = createFakeTerminal({ centre: true })
    const { revision } = value(await fake.call('close.count', { float: '0', counted: '93.20' }))
    await fake.call('close.sign', { revision })
    expect(kind(await fake.call('close.reopen', { sequence: 100, reason: '' }))).toBe('reason-invalid')
    const again = value(await fake.call('close.reopen', { sequence: 100, reason: '漏记一笔' }))
    expect(again).toMatchObject({ state: 'open', closes: [{ canReopen: false, reopened: { reason: '漏记一笔' } }] })
    expect(row(again, 'total')?.ledger).toBe('951.67')
  })
})
