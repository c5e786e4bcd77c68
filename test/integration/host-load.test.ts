/**
 * The window's host gives a refund back onto the card: it shows what is owed, has the centre sign, and resolves what a pulled
 * card left open. The centre runs in this process.
 */

import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import type { WiredCentre } from '../../electron/centre/wire-centre.ts'
import type { CardView } from '../../electron/contract/card-view.ts'
import type { TerminalEvent } from '../../electron/contract/events.ts'
import type { FaultKind } from '../../electron/contract/reader-view.ts'
import type { ResolutionView } from '../../electron/contract/settlement-view.ts'
import { grantCredit } from '../../settlement/centre/load/credits.ts'
import { fen } from '../../settlement/money/fen.ts'
import { verifyLedger } from '../../settlement/verifier/verify-ledger.ts'
import { temporaryFolder } from '../support/command-line.ts'
import { startHost, type HostTerminal } from '../support/host-terminal.ts'
import { connectHost, openSeededCentre, valueOf as value } from '../support/seeded-centre.ts'

const CARD = 'in-service-32k'
const PIN = '246810'
const BEFORE = '2760.00'
const PAID = '721.37'
const AFTER = '2038.63'

let folder: ReturnType<typeof temporaryFolder>
let centre: WiredCentre
let host: HostTerminal
let settlementId: string
let presence: number

beforeEach(async () => {
  folder = temporaryFolder()
  centre = await openSeededCentre(folder.path('centre.db'))
  host = await startHost({ data: folder.path('data') })
  settlementId = await settled()
}, 60_000)
afterEach(async () => {
  await host.stop()
  await centre.close()
  folder.remove()
})

const ready = (event: TerminalEvent) => (event.topic === 'card' && event.panel.state === 'ready' ? event.panel.card : undefined)
const owing = (event: TerminalEvent): CardView | undefined => {
  const card = ready(event)
  return card !== undefined && card.owed.length > 0 ? card : undefined
}
const resolved = (event: TerminalEvent): readonly ResolutionView[] | undefined => (event.topic === 'resolved' ? event.resolutions : undefined)

async function insertCard(card = CARD): Promise<CardView> {
  const shown = host.heard(ready)
  value(await host.call('reader.insert', { card }))
  const view = await shown
  presence = view.presence
  return view
}

const verifyPin = async (): Promise<CardView> => value(await host.call('card.verify-pin', { presence, pin: PIN, lastTry: false }))
const balanceIn = ({ account }: CardView): string => (account.state === 'on-card' ? account.balance : account.state)

/** The first bill of the queue, on the card that stays in the reader. */
async function settled(): Promise<string> {
  await host.call('reader.pace', { pace: 'instant' })
  await insertCard()
  const { queue } = value(await host.call('terminal.state', {}))
  value(await host.call('bill.open-queue', { file: queue.find(({ visit }) => visit?.patient === '测试一')?.file ?? '' }))
  await verifyPin()
  const { bill } = value(await host.call('terminal.state', {}))
  invariant(bill?.outcome.state === 'computed', 'the bill is computed')
  const statement = value(await host.call('settle', { presence, revision: bill.revision, cash: bill.outcome.sums.cash }))
  return statement.settlementId
}

const refund = async (): Promise<void> => void value(await host.call('records.refund', { settlementId, reason: '退药' }))
const load = (owed = settlementId) => host.call('load.start', { presence, owed })
const kindOf = async (loading: ReturnType<typeof load>): Promise<string> => {
  const done = await loading
  return done.ok ? 'loaded' : done.error.kind
}

const connect = (): Promise<string> => connectHost(host, centre)

/** 300.00 for the card whose identification begins so. */
async function granted(card: string): Promise<string> {
  const { card_id } = await centre.ports.database.db.selectFrom('card').select('card_id').where('card_id', 'like', `${card}%`).executeTakeFirstOrThrow()
  return value(await grantCredit(centre.ports, { cardId: card_id, amount: fen(30_000), reason: '年度划入' }))
}

/** Until the centre has confirmed everything. */
async function synced(): Promise<void> {
  const heard = host.events.length
  const before = value(await host.call('sync.now', {}))
  if (before.unconfirmed.count === 0) return
  await host.heard((event) => (event.topic === 'sync' && event.sync.unconfirmed.count === 0 ? true : undefined), host.events.slice(heard))
}

const loadsOfRecord = async (): Promise<string[]> =>
  (await centre.ports.database.db.selectFrom('load').select('state').orderBy('load_id').execute()).map(({ state }) => state)

const rowOf = async () => {
  const { rows } = value(await host.call('records.search', { from: '2000-01-01', to: '2999-12-31', text: '', state: 'all', after: null, limit: 9 }))
  return rows[0]
}

describe('a refund of what the centre had refused', () => {
  it('is no load that a centre could sign, and says so before it asks for a PIN: what the card has paid, its staff grant as a credit', async () => {
    const { db } = centre.ports.database
    await db.updateTable('person').set({ certno: 'moved' }).where('certno', '=', '000000199001010018').execute()
    await connect()
    value(await host.call('sync.now', {}))
    await expect.poll(async () => value(await host.call('terminal.state', {})).sync.parked.length, { timeout: 20_000 }).toBe(1)
    await db.updateTable('person').set({ certno: '000000199001010018' }).where('certno', '=', 'moved').execute()
    await refund()
    await synced()
    value(await host.call('reader.remove', {}))
    await insertCard()
    await verifyPin()
    const refused = await load()
    expect(refused).toMatchObject({
      ok: false,
      error: {
        kind: 'never-booked',
        what: { zh: `中心没有入账结算号${settlementId}，也就没有可以圈存的退费；卡上已扣721.37元；本次没有写卡` },
        mend: { zh: '请凭结算单上的交易验证码（TAC）联系医保中心，由中心划入' },
        today: { zh: '今天不能圈存，也不要以现金补退；中心划入后，持卡人带卡来，持卡人一栏会列出“中心划入”，圈存那一笔' }
      }
    })
    const [owed] = value(await host.call('close.open', {})).items
    expect(owed).toMatchObject({ kind: 'owed-to-card', settlementId, text: { zh: expect.stringMatching(/^应退回卡上账户721\.37元，自.*起；中心没有入账这笔结算，由中心划入后才能圈存，办法见记录$/) } })
  }, 60_000)
})

describe('a refund at the window', () => {
  it('is shown on the card at once, and asks for a centre before it asks for a PIN', async () => {
    const shown = host.heard(owing)
    await refund()
    expect((await shown).owed).toMatchObject([{ owed: settlementId, purpose: 'refund', amount: PAID }])
    expect(await kindOf(load())).toBe('not-connected')
    await connect()
    await synced()
    expect(await kindOf(load())).toBe('pin-not-given')
    await verifyPin()
    expect(await kindOf(load('another'))).toBe('owed-unknown')
    await verifyPin()
    expect(value(await load())).toMatchObject({ owed: settlementId, amount: PAID, balanceBefore: AFTER, balanceAfter: BEFORE })
    expect(balanceIn(await verifyPin())).toBe(BEFORE)
    expect(await rowOf()).toMatchObject({ state: 'refunded', owedToCard: '0.00', loadedToCard: PAID })
    await synced()
    expect(await loadsOfRecord()).toEqual(['closed'])
    const verified = verifyLedger(join(folder.path('data'), 'ledger.db'))
    expect(verified.ok && verified.value.findings).toEqual([])
  }, 60_000)

  it.each<[FaultKind, ResolutionView['outcome'], string]>([
    ['remove-before-debit', 'released', AFTER],
    ['cut-in-debit', 'released', AFTER],
    ['remove-after-debit', 'posted', BEFORE]
  ])('a card pulled at the load (%s) leaves it in doubt; put back with its PIN, it is %s', async (fault, outcome, balance) => {
    await refund()
    await connect()
    await synced()
    await verifyPin()
    await host.call('reader.fault', { kind: fault })
    expect(await kindOf(load())).toBe('in-doubt')
    expect(value(await host.call('terminal.state', {})).inDoubt).toMatchObject([{ kind: 'load', settlementId, account: PAID, total: PAID }])

    const found = host.heard((event) => resolved(event)?.find(({ outcome: of }) => of === outcome))
    await insertCard()
    const card = await verifyPin()
    expect(await found).toMatchObject({ kind: 'load', settlementId, outcome })
    expect(balanceIn(card)).toBe(balance)
    expect(value(await host.call('terminal.state', {})).inDoubt).toEqual([])
    if (outcome === 'released') expect(await kindOf(load())).toBe('loaded')
    await synced()
    expect((await loadsOfRecord()).filter((state) => state === 'closed')).toHaveLength(1)
    expect(balanceIn(await verifyPin())).toBe(BEFORE)
  }, 60_000)

  it('another card in the reader is owed nothing of it', async () => {
    await refund()
    await host.call('reader.remove', {})
    expect((await insertCard('retired-32k')).owed).toEqual([])
    expect((await insertCard()).owed).toHaveLength(1)
  }, 60_000)
})

it("a credit of the centre is shown with its card, and loaded", async () => {
  await connect()
  const credit = await granted('999999D15600000500000001')
  await host.call('reader.remove', {})
  const shown = host.heard(owing)
  await insertCard()
  expect((await shown).owed).toMatchObject([{ owed: credit, purpose: 'credit', amount: '300.00' }])
  await verifyPin()
  expect(value(await load(credit))).toMatchObject({ amount: '300.00', balanceBefore: AFTER, balanceAfter: '2338.63' })
  await synced()
  expect(await loadsOfRecord()).toEqual(['closed'])
}, 60_000)

it('a credit that is granted while its card lies in the reader is shown when the card is read again', async () => {
  await connect()
  const credit = await granted('999999D15600000500000001')
  const shown = host.heard((event) => owing(event)?.owed.find(({ owed }) => owed === credit))
  value(await host.call('card.read', {}))
  expect(await shown).toMatchObject({ purpose: 'credit', amount: '300.00' })
}, 60_000)

it('a credit is not shown with an expired card, and not loaded by its name either', async () => {
  await connect()
  const credit = await granted('999999D15600000500000008')
  await host.call('reader.remove', {})
  await insertCard('expired')
  // Nothing tells that the credit is known by now: until it is, this is any name, for which the PIN comes first.
  await expect.poll(() => kindOf(load(credit)), { timeout: 20_000, interval: 20 }).toBe('card-expired')
  const { panel } = value(await host.call('terminal.state', {}))
  expect(panel).toMatchObject({ state: 'ready', card: { owed: [], warnings: [{ kind: 'expired' }] } })
}, 60_000)
